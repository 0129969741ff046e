"""Help: the manual, and the keys on one page."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QTabWidget, QTextBrowser, QVBoxLayout, QWidget

from desktop.paths import resource_folder
from desktop.views import theme
from desktop.views.icons import Button

KEYS: Final = (
    ("Ctrl+K", "搜索：工作室、单位、领衔人，或去某一页"),
    ("Alt+1 … Alt+8", "换页"),
    ("Alt+←", "返回跳转之前的那一页"),
    ("Ctrl+N", "新增（工作室、申报……）"),
    ("Ctrl+F", "在本页里查找"),
    ("Ctrl+A · Shift+↑↓", "在台账里选中多个，可成批修改、导出、删除；Esc 取消选择"),
    ("Ctrl+I · Ctrl+E", "在台账里导入名册 · 导出现在列出的"),
    ("F4", "在单位、人员栏里打开它的页面"),
    ("Enter", "下一栏、下一格；在列表中打开"),
    ("Esc", "放弃正在输入的内容"),
    ("Delete", "删除选中的内容，可以撤销"),
    ("Ctrl+Z · Ctrl+Y", "撤销 · 重做，每一页都可以"),
    ("Ctrl+C", "复制选中的行，可直接粘贴到表格软件"),
    ("F5", "重新读取"),
    ("F1", "帮助：使用手册和按键"),
)


LINE_PERCENT: Final = 130
HEADING: Final = {1: 1.5, 2: 1.2}
"""Size of headings of the first and the deeper levels, in sizes of the text."""


class HelpBox(QDialog):
    """The manual and the keys; nothing waits for it to be closed."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.setWindowTitle("帮助")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.manual = QTextBrowser()
        self.manual.setAccessibleName("使用手册")
        self.manual.setFrameShape(QFrame.Shape.NoFrame)
        self.manual.setMarkdown((resource_folder() / "manual.md").read_text(encoding="utf-8"))
        _set_apart(self.manual.document())
        self.close_button = Button("关闭")
        self.pages = QTabWidget()
        self.pages.addTab(self.manual, "使用手册")
        self.pages.addTab(_keys(), "按键一览")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(theme.px(820), theme.px(600))

    def _connect_signals(self) -> None:
        self.close_button.clicked.connect(self.close)

    def show_keys(self) -> None:
        """Turn to the keys."""
        self.pages.setCurrentIndex(1)


def _set_apart(document: QTextDocument) -> None:
    """Give lines, paragraphs and headings the room and the sizes of the program's own pages."""
    document.setDocumentMargin(theme.px(16))
    document.setIndentWidth(theme.px(24))
    block = document.begin()
    while block.isValid():
        cursor, shape, level = QTextCursor(block), block.blockFormat(), block.blockFormat().headingLevel()
        shape.setLineHeight(LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        shape.setTopMargin(theme.px(18 if level > 1 else 0))
        shape.setBottomMargin(theme.px(4))
        cursor.setBlockFormat(shape)
        if level:
            words = QTextCharFormat()
            words.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
            words.setFontPointSize(QFontInfo(document.defaultFont()).pointSizeF() * HEADING[min(level, 2)])
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.mergeCharFormat(words)
        block = block.next()


def _keys() -> QWidget:
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(16, 16, 16, 16)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    for row, (key, words) in enumerate(KEYS):
        grid.addWidget(theme.label(key, "strong"), row, 0)
        grid.addWidget(theme.label(words), row, 1)
    grid.setRowStretch(len(KEYS), 1)
    grid.setColumnStretch(1, 1)
    return page
