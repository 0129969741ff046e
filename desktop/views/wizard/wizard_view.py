"""申报向导: the view that opens, saves and submits applications through the services."""

from datetime import date
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from desktop.errors import DesktopError, NotFound
from desktop.rules.regulation import Regulation
from desktop.services import application, beginning, regulation
from desktop.services.application import Draft
from desktop.services.beginning import ALLIANCE, WORKROOM, Beginning, Candidate
from desktop.services.judged import APPLYING
from desktop.views import theme
from desktop.views.arranging import Wide, stacked
from desktop.views.desk import View
from desktop.views.receipt_note import read_verdicts
from desktop.views.wizard.chooser import Chooser
from desktop.views.wizard.draft_page import DraftPage
from desktop.views.wizard.ranking_page import RankingPage

SUBJECTS = {"workrooms": WORKROOM, "alliances": ALLIANCE}
GONE = "刚才打开的申报已经不在了（被撤销或删除），没有写入任何内容。请从下面重新打开，或另开一份。"


class WizardView(View):
    """Chooses an application and fills it in; every answer is saved by itself when typing rests."""

    nouns = frozenset(
        {"workrooms", "units", "people", "honours", "members", "topics", "outcomes", "activities", "plans"}
        | {"applications", "awards", "alliances", "alliance_members", "attestations", "overrides"}
        | {"quotas"}
    )

    def _build_layout(self) -> None:
        self._application_id = ""
        self.chooser, self.page = Chooser(), DraftPage()
        self._title = theme.label("申报向导", "title")
        self._stack = QStackedWidget()
        self.ranking = RankingPage(self.desk)
        for page in (self.chooser, self.page, self.ranking):
            self._stack.addWidget(page)
        stacked(
            self._title,
            self.strip,
            Wide(self._stack),
            on=self,
            margins=(theme.px(20), theme.px(16), theme.px(20), theme.px(12)),
            spacing=theme.px(12),
        )

    def _connect_signals(self) -> None:
        self.chooser.start_requested.connect(self._start)
        self.chooser.open_requested.connect(self.open_application)
        self.page.fact_given.connect(self._save_fact)
        self.page.reason_given.connect(self._save_reason)
        self.page.submit_requested.connect(self._submit)
        self.page.leave_requested.connect(self.show_chooser)
        self.chooser.ranking.clicked.connect(self.show_ranking)
        self.ranking.left.connect(self.show_chooser)
        self.ranking.failed.connect(self.tell)
        self.page.open_record.connect(self._open_record)

    def show_record(self, noun: str, record_id: str) -> None:
        """Open an application, or offer to begin one for a workroom or an alliance."""
        if noun in ("applications", "awards"):
            self.open_application(record_id)
        elif noun in SUBJECTS:
            self.show_chooser()
            self.chooser.choose(SUBJECTS[noun], record_id)

    def search(self) -> None:
        """Go to the chooser's search line."""
        if not self._application_id:
            self.chooser.take_focus()

    def show_chooser(self) -> None:
        """Leave the open application; everything typed is saved first."""
        self.page.save_now()
        self._application_id, self._is_ranking = "", False
        self._read()
        self.chooser.take_focus()

    def show_ranking(self) -> None:
        """Put the year's applications in the order in which they are recommended."""
        self._is_ranking = True
        self._read()

    def open_application(self, application_id: str) -> None:
        """Open one application at its first step."""
        self.page.save_now()
        try:
            draft = self._draft(application_id)
        except DesktopError as error:
            self.tell(error)
            return
        self._application_id, self._is_ranking = application_id, False
        self.strip.clear()
        self.page.open_draft(draft)
        self._show_stack()

    def _read(self) -> None:
        draft = self._open_draft()
        if draft is not None:
            self.page.show_saved(draft)
        elif self._is_ranking:
            self.ranking.show_lists()
        else:
            self.chooser.load(self.operations.path, self._find)
            self.chooser.show_choices(self.operations.read(_laws_to_apply_under), date.today())
            titles = {law.id: law.title for law in self.operations.read(regulation.catalogue).values()}
            drafts, verdicts = self.operations.read(_drafts)
            self.chooser.show_drafts(drafts, titles, verdicts)
        self._show_stack()

    def _open_draft(self) -> Draft | None:
        """Return the application in hand; one that was undone or deleted meanwhile is left, with a word about it."""
        if not self._application_id:
            return None
        try:
            return self._draft(self._application_id)
        except NotFound:
            self._application_id = ""
            self.strip.show_message(GONE, "warn")
            return None

    def _show_stack(self) -> None:
        self._title.setVisible(not self._application_id)
        shown = self.page if self._application_id else self.ranking if self._is_ranking else self.chooser
        self._stack.setCurrentWidget(shown)

    _is_ranking = False

    def _draft(self, application_id: str) -> Draft:
        draft: Draft = self.operations.read(lambda session: application.draft(session, application_id))
        return draft

    def _find(self, subject: str, text: str) -> list[Candidate]:
        found: list[Candidate] = self.operations.read(lambda session: beginning.find_candidates(session, subject, text))
        return found

    def _start(self, wanted: Beginning) -> None:
        self.operations.run(
            "开始申报",
            lambda session: beginning.begin(session, wanted),
            lambda started: self.open_application(started["id"]),
            self.tell,
        )

    def _save_fact(self, fact: str, value: Any) -> None:
        application_id, operator = self._application_id, self.desk.operator
        self.operations.run(
            "填写申报",
            lambda session: application.set_fact(session, application_id, fact, value, operator, date.today()),
            otherwise=lambda error: self.page.refuse(fact, error.message),
        )

    def _save_reason(self, rule: str, reason: str) -> None:
        if self.page.live is None:
            return
        application_id, operator = self._application_id, self.desk.operator
        finding = self.page.live.finding(rule)
        self.operations.run(
            "写明理由",
            lambda session: application.give_reason(session, application_id, finding, reason, operator, date.today()),
            otherwise=self.tell,
        )

    def _submit(self) -> None:
        self.page.save_now()
        application_id, operator = self._application_id, self.desk.operator
        self.operations.run(
            "提交申报",
            lambda session: application.submit(session, application_id, operator, date.today()),
            self._submitted,
            self.tell,
        )

    def _submitted(self, submitted: dict[str, Any]) -> None:
        words = "已提交。可以到“公文生成”打印申报表，或按“撤销”收回。"
        noun = "awards" if "award_kind" in submitted else "applications"
        self.strip.show_message(words, "pass", "去打印", lambda: self.desk.go.emit("document", noun, submitted["id"]))

    def _open_record(self, noun: str, record_id: str, field: str) -> None:
        self.page.save_now()
        self.desk.go.emit("registry", f"{noun}.{field}" if field else noun, record_id)


def _drafts(session: Any) -> tuple[list[dict[str, Any]], dict[tuple[str, str], str]]:
    """Return the applications there are and what the office above said of them."""
    rows = application.drafts(session)
    return rows, read_verdicts(session, ((row["noun"], row["id"]) for row in rows))


def _laws_to_apply_under(session: Any) -> list[Regulation]:
    """Return the office's regulations that have conditions to apply by; while it chose none, undated ones come last."""
    laws = regulation.office_regulations(session)
    if not regulation.chosen_regulations(session):
        known = {law.id for law in laws}
        laws += [law for law, _note in regulation.choosable(session, date.today()) if law.id not in known]
    return [law for law in laws if law.pages(APPLYING)]
