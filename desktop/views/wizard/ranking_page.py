"""推荐排序: a year's applications under one regulation in their order, against the quota; saved as one moves them."""

from typing import Any, Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame

from desktop.views import theme
from desktop.views.arranging import ROOM, Wide, beside, stacked
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.desk import Desk
from desktop.views.editors import NumberEditor
from desktop.views.icons import Button
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.table_view import TableView
from desktop.views.wizard.name_lines import NARROW, fit_names

COLUMNS: Final = (
    Column("rank", "排序", 60, show=lambda row: "" if row["rank"] is None else str(row["rank"])),
    Column("name", "工作室、联盟或成果", 0),
    Column("unit_name", "单位", 190),
    Column("leader_name", "领衔人", 84),
    Column("state", "状态", 84),
    Column("standing", "名额和名称", 190),
)
PAPERS: Final = {"applications": "recommendation", "awards": "award-ranking"}


class RankingPage(QFrame):
    """`left` asks to go back, `failed` tells what was refused."""

    left = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._chosen: tuple[str, str, int, str] | None = None
        self.setProperty("role", "card")
        self.back = Button("返回", "chevron-left")
        self.lists = ChoiceEditor([])
        self.lists.setAccessibleName("排哪一张表")
        self.quota = NumberEditor()
        self.quota.setAccessibleName("推荐名额")
        self.quota.control.setMaximumWidth(theme.px(80))
        self.up, self.down = Button("上移", "move-up", tip="Alt+↑"), Button("下移", "move-down", tip="Alt+↓")
        self.out = Button("不排", "close", tip="从排序里拿下来")
        self.paper = Button("推荐汇总表", "document", role="primary")
        self.words = theme.label("", "quiet", wrap=True)
        self.model = RecordTableModel(COLUMNS, self)
        self.table = TableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName("推荐排序")
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        head = beside(self.back, theme.label("推荐排序", "heading"), Wide(self.lists), spacing=theme.px(8))
        tools = beside(
            theme.label("名额", "quiet"),
            self.quota,
            ROOM,
            self.up,
            self.down,
            self.out,
            self.paper,
            spacing=theme.px(8),
        )
        stacked(
            head,
            tools,
            self.words,
            Wide(self.table),
            on=self,
            margins=(theme.px(20), theme.px(16), theme.px(20), theme.px(16)),
            spacing=theme.px(8),
        )

    def _connect_signals(self) -> None:
        self.back.clicked.connect(self.left)
        self.lists.edited.connect(lambda _key: self._read())
        self.quota.committed.connect(self._set_quota)
        self.up.clicked.connect(lambda: self.shift(-1))
        self.down.clicked.connect(lambda: self.shift(1))
        self.out.clicked.connect(self.take_out)
        self.paper.clicked.connect(self._go_to_paper)
        self.table.opened.connect(lambda _row: self._rank_last())
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            context = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(keys), self, lambda by=step: self.shift(by), context=context)

    def show_lists(self) -> None:
        """Read what there are lists of, and the chosen one; the latest where none is chosen."""
        from desktop.services import regulation
        from desktop.services.recommending import ranking

        found, laws = self._desk.operations.read(
            lambda session: (ranking.choices(session), regulation.catalogue(session))
        )
        self._lists = {"/".join(map(str, one)): one for one in found}
        words = [
            (key, f"{one[2]}年　{one[3]}　{laws[one[1]].title if one[1] in laws else one[1]}")
            for key, one in self._lists.items()
        ]
        kept = self.lists.value()
        with QSignalBlocker(self.lists):
            self.lists.set_choices(words)
            self.lists.set_value(kept if kept in self._lists else next(iter(self._lists), ""))
        self._read()

    _lists: dict[str, tuple[str, str, int, str]]

    def _read(self) -> None:
        from desktop.services.recommending import ranking

        self._chosen = self._lists.get(str(self.lists.value() or ""))
        for widget in (self.up, self.down, self.out, self.paper, self.quota):
            widget.setEnabled(self._chosen is not None)
        if self._chosen is None:
            self.words.setText("还没有提交的申报。申报提交后，在这里按推荐次序排好，再出推荐汇总表。")
            self.model.set_rows([])
            return
        chosen = self._chosen
        found = self._desk.operations.read(lambda session: ranking.ranking(session, *chosen))
        self.words.setText(f"{found.sentence}双击或按回车把一项排到最后；Alt+↑、Alt+↓ 调整次序，随手保存。")
        self.quota.set_value(found.quota)
        self.model.set_rows([_row(place) for place in found.places])
        self._spare_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room of a narrow window to the names."""
        super().resizeEvent(event)
        self._spare_columns()

    def _spare_columns(self) -> None:
        """Show no column that says nothing, no units in a narrow window; long names take two lines."""
        narrow = self.width() < theme.px(NARROW)
        silent = not any(row["standing"] for row in self.model.rows())
        for number, column in enumerate(COLUMNS):
            spared = (column.key == "standing" and silent) or (column.key == "unit_name" and narrow)
            self.table.setColumnHidden(number, spared)
        self.table.lay_out_columns()
        fit_names(self.table, 1, [row["name"] for row in self.model.rows()])

    # -- ordering --------------------------------------------------------------------------------------------------

    def ranked(self) -> list[str]:
        """Return the ranked records' ids in their order."""
        rows = [self.model.record(row) for row in range(self.model.rowCount())]
        return [row["id"] for row in rows if row["rank"] is not None]

    def _current(self) -> str:
        rows = self.table.selected_rows()
        return str(self.model.record(rows[0])["id"]) if rows else ""

    def shift(self, by: int) -> None:
        """Move the chosen record up or down; one that is not ranked yet comes last first."""
        chosen, order = self._current(), self.ranked()
        if not chosen:
            return
        if chosen not in order:
            self._save([*order, chosen], chosen)
            return
        place = order.index(chosen)
        other = min(max(place + by, 0), len(order) - 1)
        order.insert(other, order.pop(place))
        self._save(order, chosen)

    def _rank_last(self) -> None:
        chosen, order = self._current(), self.ranked()
        if chosen and chosen not in order:
            self._save([*order, chosen], chosen)

    def _save(self, order: list[str], chosen: str) -> None:
        from desktop.services.recommending import ranking

        assert self._chosen is not None
        noun = self._chosen[0]
        self._desk.operations.run(
            "调整推荐排序", lambda session: ranking.set_order(session, noun, order), otherwise=self.failed.emit
        )
        self._choose(chosen)

    def _choose(self, record_id: str) -> None:
        self._read()
        if (row := self.model.row_of(record_id)) >= 0:
            self.table.selectRow(row)

    def take_out(self) -> None:
        """Take the chosen record off the order."""
        from desktop.services.recommending import ranking

        chosen = self._current()
        if self._chosen is None or chosen not in self.ranked():
            return
        noun = self._chosen[0]
        self._desk.operations.run(
            "不排", lambda session: ranking.take_out(session, noun, chosen), otherwise=self.failed.emit
        )
        self._choose(chosen)

    def _set_quota(self, count: Any) -> None:
        from desktop.services.recommending import ranking

        if self._chosen is None or count is None:
            return
        _noun, law, year, track = self._chosen
        self._desk.operations.run(
            "登记推荐名额",
            lambda session: ranking.set_quota(session, law, year, track, int(count)),
            otherwise=self.failed.emit,
        )
        self._read()

    def _go_to_paper(self) -> None:
        order = self.ranked()
        if self._chosen is not None and order:
            noun = self._chosen[0]
            self._desk.go.emit("document", f"{noun}.{PAPERS[noun]}", " ".join(order))


def _row(place: Any) -> dict[str, Any]:
    standing = "" if place.within or place.rank is None else "超出名额"
    words = "；".join(part for part in (standing, place.name_problem) if part)
    return {
        "id": place.record_id,
        "rank": place.rank,
        "name": place.name,
        "unit_name": place.unit_name,
        "leader_name": place.leader_name,
        "state": place.state,
        "standing": words,
    }
