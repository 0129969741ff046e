"""Readings in pinyin, with surnames as they are said in names and characters that dictionaries lack."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

from desktop.services.search.syllables import word_syllables, words
from desktop.services.search.text import plain

# Characters read otherwise as a surname than in ordinary words.
SURNAMES: Final = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "朴": "piao", "区": "ou", "查": "zha", "盖": "ge",
    "乐": "yue", "员": "yun", "折": "she", "翟": "zhai", "任": "ren", "华": "hua", "缪": "miao", "宁": "ning",
    "尹": "yin", "卜": "bu", "秘": "bi", "洗": "xian", "冼": "xian", "那": "na", "黑": "he", "繁": "po", "种": "chong",
    "重": "chong", "祭": "zhai", "逄": "pang", "车": "che", "石": "shi", "佴": "nai", "藏": "zang", "臧": "zang",
    "谌": "chen", "覃": "qin", "过": "guo", "燕": "yan", "召": "shao", "谷": "gu", "阙": "que", "都": "du",
    "能": "nai", "瞿": "qu", "隗": "wei", "郇": "huan", "撒": "sa", "教": "jiao", "应": "ying", "哈": "ha",
    "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "单于": "chan yu", "令狐": "ling hu", "鲜于": "xian yu",
    "澹台": "tan tai", "宗政": "zong zheng", "濮阳": "pu yang", "夏侯": "xia hou", "皇甫": "huang fu",
}  # fmt: skip
RARE: Final = {"𠮷": "ji", "䶮": "yan", "珺": "jun", "赟": "yun", "昇": "sheng", "堃": "kun", "淼": "miao"}
MOST_BEGUN: Final = 3
"""Up to so many syllables of a name, less one, are typed in full before initials follow: a surname has at most two."""
TWO_LETTERS: Final = ("zh", "ch", "sh")
HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
HAN_OR_NOT: Final = re.compile(rf"{HAN.pattern}|[^{HAN.pattern[1:]}")


class Reading(NamedTuple):
    """How a text reads, syllable by syllable without tones; a Latin word stands letter by letter."""

    syllables: tuple[str, ...] = ()

    @property
    def initials(self) -> str:
        """The first letters of the syllables, run together."""
        return "".join([syllable[:1] for syllable in self.syllables])

    @property
    def full(self) -> str:
        """The syllables run together."""
        return "".join(self.syllables)

    def then(self, other: "Reading") -> "Reading":
        """Return both readings, one after the other."""
        return Reading(self.syllables + other.syllables)

    def begun(self, count: int, *, broad: bool = False) -> str:
        """Return the first syllables in full and the initials of the rest; `broad` ones are zh, ch and sh."""
        rest = self.syllables[count:]
        letters = [syllable[: 2 if broad and syllable[:2] in TWO_LETTERS else 1] for syllable in rest]
        return "".join((*self.syllables[:count], *letters))

    @property
    def words(self) -> tuple[str, ...]:
        """What a text may be typed as: its initials, in full, or its first syllable in full and then initials."""
        return self.initials, self.full, self.begun(1)

    @property
    def name_words(self) -> tuple[str, ...]:
        """What a person's name may be typed as: also with initials of two letters, or the given name begun in full."""
        most = min(len(self.syllables), MOST_BEGUN)
        begun = [self.begun(count, broad=broad) for broad in (False, True) for count in range(most)]
        return tuple(dict.fromkeys((*begun[:1], self.full, *begun[1:])))


@lru_cache(maxsize=65536)
def name_reading(name: str) -> Reading:
    """Return how a person's name reads: its surname as surnames are said, then letter by letter, never as words."""
    for length in (2, 1):
        surname = SURNAMES.get(name[:length])
        if surname:
            return Reading((*surname.split(), *_by_letter(name[length:])))
    return Reading(tuple(_by_letter(name)))


def _by_letter(text: str) -> Iterator[str]:
    return (syllable for letter in text for syllable in reading(letter).syllables)


@lru_cache(maxsize=65536)
def reading(text: str) -> Reading:
    """Return how a text reads in ordinary words."""
    pieces = (_syllables(run) if HAN.match(run) else _as_it_stands(run) for run in HAN_OR_NOT.findall(text))
    return Reading(tuple(chain.from_iterable(pieces)))


def reading_around(text: str, name: str) -> Reading:
    """Return how a text reads in which a person's name may stand, the name said as a name."""
    before, found, after = text.partition(name) if name else (text, "", "")
    return reading(before).then(name_reading(found)).then(reading(after))


def _syllables(run: str) -> Iterator[str]:
    return (RARE.get(piece, piece) for word in words(run) for piece in word_syllables(word))


def _as_it_stands(run: str) -> Iterator[str]:
    return (letter for letter in plain(run) if letter.isascii() and letter.isalnum())
