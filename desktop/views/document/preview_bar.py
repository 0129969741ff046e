"""The bar over the desk: which page, how large."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.views import theme
from desktop.views.document.page_desk import PageDesk
from desktop.views.icons import Button, IconButton


class PreviewBar(QWidget):
    """Buttons that page and zoom a desk."""

    def __init__(self, desk: PageDesk) -> None:
        super().__init__()
        self._desk = desk
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.previous = IconButton("chevron-up", "上一页")
        self.next = IconButton("chevron-down", "下一页")
        self._page = theme.label("", "quiet")
        self.smaller = IconButton("zoom-out", "缩小（Ctrl+−）")
        self._zoom = theme.label("100%", "quiet")
        self.larger = IconButton("zoom-in", "放大（Ctrl++）")
        self.width_button = Button("适合宽度", role="link", tip="Ctrl+0")
        self.page_button = Button("整页", role="link")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        paging: list[QWidget] = [self.previous, self.next, self._page]
        zooming: list[QWidget] = [self.smaller, self._zoom, self.larger, self.width_button, self.page_button]
        for widget in paging:
            row.addWidget(widget)
        row.addStretch(1)
        for widget in zooming:
            row.addWidget(widget)

    def _connect_signals(self) -> None:
        self.previous.clicked.connect(lambda: self._desk.go_to_page(self._desk.current_page() - 1))
        self.next.clicked.connect(lambda: self._desk.go_to_page(self._desk.current_page() + 1))
        self.smaller.clicked.connect(self._desk.zoom_out)
        self.larger.clicked.connect(self._desk.zoom_in)
        self.width_button.clicked.connect(self._desk.fit_width)
        self.page_button.clicked.connect(self._desk.fit_page)
        self._desk.page_changed.connect(self._show_page)
        self._desk.zoom_changed.connect(lambda zoom: self._zoom.setText(f"{round(zoom * 100)}%"))

    def _show_page(self, page: int, count: int) -> None:
        self._page.setText(f"第 {page + 1} 页，共 {count} 页" if count else "")
        self.previous.setEnabled(page > 0)
        self.next.setEnabled(page + 1 < count)
