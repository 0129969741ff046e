"""Writing what the register lists to a workbook: the workrooms, what belongs to them, or an empty form to fill in."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from desktop.views.background import Progress
from desktop.views.saving import ask_for_file

if TYPE_CHECKING:
    from desktop.views.registry.registry_view import RegistryView

LISTS: Final = {"workrooms": "工作室台账", "members": "成员名册", "outcomes": "成果名册", "summary": "推荐汇总表"}
"""What can be written of the workrooms listed, with the name of the file that is proposed."""
COUNTED: Final = {"workrooms": "个工作室", "members": "名成员", "outcomes": "项成果", "summary": "个工作室"}


def export_list(view: "RegistryView", kind: str = "workrooms", ids: Sequence[str] | None = None) -> None:
    """Ask where to, then write a list of the workrooms that are listed now, or of those with these ids."""
    out = ask_for_file(view, LISTS[kind], "xlsx", title=f"导出{LISTS[kind]}")
    if out is not None:
        write_list(view, out, kind, ids)


def write_list(view: "RegistryView", out: Path, kind: str = "workrooms", ids: Sequence[str] | None = None) -> None:
    """Write the workbook beside the window, in the order of the list; the strip says how many and where."""
    rows, path = view.model.rows() if ids is None else [], view.operations.path

    def work(session: Any, progress: Progress) -> int:
        from desktop.services import registry, spreadsheet

        rooms = list(ids) if ids is not None else registry.workroom_ids(path, rows)
        if kind == "summary":
            return spreadsheet.export_summary(session, out, rooms, report_progress=progress.report)
        return spreadsheet.export(session, kind, out, rooms=rooms, report_progress=progress.report)

    def told(count: int) -> None:
        words = f"已导出 {count:,} {COUNTED[kind]}：{out}"
        view.strip.show_message(words, "pass", "打开文件夹", lambda: _open(out.parent))

    view.operations.read_long(f"导出{LISTS[kind]}", work, told)


def write_workrooms(view: "RegistryView", out: Path) -> None:
    """Write the workrooms that are listed now."""
    write_list(view, out)


def ask_template(view: "RegistryView", kind: str, title: str) -> None:
    """Ask where to, then write an empty list of a kind to fill in."""
    out = ask_for_file(view, f"{title}模板", "xlsx", title=f"{title}空白模板")
    if out is not None:
        write_template(view, out, kind)


def write_template(view: "RegistryView", out: Path, kind: str) -> None:
    """Write the empty list beside the window."""

    def work(_progress: Progress) -> None:
        from desktop.services import spreadsheet

        spreadsheet.template(kind, out)

    def told(_value: object) -> None:
        words = f"已写好空白模板：{out}。填好以后点“导入”，或把文件拖到窗口里。"
        view.strip.show_message(words, "pass", "打开文件夹", lambda: _open(out.parent))

    view.operations.in_background("写模板", work, told)


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
