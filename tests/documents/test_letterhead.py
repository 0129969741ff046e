import pytest

from desktop.documents.kind import typesetter
from desktop.documents.letterhead import (
    LETTER_GAP,
    MARK_TOP,
    MARK_WIDTH,
    NARROWEST,
    SMALLEST_MARK,
    double_rule,
    mark_text,
    measure_head,
    set_mark,
)
from desktop.documents.measured_page import Box, open_pdf
from desktop.documents.official import Form, from_json
from desktop.documents.page import Book
from desktop.documents.styles import LEFT, MM, PITCH, WIDTH
from desktop.errors import Unprintable
from tests.documents.samples import ORGANS, sample
from tests.documents.test_papers import render


def paper_of(kind="notice", **changes):
    return from_json(kind, sample(kind, **changes))


def first_page(kind="notice", **changes):
    return open_pdf(render(kind, sample(kind, attachments=None, **changes)))[0]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("notice", "左河旗总工会文件"),
        ("report", "左河旗总工会文件"),
        ("letter", "左河旗总工会"),
        ("minutes", "左河旗总工会会议纪要"),
    ],
)
def test_the_mark_is_made_of_the_issuer(kind, text):
    assert mark_text(paper_of(kind)) == text
    assert mark_text(paper_of(kind, mark="左河工会")) == "左河工会"


@pytest.mark.parametrize(
    "name", ["旗工会", "左河旗总工会", "左河旗产业工会联合会委员会", "左河旗教科文卫体工会工作委员会办公室"]
)
def test_marks_of_any_length_stand_inside_and_centred(name):
    page = first_page(issuer=name)
    red = page.ink(page.red, Box(0, 60, 210, 95))
    assert red is not None
    assert red.y0 == pytest.approx(72.0, abs=0.2)
    assert red.x0 >= LEFT
    assert red.centre[0] == pytest.approx(106, abs=1.5)


def test_a_name_of_sixty_characters_takes_three_lines():
    name = "内蒙古自治区左河市左河旗宝龙镇工业园区风力发电设备制造及新能源装备产业链"
    name += "劳模工匠创新工作室联盟工会委员会联合会办公室"
    paper = paper_of(issuer=name)
    lines = set_mark(typesetter(), paper).lines
    assert len(name) >= 58
    assert "".join(line.line.text for line in lines) == f"{name}文件"
    assert len(lines) == 3
    page = first_page(issuer=name)
    red = page.ink(page.red, Box(0, 60, 210, 110))
    assert red is not None
    assert red.y0 == pytest.approx(72.0, abs=0.2)
    assert red.x0 >= LEFT
    with pytest.raises(Unprintable, match="三行也排不下"):
        set_mark(typesetter(), paper_of(issuer="某" * 120))


def test_a_long_mark_is_narrowed_before_it_is_made_smaller():
    (line,) = set_mark(typesetter(), paper_of(issuer="左河旗产业工会联合会")).lines
    assert line.squeeze < 1
    assert line.style.size == 54.0
    (line,) = set_mark(typesetter(), paper_of(issuer="左河旗产业工会联合会委员会办公室")).lines
    assert line.squeeze == pytest.approx(NARROWEST)
    assert SMALLEST_MARK <= line.style.size < 54.0


def test_a_very_long_mark_takes_two_lines():
    mark = set_mark(
        typesetter(), paper_of(mark="左河旗人力资源和社会保障事业服务中心机关工会委员会职工创新工作领导小组办公室文件")
    )
    assert len(mark.lines) == 2
    assert all(line.line.width / MM <= MARK_WIDTH + 0.1 for line in mark.lines)


def test_an_endless_mark_is_refused():
    with pytest.raises(Unprintable, match="标志"):
        set_mark(typesetter(), paper_of(mark="左河旗总工会" * 30))


@pytest.mark.parametrize("count", [2, 3, 4, 6])
def test_joint_marks_spread_the_names_to_one_width_with_the_suffix_beside(count):
    mark = set_mark(typesetter(), paper_of(issuer=None, issuers=ORGANS[:count]))
    *names, suffix = mark.lines
    assert [line.line.text for line in names] == ORGANS[:count]
    assert suffix.line.text == "文件"
    lefts = {round(line.x, 2) for line in names}
    rights = {round(line.x + line.line.width / MM, 2) for line in names}
    assert len(lefts) == 1
    assert len(rights) == 1
    middle = (names[0].top + names[-1].top + names[-1].style.em) / 2
    assert suffix.top + suffix.style.em / 2 == pytest.approx(middle, abs=0.01)
    assert suffix.x > max(rights)


def test_a_joint_letter_bears_the_lead_organ_alone():
    mark = set_mark(typesetter(), paper_of("letter", issuer=None, issuers=ORGANS[:2]))
    assert [line.line.text for line in mark.lines] == [ORGANS[0]]


@pytest.mark.parametrize("form", [Form.FILE, Form.UPWARD, Form.MINUTES, Form.LETTER])
def test_marks_begin_where_the_form_wants(form):
    assert MARK_TOP[form] == (30.0 if form is Form.LETTER else 72.0)


def test_the_head_leaves_two_blank_lines_twice():
    head = measure_head(typesetter(), paper_of())
    assert head.gaps == 3
    assert head.below - head.mark.bottom > 4 * PITCH + 4.0


def test_more_signers_make_the_head_higher():
    heights = [measure_head(typesetter(), paper_of("report", signer=["李喆"] * count)).below for count in (1, 2, 3, 5)]
    assert heights[0] == heights[1]
    assert heights[2] - heights[1] == pytest.approx(PITCH)
    assert heights[3] - heights[2] == pytest.approx(PITCH)


def test_flags_stand_flush_left_from_the_first_line_in_their_order():
    page = first_page(serial_copy="000123", secrecy="秘密★1年", urgency="特急")
    lines = page.lines[:3]
    assert [line.text for line in lines] == ["000123", "秘密★1年", "特急"]
    assert all(line.x0 == pytest.approx(LEFT, abs=0.3) for line in lines)
    assert lines[1].baseline - lines[0].baseline == pytest.approx(PITCH, abs=0.05)
    assert "DeskSans" in lines[2].chars[0].font


def test_a_letter_has_its_number_right_under_the_double_rule():
    page = first_page("letter", serial_copy="000123")
    rules = page.rules(page.red, 22, 188)
    number = next(line for line in page.lines if "〔2026〕" in line.text)
    assert number.x1 == pytest.approx(LEFT + WIDTH, abs=0.3)
    assert number.text.startswith("000123")
    top_of_em = number.baseline - 0.88 * 16 / MM
    assert top_of_em - rules[1].y1 == pytest.approx(LETTER_GAP, abs=0.2)


def test_double_rules_turn_their_thick_side_outwards():
    book = Book("线")
    page = book.new_page()
    double_rule(page, 50.0, thick_first=True)
    double_rule(page, 100.0, thick_first=False)
    (measured,) = open_pdf(book.finish())
    weights = [rule.y1 - rule.y0 for rule in measured.rules(measured.red, 22, 188)]
    assert weights[0] > 2 * weights[1]
    assert weights[3] > 2 * weights[2]


def test_signers_stand_two_to_a_line_in_kai():
    page = first_page("request", signer=["王珺", "李喆", "赟昇"])
    signers = [line for line in page.lines if "签发人" in line.text or "〔2026〕" in line.text]
    assert signers[0].text == "签发人：王珺李喆"
    assert signers[1].text.endswith("赟昇")
    assert all("DeskKai" in char.font for char in signers[0].chars[4:])
    assert next(char.x0 for char in signers[1].chars if char.char == "赟") == pytest.approx(
        next(char.x0 for char in signers[0].chars if char.char == "王"), abs=0.1
    )
