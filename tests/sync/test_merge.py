"""The merge of one record: order never matters, nothing unseen is lost."""

import random
from itertools import permutations

import pytest

from desktop.sync.merge import Heads, digest, is_disputed, winner


def name(number):
    return number.to_bytes(32, "big")


# Each write: commit, what it does, the commits it names. 1 creates; 2 and 3 edit apart; 4 settles; 5 deletes having
# seen 1 and 2 only; 6 edits beside.
HISTORY = {
    1: ("create", ("name", "note")),
    2: ("note", (1,)),
    3: ("note", (1,)),
    4: ("note", (2, 3)),
    5: ("delete", (1, 2)),
    6: ("name", (1,)),
}
BELOW = {1: (), 2: (1,), 3: (1,), 4: (2, 3), 5: (1, 2), 6: (1,)}


def apply(heads, number):
    what, named = HISTORY[number]
    if what == "create":
        heads.create(number, named)
    elif what == "delete":
        heads.delete(number, named)
    else:
        heads.write(number, what, named)


def orders(numbers):
    for order in permutations(numbers):
        if all(set(BELOW[number]) <= set(order[:place]) for place, number in enumerate(order)):
            yield order


@pytest.mark.parametrize("chosen", [(1, 2, 3), (1, 2, 3, 4), (1, 2, 3, 4, 5, 6), (1, 2, 5), (1, 2, 5, 6), (1, 2, 3, 5)])
def test_every_causal_order_gives_one_state(chosen):
    found = set()
    for order in orders(chosen):
        heads = Heads()
        for number in order:
            apply(heads, number)
        found.add((digest("workrooms", "w", heads, name), heads.live(), tuple(sorted(heads.of("note")))))
    assert len(found) == 1


def test_concurrent_edits_both_stand_until_replaced():
    heads = Heads()
    for number in (1, 2, 3):
        apply(heads, number)
    assert sorted(heads.of("note")) == [2, 3]
    assert heads.split() == {"note": heads.of("note")}
    assert heads.of("name") == [1]
    apply(heads, 4)
    assert heads.of("note") == [4]
    assert heads.split() == {}


def test_a_deletion_takes_only_what_it_saw():
    heads = Heads()
    for number in (1, 2):
        apply(heads, number)
    assert heads.live()
    apply(heads, 5)
    assert not heads.live()
    apply(heads, 6)
    assert heads.live()
    assert heads.deletions() == {5: (1, 2)}
    heads.keep(7, (5,))
    assert heads.live()
    assert heads.deletions() == {}


def test_a_decision_to_keep_survives_a_deletion_made_apart():
    heads = Heads()
    apply(heads, 1)
    heads.delete(2, (1,))
    heads.keep(3, (2,))
    heads.delete(4, (1, 2))
    assert heads.live()


def test_the_deepest_write_is_shown_then_the_greater_hash():
    ranks = {1: (3, b"a"), 2: (3, b"b"), 3: (2, b"z")}
    assert winner([1, 2, 3], ranks.__getitem__) == 2


def test_equal_values_are_no_dispute_but_text_and_number_are():
    assert not is_disputed({1: "a", 2: "a"})
    assert is_disputed({1: "1", 2: 1})
    assert is_disputed({1: None, 2: ""})


def test_the_digest_does_not_depend_on_how_heads_are_kept():
    short = Heads([(1, ("name", "note"))])
    long = Heads([], {"note": [1], "name": [1]})
    mixed = Heads([(1, ("name", "note"))], {"note": [1]})
    assert len({digest("w", "r", heads, name) for heads in (short, long, mixed)}) == 1
    assert digest("w", "r", Heads([(2, ("name", "note"))]), name) != digest("w", "r", short, name)


def test_the_digest_tells_which_field_a_write_stands_in():
    told = [Heads([(1, ("name", "note"))], {field: [2]}) for field in ("name", "note")]
    told += [Heads([(1, ("name",))]), Heads([(1, ("note",))]), Heads([(1, ("name", "note"))], {"note": [1, 2]})]
    told += [Heads([(1, ("name",))], {}, {2: (1,)}), Heads([(1, ("name",))], {}, {2: None})]
    assert len({digest("w", "r", heads, name) for heads in told}) == len(told)


def test_random_histories_of_one_field_converge():
    seeded = random.Random(7)
    for _ in range(300):
        writes = {}
        for number in range(1, 9):
            seen = {n for n in writes if seeded.random() < 0.6}
            closed = {m for n in seen for m in writes[n][1]} | seen
            standing = {n for n in closed if not any(n in writes[m][0] for m in closed)}
            writes[number] = (standing, closed)
        results = set()
        for _ in range(6):
            heads, left = Heads(), set(writes)
            while left:
                ready = [n for n in left if writes[n][1] <= set(writes) - left]
                number = seeded.choice(sorted(ready))
                heads.write(number, "f", writes[number][0])
                left.remove(number)
            results.add(tuple(sorted(heads.of("f"))))
        expected = tuple(sorted(n for n in writes if not any(n in replaced for replaced, _ in writes.values())))
        assert results == {expected}
