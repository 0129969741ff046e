"""A file of rules before it is adopted: what it is, how it differs, whose findings it would change, and 采用."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.views import formats, theme
from desktop.views.arranging import Wide, beside, stacked
from desktop.views.icons import Button
from desktop.views.message_strip import MessageStrip
from desktop.views.regulations.impact_table import ImpactTableModel
from desktop.views.table_view import TableView

if TYPE_CHECKING:
    from desktop.services.law.impact import Impact
    from desktop.services.law.pack import PackReport

KINDS: Final = (("added", "新增"), ("removed", "去掉"), ("changed", "改动"))


def difference_words(report: "PackReport") -> str:
    """Return in a sentence how a pack differs from the text it replaces."""
    if not report.replaces:
        return "这是一个新的办法，不替代现有的文本。"
    counts = [(words, len(getattr(report, key))) for key, words in KINDS]
    found = "，".join(f"{words} {count} 条" for words, count in counts if count)
    return f"与现在的文本相比：{found or '规则没有变化'}。"


def impact_words(impact: "Impact") -> str:
    """Return in a sentence how many findings a text would change."""
    looked = f"看了 {impact.looked_at} 个工作室和在办申报"
    if not impact.changes:
        return f"{looked}，没有结论会变。"
    return f"{looked}，其中 {impact.affected} 个的 {len(impact.changes)} 项结论会变。已经定下的仍按原文本。"


class PackPage(QWidget):
    """`accepted` follows 采用, `left` 不采用; nothing is written before."""

    accepted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.title = theme.label(role="heading", wrap=True)
        self.facts = theme.label(role="quiet", wrap=True)
        self.differences = theme.label(wrap=True)
        self.note = MessageStrip()
        self.summary = theme.label(role="strong", wrap=True)
        self.model = ImpactTableModel()
        self.table = TableView(dense=True)
        self.table.setModel(self.model)
        self.table.setAccessibleName("会变的结论")
        self.sentence = theme.label(role="quote", wrap=True)
        self.take = Button("采用", "pass", "primary")
        self.leave = Button("不采用")
        self._lay_out()

    def _lay_out(self) -> None:
        head = beside(Wide(self.title), self.leave, self.take, spacing=8)
        stacked(
            head,
            self.facts,
            self.differences,
            self.note,
            self.summary,
            Wide(self.table),
            self.sentence,
            Wide(None, 0),
            on=self,
            margins=0,
            spacing=8,
        )

    def _connect_signals(self) -> None:
        self.take.clicked.connect(self.accepted)
        self.leave.clicked.connect(self.left)
        self.table.selectionModel().currentRowChanged.connect(lambda current, _before: self._say(current.row()))

    def show_pack(self, report: "PackReport", impact: "Impact") -> None:
        """Show a pack that could be read (`regulation_pack.report`) and what it would change."""
        law = report.pack.law
        day = formats.date_text(law.effective_on.isoformat()) + "起施行" if law.effective_on else "采用之日起施行"
        self.title.setText(law.title)
        self.facts.setText(f"{law.doc_no}　{law.issuer}　{len(law.rules)} 条规则　{day}")
        self.differences.setText(difference_words(report))
        self.summary.setText(impact_words(impact))
        self.model.set_rows(
            [{**vars(one), "id": f"{one.noun} {one.id} {one.rule}", "of": one.id} for one in impact.changes]
        )
        self.note.clear()
        if report.notes:
            self.note.show_message(" ".join(report.notes), "warn")
        self.take.setEnabled(report.pack.version != report.replaces)
        self._show_first(bool(impact.changes))

    def _show_first(self, any_change: bool) -> None:
        self.table.setVisible(any_change)
        self.sentence.setVisible(any_change)
        if any_change:
            self.table.selectRow(0)
            self._say(0)

    def _say(self, row: int) -> None:
        if 0 <= row < self.model.rowCount():
            self.sentence.setText(self.model.record(row)["sentence"])
