"""The form that founds an alliance: name, kind, the lead workroom, and a line for each member."""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.ask_form import AskForm
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.desk import Desk
from desktop.views.editors import DateEditor, TextEditor
from desktop.views.field_editor import FieldEditor
from desktop.views.icons import Button
from desktop.views.record_choice import record_editor

KINDS = (("", "（未定）"), ("区域联盟", "区域联盟"), ("产业联盟", "产业联盟"), ("产业链联盟", "产业链联盟"))


class FoundForm(AskForm):
    """Asks for an alliance; a member's line stays as long as it is filled."""

    def __init__(self, desk: Desk, on: date, lead_id: str = "") -> None:
        super().__init__("新建联盟", "建立", "牵头工作室自动成为成员，管理联盟的补助。")
        self._desk = desk
        self.members: list[FieldEditor] = []
        self.add("name", "联盟名称（必填）", TextEditor())
        self.add("kind", "类型", ChoiceEditor(KINDS), "")
        self.add("lead_id", "牵头工作室（必填）", record_editor(desk, "workrooms"), lead_id or None)
        self.add("on", "成立日期", DateEditor(), on.isoformat())
        self._add_members()

    def _add_members(self) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(4))
        self.more = Button("再加一个成员", "add", "link")
        self.more.clicked.connect(self.add_member)
        column.addLayout(self._lines)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.form.addRow(theme.label("成员工作室", "quiet"), holder)
        self.add_member()

    def add_member(self) -> None:
        """Add a line for one more member."""
        editor = record_editor(self._desk, "workrooms")
        editor.setAccessibleName(f"成员工作室{len(self.members) + 1}")
        self.members.append(editor)
        self._lines.addWidget(editor)

    def values(self) -> dict[str, Any]:
        """Return the answers with the members' ids."""
        given = super().values()
        for editor in self.members:
            editor.commit()
        return {**given, "member_ids": [editor.value() for editor in self.members if editor.value()]}
