"""What a person is told of a paper as its data has it: what it should have and lacks, what is given and not printed."""

from collections.abc import Mapping
from typing import Any, Final

from desktop.documents.official import OFFICIAL_KINDS, Form
from desktop.services.paper.finish import Finish
from desktop.services.paper.kinds import layout

FLAGS: Final = ("serial_copy", "secrecy", "urgency")


def unsigned(kind: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    """Warn of 上行文 without 签发人 (GB/T 9704 clause 7.2.6); a plain paper without 版头 names none."""
    if _form(kind, data) is not Form.UPWARD or data.get("signer"):
        return ()
    return ("上行文应当写明签发人，现在没有。请填写签发人（signer）。",)


def unprinted(kind: str, data: Mapping[str, Any], ending: str, finish: Finish) -> tuple[str, ...]:
    """Tell what was given and has no place in the paper (GB/T 9704 clauses 7.2.6 and 10.1) or in the file's format."""
    form, said = _form(kind, data), []
    if finish.seals and ending != "pdf":
        said.append("可以修改的文件里不放印章图片，只留出用印的位置。要套印请输出为 PDF。")
    if form not in (None, Form.UPWARD) and data.get("signer"):
        said.append("签发人只标注在有版头的上行文上，这份没有印出。")
    if form is Form.LETTER and (data.get("printed_by") or data.get("printed_on")):
        said.append("信函的版记不写印发机关和印发日期，没有印出。")
    if form is Form.PLAIN and any(data.get(name) for name in FLAGS):
        said.append("这份没有版头，份号、密级和紧急程度没有印出。")
    return tuple(said)


def _form(kind: str, data: Mapping[str, Any]) -> Form | None:
    """Return the form in which an official paper is printed, None for a form: without number and mark it is plain."""
    known = OFFICIAL_KINDS.get(layout(kind).id)
    if known is None:
        return None
    headed = bool(data.get("number") or data.get("mark"))
    return known[1] if headed or known[1] not in (Form.FILE, Form.UPWARD) else Form.PLAIN
