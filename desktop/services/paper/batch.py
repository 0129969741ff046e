"""Papers for many records in one go: each set as its own file, or all in one, with progress and a way to stop."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from desktop.documents.merging import merged
from desktop.errors import BadInput, DesktopError
from desktop.services import blobs, document
from desktop.services.paper.composing import PaperDraft
from desktop.services.paper.kinds import composer, layout
from desktop.services.paper.names import free_file

Report = Callable[[int, int, str], None]
AT_ONCE = 50
"""Papers that are set together and share their font subsets."""


@dataclass(frozen=True)
class Batch:
    """What a batch gave: the files written, how many papers, and the records whose paper lacks something or failed."""

    files: tuple[Path, ...]
    papers: int
    left_out: tuple[str, ...]


def write_drafts(
    session: Session, kind: str, noun: str, ids: Sequence[str], folder: Path, report: Report, *, merge: bool = False
) -> Batch:
    """Write the draft of a kind for each record as PDF into a folder; nothing is filed and no number is taken.

    What cannot be set is left out and named. `report` is told after each paper and may stop the batch by raising;
    with `merge` one file holds them all and is written at the end.
    """
    _require(ids)
    if composer(kind).numbered:
        raise BadInput(f"“{composer(kind).title}”每份要有自己的文号，请成批出文，不能成批存草稿。", "kind")
    drafts, left_out = _drafts(session, kind, noun, ids, report)
    files: list[Path] = []
    contents: list[bytes] = []
    for number, (draft, content) in enumerate(_contents(drafts), start=1):
        if merge:
            contents.append(content)
        else:
            files.append(free_file(folder, f"{number:03d} {_named(draft)}", "pdf"))
            blobs.write_whole(files[-1], content)
        report(len(ids) + number, len(ids) + len(drafts), "排版")
    if contents:
        files = [free_file(folder, f"{composer(kind).title}（{len(contents)}份）", "pdf")]
        blobs.write_whole(files[0], merged(contents))
    return Batch(tuple(files), len(drafts), tuple(left_out))


def issue_all(
    session: Session, kind: str, noun: str, ids: Sequence[str], folder: Path, report: Report, on: date | None = None
) -> Batch:
    """Issue a paper for each record: numbers in sequence, every copy filed, a file each in the folder.

    All or nothing: what lacks something is named and nothing is issued; when the batch is stopped no file is left.
    """
    _require(ids)
    day = on or date.today()
    files: list[Path] = []
    try:
        for number, one in enumerate(ids, start=1):
            draft = document.paper_data(session, kind, noun, [one], {}, day)
            if draft.missing:
                listed = "、".join(field.title for field in draft.missing)
                raise BadInput(f"第{number}件《{_named(draft)}》缺少：{listed}。补齐后再成批出文。", "ids")
            out = free_file(folder, f"{number:03d} {_named(draft)}", "pdf")
            document.issue(session, kind, noun, [one], out, {}, on=day)
            files.append(out)
            report(number, len(ids), "出文")
    except BaseException:
        for file in files:
            file.unlink(missing_ok=True)
        raise
    return Batch(tuple(files), len(files), ())


def _require(ids: Sequence[str]) -> None:
    if not ids:
        raise BadInput("列表里没有可以成批制作的对象。", "ids")


def _drafts(
    session: Session, kind: str, noun: str, ids: Sequence[str], report: Report
) -> tuple[list[PaperDraft], list[str]]:
    """Compose every paper; each says what is missing, or why there is none."""
    drafts: list[PaperDraft] = []
    left_out: list[str] = []
    for number, one in enumerate(ids, start=1):
        try:
            draft = document.paper_data(session, kind, noun, [one], {}, date.today())
        except DesktopError as error:
            left_out.append(error.message)
        else:
            if draft.missing:
                left_out.append(f"{_named(draft)}：缺少{'、'.join(field.title for field in draft.missing)}")
            else:
                drafts.append(draft)
        report(number, 2 * len(ids), "读取")
    return drafts, left_out


def _contents(drafts: Sequence[PaperDraft]) -> Iterator[tuple[PaperDraft, bytes]]:
    from desktop.services.paper.finish import Finish

    for start in range(0, len(drafts), AT_ONCE):
        part = drafts[start : start + AT_ONCE]
        papers: list[Mapping[str, Any]] = [draft.data for draft in part]
        yield from zip(part, layout(part[0].kind).pdfs(papers, Finish().setting()), strict=True)


def _named(draft: PaperDraft) -> str:
    data = draft.data
    workroom = data.get("workroom") or {}
    name = data.get("workroom_name") or data.get("name") or workroom.get("name")
    title = str(data.get("title") or composer(draft.kind).title)
    return f"{name} {title}" if name else title
