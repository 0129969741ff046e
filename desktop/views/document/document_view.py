"""公文生成: choose a kind and its records, see the page, fill what is missing, print, save and issue."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QVBoxLayout

from desktop.errors import DesktopError
from desktop.services import document
from desktop.services.document import KindInfo
from desktop.services.paper.composing import PaperDraft
from desktop.services.paper.filed import FiledPaper, filed_paper
from desktop.views import theme
from desktop.views.desk import View
from desktop.views.document import outlet
from desktop.views.document.action_bar import ActionBar
from desktop.views.document.batching import Batching
from desktop.views.document.confirm_row import ConfirmRow
from desktop.views.document.kind_list_model import KIND_ROLE
from desktop.views.document.outlet import Outlet
from desktop.views.document.paper_page import PaperPage
from desktop.views.document.preview import Preview
from desktop.views.document.replacing import Replacing
from desktop.views.document.stamping import Stamping

LISTED = frozenset({"applications", "grants", "allocations", "workrooms", "*"})
"""Nouns whose change may change the records that papers are made for; * is anything."""


class DocumentView(View):
    """Composes papers from records; the services fill, set, number and file them."""

    nouns = frozenset(
        {"documents", "applications", "grants", "allocations", "allocation_lines", "workrooms", "units", "people"}
        | {"members", "honours", "outcomes", "topics", "offices", "attestations", "overrides"}
    )

    def _build_layout(self) -> None:
        self._kinds: dict[str, KindInfo] = {}
        self._kind = self._noun = ""
        self._given: dict[str, Any] = {}
        self._draft: PaperDraft | None = None
        self._looking_back = False
        self.page = PaperPage()
        self.kind_list, self.chooser, self.page_desk = self.page.kind_list, self.page.chooser, self.page.page_desk
        self.form, self.issued = self.page.form, self.page.issued
        self.preview = Preview(self.operations, self)
        self.outlet = Outlet(self.operations, self)
        self.confirm = ConfirmRow("确认出文")
        self.stamping = Stamping(self.operations, self)
        self.replacing = Replacing(self.operations, lambda: dict(self._given), self._ask_out)
        self.batching = Batching(self.operations, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(12))
        column.setSpacing(theme.px(12))
        for part in (self._actions(), self.strip, self.confirm):
            column.addWidget(part)
        for side in (self.stamping, self.replacing, self.batching):
            column.addLayout(side.place)
        column.addWidget(self.page, 1)

    def _actions(self) -> ActionBar:
        self.actions_bar = bar = ActionBar()
        self.print_button, self.pdf_button = bar.print, bar.pdf
        self.word_button, self.sheet_button = bar.word, bar.sheet
        self.stamp_button, self.issue_button = bar.stamp, bar.issue
        return bar

    def _connect_signals(self) -> None:
        self.kind_list.selectionModel().currentChanged.connect(
            lambda index, _old: self._choose_kind(index.data(KIND_ROLE))
        )
        self.chooser.chosen.connect(self._choose_records)
        self.form.edited.connect(self._typed)
        self.preview.ready.connect(self._show_page)
        self.preview.failed.connect(self._unprintable)
        self.print_button.clicked.connect(lambda: self._out(self.outlet.print_draft))
        self.pdf_button.clicked.connect(lambda: self._out(lambda draft: self.outlet.save(draft, "pdf")))
        self.word_button.clicked.connect(lambda: self._out(lambda draft: self.outlet.save(draft, "docx")))
        self.sheet_button.clicked.connect(lambda: self._out(lambda draft: self.outlet.save(draft, "xlsx")))
        self.issue_button.clicked.connect(self._ask_to_issue)
        self.stamp_button.clicked.connect(self._ask_to_stamp)
        self.stamping.done.connect(self._issued)
        self.stamping.failed.connect(self.tell)
        self.stamping.missing.connect(
            lambda said: self.strip.show_message(said, "fail", "用印管理", self.stamping.leave)
        )
        self.confirm.confirmed.connect(self._issue)
        self.confirm.asking.connect(lambda asking: self.issue_button.setVisible(not asking))
        self.issued.opened.connect(self._show_issued)
        self.issued.replacing.connect(self._ask_to_replace)
        self.chooser.batch.connect(self._ask_for_batch)
        for side in (self.replacing, self.batching):
            side.done.connect(lambda words: self.strip.show_message(words, "pass"))
            side.failed.connect(self.tell)
            side.asking.connect(lambda asking: self.issue_button.setVisible(not asking))
        self.outlet.done.connect(self._done)
        self.outlet.failed.connect(self.tell)
        self.outlet.cautioned.connect(lambda words, go_on: self.strip.show_message(words, "warn", "仍然打印", go_on))

    def arrive(self) -> None:
        """Show the kinds and the chosen paper as the records now stand."""
        self.operations.when_ready(self._load)

    def refresh(self, nouns: frozenset[str]) -> None:
        """Compose anew from what changed; the records to choose from are read again only when they may have changed."""
        if self._kind and not nouns & LISTED:
            self._compose()
        else:
            self._load()

    def show_record(self, noun: str, record_id: str) -> None:
        """Make the first kind that this record, or several (ids between spaces), can fill, or that named."""
        self._load()
        name, _, wanted = noun.partition(".")
        fitting = (kind for kind in self._kinds.values() if name in kind.nouns)
        kind = next((kind for kind in fitting if wanted in ("", kind.id)), None)
        if kind is not None:
            self.open_paper(kind.id, record_id.split(), name)

    def open_paper(self, kind: str, ids: Sequence[str], noun: str = "") -> None:
        """Show one kind for these records of a noun, else of the kind's first."""
        if noun != self._noun:
            self._noun, self._kind = noun, ""
        self.kind_list.setCurrentIndex(self.page.kinds.index(self.page.kinds.row_of(kind)))
        self._choose_kind(kind)
        self.chooser.choose(ids)

    def search(self) -> None:
        """Go to the search for records."""
        self.chooser.line.setFocus()

    def draft(self) -> PaperDraft | None:
        """Return the paper as it stands."""
        return self._draft

    def _load(self) -> None:
        self._kinds = {kind.id: kind for kind in self.operations.read(document.kinds)}
        self.page.kinds.set_kinds(list(self._kinds.values()))
        if not self._kind:
            self.kind_list.setCurrentIndex(self.page.kinds.index(0))
        else:
            self._show_subjects()
            self._compose()

    def _choose_kind(self, kind: str | None) -> None:
        if not kind or kind == self._kind:
            return
        self._kind, self._given = kind, {}
        self._put_away()
        self.strip.clear()
        self.page_desk.clear("正在排版……")
        self._show_subjects()
        self._compose()

    def _show_subjects(self) -> None:
        noun = self._subject_noun()
        subjects = self.operations.read(lambda session: document.subjects(session, self._kind, noun))
        with QSignalBlocker(self.chooser):  # Every caller composes afterwards.
            self.chooser.show_subjects(subjects, many=self._kinds[self._kind].many)

    def _subject_noun(self) -> str:
        """Return the noun of the records to choose from: the one asked for where the kind takes it, else its first."""
        nouns = self._kinds[self._kind].nouns
        return self._noun if self._noun in nouns else nouns[0]

    def _choose_records(self, _ids: list[str]) -> None:
        self._given = {}
        self._put_away()
        self.page_desk.clear("正在排版……")
        self._compose()

    def _typed(self, name: str, value: Any) -> None:
        self._given[name] = value
        self._compose()

    def _compose(self) -> None:
        """Compose the paper from the records and what is typed, and set it soon."""
        kind, ids, given = self._kinds[self._kind], self.chooser.ids(), dict(self._given)
        self._draft, self._looking_back = None, False
        if ids:
            try:
                self._draft = self.operations.read(
                    lambda session: document.paper_data(session, kind.id, self._subject_noun(), ids, given)
                )
            except DesktopError as error:
                self.tell(error)
        self._show_draft(ids)

    def _show_draft(self, ids: Sequence[str]) -> None:
        draft, kind = self._draft, self._kinds[self._kind]
        self.form.setVisible(draft is not None)
        self._show_actions()
        if draft is None:
            self.preview.clear()
            self.page_desk.clear("" if ids else self.chooser.what_to_do())
            self.form.show_warnings([])
            self.issued.show_papers([])
            return
        self.form.show_fields(draft.fields, " ".join((kind.id, *ids)))
        self.form.show_warnings([*(f"缺少：{field.title}" for field in draft.missing), *draft.warnings])
        noun = self._subject_noun()
        self.issued.show_papers(self.operations.read(lambda session: document.issued(session, noun, ids[0])), kind.id)
        self.preview.show(draft, at_once=not self._given)

    def _show_actions(self) -> None:
        self.actions_bar.show_actions(document.formats(self._kinds[self._kind].id), self._draft is not None)

    def _show_page(self, pdf: bytes) -> None:
        if self._draft is not None:
            self.page_desk.set_pdf(pdf)

    def _unprintable(self, error: DesktopError) -> None:
        self.page_desk.clear("这一份排不出来，见上方的说明")
        self.tell(error)

    def _out(self, way: Any) -> None:
        if self._draft is not None:
            way(self._draft)

    def _done(self, words: str) -> None:
        draft = self._kinds[self._kind].numbered and not self._looking_back
        self.strip.show_message(*((words + outlet.DRAFT_WORDS, "warn") if draft else (words, "pass")))

    def _is_complete(self) -> bool:
        """Tell whether the paper can be issued; say what it lacks."""
        if self._draft is None or not self._draft.missing:
            return self._draft is not None
        names = "、".join(field.title for field in self._draft.missing)
        self.strip.show_message(f"还不能出文，缺少：{names}。请在右侧补填。", "fail")
        self.form.focus_missing()
        return False

    def _ask_to_issue(self) -> None:
        if self._draft is None or not self._is_complete():
            return
        self._put_away()
        named = self.outlet.paper_words(self._draft, self._kinds[self._kind])
        self.confirm.ask(f"{named}。出文后文号占用、内容不能再改，只能作废重发。")

    def _ask_to_stamp(self) -> None:
        if self._draft is None or not self._is_complete():
            return
        self.confirm.put_away()
        self.strip.clear()
        kind = self._kinds[self._kind]
        named = self.outlet.paper_words(self._draft, kind)
        if isinstance(self._draft, FiledPaper):
            named = f"已出的《{self.outlet.title_of(self._draft, kind)}》"
        what = (kind.id, self._subject_noun(), self.chooser.ids(), dict(self._given))
        self.stamping.ask_for(named, self._draft, self._ask_out, what)

    def _ask_to_replace(self, paper: dict[str, Any]) -> None:
        self._put_away()
        self.replacing.ask(paper)

    def _ask_for_batch(self, ids: list[str]) -> None:
        self._put_away()
        self.batching.ask(self._kinds[self._kind], self._subject_noun(), ids)

    def _put_away(self) -> None:
        for asking in (self.confirm, self.stamping, self.replacing, self.batching):
            asking.put_away()

    def _ask_out(self) -> Path | None:
        if self._draft is None:
            return None
        return self.outlet.ask(self, self.outlet.title_of(self._draft, self._kinds[self._kind]), "pdf")

    def _issue(self) -> None:
        out = self._ask_out()
        if out is not None:
            self._issue_to(out)

    def _issue_to(self, out: Path) -> None:
        kind, ids, given = self._kinds[self._kind], self.chooser.ids(), dict(self._given)
        noun = self._subject_noun()
        self.operations.run(
            f"出文：{kind.title}",
            lambda session: document.issue(session, kind.id, noun, ids, out, given, on=date.today()),
            self._issued,
            self.tell,
            undoable=False,
        )

    def _issued(self, filed: dict[str, Any]) -> None:
        self.strip.show_message(outlet.issued_words(filed, self._kinds[self._kind].title), "pass")

    def _show_issued(self, filed: dict[str, Any]) -> None:
        """Show a filed paper as it was issued; choosing a record or typing goes back to the draft."""
        self._draft = self.operations.read(lambda session: filed_paper(session, filed))
        self._looking_back = True
        self._put_away()
        self.issue_button.setEnabled(False)
        self.preview.show(self._draft, at_once=True)
        words = f"正在看已出的文：{filed['title']}　{filed['document_number']}。打印和另存都是这一份。"
        self.strip.show_message(words, "info", "回到草稿", self._compose)
