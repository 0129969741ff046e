"""带回 from the window: packages found on sticks, looked at, applied, taken back; past imports looked at again."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from desktop.errors import DesktopError
from desktop.views.exchange.change_rows import change_words
from desktop.views.exchange.packing import PACKAGE

if TYPE_CHECKING:
    from desktop.views.exchange.exchange_view import ExchangeView

NO_KEY = "这个数据包是加密给别的工会的，本机打不开。请向制作者索取给本工会的数据包。"


class Bringing(QObject):
    """Joins preview, log and the list of found packages to the services."""

    def __init__(self, view: "ExchangeView") -> None:
        super().__init__(view)
        self._view = view
        self._package: tuple[Path, str] | None = None
        self.result: dict[str, Any] | None = None

    def connect_pages(self) -> None:
        """Connect the pages' signals."""
        view = self._view
        view.preview.accepted.connect(self.take)
        view.preview.refused.connect(view.go_front)
        view.front.found.opened.connect(lambda path: self.inspect(Path(path)))
        view.front.other_place.clicked.connect(self._ask)
        view.front.bring.clicked.connect(self._begin)
        view.front.log.undo_requested.connect(self.undo)
        view.front.log.opened.connect(self.show_past)
        view.watch.changed.connect(lambda _sticks: self.look_at_sticks())

    def look_at_sticks(self) -> None:
        """List the packages on the sticks that are plugged in."""
        from desktop.services.parcel import stick

        view, sticks = self._view, list(self._view.watch.sticks)
        view.carry_page.show_sticks(sticks)
        if not sticks:
            view.show_packages([])
            return

        def look(session: Any, progress: Any) -> list[dict[str, Any]]:
            return [one for place in sticks for one in stick.packages_on(session, place.path, progress.report)]

        view.operations.read_long("查看U盘上的数据包", look, view.show_packages, view.tell)

    def _begin(self) -> None:
        path = self._view.front.found.waiting()
        if path is not None:
            self.inspect(path)
        else:
            self._ask()

    def _ask(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self._view, "带回：选择数据包", "", f"{PACKAGE};;所有文件 (*)")
        if chosen:
            self.inspect(Path(chosen))

    def inspect(self, path: Path) -> None:
        """Show what a package would change."""
        from desktop.services import exchange, store

        def work(database: Any, progress: Any) -> Any:
            with store.reading(database) as session:
                package = exchange.inspect(path, session)
            if not package.get("readable", True):
                raise DesktopError(NO_KEY, str(path))
            return package, exchange.import_package(database, path, preview=True, report_progress=progress.report)

        def done(found: tuple[dict[str, Any], dict[str, Any]]) -> None:
            package, self.result = found
            self._package = (path, package["package_sha256"])
            self._view.preview.show_preview(package, found[1])
            self._view.stack.setCurrentWidget(self._view.preview)
            self._view.preview.take.setFocus()

        self._view.strip.clear()
        self._view.operations.run_over_database("预览数据包", work, done, self._view.tell, writes=False)

    def take(self) -> None:
        """Take the package in that was looked at."""
        from desktop.services import exchange

        assert self._package is not None
        path, digest = self._package

        def done(result: dict[str, Any]) -> None:
            self._view.go_front()
            words = f"已带回：{change_words(result)}"
            if result.get("files_missing"):
                words += f"还缺 {result['files_missing']} 个附件，已记下，下次交换时向对方索取。"
            self._view.strip.show_message(words, "pass", "撤销此次导入", lambda: self.undo(result["import_id"]))
            self.look_at_sticks()

        self._view.operations.run_over_database(
            "带回数据包",
            lambda database, progress: exchange.import_package(
                database, path, expected=digest, report_progress=progress.report
            ),
            done,
            self._not_taken,
        )

    def _not_taken(self, error: DesktopError) -> None:
        self._view.go_front()
        self._view.tell(error)

    def undo(self, import_id: str) -> None:
        """Take one import back."""
        from desktop.services import exchange

        def done(result: dict[str, Any]) -> None:
            self._view.strip.show_message(undone_words(result), "info")
            self.look_at_sticks()

        self._view.operations.run_over_database(
            "撤销导入",
            lambda database, _progress: exchange.undo_import(database, import_id),
            done,
            self._view.tell,
        )

    def show_past(self, import_id: str) -> None:
        """Show what an import changed."""
        self.with_past(import_id, self._show_past)

    def _show_past(self, result: dict[str, Any]) -> None:
        self._package, self.result = None, result
        self._view.strip.clear()
        self._view.preview.show_past(result, may_answer=self._view.relation_of(result["maker"]["id"]) == "child")
        self._view.stack.setCurrentWidget(self._view.preview)

    def with_past(self, import_id: str, then: Any) -> None:
        """Read what an import changed and hand it on."""
        from desktop.services.parcel import brought

        self._view.operations.read_long(
            "查看历次导入", lambda session, _progress: brought.brought(session, import_id), then, self._view.tell
        )


def undone_words(result: dict[str, Any]) -> str:
    """Return in a sentence what became of an import that was taken back."""
    if not result["kept"]:
        return "已撤销此次导入，其后的修改都保留。"
    kept = f"{result['kept']} 条后来又改过，保持现状，需要时请手工更正。"
    return (
        f"已撤销此次导入：收回 {result['records']} 条；{kept}" if result["records"] else f"没有可以收回的内容：{kept}"
    )
