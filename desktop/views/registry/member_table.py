"""成员: the team of a workroom; a person is added by typing the name."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.views import theme
from desktop.views.desk import Desk
from desktop.views.icons import Button
from desktop.views.message_strip import MessageStrip
from desktop.views.record_choice import record_editor
from desktop.views.registry import sections
from desktop.views.registry.child_table import ChildTable


class MemberTable(ChildTable):
    """The members' table with a field under it that adds one."""

    def __init__(self, desk: Desk, strip: MessageStrip, parent: QWidget | None = None) -> None:
        self._workroom_id = ""
        columns = sections.table_columns("members", sections.MEMBERS)
        super().__init__(desk, strip, "members", "成员", columns, parent=parent)

    def _build_layout(self) -> None:
        super()._build_layout()
        self.person = record_editor(self._desk, "people")
        self.person.set_placeholder("添加成员：输入姓名，选中或新增")
        self.person.setAccessibleName("添加成员：姓名")
        self.person.setMinimumWidth(theme.px(120))
        self.person.setMaximumWidth(theme.px(280))
        self.foot.insertWidget(0, self.person, 1)
        self.page = Button("打开此人", "person", "link", "这个人的荣誉、成果和所在的工作室（双击姓名也可以）")
        self.foot.insertWidget(self.foot.indexOf(self.delete_button), self.page)

    def _connect_signals(self) -> None:
        super()._connect_signals()
        self.person.committed.connect(self._add_person)
        self.page.clicked.connect(lambda: self._open(self.table.currentIndex().row()))
        self.table.opened.connect(self._open_name)

    def _show_buttons(self) -> None:
        super()._show_buttons()
        self.page.setVisible(self.model.rowCount() > 0)
        self.page.setEnabled(len(self.table.selected_rows()) == 1)

    def _open_name(self, row: int) -> None:
        if self._columns[self.table.currentIndex().column()].key == "person":
            self._open(row)

    def _open(self, row: int) -> None:
        self._desk.go.emit("people", "people", str(self.model.record(row)["person_id"]))

    def show_members(self, workroom_id: str, rows: Sequence[dict[str, Any]]) -> None:
        """Show the team of a workroom."""
        self._workroom_id = workroom_id
        self.person.set_read_only(self._desk.operations.read_only)
        self.show_rows(rows)

    def _add_person(self, person_id: str | None) -> None:
        if person_id is None:
            return
        self.person.set_value_back_to_empty()
        known = next((row for row in self.model.rows() if row["person_id"] == person_id and not row["left_on"]), None)
        if known is not None:
            self._strip.show_message(f"“{known['person']['name']}”已在成员中，没有重复添加。", "warn")
            self.table.selectRow(self.model.row_of(known["id"]))
            return
        self.put({"workroom_id": self._workroom_id, "person_id": person_id, "role": "骨干成员"})
