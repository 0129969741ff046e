"""What a printer cannot print of a paper: ink in its margins, and sheets it does not have."""

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop.views.document.raster import MM_PER_INCH, Raster

DOTS = 60.0
"""Per inch; what is looked for is ink, at 0.4 mm."""
INK = 224
"""Grey below which a dot counts as ink."""
SLACK = 0.5
"""mm by which a margin may miss."""
SHEET_SLACK = 2.0
"""mm by which a sheet may miss."""
SIDES = ("左边", "上边", "右边", "下边")


def cautions(pdf: bytes, printer: QPrinter) -> list[str]:
    """Return in words what a printer would cut off, or that it has no such sheet; empty if all is well."""
    margins = margins_of(printer)
    found: list[str] = []
    with Raster(pdf) as paper:
        for index in range(paper.page_count()):
            size = paper.page_size_mm(index)
            lost = cut_off(ink_of(paper, index), size, margins)
            if lost:
                found.append(f"第{index + 1}页{lost}")
        sheet = missing_sheet(sheets_of(printer), paper.page_size_mm(0))
    return [*([sheet] if sheet else []), *found]


def margins_of(printer: QPrinter) -> QMarginsF:
    """Return the margins in mm that the printer cannot print on: left, top, right, bottom."""
    layout = QPageLayout(printer.pageLayout())
    layout.setUnits(QPageLayout.Unit.Millimeter)
    return layout.minimumMargins()


def ink_of(paper: Raster, index: int) -> QRectF | None:
    """Return the box of a page's ink in mm, None for a bare page."""
    image = paper.draw(index, DOTS).convertToFormat(QImage.Format.Format_Grayscale8)
    width, height, step = image.width(), image.height(), image.bytesPerLine()
    data = bytes(image.constBits())
    rows = [data[row * step : row * step + width] for row in range(height)]
    inked = [row for row in range(height) if min(rows[row]) < INK]
    if not inked:
        return None
    columns = [column for column in range(width) if min(data[column : height * step : step]) < INK]
    scale = MM_PER_INCH / DOTS
    left, top = columns[0] * scale, inked[0] * scale
    return QRectF(left, top, (columns[-1] + 1) * scale - left, (inked[-1] + 1) * scale - top)


def cut_off(ink: QRectF | None, size: QSizeF, margins: QMarginsF) -> str:
    """Return in words which sides of a page lose ink; sizes in mm."""
    if ink is None:
        return ""
    room = (ink.left(), ink.top(), size.width() - ink.right(), size.height() - ink.bottom())
    edges = (margins.left(), margins.top(), margins.right(), margins.bottom())
    lost = [
        f"{side}有{edge:.1f}毫米打印不到，内容离纸边只有{space:.1f}毫米"
        for side, space, edge in zip(SIDES, room, edges, strict=True)
        if space < edge - SLACK
    ]
    return "；".join(lost)


def sheets_of(printer: QPrinter) -> list[QSizeF]:
    """Return the sheets in mm that a printer takes; nothing where it takes any, or prints to a file."""
    if printer.outputFormat() != QPrinter.OutputFormat.NativeFormat:
        return []
    info = QPrinterInfo(printer)
    sizes = [] if info.supportsCustomPageSizes() else info.supportedPageSizes()
    return [size.size(QPageSize.Unit.Millimeter) for size in sizes]


def missing_sheet(sheets: Sequence[QSizeF], size: QSizeF) -> str:
    """Return in words that none of a printer's sheets is the paper's; sizes in mm, either way up."""
    wanted = sorted((size.width(), size.height()))
    for sheet in sheets:
        held = sorted((sheet.width(), sheet.height()))
        if all(abs(one - other) <= SHEET_SLACK for one, other in zip(wanted, held, strict=True)):
            return ""
    return f"打印机没有{size.width():.0f}×{size.height():.0f}毫米的纸" if sheets else ""
