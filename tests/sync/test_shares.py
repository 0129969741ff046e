"""Shares of a key: enough of them give it back, fewer tell nothing, and what is misread is noticed."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import BadInput
from desktop.sync import shares

SECRET = bytes(range(100, 132))


@given(st.binary(min_size=32, max_size=32), st.integers(2, 5), st.integers(0, 4), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_any_of_them_that_are_enough_give_the_secret_back(secret, needed, more, chance):
    made = shares.split(secret, needed, needed + more)
    chosen = chance.sample(made, needed)
    assert shares.combine(chosen) == secret
    assert shares.combine([*made, made[0]]) == secret
    with pytest.raises(BadInput, match="不够"):
        shares.combine(chosen[: needed - 1] * 2)


def test_fewer_shares_tell_nothing():
    """With one of two shares every secret is as likely as any other: each value of the byte occurs."""
    seen = {shares.split(SECRET, 2, 2)[0][3] for _ in range(4_000)}
    assert len(seen) > 240
    for left, right in itertools.pairwise(shares.split(SECRET, 3, 5)):
        assert left[3:] != SECRET
        assert shares.split(SECRET, 2, 2)[0][3:] not in (left[3:], right[3:])


def test_multiplication_is_that_of_the_field():
    assert shares._times(0x57, 0x83) == 0xC1  # the example of FIPS 197, 4.2
    assert all(shares._times(value, shares._inverse(value)) == 1 for value in range(1, 256))
    chance = random.Random(1)
    for _ in range(500):
        a, b, c = (chance.randrange(256) for _ in range(3))
        assert shares._times(a, b ^ c) == shares._times(a, b) ^ shares._times(a, c)
        assert shares._times(a, b) == shares._times(b, a)


@pytest.mark.parametrize(("needed", "total"), [(1, 3), (0, 0), (4, 3), (2, 17), (2, 1)])
def test_numbers_that_make_no_sense_are_refused(needed, total):
    with pytest.raises(BadInput):
        shares.split(SECRET, needed, total)


def test_shares_of_two_splittings_do_not_mix():
    one, other = shares.split(SECRET, 2, 3), shares.split(SECRET, 3, 3)
    with pytest.raises(BadInput, match="不是同一次"):
        shares.combine([one[0], other[1]])
    with pytest.raises(BadInput):
        shares.combine([])
    with pytest.raises(BadInput):
        shares.combine([b"short", b"shorter"])


@given(st.binary(min_size=35, max_size=35))
@settings(max_examples=100, deadline=None)
def test_what_is_printed_is_read_back_in_spite_of_spaces_and_small_letters(share):
    text = shares.to_text(share)
    assert shares.from_text(text) == share
    assert shares.from_text(f"  {text.lower().replace('-', ' ')}\n") == share
    assert shares.from_text(text.replace("0", "O").replace("1", "l")) == share


def test_a_wrong_character_is_noticed_wherever_it_stands():
    text = shares.to_text(shares.split(SECRET, 2, 3)[0])
    for place, character in enumerate(text):
        if character != "-":
            wrong = shares.ALPHABET[(shares.ALPHABET.index(character) + 1) % 32]
            with pytest.raises(BadInput, match="抄写有误"):
                shares.from_text(text[:place] + wrong + text[place + 1 :])
    for wrong in ("", text[:-1], text + "0", text.replace("-", "_"), "Z" * 63):
        with pytest.raises(BadInput, match="抄写有误"):
            shares.from_text(wrong)
