"""工作室台账: the list on the left, searched as one types, and the record of the chosen workroom on the right."""

from functools import cached_property
from typing import Any, Final

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.services import registry
from desktop.views import theme
from desktop.views.arranging import Wide, stacked
from desktop.views.desk import Desk, View
from desktop.views.empty_state import EmptyState
from desktop.views.registry.found_table_model import WHY, FoundTableModel
from desktop.views.registry.registry_changes import RegistryChanges
from desktop.views.registry.registry_menus import RegistryMenus
from desktop.views.registry.registry_table import RegistryTable
from desktop.views.registry.registry_tools import RegistryTools

WITHIN: Final = Qt.ShortcutContext.WidgetWithChildrenShortcut
SHOW_MS: Final = 60
"""How long the cursor rests on a row before its record is read, in milliseconds."""


class RegistryView(View):
    """The register. It is on the screen before the database is open; the record follows when it is."""

    nouns = frozenset(
        {"workrooms", "members", "topics", "outcomes", "honours", "people", "units", "attachments", "grants"}
        | {"publications", "activities", "plans"}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._wanted = ""
        self.page: Any = None
        super().__init__(desk, parent)

    # -- layout ----------------------------------------------------------------------------------------------------

    def _build_layout(self) -> None:
        self.source = self.desk.registry
        self.model = FoundTableModel(self.source, self.desk.settings.registry_columns)
        self.tools = RegistryTools()
        self.changes, self.menus = RegistryChanges(self), RegistryMenus(self)
        self._build_table()
        self.detail = QStackedWidget()
        self.detail.addWidget(QWidget())
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(12)
        self.splitter.addWidget(self.left)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 5)
        self.splitter.setSizes([556, 778])
        self.splitter.setChildrenCollapsible(False)
        stacked(self.tools, self.strip, Wide(self.splitter), on=self, margins=(16, 12, 16, 12), spacing=8)
        self._timer = QTimer(self, singleShot=True, interval=SHOW_MS)
        self._selected_timer = QTimer(self, singleShot=True, interval=SHOW_MS)

    def _build_table(self) -> None:
        self.table = RegistryTable()
        self.table.setAccessibleName("工作室列表")
        self.table.setModel(self.model)
        self.table.setSortingEnabled(False)
        self.table.horizontalHeader().setSectionsClickable(True)
        self.table.horizontalHeader().setSectionsMovable(True)
        self.table.horizontalHeader().setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.left = QWidget()
        self.left.setMinimumWidth(theme.px(360))
        self.left_column = QVBoxLayout(self.left)
        self.left_column.setContentsMargins(0, 0, 0, 0)
        self.left_column.setSpacing(8)
        self.left_column.addWidget(self.lists)

    # The words for an empty list are built when first needed: most registers never show them.

    @cached_property
    def nothing(self) -> EmptyState:
        """What stands in the list's place when a search finds nothing."""
        state = EmptyState("search", "没有找到", "", "清除条件")
        state.first.connect(self._clear_conditions)
        self.lists.addWidget(state)
        return state

    @cached_property
    def empty(self) -> EmptyState:
        """What stands in the list's place while there is no workroom at all."""
        words = (
            "先新增一个；手头有表格名册的，导入即可，表头怎么写都行；也可以在“数据交换”带回下级的数据包。"
            "填写的内容随时保存。"
        )
        state = EmptyState("registry", "台账里还没有工作室", words, "新增第一个工作室", "导入名册")
        state.first.connect(self.add)
        state.second.connect(self._import)
        self.lists.addWidget(state)
        return state

    def _connect_signals(self) -> None:
        self.tools.changed.connect(self._search)
        self.tools.field.returnPressed.connect(self.table.setFocus)
        self.tools.columns.clicked.connect(lambda: self.menus.columns.open_under(self.tools.columns))
        self.tools.filters.clicked.connect(lambda: self.menus.filters.open_under(self.tools.filters))
        self.tools.take_in.clicked.connect(self._import)
        self.tools.export.clicked.connect(lambda: self.menus.exports.open_under(self.tools.export))
        self.tools.more.clicked.connect(lambda: self.menus.more.open_under(self.tools.more))
        header = self.table.horizontalHeader()
        header.customContextMenuRequested.connect(lambda place: self.menus.columns.popup(header.mapToGlobal(place)))
        header.sectionClicked.connect(lambda section: self.sort_by(self.model.columns[section].key))
        self.tools.add.clicked.connect(self.add)
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._selected_timer.start())
        self._selected_timer.timeout.connect(self._show_selection)
        self.model.modelReset.connect(self._selected_timer.start)
        self.table.delete_requested.connect(self.changes.delete_rows)
        self.table.opened.connect(lambda _row: self._go_into_record())
        for key, action in (("Ctrl+E", self.export), ("Ctrl+I", self._import), ("Esc", self.changes.select_one)):
            # Only while the cursor is there: Esc means something else in every box that opens over the window.
            QShortcut(QKeySequence(key), self.table if key == "Esc" else self, action).setContext(WITHIN)
        self._timer.timeout.connect(self._show_if_seen)
        self.model.sort_wanted.connect(self.source.sort_by)
        self.source.loaded.connect(self._loaded)
        self.source.touched.connect(self.model.forget_pages)
        self.operations.ready.connect(self.show_current)

    # -- the list --------------------------------------------------------------------------------------------------

    def arrive(self) -> None:
        """Show the first page at once; the whole list follows from the background."""
        self._timer.start()
        if self.source.registry is None and not self.model.rowCount():
            self.model.show_first_page()
            self._show_list()
            self.desk.after_first_paint(self.source.reload)
            if self.model.rowCount() and not self._wanted:
                self.table.selectRow(0)

    def refresh(self, nouns: frozenset[str]) -> None:
        """Show changed values; the list itself is kept up by its source."""
        if self.page is not None:
            self.page.refresh(nouns)

    def _loaded(self) -> None:
        read = self.source.registry
        assert read is not None
        self.tools.offer(read.level_names, read.state_names)
        self._search()

    def _search(self) -> None:
        read = self.source.registry
        if read is None:
            return
        current = self._wanted or self.current_id()
        hits = self.source.search(*self.tools.question())
        assert hits is not None
        if self.model.show_found(hits.rows(read), self.tools.question()[0]):
            self.table.lay_out_columns()
            self._show_sort()
        self._show_list()
        self._mark(current)

    def _show_list(self) -> None:
        read = self.source.registry
        total = len(read.rows) if read is not None else self.model.rowCount()
        found = self.model.rowCount()
        self.tools.show_count(found, total)
        # Without any workroom there is no record to show beside the list: the first step has the whole width.
        self.detail.setHidden(not total)
        if found:
            self.lists.setCurrentWidget(self.table)
        elif total:
            words = f"{total:,}个工作室里没有符合 {self.tools.conditions()} 的。换一个词，或清除条件再看。"
            self.nothing.set_texts("没有找到", words)
            self.lists.setCurrentWidget(self.nothing)
        else:
            self.lists.setCurrentWidget(self.empty)

    def export(self) -> None:
        """Write the workrooms listed now (Ctrl+E)."""
        from desktop.views.registry.export import export_list

        export_list(self)

    def _import(self) -> None:
        self.desk.go.emit("imports", "", "")

    def _show_selection(self) -> None:
        """Offer what can be done with several at once."""
        chosen = self.table.selected_rows()
        if len(chosen) > 1 or self.menus.has_bulk():
            rows, path = self.model.rows(chosen), self.operations.path
            self.menus.bulk.show_selection(len(rows), lambda: registry.workroom_ids(path, rows))

    def _clear_conditions(self) -> None:
        self.tools.clear()
        self.tools.field.setFocus()

    def _mark(self, record_id: str) -> None:
        """Keep the cursor on the same workroom when the list changes around it."""
        position = self.model.position_of(self.source.row_of(record_id)) if record_id else -1
        if position < 0 and self.model.rowCount() and not record_id:
            position = 0
        if position >= 0:
            self.table.selectRow(position)
            self.table.scrollTo(self.model.index(position, 0))
        if record_id == self._wanted and position >= 0:
            self._wanted = ""

    def sort_by(self, key: str) -> None:
        """Put the list in the order of a column, or turn it round when it is in that order."""
        if key != WHY.key:
            self.source.sort_by(key, self.source.sort == key and not self.source.descending)
            self._show_sort()

    def _show_sort(self) -> None:
        """Mark the column that the list is ordered by, wherever it stands now."""
        header, keys = self.table.horizontalHeader(), [column.key for column in self.model.columns]
        order = Qt.SortOrder.DescendingOrder if self.source.descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicatorShown(True)
        header.setSortIndicator(keys.index(self.source.sort) if self.source.sort in keys else -1, order)

    def show_columns(self, keys: tuple[str, ...]) -> None:
        """Show other columns from now on."""
        current = self.current_id()
        self.model.set_columns(keys)
        self.table.lay_out_columns()
        self._show_sort()
        self._mark(current)
        self.desk.remember(registry_columns=keys)

    # -- the record ------------------------------------------------------------------------------------------------

    def current_id(self) -> str:
        """Return the id of the workroom under the cursor, or an empty string."""
        index = self.table.currentIndex()
        return self.model.record_id(index.row()) if index.isValid() else ""

    def shown_record(self) -> tuple[str, str]:
        """Return the workroom under the cursor."""
        return "workrooms", self.current_id()

    def _show_if_seen(self) -> None:
        # What nobody sees is not read, let alone built; it is when the view comes to the front.
        if self.isVisible():
            self.show_current()

    def _row_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._timer.start()

    def show_current(self) -> None:
        """Show the record of the workroom under the cursor."""
        record_id = self.current_id()
        if not self.operations.is_ready:
            return
        if not record_id:
            self.detail.setCurrentIndex(0)
            return
        self.record_page().show_workroom(record_id)
        self.detail.setCurrentWidget(self.page)

    def record_page(self) -> Any:
        """Return the page of one workroom, built when the first is shown."""
        if self.page is None:
            from desktop.views.registry.workroom_page import WorkroomPage

            self.page = WorkroomPage(self.desk, self.strip)
            self.page.delete_requested.connect(self.changes.delete)
            self.detail.addWidget(self.page)
        return self.page

    def _go_into_record(self) -> None:
        self._timer.stop()
        self.show_current()
        if self.page is not None:
            self.page.go_to("name")

    def show_record(self, noun: str, record_id: str) -> None:
        """Show one workroom; a noun written `workrooms.venue_area_sqm` also goes to that field."""
        self._wanted = record_id
        if self.tools.conditions():
            self.tools.clear()
        self._mark(record_id)
        self._timer.stop()
        self.show_current()
        _table, _dot, name = noun.partition(".")
        if name and self.page is not None:
            self.page.go_to(name)

    def search(self) -> None:
        """Go to the search field."""
        self.tools.field.setFocus()
        self.tools.field.selectAll()

    def add(self) -> None:
        """Add a workroom of this office and go to its name."""
        self.changes.add()
