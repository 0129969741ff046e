"""Collective decisions (集体研究) from the road: the form of the meeting, and its minutes."""

from datetime import date
from typing import Any

from PySide6.QtCore import Signal

from desktop.errors import BadInput, DesktopError
from desktop.views.course.decision_form import DecisionForm
from desktop.views.course.form_runner import FormRunner


class DecisionForms(FormRunner):
    """Asks for a meeting, records it, and takes its step; `minutes_requested(meeting id)` asks for its paper."""

    minutes_requested = Signal(str)

    def _connect_signals(self) -> None:
        self._road.minutes_requested.connect(self.minutes_requested)
        self._road.meeting_requested.connect(self.ask)

    def ask(self, way: Any, ahead: Any) -> None:
        """Ask for the meeting at the step ahead."""
        from desktop.services.review import collective

        road, on = way.road, date.today()
        try:
            sitting = self._desk.operations.read(
                lambda session: collective.sitting(session, road.noun, road.record_id, road.workflow.id, on)
            )
        except DesktopError as error:
            self.refused.emit(error)
            return
        form = DecisionForm(sitting, ahead, on)
        form.given.connect(lambda given: self.decide(sitting, given))
        self._road.show_form(form)

    def decide(self, sitting: Any, given: dict[str, Any]) -> None:
        """Record the meeting and take its step."""
        from desktop.services.review import collective

        if not given["on"]:
            self.refused.emit(BadInput("请填写会议日期。", "on"))
            return
        by = self._desk.operator
        meeting = collective.Meeting(
            sitting.workflow,
            sitting.state,
            date.fromisoformat(given["on"]),
            given["chair"] or "",
            given["present"] or (),
            given["opinions"],
            given["title"] or "",
            given["place"] or "",
            given["absent"] or (),
            given["recusals"],
            given["discussion"] or "",
            given.get("reason") or "",
        )
        self.run(
            f"登记{sitting.state}",
            lambda session: collective.decide(session, sitting.noun, meeting, by),
            f"已登记{sitting.state}，共{len(meeting.opinions)}件，可以打印会议纪要",
        )
