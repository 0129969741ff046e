"""带走 before it is done: for whom, what and how many, and onto which stick."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.views import theme
from desktop.views.arranging import ROOM, Wide, beside, stacked
from desktop.views.exchange.stick_watch import size_words
from desktop.views.icons import Button

ELSEWHERE: Final = "其他位置…（存到本机的文件夹，自己拷贝）"


class CarryPage(QWidget):
    """`accepted` follows 带走, `refused` 返回, `asked` a change of what is to be packed."""

    accepted = Signal()
    refused = Signal()
    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: list[tuple[QRadioButton, Path | None]] = []
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.go = Button("带走", "export", "primary")
        self.back = Button("返回")
        head = beside(Wide(theme.label("带走：请核对", "heading")), self.back, self.go, spacing=8)
        self.whom = theme.label(role="strong", wrap=True)
        self.what = theme.label(wrap=True)
        self.note = theme.label(role="quiet", wrap=True)
        self.full = QCheckBox("完整数据包：对方换了电脑、丢了数据时才需要")
        self.sealed = QCheckBox("加密：只有对方能打开，U盘丢了也不泄露")
        card = QFrame()
        card.setProperty("role", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(20, 16, 20, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(1, 1)
        options, self._sticks = QVBoxLayout(), QVBoxLayout()
        for widget in (self.full, self.sealed):
            options.addWidget(widget)
        contents = QVBoxLayout()
        contents.addWidget(self.what)
        contents.addWidget(self.note)
        parts: tuple[tuple[str, QWidget | QLayout], ...] = (
            ("带给谁", self.whom),
            ("带什么", contents),
            ("怎么带", options),
            ("带到哪里", self._sticks),
        )
        for row, (words, part) in enumerate(parts):
            grid.addWidget(theme.label(words, "quiet"), row, 0, Qt.AlignmentFlag.AlignTop)
            if isinstance(part, QLayout):
                grid.addLayout(part, row, 1)
            else:
                grid.addWidget(part, row, 1)
        stacked(head, card, ROOM, on=self, margins=0, spacing=8)
        self._group = QButtonGroup(self)

    def _connect_signals(self) -> None:
        self.go.clicked.connect(self.accepted)
        self.back.clicked.connect(self.refused)
        self.full.toggled.connect(lambda _on: self.asked.emit())

    def begin(self, offices: Sequence[str]) -> None:
        """Start over for these offices, by name."""
        self.whom.setText("、".join(offices))
        self.full.setChecked(False)
        self.sealed.setChecked(False)

    def show_content(self, found: Sequence[tuple[str, dict[str, Any]]], titles: dict[str, str]) -> None:
        """Show what the package of each office would hold (`exporting.outlook`), with the nouns' names."""
        lines = [content_words(one, titles) for _name, one in found]
        several = len(found) > 1
        named = (f"{name}：{line}" if several else line for (name, _one), line in zip(found, lines, strict=True))
        self.what.setText("\n".join(named))
        commits = sum(one["commits"] for _name, one in found)
        words = f"对方还没有确认收到的 {commits} 处修改。" if commits else "对方已经都有了。"
        self.note.setText(
            ("全部内容。" if self.full.isChecked() else words) + ("每个工会各做一个数据包。" if several else "")
        )

    def show_sticks(self, sticks: Sequence[Any]) -> None:
        """Offer the sticks that are plugged in, and another place."""
        chosen = self.place()
        for button, _path in self._places:
            self._group.removeButton(button)
            self._sticks.removeWidget(button)
            button.deleteLater()
        self._places = []
        for one in sticks:
            self._offer(f"{one.name}　（还空 {size_words(one.free)}）", one.path)
        self._offer(ELSEWHERE if sticks else "没有找到U盘。插好后会列在这里；也可以存到其他位置…", None)
        kept = next((button for button, path in self._places if path == chosen and path), self._places[0][0])
        kept.setChecked(True)

    def _offer(self, words: str, path: Path | None) -> None:
        button = QRadioButton(words)
        self._group.addButton(button)
        self._sticks.addWidget(button)
        self._places.append((button, path))

    def place(self) -> Path | None:
        """Return the stick that is chosen; None for another place."""
        return next((path for button, path in self._places if button.isChecked()), None)


def content_words(found: dict[str, Any], titles: dict[str, str]) -> str:
    """Return what a package would hold: how many records of each kind, how many files."""
    parts = [f"{titles.get(noun, noun)} {count} 条" for noun, count in found["records"].items()]
    parts += [f"文件 {found['files']} 个"] if found["files"] else []
    return "、".join(parts) or "没有新的内容"
