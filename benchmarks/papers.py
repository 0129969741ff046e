"""Printing: one-page notices as separate archival files, against the plain ways of two PDF libraries."""

import io
from itertools import count
from typing import Any

from fpdf import FPDF
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.measure import Ratio, alternating, median, milliseconds, table
from desktop.documents.kind import Setting
from desktop.documents.kinds import find_kind
from desktop.paths import resource_folder

COUNT, ROUNDS = 1000, 3
FEW, SINGLES = 10, 100
"""fpdf2 and single files are so slow that fewer of them tell their time as well."""
FONT = str(resource_folder() / "fonts" / "FandolFang-Regular.ttf")
LINE = "为规范创新工作室的申报命名和管理使用工作现将有关事项通知如下请"


def _notice(number: int) -> dict[str, Any]:
    """Return the data of a notice of one page whose number, addressee and one paragraph are its own."""
    return {
        "issuer": "示例县总工会",
        "number": {"code": "示工发", "year": 2026, "serial": number},
        "title": "关于拨付创新工作室补助资金的通知",
        "to": [f"第{number}基层工会"],
        "body": [
            f"现将第{number}创新工作室补助资金{number * 7}.00元拨付至你会账户，请查收，并做好以下工作。",
            f"一、{LINE[:22]}。",
            "特此通知。",
        ],
        "date": "2026-09-01",
    }


def _lines(number: int) -> list[str]:
    """Return a page of 22 lines of 28 characters, each page with its own number."""
    return [f"{number:04d}{LINE}"[:28] for _ in range(22)]


def _drawn(number: int) -> bytes:
    """Draw a page with reportlab's drawString."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Plain", 16)
    for line, text in enumerate(_lines(number)):
        canvas.drawString(28 * mm, A4[1] - (37 + (line + 1) * 10) * mm, text)
    canvas.save()
    return out.getvalue()


def _fpdf(number: int) -> bytes:
    """Write a page with fpdf2."""
    page = FPDF(format="A4")
    page.add_font("plain", fname=FONT)
    page.add_page()
    page.set_font("plain", size=16)
    for line, text in enumerate(_lines(number)):
        page.text(28, 37 + (line + 1) * 10, text)
    return bytes(page.output())


def measure() -> list[Ratio]:
    """Make a batch in which files share their font subsets, single files with their own, and the plain ones."""
    registerFont(TTFont("Plain", FONT))
    kind = find_kind("notice")
    # Every round sets notices that were never set before, so that nothing is remembered from the last.
    numbers = count(1)

    def batch() -> list[bytes]:
        return list(kind.pdfs([_notice(next(numbers)) for _ in range(COUNT)], Setting()))

    def singles() -> list[bytes]:
        return [kind.pdf(_notice(next(numbers)), Setting()) for _ in range(SINGLES)]

    def drawn() -> list[bytes]:
        return [_drawn(number) for number in range(1, COUNT + 1)]

    def fpdf() -> list[bytes]:
        return [_fpdf(number) for number in range(1, FEW + 1)]

    ways = ((batch, COUNT), (singles, SINGLES), (drawn, COUNT), (fpdf, FEW))
    for way, _ in ways:
        way()
    taken = alternating(ROUNDS, *(lambda way=way: milliseconds(way) for way, _ in ways))
    shared, own, plain, other = (median(times) / number for times, (_, number) in zip(taken, ways, strict=True))
    sizes = [sum(map(len, files)) / len(files) / 1000 for files in (batch(), singles())]
    return [
        Ratio("a notice (GB/T 9704, PDF/A-2b) in a batch of 1,000", shared, plain, "ms", 0.2, "reportlab drawString"),
        Ratio("the same", shared, other, "ms", 0.025, "fpdf2 text()"),
        Ratio("a notice by itself", own, plain, "ms", 1.5, "reportlab drawString"),
        Ratio("size of a file in a batch", sizes[0], sizes[1], "kB", 2.2, "the same with its own subset"),
    ]


if __name__ == "__main__":
    print(table(measure()))
