"""Objections in a publicity, how they were settled, and its result."""

from datetime import date
from typing import Any

from desktop.views.course.form_runner import FormRunner
from desktop.views.course.small_forms import objection_form, publicity_form, settling_form


class PublicityForms(FormRunner):
    """What the card of a publicity asks for."""

    def _connect_signals(self) -> None:
        self._road.publicity_requested.connect(self.ask_publicity)
        self._road.objection_requested.connect(self.ask_objection)
        self._road.settling_requested.connect(self.ask_settling)
        self._road.closing_requested.connect(self.close)

    def ask_publicity(self) -> None:
        """Ask from when and how long the record is made public."""
        from desktop.services import publicity

        road = self._road.way().road
        form = publicity_form(date.today(), publicity.written_at(road.regulation, road.workflow, road.state))
        form.given.connect(lambda given: self.begin(given))
        self._road.show_form(form)

    def begin(self, given: dict[str, Any]) -> None:
        """Begin the publicity of the state at hand."""
        from desktop.services import publicity

        page, road = self._road.page(), self._road.way().road
        first = _day(given["starts_on"])
        self.run(
            "登记公示",
            lambda session: publicity.begin(
                session,
                page.noun,
                page.record_id,
                first,
                int(given["days"] or 0),
                given["day_kind"] or "",
                workflow=road.workflow.id,
                at_state=road.state,
                facts=publicity.facts_at(road.regulation, road.workflow, road.state),
                place=given["place"] or "",
                contact=given["contact"] or "",
            ),
            "已登记公示",
        )

    def close(self, publicity_id: str) -> None:
        """Record that a publicity is over."""
        from desktop.services import publicity

        by = self._desk.operator
        self.run(
            "登记公示结果",
            lambda session: publicity.close(session, publicity_id, by, date.today()),
            "已登记公示结果",
        )

    def ask_objection(self, publicity_id: str) -> None:
        """Ask what was objected."""
        form = objection_form(date.today())
        form.given.connect(lambda given: self.register(publicity_id, given))
        self._road.show_form(form)

    def register(self, publicity_id: str, given: dict[str, Any]) -> None:
        """Register an objection."""
        from desktop.services import publicity

        by, words = self._desk.operator, [given[name] or "" for name in ("content", "raised_by", "contact")]
        self.run(
            "登记异议",
            lambda session: publicity.register_objection(
                session, publicity_id, words[0], by, _day(given.get("received_on")), words[1], words[2]
            ),
            "已登记异议",
        )

    def ask_settling(self, objection: dict[str, Any]) -> None:
        """Ask how an objection was settled."""
        form = settling_form(objection["content"], date.today())
        form.given.connect(lambda given: self.settle(objection["id"], given))
        self._road.show_form(form)

    def settle(self, objection_id: str, given: dict[str, Any]) -> None:
        """Settle an objection."""
        from desktop.services import publicity

        by, handling = self._desk.operator, given["handling"] or ""
        self.run(
            "办结异议",
            lambda session: publicity.settle_objection(
                session, objection_id, given["finding"] or "", handling, by, _day(given.get("settled_on"))
            ),
            "异议已办结",
        )


def _day(given: str | None) -> date:
    return date.fromisoformat(given) if given else date.today()
