"""The dossier of a workroom and the audit pack of a grant: parts in their order, bookmarks, what could not be bound."""

import contextlib
import io

import pikepdf
import pypdfium2
from PIL import Image

from desktop.documents.dossier import listing_pdf
from desktop.services import attachments, dossier, records
from desktop.services.funds import audit
from desktop.services.regulation import bundled
from tests.services.counties import DAY

ORDER = ("组成情况", "愿景目标", "管理制度", "计划方案", "成果项目", "效益效能")


def attach(county, noun, record_id, name, content):
    file = county.path.parent / name
    file.write_bytes(content)
    with county.writing() as session:
        return attachments.attach(session, attachments.attachment_folder(county.path), noun, record_id, file)


def picture(size=(400, 300)):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, "PNG")
    return out.getvalue()


def marks(path):
    with pikepdf.Pdf.open(path) as found, found.open_outline() as outline:
        return len(found.pages), {one.title: [child.title for child in one.children] for one in outline.root}


def make(county, year=None):
    out = county.path.parent / "档案.pdf"
    with county.reading() as session:
        return dossier.make(session, county.ids["room"], out, year), out


def test_the_parts_stand_in_the_order_of_the_regulation():
    assert dossier.sections([bundled()["wx-2021-model"]]) == ORDER
    assert dossier.sections([bundled()["tl-2020"]]) == ()
    assert set(dossier.PLACES) == set(ORDER)


def test_a_dossier_binds_records_pictures_and_pdfs_under_bookmarks(county):
    attach(county, "workrooms", county.ids["room"], "场地.png", picture())
    attach(county, "outcomes", county.ids["outcome"], "证书.pdf", listing_pdf("证书", []))
    made, out = make(county)
    pages, found = marks(out)
    assert (made.attachments, made.problems) == (2, ())
    titles = list(found)
    assert titles[:2] == ["目录", "第1部分　组成情况"]
    assert [title for title in titles if title.startswith("第")] == sorted(
        (title for title in titles if title.startswith("第")), key=lambda title: title[1]
    )
    # Each attachment stands in the part that speaks of its record.
    assert found["第1部分　组成情况"] == ["组成情况", "场地.png"]
    assert found["第5部分　成果项目"][-1] == "证书.pdf"
    assert "附件" not in found
    assert pages >= 6


def test_what_cannot_be_bound_is_named_and_stops_nothing(county):
    attach(county, "workrooms", county.ids["room"], "说明.txt", "不是图片".encode())
    attach(county, "workrooms", county.ids["room"], "坏.pdf", b"%PDF-1.7 broken")
    locked = io.BytesIO()
    with pikepdf.Pdf.new() as secret:
        secret.add_blank_page()
        secret.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    attach(county, "workrooms", county.ids["room"], "有密码.pdf", locked.getvalue())
    made, out = make(county)
    assert made.attachments == 0
    assert sorted(words.split("：")[0] for words in made.problems) == sorted(["坏.pdf", "有密码.pdf", "说明.txt"])
    assert "附件" not in marks(out)[1]


def test_a_years_dossier_leaves_other_years_out(county):
    county.put("outcomes", workroom_id=county.ids["room"], name="旧成果", date="2019-01-01", form="认定")
    lists = {"name": "旧成果", "date": "2019-01-01"}
    assert dossier._of_year(lists, 2019)
    assert not dossier._of_year(lists, 2025)
    assert dossier._of_year({"year": 2025, "date": "2019-01-01"}, 2025)
    made, out = make(county, 2025)
    assert out.read_bytes().startswith(b"%PDF")
    assert made.problems == ()


def test_a_years_dossier_holds_only_that_years_attachments(county):
    old = county.put("outcomes", workroom_id=county.ids["room"], name="旧成果", date="2019-01-01", form="认定")
    new = county.put("outcomes", workroom_id=county.ids["room"], name="新成果", date="2025-03-01", form="认定")
    for outcome, name in ((old, "旧.png"), (new, "新.png")):
        attach(county, "outcomes", outcome, name, picture())
    _made, out = make(county, 2025)
    titles = [title for children in marks(out)[1].values() for title in children]
    assert "新.png" in titles
    assert "旧.png" not in titles
    whole, out = make(county)
    assert whole.attachments == 2
    with county.reading() as session:
        found = dossier.years(session, county.ids["room"])
    assert {2019, 2025} <= set(found)
    assert found == sorted(found, reverse=True)


def test_the_audit_pack_holds_ledger_and_receipts(county):
    grant = county.add_grant(planned_on="2026-06-01")
    spent = county.put(
        "expenditures", grant_id=grant, workroom_id=county.ids["room"], category="技术研究", amount_yuan="100.00"
    )
    attach(county, "expenditures", spent, "发票.png", picture((3000, 100)))
    out = county.path.parent / "审计.pdf"
    with county.reading() as session:
        made = audit.audit_pack(session, grant, out, DAY).pdf
        assert records.get_record(session, "grants", grant)["year"] == 2026
    _pages, found = marks(out)
    assert list(found) == ["目录", "台账", "票据和附件"]
    assert (made.attachments, found["票据和附件"]) == (1, ["发票.png"])


def pages_of(path):
    """Return the words on each page, without blanks."""
    with contextlib.closing(pypdfium2.PdfDocument(path)) as found:
        return ["".join(page.get_textpage().get_text_range().split()) for page in found]


def test_every_page_bears_the_number_by_which_the_contents_name_it(county):
    attach(county, "workrooms", county.ids["room"], "场地.png", picture())
    attach(county, "outcomes", county.ids["outcome"], "证书.pdf", listing_pdf("证书", []))
    _made, out = make(county)
    pages = pages_of(out)
    assert all(f"第{number}页" in words for number, words in enumerate(pages, start=1))
    with pikepdf.Pdf.open(out) as found, found.open_outline() as outline:
        chapters = {one.title: one for one in outline.root}
    at = next(number for number, words in enumerate(pages, start=1) if "第5部分成果项目" in words and number > 1)
    assert "第5部分　成果项目" in chapters
    assert f"第5部分成果项目{at}" in pages[0]
    assert pages[0].count("成果项目") == 1, "a part that is one piece is listed once"


def test_a_dossier_speaks_as_people_do(county):
    county.put("applications", workroom_id=county.ids["room"], regulation="wx-2021-model", year=2025, state="已命名")
    county.add_grant(regulation="wx-2021-model", year=2025)
    county.put("outcomes", workroom_id=county.ids["room"], name="新夹具", date="2025-03-01", benefit_economic=True)
    _made, out = make(county, 2025)
    text = "".join(pages_of(out))
    assert "2025年3月1日" in text
    assert "2025-03-01" not in text
    assert "50,000.00" in text
    assert "无锡市劳模创新工作室管理办法（修订）" in text
    assert "wx-2021" not in text
    assert "新夹具有经济效益" in text
    assert "周建成领衔人" in text


def test_members_topics_and_honours_belong_to_the_years_in_which_they_stand():
    member = {"joined_on": "2022-03-01", "left_on": "2024-06-30"}
    assert [year for year in range(2020, 2027) if dossier._of_year(member, year)] == [2022, 2023, 2024]
    topic = {"started_on": "2024-02-01", "ended_on": None}
    assert [year for year in range(2023, 2027) if dossier._of_year(topic, year)] == [2024, 2025, 2026]
    assert dossier._of_year({"joined_on": None, "left_on": None}, 2019)
    assert not dossier._of_year({"awarded_on": "2026-04-28"}, 2025)


def test_what_hangs_on_the_leader_is_bound_with_the_team(county):
    attach(county, "people", county.ids["leader"], "劳模证书.png", picture())
    _made, out = make(county)
    assert "劳模证书.png" in marks(out)[1]["第1部分　组成情况"]
