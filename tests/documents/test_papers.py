import io
import itertools
import os
import re
import shutil
import subprocess
import time

import pikepdf
import pypdfium2 as pdfium
import pytest

from desktop.documents.kind import Setting
from desktop.documents.kinds import KINDS
from desktop.documents.measure import Status, check_pdf
from desktop.documents.measured_page import Box, open_pdf
from desktop.documents.seal import load_seal
from desktop.documents.styles import PITCH, TOP
from desktop.errors import BadInput, Unprintable
from tests.documents.samples import KINDS as OFFICIAL
from tests.documents.samples import ORGANS, PLAIN, random_paper, sample, seal_image, table

FOLIO = re.compile(r"—\s\d+\s—")
HARD_SEEDS = range(int(os.environ.get("DESK_PAPERS", "200")))
"""How many random papers every run of the suite measures; DESK_PAPERS=1000 measures more."""
MONGOLIAN = "ᠵᠡᠭᠦᠨ ᠭᠣᠤᠯ ᠤᠨ ᠬᠣᠰᠢᠭᠤᠨ ᠤ ᠶᠡᠷᠦᠩᠬᠡᠢ ᠦᠢᠯᠡᠳᠪᠦᠷᠢᠴᠢᠨ ᠦ ᠡᠪᠯᠡᠯ"


def render(kind, data, seals=0, diameter=42.0):
    seal = load_seal(seal_image(), diameter)
    return KINDS[kind].pdf(data, Setting(seals=(seal,) * seals))


def text_of(data):
    document = pdfium.PdfDocument(data)
    pages = [FOLIO.sub("", page.get_textpage().get_text_bounded()) for page in document]
    document.close()
    return "".join("".join(pages).split())


def poppler_text(data, folder):
    """Return what pdftotext reads off a PDF, or what pdfium reads where that program is not installed."""
    if shutil.which("pdftotext") is None:
        return text_of(data)
    file = folder / "paper.pdf"
    file.write_bytes(data)
    said = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", file, "-"], capture_output=True, check=True)
    return "".join(FOLIO.sub("", said.stdout.decode()).split())


def failures(data):
    return [check for check in check_pdf(data) if check.status is Status.FAIL]


def expected_text(data):
    yield from (data["title"], *data["body"])
    for attachment in data.get("attachments", []):
        yield attachment["title"]
        yield from attachment.get("body", [])


@pytest.mark.parametrize("kind", OFFICIAL)
def test_every_kind_passes_every_check(kind):
    data = sample(kind)
    file = render(kind, data)
    assert failures(file) == []
    text = text_of(file)
    for part in expected_text(data):
        assert "".join(part.split()) in text


@pytest.mark.parametrize("seed", HARD_SEEDS)
def test_random_papers_pass_every_check_and_give_back_their_text(seed, tmp_path):
    kind, data = random_paper(seed)
    seals = len(data.get("issuers", [1])) if seed % 2 and kind != "minutes" else 0
    file = render(kind, data, seals)
    assert failures(file) == []
    for text in (text_of(file), poppler_text(file, tmp_path)):
        for part in expected_text(data):
            assert "".join(part.split()) in text


@pytest.mark.parametrize("diameter", [30, 38, 42, 45, 46, 50])
def test_seals_of_every_size_stand_right(diameter):
    file = render("notice", sample("notice", note=None), seals=1, diameter=diameter)
    checks = [check for check in check_pdf(file) if check.clause == "7.3.5.1"]
    assert len(checks) >= 6
    assert [check for check in checks if check.status is Status.FAIL] == []


@pytest.mark.parametrize("organs", [2, 3, 4, 6])
def test_joint_papers_have_a_seal_for_each_organ(organs):
    data = sample("notice", issuer=None, issuers=ORGANS[:organs], body=[PLAIN] * 3, attachments=None, note=None)
    file = render("notice", data, seals=organs)
    assert failures(file) == []
    with pikepdf.open(io.BytesIO(file)) as pdf:
        drawn = sum(page.Contents.read_bytes().count(b" Do") for page in pdf.pages)
    assert drawn == organs


LONG_TITLE = "关于印发劳模和工匠人才创新工作室补助资金使用情况专项检查考核结果和推荐管理办法的通知"
MANY = [*ORGANS, "左河旗卫生健康委员会", "左河旗农牧局", "左河旗商务局"]


@pytest.mark.parametrize("organs", [1, 3, 6, 9])
@pytest.mark.parametrize("body", ["此复。", "请遵照执行，并于2026年9月3日前报送结果。"])
@pytest.mark.parametrize(("title", "receivers"), [("关于2026年度工作的通知", 1), (LONG_TITLE, 6)])
def test_a_body_of_one_line_stays_with_its_seals(organs, body, title, receivers):
    """Lines closer, then characters wider apart: the means of clause 7.3.5.5."""
    issuers = {"issuer": None, "issuers": MANY[:organs]} if organs > 1 else {}
    data = sample("notice", **issuers, title=title, to=ORGANS[:receivers], body=[body], note=None, attachments=None)
    file = render("notice", data, seals=organs)
    checks = check_pdf(file)
    assert [check for check in checks if check.status is Status.FAIL] == []
    assert body in text_of(file)
    assert "印章与正文同面" in {check.title for check in checks}


def test_a_long_statement_of_attachments_stands_with_the_seals_where_the_body_cannot():
    """To the seal the 附件说明 is text as the body is (clause 7.3.5.1)."""
    attachments = [{"title": f"名单之{number}"} for number in range(8)]
    data = sample("notice", issuer=None, issuers=MANY, body=["特此通知。"], note=None, attachments=attachments)
    file = render("notice", data, seals=len(MANY))
    assert failures(file) == []
    first, last = (page.lines for page in open_pdf(file)[:2])
    assert "特此通知。" in [line.text for line in first]
    assert sum(line.text.lstrip("附件：")[:1].isdigit() for line in last if "名单之" in line.text) >= 2
    assert any(line.text == "2026年9月3日" for line in last)


def test_a_statement_of_many_attachments_keeps_the_grid():
    title = "左河旗劳模和工匠人才创新工作室补助资金使用情况汇总表及其说明"
    data = sample("notice", body=[PLAIN] * 4, note=None, attachments=[{"title": f"{title}{n}"} for n in range(12)])
    pages = open_pdf(render("notice", data, seals=1))
    for page in pages:
        bases = [line.baseline for line in page.lines if 15.5 <= line.size <= 16.5]
        steps = [below - above for above, below in itertools.pairwise(bases)]
        assert all(step >= PITCH - 0.02 for step in steps if page.index)
    date = next(page for page in pages if any(line.text == "2026年9月3日" for line in page.lines))
    assert sum("汇总表" in line.text or "左河旗劳模" in line.text for line in date.lines) >= 2


def test_receivers_that_no_imprint_can_hold_are_refused_in_words():
    to = [f"左河旗第{number}苏木乡镇总工会委员会" for number in range(90)]
    with pytest.raises(Unprintable, match="统称") as refused:
        render("notice", sample("notice", to=to))
    assert refused.value.where == "to"
    with pytest.raises(Unprintable, match="统称") as refused:
        render("notice", sample("notice", copy_to=to))
    assert refused.value.where == "copy_to"


def test_the_last_of_22_lines_keeps_every_tail_inside_the_type_area():
    data = sample("notice", body=["工(g)/y_j，肆、财（饵）" * 90], attachments=None, note=None)
    pages = open_pdf(render("notice", data))
    full = [page for page in pages[1:] if len([line for line in page.lines if line.size == 16]) == 22]
    assert full
    for page in full:
        ink = page.ink(page.dark, Box(0, 0, 210, 266))
        assert ink.y0 >= TOP
        assert ink.y1 <= 262.5


def test_a_joint_mark_that_leaves_no_room_is_the_lead_organs_alone():
    organs = [*MANY, "左河旗妇女联合会", "共青团左河旗委员会", "左河旗国资委"]
    file = render("notice", sample("notice", issuer=None, issuers=organs, title=LONG_TITLE, sealed=False))
    marks = [line.text for line in open_pdf(file)[0].lines if line.size > 22]
    assert marks == ["左河旗总工会文件"]
    assert failures(file) == []


def test_no_page_ends_with_a_heading():
    for count in range(8, 30):
        body = ["各单位：", *["情况说明。"] * count, "一、基本要求", "（一）加强领导", PLAIN, "二、其他", PLAIN]
        pages = open_pdf(render("notice", sample("notice", body=body, attachments=None, note=None)))
        for page in pages:
            lines = [line.text for line in page.lines if "—" not in line.text[:1]]
            assert not lines or lines[-1] not in ("一、基本要求", "（一）加强领导", "二、其他"), count


def test_single_organs_are_listed_with_pauses_and_classes_with_commas():
    page = open_pdf(render("notice", sample("notice", to=ORGANS[:3], copy_to=["市总工会", "旗委办公室"])))
    said = [line.text for sheet in page for line in sheet.lines]
    assert "、".join(ORGANS[:3]) in "".join(said).replace("：", "")
    assert "抄送：市总工会、旗委办公室。" in said
    classes = open_pdf(render("notice", sample("notice")))[0].lines
    assert "各苏木乡镇总工会，各基层工会：" in [line.text for line in classes]


def test_seals_must_match_the_organs():
    with pytest.raises(BadInput, match="印章"):
        render("notice", sample("notice"), seals=2)
    with pytest.raises(BadInput, match="不加盖"):
        render("minutes", sample("minutes"), seals=1)


def test_the_same_data_gives_the_same_bytes():
    assert render("decision", sample("decision"), 1) == render("decision", sample("decision"), 1)


def test_files_are_pdf_a_with_embedded_fonts_and_structure():
    with pikepdf.open(io.BytesIO(render("letter", sample("letter"), 1))) as pdf:
        assert pdf.check_pdf_syntax() == []
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "B")
        assert meta["dc:title"] == sample("letter")["title"] == str(pdf.docinfo.Title)
        assert pdf.Root.Lang == "zh-CN"
        assert pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()[36:40] == b"acsp"
        assert pdf.Root.StructTreeRoot.K.S == "/Document"
        fonts = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"]
        assert len(fonts) >= 6
        for font in fonts:
            if font.Subtype == "/Type0":
                assert font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()[:4] == b"\0\1\0\0"
                assert font.ToUnicode.read_bytes()


def test_every_mark_of_the_structure_leads_back_to_its_element():
    with pikepdf.open(io.BytesIO(render("notice", sample("notice")))) as pdf:
        parents = pdf.Root.StructTreeRoot.ParentTree.Nums
        for index, page in enumerate(pdf.pages):
            marks = page.Contents.read_bytes().count(b"/MCID")
            assert page.StructParents == parents[2 * index] == index
            assert len(parents[2 * index + 1]) == marks


def test_rare_names_extract_as_they_were_written():
    names = "喆珺昇赟䶮𠮷𬱖堃㛃䥽"
    file = render("publicity", sample("publicity", body=[f"拟命名领衔人：{names}。", PLAIN]))
    assert names in text_of(file)


def test_a_long_list_of_addressees_moves_to_the_imprint():
    to = [f"第{number}号基层工会委员会及其所属各分会" for number in range(30)]
    file = render("notice", sample("notice", to=to, attachments=None))
    pages = open_pdf(file)
    assert not any(line.text.startswith("第0号") for line in pages[0].lines)
    assert any(line.text.startswith("主送：第0号") for line in pages[-1].lines)
    assert failures(file) == []


def test_the_imprint_stands_on_an_even_page_and_blank_pages_are_not_numbered():
    data = sample("notice", attachments=None, note=None)
    for count in range(1, 12):
        pages = open_pdf(render("notice", {**data, "body": [PLAIN] * count}))
        assert len(pages) % 2 == 0
        assert any("印发" in line.text for line in pages[-1].lines)
        numbers = [
            "".join(line.text for line in page.lines if FOLIO.search(line.text) or "—" in line.text[:1])
            for page in pages
        ]
        blank = [index for index, page in enumerate(pages) if not [line for line in page.lines if "—" not in line.text]]
        assert all(numbers[index] == "" for index in blank)
        assert all(numbers[len(pages) - 1] == "" for _ in blank)


def test_a_table_of_500_rows_repeats_its_head_and_cuts_no_row():
    file = render("notice", sample("notice", attachments=[{"title": "名单", "table": table(500)}]))
    pages = [page for page in open_pdf(file)[2:] if page.lines and page.lines[-1].text != "印发"]
    heads = [line for page in pages for line in page.lines if line.text.startswith("序号工作室")]
    rows = [line.text for page in pages for line in page.lines if re.match(r"\d+李喆", line.text)]
    assert len(heads) >= 20
    assert len(rows) == 500


def test_a_wide_table_is_turned_and_its_page_number_stays_upright():
    wide = {"columns": [f"第{n}列内容" for n in range(10)], "rows": [["某某有限责任公司创新工作室"] * 10] * 4}
    page = open_pdf(render("notice", sample("notice", attachments=[{"title": "大表", "table": wide}])))[2]
    turned = [char for char in page.chars if char.turned]
    assert len(turned) > 400
    assert any(re.fullmatch(r"—\d+—", line.text) for line in page.lines)
    # Counter-clockwise: the title reads upwards at the left of the page.
    title = [char for char in turned if char.char == "大"]
    assert title[0].x0 < 70


def test_a_mongolian_mark_stands_beside_the_chinese_one():
    file = render("notice", sample("notice", mongolian_mark=MONGOLIAN))
    page = open_pdf(file)[0]
    red = page.ink(page.red)
    assert red is not None
    assert red.x0 < 34
    marks = [line for line in page.lines if line.size > 22]
    assert marks[0].centre == pytest.approx(106, abs=0.5)
    assert failures(file) == []


def test_upward_papers_name_their_signers():
    page = open_pdf(render("report", sample("report")))[0]
    lines = [line.text for line in page.lines]
    assert any(line.startswith("签发人：王珺") and "欧阳娜仁花" in line for line in lines)
    assert any(line.startswith("左河工发〔2026〕18号") and line.endswith("李喆") for line in lines)


def test_unsealed_papers_set_the_date_two_cells_in():
    checks = check_pdf(render("notice", sample("notice", sealed=False, issuer="左河旗职工技术协会办公室")))
    assert [check.status for check in checks if check.title == "日期比署名右移二字"] == [Status.PASS]


def test_one_paper_is_fast_when_warm():
    """Counted in the processor's time: another program's load is no fault of the paper."""
    data = sample("notice", attachments=None)
    render("notice", data)

    def spent():
        start = time.process_time()
        render("notice", data)
        return time.process_time() - start

    assert min(spent() for _ in range(3)) < 0.15


@pytest.mark.parametrize("digits", range(4, 12))
def test_titles_with_digits_stay_inside_the_type_area(digits):
    title = "1" * digits + "年拟推荐劳模和工匠人才创新工作室名单"
    data = sample("notice", title=f"关于{title}的通知", attachments=[{"title": title, "table": table(3)}])
    assert [check for check in failures(render("notice", data)) if check.title == "文字右边缘"] == []


def test_a_space_at_a_break_moves_no_line_in():
    for lead in range(20, 32):
        body = ["工" * lead + " 5-10 家创新工作室" + "，每家给予补助资金" * 4 + "。"]
        file = render("notice", sample("notice", body=body, attachments=None, note=None))
        assert [check for check in failures(file) if "左边缘" in check.title] == []
        assert "".join(body[0].split()) in text_of(file)
