"""Official papers as .docx: the same content for offices that must edit, with margins and pitch that keep the grid."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from desktop.documents.attachments import fit_table
from desktop.documents.closing import DEFAULT_DIAMETER, solve_closing
from desktop.documents.composer import receivers_move
from desktop.documents.imprint import set_imprint
from desktop.documents.kind import Setting
from desktop.documents.numerals import date_text
from desktop.documents.official import Attachment, Form, OfficialPaper, TableData, joined
from desktop.documents.paragraphs import heading_length, level_of, paragraph_spans
from desktop.documents.signers import arrange
from desktop.documents.styles import BOTTOM, CELL, LEFT, PAGE_HEIGHT, TEXT, TOP, WIDTH, Role
from desktop.documents.styles import PITCH as GRID
from desktop.documents.tables import PADDING, Align, Table
from desktop.documents.titles import break_title, width_of
from desktop.documents.word_letter import flags, letter_head, write_mark
from desktop.documents.word_writer import (
    CENTRE,
    MARK_DROP,
    PITCH,
    RIGHT,
    WordWriter,
    add_run,
    draw_rule,
    lay_out,
    pad_cells,
    put_at_foot,
)

LABEL_PITCH = 18.0
"""Line distance of the label over a table, pt: its ink then begins on the 版心's edge."""
IMPRINT_PITCH = 24.0
"""Line distance of the 版记, pt."""


def write_word(paper: OfficialPaper, setting: Setting) -> bytes:
    """Return the paper as a .docx file; a seal is never put into a file that can be edited."""
    writer = WordWriter(setting)
    moved = receivers_move(paper, setting)
    if paper.form is Form.LETTER:
        letter_head(writer, paper)
    elif paper.form is not Form.PLAIN:
        _head(writer, paper)
    for line in break_title(paper.title):
        writer.line(line, Role.TITLE, 22, align=CENTRE, pitch=35.8)
    writer.blank()
    if paper.to and not moved:
        writer.line(joined(paper.to) + "：")
    for paragraph in paper.body:
        written = writer.spans([(span.text, span.style.role) for span in paragraph_spans(paragraph)], indent=2)
        whole = level_of(paragraph) in (1, 2) and heading_length(paragraph) == len(paragraph)
        written.paragraph_format.keep_with_next = whole or None
    before = len(writer.document.paragraphs) - 1
    _statement(writer, paper.attachments)
    _closing(writer, paper)
    # 署名 and 成文日期 never stand on a page without text (clause 7.3.5.5).
    for paragraph in writer.document.paragraphs[before:-1]:
        paragraph.paragraph_format.keep_with_next = True
    for index, attachment in enumerate(paper.attachments):
        _attachment(writer, attachment, f"附件{index + 1}" if len(paper.attachments) > 1 else "附件")
    _imprint(writer, paper, paper.to if moved else ())
    return writer.finish(paper.title)


def _head(writer: WordWriter, paper: OfficialPaper) -> None:
    """Write 份号 to red rule; the mark's place is met by blank lines, as Word has no absolute grid."""
    rows = flags(paper)
    for text, role in rows:
        writer.line(text, role)
    writer.blank(3 - len(rows))
    mark, _ = write_mark(writer, paper)
    mark.paragraph_format.space_before = Pt(MARK_DROP)
    writer.line("", pitch=PITCH - MARK_DROP)
    writer.blank()
    _numbers(writer, paper)
    writer.blank(2)


def _numbers(writer: WordWriter, paper: OfficialPaper) -> None:
    """Write the 发文字号; on 上行文 with the signers right of it, the number on the last line."""
    signers = arrange(writer.setting.setter(), paper)
    if signers:
        step = signers.columns
        rows = ["　".join(paper.signers[start : start + step]) for start in range(0, len(paper.signers), step)]
        rows += [""] * (signers.rows - len(rows))
        for index, names in enumerate(rows):
            number = paper.number if index == len(rows) - 1 else ""
            label = "签发人：" if index == 0 else ""
            spans = [(f"{number}\t{label}", Role.FANGSONG), (names, Role.KAI)]
            paragraph = writer.spans(spans, indent=1, align=WD_ALIGN_PARAGRAPH.LEFT)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH - CELL), WD_TAB_ALIGNMENT.RIGHT)
    else:
        paragraph = writer.line(paper.number, align=CENTRE)
    draw_rule(paragraph, "bottom", "DB0000", 12, 9)


def _statement(writer: WordWriter, attachments: Sequence[Attachment]) -> None:
    if attachments:
        writer.blank()
    for index, attachment in enumerate(attachments):
        number = f"{index + 1}." if len(attachments) > 1 else ""
        lead = ("附件：" if index == 0 else "") + number
        # A turnover stands under the name's first character (clause 7.3.4).
        hang = 5 + width_of(number)
        indent = (2 if index == 0 else 5) - hang
        title = attachment.title.rstrip("。；，、.;")
        writer.line(lead + title, indent=indent, left=hang, align=WD_ALIGN_PARAGRAPH.LEFT)


def _closing(writer: WordWriter, paper: OfficialPaper) -> None:
    """Write 署名 and 成文日期; the organ is centred over a date four characters from the right, or unsealed."""
    if paper.joint and paper.sealed:
        _joint_closing(writer, paper)
        return
    day = date_text(paper.date)
    writer.blank(2 if paper.sealed else 1)
    for issuer in paper.issuers:
        right = 4 + (width_of(day) - width_of(issuer)) / 2 if paper.sealed else 2
        writer.line(issuer, align=RIGHT, right=max(right, 0))
    writer.line(day, align=RIGHT, right=4 if paper.sealed else max(width_of(paper.issuers[-1]) - width_of(day), 0))
    if paper.note:
        writer.line(paper.note, indent=2)


def _joint_closing(writer: WordWriter, paper: OfficialPaper) -> None:
    """Write the organs side by side, where the printed paper has them, with lines for a seal each (clause 7.3.5.1)."""
    diameters = [DEFAULT_DIAMETER] * len(paper.issuers)
    closing = solve_closing(writer.setting.setter(), replace(paper, note=""), diameters)
    row = 0
    for number, found in groupby(closing.lines, key=lambda line: round((line.drop + TEXT.em) / GRID)):
        lines = list(found)
        writer.blank(number - row - 1)
        paragraph = writer.line("".join(f"\t{line.line.text}" for line in lines), align=WD_ALIGN_PARAGRAPH.LEFT)
        for line in lines:
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(line.x - LEFT))
        row = number
    if paper.note:
        writer.line(paper.note, indent=2)


def _attachment(writer: WordWriter, attachment: Attachment, label: str) -> None:
    if not attachment.body and not attachment.table:
        return
    fitted, turned = None, False
    if attachment.table:
        fitted, turned = fit_table(writer.setting.setter(), attachment.table, "table")
        # A table's continuation begins at the margin itself, without the leading that lines of text have.
        if turned:
            writer.new_turned_section()
        else:
            writer.new_section(TOP, PAGE_HEIGHT - BOTTOM)
        writer.line(label, Role.HEI, pitch=LABEL_PITCH)
        writer.line("", pitch=2 * PITCH - LABEL_PITCH)
    else:
        writer.new_section()
        writer.line(label, Role.HEI)
        writer.blank()
    for line in break_title(attachment.title, 24.0 if turned else 20.0):
        writer.line(line, Role.TITLE, 22, align=CENTRE, pitch=35.8)
    writer.blank()
    for paragraph in attachment.body:
        writer.spans([(span.text, span.style.role) for span in paragraph_spans(paragraph)], indent=2)
    if attachment.table and fitted:
        _table(writer, attachment.table, fitted)


def _table(writer: WordWriter, data: TableData, fitted: Table) -> None:
    """Write a table with the printed one's widths, size and alignment; its head leads every page."""
    table = writer.document.add_table(rows=0, cols=len(data.columns), style="Table Grid")
    table.autofit = False
    pad_cells(table, PADDING)
    for column, width in zip(table.columns, fitted.widths, strict=True):
        column.width = Mm(width)
    for index, texts in enumerate((data.columns, *data.rows)):
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if index == 0:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        set_cells = fitted.rows[index].cells
        for cell, text, width, printed in zip(row.cells, texts, fitted.widths, set_cells, strict=True):
            cell.width, cell.vertical_alignment = Mm(width), WD_CELL_VERTICAL_ALIGNMENT.CENTER
            size = printed.style.size
            add_run(cell.paragraphs[0], text, printed.style.role, size)
            align = CENTRE if printed.align is Align.CENTRE else WD_ALIGN_PARAGRAPH.LEFT
            lay_out(cell.paragraphs[0], size, align=align, pitch=round(size * 5 / 3, 1))


def _imprint(writer: WordWriter, paper: OfficialPaper, moved: Sequence[str]) -> None:
    """Write the 版记 as a ruled table that floats at the foot of the last page's 版心."""
    texts = [f"{label}：{joined(names)}。" for label, names in (("主送", moved), ("抄送", paper.copy_to)) if names]
    printed = bool(paper.printed_by and paper.printed_on) and paper.form is not Form.LETTER
    if printed and paper.printed_on:
        texts.append(f"{paper.printed_by}\t{date_text(paper.printed_on)}印发")
    if not texts:
        return
    if writer.turned:
        writer.new_section()
    table = writer.document.add_table(rows=len(texts), cols=2)
    for row, text in zip(table.rows, texts, strict=True):
        aside, paragraph = (cell.paragraphs[0] for cell in row.cells)
        lay_out(aside, 1, pitch=1)
        add_run(paragraph, text, Role.FANGSONG, 14)
        lay_out(paragraph, 14, left=1, align=WD_ALIGN_PARAGRAPH.LEFT, pitch=IMPRINT_PITCH)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH) - Pt(14), WD_TAB_ALIGNMENT.RIGHT)
    imprint = set_imprint(writer.setting.setter(), paper, moved)
    lines = imprint.lines if imprint else len(texts)
    put_at_foot(table, lines * IMPRINT_PITCH, ruled=paper.form is not Form.LETTER)
    # A floating table hangs on the paragraph after it.
    writer.line("", size=1, pitch=1)
