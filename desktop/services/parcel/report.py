"""The report of an import on paper: who made the package, what it changed, what is disputed, what still waits."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final, TypeAlias

from desktop.documents.fields import FORBIDDEN
from desktop.documents.fonts import font_book
from desktop.documents.forms import exchange_report
from desktop.documents.kind import Setting
from desktop.documents.styles import Role

Describe: TypeAlias = Callable[[str, str, Any], str]
"""Tells the words of a value: noun, field, value."""
KINDS: Final = {"new": "新增", "changed": "修改", "deleted": "删除"}
LONGEST: Final = 120
MOST_ROWS: Final = 1_500
UNKNOWN_CHARACTER: Final = "□"


def import_report(result: Mapping[str, Any], describe: Describe, office: str, on: date) -> bytes:
    """Return the report on the result of an import, a preview or `brought`, as a PDF/A-2b file of `office`."""
    return exchange_report.KIND.pdf(report_data(result, describe, office, on), Setting())


def report_data(result: Mapping[str, Any], describe: Describe, office: str, on: date) -> dict[str, Any]:
    """Return what the report says; texts are cut to what a cell of a list holds."""
    added = [_added(one, describe) for one in result["changes"] if one["kind"] == "new"]
    rows = [row for one in result["changes"] if one["kind"] != "new" for row in _rows(one, describe)]
    cut = max(len(rows), len(added)) > MOST_ROWS or result.get("more", 0)
    return {
        "filled_by": printable(office),
        "date": on.isoformat(),
        "maker": printable(result["maker"]["name"]),
        "number": result["number"],
        "made_at": moment(result["made_at"]),
        "state": _state(result),
        "counts": counts_text(result),
        "digest": result["package_sha256"],
        "rows": rows[:MOST_ROWS],
        "added": added[:MOST_ROWS],
        "disputes": [_dispute(one, describe) for one in result["conflicts"]],
        "waiting": [{"text": printable(one["text"])} for one in result["waiting"]],
        "notes": ["变化太多，本表只列出前面的部分，其余请在程序中查看。"] if cut else [],
    }


def moment(stamp: str) -> str:
    """Return a moment as people read it; a stamp that is none is given back."""
    try:
        found = datetime.fromisoformat(stamp)
    except ValueError:
        return printable(stamp)
    return f"{found.year}年{found.month}月{found.day}日 {found:%H:%M}"


def _state(result: Mapping[str, Any]) -> str:
    if result.get("preview"):
        return "预览，尚未带回"
    if result.get("undone_at"):
        return f"已撤销（{moment(result['undone_at'])}）"
    return f"已带回（{moment(result['imported_at'])}）" if result.get("imported_at") else "已带回"


def counts_text(result: Mapping[str, Any]) -> str:
    """Return the counts of an import in a sentence."""
    counts = result["counts"]
    parts = [f"{words} {counts[kind]} 条" for kind, words in KINDS.items() if counts.get(kind)]
    parts += [f"两边都改过 {len(result['conflicts'])} 处"] if result["conflicts"] else []
    parts += [f"还在等待 {len(result['waiting'])} 项"] if result["waiting"] else []
    return ("，".join(parts) or "没有新的变化") + "。"


def _added(change: Mapping[str, Any], describe: Describe) -> dict[str, str]:
    told = [f"{one['title']}：{describe(change['noun'], one['field'], one['new'])}" for one in change["fields"]]
    named = {"noun": printable(change["noun_title"]), "record": printable(change["label"])}
    return {**named, "told": printable("；".join(told))}


def _rows(change: Mapping[str, Any], describe: Describe) -> list[dict[str, str]]:
    """Return a row for each field of a changed record, and one for a deleted record."""
    head = {"kind": KINDS[change["kind"]], "record": printable(f"{change['noun_title']}：{change['label']}")}
    whole = {**head, "title": "整条", "old": "", "new": ""}
    if change["kind"] == "deleted" or not change["fields"]:
        return [whole]
    return [
        {
            **head,
            "title": printable(one["title"]),
            "old": printable(describe(change["noun"], one["field"], one["old"])),
            "new": printable(describe(change["noun"], one["field"], one["new"])),
        }
        for one in change["fields"]
    ]


def _dispute(one: Mapping[str, Any], describe: Describe) -> dict[str, str]:
    said = [f"{value['office']}：{describe(one['noun'], one['field'], value['value'])}" for value in one["values"]]
    record = printable(f"{one['noun_title']}：{one['label']}")
    return {"record": record, "title": printable(one["title"]), "values": printable("；".join(said))}


def printable(text: str) -> str:
    """Return a text that can be set: on one line, cut to a cell's length, characters that no font has as □."""
    book = font_book()
    line = " ".join(text.split())
    cut = line if len(line) <= LONGEST else line[:LONGEST] + "……"
    return "".join(char if _is_printable(book, char) else UNKNOWN_CHARACTER for char in cut)


def _is_printable(book: Any, char: str) -> bool:
    return unicodedata.category(char) not in FORBIDDEN and book.find(Role.FANGSONG, char) is not None
