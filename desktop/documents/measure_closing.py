"""Checks of the closing: date, signature, seals, attachments and 版记 (clauses 7.3.4 to 7.4)."""

from collections.abc import Iterator
from itertools import pairwise

from desktop.documents.measure import ATTACHMENT, Check, Sheets, judge, judge_text, valid_date
from desktop.documents.measured_page import Box, MeasuredLine, MeasuredPage
from desktop.documents.styles import BOTTOM, CELL, LEFT, MM, PITCH, RIGHT, TOP

SMALLEST_SEAL = 18.0


def closing_checks(sheets: Sheets) -> Iterator[Check]:
    """Yield the checks of what follows the body."""
    if sheets.date:
        page, date = sheets.date
        yield judge_text("7.3.5", "成文日期", date.text, valid_date(date.text), "2026年9月3日", page.index + 1)
        yield from _signature(sheets, page, date)
        yield from _seals(sheets, page, date)
    yield from _attachments(sheets)
    if not sheets.letter:
        yield from _imprint(sheets.pages[-1])


def _signature(sheets: Sheets, page: MeasuredPage, date: MeasuredLine) -> Iterator[Check]:
    above = [line for line in sheets.body(page) if 0 < date.baseline - line.baseline < 1.2 * PITCH]
    if not above:
        return
    organ, number = above[-1], page.index + 1
    nearest = min(_parts(organ), key=lambda part: abs((part[0] + part[1]) / 2 - date.centre))
    off = abs(sum(nearest) / 2 - date.centre)
    if abs(RIGHT - date.x1 - 4 * CELL) <= 0.6:
        yield judge("7.3.5.1", "署名与日期同轴", off, 0, 0.5, number, must=False)
    elif off > 3 and organ.x1 - organ.x0 >= date.x1 - date.x0:
        yield judge("7.3.5.2", "日期比署名右移二字", date.x0 - organ.x0, 2 * CELL - 0.6, 2 * CELL + 0.6, number)


def _parts(line: MeasuredLine) -> list[tuple[float, float]]:
    """Split a line at wide blanks: the names of organs side by side."""
    parts = [[line.chars[0].x0, line.chars[0].x1]]
    for char in line.chars[1:]:
        if char.x0 - parts[-1][1] > 1.5:
            parts.append([char.x0, char.x1])
        parts[-1][1] = char.x1
    return [(start, end) for start, end in parts]


def find_seals(page: MeasuredPage, low: float, high: float) -> list[Box]:
    """Return the boxes of red ink wide enough for a seal between two heights, mm, row by row from the left."""
    seals: list[Box] = []
    area = page.ink(page.red, Box(LEFT, low, RIGHT, high))
    while area and area.y1 - area.y0 >= SMALLEST_SEAL:
        row = _row_of(page, area)
        seals += [box for box in _columns(page, row) if box.x1 - box.x0 >= SMALLEST_SEAL]
        area = page.ink(page.red, Box(LEFT, row.y1 + 0.2, RIGHT, high))
    return seals


def _row_of(page: MeasuredPage, area: Box) -> Box:
    """Return the part of an area down to its first white row."""
    y = area.y0 + 1
    while y < area.y1 and page.ink(page.red, Box(area.x0, y, area.x1, y + 0.4)):
        y += 0.4
    return Box(area.x0, area.y0, area.x1, y)


def _columns(page: MeasuredPage, row: Box) -> Iterator[Box]:
    x = row.x0
    while x < row.x1:
        start = page.ink(page.red, Box(x, row.y0, row.x1 + 0.2, row.y1))
        if not start:
            return
        end = start.x0 + 0.5
        while end < row.x1 and page.ink(page.red, Box(end, row.y0, end + 0.4, row.y1)):
            end += 0.4
        box = page.ink(page.red, Box(start.x0, row.y0, end + 0.2, row.y1))
        if box:
            yield box
        x = end + 0.3


def _seals(sheets: Sheets, page: MeasuredPage, date: MeasuredLine) -> Iterator[Check]:
    low = sheets.rule.y1 + 1 if page.index == 0 and sheets.rule else TOP
    seals = find_seals(page, low, BOTTOM + 2)
    if not seals:
        return
    number, last = page.index + 1, seals[-1]
    yield judge("7.3.5.1", "最后一印与日期同轴", abs(last.centre[0] - date.centre), 0, 1.0, number)
    em = date.size / MM
    date_bottom = date.baseline + 0.12 * em
    middle = date_bottom - (PITCH + em) / 2
    yield judge("7.3.5.1", "署名和日期在印章中心偏下", middle - last.centre[1], 0, 15, number)
    yield judge("7.3.5.1", "日期在印章内", last.y1 - date_bottom, 0, 9998, number)
    text = [line for line in sheets.body(page) if line.baseline < seals[0].centre[1] - 5]
    if text:
        gap = seals[0].y0 - text[-1].baseline - 0.12 * em
        yield judge("7.3.5.1", "印章顶端距正文", gap, 0, PITCH, number)
    yield judge("7.3.5.1", "印章与正文同面", len(text), 1, 9999, number, unit="行")
    for first, second in pairwise(seals):
        across, down = second.centre[0] - first.centre[0], second.centre[1] - first.centre[1]
        size = max(first.x1 - first.x0, second.x1 - second.x0)
        yield judge("7.3.5.1", "印章不相交", (across**2 + down**2) ** 0.5 - size, 0.01, 9998, number)
    yield judge("7.3.5.1", "印章左端", min(seal.x0 for seal in seals), LEFT - 0.3, RIGHT, number)
    yield judge("7.3.5.1", "印章右端", max(seal.x1 for seal in seals), LEFT, RIGHT + 0.3, number)


def _attachments(sheets: Sheets) -> Iterator[Check]:
    for page in sheets.pages[1:]:
        if not page.lines or not ATTACHMENT.fullmatch(page.lines[0].text):
            continue
        label, number = page.lines[0], page.index + 1
        yield judge("7.3.7", "附件标识顶格", label.x0, 27.0, 29.0, number)
        yield judge("7.3.7", "附件标识在第一行", label.baseline, 40.5, 43.5, number)
        if len(page.lines) > 1:
            third = TOP + 2 * PITCH
            yield judge("7.3.7", "附件标题在第三行", page.lines[1].baseline, third + 4, third + 9, number)


def _imprint(page: MeasuredPage) -> Iterator[Check]:
    rules = [rule for rule in page.rules(page.dark, LEFT + 1, RIGHT - 1) if rule.y1 - rule.y0 < 1]
    copies = [line for line in page.lines if line.text.startswith("抄送：")]
    printed = [line for line in page.lines if line.text.endswith("印发") and line.size < 15]
    if not rules or not (copies or printed):
        return
    number = page.index + 1
    yield judge("7.4", "版记末线与版心下边缘重合", rules[-1].y1, 261.5, 262.5, number)
    yield judge("7.4", "版记线左端", rules[-1].x0, 27.5, 28.5, number)
    yield judge("7.4", "版记线右端", rules[-1].x1, 183.5, 184.5, number)
    for line in copies:
        following = [other for other in page.lines if other.baseline >= line.baseline and other not in printed]
        ended = any(other.text.endswith("。") for other in following)
        yield judge_text("7.4.2", "抄送末尾句号", line.text[-6:], ended, "末尾用句号", number)
