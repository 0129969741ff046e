"""Printing: one-page notices as separate archival files, against the plain way of the PDF library we use."""

import io
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.measure import Ratio, alternating, median, milliseconds, table
from desktop.documents.embedding import FontStore
from desktop.documents.kind import Setting
from desktop.documents.kinds import find_kind
from desktop.paths import resource_folder

COUNT, ROUNDS = 40, 5
LINE = "为规范创新工作室的申报命名和管理使用工作现将有关事项通知如下请"


def _notice(number: int) -> dict[str, Any]:
    """Return the data of a notice that fills most of a page, each with a serial number of its own."""
    return {
        "issuer": "示例县总工会",
        "number": {"code": "示工发", "year": 2026, "serial": number},
        "title": "关于做好创新工作室申报工作的通知",
        "to": ["各基层工会"],
        "body": [LINE * 3, f"一、本通知为第{number}号。{LINE * 2}", f"二、{LINE * 3}"],
        "date": "2026-09-01",
    }


def _plain(number: int) -> bytes:
    """Draw a page of 22 lines of 28 characters with drawString and the same typeface."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Plain", 16)
    for line in range(22):
        canvas.drawString(28 * mm, A4[1] - (37 + (line + 1) * 10) * mm, f"{number:04d}{LINE}"[:28])
    canvas.save()
    return out.getvalue()


def measure() -> list[Ratio]:
    """Make a batch in which files share their font subsets, single files with their own, and the plain ones."""
    registerFont(TTFont("Plain", str(resource_folder() / "fonts" / "FandolFang-Regular.ttf")))
    kind = find_kind("notice")

    def batch() -> list[bytes]:
        store = FontStore()
        return [kind.pdf(_notice(number), Setting(store=store)) for number in range(1, COUNT + 1)]

    def singles() -> list[bytes]:
        return [kind.pdf(_notice(number), Setting()) for number in range(1, COUNT + 1)]

    def plain() -> list[bytes]:
        return [_plain(number) for number in range(1, COUNT + 1)]

    for run in (batch, singles, plain):
        run()
    shared, own, base = (
        median(taken) / COUNT
        for taken in alternating(
            ROUNDS, lambda: milliseconds(batch), lambda: milliseconds(singles), lambda: milliseconds(plain)
        )
    )
    sizes = [sum(map(len, files)) / COUNT / 1000 for files in (batch(), singles())]
    against = "reportlab drawString, no standard kept"
    return [
        Ratio("a notice (GB/T 9704, PDF/A-2b) in a batch", shared, base, "ms", 1, against),
        Ratio("a notice by itself", own, base, "ms", 1.5, against),
        Ratio("size of a file in a batch", sizes[0], sizes[1], "kB", 2.2, "the same with its own subset"),
    ]


if __name__ == "__main__":
    print(table(measure()))
