"""The grey desk on which a paper lies as it will print, with zoom and paging."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from desktop.views.document.raster import POINTS_PER_INCH, Raster

GAP = 16
SCREEN_DOTS = 96.0
ZOOM_STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
KEPT_PAGES = 8
SHADOW = ((1, 40), (2, 24), (3, 12), (5, 6))


class PageDesk(QAbstractScrollArea):
    """Shows the pages of one PDF under one another; only what is in sight is drawn."""

    page_changed = Signal(int, int)
    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._raster: Raster | None = None
        self._sizes: list[tuple[float, float]] = []
        self._images: dict[tuple[int, int], QImage] = {}
        self._words = ""
        self._zoom: float | None = None
        self._said_page = (-1, -1)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("纸面预览")
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        # A bar that came and went would change the width that the zoom follows, and the page would tremble.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def _connect_signals(self) -> None:
        self.verticalScrollBar().valueChanged.connect(self._announce_page)
        application = QApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.clear)

    def set_pdf(self, pdf: bytes) -> None:
        """Lay this paper on the desk; the place one was reading and the zoom stay."""
        self.clear()
        self._raster = Raster(pdf)
        self._sizes = [
            (size.width(), size.height()) for size in map(self._raster.page_size, range(self._raster.page_count()))
        ]
        self._arrange()

    def clear(self, words: str = "") -> None:
        """Take the paper away; `words` stand on the bare desk."""
        if self._raster is not None:
            self._raster.close()
        self._raster, self._sizes, self._words = None, [], words
        self._images.clear()
        self._arrange()

    def page_count(self) -> int:
        """Return how many pages lie on the desk."""
        return len(self._sizes)

    def current_page(self) -> int:
        """Return the page (from 0) that fills the middle of the view."""
        middle = self.viewport().height() // 2
        for index in range(len(self._sizes)):
            if self._page_rect(index).bottom() + GAP // 2 >= middle:
                return index
        return max(len(self._sizes) - 1, 0)

    def go_to_page(self, index: int) -> None:
        """Scroll so that page `index` (from 0) begins at the top."""
        if self._sizes:
            index = max(0, min(index, len(self._sizes) - 1))
            self.verticalScrollBar().setValue(self._tops()[index] - GAP)

    def zoom(self) -> float:
        """Return the factor in force; 1.0 shows a page at its paper size on a screen of 96 dots per inch."""
        return self._zoom if self._zoom is not None else self._width_zoom()

    def set_zoom(self, factor: float | None) -> None:
        """Set the factor; None fits the page's width."""
        self._zoom = factor
        self._images.clear()
        self._arrange()

    def zoom_in(self) -> None:
        """Take the next larger step."""
        self.set_zoom(next((step for step in ZOOM_STEPS if step > self.zoom() + 0.005), ZOOM_STEPS[-1]))

    def zoom_out(self) -> None:
        """Take the next smaller step."""
        self.set_zoom(next((step for step in reversed(ZOOM_STEPS) if step < self.zoom() - 0.005), ZOOM_STEPS[0]))

    def fit_width(self) -> None:
        """Let the page fill the desk's width."""
        self.set_zoom(None)

    def fit_page(self) -> None:
        """Let one whole page be seen."""
        if self._sizes:
            room = self.viewport().height() - 2 * GAP
            self.set_zoom(max(room / self._sizes[0][1] * POINTS_PER_INCH / SCREEN_DOTS, ZOOM_STEPS[0]))

    def sizeHint(self) -> QSize:
        """Ask for a comfortable desk."""
        return QSize(560, 600)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again when the width is what the zoom follows."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page with Page Up and Page Down, zoom with Ctrl and + − 0."""
        turn = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        if turn is not None:
            self.go_to_page(self.current_page() + turn)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to_page(0 if event.key() == Qt.Key.Key_Home else len(self._sizes))
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.text() != "":
            self._zoom_key(event)
        else:
            super().keyPressEvent(event)

    def _zoom_key(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom_out()
        elif event.key() == Qt.Key.Key_0:
            self.fit_width()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom while Ctrl is held, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y() > 0:
                self.zoom_in()
            else:
                self.zoom_out()
            event.accept()
        else:
            super().wheelEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in sight, each with its soft shadow."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().window())
        if not self._sizes and self._words:
            painter.setPen(self.palette().placeholderText().color())
            painter.drawText(self.viewport().rect(), int(Qt.AlignmentFlag.AlignCenter), self._words)
        for index in range(len(self._sizes)):
            rect = self._page_rect(index)
            if rect.adjusted(0, 0, GAP, GAP).intersects(event.rect()):
                self._paint_page(painter, rect, index)
        painter.end()

    def _paint_page(self, painter: QPainter, rect: QRect, index: int) -> None:
        for spread, alpha in SHADOW:
            painter.fillRect(rect.adjusted(-spread + 1, -spread + 2, spread, spread + 1), QColor(0, 0, 0, alpha // 3))
        painter.fillRect(rect, QColor("white"))
        painter.drawImage(rect, self._image(index, rect.width()))

    def _image(self, index: int, width: int) -> QImage:
        key = (index, round(width * self.devicePixelRatioF()))
        if key not in self._images:
            assert self._raster is not None
            while len(self._images) >= KEPT_PAGES:
                del self._images[next(iter(self._images))]
            self._images[key] = self._raster.draw(index, key[1] / self._sizes[index][0] * POINTS_PER_INCH)
        return self._images[key]

    def _width_zoom(self) -> float:
        if not self._sizes:
            return 1.0
        widest = max(width for width, _ in self._sizes) * SCREEN_DOTS / POINTS_PER_INCH
        return max((self.viewport().width() - 2 * GAP) / widest, ZOOM_STEPS[0])

    def _pixels(self, points: float) -> int:
        return round(points * SCREEN_DOTS / POINTS_PER_INCH * self.zoom())

    def _tops(self) -> list[int]:
        tops, top = [], GAP
        for _, height in self._sizes:
            tops.append(top)
            top += self._pixels(height) + GAP
        return tops

    def _page_rect(self, index: int) -> QRect:
        width, height = (self._pixels(side) for side in self._sizes[index])
        left = max((self.viewport().width() - width) // 2, GAP) - self.horizontalScrollBar().value()
        return QRect(QPoint(left, self._tops()[index] - self.verticalScrollBar().value()), QSize(width, height))

    def _arrange(self) -> None:
        if not self._sizes:
            self.verticalScrollBar().setRange(0, 0)
            self._announce_page()
            self.viewport().update()
            return
        view = self.viewport().size()
        depth = self._tops()[-1] + self._pixels(self._sizes[-1][1]) + GAP
        across = max(self._pixels(width) for width, _ in self._sizes) + 2 * GAP
        self.verticalScrollBar().setRange(0, max(depth - view.height(), 0))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(48)
        self.horizontalScrollBar().setRange(0, max(across - view.width(), 0) if self._zoom is not None else 0)
        self.horizontalScrollBar().setPageStep(view.width())
        self.zoom_changed.emit(self.zoom())
        self._announce_page()
        self.viewport().update()

    def _announce_page(self) -> None:
        said = (self.current_page(), len(self._sizes))
        if said != self._said_page:
            self._said_page = said
            self.page_changed.emit(*said)
