"""Entering from the road the grant that a naming or a support brings."""

from datetime import date
from typing import Any

from PySide6.QtCore import Signal

from desktop.errors import BadInput
from desktop.views import formats
from desktop.views.ask_form import AskForm
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.course.form_runner import FormRunner
from desktop.views.editors import MoneyEditor, NumberEditor


class GrantForms(FormRunner):
    """Asks under which regulation, for which year and how much; `entered(grant id)` follows."""

    entered = Signal(str)

    def _connect_signals(self) -> None:
        self._road.grant.clicked.connect(self.ask)

    def ask(self) -> None:
        """Ask for the grant of the workroom at hand; the sum of the text is proposed."""
        from desktop.services.road import granting

        room_id = self._road.page().workroom_id
        offers = self._desk.operations.read(lambda session: granting.offers(session, room_id))
        if not offers:
            self.refused.emit(BadInput("工作室命名或列入支持以后，才能按有补助的办法登记补助。", "grants"))
            return
        words = "\n".join(f"《{one.title}》{one.words}" for one in offers)
        form = AskForm("登记补助", "登记", f"{words}\n登记后在“办理”里逐步下达、拨付、支出。")
        laws = form.add("regulation", "适用办法", ChoiceEditor([(one.regulation, one.title) for one in offers]))
        form.add("year", "年度", NumberEditor(), date.today().year)
        total = form.add("total", "金额（元，必填）", MoneyEditor())
        sums = {one.regulation: one.amount_fen for one in offers}
        laws.edited.connect(lambda law: total.set_value(sums.get(law)))
        laws.set_value(offers[0].regulation)
        total.set_value(offers[0].amount_fen)
        form.given.connect(lambda given: self.enter(room_id, given))
        self._road.show_form(form)

    def enter(self, room_id: str, given: dict[str, Any]) -> None:
        """Enter it and go to its road."""
        from desktop.services.road import granting

        total = int(given["total"] or 0)
        made: list[dict[str, Any]] = []
        self.run(
            "登记补助",
            lambda session: made.append(
                granting.enter(session, room_id, given["regulation"] or "", int(given["year"] or 0), total)
            ),
            f"已登记补助 {formats.money_text(total)} 元",
        )
        if made:
            self.entered.emit(made[0]["id"])
