"""Checks of the 版头 and the title: places of mark, number, red rule and title (clauses 7.2, 7.3.1, 10)."""

import re
from collections.abc import Iterator

from desktop.documents.measure import CENTRE, Check, Sheets, judge, judge_text, valid_number
from desktop.documents.measured_page import Box, MeasuredLine, MeasuredPage
from desktop.documents.styles import LEFT, MM, RIGHT

GAP = (19.9, 26.8)
"""Two blank lines, 20.9 to 25.8 mm, with 1 mm of measuring tolerance."""


def head_checks(sheets: Sheets) -> Iterator[Check]:
    """Yield the checks of the first page down to the 主送机关."""
    if sheets.mark:
        yield from _mark(sheets)
        yield from _letter(sheets) if sheets.letter else _file(sheets)
    if sheets.title:
        yield from _title(sheets)


def _mark(sheets: Sheets) -> Iterator[Check]:
    top = 30.0 if sheets.letter else 72.0
    page = sheets.first
    red = page.ink(page.red, Box(LEFT, 20, RIGHT, sheets.mark[-1].baseline + 3))
    if red:
        yield judge("10.1" if sheets.letter else "7.2.4", "发文机关标志上边缘", red.y0, top - 1, top + 1, 1)
        yield judge("7.2.4", "发文机关标志居中", red.centre[0], CENTRE - 1.5, CENTRE + 1.5, 1, must=False)
    if sheets.number:
        found = next((part for part in re.split(r"签发人|\s", sheets.number.text) if "号" in part), "")
        number = found[: found.find("号") + 1]
        yield judge_text("7.2.5", "发文字号", number, valid_number(number), "机关代字〔2026〕3号", 1)


def line_ink(page: MeasuredPage, line: MeasuredLine) -> Box:
    """Return the ink of a line of text, mm."""
    em = line.size / MM
    area = Box(line.x0, line.baseline - em, line.x1, line.baseline + em * 0.3)
    return page.ink(page.dark, area) or area


def _file(sheets: Sheets) -> Iterator[Check]:
    page, number = sheets.first, sheets.number
    if not number:
        return
    ink = line_ink(page, number)
    foot = page.ink(page.red, Box(LEFT, 20, RIGHT, ink.y0 - 1))
    upward = [line for line in page.lines if "签发人" in line.text]
    top = line_ink(page, upward[0]).y0 if upward else ink.y0
    if foot:
        yield judge("7.2.5", "标志下空二行", top - foot.y1, *GAP, 1)
    if upward:
        yield judge("7.2.6", "上行文发文字号居左空一字", number.x0 - LEFT, 5.0, 6.2, 1)
        yield judge("7.2.6", "签发人居右空一字", RIGHT - max(line.x1 for line in (*upward, number)), 5.0, 6.2, 1)
    else:
        yield judge("7.2.5", "发文字号居中", number.centre, CENTRE - 0.5, CENTRE + 0.5, 1)
    if sheets.rule:
        yield judge("7.2.7", "红线在发文字号下", sheets.rule.y0 - ink.y1, 3.5, 4.5, 1)
        yield judge("7.2.7", "红线左端", sheets.rule.x0, 27.5, 28.5, 1)
        yield judge("7.2.7", "红线右端", sheets.rule.x1, 183.5, 184.5, 1)


def _letter(sheets: Sheets) -> Iterator[Check]:
    page = sheets.first
    rules = page.rules(page.red, 22, 188)
    mark = page.ink(page.red, Box(LEFT, 20, RIGHT, rules[0].y0 - 1))
    if mark:
        yield judge("10.1", "标志下4毫米双线", rules[0].y0 - mark.y1, 3.5, 4.5, 1)
    yield judge("10.1", "双线长", rules[0].x1 - rules[0].x0, 169.5, 170.5, 1)
    yield judge("10.1", "双线左端", rules[0].x0, 19.5, 20.5, 1)
    yield judge("10.1", "下双线距下页边20毫米", rules[-1].y1, 276.5, 277.5, 1)
    if sheets.number:
        yield judge("10.1", "发文字号顶格居右", sheets.number.x1, 183.0, 184.5, 1)


def _title(sheets: Sheets) -> Iterator[Check]:
    page, title = sheets.first, sheets.title
    for line in title:
        yield judge("7.3.1", "标题居中", line.centre, CENTRE - 0.5, CENTRE + 0.5, 1)
        yield judge("7.3.1", "标题字号", line.size, 21.8, 22.2, 1, must=False, unit="pt")
    above = sheets.rule.y1 if sheets.rule and not sheets.letter else None
    if above is None and sheets.letter and sheets.number:
        above = max(
            line_ink(page, line).y1 for line in page.lines if line.baseline < title[0].baseline - 3 and line.size < 20
        )
    if above is not None:
        yield judge("7.3.1", "标题上空二行", line_ink(page, title[0]).y0 - above, *GAP, 1)
    widths = [round(line.x1 - line.x0, 1) for line in title]
    yield judge_text("7.3.1", "标题形状", "/".join(map(str, widths)), well_shaped(widths), "梯形或菱形，无单字行", 1)
    body = sheets.body(page)
    if body:
        gap = line_ink(page, body[0]).y0 - line_ink(page, title[-1]).y1
        yield judge("7.3.2", "标题下空一行", gap, 9.4, 16.3, 1)
    addressees = [line for line in body if line.x0 < LEFT + 1 and line.text.endswith("：")]
    if addressees and body[0].x0 < LEFT + 1:
        yield judge("7.3.2", "主送机关顶格", body[0].x0, 27.0, 29.0, 1)


def well_shaped(widths: list[float]) -> bool:
    """Tell whether widths rise, fall, or rise to one peak; and no line is a single character."""
    if min(widths) < 12:
        return False
    peak = widths.index(max(widths))
    rising, falling = widths[: peak + 1], widths[peak:]
    return rising == sorted(rising) and falling == sorted(falling, reverse=True)
