"""Writing .docx: paragraphs, runs, rules, frames and page numbers with the measured margins and pitch."""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from desktop.documents.kind import Setting
from desktop.documents.styles import BOTTOM, LEFT, MM, PAGE_HEIGHT, PAGE_WIDTH, TOP, WIDTH, Role
from desktop.documents.styles import RIGHT as RIGHT_EDGE
from desktop.documents.word_turned import turned_number

TOP_MARGIN, BOTTOM_MARGIN = 34.58, 32.58
"""mm; they give up half the leading, so that ink begins 37 mm down (GB/T 33476.2 as measured)."""
LEFT_MARGIN, RIGHT_MARGIN = 28, 26
ASIDE = 2 * (LEFT + WIDTH / 2) - PAGE_WIDTH
"""mm; twice the distance of the 版心's middle from the page's."""
FOOTER = 25.2
"""mm from the page's lower edge to the foot of the page number's line."""
PITCH = 29.45
"""pt."""
SPACING = "-5"
"""Character spacing in twentieths of a point: without it a line holds 27 characters."""
FACES = {
    Role.FANGSONG: "仿宋_GB2312",
    Role.HEI: "黑体",
    Role.KAI: "楷体_GB2312",
    Role.SONG: "宋体",
    Role.TITLE: "方正小标宋简体",
}
RED = RGBColor(0xDB, 0, 0)
OUTER, WITHIN = 8, 6
"""Weights of the 版记's rules in eighths of a point: 0.35 and 0.25 mm."""
MARK_DROP = 12.0
"""pt above the mark and taken from the blank lines below it: its ink then begins 35 mm under the 版心's edge."""
PROPERTY_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "pBdr", "tabs",
    "autoSpaceDE", "autoSpaceDN", "spacing", "ind", "jc", "rStyle", "rFonts", "b",
    "i", "color", "w", "kern", "sz", "szCs", "lang",
)  # fmt: skip
"""The order in which the format wants the properties of a paragraph and of a run."""
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


class WordWriter:
    """A document with the standard's page, grid and page numbers."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.document: Any = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(TOP_MARGIN), Mm(BOTTOM_MARGIN)
        section.left_margin, section.right_margin = Mm(LEFT_MARGIN), Mm(RIGHT_MARGIN)
        section.footer_distance = Mm(FOOTER)
        self.document.settings.odd_and_even_pages_header_footer = True
        _feet(section)

    @property
    def turned(self) -> bool:
        """Whether the page that is written on is a landscape one."""
        return bool(self.document.sections[-1].orientation == WD_ORIENT.LANDSCAPE)

    def new_section(self, top: float = TOP_MARGIN, bottom: float = BOTTOM_MARGIN) -> None:
        """Go on on a new upright page whose margins are `top` and `bottom` mm."""
        was_turned = self.turned
        section = self._section(WD_ORIENT.PORTRAIT, PAGE_WIDTH, PAGE_HEIGHT)
        section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
        section.left_margin, section.right_margin = Mm(LEFT_MARGIN), Mm(RIGHT_MARGIN)
        if was_turned:
            section.footer_distance = Mm(FOOTER)
            _feet(section)

    def new_turned_section(self) -> None:
        """Go on on a new landscape page, whose 版心 is 225 mm wide and 156 mm high (clause 8)."""
        section = self._section(WD_ORIENT.LANDSCAPE, PAGE_HEIGHT, PAGE_WIDTH)
        section.top_margin, section.bottom_margin = Mm(LEFT), Mm(PAGE_WIDTH - RIGHT_EDGE)
        section.left_margin, section.right_margin = Mm(PAGE_HEIGHT - BOTTOM), Mm(TOP)
        _turned_feet(section)

    def _section(self, orientation: Any, width: float, height: float) -> Any:
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation, section.page_width, section.page_height = orientation, Mm(width), Mm(height)
        section.different_first_page_header_footer = False
        return section

    def spans(self, spans: Sequence[tuple[str, Role]], size: float = 16, **layout: Any) -> Any:
        """Add a paragraph of runs in several faces."""
        paragraph = self.document.add_paragraph()
        for text, role in spans:
            add_run(paragraph, text, role, size)
        lay_out(paragraph, size, **layout)
        return paragraph

    def line(self, text: str, role: Role = Role.FANGSONG, size: float = 16, **layout: Any) -> Any:
        """Add a paragraph in one face."""
        return self.spans([(text, role)], size, **layout)

    def blank(self, count: int = 1) -> None:
        """Add blank lines of the grid."""
        for _ in range(count):
            self.line("")

    def finish(self, title: str) -> bytes:
        """Return the file."""
        self.document.core_properties.title = title
        self.document.core_properties.language = "zh-CN"
        self.document.core_properties.author = ""
        for properties in self.document.element.body.iter(qn("w:pPr"), qn("w:rPr")):
            _sort(properties)
        target = io.BytesIO()
        self.document.save(target)
        return target.getvalue()


def _sort(properties: Any) -> None:
    """Bring properties into the order of the format; Word refuses a file that mixes them."""
    names = [qn(f"w:{name}") for name in PROPERTY_ORDER]
    names.insert(names.index(qn("w:color")) + 1, "run spacing")

    def place(element: Any) -> int:
        # Both paragraphs and runs have a w:spacing, at different places.
        of_run = element.tag == qn("w:spacing") and properties.tag == qn("w:rPr")
        name = "run spacing" if of_run else element.tag
        return names.index(name) if name in names else len(names)

    properties[:] = sorted(properties, key=place)


def add_run(paragraph: Any, text: str, role: Role, size: float, colour: RGBColor | None = None) -> None:
    """Add a run in a typeface class at a size in pt."""
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = FACES[role]
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    # Theme fonts and the ASCII face would otherwise turn quotes, dashes and digits into another typeface.
    for script in ("eastAsia", "ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), FACES[role])
    fonts.set(qn("w:hint"), "eastAsia")
    if size == 16:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), SPACING)
        run._element.rPr.append(spacing)
    if colour is not None:
        run.font.color.rgb = colour


def lay_out(
    paragraph: Any,
    size: float,
    indent: float = 0,
    align: Any = None,
    pitch: float = PITCH,
    right: float = 0,
    left: float = 0,
) -> None:
    """Give a paragraph its indents in characters, alignment and exact line distance in pt."""
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    layout.widow_control = False
    layout.first_line_indent, layout.left_indent = Pt(indent * (size - 0.21)), Pt(left * size)
    layout.right_indent = Pt(right * (size - 0.21))
    layout.alignment = align if align is not None else WD_ALIGN_PARAGRAPH.JUSTIFY
    # Blanks that Word adds between digits and characters would break the grid.
    for name in ("autoSpaceDE", "autoSpaceDN"):
        switch = OxmlElement(f"w:{name}")
        switch.set(qn("w:val"), "0")
        paragraph._element.get_or_add_pPr().append(switch)


def _feet(section: Any) -> None:
    """Give an upright section its page numbers: odd ones right, even ones left."""
    for footer, align in ((section.footer, RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
        footer.is_linked_to_previous = False
        _number(footer.paragraphs[0], align)


def _turned_feet(section: Any) -> None:
    """Give a landscape section its page numbers where upright pages have them."""
    for footer, even in ((section.footer, False), (section.even_page_footer, True)):
        footer.is_linked_to_previous = False
        paragraph = Paragraph(turned_number(footer, even), footer)
        _number(paragraph, WD_ALIGN_PARAGRAPH.LEFT if even else RIGHT)
        layout = paragraph.paragraph_format
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(14)


def _number(paragraph: Any, align: Any) -> None:
    """Put — 1 — into a footer."""
    add_run(paragraph, "— ", Role.SONG, 14)
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        run = paragraph.add_run()
        run.font.size, run.font.name = Pt(14), FACES[Role.SONG]
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._element.append(element)
    add_run(paragraph, " —", Role.SONG, 14)
    paragraph.alignment = align
    paragraph.paragraph_format.right_indent = paragraph.paragraph_format.left_indent = Pt(14)


def draw_rule(paragraph: Any, side: str, colour: str, eighths: int, space: int = 1, shape: str = "single") -> None:
    """Draw a rule above or below a paragraph, `eighths` of a point thick, `space` pt away, of the format's `shape`."""
    properties = paragraph._element.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.append(borders)
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", shape), ("sz", str(eighths)), ("space", str(space)), ("color", colour)):
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)


def put_at_foot(table: Any, height: float, ruled: bool) -> None:
    """Let a table `height` pt high float on the 版心's lower edge, 0.35 mm rules outside and 0.25 mm within.

    It is centred on the page, which every word processor takes for floating; a first column without rules, as wide as
    the 版心 stands right of the page's middle, sets the second one on the 版心.
    """
    properties = table._tbl.tblPr
    for name in ("tblpPr", "tblW", "tblBorders", "tblCellMar"):
        old = properties.find(qn(f"w:{name}"))
        if old is not None:
            properties.remove(old)
    widths = [round(width * MM * 20) for width in (ASIDE, WIDTH)]
    blanks = {"leftFromText": "0", "rightFromText": "0"}
    # A row's rules come on top of its lines.
    rules = (2 * OUTER + (len(table.rows) - 1) * WITHIN) / 8 if ruled else 0
    top = str(round((BOTTOM * MM - height - rules) * 20))
    anchors = {"vertAnchor": "page", "horzAnchor": "page", "tblpXSpec": "center", "tblpY": top}
    # The order of the format: style, place, width, …, layout, margins, look.
    start = 0 if properties.find(qn("w:tblStyle")) is None else 1
    properties.insert(start, _element("tblpPr", {**blanks, **anchors}))
    properties.insert(start + 1, _element("tblW", {"w": str(sum(widths)), "type": "dxa"}))
    pad_cells(table, 0)
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(width))
    for index, row in enumerate(table.rows):
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Emu(width * 635)
        if ruled:
            edges = {"top": index == 0, "bottom": index == len(table.rows) - 1}
            row.cells[-1]._tc.get_or_add_tcPr().append(_rules(edges))


def _rules(edges: dict[str, bool]) -> Any:
    """Return a cell's rules: 0.35 mm at the sides that are the table's edge, 0.25 mm at the others."""
    borders = OxmlElement("w:tcBorders")
    for side, outer in edges.items():
        eighths = OUTER if outer else WITHIN
        borders.append(_element(side, {"val": "single", "sz": str(eighths), "space": "0", "color": "000000"}))
    return borders


def pad_cells(table: Any, blank: float) -> None:
    """Leave `blank` mm between a cell's rules and its text, as on the printed page."""
    properties = table._tbl.tblPr
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(side, {"w": str(round(blank * MM * 20)), "type": "dxa"}))
    look = properties.find(qn("w:tblLook"))
    properties.insert(len(properties) if look is None else list(properties).index(look), margins)


def _element(name: str, attributes: dict[str, str]) -> Any:
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
