"""Papers with hard contents, measured anew by other means than the program's own checks (GB/T 9704-2012)."""

import re
from itertools import pairwise

import pytest

from tests.documents import auditor
from tests.documents.auditor import BOTTOM, CELL, LEFT, MM, NEVER_FIRST, NEVER_LAST, PITCH, RIGHT, TOP
from tests.documents.samples import KINDS, NAMES, ORGANS, sample, table
from tests.documents.test_papers import render

LONG = (
    "各旗县市区总工会要充分发挥工会组织优势，把劳模和工匠人才创新工作室创建工作摆上重要议事日程，按照“围绕中心、服务大局”的要求，"
    "健全制度、落实场地、保障经费（有关情况请于2026年12月31日前书面报送），联系电话0475—8212345，电子邮箱gonghui_2026@example.org.cn。"
)
HARD = [
    "一、总体要求",
    "（一）指导思想。坚持问题导向……坚持系统观念——这是根本方法；坚持“三个结合”，即：（1）结合实际；（2）结合岗位。",
    "1.经费标准：每个工作室补助5.34万元（人民币伍万叁仟肆佰元整），总额不超过1,234,567.89元，占比98.6%，执行率不低于95％。",
    "（1）领衔人𬬭某某、㛃娜·其其格、李𠮷、Müller、O'Neil等12人的专利CN202310123456.7号、ISO 9001:2015和GB/T 9704。",
    LONG,
    "二、工作安排",
    LONG * 2,
]
TITLES = {
    1: "关于做好有关工作的",
    2: "关于公布2026年度第二批劳模和工匠人才创新工作室命名名单的",
    3: "关于转发《市总工会办公室关于规范劳模和工匠人才创新工作室补助资金使用管理的意见》和做好自查整改工作的",
    4: "关于印发左河旗总工会关于开展2026年度劳模和工匠人才创新工作室创建命名考核评估补助资金使用情况专项检查和创新成果"
    "转化推广展示交流活动暨第三届职工技术创新成果评选实施方案的",
}
GAP = (2 * PITCH - 1, 2 * PITCH + 7 / 8 * CELL + 1)
"""Two blank lines between ink and ink, mm, with the tolerance of a check."""


def paper(kind, seals=1, **changes):
    data = sample(kind, body=HARD, attachments=None, **changes)
    return data, auditor.sheets(render(kind, data, 0 if kind == "minutes" else seals))


@pytest.fixture(scope="module", params=KINDS)
def one(request):
    """A paper of each kind with every hard content: kind, data, pages."""
    return request.param, *paper(request.param, note=None)


def test_the_page_and_its_edges(one):
    _, _, pages = one
    for page in pages:
        assert (page.width, page.height) == (pytest.approx(210, abs=0.5), pytest.approx(297, abs=0.5))
        for line in page.body:
            assert line.x0 >= LEFT - 0.1, line
            assert line.x1 <= RIGHT + 0.5, line
        ink = page.ink(y1=266)
        if ink and page.number > 1:
            assert ink[1] >= TOP - 0.05
        assert ink is None or ink[3] <= BOTTOM + 0.5


def test_the_head_stands_where_its_form_wants(one):
    kind, data, pages = one
    first, letter = pages[0], kind == "letter"
    marks = [line for line in first.lines if line.red and line.size > 22]
    ink = first.ink(LEFT, marks[0].top - 3, RIGHT, marks[-1].base + 2.5, red=True)
    assert ink[1] == pytest.approx(30 if letter else 72, abs=0.3)
    assert (min(line.x0 for line in marks) + max(line.x1 for line in marks)) / 2 == pytest.approx(106, abs=0.5)
    number = next(line for line in first.lines if "〔2026〕18号" in line.text)
    assert re.search(r"左河工发〔2026〕18号$|^左河工发〔2026〕18号", number.text)
    rules = [stroke for stroke in first.strokes if stroke.red]
    if letter:
        assert len(rules) == 4
        assert all(rule.x1 - rule.x0 == pytest.approx(170, abs=0.5) for rule in rules)
        assert number.x1 == pytest.approx(RIGHT, abs=0.5)
        assert first.ink(30, 265, 180, 285, red=True)[3] == pytest.approx(277, abs=0.5)
        return
    (rule,) = rules
    assert (rule.x0, rule.x1) == (pytest.approx(LEFT, abs=0.5), pytest.approx(RIGHT, abs=0.5))
    under = first.ink(LEFT, number.top, RIGHT, number.foot + 1)
    assert rule.y - rule.weight / 2 - under[3] == pytest.approx(4, abs=0.5)
    rows = -(-len(data.get("signer", [])) // 2) or 1
    assert GAP[0] <= under[1] - (rows - 1) * PITCH - ink[3] <= GAP[1]
    below = first.ink(LEFT, rule.y + 2, RIGHT, rule.y + 40)
    assert GAP[0] <= below[1] - rule.y <= GAP[1]


def test_the_title_is_whole_centred_and_shaped(one):
    _, data, pages = one
    lines = auditor.title(pages)
    assert "".join(line.text for line in lines) == auditor.squeezed(data["title"])
    for line in lines:
        assert line.middle == pytest.approx(106, abs=0.6)
        assert line.face == "小标宋"


def test_paragraphs_are_indented_and_no_line_begins_or_ends_wrong(one):
    _, data, pages = one
    for text, lines in zip(data["body"], auditor.paragraphs(pages, data["body"]), strict=True):
        first = lines[0][1]
        assert first.x0 - LEFT == pytest.approx(2 * CELL, abs=0.5 if text[0] not in NEVER_LAST else 3.5)
        for (_, line), (_, after) in pairwise(lines):
            assert after.text[0] not in NEVER_FIRST, after
            assert line.text[-1] not in NEVER_LAST, line
            assert not re.search(r"[0-9.,]\|[0-9]", f"{line.text[-1]}|{after.text[0]}"), line
            assert (line.text[-1], after.text[0]) not in {("—", "—"), ("…", "…")}
            assert after.x0 - LEFT <= (3.5 if after.text[0] in NEVER_LAST else 1.0), after
            if line.text[-1] not in NEVER_FIRST:
                assert line.x1 == pytest.approx(RIGHT, abs=0.6), line


def test_headings_take_their_faces_and_text_is_fangsong(one):
    _, data, pages = one
    for text, lines in zip(data["body"], auditor.paragraphs(pages, data["body"]), strict=True):
        face = next((face for mark, face in auditor.LEVELS if re.match(mark, text)), "仿宋")
        assert lines[0][1].seen[0].face == face
        assert all(15.7 < char.size < 16.1 for _, line in lines for char in line.seen)


def test_lines_stand_on_the_grid(one):
    _, _, pages = one
    for page in pages:
        bases = [line.base for owner, line in auditor.running(pages) if owner is page]
        steps = [(after - base) * MM for base, after in pairwise(bases) if after - base < 1.4 * PITCH]
        assert all(step == pytest.approx(29.61, abs=0.15) for step in steps), page.number


def test_page_numbers_are_outside_under_the_type_area(one):
    kind, _, pages = one
    for page in pages:
        if page.blank or (kind == "letter" and page.number == 1):
            assert page.folio is None
            continue
        if page.folio is None:
            assert pages[page.number - 2].blank
            continue
        assert page.folio.text == f"—{page.number}—"
        assert (page.folio.size, page.folio.face) == (14, "宋体")
        assert page.ink(page.folio.x0, 264, page.folio.x0 + 4, 275)[1] == pytest.approx(269, abs=0.5)
        edge = RIGHT - page.folio.x1 if page.number % 2 else page.folio.x0 - LEFT
        assert edge == pytest.approx(14 / MM, abs=0.6)


def test_signature_date_and_seal_belong_together(one):
    kind, _, pages = one
    lines = auditor.running(pages)
    at = max(index for index, (_, line) in enumerate(lines) if line.text == "2026年9月3日")
    (page, date), (_, organ), (owner, last) = lines[at], lines[at - 1], lines[at - 2]
    assert owner is page
    if kind == "minutes":
        assert date.x0 - organ.x0 == pytest.approx(2 * CELL, abs=0.6)
        return
    assert RIGHT - date.x1 == pytest.approx(4 * CELL, abs=0.6)
    assert organ.middle == pytest.approx(date.middle, abs=0.5)
    (seal,) = page.seals(last.foot)
    assert seal[2] - seal[0] == pytest.approx(42, abs=0.5)
    assert seal[3] - seal[1] == pytest.approx(42, abs=0.5)
    assert (seal[0] + seal[2]) / 2 == pytest.approx(date.middle, abs=1)
    assert 0 < seal[1] - last.foot <= PITCH
    assert 0 < (organ.top + date.foot) / 2 - (seal[1] + seal[3]) / 2 < 15
    assert date.foot <= seal[3]


def test_the_imprint_stands_on_the_foot_of_an_even_page(one):
    kind, _, pages = one
    last = pages[-1]
    copies = next(line for line in last.lines if line.text.startswith("抄送："))
    assert copies.size == 14
    assert copies.text.endswith("。")
    if kind == "letter":
        assert not [stroke for stroke in last.strokes if not stroke.red]
        return
    assert len(pages) % 2 == 0
    top, middle, foot = (stroke for stroke in last.strokes if not stroke.red)
    assert foot.y + foot.weight / 2 == pytest.approx(BOTTOM, abs=0.5)
    assert [round(stroke.weight, 2) for stroke in (top, middle, foot)] == [0.35, 0.25, 0.35]
    printed = next(line for line in last.lines if line.text.endswith("印发"))
    assert printed.x0 - LEFT == pytest.approx(14 / MM, abs=0.6)
    assert RIGHT - printed.x1 == pytest.approx(14 / MM, abs=0.6)


@pytest.mark.parametrize("count", TITLES)
@pytest.mark.parametrize("kind", ["notice", "letter"])
def test_titles_of_one_to_four_lines(kind, count):
    _, pages = paper(kind, title=TITLES[count] + NAMES[kind], note=None)
    lines = auditor.title(pages)
    assert count - 1 <= len(lines) <= count + 1
    widths = [auditor.width(line.text) for line in lines]
    peak = widths.index(max(widths))
    assert widths[: peak + 1] == sorted(widths[: peak + 1])
    assert widths[peak:] == sorted(widths[peak:], reverse=True)
    assert lines[-1].text not in (NAMES[kind], f"的{NAMES[kind]}")
    assert len(auditor.running(pages)) > 3
    for upper, lower in pairwise(lines):
        assert (lower.base - upper.base) * MM == pytest.approx(35.8, abs=4.1)


@pytest.mark.parametrize("lines", range(1, 19))
def test_a_body_of_any_length_keeps_its_seal_with_text(lines):
    """Whatever is left of the page, nobody finds a seal alone."""
    data = sample("notice", body=["各单位要认真组织落实好。"] * lines, attachments=None, note=None)
    pages = auditor.sheets(render("notice", data, 1))
    found = auditor.running(pages)
    page, _ = next((page, line) for page, line in found if line.text == "2026年9月3日")
    text = [line for owner, line in found if owner is page and line.text == "各单位要认真组织落实好。"]
    assert text
    (seal,) = page.seals(text[-1].foot)
    assert 0 < seal[1] - text[-1].foot <= PITCH
    first = [line for owner, line in found if owner.number == 1 and line.text.startswith("各单位")]
    assert first


@pytest.mark.parametrize("organs", [2, 3, 4, 6])
def test_joint_organs_have_a_seal_each(organs):
    _, pages = paper("notice", seals=organs, issuer=None, issuers=ORGANS[:organs], note=None)
    page, date = max(
        ((page, line) for page, line in auditor.running(pages) if line.text == "2026年9月3日"),
        key=lambda found: found[0].number,
    )
    above = [line for owner, line in auditor.running(pages) if owner is page and line.text[0] not in "左2"]
    seals = page.seals(above[-1].foot)
    assert len(seals) == organs
    for first, second in pairwise(seals):
        across = (second[0] + second[2] - first[0] - first[2]) / 2
        down = (second[1] + second[3] - first[1] - first[3]) / 2
        assert (across**2 + down**2) ** 0.5 > 42
    assert min(seal[0] for seal in seals) >= LEFT - 0.3
    assert max(seal[2] for seal in seals) <= RIGHT + 0.3
    assert (seals[-1][0] + seals[-1][2]) / 2 == pytest.approx(date.middle, abs=1)
    said = "".join(line.text for owner, line in auditor.running(pages) if owner is page)
    assert all(organ in said for organ in ORGANS[:organs])


def test_attachments_beyond_ten_are_numbered_aligned_and_begin_their_pages():
    attachments = [
        {"title": f"创新工作室{number}汇总表", **({"table": table(30)} if number % 2 else {"body": HARD[:3]})}
        for number in range(1, 13)
    ]
    data = sample("notice", body=HARD, attachments=attachments, note=None)
    pages = auditor.sheets(render("notice", data, 1))
    stated = [line for _, line in auditor.running(pages) if line.text.endswith("汇总表")]
    assert [line.text.removeprefix("附件：") for line in stated] == [f"{n}.创新工作室{n}汇总表" for n in range(1, 13)]
    starts = [line.seen[3 if index == 0 else 0].x0 for index, line in enumerate(stated)]
    assert max(starts) - min(starts) < 0.6
    labels = [page for page in pages if page.body and re.fullmatch(r"附件\d+", page.body[0].text)]
    assert [page.body[0].text for page in labels] == [f"附件{n}" for n in range(1, 13)]
    for page, attachment in zip(labels, attachments, strict=True):
        label, heading = page.body[:2]
        assert (label.x0, label.face) == (pytest.approx(LEFT, abs=0.5), "黑体")
        assert label.top == pytest.approx(TOP, abs=0.3)
        assert heading.text == attachment["title"]
        assert heading.top == pytest.approx(TOP + 2 * PITCH, abs=1.6)
        assert heading.middle == pytest.approx(106, abs=0.6)


def test_tables_over_pages_repeat_their_heads_inside_the_type_area():
    data = sample("notice", attachments=[{"title": "名单", "table": table(90)}])
    pages = [page for page in auditor.sheets(render("notice", data)) if page.boxes]
    assert len(pages) >= 4
    for page in pages:
        said = [line.text for line in page.lines]
        assert sum(text.startswith("序号工作室") for text in said) == 1
        assert min(box[0] for box in page.boxes) >= LEFT - 0.3
        assert max(box[2] for box in page.boxes) <= RIGHT + 0.3
        assert max(box[3] for box in page.boxes) <= BOTTOM + 0.3
    rows = [int(m[1]) for page in pages for line in page.lines if (m := re.match(r"(\d+)李喆", line.text))]
    assert rows == list(range(1, 91))


@pytest.mark.parametrize("lead", range(10, 34, 3))
def test_punctuation_never_stands_at_the_wrong_end(lead):
    text = (
        "工" * lead
        + "，“创新”（示范）、《办法》；"
        + "人" * (lead // 2)
        + "……"
        + "才" * lead
        + "——"
        + "会" * (lead // 3)
    )
    data = sample("notice", body=[text + "2026年9月3日1,234,567.89元" + "等" * (lead // 2) + "。"], attachments=None)
    (lines,) = auditor.paragraphs(auditor.sheets(render("notice", data)), data["body"])
    assert len(lines) >= 2
    for (_, line), (_, after) in pairwise(lines):
        assert after.text[0] not in NEVER_FIRST
        assert line.text[-1] not in NEVER_LAST
        assert not (line.text[-1].isdigit() and after.text[0].isdigit())
        assert (line.text[-1], after.text[0]) not in {("—", "—"), ("…", "…")}
