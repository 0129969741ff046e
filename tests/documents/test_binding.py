"""Several PDFs as one: papers of a batch, and dossiers with contents, bookmarks and what could not be bound."""

import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from desktop.documents.dossier import LONGEST_SIDE, Listing, Part, Piece, attachment_pdf, bound, listing_pdf
from desktop.documents.measured_page import open_pdf
from desktop.documents.merging import merged
from tests.documents.samples import sample
from tests.documents.test_papers import render


def paper(title="关于做好工作的通知"):
    return render("notice", sample("notice", title=title, attachments=None, note=None, copy_to=None))


def picture(width=300, height=200, form="PNG", mode="RGB"):
    target = io.BytesIO()
    Image.new(mode, (width, height), 1).save(target, form)
    return target.getvalue()


def lines(content):
    with pypdfium2.PdfDocument(content) as book:
        return [page.get_textpage().get_text_bounded() for page in book]


def locked():
    target = io.BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(target, encryption=pikepdf.Encryption(owner="o", user="u"))
    return target.getvalue()


def test_one_paper_merged_is_itself():
    content = paper()
    assert lines(merged([content])) == lines(content)
    with pikepdf.open(io.BytesIO(merged([content]))) as file:
        assert "/StructTreeRoot" in file.Root


def test_merged_papers_stand_in_their_order_with_every_page():
    titles = [f"关于第{number}件工作的通知" for number in range(1, 4)]
    papers = [paper(title) for title in titles]
    whole = lines(merged(papers))
    assert whole == [page for content in papers for page in lines(content)]
    assert [title for page in whole for title in titles if title in page] == titles


def test_no_page_of_a_merged_file_claims_the_structure_of_another():
    with pikepdf.open(io.BytesIO(merged([paper(), paper("关于另一件工作的通知")]))) as file:
        assert file.check_pdf_syntax() == []
        assert not {"/StructTreeRoot", "/MarkInfo"} & set(file.Root.keys())
        assert not any("/StructParents" in page for page in file.pages)
        assert file.Root.OutputIntents[0].S == pikepdf.Name.GTS_PDFA1
        with file.open_metadata() as said:
            assert said["pdfaid:part"] == "2"


def test_the_same_papers_merge_to_the_same_bytes():
    papers = [paper(), paper("关于另一件工作的通知")]
    assert merged(papers) == merged(papers)


def test_a_listing_has_a_table_for_each_kind_of_record():
    listings = [
        Listing("成员", ("姓名", "角色"), (("李喆", "领衔人"), ("王珺", "骨干成员")), (1, 2)),
        Listing("成果", ("名称", "日期"), (("智能截割", "2026年5月1日"),), (3, 1)),
    ]
    (page,) = open_pdf(listing_pdf("一、基本情况", listings))
    said = [line.text for line in page.lines]
    assert said[0] == "一、基本情况"
    assert [text for text in said if text in ("成员", "成果")] == ["成员", "成果"]
    assert "李喆领衔人" in said
    assert "智能截割2026年5月1日" in said


def test_a_long_listing_repeats_its_heads():
    rows = tuple((f"成员{number}", "骨干成员") for number in range(80))
    pages = open_pdf(listing_pdf("成员", [Listing("成员", ("姓名", "角色"), rows, (1, 1))]))
    assert len(pages) > 1
    assert all("姓名角色" in [line.text for line in page.lines] for page in pages)


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "RGB"), ("PNG", "P"), ("PNG", "RGBA"), ("JPEG", "L"), ("BMP", "RGB")]
)
def test_pictures_become_a_page_of_their_shape(form, mode):
    piece = attachment_pdf(picture(300, 200, form, mode), "image/x")
    assert piece.problem == ""
    with pikepdf.open(io.BytesIO(piece.pdf)) as file:
        (page,) = file.pages
        width, height = (float(side) for side in page.MediaBox[2:])
        assert width / height == pytest.approx(1.5, abs=0.01)


def test_large_pictures_are_reduced():
    piece = attachment_pdf(picture(5000, 2500), "image/png")
    with pikepdf.open(io.BytesIO(piece.pdf)) as file:
        (drawn,) = file.pages[0].Resources.XObject.values()
        assert (drawn.Width, drawn.Height) == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_a_pdf_is_bound_as_it_is():
    content = paper()
    assert attachment_pdf(content, "application/pdf").pdf == content


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"hello", "不是PDF或图片"), (b"", "不是PDF或图片"), (b"%PDF-1.7 broken", "不是PDF或图片"),
     (picture()[:60], "不是PDF或图片"), (b"PK\x03\x04word", "text/plain")],
)  # fmt: skip
def test_what_cannot_be_bound_says_why(content, said):
    piece = attachment_pdf(content, "text/plain")
    assert said in piece.problem
    assert piece.pdf == b""


def test_a_locked_pdf_says_that_it_is():
    assert "密码" in attachment_pdf(locked(), "application/pdf").problem


@pytest.fixture
def dossier():
    parts = [
        Part("一、基本情况", (Piece("成员", listing_pdf("成员", [Listing("成员", ("姓名",), (("李喆",),), (1,))])),)),
        Part("二、公文", (Piece("命名通知", paper()), Piece("证明", attachment_pdf(picture(), "image/png").pdf))),
        Part("三、附件", (Piece("合同.docx", problem="不是PDF或图片，没有并入"),)),
    ]
    return bound("李喆工作室档案", parts)


def test_the_contents_name_every_piece_with_its_page(dossier):
    pages = open_pdf(dossier)
    said = [line.text.strip("　 ") for line in pages[0].lines]
    assert said[:2] == ["第1页", "李喆工作室档案"]
    places = {text.rstrip("0123456789"): text[-1] for text in said if text[-1:].isdigit()}
    assert places["成员"] == "2"
    assert places["命名通知"] == "3"
    assert int(places["证明"]) == len(pages)
    assert "合同.docx" in "".join(said)
    assert "不是PDF或图片" in "".join(said)
    assert any(text.startswith("三、附件") and "（无）" in text for text in said)


def test_bookmarks_lead_to_the_pages_that_the_contents_name(dossier):
    with pikepdf.open(io.BytesIO(dossier)) as file, file.open_outline() as outline:
        titles = [item.title for item in outline.root]
        assert titles == ["目录", "一、基本情况", "二、公文"]
        assert [kid.title for kid in outline.root[2].children] == ["命名通知", "证明"]
        last = outline.root[2].children[1].destination
        assert last[0].objgen == file.pages[-1].objgen


def test_a_dossier_is_a_sound_file_without_a_false_structure(dossier):
    with pikepdf.open(io.BytesIO(dossier)) as file:
        assert file.check_pdf_syntax() == []
        assert "/StructTreeRoot" not in file.Root
