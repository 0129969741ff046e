"""What the forms of 办理 do: each hands its answers to one service, through the one road for changes."""

from datetime import date
from typing import Any

from desktop.errors import BadInput
from desktop.views.course.form_runner import FormRunner
from desktop.views.course.small_forms import reason_form
from desktop.views.course.step_form import CorrectForm, ReturnForm, StepForm

BINDING = ("revoked", "exited", "paid")
"""Marks of states that end something or pay: not taken back by a key, only corrected with a reason."""


class CourseForms(FormRunner):
    """Steps, their corrections, and holds."""

    def _connect_signals(self) -> None:
        road = self._road
        road.step_requested.connect(self.ask_step)
        road.correction_requested.connect(self.ask_correction)
        road.answer_requested.connect(self.ask_answer)
        road.send_back.clicked.connect(self.ask_return)
        road.withdraw.clicked.connect(self.ask_withdrawal)

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
        self.run(
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

        self.run(f"更正“{done.to_state}”", change, f"已更正“{done.to_state}”")

    # -- holds -----------------------------------------------------------------------------------------------------

    def ask_return(self) -> None:
        """Ask which fields lack what."""
        form = ReturnForm(tuple(self._road.way().parts), date.today())
        form.given.connect(lambda given: self.send_back(given))
        self._road.show_form(form)

    def send_back(self, given: dict[str, Any]) -> None:
        """Send the record back."""
        from desktop.services import course

        page, way, by = self._road.page(), self._road.way(), self._desk.operator
        due = date.fromisoformat(given["due_on"]) if given["due_on"] else None
        self.run(
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
        form = reason_form("撤回", "撤回", "送来的单位要求撤回的，写明理由；撤回后不再办理，以后可以恢复。")
        form.given.connect(lambda given: self.withdraw(given["reason"] or ""))
        self._road.show_form(form)

    def withdraw(self, reason: str) -> None:
        """Withdraw the record."""
        from desktop.services import course

        page, way, by = self._road.page(), self._road.way(), self._desk.operator
        self.run(
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

    def ask_answer(self) -> None:
        """Ask what was supplied, to close the hold in force."""
        withdrawn = self._road.way().road.hold.kind == "撤回"
        title, words = ("恢复办理", "写明为什么恢复") if withdrawn else ("补正办结", "写明补正了什么")
        form = reason_form(title, "恢复" if withdrawn else "办结", f"{words}，办理从原环节继续。")
        form.given.connect(lambda given: self.answer(given["reason"] or ""))
        self._road.show_form(form)

    def answer(self, words: str) -> None:
        """Close the hold with what was supplied."""
        from desktop.services import course

        road, by = self._road.way().road, self._desk.operator
        flow = road.workflow.id
        self.run(
            "补正办结", lambda session: course.close(session, road.record_id, words, by, date.today(), flow), "已办结"
        )
