"""One workroom's record on one scrolling page, every field edited in place, with a small index beside it."""

from datetime import date
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QScrollArea, QVBoxLayout, QWidget

from desktop.errors import NotFound
from desktop.views import theme
from desktop.views.arranging import Wide, beside
from desktop.views.desk import Desk
from desktop.views.icons import Button, IconButton
from desktop.views.message_strip import MessageStrip
from desktop.views.receipt_note import ReceiptNote, read_note
from desktop.views.record_form import RecordForm
from desktop.views.registry import sections
from desktop.views.registry.attachment_list import AttachmentList
from desktop.views.registry.child_table import ChildTable
from desktop.views.registry.dossier_button import DossierButton
from desktop.views.registry.history_list import HistoryList, history_lines
from desktop.views.registry.member_table import MemberTable
from desktop.views.registry.section_frame import SectionFrame
from desktop.views.registry.work_section import WorkSection


class WorkroomPage(QWidget):
    """Shows one workroom; each part saves itself and the page reads the record again after every change."""

    delete_requested = Signal(str)

    def __init__(self, desk: Desk, strip: MessageStrip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._strip = strip
        self.workroom_id = ""
        self.frames: dict[str, SectionFrame] = {}
        self._build_layout()
        self._connect_signals()

    # -- layout ----------------------------------------------------------------------------------------------------

    def _build_layout(self) -> None:
        self.title = theme.label(role="heading", wrap=True)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.apply_button = Button("去申报", "wizard", tip="为这个工作室办理申报")
        self.dossier_button = DossierButton(self._desk, self._strip)
        self.delete_button = IconButton("delete", "删除这个工作室")
        head = beside(Wide(self.title), self.apply_button, self.dossier_button, self.delete_button, spacing=8)
        self.index = QListWidget()
        self.index.setProperty("role", "index")
        self.index.setAccessibleName("本页目录")
        self.index.setFixedWidth(theme.px(112))
        self._build_parts()
        body = beside(self.index, Wide(self._scroll_area()), spacing=8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.receipt = ReceiptNote()
        layout.addLayout(head)
        layout.addWidget(self.receipt)
        layout.addLayout(body, 1)

    def _build_parts(self) -> None:
        desk, strip = self._desk, self._strip
        self.basic = RecordForm(desk, "workrooms", sections.BASIC)
        self.leader_of = RecordForm(desk, "workrooms", sections.LEADER_OF)
        self.leader = RecordForm(desk, "people", sections.LEADER)
        self.venue = RecordForm(desk, "workrooms", sections.VENUE)
        self.funds = RecordForm(desk, "workrooms", sections.FUNDS)
        self.members = MemberTable(desk, strip)
        self.topics = self._table("topics", "课题", sections.TOPICS, lambda: self._of_room(name="新课题"))
        self.outcomes = self._table("outcomes", "成果", sections.OUTCOMES, lambda: self._of_room(name="新成果"))
        self.honours = self._table("honours", "荣誉", sections.HONOURS, self._new_honour)
        columns = sections.table_columns("grants", sections.GRANTS, editable=False)
        self.grants = ChildTable(desk, strip, "grants", "补助资金", columns)
        self.grants.nothing.setText("还没有补助资金。命名或列入支持以后，在“办理”里登记。")
        self.attachments = AttachmentList(desk, strip)
        self.work = WorkSection(desk, strip)
        self.history = HistoryList()

    def _table(self, noun: str, title: str, layout: Any, fresh: Any) -> ChildTable:
        return ChildTable(self._desk, self._strip, noun, title, sections.table_columns(noun, layout), fresh)

    def _of_room(self, **values: Any) -> dict[str, Any]:
        return {"workroom_id": self.workroom_id, **values}

    def _new_honour(self) -> dict[str, Any]:
        return {"person_id": self._leader_id, "kind": "劳动模范", "level": "市级"}

    def _scroll_area(self) -> QScrollArea:
        parts: dict[str, list[QWidget]] = {
            "basic": [self.basic],
            "leader": [self.leader_of, self.leader],
            "members": [self.members],
            "topics": [self.topics],
            "outcomes": [self.outcomes],
            "venue": [self.venue],
            "funds": [self.funds, self.grants],
            "honours": [self.honours],
            "attachments": [self.attachments],
            "history": [self.history],
            **self.work.parts(),
        }
        inside = QWidget()
        inside.setObjectName("page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for section, title in sections.SECTIONS:
            frame = SectionFrame(section, title)
            for part in parts[section]:
                frame.body.addWidget(part)
            self.frames[section] = frame
            self.index.addItem(title)
            self.index.item(self.index.count() - 1).setSizeHint(QSize(0, theme.px(30)))
            column.addWidget(frame)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return self.area

    def _connect_signals(self) -> None:
        self.index.currentRowChanged.connect(self._to_section)
        self.index.itemClicked.connect(lambda _item: self._to_section(self.index.currentRow()))
        self.area.verticalScrollBar().valueChanged.connect(self._mark_section)
        self.area.verticalScrollBar().rangeChanged.connect(lambda *_: self._keep_adding())
        self.delete_button.clicked.connect(lambda: self.delete_requested.emit(self.workroom_id))
        self.apply_button.clicked.connect(lambda: self._desk.go.emit("wizard", "workrooms", self.workroom_id))
        self.grants.table.opened.connect(self._open_grant)

    def _keep_adding(self) -> None:
        """Keep the field in sight in which members are added one after another: the list above it grows."""
        if self.members.person.has_focus():
            self.area.ensureWidgetVisible(self.members.person, 0, theme.px(24))

    # -- showing ---------------------------------------------------------------------------------------------------

    def show_workroom(self, workroom_id: str) -> None:
        """Show a workroom from the top; the same one again stays where it is."""
        if workroom_id == self.workroom_id:
            return
        self.workroom_id = workroom_id
        self._read()
        self.area.verticalScrollBar().setValue(0)
        self._mark_section(0)

    def refresh(self, _nouns: frozenset[str]) -> None:
        """Read the workroom again."""
        if self.workroom_id:
            self._read()

    def _read(self) -> None:
        from desktop.services import workroom
        from desktop.services.work import publishing

        def query(session: Any) -> Any:
            sheet = workroom.sheet(session, self.workroom_id)
            periods = publishing.periods(session, self.workroom_id, date.today())
            lines = history_lines(session, "workrooms", self.workroom_id)
            return sheet, periods, lines, read_note(session, "workrooms", self.workroom_id)

        try:
            sheet, periods, lines, note = self._desk.operations.read(query)
        except NotFound:
            self.workroom_id = ""
            return
        self._show(sheet)
        self.work.show(sheet, periods)
        self.history.show_lines(lines)
        self.receipt.show_note(note)

    def _show(self, sheet: Any) -> None:
        self._leader_id = sheet.workroom.get("leader_id")
        self.title.setText(sheet.workroom["name"])
        self.dossier_button.set_workroom(self.workroom_id, sheet.workroom["name"])
        for form in (self.basic, self.leader_of, self.venue, self.funds):
            form.show_record(sheet.workroom)
        self.leader.show_record(sheet.leader)
        self.leader.setVisible(sheet.leader is not None)
        self.members.show_members(self.workroom_id, sheet.members)
        self.topics.show_rows(sheet.topics)
        self.outcomes.show_rows(sheet.outcomes)
        self.honours.show_rows(sheet.honours)
        self.honours.add_button.setEnabled(sheet.leader is not None)
        self.grants.show_rows(sheet.grants)
        self.attachments.show_attachments(self.workroom_id, sheet.attachments)
        for section, part in (("members", self.members), ("topics", self.topics), ("outcomes", self.outcomes)):
            self.frames[section].show_note(f"{part.count()}" if part.count() else "")

    _leader_id: str | None = None

    # -- moving about ----------------------------------------------------------------------------------------------

    def go_to(self, field: str) -> None:
        """Bring a field (or a section by its id) into view and put the cursor in it."""
        if field in self.frames:
            self._show_section(field)
            return
        for form in (self.basic, self.leader_of, self.venue, self.funds):
            if field in form.editors:
                self._show_section(sections.section_of(field))
                editor = form.editors[field]
                self.area.ensureWidgetVisible(editor, 0, theme.px(80))
                editor.setFocus()
                if hasattr(editor.control, "selectAll"):
                    editor.control.selectAll()
                return

    def _to_section(self, number: int) -> None:
        if number >= 0 and not self._marking:
            self._show_section(sections.SECTIONS[number][0])

    def _show_section(self, section: str) -> None:
        self.area.verticalScrollBar().setValue(self.frames[section].y())

    def _mark_section(self, value: int) -> None:
        ids = [section for section, _title in sections.SECTIONS]
        passed = [number for number, section in enumerate(ids) if self.frames[section].y() <= value + theme.px(40)]
        self._marking = True
        self.index.setCurrentRow(passed[-1] if passed else 0)
        self._marking = False

    _marking = False

    def _open_grant(self, row: int) -> None:
        self._desk.go.emit("allocation", "grants", self.grants.model.record(row)["id"])
