"""The form of a collective decision: the meeting, who sat in it, and what it found of each record."""

from datetime import date
from typing import Any, Final

from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from desktop.views import theme
from desktop.views.ask_form import AskForm
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.editors import DateEditor, NumberEditor, ParagraphEditor, TextEditor, WordsEditor

VOTES: Final = (("agreed", "同意票"), ("opposed", "反对票"), ("abstained", "弃权票"))
WORDS: Final = "登记后，结论不是缓议的都随会议办到“{state}”。"
CONCLUSION_AT_LEAST: Final = 112
REMEMBERED: Final = "地点和参加人员照上次会议填好，请按实际改。"


class DecisionForm(AskForm):
    """Asks for one meeting over the record in hand and those that stand at the same step."""

    def __init__(self, sitting: Any, ahead: Any, on: date) -> None:
        words = WORDS.format(state=sitting.state) + (REMEMBERED if sitting.present else "")
        super().__init__(f"登记{sitting.state}", "登记并办理", words)
        self.sitting = sitting
        self.lines: dict[str, tuple[QCheckBox, ChoiceEditor, dict[str, NumberEditor]]] = {}
        self.names: dict[str, NameOf] = {}
        self.add("on", "会议日期", DateEditor(), on.isoformat())
        self.add("title", "研究事项", TextEditor(), sitting.title)
        self.add("place", "地点", TextEditor(), sitting.place)
        self.add("chair", "主持人（必填）", TextEditor(), sitting.chair)
        self._add_hinted("present", "出席（必填）", WordsEditor(), "姓名、姓名", list(sitting.present))
        self._add_hinted("absent", "请假", WordsEditor(), "姓名、姓名")
        self._add_hinted("recusals", "回避", TextEditor(), "姓名：原因；姓名：原因")
        self._add_records()
        self.add("discussion", "研究情况（可不填）", ParagraphEditor())
        self._add_reason(ahead)

    def _add_hinted(self, name: str, title: str, editor: TextEditor, hint: str, value: Any = None) -> None:
        editor.set_placeholder(hint)
        self.add(name, title, editor, value)

    def _add_records(self) -> None:
        holder, grid = QWidget(), QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(4))
        grid.setColumnStretch(0, 1)
        for column, words in enumerate(("研究对象", "结论（下一步）", *(title for _name, title in VOTES))):
            grid.addWidget(theme.label(words, "small"), 0, column)
        for row, (record_id, title) in enumerate(self.sitting.records, start=1):
            self._add_line(grid, row, record_id, title)
        holder.setLayout(grid)
        self.form.addRow(holder)

    def _add_line(self, grid: QGridLayout, row: int, record_id: str, title: str) -> None:
        box = QCheckBox()
        name = NameOf(title, box)
        box.setAccessibleName(f"研究{title}")
        box.setChecked(row == 1)
        conclusion = ChoiceEditor(list(self.sitting.conclusions))
        conclusion.setAccessibleName(f"{title}的结论")
        conclusion.set_value(self.sitting.usual)
        # The long name beside it gives way in lines; what is concluded is read whole.
        conclusion.control.setMinimumWidth(theme.px(CONCLUSION_AT_LEAST))
        votes = {key: NumberEditor() for key, _title in VOTES}
        held = QWidget()
        line = QGridLayout(held)
        line.setContentsMargins(0, 0, 0, 0)
        line.setColumnStretch(1, 1)
        line.addWidget(box, 0, 0)
        line.addWidget(name, 0, 1)
        grid.addWidget(held, row, 0)
        grid.addWidget(conclusion, row, 1)
        for column, (key, words) in enumerate(VOTES, start=2):
            votes[key].setAccessibleName(f"{title}的{words}")
            votes[key].control.setMaximumWidth(theme.px(64))
            grid.addWidget(votes[key], row, column)
        for widget in (conclusion, *votes.values()):
            widget.setEnabled(row == 1)
            box.toggled.connect(widget.setEnabled)
        self.lines[record_id] = (box, conclusion, votes)
        self.names[record_id] = name

    def _add_reason(self, ahead: Any) -> None:
        if ahead.gate.needs_reason:
            self.add("reason", "理由", ParagraphEditor())
        for finding in ahead.gate.needs_reason:
            words = f"{finding.article}{finding.title}：{finding.message}"
            self.column.insertWidget(1, theme.label(words, "warn", wrap=True))

    def values(self) -> dict[str, Any]:
        """Return the meeting, with `recusals` (reason by name) and `opinions` (what was found, by record id)."""
        raw = super().values()
        opinions = {}
        for record_id, (box, conclusion, votes) in self.lines.items():
            if box.isChecked():
                for editor in votes.values():
                    editor.commit()
                counted = {name: editor.value() for name, editor in votes.items() if editor.value() is not None}
                opinions[record_id] = {"conclusion": conclusion.value(), **counted}
        return {**raw, "recusals": recusals_of(raw["recusals"] or ""), "opinions": opinions}


class NameOf(QLabel):
    """The name beside a tick: long ones wrap, which a check box cannot; a click on it ticks too."""

    def __init__(self, title: str, box: QCheckBox) -> None:
        super().__init__(title)
        self._box = box
        self.setWordWrap(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick, or take the tick away."""
        self._box.toggle()


def recusals_of(words: str) -> dict[str, str]:
    """Return reasons by name from what was typed (姓名：原因；姓名：原因); a name alone has no reason."""
    parts = [part for part in words.replace(";", "；").replace("\n", "；").split("；") if part.strip()]
    pairs = [part.replace(":", "：").partition("：") for part in parts]
    return {name.strip(): why.strip() for name, _colon, why in pairs}
