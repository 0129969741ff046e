"""Makes readings.txt, how Chinese characters and words read, from the dictionaries of pypinyin.

    python resources/pinyin/build_readings.py

First each syllable (without tones, ü as v) and the characters that are read so by themselves, then each character and
the words that begin with it, written without it; a word that reads otherwise than its characters one by one is
followed by its reading. The words that read as their characters do stand there too: they decide where a text is cut.
"""

import sys
from collections import defaultdict
from pathlib import Path

from pypinyin import __version__, lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

HEAD = f"From the dictionaries of pypinyin {__version__} (MIT, see LICENSE.txt); made by build_readings.py."
BLOCKS = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


def letters() -> dict[str, str]:
    """Return how each Chinese character is read by itself."""
    codes = (code for code in sorted(PINYIN_DICT) if any(first <= code <= last for first, last in BLOCKS))
    return {chr(code): lazy_pinyin(chr(code))[0] for code in codes}


def text() -> str:
    """Return the whole file."""
    single = letters()
    said = defaultdict(list)
    for letter, syllable in single.items():
        said[syllable].append(letter)
    words = defaultdict(list)
    for word in sorted(PHRASES_DICT):
        reading = lazy_pinyin(word)
        usual = [single.get(letter, letter) for letter in word]
        words[word[0]].append(word[1:] if reading == usual else f"{word[1:]}={','.join(reading)}")
    syllables = "\n".join(f"{syllable} {''.join(found)}" for syllable, found in sorted(said.items()))
    return f"{HEAD}\n\n{syllables}\n\n" + "\n".join(f"{letter} {' '.join(rest)}" for letter, rest in words.items())


if __name__ == "__main__":
    Path(__file__).with_name("readings.txt").write_text(text() + "\n", encoding="utf-8")
    sys.stdout.write("readings.txt is made.\n")
