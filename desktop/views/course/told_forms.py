"""Answering on the way what the rules of a step read."""

from datetime import date
from typing import Any

from PySide6.QtCore import Signal

from desktop.errors import DesktopError
from desktop.services.questions import FactInput
from desktop.views.course.form_runner import FormRunner
from desktop.views.course.told_form import ToldForm


class ToldForms(FormRunner):
    """Shows the questions of one rule, or of all that stand against a step, and saves each answer at once."""

    record_requested = Signal(str, str, str)

    def _connect_signals(self) -> None:
        self._road.facts_requested.connect(self.ask)

    def ask(self, way: Any, ahead: Any, rule: str) -> None:
        """Ask what a rule reads, or with "" all that stands against the step."""
        from desktop.services import course

        road, to = way.road, ahead.gate.transition.to
        about = f"{road.regulation.rule(rule).article}　{road.regulation.rule(rule).title}" if rule else ""
        rules = (rule,) if rule else course.standing_against(ahead.gate)
        form = ToldForm(f"办理到“{to}”之前要确认的内容", self._inputs(road, to, rules), about)
        form.told.connect(lambda fact, value: self.tell(form, road, to, rules, fact, value))
        form.open_record.connect(self.record_requested)
        form.given.connect(lambda _given: self._road.put_form_away())
        self._road.show_form(form)

    def _inputs(self, road: Any, to: str, rules: tuple[str, ...]) -> tuple[FactInput, ...]:
        from desktop.services import course

        return tuple(
            self._desk.operations.read(
                lambda session: course.wanted(
                    session, road.noun, road.record_id, road.workflow.id, to, date.today(), rules
                )
            )
        )

    def tell(self, form: ToldForm, road: Any, to: str, rules: tuple[str, ...], fact: str, value: Any) -> None:
        """Save one answer; a refusal stands beside its field."""
        from desktop.services import course

        by, label = self._desk.operator, form.rows[fact].asked.label

        def refused(error: DesktopError) -> None:
            form.refuse(fact, error.message)
            self.refused.emit(error)

        self._desk.operations.run(
            f"确认{label}",
            lambda session: course.tell(
                session, road.noun, road.record_id, road.workflow.id, fact, value, by, date.today()
            ),
            lambda _value: form.show_inputs(self._inputs(road, to, rules)),
            refused,
        )
