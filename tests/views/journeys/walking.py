"""Walking a road of 办理 by hand: answering what stands against a step, issuing its papers, taking it."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QToolButton

from tests.services.journeys import GROUNDS, LETTER, OPENING, filled, whole_facts
from tests.views.input_method import commit_text
from tests.views.journeys.founding import name_new

LEFT = Qt.MouseButton.LeftButton
SUCCESSOR = "郑继任"


class RoadHand:
    """Clicks and fills in on the road of a subclass's `course` view with its `qtbot`."""

    def click(self, words):
        """Click what stands on the road under these words."""
        self.qtbot.wait(1)
        found = [one for one in self.course.road.findChildren(QAbstractButton) if one.text() == words]
        self.qtbot.mouseClick(next(one for one in found if one.isVisible()), LEFT)

    def give(self, **values):
        """Fill in the form in hand and accept it."""
        form = self.course.road.form
        for name, value in values.items():
            form.editors[name].set_value(value)
        self.qtbot.mouseClick(form.accept, LEFT)
        assert self.course.road.form is None, self.course.strip.text()


class Walker:
    """One road of one record in the window; papers are issued to files beside the database."""

    def __init__(self, qtbot, window, law_id, flow, way, papers=True):
        self.qtbot, self.window, self.law_id, self.flow, self.way = qtbot, window, law_id, flow, way
        self.course = window.view("course")
        self.papers = papers
        self.issued = []
        known = whole_facts(law_id, flow.id, way)
        self.answers = {**known, **OPENING.get(law_id, {}), **GROUNDS.get(law_id, {})}
        self.leader = f"{SUCCESSOR}{flow.id}"

    def go(self, noun, record_id):
        """Walk the whole way."""
        self.noun, self.record_id = noun, record_id
        self.window.desk.go.emit("course", f"{noun}.{self.flow.id}", record_id)
        for _start, to in pairwise(self.way):
            self.take(to)
        assert self.course.road.way().road.state == self.way[-1]

    def row(self, to):
        rows = self.course.road.ahead_rows
        ahead = {row.ahead.gate.transition.to: row for row in rows}
        assert to in ahead, (self.flow.id, to, list(ahead), self.course.road.title.text())
        return ahead[to]

    def take(self, to):
        """Take one step."""
        if not self.row(to).take.isEnabled():
            self.answer(to)
        if self.papers:
            self.issue(to)
        row = self.row(to)
        assert row.take.isEnabled(), (to, row.ahead.gate.sentence)
        self.qtbot.mouseClick(row.take, LEFT)
        form = self.course.road.form
        self.fill(form)
        self.qtbot.mouseClick(form.accept, LEFT)
        assert self.course.road.form is None, (to, self.course.strip.text())

    def fill(self, form):
        """Fill in the form of a step."""
        for box in form.grounds.values():
            box.click()
        for name, editor in form.editors.items():
            if name == "ask.leader_id":
                name_new(editor, self.leader)
            elif name == "ask.name":
                editor.set_value(f"{self.leader}劳模和工匠人才创新工作室")
            elif name == "ask.due_on":
                editor.set_value("2027-12-31")
            elif name == "reason":
                editor.set_value(LETTER)

    def answer(self, to):
        """Answer in place what stands against a step."""
        row = self.row(to)
        links = [*row.links, *(one for one in row.findChildren(QAbstractButton) if one.text() == "填写…")]
        self.qtbot.mouseClick(links[0], LEFT)
        form = self.course.road.form
        for fact in form.facts():
            self.give(form, fact)
        self.qtbot.mouseClick(form.accept, LEFT)

    def give(self, form, fact):
        """Give one answer as a person does."""
        told = form.rows[fact]
        value = self.answers.get(fact, True if told.asked.type == "bool" and told.asked.value is None else None)
        if told.editor is None:
            button = form.none_held[fact]
            if not button.isHidden() and value in ([], None):
                self.qtbot.mouseClick(button, LEFT)
            return
        if value is None or told.asked.value == value:
            return
        kind = told.asked.type
        if kind == "bool":
            self.qtbot.mouseClick(told.findChildren(QToolButton)[0 if value else 1], LEFT)
        elif kind == "list" and told.asked.choices:
            for box in told.findChildren(QCheckBox):
                if box.isChecked() is not (box.text() in (value or ["无"])):
                    box.click()
        elif told.asked.choices:
            told.editor.control.setCurrentIndex(told.editor.control.findData(value))
            told.editor.commit()
        else:
            told.editor.control.selectAll()
            commit_text(told.editor.control, "、".join(value) if isinstance(value, list) else str(value))
            told.editor.commit()

    def allot(self):
        """Share the grant out as the planner proposes, and come back."""
        self.window.desk.go.emit("allocation", "grants", self.record_id)
        view = self.window.view("allocation")
        self.qtbot.mouseClick(view.planner.floor, LEFT)
        self.qtbot.keyClick(self.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        assert self.window.current() is self.course

    def issue(self, to):
        """Issue every paper of a step that records can make, from the link under it, and come back."""
        for number in range(len([one for one in self.row(to).ahead.papers if one.kind])):
            paper = [one for one in self.row(to).ahead.papers if one.kind][number]
            if paper.kind == "reward-table":
                self.allot()
            link = next(one for one in self.row(to).findChildren(QAbstractButton) if one.text() == paper.name)
            self.qtbot.mouseClick(link, LEFT)
            view = self.window.current()
            assert view is self.window.view("document")
            assert view._kind == paper.kind
            while missing := view.draft().missing:
                view.form.edited.emit(missing[0].name, filled(missing[0]))
            out = self.window.operations.path.parent / f"{self.flow.id}-{len(self.issued)}.pdf"
            view.outlet.ask = lambda _window, _words, _form, out=out: out
            self.qtbot.mouseClick(view.issue_button, LEFT)
            assert view.confirm.isVisible(), (paper.kind, view.strip.text())
            self.qtbot.mouseClick(view.confirm.accept, LEFT)
            assert out.exists(), (paper.kind, view.strip.text())
            assert out.read_bytes().startswith(b"%PDF")
            self.issued.append(paper.kind)
            self.qtbot.keyClick(self.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
            assert self.window.current() is self.course
