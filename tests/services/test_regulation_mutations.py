"""Spoilt regulation files: 200 named faults give one sentence with its place each, and no text a traceback."""

import contextlib
import json
import random
import re
import tomllib

import pytest

from desktop.cli import main
from desktop.errors import BadRegulation
from desktop.rules.loader import load_text
from desktop.services.law.text import bundled_texts

LAWS = {name: text.text for name, text in bundled_texts().items()}
PER_LAW = 25
CHECK = re.compile(r"^check = \{ op = ", re.MULTILINE)
RULE_KEYS = ("id", "article", "title", "text", "kind", "strength", "stage", "meaning", "boundary", "check")


def rules_of(text: str) -> list[tuple[int, int]]:
    """Where the rules that stand on single lines begin and end."""
    starts = [found.start() for found in re.finditer(r"^\[\[rule\]\]$", text, re.MULTILINE)]
    ends = [text.find("\n[[", start + 5) for start in starts]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if end > 0 and CHECK.search(text, start, end)]


def missing_key(text, start, end, chance):
    key = chance.choice(RULE_KEYS)
    part = re.sub(rf"^{key} = .*\n", "", text[start:end] + "\n", count=1, flags=re.MULTILINE)
    return text[:start] + part + text[end:]


def unknown_condition(text, start, end, chance):
    return text[:start] + CHECK.sub('check = { op = "guess", was = ', text[start:end], count=1) + text[end:]


def wrong_type(text, start, end, chance):
    key = chance.choice(RULE_KEYS[:-1])
    part = re.sub(rf"^{key} = .*$", f"{key} = {{ x = 1 }}", text[start:end], count=1, flags=re.MULTILINE)
    return text[:start] + part + text[end:]


def circle(text, start, end, chance):
    rule = re.search(r'^id = "(.+)"$', text[start:end], re.MULTILINE).group(1)
    part = re.sub(r"^check = .*$", f'check = {{ op = "rules_hold", ids = ["{rule}"] }}', text[start:end], flags=re.M)
    return text[:start] + part + text[end:]


def huge_number(text, start, end, chance):
    check = f'check = {{ op = "num", fact = "leader_count", min = 1{"0" * 40} }}'
    part = re.sub(r"^check = .*$", check, text[start:end], flags=re.MULTILINE)
    return text[:start] + part + text[end:]


def same_id_twice(text, start, end, chance):
    return text[:end] + "\n" + text[start:end] + text[end:]


def unknown_key(text, start, end, chance):
    return text[:start] + text[start:end].replace("\ncheck = ", '\nunheard_of = "x"\ncheck = ', 1) + text[end:]


FAULTS = (missing_key, unknown_condition, wrong_type, circle, huge_number, same_id_twice, unknown_key)


@pytest.mark.parametrize("name", sorted(LAWS))
def test_each_named_fault_gives_one_sentence_with_file_and_place(name):
    chance, text = random.Random(name), LAWS[name]
    rules = rules_of(text)
    for number in range(PER_LAW):
        fault = FAULTS[number % len(FAULTS)]
        start, end = chance.choice(rules)
        with pytest.raises(BadRegulation) as refusal:
            load_text(fault(text, start, end, chance), f"{name}.toml")
        error = refusal.value
        assert error.where.startswith(f"{name}.toml"), fault.__name__
        assert re.search(r"第\d+行", error.where), (fault.__name__, error.where)
        assert error.message.count("\n") == 0
        assert len(error.message) < 400
        assert error.message.endswith("。")


@pytest.mark.parametrize("name", sorted(LAWS))
def test_no_damage_to_the_text_gives_anything_but_a_law_or_a_refusal(name):
    chance, text = random.Random(f"{name} damaged"), LAWS[name]
    for _ in range(12):
        damaged = damage(text, chance)
        with contextlib.suppress(BadRegulation):
            law = load_text(damaged, "damaged.toml")
            assert law.rules
            assert tomllib.loads(damaged)["regulation"]["id"] == law.id


def damage(text: str, chance: random.Random) -> str:
    at, kind = chance.randrange(len(text)), chance.randrange(4)
    lines = text.splitlines(keepends=True)
    if kind == 0:
        del lines[chance.randrange(len(lines))]
        return "".join(lines)
    if kind == 1:
        return text[:at] + chance.choice('"[]{}=,\\#\x00 ') + text[at:]
    if kind == 2:
        return text[:at] + text[at + chance.randrange(1, 40) :]
    return text[:at]


def test_the_command_line_refuses_a_spoilt_file_without_a_traceback(tmp_path, capsys):
    start, end = rules_of(LAWS["jy-2022"])[0]
    for fault in FAULTS:
        path = tmp_path / f"{fault.__name__}.toml"
        path.write_text(fault(LAWS["jy-2022"], start, end, random.Random(1)), encoding="utf-8")
        assert main(["regulation", "check", str(path)]) == 1, fault.__name__
        out, err = capsys.readouterr()
        assert json.loads(out)["error"]["code"] == "bad_regulation"
        assert "Traceback" not in err
