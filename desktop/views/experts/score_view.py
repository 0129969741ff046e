"""评审打分: the records of one review in their order, and each expert's points for the one in hand."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.views import theme
from desktop.views.arranging import Wide, stacked
from desktop.views.icons import Button
from desktop.views.ledgers.ledger_page import LedgerPage, pane
from desktop.views.panes import pane_width
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.table_view import TableView

VOTES: Final = ("", "同意", "不同意", "回避")
RANKED: Final = (
    Column("place", "名次", 52, show=lambda row: str(row["place"] or "—")),
    Column("title", "评审对象", 0),
    Column("mean", "平均分", 68, "number", show=lambda row: row["mean"]),
    Column("scores", "打分", 52, "number"),
    Column("votes", "同意/不同意/回避", 132),
)
ITEM: Final = "item."


class ScoreView(LedgerPage):
    """Shows a draw's review; a cell edited is saved at once, the order follows."""

    title_words = "评审打分"
    empty = ("edit", "还没有要打分的评审", "在“专家与评审”里抽取专家并指明评审对象，再从那里进来打分。", "去专家与评审")
    nouns = frozenset({"expert_scores", "expert_draws", "experts", "applications", "awards", "assessments"})

    def _actions(self) -> tuple[QWidget, ...]:
        self.suggested = Button("建议名单", "print", tip="到“公文生成”按名次出建议名单")
        self.opinions = Button("专家意见表", "print", tip="到“公文生成”打印专家评审意见表")
        return self.opinions, self.suggested

    def _content(self) -> QWidget:
        self._draw: dict[str, Any] = {}
        self._items: tuple[str, ...] = ()
        self.ranked = RecordTableModel(RANKED)
        self.ranked_table = TableView(dense=True)
        self.ranked_table.setModel(self.ranked)
        self.ranked_table.setAccessibleName("名次")
        self.scores = RecordTableModel(())
        self.score_table = TableView(dense=True)
        self.score_table.setModel(self.scores)
        self.score_table.setAccessibleName("各专家的打分")
        self.subject = theme.label("", "strong", wrap=True)
        self.words = theme.label(
            "项目取自办法的条目；办法没有规定分值，由本会设定。得分是各项之和，平均分不计回避的专家，只舍不入到两位小数。",
            "quiet",
            wrap=True,
        )
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(16)
        splitter.addWidget(pane(self.ranked_table, title="名次", stretch=0))
        splitter.addWidget(self._right())
        splitter.setSizes([pane_width(520), pane_width(760)])
        splitter.setChildrenCollapsible(False)
        return splitter

    def _right(self) -> QWidget:
        holder = QWidget()
        stacked(self.subject, self.words, Wide(self.score_table), on=holder, margins=0, spacing=theme.px(6))
        return holder

    def _connect_signals(self) -> None:
        self.nothing.first.connect(lambda: self.desk.go.emit("experts", "", ""))
        self.ranked_table.selectionModel().currentRowChanged.connect(lambda *_: self._show_scores())
        self.ranked_table.opened.connect(self._open)
        self.scores.edited.connect(self._edit)
        self.opinions.clicked.connect(lambda: self._print("expert-review"))
        self.suggested.clicked.connect(lambda: self._print("suggested-list"))

    def show_record(self, noun: str, record_id: str) -> None:
        """Show the review of a draw, or of the latest draw over a record."""
        from desktop.services import draw, records

        if noun == "expert_draws":
            self._draw = self.operations.read(lambda session: records.get_record(session, noun, record_id))
        else:
            found = self.operations.read(lambda session: draw.draws_of(session, record_id))
            self._draw = found[0] if found else {}
        self._read()

    def shown_record(self) -> tuple[str, str]:
        """Return the draw shown."""
        return ("expert_draws", str(self._draw["id"])) if self._draw else ("", "")

    def _read(self) -> None:
        from desktop.services import draw

        self.show_content(bool(self._draw.get("subjects")))
        for button in (self.opinions, self.suggested):
            button.setEnabled(bool(self._draw.get("subjects")))
        if not self._draw.get("subjects"):
            self.count.setText("")
            return
        noun, subjects, draw_id = (self._draw[name] for name in ("subject_noun", "subjects", "id"))
        found = self.operations.read(lambda session: draw.ranking(session, noun, subjects, draw_id))
        self.count.setText(f"{self._draw['title']}　专家 {len(self._draw['drawn'])} 名")
        self.ranked.set_rows([_ranked_row(one) for one in found])
        if not self.ranked_table.currentIndex().isValid():
            self.ranked_table.selectRow(0)
        self._show_scores()

    def chosen(self) -> dict[str, Any] | None:
        """Return the record under the cursor."""
        row = self.ranked_table.currentIndex().row()
        return self.ranked.record(row) if 0 <= row < self.ranked.rowCount() else None

    def _show_scores(self) -> None:
        from desktop.services import draw

        one = self.chosen()
        if one is None:
            return
        items = self.operations.read(lambda session: draw.items_for(session, self._draw["subject_noun"], one["id"]))
        if items != self._items or not self.scores.columns:
            self._items = items
            self._lay_out(items)
        self.subject.setText(one["title"])
        names = self._draw["names"]
        self.scores.set_rows([_score_row(who, str(names.get(who, who)), one["by"]) for who in self._draw["drawn"]])

    def _lay_out(self, items: Sequence[str]) -> None:
        self.scores = RecordTableModel(
            (
                Column("name", "专家", 72),
                *(Column(f"{ITEM}{item}", item, _width(item), "number", True) for item in items),
                Column("score", "得分", 64, "number", show=lambda row: _plain(row["score"])),
                Column("vote", "意见", 72, "choice", True, VOTES),
                Column("opinion", "评审意见", 160, "text", True),
            ),
            self,
        )
        self.scores.edited.connect(self._edit)
        self.score_table.setModel(self.scores)

    def _edit(self, row: int, key: str, value: Any) -> None:
        from desktop.services import draw

        one, subject = {**self.scores.record(row), key: value}, self.chosen()
        if subject is None:
            return
        items = {item: str(one[f"{ITEM}{item}"]) for item in self._items if one.get(f"{ITEM}{item}") is not None}
        self.operations.run(
            f"登记{one['name']}的评分",
            lambda session: draw.score(
                session,
                self._draw["subject_noun"],
                subject["id"],
                one["id"],
                date.today(),
                items=items,
                vote=one["vote"] or "",
                opinion=one["opinion"] or "",
                draw_id=self._draw["id"],
            ),
            lambda _value: self.strip.clear(),
            self.tell,
        )

    def _open(self, row: int) -> None:
        self.desk.go.emit("course", self._draw["subject_noun"], str(self.ranked.record(row)["id"]))

    def _print(self, kind: str) -> None:
        one = self.ranked.rows()[0]
        self.desk.go.emit("document", f"{self._draw['subject_noun']}.{kind}", str(one["id"]))


def _ranked_row(one: Any) -> dict[str, Any]:
    found = one.tally
    return {
        "id": one.record_id,
        "place": one.place,
        "title": one.title,
        "mean": "" if found.mean is None else str(found.mean),
        "scores": found.scores,
        "votes": f"{found.agreed} / {found.disagreed} / {found.recused}",
        "by": one.scores,
    }


def _score_row(who: str, name: str, by: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    given = by.get(who, {})
    items = {f"{ITEM}{item}": float(value) for item, value in given.get("items", {}).items()}
    said = {key: given.get(key) or "" for key in ("vote", "opinion")}
    return {"id": who, "name": name, "score": given.get("score"), **said, **items}


def _width(title: str) -> int:
    """Return the width in px at which a column's title is read whole, as far as that is reasonable."""
    return min(max(72, 14 * len(title) + 28), 200)


def _plain(score: Any) -> str:
    return "" if score is None else f"{float(score):g}"
