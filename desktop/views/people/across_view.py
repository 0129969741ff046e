"""The page of a person or a unit: the record to edit on the left, all that names it across workrooms on the right."""

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import DesktopError
from desktop.services.across import person_sheet, unit_sheet
from desktop.services.record.checks import Remark
from desktop.views import theme
from desktop.views.arranging import ROOM, Wide, stacked
from desktop.views.desk import View
from desktop.views.empty_state import EmptyState
from desktop.views.record_form import RecordForm
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.table_view import TableView

ROWS_SEEN: Final = 6
PERSON_FIELDS: Final = (
    "name", "unit_id", "id_number", "phone", "gender", "birth_date", "education", "politics", "post",
    "professional_title", "title_rank", "skill_grade", "speciality", "frontline",
    "bank_name", "bank_account",
)  # fmt: skip
UNIT_FIELDS: Final = (
    "name", "credit_code", "unit_type", "unit_class", "industry", "region", "address", "union_name", "account_name",
    "account_number", "account_bank", "contact", "phone",
)  # fmt: skip
WORKROOM: Final = Column("workroom", "工作室", 0)


@dataclass(frozen=True)
class Part:
    """One list of a page: the sheet's attribute, its title, its columns, which field names the record that a row
    leads to ("" for none), and in which view and as what it is shown.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    target: str = "workroom_id"
    view: str = "registry"
    noun: str = "workrooms"


PERSON_PARTS: Final = (
    Part(
        "places", "所在的工作室",
        (Column("name", "工作室", 0), Column("role", "角色", 88), Column("level", "级别", 72),
         Column("joined_on", "加入", 116, "date"), Column("left_on", "退出", 116, "date")),
        "id",
    ),
    Part(
        "honours", "荣誉",
        (Column("title", "荣誉称号", 0), Column("level", "级别", 72), Column("awarded_on", "授予日期", 116, "date")),
        "",
    ),
    Part("outcomes", "参与完成的成果", (Column("name", "成果", 0), WORKROOM, Column("date", "日期", 116, "date"))),
    Part("topics", "主持的课题", (Column("name", "课题", 0), WORKROOM, Column("started_on", "开始", 116, "date"))),
    Part(
        "rewards", "分得的奖励",
        (Column("year", "年度", 64, "number"), WORKROOM, Column("amount_yuan", "金额（元）", 112, "money"),
         Column("state", "状态", 84)),
    ),
)  # fmt: skip
UNIT_PARTS: Final = (
    Part(
        "workrooms", "工作室",
        (Column("name", "工作室", 0), Column("leader", "领衔人", 88), Column("level", "级别", 72),
         Column("state", "状态", 84)),
        "id",
    ),
    Part(
        "people", "人员",
        (Column("name", "姓名", 0), Column("post", "职务或岗位", 150), Column("phone", "电话", 120)),
        "id", "people", "people",
    ),
    Part(
        "grants", "补助资金",
        (Column("year", "年度", 64, "number"), WORKROOM, Column("grant_total_yuan", "金额（元）", 120, "money"),
         Column("state", "状态", 84)),
    ),
)  # fmt: skip


class AcrossView(View):
    """Shows one record of `noun`; Enter in a list goes to the workroom, or the person."""

    noun = ""
    record_fields: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    nouns = frozenset(
        {"people", "units", "workrooms", "members", "outcomes", "honours", "topics", "grants", "allocation_lines"}
    )

    def _build_layout(self) -> None:
        self.record_id = ""
        self.title = theme.label(role="title", wrap=True)
        self.remarks = theme.label(role="warn", wrap=True)
        self.form = RecordForm(self.desk, self.noun, self.record_fields)
        self.models = {part.name: RecordTableModel(part.columns) for part in self.parts}
        self.tables: dict[str, TableView] = {}
        self.heads: dict[str, QWidget] = {}
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(12)
        splitter.addWidget(_scrolling(self._left()))
        splitter.addWidget(_scrolling(self._lists()))
        splitter.setSizes([620, 700])
        self.stack = QStackedWidget()
        self.stack.addWidget(
            EmptyState("person", "还没有选定", "在台账或搜索里选一个人或单位，这里就列出与之有关的全部内容。")
        )
        self.stack.addWidget(splitter)
        stacked(self.title, self.strip, self.remarks, Wide(self.stack), on=self, margins=(24, 16, 24, 16), spacing=8)

    def _left(self) -> QWidget:
        page = QWidget()
        stacked(self.form, ROOM, on=page, margins=(0, 0, 8, 0))
        return page

    def _lists(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in self.parts:
            table = TableView(dense=True)
            table.setModel(self.models[part.name])
            table.setAccessibleName(part.title)
            self.tables[part.name] = table
            self.heads[part.name] = theme.label(part.title, "strong")
            layout.addWidget(self.heads[part.name])
            layout.addWidget(table)
        layout.addStretch(1)
        return page

    def _connect_signals(self) -> None:
        for part in self.parts:
            if part.target:
                self.tables[part.name].opened.connect(lambda row, part=part: self._open(part, row))

    def _open(self, part: Part, row: int) -> None:
        self.desk.go.emit(part.view, part.noun, str(self.models[part.name].record(row)[part.target]))

    def _sheet(self, session: Any) -> Any:
        raise NotImplementedError

    def show_record(self, noun: str, record_id: str) -> None:
        """Show one person or unit."""
        self.record_id = record_id
        self.look()

    def shown_record(self) -> tuple[str, str]:
        """Return the person or unit that is shown."""
        return self.noun, self.record_id

    def arrive(self) -> None:
        """Show what may have changed meanwhile."""
        self.look()

    def refresh(self, nouns: frozenset[str]) -> None:
        """Show what changed."""
        self.look()

    def look(self) -> None:
        """Read the record and its lists anew."""
        sheet = None
        try:
            sheet = self.operations.read(self._sheet) if self.record_id else None
        except DesktopError as error:
            # It was deleted or united with another one.
            self.record_id = ""
            self.tell(error)
        self.stack.setCurrentIndex(0 if sheet is None else 1)
        record = getattr(sheet, self.record_name, None) if sheet is not None else None
        self.title.setText(str(record["name"]) if record else "")
        self._show_remarks(sheet.remarks if sheet is not None else [])
        self.form.show_record(record)
        for part in self.parts:
            self._show_part(part, getattr(sheet, part.name) if sheet is not None else [])

    record_name = ""

    def _show_remarks(self, found: list[Remark]) -> None:
        self.remarks.setText("请核对：" + "；".join(remark.message for remark in found) if found else "")
        self.remarks.setVisible(bool(found))

    def _show_part(self, part: Part, rows: list[dict[str, Any]]) -> None:
        self.models[part.name].set_rows(rows)
        table, head = self.tables[part.name], self.heads[part.name]
        table.setVisible(bool(rows))
        head.setVisible(bool(rows))
        table.setFixedHeight(table.content_height(min(len(rows), ROWS_SEEN)))


class PersonView(AcrossView):
    """The page of a person."""

    noun, record_name, record_fields, parts = "people", "person", PERSON_FIELDS, PERSON_PARTS

    def _sheet(self, session: Any) -> Any:
        return person_sheet(session, self.record_id)


class UnitView(AcrossView):
    """The page of a unit."""

    noun, record_name, record_fields, parts = "units", "unit", UNIT_FIELDS, UNIT_PARTS

    def _sheet(self, session: Any) -> Any:
        return unit_sheet(session, self.record_id)


def _scrolling(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidget(page)
    return area
