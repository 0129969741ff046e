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
from tests.documents.samples import random_paper, sample, table


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


def test_the_imprint_floats_at_the_foot_with_its_rules():
    table = word("notice", attachments=None).tables[-1]
    assert [row.cells[0].text for row in table.rows] == [
        "抄送：市总工会、旗委办公室。",
        "左河旗总工会办公室\t2026年9月4日印发",
    ]
    xml = table._tbl.tblPr.xml
    assert 'w:vertAnchor="page"' in xml
    assert '<w:top w:val="single" w:sz="8"' in xml


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
    assert document.tables[-1].rows[0].cells[0].text.startswith("主送：第0号基层工会委员会")


def test_a_table_goes_on_at_the_edge_of_the_type_area():
    document = word(
        "notice", attachments=[{"title": "名单", "table": table(40)}, {"title": "要求", "body": ["要求。"]}]
    )
    margins = [round(section.top_margin.mm, 1) for section in document.sections]
    assert margins == [34.6, 37.0, 34.6]
    assert [round(section.bottom_margin.mm, 1) for section in document.sections] == [32.6, 35.0, 32.6]
