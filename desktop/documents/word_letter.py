"""The 信函 format in .docx: mark over a red double rule, number at the right under it, a rule at the first foot."""

from dataclasses import replace
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from desktop.documents.letterhead import (
    LARGEST_MARK,
    LETTER_FOOT,
    LETTER_RULES,
    MARK_TOP,
    SMALLEST_MARK,
    mark_text,
    set_mark,
)
from desktop.documents.official import Form, OfficialPaper
from desktop.documents.styles import LEFT, MM, PAGE_HEIGHT, PAGE_WIDTH, RIGHT, WIDTH, Role
from desktop.documents.titles import width_of
from desktop.documents.word_writer import CENTRE, FOOTER, RED, WordWriter, add_run, draw_rule, lay_out

ROOM = 430.0
"""pt that a mark on one line may fill."""
RULE_COLOUR = "DB0000"
EIGHTHS = 18
"""Eighths of a point: weight of a double rule's thick line."""
INK_DROP = 0.105
"""How far a mark's ink begins under the top of its line, as a part of its size."""
ABOVE_RULE = 2
"""pt between the mark's line and its rule, whose upper edge is then 4 mm under the mark's ink."""
UNDER_RULE = 4.2
"""pt added above the number: with half of its leading, 7/8 of a character under the rule."""


def write_mark(writer: WordWriter, paper: OfficialPaper) -> tuple[Any, float]:
    """Write the 发文机关标志 and return its paragraph and size in pt; a very long one has the printed paper's lines."""
    lines, size, scale = _mark_lines(writer, paper)
    mark = writer.document.add_paragraph()
    for index, line in enumerate(lines):
        if index:
            mark.runs[-1].add_break()
        add_run(mark, line, Role.TITLE, size, RED)
        _narrow(mark.runs[-1], scale)
    lay_out(mark, size, align=CENTRE, pitch=size * 1.2)
    return mark, size


def _mark_lines(writer: WordWriter, paper: OfficialPaper) -> tuple[list[str], float, float]:
    text = mark_text(paper)
    size = min(LARGEST_MARK, ROOM / width_of(text))
    if size >= SMALLEST_MARK:
        return [text], size, 1.0
    printed = set_mark(writer.setting.setter(), replace(paper, mark=text, mongolian_mark="")).lines
    return [mark.line.text for mark in printed], printed[0].style.size, printed[0].squeeze


def _narrow(run: Any, scale: float) -> None:
    if scale < 1:
        width = OxmlElement("w:w")
        width.set(qn("w:val"), str(round(100 * scale)))
        run._element.get_or_add_rPr().append(width)


def flags(paper: OfficialPaper) -> list[tuple[str, Role]]:
    """Return 份号, 密级 and 紧急程度 in their order, each with its face; those that are absent are left out."""
    found = [(paper.serial_copy, Role.FANGSONG), (paper.secrecy, Role.HEI), (paper.urgency, Role.HEI)]
    return [flag for flag in found if flag[0]]


def letter_head(writer: WordWriter, paper: OfficialPaper) -> None:
    """Write mark, double rule, and the number beside the first of 份号, 密级 and 紧急程度 (clause 10.1)."""
    mark, size = write_mark(writer, paper)
    draw_rule(mark, "bottom", RULE_COLOUR, EIGHTHS, ABOVE_RULE, "thickThinSmallGap")
    _frame(mark, MARK_TOP[Form.LETTER] - INK_DROP * size / MM)
    for index, (flag, role) in enumerate(flags(paper) or [("", Role.FANGSONG)]):
        number = f"\t{paper.number}" if index == 0 else ""
        line = writer.spans([(flag, role), (number, Role.FANGSONG)], align=WD_ALIGN_PARAGRAPH.LEFT)
        if index == 0:
            line.paragraph_format.space_before = Pt(UNDER_RULE)
            line.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    writer.blank(2)
    _letter_foot(writer.document.sections[0])


def _letter_foot(section: Any) -> None:
    """Draw the lower double rule 20 mm from the first page's foot, which bears no number."""
    section.different_first_page_header_footer = True
    section.footer_distance = Mm(PAGE_HEIGHT - LETTER_FOOT)
    paragraph = section.first_page_footer.paragraphs[0]
    lay_out(paragraph, 10.5, pitch=4)
    side = (PAGE_WIDTH - LETTER_RULES) / 2
    layout = paragraph.paragraph_format
    layout.left_indent, layout.right_indent = Mm(side - LEFT), Mm(side - (PAGE_WIDTH - RIGHT))
    draw_rule(paragraph, "bottom", RULE_COLOUR, EIGHTHS, 0, "thinThickSmallGap")
    for footer in (section.footer, section.even_page_footer):
        # The page numbers keep their height above the lower foot.
        lay_out(footer.add_paragraph(), 10.5, pitch=(FOOTER - PAGE_HEIGHT + LETTER_FOOT) * MM)


def _frame(paragraph: Any, top: float) -> None:
    """Stand a paragraph as wide as a letter's rules in the middle of the page, `top` mm from its upper edge."""
    frame = OxmlElement("w:framePr")
    places = {
        "w": LETTER_RULES * MM * 20,
        "x": (PAGE_WIDTH - LETTER_RULES) / 2 * MM * 20,
        "y": top * MM * 20,
    }
    for name, value in places.items():
        frame.set(qn(f"w:{name}"), str(round(value)))
    for name, word in (("hAnchor", "page"), ("vAnchor", "page"), ("wrap", "notBeside")):
        frame.set(qn(f"w:{name}"), word)
    paragraph._element.get_or_add_pPr().append(frame)
