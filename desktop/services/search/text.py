"""How a search text is read and what it matches: the same plain substrings in memory and in the database."""

import re
import unicodedata
from collections.abc import Iterable

ASCII_RUN = re.compile(r"[!-~]+")
SEPARATOR = "\n"
# What one writes in many ways or leaves out: spaces, dots in long names, dashes in numbers. Any bracket is a bracket,
# and ü is typed as v.
LEFT_OUT = " -‐–—·•・‧∙⋅"
BRACKETS = ("〔[【〖〈《「『{", "〕]】〗〉》」』}")
FOLDED = {
    **dict.fromkeys(map(ord, LEFT_OUT)),
    **dict.fromkeys(map(ord, BRACKETS[0]), "("),
    **dict.fromkeys(map(ord, BRACKETS[1]), ")"),
    ord("ü"): "v",
}


def plain(text: str) -> str:
    """Return text as it is compared: compatibility forms folded, lower case, one line."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def folded(text: str) -> str:
    """Return text as it is searched: plain, and without what is written now so, now otherwise."""
    return plain(text).translate(FOLDED)


def terms(text: str) -> tuple[str, ...]:
    """Return the words of a search; each must be found."""
    return tuple(filter(None, (word.translate(FOLDED) for word in plain(text).split())))


def native_key(texts: Iterable[str]) -> str:
    """Return the key searched for words with Chinese in them: the texts themselves, one a line."""
    return _narrow(map(folded, texts))


def latin_key(texts: Iterable[str], readings: Iterable[str]) -> str:
    """Return the key searched for words of Latin letters and digits: such runs of the texts, and the readings.

    A word that stands in a folded text stands in one of its runs, so nothing is lost; the key stays narrow.
    """
    return _narrow([*(run for text in texts for run in ASCII_RUN.findall(folded(text))), *readings])


def _narrow(texts: Iterable[str]) -> str:
    """Join texts line by line, without those that stand within another: what they hold is found there."""
    key = ""
    for text in sorted(set(texts) - {""}, key=lambda text: (-len(text), text)):
        if text not in key:
            key += SEPARATOR + text if key else text
    return key


def matches(native: str, latin: str, words: tuple[str, ...]) -> bool:
    """Tell whether every word is found; the definition that every faster way must agree with."""
    return all(word in (latin if word.isascii() else native) for word in words)


def narrows(earlier: tuple[str, ...], later: tuple[str, ...]) -> bool:
    """Tell whether all that `later` can find was already found by `earlier`."""
    return all(any(old in new for new in later) for old in earlier)
