"""The forms beside a road: taking a step, correcting one, returning or withdrawing a record."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.ask_form import AskForm
from desktop.views.choice_editors import ChoiceEditor, make_editor
from desktop.views.course.step_rows import words_of
from desktop.views.desk import Desk
from desktop.views.editors import DateEditor, ParagraphEditor, TextEditor
from desktop.views.field_editor import FieldEditor
from desktop.views.icons import Button
from desktop.views.record_choice import record_editor


class StepForm(AskForm):
    """Asks what one step needs: day, details, grounds a person finds made out, a reason."""

    def __init__(self, desk: Desk, ahead: Any, on: date) -> None:
        step = ahead.gate.transition
        super().__init__(words_of(ahead) if ahead.back else f"办理到“{step.to}”", "办理")
        self.ahead = ahead
        self.add("on", "日期", DateEditor(), on.isoformat())
        for one in ahead.asks:
            self.add(
                f"ask.{one.name}",
                one.title + ("（必填）" if one.required else ""),
                _editor(desk, one),
                one.value or None,
            )
        self.grounds: dict[str, QCheckBox] = {}
        if ahead.gate.grounds:
            self._add_grounds()
        self._add_reason()

    def _add_grounds(self) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        for finding in self.ahead.gate.grounds:
            if finding.status in ("fail", "warn"):
                box = QCheckBox(f"{finding.article}　{finding.title}")
                box.setToolTip(f"{finding.message}\n{finding.text}")
                self.grounds[finding.rule] = box
                column.addWidget(box)
                column.addWidget(theme.label(finding.message, "small", wrap=True))
        self.form.addRow(theme.label("认定的事由", "quiet"), holder)

    def _add_reason(self) -> None:
        gate, above = self.ahead.gate, self.ahead.turn == "above"
        title = "依据（来文，必填）" if above else "理由（必填）" if gate.needs_reason else "说明（可不填）"
        self.add("reason", title, ParagraphEditor())
        for finding in gate.needs_reason:
            self.column.insertWidget(
                1, theme.label(f"{finding.article}{finding.title}：{finding.message}", "warn", wrap=True)
            )

    def values(self) -> dict[str, Any]:
        """Return day, reason, details and grounds."""
        raw = super().values()
        return {
            "on": raw["on"],
            "reason": raw["reason"] or "",
            "details": {
                name.removeprefix("ask."): value for name, value in raw.items() if name.startswith("ask.") and value
            },
            "grounds": [rule for rule, box in self.grounds.items() if box.isChecked()],
        }


def _editor(desk: Desk, one: Any) -> FieldEditor:
    return record_editor(desk, one.target) if one.target else make_editor(one.type, one.choices)


class CorrectForm(AskForm):
    """Asks how a step was wrong: taken by mistake, or on another day."""

    def __init__(self, done: Any) -> None:
        super().__init__(f"更正“{done.to_state}”", "更正", "原来的记载会保留，更正和理由一并记入历程。")
        ways = [("back", "撤回这一步：不该办理"), ("amend", "日期或经办人写错")]
        self.way = ChoiceEditor(ways)
        self.add("way", "怎样更正", self.way, "back")
        self.add("taken_on", "正确的日期", DateEditor(), done.on.isoformat() if done.on else None)
        self.add("taken_by", "经办人", TextEditor(), done.by)
        self.add("reason", "理由（必填）", ParagraphEditor())
        self.way.edited.connect(lambda _value: self._show_fields())
        self._show_fields()

    def _show_fields(self) -> None:
        amending = self.way.value() == "amend"
        for name in ("taken_on", "taken_by"):
            self.form.setRowVisible(self.editors[name], amending)


class ReturnForm(AskForm):
    """Asks which field lacks what, for each field one reason, and until when."""

    def __init__(self, fields: Mapping[str, str] | tuple[str, ...], on: date) -> None:
        super().__init__("退回补正", "退回", "逐项写明缺什么；送来的单位按项补正后再交回。")
        self._fields = tuple(fields)
        self._rows: list[tuple[ChoiceEditor, TextEditor]] = []
        self.more = Button("再加一项", "add", role="link")
        self.more.clicked.connect(self.add_reason)
        self.column.insertWidget(2, self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.rows = QVBoxLayout()
        self.column.insertLayout(2, self.rows)
        self.add("due_on", "补正期限（可不填）", DateEditor())
        self.add_reason()

    def add_reason(self) -> None:
        """Add a line for one more field."""
        which = ChoiceEditor([("", "（总的说明）"), *((name, name) for name in self._fields)])
        which.control.setFixedWidth(theme.px(240))
        why = TextEditor()
        why.set_placeholder("缺什么、错在哪里")
        which.setAccessibleName("哪一项")
        why.setAccessibleName("原因")
        which.set_value("")
        row = QHBoxLayout()
        row.addWidget(which)
        row.addWidget(why, 1)
        self.rows.addLayout(row)
        self._rows.append((which, why))

    def begin(self) -> None:
        """Put the cursor into the first line."""
        self._rows[0][0].control.setFocus()

    def values(self) -> dict[str, Any]:
        """Return the reasons by field, and the last day."""
        raw = super().values()
        reasons: dict[str, str] = {}
        for which, why in self._rows:
            why.commit()
            words = why.value() or ""
            if words:
                key = which.value() or ""
                reasons[key] = "；".join(filter(None, (reasons.get(key, ""), words)))
        return {"reasons": reasons, "due_on": raw["due_on"]}
