"""带走 from the window: what it would be, made and written to a stick, verified, the stick ejected."""

from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from desktop.views.exchange.exchange_view import ExchangeView

PACKAGE: Final = "数据包 (*.wrpack)"
FORM: Final = "wrpack"


def unused(path: Path) -> Path:
    """Return the path, or with a number added when a file of that name is there: a package replaces no other."""
    names = chain([path], (path.with_stem(f"{path.stem}-{number}") for number in count(2)))
    return next(name for name in names if not name.exists())


class Packing(QObject):
    """Joins the page 带走 to the services."""

    def __init__(self, view: "ExchangeView") -> None:
        super().__init__(view)
        self._view = view
        self._to: list[tuple[str, str]] = []
        self._made: list[dict[str, Any]] = []

    def connect_page(self) -> None:
        """Connect the page's signals."""
        page = self._view.carry_page
        page.accepted.connect(self.go)
        page.refused.connect(self._view.go_front)
        page.asked.connect(self._look)

    def begin(self) -> None:
        """Show what would be carried to the offices that are checked."""
        chosen = self._view.front.partners.chosen()
        if not chosen:
            self._view.strip.show_message("请先勾选要带给哪个工会。", "warn")
            return
        self._to = list(zip(chosen, self._view.front.partners.chosen_names(), strict=True))
        self._view.strip.clear()
        page = self._view.carry_page
        page.begin([name for _office, name in self._to])
        page.show_sticks(self._view.watch.sticks)
        self._look()

    def _look(self) -> None:
        from desktop.services.parcel import exporting
        from desktop.services.record.fields import NOUN_TITLES

        page, full = self._view.carry_page, self._view.carry_page.full.isChecked()

        def done(found: list[tuple[str, dict[str, Any]]]) -> None:
            page.show_content(found, NOUN_TITLES)
            self._view.stack.setCurrentWidget(page)
            page.go.setFocus()

        self._view.operations.read_long(
            "查看要带走的内容",
            lambda session, _progress: [
                (name, exporting.outlook(session, [office], full)) for office, name in self._to
            ],
            done,
            self._view.tell,
        )

    def go(self) -> None:
        """Make a package for each office: one for several would hold only what all of them may receive."""
        from desktop.services.paper.names import file_name

        page = self._view.carry_page
        folder = page.place() or self._ask_folder()
        if folder is None:
            return
        self._made = []
        own, moment = self._view.desk.office_name(), f"{datetime.now():%Y%m%d-%H%M%S}"
        for office, name in self._to:
            out = unused(folder / file_name(f"{own}-致{name}-{moment}", FORM))
            self._make(out, [office], full=page.full.isChecked(), sealed=page.sealed.isChecked())

    def _ask_folder(self) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self._view, "带走：存到哪个文件夹", str(Path.home()))
        return Path(chosen) if chosen else None

    def export(self, out: Path, to: list[str]) -> None:
        """Make one package for these offices."""
        self._made = []
        self._make(out, to)

    def _make(self, out: Path, to: list[str], *, full: bool = False, sealed: bool = False) -> None:
        from desktop.services import exchange

        self._view.operations.run_long(
            "制作数据包",
            lambda session, progress: exchange.export_package(
                session, out, to, full, report_progress=progress.report, encrypt=sealed
            ),
            lambda result: self._done(out, result),
            self._view.tell,
            undoable=False,
        )

    def _done(self, out: Path, result: dict[str, Any]) -> None:
        self._made.append(result)
        self._view.go_front()
        stick = next((one for one in self._view.watch.sticks if out.is_relative_to(one.path)), None)
        words = made_words(self._made, out)
        if stick is None:
            self._view.strip.show_message(words, "pass", "知道了")
        else:
            self._view.strip.show_message(words, "pass", "弹出U盘", lambda: self.eject(stick.path))
        self._view.refresh(frozenset())

    def eject(self, stick: Path) -> None:
        """Ask the system to unmount the stick."""
        from desktop.services.parcel.stick import eject

        def done(gone: bool) -> None:
            if gone:
                self._view.strip.show_message("U盘已弹出，可以拔下了。", "pass")
            else:
                words = "数据包已安全写好。系统没有让程序弹出U盘，请在任务栏里点“安全弹出”，再拔下。"
                self._view.strip.show_message(words, "warn")

        self._view.operations.in_background("弹出U盘", lambda _progress: eject(stick), done, self._view.tell)


def made_words(made: list[dict[str, Any]], out: Path) -> str:
    """Return what was carried in a sentence: the packages made so far, the last of them `out`."""
    count = sum(sum(one["records"].values()) for one in made)
    if len(made) == 1:
        return f"已带走 {count} 条内容（第 {made[0]['number']} 号数据包），写入并读回核对无误：{out}。"
    return f"已带走 {count} 条内容，{len(made)} 个工会各一个数据包，写入并读回核对无误：{out.parent}。"
