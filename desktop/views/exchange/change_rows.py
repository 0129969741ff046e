"""What a package changes as rows to look through: changes, conflicts and what waits, each kind on demand."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final, TypeAlias

Describe: TypeAlias = Callable[[str, str, Any], str]
"""Tells the words of a value: noun, field, value."""
CONFLICT, WAITING = "conflict", "waiting"
KINDS: Final = {"new": "新增", "changed": "修改", "deleted": "删除", CONFLICT: "两边都改过", WAITING: "还在等待"}
PASSED: Final = ("new", "changed", "deleted")


def change_rows(result: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a row for each change, conflict and waiting item of an import's result; `key` is unlike all others."""
    rows = [{**one, "key": f"{one['noun']}:{one['id']}"} for one in result["changes"]]
    for one in result["conflicts"]:
        rows.append({**one, "key": one["id"], "kind": CONFLICT, "settled_by": one["kind"], "fields": one["values"]})
    waiting = {"kind": WAITING, "noun": "", "noun_title": "", "id": "", "fields": []}
    for place, one in enumerate(result["waiting"]):
        rows.append({**waiting, "key": f"waiting:{place}", "label": one["text"]})
    return rows


def counts(rows: Sequence[dict[str, Any]], result: dict[str, Any]) -> dict[str, int]:
    """Return how many rows of each kind there are; changes that are not listed for their number count too."""
    found = {kind: sum(row["kind"] == kind for row in rows) for kind in KINDS}
    return {**found, **{kind: result["counts"].get(kind, 0) for kind in PASSED}}


def change_words(result: dict[str, Any]) -> str:
    """Return the counts of an import in a sentence."""
    from desktop.services.parcel import report

    return report.counts_text(result)


def detail_rows(row: dict[str, Any], describe: Describe) -> list[dict[str, str]]:
    """Return field by field what a row changes; of a conflict what each party wrote; of a waiting item its words."""
    if row["kind"] == WAITING:
        return [{"title": "", "old": "", "new": row["label"]}]
    if row["kind"] == CONFLICT:
        return [
            {
                "title": one["office"],
                "old": author_words(one),
                "new": describe(row["noun"], row["field"], one["value"]),
            }
            for one in row["fields"]
        ]
    return [
        {
            "title": one["title"],
            "old": "" if row["kind"] == "new" else describe(row["noun"], one["field"], one["old"]),
            "new": "" if row["kind"] == "deleted" else describe(row["noun"], one["field"], one["new"]),
        }
        for one in row["fields"]
    ]


def author_words(value: dict[str, Any]) -> str:
    """Return who wrote a value and when, as its author's clock said."""
    try:
        moment = f"{datetime.fromisoformat(value['at']):%Y-%m-%d %H:%M}"
    except ValueError:
        moment = ""
    return "　".join(part for part in (value["operator"], moment) if part)
