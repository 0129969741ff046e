"""Numbers in papers: amounts in Chinese capitals, dates, document numbers."""

import re
from datetime import date
from decimal import Decimal

from desktop.errors import BadInput

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
LARGEST_FEN = 10**18 - 1
DATE = re.compile(r"(\d{4})年([1-9]\d?)月([1-9]\d?)日")
DOCUMENT_NUMBER = re.compile(r"(?P<code>\S+)〔(?P<year>20\d\d)〕(?P<serial>[1-9]\d*)号")
NUMBER_YEARS = range(2000, 2100)
"""The years that a 发文字号 can bear."""
LISTING = "一二三四五六七八九"


def capital_amount(amount_fen: int) -> str:
    """Return an amount of 分 in capitals, as on receipts: 1234500 → 壹万贰仟叁佰肆拾伍元整."""
    if abs(amount_fen) > LARGEST_FEN:
        raise BadInput("金额太大，不能写成大写，请核对。", "amount")
    sign = "负" if amount_fen < 0 else ""
    yuan, rest = divmod(abs(amount_fen), 100)
    jiao, fen = divmod(rest, 10)
    if not yuan and not rest:
        return "零元整"
    text = _capital_integer(yuan) + "元" if yuan else ""
    if not rest:
        return f"{sign}{text}整"
    if jiao:
        # 中国人民银行《正确填写票据和结算凭证的基本规定》: 元位是零而角位不是零时，可以只写角；这里不写零。
        text += DIGITS[jiao] + "角"
    elif yuan:
        text += "零"
    return f"{sign}{text}{DIGITS[fen]}分" if fen else f"{sign}{text}整"


def _capital_integer(value: int) -> str:
    groups = []
    while value:
        value, group = divmod(value, 10000)
        groups.append(group)
    text, gap = "", False
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if not group:
            gap = bool(text)
            continue
        if gap or (text and group < 1000):
            text += "零"
        text += _capital_group(group) + _group_name(groups, index)
        gap = False
    return text


def _group_name(groups: list[int], index: int) -> str:
    """Return 万, 亿 or 万亿; before a 亿 group that follows, 万亿 is said as 万."""
    return "万" if index == 3 and groups[2] else GROUPS[index]


def _capital_group(group: int) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if not digit:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + DIGITS[digit] + PLACES[place]
        gap = False
    return text


def amount_text(amount_fen: int) -> str:
    """Return an amount of 分 in figures: 5000000 → 50,000.00."""
    return f"{Decimal(amount_fen) / 100:,.2f}"


def date_text(day: date) -> str:
    """Return a 成文日期 in Arabic figures without padding: 2026年9月3日."""
    return f"{day.year}年{day.month}月{day.day}日"


def read_date_text(text: str) -> date:
    """Return the day of a 成文日期; refuses 二〇二六年, 09月 and 2026.9.3."""
    found = DATE.fullmatch(text)
    try:
        if found:
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        found = None
    raise BadInput(f"“{text}”不是规范的成文日期，应写作2026年9月3日。", "date")


def document_number(code: str, year: int, serial: int) -> str:
    """Return a 发文字号 with 六角括号; refuses a code with blanks or brackets and a serial below 1 (clause 7.2.5)."""
    if not code or re.search(r"[\s〔〕()（）\[\]【】\d]", code):
        raise BadInput("机关代字不能为空，也不能带空格、括号和数字，例如“左中工发”。", "number.code")
    if year not in NUMBER_YEARS:
        raise BadInput("发文字号的年份要用四位数字，例如2026。", "number.year")
    if serial < 1:
        raise BadInput("发文顺序号从1开始，不编虚位。", "number.serial")
    return f"{code}〔{year}〕{serial}号"


def chinese_ordinal(value: int) -> str:
    """Return a number from 1 to 99 as in headings: 1 → 一, 12 → 十二, 20 → 二十."""
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else LISTING[tens - 1] + "十"
    return head + (LISTING[ones - 1] if ones else "")


def plaque_date(day: date) -> str:
    """Return year and month in Chinese figures, as plaques write them: 二〇二六年九月."""
    year = "".join("〇一二三四五六七八九"[int(figure)] for figure in str(day.year))
    return f"{year}年{chinese_ordinal(day.month)}月"
