"""What the forms of 办理 do: each hands its answers to one service, through the one road for changes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from desktop.errors import BadInput
from desktop.views.course.road_page import RoadPage
from desktop.views.course.small_forms import objection_form, reason_form, settling_form
from desktop.views.course.step_form import CorrectForm, ReturnForm, StepForm
from desktop.views.desk import Desk

BINDING = ("revoked", "exited", "paid")
"""Marks of states that end something or pay: not taken back by a key, only corrected with a reason."""


class CourseForms(QObject):
    """Shows a form on the road page and saves what it gives; `refused(error)` and `said(words, kind)` tell."""

    refused = Signal(object)
    said = Signal(str, str)

    def __init__(self, desk: Desk, road: RoadPage, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._road = road
        road.step_requested.connect(self.ask_step)
        road.correction_requested.connect(self.ask_correction)
        road.objection_requested.connect(self.ask_objection)
        road.settling_requested.connect(self.ask_settling)
        road.closing_requested.connect(self.close)
        road.send_back.clicked.connect(self.ask_return)
        road.withdraw.clicked.connect(self.ask_withdrawal)
        road.dossier.clicked.connect(self.make_dossier)

    def _run(self, words: str, change: Callable[[Any], Any], said: str, *, undoable: bool = True) -> None:
        def saved(_value: Any) -> None:
            self._road.put_form_away()
            self.said.emit(said + ("（Ctrl+Z 可撤销）" if undoable else ""), "pass")

        self._desk.operations.run(words, change, saved, self.refused.emit, undoable=undoable)

    # -- steps -----------------------------------------------------------------------------------------------------

    def ask_step(self, way: Any, ahead: Any) -> None:
        """Ask what a step needs."""
        form = StepForm(self._desk, ahead, date.today())
        form.given.connect(lambda given: self.take_step(way, ahead, given))
        self._road.show_form(form)

    def take_step(self, way: Any, ahead: Any, given: dict[str, Any]) -> None:
        """Take the step."""
        from desktop.services import course

        road, to = way.road, ahead.gate.transition.to
        if not given["on"]:
            self.refused.emit(BadInput("请填写办理日期。", "on"))
            return
        on, by = date.fromisoformat(given["on"]), self._desk.operator
        binding = any(road.workflow.is_marked(to, mark) for mark in BINDING)
        self._run(
            f"办理到“{to}”",
            lambda session: course.advance(
                session,
                road.noun,
                road.record_id,
                to,
                by,
                on,
                given["reason"],
                workflow=road.workflow.id,
                grounds=given["grounds"],
                details=given["details"],
            ),
            f"已办理到“{to}”",
            undoable=not binding,
        )

    def ask_correction(self, _way: Any, done: Any) -> None:
        """Ask how a step was wrong."""
        form = CorrectForm(done)
        form.given.connect(lambda given: self.correct(done, given))
        self._road.show_form(form)

    def correct(self, done: Any, given: dict[str, Any]) -> None:
        """Correct the step."""
        from desktop.services import course

        by, today = self._desk.operator, date.today()
        reason = given["reason"] or ""

        def change(session: Any) -> Any:
            if given["way"] != "amend":
                return course.take_back(session, done.id, by, today, reason)
            day = date.fromisoformat(given["taken_on"]) if given["taken_on"] else done.on
            return course.amend(session, done.id, by, today, reason, day, given["taken_by"] or "")

        self._run(f"更正“{done.to_state}”", change, f"已更正“{done.to_state}”")

    # -- holds -----------------------------------------------------------------------------------------------------

    def ask_return(self) -> None:
        """Ask which fields lack what."""
        page = self._road.page()
        form = ReturnForm(tuple(page.fields), date.today())
        form.given.connect(lambda given: self.send_back(given))
        self._road.show_form(form)

    def send_back(self, given: dict[str, Any]) -> None:
        """Send the record back."""
        from desktop.services import course

        page, way, by = self._road.page(), self._road.way(), self._desk.operator
        due = date.fromisoformat(given["due_on"]) if given["due_on"] else None
        self._run(
            "退回补正",
            lambda session: course.send_back(
                session,
                page.noun,
                page.record_id,
                given["reasons"],
                by,
                date.today(),
                workflow=way.road.workflow.id,
                state=way.road.state,
                due_on=due,
            ),
            "已退回补正",
        )

    def ask_withdrawal(self) -> None:
        """Ask why the record is withdrawn."""
        form = reason_form("撤回", "撤回", "申报单位撤回后不再办理，以后可以恢复。")
        form.given.connect(lambda given: self.withdraw(given["reason"] or ""))
        self._road.show_form(form)

    def withdraw(self, reason: str) -> None:
        """Withdraw the record."""
        from desktop.services import course

        page, way, by = self._road.page(), self._road.way(), self._desk.operator
        self._run(
            "撤回",
            lambda session: course.withdraw(
                session,
                page.noun,
                page.record_id,
                reason,
                by,
                date.today(),
                workflow=way.road.workflow.id,
                state=way.road.state,
            ),
            "已撤回",
        )

    def close(self, which: str) -> None:
        """Close the hold in force, or record that a publicity is over."""
        if which != "hold":
            self._close_publicity(which)
            return
        form = reason_form("补正办结", "办结", "写明补正了什么，办理从原环节继续。")
        form.given.connect(lambda given: self.answer(given["reason"] or ""))
        self._road.show_form(form)

    def answer(self, words: str) -> None:
        """Close the hold with what was supplied."""
        from desktop.services import course

        page, by = self._road.page(), self._desk.operator
        self._run("补正办结", lambda session: course.close(session, page.record_id, words, by, date.today()), "已办结")

    # -- publicities -----------------------------------------------------------------------------------------------

    def _close_publicity(self, publicity_id: str) -> None:
        from desktop.services import publicity

        by = self._desk.operator
        self._run(
            "登记公示结果",
            lambda session: publicity.close(session, publicity_id, by, date.today()),
            "已登记公示结果",
        )

    def ask_objection(self, publicity_id: str) -> None:
        """Ask what was objected."""
        form = objection_form()
        form.given.connect(lambda given: self.register(publicity_id, given))
        self._road.show_form(form)

    def register(self, publicity_id: str, given: dict[str, Any]) -> None:
        """Register an objection."""
        from desktop.services import publicity

        by, words = self._desk.operator, [given[name] or "" for name in ("content", "raised_by", "contact")]
        self._run(
            "登记异议",
            lambda session: publicity.register_objection(
                session, publicity_id, words[0], by, date.today(), words[1], words[2]
            ),
            "已登记异议",
        )

    def ask_settling(self, objection: dict[str, Any]) -> None:
        """Ask how an objection was settled."""
        form = settling_form(objection["content"])
        form.given.connect(lambda given: self.settle(objection["id"], given))
        self._road.show_form(form)

    def settle(self, objection_id: str, given: dict[str, Any]) -> None:
        """Settle an objection."""
        from desktop.services import publicity

        by, handling = self._desk.operator, given["handling"] or ""
        self._run(
            "办结异议",
            lambda session: publicity.settle_objection(
                session, objection_id, given["finding"] or "", handling, by, date.today()
            ),
            "异议已办结",
        )

    # -- dossiers --------------------------------------------------------------------------------------------------

    def make_dossier(self) -> None:
        """Ask where to write the workroom's dossier, or a grant's audit pack, and write it."""
        page = self._road.page()
        name = "补助审计资料" if page.noun == "grants" else "一室一档"
        file, _filter = QFileDialog.getSaveFileName(self._road, f"存{name}", f"{page.title}-{name}.pdf", "PDF (*.pdf)")
        if file:
            self.write_dossier(Path(file))

    def write_dossier(self, out: Path) -> None:
        """Write it beside the living window; what could not be bound is named."""
        from desktop.services import dossier, records

        page = self._road.page()

        def work(session: Any, _progress: Any) -> Any:
            if page.noun == "grants":
                return dossier.audit_pack(session, page.record_id, out)
            row = records.get_record(session, page.noun, page.record_id)
            return dossier.make(session, row.get("workroom_id") or page.record_id, out)

        def done(made: Any) -> None:
            words = f"已存：{made.file}（公文{made.papers}份，附件{made.attachments}件）"
            left = f"。没有并入：{'；'.join(made.problems)}" if made.problems else ""
            self.said.emit(words + left, "warn" if left else "pass")

        self._desk.operations.read_long("编制档案", work, done, self.refused.emit)
