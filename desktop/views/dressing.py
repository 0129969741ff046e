"""Qt's application: as much as the first frame needs, then our fonts, look, icon and language."""

import sys
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from desktop.paths import resource_folder
from desktop.views.shell import TITLE
from desktop.views.stylesheet import STYLED

if TYPE_CHECKING:
    from desktop.settings import Settings

FIRST_FONTS: Final = ("DeskSans.ttf", "DeskSans-Medium.ttf")
LATER_FONTS: Final = ("DeskRare.ttf",)


def make_application(settings: "Settings") -> QApplication:
    """Make Qt's application with our fonts, look and icon; the same one again when there is one already."""
    application = start_application()
    dress(application, settings)
    return application


def start_application() -> QApplication:
    """Make Qt's application as far as the first frame needs it."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        application = existing
    else:
        application = QApplication([*sys.argv[:1], "-style", "fusion"])
        application.setProperty(STYLED, True)
    application.setApplicationName("workroom-desk")
    application.setApplicationDisplayName(TITLE)
    return application


def dress(application: QApplication, settings: "Settings") -> None:
    """Give the application our fonts, look and icon."""
    from PySide6.QtGui import QIcon

    from desktop.views import theme

    load_fonts(FIRST_FONTS)
    theme.apply(application, dark=settings.theme == "dark", large=settings.large_print)
    application.setWindowIcon(QIcon(str(resource_folder() / "icons" / "workroom-desk.svg")))


def load_fonts(names: Sequence[str]) -> None:
    """Add bundled fonts to Qt, each once."""
    for name in names:
        _load_font(name)


@cache
def _load_font(name: str) -> int:
    return QFontDatabase.addApplicationFont(str(resource_folder() / "fonts" / name))


def speak_chinese() -> None:
    """Let Qt's own dialogs speak Chinese, by the translation that comes with it."""
    # QLocale brings enumerations of all the world's languages with it: not before the first paint.
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    application = QApplication.instance()
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(application)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        QApplication.installTranslator(translator)
