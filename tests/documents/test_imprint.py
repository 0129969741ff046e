"""The 版记: what stands in it, its height, and where its lines and rules are drawn (clause 7.4)."""

import pytest

from desktop.documents.imprint import EM, INNER, ROW, draw_imprint, set_imprint
from desktop.documents.kind import typesetter
from desktop.documents.measured_page import open_pdf
from desktop.documents.official import from_json
from desktop.documents.page import Book
from desktop.documents.styles import BOTTOM, LEFT, MM, RIGHT
from desktop.errors import Unprintable
from tests.documents.auditor import NEVER_FIRST
from tests.documents.samples import ORGANS, sample

NOTHING = {"copy_to": None, "printed_by": None, "printed_on": None}


def imprint_of(kind="notice", moved=(), **changes):
    return set_imprint(typesetter(), from_json(kind, sample(kind, **changes)), moved)


def drawn(imprint):
    book = Book("版记")
    draw_imprint(book.new_page(), imprint)
    return open_pdf(book.finish())[0]


def test_a_paper_without_copies_and_printer_has_none():
    assert imprint_of(**NOTHING) is None


def test_each_part_alone_makes_one():
    copies = imprint_of(**{**NOTHING, "copy_to": ["市总工会"]})
    assert [line.text for line in copies.receivers] == ["抄送：市总工会。"]
    assert copies.printer is None
    printer = imprint_of(copy_to=None)
    assert printer.receivers == []
    office, day = printer.printer
    assert [line.text for line in (*office, day)] == ["左河旗总工会办公室", "2026年9月4日印发"]


def test_a_long_printing_office_turns_over_before_the_date_and_stays_on_the_page():
    name = "左河旗风力发电设备制造及新能源装备产业链劳模工匠创新工作室联盟工会委员会联合会办公室" * 2
    imprint = imprint_of(printed_by=name)
    office, _day = imprint.printer
    assert "".join(line.text for line in office) == name
    assert len(office) > 2
    assert imprint.height == pytest.approx((1 + len(office)) * ROW)
    page = drawn(imprint)
    assert max(line.x1 for line in page.lines) <= RIGHT - EM / MM + 0.2
    assert page.lines[-1].text.endswith("2026年9月4日印发")
    rules = page.rules(page.dark, LEFT + 1, RIGHT - 1)
    assert rules[1].y0 == pytest.approx(BOTTOM - len(office) * ROW, abs=0.3)
    assert rules[-1].y1 == pytest.approx(BOTTOM, abs=0.15)


def test_the_height_counts_its_lines():
    assert imprint_of().height == pytest.approx(2 * ROW)
    assert imprint_of(copy_to=None).height == pytest.approx(ROW)
    many = imprint_of(copy_to=[f"左河旗第{number}苏木乡镇党委" for number in range(12)])
    assert len(many.receivers) > 2
    assert many.height == pytest.approx((len(many.receivers) + 1) * ROW)


def test_turnovers_stand_behind_the_colon_and_begin_with_no_mark():
    many = imprint_of(copy_to=[f"左河旗第{number}苏木乡镇党委" for number in range(20)])
    first, *rest = many.receivers
    assert first.indent == 0
    assert all(line.indent == pytest.approx(3 * EM, abs=0.5) for line in rest)
    assert all(line.text[0] not in NEVER_FIRST for line in rest)
    assert all(line.indent + line.width <= INNER + 0.01 for line in many.receivers)
    assert rest[-1].text.endswith("。")
    assert "".join(line.text for line in many.receivers).count("、") == 19


def test_moved_receivers_stand_over_the_copies():
    both = imprint_of(moved=ORGANS[:2])
    assert [line.text for line in both.receivers] == [
        f"主送：{'、'.join(ORGANS[:2])}。",
        "抄送：市总工会、旗委办公室。",
    ]


def test_a_letter_names_its_copies_without_rules_and_printer():
    letter = imprint_of("letter")
    assert letter.printer is None
    assert not letter.ruled
    page = drawn(letter)
    assert page.rules(page.dark, LEFT + 1, RIGHT - 1) == []
    assert [line.text for line in page.lines] == ["抄送：市总工会、旗委办公室。"]


def test_a_letter_that_only_names_its_printer_has_no_imprint():
    assert imprint_of("letter", copy_to=None) is None


def test_the_last_rule_stands_on_the_foot_of_the_type_area():
    page = drawn(imprint_of())
    rules = page.rules(page.dark, LEFT + 1, RIGHT - 1)
    assert len(rules) == 3
    assert rules[-1].y1 == pytest.approx(BOTTOM, abs=0.15)
    assert rules[1].y0 == pytest.approx(BOTTOM - ROW, abs=0.3)
    assert rules[0].y1 == pytest.approx(BOTTOM - 2 * ROW, abs=0.15)
    assert all((rule.x0, rule.x1) == (pytest.approx(LEFT, abs=0.2), pytest.approx(RIGHT, abs=0.2)) for rule in rules)


def test_between_moved_receivers_and_copies_there_is_no_rule():
    page = drawn(imprint_of(moved=ORGANS[:2]))
    assert len(page.rules(page.dark, LEFT + 1, RIGHT - 1)) == 3


def test_one_part_alone_has_two_rules():
    for changes in ({"copy_to": None}, {"printed_by": None, "printed_on": None}):
        page = drawn(imprint_of(**changes))
        assert len(page.rules(page.dark, LEFT + 1, RIGHT - 1)) == 2


def test_text_keeps_a_character_from_both_edges():
    page = drawn(imprint_of())
    copies, printer = page.lines
    assert copies.x0 == pytest.approx(LEFT + EM / MM, abs=0.1)
    assert printer.x0 == pytest.approx(LEFT + EM / MM, abs=0.1)
    assert printer.x1 == pytest.approx(RIGHT - EM / MM, abs=0.1)


@pytest.mark.parametrize(("field", "moved"), [("copy_to", False), ("to", True)])
def test_more_than_a_page_holds_is_refused_by_field(field, moved):
    many = [f"左河旗第{number}苏木乡镇总工会委员会" for number in range(120)]
    with pytest.raises(Unprintable, match="统称") as refused:
        imprint_of(moved=many if moved else (), copy_to=["市总工会"] if moved else many)
    assert refused.value.where == field
