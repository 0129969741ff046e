"""The menus of the register's head: what can be written of the list, and what else belongs to it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from desktop.views.registry.export import LISTS, ask_template, export_list

if TYPE_CHECKING:
    from desktop.views.registry.registry_view import RegistryView


class ExportMenu(QMenu):
    """导出: the workrooms listed now, their members, their outcomes, or the summary that goes up."""

    def __init__(self, view: "RegistryView") -> None:
        super().__init__(view)
        self._view = view
        self.lists = {kind: self.addAction(f"{name}（现在列出的）…") for kind, name in LISTS.items()}
        for kind, action in self.lists.items():
            action.triggered.connect(lambda _on=False, kind=kind: export_list(self._view, kind))

    def open_under(self, widget: QWidget) -> None:
        """Open the menu under its button."""
        self.popup(widget.mapToGlobal(QPoint(0, widget.height() + 4)))


class MoreMenu(QMenu):
    """What is needed now and then: empty forms, the import, the search for what is kept twice."""

    def __init__(self, view: "RegistryView") -> None:
        super().__init__(view)
        self._view = view
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        from desktop.services.sheet.kinds import KINDS, table_of

        self.blank = QMenu("空白模板(&T)", self)
        self.templates = {kind: self.blank.addAction(f"{table_of(kind).title}名册…") for kind in KINDS}
        self.addMenu(self.blank)
        self.imports = self.addAction("导入名册(&I)…")
        self.duplicates = self.addAction("查重与合并(&M)…")
        self.addSeparator()
        self.everything = self.addAction("全选列出的(&A)")
        self.everything.setToolTip("选中以后可以成批修改、导出、删除")

    def _connect_signals(self) -> None:
        go = self._view.desk.go
        self.imports.triggered.connect(lambda: go.emit("imports", "", ""))
        self.duplicates.triggered.connect(lambda: go.emit("duplicates", "", ""))
        self.everything.triggered.connect(self._view.table.selectAll)
        for kind, action in self.templates.items():
            title = action.text().removesuffix("…")
            action.triggered.connect(lambda _on=False, kind=kind, title=title: ask_template(self._view, kind, title))

    def open_under(self, widget: QWidget) -> None:
        """Open the menu under its button."""
        self.popup(widget.mapToGlobal(QPoint(widget.width() - self.sizeHint().width(), widget.height() + 4)))
