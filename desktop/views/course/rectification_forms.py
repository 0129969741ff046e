"""What a unit did to put something right, entered on the road."""

from datetime import date
from typing import Any

from desktop.views.ask_form import AskForm
from desktop.views.course.form_runner import FormRunner
from desktop.views.editors import DateEditor, ParagraphEditor


class RectificationForms(FormRunner):
    """What the card of an order to put something right asks for."""

    def _connect_signals(self) -> None:
        self._road.report_requested.connect(self.ask)

    def ask(self, one: dict[str, Any]) -> None:
        """Ask what was done, and when it was reported."""
        form = AskForm("整改报告", "登记", one["problem"])
        form.add("on", "报告日期", DateEditor(), one["reported_on"] or date.today().isoformat())
        form.add("measures", "整改措施（必填）", ParagraphEditor(), one["measures"])
        form.given.connect(lambda given: self.report(one["id"], given))
        self._road.show_form(form)

    def report(self, rectification_id: str, given: dict[str, Any]) -> None:
        """Enter it."""
        from desktop.services import round as rounds

        on = date.fromisoformat(given["on"]) if given["on"] else date.today()
        self.run(
            "登记整改报告",
            lambda session: rounds.report_rectification(session, rectification_id, given["measures"] or "", on),
            "已登记整改报告",
        )
