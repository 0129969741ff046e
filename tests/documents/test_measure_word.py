"""The checks of a .docx: our own pass, and each can fail on a file that breaks it."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from desktop.documents.kind import Setting
from desktop.documents.kinds import KINDS
from desktop.documents.measure_word import check_word
from desktop.errors import BadInput
from tests.documents.samples import KINDS as OFFICIAL
from tests.documents.samples import sample


def changed(change) -> list:
    document = Document(io.BytesIO(KINDS["notice"].word(sample("notice"), Setting())))
    change(document)
    target = io.BytesIO()
    document.save(target)
    return [check for check in check_word(target.getvalue()) if check.status != "pass"]


def body_of(document):
    return [paragraph for paragraph in document.paragraphs if paragraph.text.startswith("为深入")]


@pytest.mark.parametrize("kind", OFFICIAL)
def test_our_own_papers_pass(kind):
    checks = check_word(KINDS[kind].word(sample(kind), Setting()))
    assert not [check for check in checks if check.status != "pass"]
    assert len(checks) >= 15


def wide(document):
    document.sections[0].page_width = Mm(216)


def usual_margins(document):
    document.sections[0].top_margin = Mm(37)


def narrow_left(document):
    document.sections[0].left_margin = Mm(25)


def single_spacing(document):
    for paragraph in body_of(document):
        paragraph.paragraph_format.line_spacing = 1.5


def common_pitch(document):
    for paragraph in body_of(document):
        paragraph.paragraph_format.line_spacing = Pt(28)


def no_indent(document):
    for paragraph in body_of(document):
        paragraph.paragraph_format.first_line_indent = Pt(16)


def set_face(paragraph, name):
    for run in paragraph.runs:
        run._element.rPr.rFonts.set(qn("w:eastAsia"), name)


def song_body(document):
    for paragraph in body_of(document):
        set_face(paragraph, "等线")


def song_heading(document):
    for paragraph in document.paragraphs:
        if paragraph.text.startswith("一、"):
            set_face(paragraph, "宋体")


def hei_title(document):
    for paragraph in document.paragraphs:
        if paragraph.runs and paragraph.runs[0].font.size == Pt(22):
            set_face(paragraph, "黑体")


def padded_number(document):
    for paragraph in document.paragraphs:
        if "〔2026〕" in paragraph.text and paragraph.text.endswith("18号"):
            paragraph.runs[0].text = "左河工发〔2026〕第018号"


def chinese_date(document):
    for paragraph in document.paragraphs:
        if paragraph.text == "2026年9月3日":
            paragraph.runs[0].text = "二〇二六年九月三日"


def no_folio(document):
    for footer in (document.sections[0].footer, document.sections[0].even_page_footer):
        for run in list(footer.paragraphs[0].runs):
            run._element.getparent().remove(run._element)


def one_footer(document):
    document.settings.odd_and_even_pages_header_footer = False


def spaces(document):
    body_of(document)[0].runs[0].text = "　　" + body_of(document)[0].runs[0].text


def no_title(document):
    for paragraph in document.paragraphs:
        if paragraph.runs and paragraph.runs[0].font.size == Pt(22):
            paragraph.runs[0].font.size = Pt(18)


def loose_characters(document):
    for paragraph in body_of(document):
        for run in paragraph.runs:
            for spacing in run._element.rPr.findall(qn("w:spacing")):
                run._element.rPr.remove(spacing)


@pytest.mark.parametrize(
    ("change", "title"),
    [
        (wide, "页宽"), (usual_margins, "天头"), (narrow_left, "订口"), (single_spacing, "行距"),
        (common_pitch, "行距"), (no_indent, "段首空二字"), (song_body, "正文字体"), (song_heading, "一、基本要求"),
        (hei_title, "标题字体"), (padded_number, "发文字号"), (chinese_date, "成文日期"), (no_folio, "页码"),
        (one_footer, "奇偶页"), (spaces, "空格缩进"), (no_title, "标题"), (loose_characters, "每行字数"),
    ],
)  # fmt: skip
def test_each_check_can_fail(change, title):
    failed = changed(change)
    assert any(title in check.title for check in failed), [check.title for check in failed]
    assert all(check.clause and check.found and check.required for check in failed)


def test_what_is_no_word_file_is_refused():
    for data in (b"", b"%PDF-1.7", b"PK\x03\x04 broken"):
        with pytest.raises(BadInput, match="不是可读的"):
            check_word(data)
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("other.xml", "<a/>")
    with pytest.raises(BadInput, match="没有正文"):
        check_word(empty.getvalue())


def test_a_damaged_part_is_named():
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("word/document.xml", "<w:document")
    with pytest.raises(BadInput, match=r"word/document\.xml"):
        check_word(broken.getvalue())


def test_a_file_without_body_section_answers_with_failures():
    plain = io.BytesIO()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {space}><w:body/></w:document>")
    titles = {check.title for check in check_word(plain.getvalue()) if check.status != "pass"}
    assert {"页宽", "页高", "标题", "页码"} <= titles
