"""创新工作室联盟: left the alliances, right one of them with its members, applications, grants and plans."""

from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from desktop.views import formats, theme
from desktop.views.alliances.found_form import FoundForm
from desktop.views.ask_form import AskForm
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.editors import DateEditor, NumberEditor, YuanEditor
from desktop.views.icons import Button
from desktop.views.ledgers.ledger_page import LedgerPage, button_row, pane
from desktop.views.panes import pane_width
from desktop.views.record_choice import record_editor
from desktop.views.record_form import RecordForm
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.table_view import TableView

ALLIANCES: Final = (
    Column("name", "联盟", 0),
    Column("alliance_type", "类型", 92),
    Column("members", "成员", 52, "number"),
)
FIELDS: Final = ("name", "alliance_type", "established_on", "lead_workroom_id", "note")
MEMBERS: Final = (
    Column("workroom_name", "工作室", 0, show=lambda row: row["workroom_name"] + ("（牵头）" if row["lead"] else "")),
    Column("unit_name", "所在单位", 0),
    Column("joined_on", "加入", 116, "date"),
    Column("left_on", "退出", 116, "date"),
)
GRANTS: Final = (
    Column("year", "年度", 64, "number"),
    Column("grant_total_yuan", "补助（元）", 120, "money"),
    Column("state", "环节", 0),
)
APPLICATIONS: Final = (
    Column("year", "年度", 64, "number"),
    Column("stage", "阶段", 80),
    Column("state", "状态", 0),
)
PLANS: Final = (
    Column("year", "年度", 64, "number"),
    Column("kind", "类别", 100),
    Column("filed_on", "提交", 116, "date"),
    Column("content", "内容", 0),
)
MOST_SEEN: Final = 8


class AllianceView(LedgerPage):
    """One alliance on one page; its fields are edited in place."""

    title_words = "创新工作室联盟"
    empty = ("alliance", "还没有联盟", "选一个牵头工作室和几个成员就建起一个联盟；补助由牵头工作室管理。", "新建联盟")
    nouns = frozenset({"alliances", "alliance_members", "workrooms", "units", "applications", "grants", "plans"})

    def _actions(self) -> tuple[QWidget, ...]:
        self.found = Button("新建联盟…", "add", "primary")
        return (self.found,)

    def _content(self) -> QWidget:
        self.alliances = RecordTableModel(ALLIANCES)
        self.alliance_table = TableView(dense=True)
        self.alliance_table.setModel(self.alliances)
        self.alliance_table.setAccessibleName("联盟")
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(16)
        splitter.addWidget(pane(self.alliance_table, stretch=0))
        splitter.addWidget(self._sheet())
        splitter.setSizes([pane_width(420), pane_width(860)])
        splitter.setChildrenCollapsible(False)
        return splitter

    def _sheet(self) -> QWidget:
        self.fields = RecordForm(self.desk, "alliances", FIELDS)
        self.join, self.leave = Button("加入成员…", "add", "link"), Button("登记退出…", role="link")
        self.apply = Button("开始申报", "wizard")
        self.grant = Button("登记补助…", "money")
        self.task = Button("任务书", "print", tip="到“公文生成”打印联盟支持建设任务书")
        self.models: dict[str, RecordTableModel] = {}
        self.tables: dict[str, TableView] = {}
        self.heads: dict[str, QWidget] = {}
        inside = QWidget()
        inside.setObjectName("page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.px(8), theme.px(12))
        column.setSpacing(theme.px(8))
        column.addWidget(button_row(self.apply, self.grant, self.task))
        column.addWidget(self.fields)
        for key, title, columns in (
            ("members", "成员工作室", MEMBERS),
            ("applications", "申报", APPLICATIONS),
            ("grants", "补助", GRANTS),
            ("plans", "年度计划和总结（牵头工作室）", PLANS),
        ):
            self._add_part(column, key, title, columns)
            if key == "members":
                column.addWidget(button_row(self.join, self.leave))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _add_part(self, column: QVBoxLayout, key: str, title: str, columns: tuple[Column, ...]) -> None:
        self.models[key] = RecordTableModel(columns)
        self.tables[key] = TableView(dense=True)
        self.tables[key].setModel(self.models[key])
        self.tables[key].setAccessibleName(title)
        self.heads[key] = theme.label(title, "heading")
        column.addWidget(self.heads[key])
        column.addWidget(self.tables[key])

    def _connect_signals(self) -> None:
        self.found.clicked.connect(self.add)
        self.nothing.first.connect(self.add)
        self.alliance_table.selectionModel().currentRowChanged.connect(lambda *_: self._show_sheet())
        self.join.clicked.connect(self.ask_joining)
        self.leave.clicked.connect(self.ask_leaving)
        self.grant.clicked.connect(self.ask_grant)
        self.apply.clicked.connect(lambda: self._go("wizard", "alliances"))
        self.task.clicked.connect(lambda: self._go("document", "alliances.alliance-task"))
        self.tables["members"].opened.connect(lambda row: self._open("members", row, "registry", "workrooms"))
        self.tables["members"].selectionModel().selectionChanged.connect(lambda *_: self._show_buttons())
        self.tables["applications"].opened.connect(lambda row: self._open("applications", row, "course"))
        self.tables["grants"].opened.connect(lambda row: self._open("grants", row, "course"))

    def _read(self) -> None:
        from desktop.services import alliance

        found = self.operations.read(alliance.alliances)
        self.alliances.set_rows(found)
        self.count.setText(f"{len(found)} 个" if found else "")
        self.found.setEnabled(not self.operations.read_only)
        self.show_content(bool(found))
        if found and not self.alliance_table.currentIndex().isValid():
            self.alliance_table.selectRow(0)
        self._show_sheet()

    def chosen(self) -> dict[str, Any] | None:
        """Return the alliance under the cursor."""
        row = self.alliance_table.currentIndex().row()
        return self.alliances.record(row) if 0 <= row < self.alliances.rowCount() else None

    def _show_sheet(self) -> None:
        from desktop.services import alliance

        one = self.chosen()
        if one is None:
            return
        sheet = self.operations.read(lambda session: alliance.sheet(session, one["id"]))
        self.fields.show_record(sheet.alliance)
        for key, model in self.models.items():
            rows = list(getattr(sheet, key))
            model.set_rows(rows)
            self.heads[key].setHidden(not rows)
            self.tables[key].setHidden(not rows)
            self.tables[key].setFixedHeight(self.tables[key].content_height(min(len(rows), MOST_SEEN)))
        self._show_buttons()

    def _show_buttons(self) -> None:
        free = not self.operations.read_only
        member = self.member()
        self.leave.setEnabled(free and member is not None and not member["left_on"])
        self.join.setEnabled(free)
        self.grant.setEnabled(free)

    def member(self) -> dict[str, Any] | None:
        """Return the member selected."""
        rows = self.tables["members"].selected_rows()
        return self.models["members"].record(rows[0]) if rows else None

    def show_record(self, noun: str, record_id: str) -> None:
        """Show an alliance, or begin one led by a workroom."""
        self._read()
        row = self.alliances.row_of(record_id)
        if row >= 0:
            self.alliance_table.selectRow(row)
        elif noun == "workrooms":
            self.ask_founding(record_id)

    # -- acts ------------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a new alliance."""
        self.ask_founding("")

    def ask_founding(self, lead_id: str) -> None:
        """Ask for name, lead workroom and members."""
        self.show_form(FoundForm(self.desk, date.today(), lead_id), self._found)

    def _found(self, given: dict[str, Any]) -> None:
        from desktop.services import alliance

        self.run(
            "新建联盟",
            lambda session: alliance.found(
                session,
                given["name"] or "",
                given["lead_id"] or "",
                _day(given["on"]),
                given["kind"] or "",
                given["member_ids"],
            ),
            "已建立联盟",
            lambda made: self.show_record("alliances", made["id"]),
        )

    def ask_joining(self) -> None:
        """Ask which workroom joins."""
        form = AskForm("加入成员", "加入")
        form.add("workroom_id", "工作室（必填）", record_editor(self.desk, "workrooms"))
        form.add("on", "加入日期", DateEditor(), date.today().isoformat())
        self.show_form(form, self._join)

    def _join(self, given: dict[str, Any]) -> None:
        from desktop.services import alliance

        one = self.chosen()
        if one is not None:
            on = _day(given["on"])
            self.run(
                "加入联盟",
                lambda session: alliance.join(session, one["id"], given["workroom_id"] or "", on),
                "已加入",
            )

    def ask_leaving(self) -> None:
        """Ask when the member selected left."""
        member = self.member()
        if member is None:
            return
        form = AskForm(f"退出联盟：{member['workroom_name']}", "登记退出")
        form.add("on", "退出日期", DateEditor(), date.today().isoformat())
        self.show_form(form, lambda given: self._leave(member["id"], _day(given["on"])))

    def _leave(self, member_id: str, on: date) -> None:
        from desktop.services import alliance

        self.run("退出联盟", lambda session: alliance.leave(session, member_id, on), "已登记退出")

    def ask_grant(self) -> None:
        """Ask for the grant of a year."""
        from desktop.services.road import granting

        offers = self.operations.read(granting.alliance_offers)
        if not offers:
            self.strip.show_message("本工会适用的办法没有联盟补助；要改请到“本工会的资料”选适用办法。", "warn")
            return
        words = "\n".join(f"《{one.title}》{one.words}" for one in offers)
        form = AskForm("登记联盟补助", "登记", f"{words}\n由牵头工作室管理；登记后在“办理”里逐步下达、拨付、支出。")
        laws = form.add("regulation", "适用办法", ChoiceEditor([(one.regulation, one.title) for one in offers]))
        form.add("year", "年度", NumberEditor(), date.today().year)
        total = form.add("total", "金额（元，必填）", YuanEditor())
        sums = {one.regulation: formats.yuan_of_fen(one.amount_fen) for one in offers}
        laws.edited.connect(lambda law: total.set_value(sums.get(law)))
        laws.set_value(offers[0].regulation)
        total.set_value(sums[offers[0].regulation])
        self.show_form(form, self._grant)

    def _grant(self, given: dict[str, Any]) -> None:
        from desktop.services import alliance

        one = self.chosen()
        if one is not None:
            self.run(
                "登记联盟补助",
                lambda session: alliance.grant(
                    session,
                    one["id"],
                    given["regulation"] or "",
                    int(given["year"] or 0),
                    given["total"] or "0.00",
                ),
                "已登记补助",
                lambda made: self.desk.go.emit("course", "grants", made["id"]),
            )

    def _open(self, key: str, row: int, view: str, noun: str = "") -> None:
        one = self.models[key].record(row)
        self.desk.go.emit(view, noun or key, str(one["workroom_id"] if noun else one["id"]))

    def _go(self, view: str, noun: str) -> None:
        one = self.chosen()
        if one is not None:
            self.desk.go.emit(view, noun, str(one["id"]))


def _day(value: str | None) -> date:
    return date.fromisoformat(value) if value else date.today()
