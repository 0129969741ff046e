"""The tabs across the top, the search and the menu beside them."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTabBar, QWidget

from desktop.views import icons, theme
from desktop.views.icons import Button, IconButton

SEARCH: Final = "搜索  Ctrl+K"
WIDE: Final = 1180
NARROW: Final = 1040
TIGHT: Final = 960
"""Widths in px at scale 1 from which the search has its words, the tabs their icons, and room around their words."""


@dataclass(frozen=True)
class Tab:
    """One tab: the view's id, its words and its icon."""

    view: str
    title: str
    icon: str


class Navigation(QFrame):
    """Tells `chosen(view)` when the user goes to another tab."""

    chosen = Signal(str)

    def __init__(self, tabs: tuple[Tab, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs = tabs
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.setProperty("role", "navigation")
        self.bar = QTabBar()
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setUsesScrollButtons(True)
        self.bar.setIconSize(QSize(theme.px(icons.SIZE), theme.px(icons.SIZE)))
        self.bar.setAccessibleName("页面")
        self.bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for number, tab in enumerate(self._tabs):
            self.bar.addTab(tab.title)
            self.bar.setTabToolTip(number, f"{tab.title}（Alt+{number + 1}）")
        self.back = IconButton("chevron-left", "返回")
        self.back.hide()
        self.undo = IconButton("undo", "撤销")
        self.redo = IconButton("redo", "重做")
        self.search = Button(SEARCH, "search", role="quiet", tip="搜索工作室、单位、领衔人，或去某一页（Ctrl+K）")
        self.settings = IconButton("settings", "设置")
        self.help = IconButton("help", "帮助（F1）")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 12, 1)
        layout.setSpacing(4)
        layout.addWidget(self.bar)
        layout.addStretch(1)
        for widget in (self.back, self.undo, self.redo, self.search, self.settings, self.help):
            layout.addWidget(widget)
        self._draw()

    def _connect_signals(self) -> None:
        self.bar.currentChanged.connect(self._change)
        self.bar.tabBarClicked.connect(self._clicked)

    def _change(self, number: int) -> None:
        self._draw()
        self.chosen.emit(self._tabs[number].view)

    def _clicked(self, number: int) -> None:
        # The tab that is marked already leads out of a page without a tab.
        if number == self.bar.currentIndex():
            self.chosen.emit(self._tabs[number].view)

    def _draw(self) -> None:
        tokens = theme.tokens()
        for number, tab in enumerate(self._tabs):
            color = tokens.accent if number == self.bar.currentIndex() else tokens.quiet
            self.bar.setTabIcon(number, icons.icon(self, tab.icon, color))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the words of the search, and then the icons of the tabs, give way before a tab goes out of sight."""
        super().resizeEvent(event)
        width = self.width()
        self.search.setText(SEARCH if width >= theme.px(WIDE) else "")
        side = theme.px(icons.SIZE) if width >= theme.px(NARROW) else 0
        self.bar.setIconSize(QSize(side, side))
        self._set_tight(width < theme.px(TIGHT))

    def _set_tight(self, tight: bool) -> None:
        if bool(self.bar.property("tight")) != tight:
            self.bar.setProperty("tight", tight)
            self.bar.style().unpolish(self.bar)
            self.bar.style().polish(self.bar)

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: words and icons give way, and at last the tabs scroll."""
        return QSize(0, super().minimumSizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def show_view(self, view: str) -> None:
        """Mark a tab as the current one; a page without a tab leaves the mark where it was."""
        views = [tab.view for tab in self._tabs]
        if view in views:
            self.bar.setCurrentIndex(views.index(view))

    def current(self) -> str:
        """Return the view whose tab is marked."""
        return self._tabs[self.bar.currentIndex()].view

    def show_way_back(self, title: str) -> None:
        """Offer the way back to a page of this title; an empty one takes the offer away."""
        self.back.setVisible(bool(title))
        self.back.setToolTip(f"返回{title}（Alt+←）")
        self.back.setAccessibleName(f"返回{title}")

    def show_history(self, undo: str, redo: str) -> None:
        """Say what 撤销 and 重做 would do."""
        for button, verb, key, words in (
            (self.undo, "撤销", "Ctrl+Z", undo),
            (self.redo, "重做", "Ctrl+Y", redo),
        ):
            button.setEnabled(bool(words))
            button.setToolTip(f"{verb}：{words}（{key}）" if words else f"没有可{verb}的操作")
