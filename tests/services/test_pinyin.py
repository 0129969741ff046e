"""Readings: the same as the dictionary's own over whole texts, surnames as they are said."""

import random

import pytest
from pypinyin import lazy_pinyin
from pypinyin.phrases_dict import phrases_dict

from desktop.services.search.pinyin import name_reading, reading


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
    assert name_reading(name) == (initials, full)


def test_latin_words_stand_as_they_are():
    assert reading("5G通信A组").full == "5gtongxinazu"
