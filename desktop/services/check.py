"""Judging plain facts without a database, as the command line does."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from desktop.errors import BadInput, DesktopError
from desktop.rules.caps import plan as plan_split
from desktop.rules.evaluator import judge, to_json
from desktop.services.law import carried

SHORTEST_PASSPHRASE = 8
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
GAP = re.compile(r"[\s,]*")
HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build an object; a name given twice is refused, since nobody can tell which value was meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadInput(f"“{twice}”写了两次，不知道以哪个为准。请删去一个。", twice)
    return found


def parse_json(text: str) -> Any:
    """Read a JSON text: a name given twice or half a character is BadInput, what is no JSON is ValueError."""
    value = json.loads(text, object_pairs_hook=_once)
    if "\\u" in text and HALF_CHARACTER.search(json.dumps(value, ensure_ascii=False)):
        raise BadInput("JSON 里有不完整的字符（\\ud800 至 \\udfff 应成对）。请重新输入这些文字。")
    return value


def read_json(path: Path) -> Any:
    """Read a JSON file; BadInput names file and line."""
    return _loaded(path, _read(path), parse_json)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        if isinstance(error, UnicodeDecodeError):
            raise BadInput(f"文件不是 UTF-8 文本：{path}。请另存为 UTF-8 后再试。", str(path)) from error
        raise BadInput(f"打不开文件：{path}。请检查文件名和位置。", str(path)) from error


def _loaded(path: Path, text: str, load: Callable[[str], Any]) -> Any:
    try:
        return load(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise BadInput(f"文件不是正确的 JSON：{path}，第{line}行。请检查括号、引号和逗号。", str(path)) from error


def read_passphrase(path: Path) -> str:
    """Return the first line of a file that holds a passphrase; BadInput when it cannot be read or is too short."""
    try:
        words = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"打不开口令文件，或不是 UTF-8 文本：{path}。", str(path)) from error
    if not words or len(words[0]) < SHORTEST_PASSPHRASE:
        raise BadInput(f"口令至少要{SHORTEST_PASSPHRASE}个字符，写在文件的第一行：{path}。", str(path))
    return words[0]


def check(facts: Any, regulation_id: str, stage: str | None = None, on: str | None = None) -> dict[str, Any]:
    """Judge one set of facts and return the verdict in the contract's form; `on` stands over the facts' own date."""
    law = carried.find(regulation_id)
    if stage is not None and stage not in law.stages():
        raise BadInput(f"“{law.title}”没有环节“{stage}”。可用的环节：{'、'.join(law.stages())}。", "stage")
    day = parse_day(on)
    known = _object(facts) if day is None else {**_object(facts), "reference_date": day.isoformat()}
    return to_json(judge(law, known, stage=stage))


def _object(facts: Any) -> dict[str, Any]:
    if not isinstance(facts, dict):
        raise BadInput('事实应当是一个 JSON 对象，如 {"team_total_incl_leader": 5}。', "facts")
    return facts


def parse_day(text: Any, where: str = "on") -> date | None:
    """Read a day written as YYYY-MM-DD; None stays None."""
    if text is None:
        return None
    try:
        if not isinstance(text, str) or not DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"日期写法不对：{text}。应为 2026-09-01 这样的写法。", where) from error


def check_lines(path: Path, defaults: Mapping[str, str | None] | None = None) -> Iterator[dict[str, Any]]:
    """Judge the cases of a file (a JSON array, or one object a line); a bad case carries its own error.

    `defaults` gives regulation, stage and on where a case does not name its own; a case names its day by `on` or by
    the `reference_date` among its facts.
    """
    given = {key: value for key, value in (defaults or {}).items() if value is not None}
    for number, case in enumerate(_cases(path), start=1):
        yield _check_case({**_for_case(given, case), **case} if isinstance(case, dict) else case, number)


def _for_case(given: dict[str, str], case: dict[str, Any]) -> dict[str, str]:
    facts = case.get("facts")
    dated = isinstance(facts, dict) and facts.get("reference_date") is not None
    return {key: value for key, value in given.items() if not (dated and key == "on")}


def _cases(path: Path) -> Iterator[Any]:
    text = _read(path)
    if text.lstrip().startswith("["):
        yield from _array(path, text)
        return
    # Only a line feed ends a line: JSON may hold the other line separators inside a text.
    yield from (_parsed(line) for line in text.split("\n") if line.strip())


def _array(path: Path, text: str) -> Iterator[Any]:
    """Yield the cases of an array; where it holds what is refused, each is read on its own."""
    try:
        yield from _loaded(path, text, parse_json)
    except BadInput:
        _loaded(path, text, json.loads)
        yield from (_parsed(part) for part in _elements(text))


def _elements(text: str) -> Iterator[str]:
    """Cut the text of a JSON array into the texts of its elements."""
    decoder, start = json.JSONDecoder(), _next(text, text.index("[") + 1)
    while text[start] != "]":
        _, end = decoder.raw_decode(text, start)
        yield text[start:end]
        start = _next(text, end)


def _next(text: str, position: int) -> int:
    gap = GAP.match(text, position)
    return gap.end() if gap else position


def _parsed(line: str) -> Any:
    try:
        return parse_json(line)
    except BadInput as error:
        return error
    except (ValueError, RecursionError):
        return BadInput("这一行不是正确的 JSON。请检查括号、引号和逗号。")


def _check_case(case: Any, number: int) -> dict[str, Any]:
    name = case.get("id", str(number)) if isinstance(case, dict) else str(number)
    try:
        if isinstance(case, DesktopError):
            raise case
        if name is not None and not isinstance(name, str | int):
            name = str(number)
            raise BadInput(f"第{number}例的 id 应为文字或整数。", "id")
        if not isinstance(case, dict):
            raise BadInput(f"第{number}例不是一个 JSON 对象。")
        for key in ("regulation", "facts"):
            if key not in case:
                raise BadInput(f"第{number}例缺少“{key}”。", key)
        if not isinstance(case["regulation"], str):
            raise BadInput(f"第{number}例的 regulation 应为办法的编号。", "regulation")
        return {"id": name, **check(case["facts"], case["regulation"], case.get("stage"), case.get("on"))}
    except DesktopError as error:
        return {"id": name, "error": error.as_dict()}


def plan(facts: Any, regulation_id: str) -> dict[str, Any]:
    """Run the reward planner on one set of facts (内工办发〔2026〕12号 补助资金办法第六条 and its like)."""
    return plan_split(carried.find(regulation_id), _object(facts)).as_json()
