"""One draw as it was recorded: who came out of how many by which seed, who stayed out and why, who watched."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout

from desktop.views import formats, theme
from desktop.views.arranging import ROOM, stacked
from desktop.views.icons import Button
from desktop.views.ledgers.ledger_page import button_row

LINES = (
    ("drawn", "抽中"),
    ("reviewed", "评审对象"),
    ("pool", "备选"),
    ("recusals", "回避"),
    ("seed", "随机种子"),
    ("method", "抽取方法"),
    ("witnesses", "监督人"),
    ("who", "抽取"),
)


class DrawSheet(QFrame):
    """Each signal asks for one thing about the draw shown."""

    checked = Signal(str)
    replaced = Signal(str)
    printed = Signal(str)
    scored = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._id = ""
        self.title = theme.label("", "strong", wrap=True)
        self.verdict = theme.label("", "pass", wrap=True)
        self.verdict.hide()
        self.labels = {key: theme.label("", wrap=True) for key, _title in LINES}
        self.score = Button("评分…", "edit")
        self.print = Button("抽取记录", "print", tip="到“公文生成”打印抽取记录，供监督人签字")
        self.check = Button("按种子重抽核对", "refresh")
        self.replace = Button("有人不能参加…")
        self._build_layout()
        for button, signal in (
            (self.score, self.scored),
            (self.print, self.printed),
            (self.check, self.checked),
            (self.replace, self.replaced),
        ):
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit(self._id))

    def _build_layout(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        for row, (key, title) in enumerate(LINES):
            grid.addWidget(theme.label(title, "quiet"), row, 0)
            grid.addWidget(self.labels[key], row, 1)
        stacked(
            self.title,
            grid,
            self.verdict,
            button_row(self.print, self.score),
            button_row(self.check, self.replace),
            ROOM,
            on=self,
            margins=(theme.px(16), theme.px(12), theme.px(16), theme.px(12)),
            spacing=theme.px(8),
        )

    def show_draw(self, one: dict[str, Any]) -> None:
        """Show a draw."""
        if one["id"] != self._id:
            self.verdict.hide()
        self._id = one["id"]
        names = one["names"]
        out = [f"{names.get(who, who)}（{why}）" for who, why in one["recusals"].items()]
        said = {
            "drawn": one["people"],
            "reviewed": one["reviewed"] or "（没有指定）",
            "pool": f"{len(one['pool'])}名" + (f"，专业：{one['speciality']}" if one["speciality"] else ""),
            "recusals": "；".join(out) or "无",
            "seed": one["seed"],
            "method": one["method"],
            "witnesses": "、".join(one["witnesses"]) or "（没有登记）",
            "who": f"{one['drawn_by']}　{formats.date_text(one['drawn_on'])}",
        }
        self.title.setText(one["title"] + ("　（已由替补抽取代替）" if one["replaced"] else ""))
        for key, label in self.labels.items():
            label.setText(said[key])
        self.replace.setEnabled(not one["replaced"])
        self.score.setEnabled(bool(one["subjects"]))

    def show_verdict(self, *, same: bool, names: tuple[str, ...]) -> None:
        """Say what drawing again gave."""
        again = "、".join(names)
        theme.set_role(self.verdict, "pass" if same else "fail")
        self.verdict.setText(
            f"按原种子和名单重抽，结果相同：{again}。"
            if same
            else f"重抽得到的是：{again}。与记录不一致，记录被改动过，请查历程。"
        )
        self.verdict.show()
