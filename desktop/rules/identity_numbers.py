"""Checks of the numbers that identify people, units and accounts; each returns a Chinese reason, or "" when right."""

import re
from datetime import date
from functools import lru_cache
from operator import mul
from typing import Final

from stdnum import luhn
from stdnum.cn import uscc

ID_LENGTH: Final = 18
ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECK_CHARACTERS: Final = "10X98765432"
# GB/T 2260 provinces; 81, 82 and 83 are residence permits of people from Hong Kong, Macao and Taiwan.
PROVINCES: Final = frozenset(
    [*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83]
)
PERMANENT_RESIDENT: Final = "9"
CREDIT_CODE: Final = re.compile(r"[1-9ANY][1-9A-HJ-NPQRTUWXY]\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
MOBILE: Final = re.compile(r"1[3-9]\d{9}")
LANDLINE: Final = re.compile(r"(0\d{2,3}-?)?[2-9]\d{6,7}(-\d{1,6})?|[48]00-?\d{3}-?\d{4}|(12|95|96)\d{3,4}")
# Country code, brackets around the area code, and the words before an extension are only ways of writing.
COUNTRY: Final = re.compile(r"(?:\+|00)?86-?(?=1\d{10}$|0\d{2,3}-?\d{7,8})")
EXTENSION: Final = re.compile(r"(?:转|分机|ext\.?|x)(?=\d{1,6}$)", re.IGNORECASE)
YOUNGEST, OLDEST = 16, 100


# The checks of one record ask about the same number several times.
@lru_cache(maxsize=256)
def id_number_fault(number: str, today: date) -> str:
    """Say why an identity number cannot be right by GB 11643-1999; "" when it can.

    Numbers beginning with 9 are foreigners' permanent residence cards: province in the second and third place.
    """
    if len(number) == 15 and number.isdigit():
        return "是15位旧号码，请填18位号码"
    if len(number) != ID_LENGTH:
        return f"有{len(number)}位，应为18位"
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        return "前17位应为数字，末位应为数字或大写X"
    return _province_fault(number) or _birth_fault(number, today) or _id_check_fault(number)


def _province_fault(number: str) -> str:
    code = number[1:3] if number.startswith(PERMANENT_RESIDENT) else number[:2]
    return "" if int(code) in PROVINCES else f"地区码{code}不存在"


def _birth_fault(number: str, today: date) -> str:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return f"出生日期{number[6:14]}不存在"
    if born > today:
        return f"出生日期{number[6:14]}在今天之后"
    return "" if born.year >= 1850 else f"出生日期{number[6:14]}过早"


def _id_check_fault(number: str) -> str:
    expected = id_check_character(number[:17])
    return "" if number[17] == expected else "校验位不符，请核对是否抄错"


def id_check_character(first_seventeen: str) -> str:
    """Return the last character that belongs to the first seventeen digits of an identity number."""
    total = sum(map(mul, map(int, first_seventeen), ID_WEIGHTS))
    return ID_CHECK_CHARACTERS[total % 11]


def birth_date_in(number: str) -> date:
    """Return the date of birth in a valid identity number."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def gender_in(number: str) -> str:
    """Return 男 or 女 as a valid identity number says it."""
    return "男" if int(number[16]) % 2 else "女"


OLD_CODES: Final = {9: "9位组织机构代码", 15: "15位注册号或税号"}


def credit_code_fault(code: str) -> str:
    """Say why a unified social credit code (GB 32100) cannot be right; "" when it can."""
    if len(code) in OLD_CODES and code.replace("-", "").isalnum():
        return f"像是{OLD_CODES[len(code)]}，请填18位统一社会信用代码"
    if len(code) != 18:
        return f"有{len(code)}位，应为18位"
    if any(letter in code for letter in "IOSVZ"):
        return "含有不使用的字母（I、O、S、V、Z），请核对是否与数字1、0、5混淆"
    if not CREDIT_CODE.fullmatch(code):
        return "格式不对，应为登记机关、类别、6位地区码和10位主体代码"
    return "" if uscc.calc_check_digit(code) == code[17] else "校验位不符，请核对是否抄错"


def bank_card_fault(number: str) -> str:
    """Say why a personal bank card number cannot be right; "" when it can."""
    if not re.fullmatch(r"\d{12,19}", number, re.ASCII):
        return "应为12至19位数字"
    if len(set(number)) == 1:
        return "全是同一个数字，请核对"
    return "" if luhn.is_valid(number) else "校验位不符，请核对是否抄错（存折账号可不理会）"


def phone_fault(number: str) -> str:
    """Say why a telephone number cannot be dialled; several may be joined with 、 or a slash; "" when all can."""
    if MOBILE.fullmatch(number):
        # As nearly all are written.
        return ""
    for part in re.split(r"[、，,/;；\n]+", number.strip()):
        written = _dialled(part)
        # Two numbers may also stand side by side with nothing but a space between.
        pieces = [written] if _is_phone(written) else [_dialled(piece) for piece in part.split()]
        for piece in pieces:
            if not _is_phone(piece):
                return f"{part.strip() if len(pieces) == 1 else piece}不像电话号码（手机11位，固定电话可带区号）"
    return ""


def _dialled(text: str) -> str:
    """Return a number as it is dialled: without spaces, country code and brackets, the extension after a hyphen."""
    plain = re.sub(r"[\s()（）]+", "", text)
    if MOBILE.fullmatch(plain.replace("-", "")):
        return plain.replace("-", "")
    return EXTENSION.sub("-", COUNTRY.sub("", plain))


def _is_phone(text: str) -> bool:
    return bool(MOBILE.fullmatch(text) or LANDLINE.fullmatch(text))


def age_doubt(born: date, today: date) -> str:
    """Say that an age is unlikely for somebody at work or retired from it; "" when it is not."""
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if born > today:
        return "在今天之后"
    if age < YOUNGEST:
        return f"不满{YOUNGEST}周岁，请核对"
    return f"已超过{OLDEST}岁，请核对" if age > OLDEST else ""
