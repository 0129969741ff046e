"""Readings: the same as the dictionary's own over whole texts, surnames as they are said."""

import random
import subprocess
import sys

import pytest
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.phrases_dict import phrases_dict
from pypinyin.seg.mmseg import seg

from desktop.paths import resource_folder
from desktop.services.search.pinyin import HAN, RARE, SURNAMES, name_reading, reading
from desktop.services.search.syllables import syllable, word_syllables, words

LETTERS = [chr(code) for code in PINYIN_DICT if HAN.match(chr(code))]


def test_the_table_is_what_its_script_makes():
    folder = resource_folder() / "pinyin"
    code = f"import sys; sys.path.insert(0, {str(folder)!r}); import build_readings; print(build_readings.text())"
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.rstrip("\n") == (folder / "readings.txt").read_text(encoding="utf-8").rstrip("\n")


def test_every_character_reads_as_in_the_dictionary():
    assert len(LETTERS) > 41_000
    assert [letter for letter in LETTERS if syllable(letter) != lazy_pinyin(letter)[0]] == []
    assert syllable("\U0003fffd") == "\U0003fffd"


def test_every_word_reads_as_in_the_dictionary_and_is_not_cut():
    assert [word for word in PHRASES_DICT if list(word_syllables(word)) != lazy_pinyin(word)] == []
    assert [word for word in PHRASES_DICT if list(words(word)) != list(seg.cut(word))] == []


def test_texts_are_cut_where_the_dictionary_cuts_them():
    """Also where words are broken off, run into each other or end in the middle of a longer one."""
    chance = random.Random(3)
    known = list(PHRASES_DICT)
    for _ in range(4000):
        parts = [
            chance.choice(known)[: chance.randint(1, 6)] if chance.random() < 0.7 else chance.choice(LETTERS)
            for _ in range(chance.randint(1, 5))
        ]
        text = "".join(parts)
        assert list(words(text)) == list(seg.cut(text)), text
        assert [one for word in words(text) for one in word_syllables(word)] == lazy_pinyin(text), text


def test_surnames_and_rare_characters_stand_above_the_table():
    for surname, said in SURNAMES.items():
        assert name_reading(f"{surname}一").full == said.replace(" ", "") + "yi"
    for letter, said in RARE.items():
        assert reading(letter).full == said or syllable(letter) != letter


def test_a_text_reads_as_the_dictionary_reads_it():
    chance = random.Random(7)
    words = [word for word in list(phrases_dict)[::97] if word.isalpha()]
    letters = "重长行乐率调数传单解还便得着机工创新室焊接电力检修"
    for _ in range(800):
        text = "".join(chance.choices(words, k=2)) + "".join(chance.choices(letters, k=4)) + chance.choice(words)
        assert reading(text).full == "".join(lazy_pinyin(text)), text


@pytest.mark.parametrize(
    ("name", "initials", "full"),
    [
        ("单喆", "sz", "shanzhe"),
        ("曾志强", "zzq", "zengzhiqiang"),
        ("尉迟恭", "ycg", "yuchigong"),
        ("张𠮷", "zj", "zhangji"),
    ],
)
def test_surnames_as_they_are_said(name: str, initials: str, full: str):
    assert (name_reading(name).initials, name_reading(name).full) == (initials, full)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("张", {"z", "zhang", "zh"}),
        ("单喆", {"sz", "shanzhe", "shanz", "shzh", "shanzh"}),
        ("张春建", {"zcj", "zhangchunjian", "zhangcj", "zhangchunj", "zhchj", "zhangchj"}),
        ("欧阳修文", {"oyxw", "ouyangxiuwen", "ouyxw", "ouyangxw"}),
        ("巴图孟克", {"btmk", "batumengke", "batmk", "batumk"}),
        ("", {""}),
    ],
)
def test_what_a_name_may_be_typed_as(name: str, typed: set[str]):
    words = name_reading(name).name_words
    assert set(words) == typed
    assert len(words) == len(typed)


def test_what_a_text_may_be_typed_as():
    said = reading("内蒙古货车5G厂")
    assert said.words == ("nmghc5gc", "neimengguhuoche5gchang", "neimghc5gc")
    assert reading("").words == ("", "", "")


def test_latin_words_stand_as_they_are():
    assert reading("5G通信A组").full == "5gtongxinazu"
