import io
import re
from collections import Counter

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from desktop.documents.kind import Setting
from desktop.documents.kinds import KINDS
from tests.documents.samples import KINDS as OFFICIAL
from tests.documents.samples import ORGANS, random_paper, sample, table


def word(kind, **changes):
    return Document(io.BytesIO(KINDS[kind].word(sample(kind, **changes), Setting())))


@pytest.mark.parametrize("kind", OFFICIAL)
def test_every_kind_has_its_text(kind):
    data = sample(kind)
    texts = [paragraph.text for paragraph in word(kind).paragraphs]
    for paragraph in data["body"]:
        assert paragraph in texts
    assert data["title"] in "".join(texts)
    assert "2026年9月3日" in texts
    assert "附件：1.创新工作室名单" in texts


def test_the_page_has_the_measured_margins_and_pitch():
    document = word("notice")
    section = document.sections[0]
    assert abs(section.page_width - Mm(210)) < 700
    assert abs(section.top_margin - Mm(34.58)) < 700
    assert abs(section.bottom_margin - Mm(32.58)) < 700
    body = next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith("为深入"))
    assert body.paragraph_format.line_spacing == Pt(29.45)
    assert body.runs[0].font.size == Pt(16)
    assert 'w:val="-5"' in body.runs[0]._element.xml
    assert 'w:eastAsia="仿宋_GB2312"' in body.runs[0]._element.xml


def test_headings_take_their_faces():
    document = word("notice")
    runs = {run.text: run.font.name for paragraph in document.paragraphs for run in paragraph.runs}
    assert runs["一、基本要求"] == "黑体"
    assert runs["（一）加强领导。"] == "楷体_GB2312"
    assert runs["各单位要把创新工作室建设摆上重要位置。"] == "仿宋_GB2312"


def test_tables_repeat_their_head_and_cut_no_row():
    document = word("notice", attachments=[{"title": "名单", "table": table(40)}])
    rows = document.tables[0].rows
    assert len(rows) == 41
    assert "w:tblHeader" in rows[0]._tr.xml
    assert all("w:cantSplit" in row._tr.xml for row in rows)
    assert [cell.text for cell in rows[2].cells][:2] == ["2", "李喆劳模创新工作室"]


def test_odd_and_even_pages_have_their_numbers():
    document = word("notice")
    assert document.settings.odd_and_even_pages_header_footer
    for footer in (document.sections[0].footer, document.sections[0].even_page_footer):
        assert " PAGE " in footer._element.xml
        assert footer.paragraphs[0].text.startswith("—")


def test_a_plain_paper_begins_with_its_title():
    texts = [paragraph.text for paragraph in word("publicity", number=None).paragraphs]
    assert texts[0].startswith("关于2026年度")


def test_the_mark_is_red():
    document = word("decision")
    mark = next(paragraph for paragraph in document.paragraphs if paragraph.text == "左河旗总工会文件")
    assert str(mark.runs[0].font.color.rgb) == "DB0000"


@pytest.mark.parametrize("kind", ["notice", "letter", "request"])
def test_a_very_long_mark_takes_the_lines_of_the_printed_one(kind):
    name = "左河旗风力发电设备制造及新能源装备产业链劳模工匠创新工作室联盟工会委员会联合会"
    document = word(kind, issuer=name)
    red = [one for one in document.paragraphs if one.runs and one.runs[0].font.color.rgb is not None]
    mark = next(one for one in red if str(one.runs[0].font.color.rgb) == "DB0000")
    lines = mark.text.split("\n")
    assert "".join(lines) == (name if kind == "letter" else f"{name}文件")
    assert len(lines) == 2
    assert mark.runs[0].font.size.pt >= 24
    assert all(int(run._element.rPr.find(qn("w:w")).get(qn("w:val"))) < 100 for run in mark.runs if run.text.strip())


def test_the_imprint_floats_at_the_foot_with_its_rules():
    table = word("notice", attachments=None).tables[-1]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["", "抄送：市总工会、旗委办公室。"],
        ["", "左河旗总工会办公室\t2026年9月4日印发"],
    ]
    place = table._tbl.tblPr.find(qn("w:tblpPr"))
    assert [place.get(qn(f"w:{name}")) for name in ("vertAnchor", "horzAnchor", "tblpXSpec")] == [
        "page",
        "page",
        "center",
    ]
    # Two lines of 24 pt and three rules over the 版心's lower edge.
    assert int(place.get(qn("w:tblpY"))) / 1440 * 25.4 == pytest.approx(262 - 50.75 / 72 * 25.4, abs=0.1)


def test_the_imprint_is_centred_so_that_its_rules_stand_on_the_type_area():
    table = word("notice", attachments=None).tables[-1]
    aside, words = (int(column.get(qn("w:w"))) / 1440 * 25.4 for column in table._tbl.tblGrid)
    assert words == pytest.approx(156, abs=0.1)
    left = (210 - aside - words) / 2
    assert left + aside == pytest.approx(28, abs=0.1)
    for row in table.rows:
        assert "tcBorders" not in row.cells[0]._tc.xml
        assert [round(cell.width.mm) for cell in row.cells] == [2, 156]


def test_the_imprints_rules_are_heavy_outside_and_fine_within():
    first, last = (row.cells[1]._tc.tcPr.find(qn("w:tcBorders")) for row in word("notice").tables[-1].rows)
    weights = [[int(edge.get(qn("w:sz"))) / 8 / 72 * 25.4 for edge in borders] for borders in (first, last)]
    assert weights == [[pytest.approx(0.35, abs=0.05), pytest.approx(0.25, abs=0.05)],
                       [pytest.approx(0.25, abs=0.05), pytest.approx(0.35, abs=0.05)]]  # fmt: skip
    assert "tcBorders" not in word("letter").tables[-1]._tbl.xml


def test_properties_stand_in_the_order_of_the_format():
    body = next(paragraph for paragraph in word("notice").paragraphs if paragraph.text.startswith("为深入"))
    names = [element.tag.partition("}")[2] for element in body._element.pPr]
    assert names == ["widowControl", "autoSpaceDE", "autoSpaceDN", "spacing", "ind", "jc"]
    assert [element.tag.partition("}")[2] for element in body.runs[0]._element.rPr] == ["rFonts", "spacing", "sz"]


def test_signers_stand_two_to_a_line_and_the_number_on_the_last():
    texts = [paragraph.text for paragraph in word("report").paragraphs]
    assert "\t签发人：王珺　欧阳娜仁花" in texts
    assert "左河工发〔2026〕18号\t李喆" in texts


def everything(content):
    """Every character of a .docx, its tables and imprint included, without blanks."""
    body = Document(io.BytesIO(content)).element.body
    return "".join("".join(node.text or "" for node in body.iter(qn("w:t"))).split())


def printed(content):
    """Every character of a PDF, its page numbers and repeated heads left out."""
    with pypdfium2.PdfDocument(content) as book:
        pages = ["".join(page.get_textpage().get_text_range().split()) for page in book]
    return "".join(FOLIO.sub("", page) for page in pages)


FOLIO = re.compile(r"—\d+—")


@pytest.mark.parametrize("kind", OFFICIAL)
def test_a_file_to_edit_holds_every_character_of_the_printed_one(kind):
    data = sample(kind, attachments=[{"title": "名单", "table": table(8)}, {"title": "要求", "body": ["一、要求"]}])
    both = [KINDS[kind].word(data, Setting()), KINDS[kind].pdf(data, Setting())]
    assert Counter(everything(both[0])) == Counter(printed(both[1]))


@pytest.mark.parametrize("seed", range(6))
def test_random_papers_hold_the_same_paragraphs(seed):
    kind, data = random_paper(seed)
    said = everything(KINDS[kind].word(data, Setting()))
    for text in (data["title"], *data["body"], *(one["title"] for one in data["attachments"])):
        assert "".join(text.split()) in said


def test_addressees_that_leave_no_room_stand_in_the_imprint_here_too():
    to = [f"第{number}号基层工会委员会及其所属各分会" for number in range(30)]
    document = word("notice", to=to, attachments=None)
    assert not [paragraph.text for paragraph in document.paragraphs if paragraph.text.startswith("第0号")]
    assert document.tables[-1].rows[0].cells[1].text.startswith("主送：第0号基层工会委员会")


def test_a_table_goes_on_at_the_edge_of_the_type_area():
    document = word(
        "notice", attachments=[{"title": "名单", "table": table(40)}, {"title": "要求", "body": ["要求。"]}]
    )
    margins = [round(section.top_margin.mm, 1) for section in document.sections]
    assert margins == [34.6, 37.0, 34.6]
    assert [round(section.bottom_margin.mm, 1) for section in document.sections] == [32.6, 35.0, 32.6]


WIDE = {
    "columns": [f"第{number}列内容" for number in range(10)],
    "rows": [["某某有限责任公司创新工作室"] * 10] * 4,
}


def test_a_table_that_the_pdf_turns_has_landscape_pages_of_its_own():
    attachments = [{"title": "大表", "table": WIDE}, {"title": "要求", "body": ["要求。"]}]
    sections = list(word("notice", attachments=attachments).sections)
    sizes = [(round(section.page_width.mm), round(section.page_height.mm)) for section in sections]
    assert sizes == [(210, 297), (297, 210), (210, 297)]
    assert [section.orientation for section in sections] == [0, 1, 0]
    turned = sections[1]
    margins = (turned.left_margin, turned.top_margin, turned.right_margin, turned.bottom_margin)
    assert [round(margin.mm) for margin in margins] == [35, 28, 37, 26]
    assert [round(margin.mm, 1) for margin in (sections[2].left_margin, sections[2].top_margin)] == [28.0, 34.6]


def test_a_turned_table_is_as_wide_as_the_printed_one():
    document = word(
        "notice", attachments=[{"title": "大表", "table": WIDE}], copy_to=None, printed_by=None, printed_on=None
    )
    (found,) = document.tables
    assert sum(column.width.mm for column in found.columns) == pytest.approx(225, abs=0.5)
    upright = word("notice", attachments=[{"title": "名单", "table": table(3)}]).tables[0]
    assert sum(column.width.mm for column in upright.columns) == pytest.approx(156, abs=0.5)


@pytest.mark.parametrize(("even", "down"), [(False, 144), (True, 28)])
def test_a_turned_pages_number_stands_where_upright_pages_have_it(even, down):
    document = word("notice", attachments=[{"title": "大表", "table": WIDE}, {"title": "要求", "body": ["要求。"]}])
    _, turned, after = document.sections
    footer = turned.even_page_footer if even else turned.footer
    xml = footer._element.xml
    places = [int(found) / 36000 for found in re.findall(r"<wp:posOffset>(\d+)</wp:posOffset>", xml)]
    # Across: the page's foot is at the left, 26 mm from the edge; down: right or left end of the 版心's foot.
    assert places == pytest.approx([297 - 266.1 - 14 / 72 * 25.4, down], abs=0.1)
    assert 'vert="vert"' in xml
    assert " PAGE " in xml
    assert "posOffset" not in (after.even_page_footer if even else after.footer)._element.xml
    assert " PAGE " in (after.even_page_footer if even else after.footer)._element.xml


def test_an_imprint_after_a_turned_table_has_an_upright_page():
    sections = list(word("notice", attachments=[{"title": "大表", "table": WIDE}]).sections)
    assert [section.orientation for section in sections] == [0, 1, 0]


def test_a_letter_has_its_double_rules_and_no_number_on_the_first_page():
    document = word("letter", serial_copy="000123", secrecy="秘密★1年")
    mark, first, second = document.paragraphs[:3]
    assert mark.text == "左河旗总工会"
    frame = mark._element.pPr.find(qn("w:framePr"))
    assert int(frame.get(qn("w:w"))) / 1440 * 25.4 == pytest.approx(170, abs=0.1)
    assert int(frame.get(qn("w:x"))) / 1440 * 25.4 == pytest.approx(20, abs=0.1)
    assert 'w:bottom w:val="thickThinSmallGap"' in mark._element.xml
    assert first.text == "000123\t左河工发〔2026〕18号"
    assert second.text == "秘密★1年"
    section = document.sections[0]
    assert section.different_first_page_header_footer
    foot = section.first_page_footer
    assert 'w:val="thinThickSmallGap"' in foot._element.xml
    assert "PAGE" not in foot._element.xml
    assert foot.paragraphs[0].paragraph_format.left_indent.mm == pytest.approx(-8, abs=0.1)
    assert 297 - section.footer_distance.mm == pytest.approx(277, abs=0.1)
    assert "PAGE" in section.footer._element.xml


def test_only_letters_have_another_first_page():
    for kind in OFFICIAL:
        assert word(kind).sections[0].different_first_page_header_footer is (kind == "letter")
    assert not word("letter").sections[1].different_first_page_header_footer


def test_turnovers_of_the_statement_stand_under_the_names():
    titles = ["左河旗劳模和工匠人才创新工作室补助资金使用情况自查表。", "名单"]
    document = word("notice", attachments=[{"title": title} for title in titles])
    first, second = (one for one in document.paragraphs if one.text.endswith(("自查表", "2.名单")))
    assert first.text == "附件：1." + titles[0].rstrip("。")
    for one, start in ((first, 2), (second, 5)):
        layout = one.paragraph_format
        assert layout.left_indent.pt == pytest.approx(6 * 16, abs=0.5)
        assert (layout.left_indent + layout.first_line_indent) / 12700 == pytest.approx(start * 16, abs=1)


def test_the_closing_is_kept_with_the_last_of_the_text():
    paragraphs = word("notice", note=None).paragraphs
    texts = [paragraph.text for paragraph in paragraphs]
    date = texts.index("2026年9月3日")
    body = max(index for index, text in enumerate(texts[:date]) if text.startswith("为深入"))
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in paragraphs[body:date])
    assert not paragraphs[body - 1].paragraph_format.keep_with_next
    assert not paragraphs[date].paragraph_format.keep_with_next


def test_cells_keep_the_printed_distance_from_their_rules():
    xml = word("notice", attachments=[{"title": "名单", "table": table(3)}]).tables[0]._tbl.tblPr.xml
    assert [int(found) for found in re.findall(r'<w:(?:left|right) w:w="(\d+)"', xml)] == [68, 68]
    assert xml.index("tblCellMar") < xml.index("tblLook")


@pytest.mark.parametrize(("organs", "rows"), [(2, [2]), (3, [2, 1]), (4, [2, 2]), (6, [2, 2, 2])])
def test_joint_organs_stand_side_by_side_where_the_printed_paper_has_them(organs, rows):
    document = word("notice", issuer=None, issuers=ORGANS[:organs], attachments=None)
    signed = [one for one in document.paragraphs if one.text.startswith("\t左河旗")]
    assert [one.text.count("\t") for one in signed] == rows
    assert [name for one in signed for name in one.text.split("\t")[1:]] == ORGANS[:organs]
    for one in signed:
        places = [stop.position.mm for stop in one.paragraph_format.tab_stops]
        assert places == sorted(places)
        assert len(places) == one.text.count("\t")
        assert 0 <= places[0] <= places[-1] <= 156
    texts = [one.text for one in document.paragraphs]
    last = texts.index(signed[-1].text)
    assert texts[last + 1] == "\t2026年9月3日"
    if len(rows) > 1:
        # A seal of 42 mm has room between two rows of names.
        assert texts.index(signed[1].text) - texts.index(signed[0].text) >= 4


def test_unsealed_joint_organs_stand_one_under_another():
    texts = [one.text for one in word("notice", issuer=None, issuers=ORGANS[:3], sealed=False).paragraphs]
    at = texts.index(ORGANS[0])
    assert texts[at : at + 4] == [*ORGANS[:3], "2026年9月3日"]


def test_a_heading_is_kept_with_its_text():
    kept = {one.text: one.paragraph_format.keep_with_next for one in word("notice").paragraphs}
    assert kept["一、基本要求"] is True
    assert kept["（一）加强领导。各单位要把创新工作室建设摆上重要位置。"] is None
    assert kept["1.落实场地。"] is None
