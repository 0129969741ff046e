"""The form of a draw: what is reviewed, how many, from which field, who stays out and why, who watches."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QScrollArea, QWidget

from desktop.views import theme
from desktop.views.ask_form import AskForm
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.editors import DateEditor, NumberEditor, TextEditor, WordsEditor

MOST_SEEN = 5
"""Lines of a list of ticks before it scrolls."""


class DrawForm(AskForm):
    """Asks for one draw; `conflicts_wanted(record ids)` follows each change of what is reviewed."""

    conflicts_wanted = Signal(tuple)

    def __init__(self, candidates: Sequence[Any], specialities: Sequence[str], on: date) -> None:
        words = "种子随抽取一起记录，任何人用同一种子和名单重抽，结果相同。抽取后不能撤销，只能登记替补。"
        super().__init__("随机抽取专家", "抽取", words)
        self.subjects: dict[str, QCheckBox] = {}
        self.recusals: dict[str, tuple[QCheckBox, TextEditor]] = {}
        self._nouns = {one.record_id: one.noun for one in candidates}
        self.add("title", "评审事项（必填）", TextEditor(), f"{on.year}年评审")
        self._add_subjects(candidates)
        self.add("count", "抽取人数（必填）", NumberEditor(), 5)
        if specialities:
            choices = [("", "不限"), *((one, one) for one in specialities)]
            self.add("speciality", "专业范围", ChoiceEditor(choices), "")
        self.add("witnesses", "监督人", WordsEditor())
        self._add_recusals()
        self.add("on", "抽取日期", DateEditor(), on.isoformat())
        seed = self.add("seed", "随机种子", TextEditor())
        assert isinstance(seed, TextEditor)
        seed.set_placeholder("不填由程序随机产生；现场摇号的填摇出的号码")

    def _add_subjects(self, candidates: Sequence[Any]) -> None:
        holder, grid = _lines()
        for row, one in enumerate(candidates):
            box = QCheckBox(f"{one.title}　{one.flow}：{one.state}")
            box.toggled.connect(lambda _on: self.conflicts_wanted.emit(self.chosen()))
            self.subjects[one.record_id] = box
            grid.addWidget(box, row, 0)
        if not candidates:
            words = "没有走到评审环节的申报、成果或考核，可以先只抽取专家。"
            self.form.addRow(theme.label("评审对象", "quiet"), theme.label(words, "quiet", wrap=True))
        else:
            self.form.addRow(theme.label("评审对象", "quiet"), _scrolling(holder, len(candidates)))

    def _add_recusals(self) -> None:
        self._holder, self._grid = _lines()
        self._area = _scrolling(self._holder, MOST_SEEN)
        self.form.addRow(theme.label("回避（写明原因）", "quiet"), self._area)

    def show_experts(self, experts: Sequence[Mapping[str, Any]], conflicts: Mapping[str, str]) -> None:
        """List the experts who may stay out; those from a unit under review are ticked with that as the reason."""
        for row, expert in enumerate(experts):
            if expert["id"] not in self.recusals:
                self.recusals[expert["id"]] = self._recusal(row, expert)
            box, why = self.recusals[expert["id"]]
            found = conflicts.get(expert["id"], "")
            if found and not box.isChecked():
                box.setChecked(True)
                why.set_value(found)
        self._area.setFixedHeight(_height(len(experts)))

    def _recusal(self, row: int, expert: Mapping[str, Any]) -> tuple[QCheckBox, TextEditor]:
        box, why = QCheckBox("　".join(filter(None, (expert["name"], expert["unit_name"])))), TextEditor()
        why.set_placeholder("原因")
        why.setAccessibleName(f"{expert['name']}回避的原因")
        why.setEnabled(False)
        box.toggled.connect(why.setEnabled)
        self._grid.addWidget(box, row, 0)
        self._grid.addWidget(why, row, 1)
        return box, why

    def choose(self, record_ids: Sequence[str]) -> None:
        """Tick what is reviewed."""
        for record_id, box in self.subjects.items():
            box.setChecked(record_id in record_ids)

    def chosen(self) -> tuple[str, ...]:
        """Return what is reviewed."""
        return tuple(record_id for record_id, box in self.subjects.items() if box.isChecked())

    def values(self) -> dict[str, Any]:
        """Return the answers with `subjects`, their `noun` and `recusals` (reason by expert)."""
        given = super().values()
        for box, why in self.recusals.values():
            if box.isChecked():
                why.commit()
        recusals = {who: str(why.value() or "") for who, (box, why) in self.recusals.items() if box.isChecked()}
        subjects = self.chosen()
        noun = self._nouns[subjects[0]] if subjects else "applications"
        return {**given, "subjects": subjects, "noun": noun, "recusals": recusals}


def _lines() -> tuple[QWidget, QGridLayout]:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(4))
    grid.setVerticalSpacing(theme.px(4))
    grid.setColumnStretch(1, 1)
    return holder, grid


def _height(lines: int) -> int:
    return theme.px(12 + 34 * min(max(lines, 1), MOST_SEEN))


def _scrolling(inside: QWidget, lines: int) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(inside)
    area.setFixedHeight(_height(lines))
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
