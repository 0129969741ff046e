"""Every form: golden text, text as it was given, geometry, room for the hand, and what is refused."""

import io
import os
import re
from pathlib import Path

import pypdfium2
import pytest

from desktop.documents.forms.form_kinds import FORM_KINDS
from desktop.documents.kind import Setting
from desktop.documents.measure import check_pdf
from desktop.documents.measured_page import open_pdf
from desktop.documents.styles import LEFT, RIGHT
from desktop.errors import BadInput, Unprintable
from tests.documents.form_samples import full, least

GOLDEN = Path(__file__).resolve().parent.parent / "data" / "papers"
KINDS = {kind.id: kind for kind in FORM_KINDS}
PLAIN = sorted(set(KINDS) - {"plaque"})
CODE = "7KMQ-2XWB"


def made(kind: str, **changes) -> bytes:
    return KINDS[kind].pdf(full(KINDS[kind].fields, **changes), Setting(code=CODE))


def text_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(content)) as book:
        return "\n".join(page.get_textpage().get_text_range() for page in book)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def full_forms() -> dict[str, bytes]:
    return {kind: made(kind) for kind in PLAIN}


@pytest.mark.parametrize("kind", PLAIN)
def test_the_text_is_the_golden_one(kind, full_forms):
    """DESK_GOLDEN=1 writes the files anew; look at their changes before committing them."""
    said = "\n".join(line.strip() for line in text_of(full_forms[kind]).splitlines() if line.strip()) + "\n"
    golden = GOLDEN / f"{kind}.txt"
    if os.environ.get("DESK_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(said, "utf-8")
    assert said == golden.read_text("utf-8")


@pytest.mark.parametrize("kind", PLAIN)
def test_every_value_extracts_as_given(kind, full_forms):
    said = re.sub(rf"—\d+—{CODE}", "", squeezed(text_of(full_forms[kind])))
    for value in _texts(full(KINDS[kind].fields)):
        assert squeezed(value) in said, value


def _texts(value):
    if isinstance(value, dict):
        for name, part in value.items():
            if not name.endswith("_yuan"):
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        yield value


@pytest.mark.parametrize("kind", PLAIN)
def test_no_measure_fails(kind, full_forms):
    failed = [check for check in check_pdf(full_forms[kind]) if check.status != "pass"]
    assert not failed
    pages = open_pdf(full_forms[kind])
    for number, page in enumerate(pages, start=1):
        words = [line.text for line in page.lines]
        assert CODE in words
        assert any(re.fullmatch(rf"—{number}—", squeezed(text)) for text in words)
        assert all(line.x0 >= LEFT - 0.6 and line.x1 <= RIGHT + 0.6 for line in page.lines)


@pytest.mark.parametrize("kind", PLAIN)
def test_a_form_with_the_least_data_can_be_filled_by_hand(kind):
    data = least(KINDS[kind].fields)
    content = KINDS[kind].pdf(data, Setting())
    assert not [check for check in check_pdf(content) if check.status != "pass"]
    assert len(open_pdf(content)) <= 3


@pytest.mark.parametrize("kind", PLAIN)
def test_the_schema_takes_what_the_form_takes(kind):
    schema = KINDS[kind].fields
    assert set(schema["required"]) <= set(schema["properties"])
    assert not schema["additionalProperties"]
    assert all("title" in part for part in schema["properties"].values())
    with pytest.raises(BadInput, match="nonsense"):
        KINDS[kind].pdf({**full(schema), "nonsense": 1}, Setting())
    for name in schema["required"]:
        broken = {**full(schema)}
        del broken[name]
        with pytest.raises(BadInput) as refused:
            KINDS[kind].pdf(broken, Setting())
        assert refused.value.where.startswith(name)


@pytest.mark.parametrize("kind", ["expense-detail", "publication-register", "application-form", "reward-table"])
def test_five_hundred_rows_run_over_pages_with_their_heads(kind):
    """The list of a form goes on for as many pages as it takes, and no row is lost."""
    name = {"application-form": "members"}.get(kind, "rows")
    item = full(KINDS[kind].fields, 1)[name][0]
    content = made(kind, **{name: [item] * 500})
    text = text_of(content)
    assert len(open_pdf(content)) > 12
    assert "500" in text
    assert squeezed(text).count("序号") >= 12


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ("甲\u202e乙", BadInput),
        ("甲\x07乙", BadInput),
        ("甲\n乙", BadInput),
        ("  ", BadInput),
        ("𪚥\U000e0001", BadInput),
    ],
)
def test_marks_that_cannot_be_printed_are_refused_by_field(value, error):
    with pytest.raises(error) as refused:
        made("plaque-register", rows=[{"name": value}])
    assert refused.value.where == "rows[0].name"


def test_markup_and_rare_names_print_as_they_are():
    said = text_of(made("plaque-register", rows=[{"name": "<b>&甲</b>", "person": "䶮𠮷喆"}]))
    assert "<b>&甲</b>" in said
    assert "䶮𠮷喆" in said


def test_a_character_that_no_font_has_is_named_with_its_field():
    with pytest.raises(Unprintable, match="rows"):
        made("plaque-register", rows=[{"name": "甲\u13a0"}])


def test_a_name_of_three_hundred_characters_grows_its_row():
    name = "长" * 300
    assert name in squeezed(text_of(made("plaque-register", rows=[{"name": name}])))


def test_amounts_are_summed_to_the_fen_with_capitals():
    rows = [{"category": "设备购置", "amount_yuan": "0.10"}, {"category": "培训", "amount_yuan": "0.20"}]
    said = squeezed(text_of(made("expense-detail", rows=rows)))
    assert "0.30" in said
    assert "合计（大写）：叁角" in said
    with pytest.raises(BadInput, match="amount_yuan"):
        made("expense-detail", rows=[{"category": "培训", "amount_yuan": "0.001"}])


def test_opinions_can_be_named_or_filled():
    said = squeezed(text_of(made("first-review", opinions=["初审意见", {"label": "复审意见", "text": "同意推荐。"}])))
    assert "复审意见" in said
    assert "同意推荐。" in said
    with pytest.raises(BadInput, match=r"opinions\[0\]"):
        made("first-review", opinions=[{"text": "同意"}])


def test_a_plaque_has_its_true_size_and_fills_it():
    kind = KINDS["plaque"]
    data = {
        "title": "市级示范性劳模创新工作室",
        "name": "李喆劳模创新工作室",
        "issuer": "某市总工会",
        "date": "2026-09-03",
    }
    for width, height in ((600, 400), (400, 600), (900, 300)):
        content = kind.pdf({**data, "width_mm": width, "height_mm": height}, Setting())
        with pypdfium2.PdfDocument(io.BytesIO(content)) as book:
            (page,) = book
            assert page.get_width() * 25.4 / 72 == pytest.approx(width, abs=0.01)
            assert page.get_height() * 25.4 / 72 == pytest.approx(height, abs=0.01)
            image = page.render(scale=1, grayscale=True).to_pil()
        # The ink is symmetric about the middle and stays inside the frame.
        box = image.point(lambda value: 255 if value < 200 else 0).getbbox()
        assert abs(box[0] - (image.width - box[2])) <= 2
        assert "二〇二六年九月" in text_of(content)
    with pytest.raises(BadInput, match="width_mm"):
        kind.pdf({**data, "width_mm": 20}, Setting())
