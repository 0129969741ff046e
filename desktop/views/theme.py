"""The look: colour tokens for light and dark, type sizes, and how they are laid over Qt's Fusion style."""

from dataclasses import dataclass, fields
from string import Template
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.paths import resource_folder
from desktop.views.stylesheet import STYLED, STYLESHEET

BASE_PX: Final = 14
"""Size of ordinary text in px at scale 1; 13 in dense tables, 18 and 22 for heads."""
LARGE_PRINT: Final = 1.25


@dataclass(frozen=True)
class Tokens:
    """One set of colours; every text colour meets 4.5:1 on `window`, `surface` and its own tint."""

    window: str
    surface: str
    line: str
    edge: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    passed: str
    warn: str
    fail: str
    missing: str
    focus: str
    hover: str
    selected: str
    passed_tint: str
    warn_tint: str
    fail_tint: str
    missing_tint: str


LIGHT: Final = Tokens(
    window="#F5F6F8",
    surface="#FFFFFF",
    line="#E2E6EB",
    edge="#C3CAD3",
    text="#1B2430",
    quiet="#55606E",
    accent="#B8141F",
    on_accent="#FFFFFF",
    passed="#17713F",
    warn="#855300",
    fail="#B42318",
    missing="#55606E",
    focus="#1D5FD1",
    hover="#EEF1F5",
    selected="#E4EDFB",
    passed_tint="#EAF5EF",
    warn_tint="#FBF4E4",
    fail_tint="#FDEFED",
    missing_tint="#F0F2F5",
)
DARK: Final = Tokens(
    window="#16181B",
    surface="#1F2226",
    line="#343A41",
    edge="#4B535C",
    text="#E8EBEE",
    quiet="#A3ADB8",
    accent="#E76D73",
    on_accent="#16181B",
    passed="#5CC98C",
    warn="#E3B35A",
    fail="#F0857C",
    missing="#A3ADB8",
    focus="#7FB0FF",
    hover="#282C31",
    selected="#26364F",
    passed_tint="#1C2E25",
    warn_tint="#31291A",
    fail_tint="#372220",
    missing_tint="#282C31",
)
STATUS_TOKENS: Final = {"pass": "passed", "fail": "fail", "warn": "warn", "unknown": "missing", "n/a": "missing"}


def tokens() -> Tokens:
    """Return the tokens in force, read from the application's palette, so that there is no state to keep in step."""
    # A widget's own palette would not do: the stylesheet's transparent backgrounds stand in it as black.
    return DARK if QApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def status_color(status: str) -> QColor:
    """Return the text colour of a finding's status (pass, fail, warn, unknown, n/a)."""
    return QColor(getattr(tokens(), STATUS_TOKENS[status]))


def px(size: float) -> int:
    """Return a length in px at the scale of the print size chosen, for row heights and painted things."""
    font = QApplication.font()
    return round(size * font.pixelSize() / BASE_PX) if font.pixelSize() > 0 else round(size)


def application_font(large: bool = False) -> QFont:
    """Return the bundled sans, with the fallback that holds rare names."""
    font = QFont()
    font.setFamilies(["Desk Sans", "Desk Rare"])
    font.setPixelSize(round(BASE_PX * (LARGE_PRINT if large else 1)))
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def apply(app: QApplication, *, dark: bool = False, large: bool = False) -> None:
    """Lay style, palette, font and stylesheet over the application; may be called again to change them."""
    # Asking the application for its style would bring hundreds of enumerators before the first paint.
    if not app.property(STYLED):
        app.setStyle("fusion")
        app.setProperty(STYLED, True)
    chosen = DARK if dark else LIGHT
    app.setFont(application_font(large))
    app.setPalette(palette(chosen))
    app.setStyleSheet(stylesheet(chosen, dark=dark, large=large))


def palette(chosen: Tokens) -> QPalette:
    """Return Qt's palette for one set of tokens."""
    roles = QPalette.ColorRole
    pairs = {
        roles.Window: chosen.window,
        roles.WindowText: chosen.text,
        roles.Base: chosen.surface,
        roles.AlternateBase: chosen.window,
        roles.Text: chosen.text,
        roles.Button: chosen.surface,
        roles.ButtonText: chosen.text,
        roles.Highlight: chosen.selected,
        roles.HighlightedText: chosen.text,
        roles.PlaceholderText: chosen.quiet,
        roles.ToolTipBase: chosen.surface,
        roles.ToolTipText: chosen.text,
        roles.Link: chosen.focus,
        roles.Mid: chosen.line,
        roles.Accent: chosen.focus,
    }
    result = QPalette()
    for role, color in pairs.items():
        result.setColor(role, QColor(color))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(chosen.quiet))
    return result


def stylesheet(chosen: Tokens, *, dark: bool, large: bool) -> str:
    """Return the application's stylesheet with colours, sizes and control glyphs filled in."""
    scale = LARGE_PRINT if large else 1
    values = {item.name: getattr(chosen, item.name) for item in fields(chosen)}
    values |= {f"p{size}": f"{round(size * scale)}px" for size in (12, 13, 14, 16, 18, 22, 28, 30, 32, 36)}
    values["icons"] = (resource_folder() / "icons").as_posix()
    values["tick"] = "control-tick-dark" if dark else "control-tick-light"
    return Template(STYLESHEET).substitute(values)


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label in one of the roles title (22), heading (18), strong, quiet, small, figure."""
    result = QLabel(text)
    result.setProperty("role", role)
    result.setWordWrap(wrap)
    result.setTextFormat(Qt.TextFormat.PlainText)
    return result


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget a role of the stylesheet and polish it anew (primary, quiet, link, card, pass, warn, fail …)."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
