"""Official papers as .docx: the same content for offices that must edit, with margins and pitch that keep the grid."""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from desktop.documents.kind import Setting
from desktop.documents.letterhead import mark_text
from desktop.documents.numerals import date_text
from desktop.documents.official import Attachment, Form, OfficialPaper, TableData
from desktop.documents.paragraphs import paragraph_spans
from desktop.documents.styles import Role
from desktop.documents.titles import break_title, width_of

TOP_MARGIN, BOTTOM_MARGIN = 34.58, 32.58
"""mm; they give up half the leading, so that ink begins 37 mm down (GB/T 33476.2 as measured)."""
LEFT_MARGIN, RIGHT_MARGIN = 28, 26
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
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def write_word(paper: OfficialPaper, setting: Setting) -> bytes:
    """Return the paper as a .docx file; a seal is never put into a file that can be edited."""
    writer = _Writer()
    _head(writer, paper)
    for line in break_title(paper.title):
        writer.line(line, Role.TITLE, 22, align=CENTRE, pitch=35.8)
    writer.blank()
    if paper.to:
        writer.line("，".join(paper.to) + "：")
    for paragraph in paper.body:
        writer.spans([(span.text, span.style.role) for span in paragraph_spans(paragraph)], indent=2)
    _statement(writer, paper.attachments)
    _closing(writer, paper)
    for index, attachment in enumerate(paper.attachments):
        _attachment(writer, attachment, f"附件{index + 1}" if len(paper.attachments) > 1 else "附件")
    _imprint(writer, paper)
    return writer.finish(paper.title)


class _Writer:
    """A document with the standard's page, grid and page numbers."""

    def __init__(self) -> None:
        self.document: Any = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(TOP_MARGIN), Mm(BOTTOM_MARGIN)
        section.left_margin, section.right_margin = Mm(LEFT_MARGIN), Mm(RIGHT_MARGIN)
        section.footer_distance = Mm(23)
        self.document.settings.odd_and_even_pages_header_footer = True
        _number(section.footer.paragraphs[0], RIGHT)
        _number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)

    def spans(self, spans: Sequence[tuple[str, Role]], size: float = 16, **layout: Any) -> Any:
        """Add a paragraph of runs in several faces."""
        paragraph = self.document.add_paragraph()
        for text, role in spans:
            _run(paragraph, text, role, size)
        _lay_out(paragraph, size, **layout)
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
        target = io.BytesIO()
        self.document.save(target)
        return target.getvalue()


def _run(paragraph: Any, text: str, role: Role, size: float, colour: RGBColor | None = None) -> None:
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


def _lay_out(
    paragraph: Any,
    size: float,
    indent: float = 0,
    align: Any = None,
    pitch: float = PITCH,
    right: float = 0,
    left: float = 0,
) -> None:
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    layout.widow_control = False
    layout.first_line_indent, layout.left_indent = Pt(indent * (size - 0.21)), Pt(left * size)
    layout.right_indent = Pt(right * (size - 0.21))
    layout.alignment = align if align is not None else WD_ALIGN_PARAGRAPH.JUSTIFY


def _number(paragraph: Any, align: Any) -> None:
    """Put — 1 — into a footer."""
    _run(paragraph, "— ", Role.SONG, 14)
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        run = paragraph.add_run()
        run.font.size, run.font.name = Pt(14), FACES[Role.SONG]
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._element.append(element)
    _run(paragraph, " —", Role.SONG, 14)
    paragraph.alignment = align
    paragraph.paragraph_format.right_indent = paragraph.paragraph_format.left_indent = Pt(14)


def _head(writer: _Writer, paper: OfficialPaper) -> None:
    """Write 份号 to red rule; the mark's place is met by blank lines, as Word has no absolute grid."""
    if paper.form is Form.PLAIN:
        return
    flags = [(paper.serial_copy, Role.FANGSONG), (paper.secrecy, Role.HEI), (paper.urgency, Role.HEI)]
    rows = [flag for flag in flags if flag[0]]
    for text, role in rows:
        writer.line(text, role)
    if paper.form is not Form.LETTER:
        writer.blank(3 - len(rows))
    size = min(54.0, 430 / width_of(mark_text(paper)))
    mark = writer.document.add_paragraph()
    _run(mark, mark_text(paper), Role.TITLE, size, RED)
    _lay_out(mark, size, align=CENTRE, pitch=size * 1.2)
    writer.blank(1 if paper.form is Form.LETTER else 2)
    _numbers(writer, paper)
    writer.blank(2)


def _numbers(writer: _Writer, paper: OfficialPaper) -> None:
    if paper.form is Form.UPWARD and paper.signers:
        signers = "　".join(paper.signers)
        blanks = max(26 - width_of(paper.number) - width_of(signers) - 4, 1)
        spans = [(f"{paper.number}{'　' * round(blanks)}签发人：", Role.FANGSONG), (signers, Role.KAI)]
        paragraph = writer.spans(spans, indent=1, right=1)
    else:
        align = RIGHT if paper.form is Form.LETTER else CENTRE
        paragraph = writer.line(paper.number, align=align)
    _rule(paragraph, "bottom", "DB0000", 12)


def _rule(paragraph: Any, side: str, colour: str, eighths: int) -> None:
    """Draw a rule above or below a paragraph, `eighths` of a point thick."""
    borders = OxmlElement("w:pBdr")
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "4"), ("color", colour)):
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    paragraph._element.get_or_add_pPr().append(borders)


def _statement(writer: _Writer, attachments: Sequence[Attachment]) -> None:
    if attachments:
        writer.blank()
    for index, attachment in enumerate(attachments):
        number = f"{index + 1}." if len(attachments) > 1 else ""
        text = ("附件：" if index == 0 else "") + number + attachment.title
        writer.line(text, indent=2 if index == 0 else 5)


def _closing(writer: _Writer, paper: OfficialPaper) -> None:
    """Write 署名 and 成文日期; the organ is centred over a date four characters from the right, or unsealed."""
    day = date_text(paper.date)
    writer.blank(2 if paper.sealed else 1)
    for issuer in paper.issuers:
        right = 4 + (width_of(day) - width_of(issuer)) / 2 if paper.sealed else 2
        writer.line(issuer, align=RIGHT, right=max(right, 0))
    writer.line(day, align=RIGHT, right=4 if paper.sealed else max(width_of(paper.issuers[-1]) - width_of(day), 0))
    if paper.note:
        writer.line(paper.note, indent=2)


def _attachment(writer: _Writer, attachment: Attachment, label: str) -> None:
    if not attachment.body and not attachment.table:
        return
    writer.line(label, Role.HEI).paragraph_format.page_break_before = True
    writer.blank()
    for line in break_title(attachment.title):
        writer.line(line, Role.TITLE, 22, align=CENTRE, pitch=35.8)
    writer.blank()
    for paragraph in attachment.body:
        writer.spans([(span.text, span.style.role) for span in paragraph_spans(paragraph)], indent=2)
    if attachment.table:
        _table(writer, attachment.table)


def _table(writer: _Writer, data: TableData) -> None:
    table = writer.document.add_table(rows=0, cols=len(data.columns), style="Table Grid")
    for index, texts in enumerate((data.columns, *data.rows)):
        row = table.add_row()
        mark = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(mark)
        if index == 0:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, text in zip(row.cells, texts, strict=True):
            _run(cell.paragraphs[0], text, Role.FANGSONG if index else Role.HEI, 12)
            cell.paragraphs[0].alignment = CENTRE


def _imprint(writer: _Writer, paper: OfficialPaper) -> None:
    if paper.copy_to:
        copies = writer.line(f"抄送：{'，'.join(paper.copy_to)}。", size=14, left=1, right=1, pitch=24)
        _rule(copies, "top", "000000", 8)
    if paper.printed_by and paper.printed_on and paper.form is not Form.LETTER:
        day = f"{date_text(paper.printed_on)}印发"
        blanks = max(round(29 - width_of(paper.printed_by) - width_of(day)), 1)
        last = writer.line(f"{paper.printed_by}{'　' * blanks}{day}", size=14, left=1, right=1, pitch=24)
        _rule(last, "bottom", "000000", 8)
