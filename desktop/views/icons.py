"""The program's own icons: SVG files drawn in the colours of the theme, and buttons that keep to it."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QToolButton, QWidget

from desktop.paths import resource_folder
from desktop.views import theme

SIZE: Final = 20
"""The side of an icon in px at scale 1."""
RECOLOURING: Final = frozenset(
    {
        QEvent.Type.PaletteChange,
        QEvent.Type.StyleChange,
        QEvent.Type.DevicePixelRatioChange,
        QEvent.Type.EnabledChange,
    }
)
STATUS_ICONS: Final = {"pass": "pass", "fail": "fail", "warn": "warn", "unknown": "missing", "n/a": "not-applicable"}
STATUS_WORDS: Final = {"pass": "符合", "fail": "不符合", "warn": "提示", "unknown": "待补", "n/a": "不适用"}


@lru_cache(maxsize=256)
def pixmap(name: str, color: str, size: int = SIZE, ratio: float = 1.0) -> QPixmap:
    """Return one icon of `resources/icons` as a pixmap of `size` px in `color`, for a screen of `ratio`."""
    source = (resource_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", color).encode()))
    image = QPixmap(round(size * ratio), round(size * ratio))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def icon(widget: QWidget, name: str, color: str = "", *, checked: str = "", size: int = SIZE) -> QIcon:
    """Return an icon for `widget` in `color` (default its text), grey while it is disabled, in `checked` when on."""
    tokens = theme.tokens()
    ratio = widget.devicePixelRatioF()
    # Beside words as grey as they are, alone paler: what cannot be pressed must look so.
    grey = tokens.quiet if isinstance(widget, QPushButton) else tokens.edge
    image = pixmap(name, (color or tokens.text) if widget.isEnabled() else grey, size, ratio)
    result = QIcon(image)
    if not widget.isEnabled():
        # What Qt would make of it by itself cannot be seen on a grey button.
        result.addPixmap(image, QIcon.Mode.Disabled)
    if checked:
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Active, QIcon.Mode.Selected):
            result.addPixmap(pixmap(name, checked, size, ratio), mode, QIcon.State.On)
    return result


def _recolours(event: QEvent) -> bool:
    return event.type() in RECOLOURING


class StatusIcon(QLabel):
    """The icon of a finding's status; the word stands beside it and is also its accessible name."""

    def __init__(self, status: str = "unknown") -> None:
        super().__init__()
        self._status = status
        self.setFixedSize(theme.px(SIZE), theme.px(SIZE))
        self.show_status(status)

    def show_status(self, status: str) -> None:
        """Show another status (pass, fail, warn, unknown, n/a)."""
        self._status = status
        self.setAccessibleName(STATUS_WORDS[status])
        self.setToolTip(STATUS_WORDS[status])
        color = theme.status_color(status).name()
        self.setPixmap(pixmap(STATUS_ICONS[status], color, theme.px(SIZE), self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if _recolours(event):
            self.show_status(self._status)


class PlainIcon(QLabel):
    """A decorative icon in the quiet colour."""

    def __init__(self, name: str, size: int = SIZE) -> None:
        super().__init__()
        self._name = name
        self._side = theme.px(size)
        self.setFixedSize(self._side, self._side)
        self._draw()

    def _draw(self) -> None:
        self.setPixmap(pixmap(self._name, theme.tokens().quiet, self._side, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if _recolours(event):
            self._draw()


def _draw_icon(button: QAbstractButton, name: str) -> None:
    if not name:
        return
    tokens = theme.tokens()
    colors = {"primary": tokens.on_accent, "link": tokens.focus}
    color = colors.get(str(button.property("role")), tokens.text)
    side = theme.px(SIZE)
    button.setIconSize(QSize(side, side))
    button.setIcon(icon(button, name, color, size=side))


class Button(QPushButton):
    """A button with a word, perhaps an icon, and a role: "" ordinary, "primary" (one a view), "link"."""

    def __init__(self, text: str, icon_name: str = "", role: str = "", tip: str = "") -> None:
        super().__init__(text)
        self._icon_name = icon_name
        self.setProperty("role", role)
        self.setToolTip(tip)
        self.setAutoDefault(False)
        _draw_icon(self, icon_name)

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon_name = name
        _draw_icon(self, name)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if _recolours(event):
            _draw_icon(self, self._icon_name)


class IconButton(QToolButton):
    """A button that shows an icon alone; `words` are its tooltip and accessible name."""

    def __init__(self, icon_name: str, words: str, shortcut: str = "") -> None:
        super().__init__()
        self._icon_name = icon_name
        self.setAccessibleName(words)
        self.setToolTip(f"{words}（{shortcut}）" if shortcut else words)
        if shortcut:
            self.setShortcut(shortcut)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        _draw_icon(self, icon_name)

    def set_icon(self, name: str, words: str = "") -> None:
        """Show another icon and, when given, say what it now does."""
        self._icon_name = name
        if words:
            self.setAccessibleName(words)
            self.setToolTip(words)
        _draw_icon(self, name)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if _recolours(event):
            _draw_icon(self, self._icon_name)
