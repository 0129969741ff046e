"""Papers made from records: what they say, what they lack, their numbers, filing and matching."""

import io
import re
from datetime import date

import pypdfium2
import pytest

from desktop.errors import BadInput, NotFound
from desktop.services import allocation, allotment, application, blobs, document, records
from desktop.services.paper import subjects
from tests.services.counties import DAY, put


@pytest.fixture
def county(county):
    county.set_office(document_code="左中工发", chair="包志强", phone="0475-1234567", contact="王敏")
    return county


@pytest.fixture
def grant(county):
    return county.add_grant(received_yuan="50000", received_on="2026-08-01", quota_number="内工办发〔2026〕12号")


def draft(county, kind, noun, *ids, **given):
    with county.reading() as session:
        return document.paper_data(session, kind, noun, ids, given, DAY)


def text_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(content)) as book:
        return "".join(page.get_textpage().get_text_range() for page in book)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_recommendation_goes_up_with_its_ranked_table(county, applied):
    paper = draft(county, "recommendation", "applications", applied)
    assert paper.data["issuer"] == "左翼中旗总工会"
    assert paper.data["signer"] == "包志强"
    assert paper.data["number"] == {"code": "左中工发", "year": 2026, "serial": 1}
    assert any("内工办发〔2026〕12号" in paragraph for paragraph in paper.data["body"])
    (table,) = paper.data["attachments"]
    row = dict(zip(table["table"]["columns"], table["table"]["rows"][0], strict=True))
    assert row["工作室名称"] == "周建成劳模工匠创新工作室"
    assert row["团队人数"] == "6"
    assert row["领衔人荣誉"] == "省级劳动模范"
    assert row["成果数"] == "1"


def test_a_recorded_reason_is_explained_to_the_office_above(county, applied):
    with county.writing() as session:
        finding = application.verdict(session, applied, DAY).finding("nm-2026-build-7.1b")
        application.give_reason(session, applied, finding, "正在补办技能等级证书", "王敏", DAY)
    body = draft(county, "recommendation", "applications", applied).data["body"]
    assert any("正在补办技能等级证书" in paragraph and "第七条（一）" in paragraph for paragraph in body)


def test_rank_orders_the_list(county, applied):
    second = county.put("workrooms", name="第二工作室")
    with county.writing() as session:
        other = application.start(session, second, "nm-2026-build", DAY)["id"]
    county.put("applications", id=applied, rank=2)
    county.put("applications", id=other, rank=1)
    rows = draft(county, "recommendation", "applications", applied, other).data["attachments"][0]["table"]["rows"]
    assert [row[2] for row in rows] == ["第二工作室", "周建成劳模工匠创新工作室"]


def test_one_list_stands_under_one_regulation(county, applied):
    with county.writing() as session:
        other = application.start(session, county.ids["room"], "tl-2020", DAY)["id"]
    with pytest.raises(BadInput, match="办法不同"):
        draft(county, "recommendation", "applications", applied, other)
    with pytest.raises(BadInput, match="至少选择一份"):
        draft(county, "recommendation", "applications")


def test_publicity_asks_for_its_days_and_invents_none(county, applied):
    paper = draft(county, "publicity", "applications", applied)
    assert {one.name for one in paper.missing} == {"publicity_start", "publicity_end"}
    assert not any("工作日" in paragraph for paragraph in paper.data["body"])
    days = {"publicity_start": "2026-09-01", "publicity_end": "2026-09-07"}
    filled = draft(county, "publicity", "applications", applied, **days)
    assert not filled.missing
    assert any("2026年9月1日至2026年9月7日" in paragraph for paragraph in filled.data["body"])
    assert "publicity_start" not in filled.data
    assert "number" not in filled.data


def test_what_is_typed_stands_over_what_was_composed(county, applied):
    paper = draft(county, "naming-decision", "applications", applied, title="关于命名的决定", copy_to=["档案室"])
    assert paper.data["title"] == "关于命名的决定"
    assert paper.data["copy_to"] == ["档案室"]
    assert any("还是“草稿”" in warning for warning in paper.warnings)


def test_the_disbursement_notice_quotes_uses_and_bans(county, grant):
    paper = draft(county, "disbursement-notice", "grants", grant)
    said = "".join(paper.data["body"])
    assert "50,000.00元（大写：伍万元整）" in said
    assert "宏昌机械制造有限公司工会" in paper.data["to"]
    assert "尾号2345" in said
    assert "15050001040012345" not in said
    assert "不得用于接待费" in said
    assert "第十条" in said


def test_less_than_was_received_is_noticed(county):
    short = county.add_grant(received_yuan="50000", transferred_yuan="49999.99")
    assert any("足额" in warning for warning in draft(county, "disbursement-notice", "grants", short).warnings)


def test_the_quota_notice_adds_up(county, grant):
    other = county.add_grant(year=2026)
    table = draft(county, "quota-notice", "grants", grant, other).data["attachments"][0]["table"]
    assert table["rows"][-1][-1] == "100,000.00"


def allot(county, grant):
    with county.reading() as session:
        sheet = allocation.worksheet(session, grant, DAY)
    with county.writing() as session:
        allocation.save_lines(session, grant, allotment.proposed(sheet, sheet.lines, "floor"))


def test_reward_table_and_signature_sheet_agree(county, grant):
    with pytest.raises(BadInput, match="还没有填写奖励金额"):
        draft(county, "reward-table", "grants", grant)
    allot(county, grant)
    table = draft(county, "reward-table", "grants", grant).data
    sheet = draft(county, "signature-sheet", "grants", grant)
    assert [row["amount_yuan"] for row in table["rows"]] == [row["amount_yuan"] for row in sheet.data["rows"]]
    assert "税后金额" in sheet.data["tax_notice"]
    assert any("银行账号" in warning for warning in sheet.warnings)
    assert "50000.00" in text_of(document.render("reward-table", table, "pdf")).replace(",", "")


def test_no_reward_table_where_rewards_are_banned(county):
    banned = county.add_grant(regulation="jy-2022", grant_total_yuan="20000")
    with pytest.raises(BadInput, match="第十三条"):
        draft(county, "reward-table", "grants", banned)


def test_the_application_form_shows_every_binding_rule(county, applied):
    paper = draft(county, "application-form", "applications", applied)
    titles = [row["title"] for row in paper.data["criteria"]]
    assert "有工作制度：五项制度" in titles
    assert any(warning.startswith("待补") for warning in paper.warnings)
    said = squeezed(text_of(document.render("application-form", paper.data, "pdf")))
    for word in ("周建成劳模工匠创新工作室", "宏昌机械制造有限公司", "2022年3月1日", "骨干0", "智能截割"):
        assert word in said


def issue(county, out, kind, noun, *ids, **given):
    with county.writing() as session:
        return document.issue(session, kind, noun, ids, out, given, on=DAY)


def test_numbers_run_on_and_start_again_each_year(county, grant, tmp_path):
    first = issue(county, tmp_path / "a.pdf", "disbursement-notice", "grants", grant)
    second = issue(county, tmp_path / "b.pdf", "quota-notice", "grants", grant, to=["甲工会"])
    assert [first["document_number"], second["document_number"]] == ["左中工发〔2026〕1号", "左中工发〔2026〕2号"]
    later = issue(county, tmp_path / "c.pdf", "disbursement-notice", "grants", grant, date="2027-01-05")
    assert later["document_number"] == "左中工发〔2027〕1号"


def test_a_voided_paper_keeps_its_number(county, grant, tmp_path):
    first = issue(county, tmp_path / "a.pdf", "disbursement-notice", "grants", grant)
    county.put("documents", id=first["id"], state="已作废")
    second = issue(county, tmp_path / "b.pdf", "disbursement-notice", "grants", grant)
    assert second["number_serial"] == 2


def test_a_refused_paper_takes_no_number(county, grant, tmp_path):
    county.put("units", id=county.ids["unit"], name="宏昌�公司")
    with pytest.raises(Exception, match=r"�|U\+FFFD"):
        issue(county, tmp_path / "a.pdf", "quota-notice", "grants", grant, to=["甲工会"])
    assert not (tmp_path / "a.pdf").exists()
    with county.reading() as session:
        assert records.list_records(session, "documents") == []


def test_the_filed_copy_is_the_printed_file(county, grant, tmp_path):
    out = tmp_path / "a.pdf"
    filed = issue(county, out, "disbursement-notice", "grants", grant)
    assert blobs.read(blobs.folder_of(county.path), filed["sha256"]) == out.read_bytes()
    with county.reading() as session:
        assert [one["id"] for one in document.issued(session, "grants", grant)] == [filed["id"]]


def test_the_short_code_follows_the_data():
    code = document.short_code("reward-table", {"a": 1})
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", code)
    assert code == document.short_code("reward-table", {"a": 1})
    assert code != document.short_code("reward-table", {"a": 2})


def test_a_code_is_suggested_and_marked_where_the_office_has_none(county, grant):
    with county.writing() as session:
        office = records.list_records(session, "offices")[0]
        records.put_records(session, "offices", {"id": office["id"], "document_code": ""})
    paper = draft(county, "disbursement-notice", "grants", grant)
    assert paper.data["number"]["code"] == "左中工发"
    assert any("机关代字" in warning for warning in paper.warnings)


def test_kinds_and_their_subjects(county, applied, grant):
    with county.reading() as session:
        for kind in ("application-form", "recommendation", "publicity", "naming-decision", "disbursement-notice"):
            assert document.subjects(session, kind)
        assert not document.subjects(session, "award-entry")
        assert not document.subjects(session, "consent-opinion"), "no application under a regulation that asks for it"
        with pytest.raises(NotFound, match="不能由台账直接生成"):
            document.subjects(session, "notice")
        with pytest.raises(NotFound, match="没有这种公文"):
            document.subjects(session, "nonsense")


def test_subjects_are_told_apart_by_year_kind_and_state(county):
    with county.writing() as session:
        room = county.ids["room"]
        put(
            session,
            "grants",
            regulation="nm-2026-fund",
            workroom_id=room,
            year=2026,
            grant_total_yuan=50000,
            state="已到账",
        )
        put(session, "grants", regulation="nm-2026-fund", grant_total_yuan=100000, state="")
        put(
            session,
            "awards",
            regulation="wx-2021-award",
            project_name="快换夹具",
            award_kind="十佳金点子",
            state="草稿",
        )
        name = records.get_record(session, "workrooms", room)["name"]
        grants = [(one.title, one.detail) for one in subjects.listed(session, "grants", None)]
        assert [(one.title, one.detail) for one in subjects.listed(session, "awards", {"wx-2021-award"})] == [
            ("快换夹具", "十佳金点子 草稿")
        ]
    assert (name, "2026 已到账") in grants
    assert grants[-1] == ("（联盟）", ""), "what has no year comes last, what has no workroom is an alliance's"


def test_ages_are_full_years():
    from desktop.services.paper.composing_forms import age

    assert age(date(1978, 9, 1), DAY) == 48
    assert age(date(1978, 9, 2), DAY) == 47


def test_tables_are_written_as_workbooks(county, applied, grant):
    import openpyxl

    allot(county, grant)
    table = draft(county, "reward-table", "grants", grant).data
    book = openpyxl.load_workbook(io.BytesIO(document.render("reward-table", table, "xlsx")))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0][:2] == ("姓名", "角色")
    amounts = [row[rows[0].index("金额（税后）（元）")] for row in rows[1:]]
    assert sum(amounts) == 30000
    listed = draft(county, "recommendation", "applications", applied).data
    assert document.render("recommendation", listed, "xlsx").startswith(b"PK")
    with pytest.raises(BadInput, match="没有表格"):
        document.render("recommendation", {**listed, "attachments": []}, "xlsx")
    with pytest.raises(BadInput, match="DOCX"):
        document.render("reward-table", table, "docx")


def test_papers_that_travel_to_every_office_are_kinds_that_exist():
    from desktop.documents.kinds import KINDS
    from desktop.services.journal.ownership import PUBLIC_PAPERS
    from desktop.services.paper.kinds import COMPOSERS

    assert set(COMPOSERS) | set(KINDS) >= PUBLIC_PAPERS
    assert not {"signature-sheet", "reward-table", "application-form", "disbursement-notice"} & PUBLIC_PAPERS


def test_a_paper_of_the_wrong_records_is_refused_in_the_users_words(county):
    with county.reading() as session, pytest.raises(BadInput) as refused:
        document.paper_data(session, "application-form", "grants", ["x"])
    assert "申报" in refused.value.message
    assert "不能由" in refused.value.message
    assert "补助" in refused.value.message
