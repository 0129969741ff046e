"""Official papers as data: the eight kinds under GB/T 9704, their fields, and the strict reader of plain data."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from desktop.documents.fields import LONGEST_TEXT, Fields, clean_text
from desktop.documents.numerals import document_number
from desktop.errors import BadInput


class Form(StrEnum):
    """The layouts of the standard: 文件, 上行文, 信函, 纪要, and a plain paper without 版头."""

    FILE = "file"
    UPWARD = "upward"
    LETTER = "letter"
    MINUTES = "minutes"
    PLAIN = "plain"


OFFICIAL_KINDS = {
    "notice": ("通知", Form.FILE),
    "letter": ("函", Form.LETTER),
    "publicity": ("公示", Form.FILE),
    "decision": ("决定", Form.FILE),
    "reply": ("批复", Form.FILE),
    "report": ("报告", Form.UPWARD),
    "request": ("请示", Form.UPWARD),
    "minutes": ("纪要", Form.MINUTES),
}

SECRECY = re.compile("(?:绝密|机密|秘密)(?:★[^\\s★〇○零一二三四五六七八九十两]{1,9})?")
"""密级, with ★ and 保密期限 behind it, whose figures are Arabic (clause 7.2.2)."""


@dataclass(frozen=True)
class TableData:
    """A table of an attachment: column heads and rows of text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Attachment:
    """An 附件: its title, and paragraphs or a table; without either it is named only and travels apart."""

    title: str
    body: tuple[str, ...] = ()
    table: TableData | None = None


@dataclass(frozen=True)
class OfficialPaper:
    """A paper's content, checked; empty texts and tuples stand for what is absent."""

    kind: str
    form: Form
    issuers: tuple[str, ...]
    mark: str
    number: str
    title: str
    to: tuple[str, ...]
    body: tuple[str, ...]
    date: datetime.date
    attachments: tuple[Attachment, ...] = ()
    signers: tuple[str, ...] = ()
    note: str = ""
    copy_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: datetime.date | None = None
    secrecy: str = ""
    urgency: str = ""
    serial_copy: str = ""
    mongolian_mark: str = ""
    sealed: bool = True

    @property
    def joint(self) -> bool:
        """Tell whether several organs issue the paper together."""
        return len(self.issuers) > 1


def joined(names: Sequence[str]) -> str:
    """Return organs as 主送 and 抄送 list them: single ones with 、, whole classes (各…) with ，."""
    classes = any(name.startswith("各") or "，" in name or "、" in name for name in names)
    return ("，" if classes else "、").join(name.rstrip("。：:") for name in names)


def from_json(kind: str, data: Mapping[str, Any]) -> OfficialPaper:
    """Read a paper from plain data; refuses unknown fields and wrong values with BadInput naming the field."""
    fields = Fields(data)
    issuers = _issuers(fields)
    number = _number(fields)
    mark = fields.text("mark", "")
    form = _form(kind, bool(number or mark))
    paper = OfficialPaper(
        kind=kind,
        form=form,
        issuers=issuers,
        mark=mark,
        number=number,
        title=fields.text("title"),
        to=fields.texts("to"),
        body=fields.texts("body", LONGEST_TEXT, required=True),
        date=_required_day(fields, "date"),
        attachments=tuple(_attachment(part) for part in fields.parts("attachments")),
        signers=fields.texts("signer", 20),
        note=_bracketed(fields.text("note", "")),
        copy_to=fields.texts("copy_to"),
        printed_by=fields.text("printed_by", ""),
        printed_on=fields.day("printed_on"),
        secrecy=_secrecy(fields.text("secrecy", "", 12)),
        urgency=fields.choice("urgency", ("特急", "加急", "特提", "平急")),
        serial_copy=_serial(fields.text("serial_copy", "")),
        mongolian_mark=_mongolian(fields),
        sealed=fields.flag("sealed", default=form is not Form.MINUTES),
    )
    fields.done()
    if paper.printed_by and not paper.printed_on:
        raise BadInput("有印发机关就要有印发日期，请填写printed_on。", "printed_on")
    if paper.printed_on and not paper.printed_by:
        raise BadInput("有印发日期就要有印发机关，请填写printed_by。", "printed_by")
    return paper


def _form(kind: str, headed: bool) -> Form:
    form = OFFICIAL_KINDS[kind][1]
    return Form.PLAIN if form in (Form.FILE, Form.UPWARD) and not headed else form


def _issuers(fields: Fields) -> tuple[str, ...]:
    if fields.has("issuer") and fields.has("issuers"):
        raise BadInput("issuer和issuers只能填一个。", "issuers")
    name = "issuers" if fields.has("issuers") else "issuer"
    issuers = fields.texts(name, required=True) if name == "issuers" else (fields.text(name),)
    if len(set(issuers)) != len(issuers):
        raise BadInput("联合发文的机关有重复的，请核对。", "issuers")
    return issuers


def _number(fields: Fields) -> str:
    part = fields.part("number")
    if part is None:
        return ""
    text = document_number(part.text("code", longest=20), part.whole("year"), part.whole("serial"))
    part.done()
    return text


def _required_day(fields: Fields, name: str) -> datetime.date:
    day = fields.day(name)
    if day is None:
        raise BadInput(f"缺少字段“{fields.path(name)}”。", fields.path(name))
    return day


def _bracketed(note: str) -> str:
    return note if not note or (note.startswith("（") and note.endswith("）")) else f"（{note}）"


def _serial(text: str) -> str:
    if text and not (len(text) == 6 and text.isascii() and text.isdigit()):
        raise BadInput("份号是6位数字，例如000123。", "serial_copy")
    return text


def _secrecy(text: str) -> str:
    if text and not SECRECY.fullmatch(text):
        raise BadInput(
            f"密级不能写“{text}”：应为绝密、机密或秘密，保密期限用★隔开、用阿拉伯数字，例如“机密★1年”。", "secrecy"
        )
    return text


def _mongolian(fields: Fields) -> str:
    """Read the Mongolian mark, whose script needs joiners and vowel separators that other fields refuse."""
    value = fields.raw("mongolian_mark")
    if value is None:
        return ""
    if not isinstance(value, str) or not value.strip():
        raise BadInput("“mongolian_mark”应是蒙古文。", "mongolian_mark")
    strange = [char for char in value if not ("\u1800" <= char <= "\u18af" or char in " \u200c\u200d\u202f")]
    if strange or len(value) > 200:
        raise BadInput("“mongolian_mark”只能是传统蒙古文，最多200个字符。", "mongolian_mark")
    return value.strip()


def _attachment(fields: Fields) -> Attachment:
    table = fields.part("table")
    attachment = Attachment(
        title=fields.text("title"),
        body=fields.texts("body", LONGEST_TEXT),
        table=_table(table) if table else None,
    )
    fields.done()
    if attachment.body and attachment.table:
        raise BadInput("一个附件只能有body或table。", fields.path("table"))
    return attachment


def _table(fields: Fields) -> TableData:
    columns = fields.texts("columns", required=True)
    raw = fields.raw("rows")
    if not isinstance(raw, list | tuple):
        raise BadInput(f"“{fields.path('rows')}”应是行的列表。", fields.path("rows"))
    rows = tuple(_row(row, len(columns), f"{fields.path('rows')}[{index}]") for index, row in enumerate(raw))
    fields.done()
    return TableData(columns, rows)


def _row(row: Any, columns: int, path: str) -> tuple[str, ...]:
    if not isinstance(row, list | tuple):
        raise BadInput(f"“{path}”应是一行单元格的列表。", path)
    if len(row) != columns:
        raise BadInput(f"“{path}”有{len(row)}格，应有{columns}格。", path)
    return tuple(_cell(value, f"{path}[{index}]") for index, value in enumerate(row))


def _cell(value: Any, path: str) -> str:
    if value is None:
        return ""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return repr(value)
    return clean_text(value, path, 2000, blank=True)


_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_ONE_OR_MORE = {"oneOf": [_TEXT, _TEXTS]}
_DATE = {"type": "string", "format": "date"}


def schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of an official kind's fields."""
    table = _object({"columns": _TEXTS, "rows": {"type": "array", "items": {"type": "array"}}}, ["columns", "rows"])
    number = {"code": _TEXT, "year": {"type": "integer"}, "serial": {"type": "integer", "minimum": 1}}
    properties: dict[str, Any] = {
        "issuer": {**_TEXT, "title": "发文机关"},
        "issuers": {**_TEXTS, "title": "联合发文机关，主办机关在前"},
        "mark": {**_TEXT, "title": "发文机关标志"},
        "number": {**_object(number, list(number)), "title": "发文字号"},
        "title": {**_TEXT, "title": "标题"},
        "to": {**_ONE_OR_MORE, "title": "主送机关"},
        "body": {**_TEXTS, "title": "正文各段"},
        "attachments": {
            "type": "array",
            "items": _object({"title": _TEXT, "body": _TEXTS, "table": table}, ["title"]),
            "title": "附件",
        },
        "date": {**_DATE, "title": "成文日期"},
        "signer": {**_ONE_OR_MORE, "title": "签发人"},
        "note": {**_TEXT, "title": "附注"},
        "copy_to": {**_ONE_OR_MORE, "title": "抄送机关"},
        "printed_by": {**_TEXT, "title": "印发机关"},
        "printed_on": {**_DATE, "title": "印发日期"},
        "secrecy": {**_TEXT, "pattern": f"^{SECRECY.pattern}$", "title": "密级和保密期限"},
        "urgency": {"enum": ["特急", "加急", "特提", "平急"], "title": "紧急程度"},
        "serial_copy": {**_TEXT, "pattern": "^[0-9]{6}$", "title": "份号"},
        "mongolian_mark": {**_TEXT, "title": "蒙古文发文机关标志"},
        "sealed": {"type": "boolean", "title": "加盖印章", "default": kind != "minutes"},
    }
    whole = _object(properties, ["title", "body", "date"])
    return {**whole, "oneOf": [{"required": ["issuer"]}, {"required": ["issuers"]}]}


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
