"""Envelopes: only the offices that they are for can open them, and nothing in them can be changed."""

import json
import random
import struct
import tracemalloc

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import BadInput, BadPackage
from desktop.sync import envelope, keys

PRIVATE = bytes(range(32))
OTHER = bytes(range(1, 33))
STRANGER = bytes(range(2, 34))


def finder(*privates):
    held = {envelope.key_id(keys.public_key(private)): private for private in privates}
    return held.get


def recipients(*privates):
    return [(f"o{place}", keys.public_key(private)) for place, private in enumerate(privates)]


@given(st.binary(min_size=32, max_size=32))
@settings(max_examples=60, deadline=None)
def test_the_two_forms_of_a_key_belong_together(private):
    agreed = X25519PrivateKey.from_private_bytes(envelope.agreement_private(private))
    assert agreed.public_key().public_bytes_raw() == envelope.agreement_public(keys.public_key(private))


@pytest.mark.parametrize("size", [0, 1, envelope.PIECE - 1, envelope.PIECE, envelope.PIECE + 1, 3 * envelope.PIECE])
def test_each_recipient_reads_the_same_and_nobody_else(size):
    content = random.Random(size).randbytes(size)
    data = envelope.seal(content, recipients(PRIVATE, OTHER))
    assert envelope.is_sealed(data)
    assert envelope.opened(data, finder(PRIVATE)) == content
    assert envelope.opened(data, finder(OTHER)) == content
    with pytest.raises(BadPackage, match="没有能打开它的密钥"):
        envelope.opened(data, finder(STRANGER))


def test_an_envelope_says_for_whom_it_is_and_nothing_of_its_content():
    content = "身份证号 152301198001010011".encode() * 20
    data = envelope.seal(content, recipients(PRIVATE, OTHER))
    assert [slot.office for slot in envelope.header(data).recipients] == ["o0", "o1"]
    assert b"152301198001010011" not in data
    assert "身份证号".encode() not in data
    assert envelope.seal(content, recipients(PRIVATE)) != envelope.seal(content, recipients(PRIVATE))


def test_nothing_in_an_envelope_can_be_changed():
    chance = random.Random(7)
    data = envelope.seal(chance.randbytes(envelope.PIECE * 2 + 300), recipients(PRIVATE, OTHER))
    places = [*range(400), *(chance.randrange(len(data)) for _ in range(400))]
    for place in places:
        changed = bytearray(data)
        changed[place] ^= 1 << chance.randrange(8)
        with pytest.raises(BadPackage):
            envelope.opened(bytes(changed), finder(OTHER))


def test_pieces_cannot_be_cut_off_swapped_repeated_or_added():
    step = envelope.PIECE + envelope.TAG
    data = envelope.seal(random.Random(3).randbytes(envelope.PIECE * 3), recipients(PRIVATE))
    start = len(data) - 3 * step
    head, pieces = data[:start], [data[start + n * step : start + (n + 1) * step] for n in range(3)]
    wrong = [
        pieces[:2],
        [pieces[0], pieces[2]],
        [pieces[1], pieces[0], pieces[2]],
        [*pieces, pieces[2]],
        [],
        pieces[2:],
    ]
    for order in wrong:
        with pytest.raises(BadPackage):
            envelope.opened(head + b"".join(order), finder(PRIVATE))
    with pytest.raises(BadPackage):
        envelope.opened(data + b"x", finder(PRIVATE))


def test_a_recipient_cannot_be_added_or_renamed_on_the_outside():
    data = envelope.seal(b"x" * 100, recipients(PRIVATE, OTHER))
    length = struct.unpack(">I", data[8:12])[0]
    head, rest = json.loads(data[12 : 12 + length]), data[12 + length :]

    def rebuilt():
        text = json.dumps(head, separators=(",", ":")).encode()
        return envelope.MAGIC + struct.pack(">I", len(text)) + text + rest

    assert envelope.opened(rebuilt(), finder(PRIVATE)) == b"x" * 100
    kept = head["recipients"]
    for changed in ([kept[0]], [kept[1]], [kept[1], kept[0]], [*kept, ["o9", "00" * 8, "00" * 48]]):
        head["recipients"] = changed
        with pytest.raises(BadPackage):
            envelope.opened(rebuilt(), finder(PRIVATE, OTHER))
    head["recipients"] = [["别处", *kept[0][1:]], kept[1]]
    with pytest.raises(BadPackage):
        envelope.opened(rebuilt(), finder(PRIVATE))


@pytest.mark.parametrize(
    "head",
    [
        b"{}",
        b'{"format":1,"ephemeral":"zz","recipients":[]}',
        b'{"format":2,"ephemeral":"' + b"00" * 32 + b'","recipients":[["o","k","00"]]}',
        b'{"format":1,"ephemeral":"' + b"00" * 32 + b'","recipients":[["o","k","00"]],"more":1}',
        b'{ "format":1,"ephemeral":"' + b"00" * 32 + b'","recipients":[["o","k","00"]]}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_a_header_that_is_none_is_refused(head):
    with pytest.raises(BadPackage):
        envelope.header(envelope.MAGIC + struct.pack(">I", len(head)) + head + b"\0" * 64)


def test_an_ephemeral_key_of_small_order_is_refused():
    slot = [envelope.key_id(keys.public_key(PRIVATE)), "00" * 48]
    text = json.dumps({"format": 1, "ephemeral": "00" * 32, "recipients": [["o", *slot]]}, separators=(",", ":"))
    data = envelope.MAGIC + struct.pack(">I", len(text)) + text.encode() + b"\0" * 64
    with pytest.raises(BadPackage):
        envelope.opened(data, finder(PRIVATE))


def test_lengths_that_lie_are_refused():
    for data in (b"", b"WRDSEAL1", b"WRDSEAL1\0\0", b"WRDSEAL1" + b"\xff" * 4 + b"{}", b"WRDSEAL1\0\0\0\x02{}"):
        with pytest.raises(BadPackage):
            envelope.header(data)
    with pytest.raises(BadPackage, match="升级"):
        envelope.header(b"WRDSEAL2" + b"\0" * 100)


def test_nobody_and_no_key_are_refused():
    with pytest.raises(BadInput):
        envelope.seal(b"x", [])
    with pytest.raises(BadInput, match="不能用来加密"):
        envelope.seal(b"x", [("o", (1).to_bytes(32, "little"))])


def test_opening_takes_little_more_memory_than_the_content():
    content = bytes(24 << 20)
    data = envelope.seal(content, recipients(PRIVATE))
    tracemalloc.start()
    found = envelope.opened(data, finder(PRIVATE))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == len(content)
    assert peak < len(content) * 1.4
