"""The money of grants: its way with days in transit, account entries, balance, yearly plan and audit pack."""

from datetime import date

import pypdfium2
import pytest
from openpyxl import load_workbook

from desktop.errors import BadInput, NotAllowed
from desktop.services import attachments, course, identity, records, store
from desktop.services.attestations import write_facts
from desktop.services.funds import audit, balance, entries, plan, trail
from desktop.services.regulation import regulation
from tests.services.journeys import OPENING

TODAY = date(2026, 9, 1)


def make_grant(county, law="nm-2026-fund", **values):
    given = {"workroom_id": county.ids["room"], "regulation": law, "year": 2026, "grant_total_yuan": "50000.00"}
    return county.put("grants", **{**given, **values})


def way(county, grant_id, today=TODAY):
    with county.reading() as session:
        return trail.trail(session, grant_id, today)


def test_the_way_counts_the_days_of_each_hop_and_of_the_whole(county):
    grant = make_grant(
        county, planned_on="2026-06-01", quota_issued_on="2026-06-18", received_on="2026-07-03",
        received_yuan="50000.00", transferred_on="2026-07-10", transferred_yuan="50000.00",
    )  # fmt: skip
    found = way(county, grant)
    known = [(hop.name, hop.status, hop.days, hop.amount_fen) for hop in found.hops[:4]]
    assert known == [
        ("指标已下达", "done", 17, 5_000_000),
        ("盟市或产业工会已收款", "done", 15, 5_000_000),
        ("已拨付基层工会账户", "done", 7, 5_000_000),
        ("预算与分配方案已定", "now", 53, None),
    ]
    assert (found.transit_days, found.is_arrived) == (22, True)
    assert found.sentence == "2026年6月18日下达，2026年7月10日到基层工会账户，在途22天。"


def test_money_under_way_is_counted_to_today_with_the_limit_that_the_text_writes(county):
    grant = make_grant(county, quota_issued_on="2026-06-18", received_on="2026-07-03")
    found = way(county, grant)
    paid = next(hop for hop in found.hops if hop.name == "已拨付基层工会账户")
    assert (paid.status, paid.days, paid.on) == ("now", 60, None)
    assert "及时" in paid.limit
    assert paid.cite == "第八条"
    assert not found.is_arrived
    assert found.transit_days == 75


def test_a_state_entered_by_hand_is_reached_without_its_days(county):
    grant = make_grant(county, state="支出完毕", transferred_on="2026-07-10")
    hops = way(county, grant).hops
    assert [hop.name for hop in hops if hop.status == "now"] == ["绩效评价完成"]
    assert next(hop for hop in hops if hop.name == "奖励已签领").days is None


def test_a_hop_that_the_text_does_not_write_is_called_convention(county):
    grant = make_grant(county)
    hop = next(one for one in way(county, grant).hops if one.name == "奖励已签领")
    assert (hop.cite, hop.status, hop.days) == ("约定", "ahead", None)


def test_the_steps_taken_say_the_days_over_the_grants_fields(county):
    grant = make_grant(county, law="hn-2024")
    found = way(county, grant)
    assert (found.hops[0].name, found.hops[0].status) == ("拨付", "now")
    assert found.sentence == "还没有登记指标下达或收款日期。"
    county.put(
        "steps", subject_noun="grants", subject_id=grant, regulation="hn-2024", workflow="hn-grant", position=1,
        from_state="已公布", to_state="拨付", taken_on="2026-08-20",
    )  # fmt: skip
    found = way(county, grant)
    assert [(hop.name, hop.status, hop.days) for hop in found.hops[:2]] == [("拨付", "done", None), ("支出", "now", 12)]


@pytest.mark.parametrize("law", ["nm-2026-fund", "hn-2024", "jy-2022", "wx-2021-model", "wx-2021-staff"])
def test_every_regulations_way_goes_from_its_beginning_to_an_end(county, law):
    grant = make_grant(county, law=law)
    flow = next(flow for flow in regulation(law).workflows if flow.noun == "grants")
    hops = way(county, grant).hops
    assert len({hop.name for hop in hops}) == len(hops)
    assert flow.is_final(hops[-1].name)
    assert [hop.status for hop in hops].count("now") == 1


def test_a_grant_under_a_regulation_without_a_course_says_so(county):
    grant = make_grant(county, law="tl-2020")
    assert "没有写补助资金的拨付程序" in way(county, grant).sentence


def test_account_entries_follow_the_hops_of_wuxi(county):
    grant = make_grant(
        county, law="wx-2021-model", grant_total_yuan="20000.00", received_on="2026-03-01", received_yuan="20000.00"
    )
    with county.reading() as session:
        found = entries.entries(session, grant, TODAY)
    assert [(one.account, one.on, one.amount_fen) for one in found] == [
        ("上级补助收入—专项补助", date(2026, 3, 1), 2_000_000),
        ("业务支出—专项业务费", None, 2_000_000),
        ("代管经费", None, 2_000_000),
    ]
    assert {one.cite for one in found} == {"第二十一条"}


def test_no_accounts_are_invented(county):
    grant = make_grant(county)
    with county.reading() as session:
        assert entries.entries(session, grant, TODAY) == []


@pytest.mark.parametrize(
    ("category", "use"),
    [
        ("技能培训", "listed"),
        ("印刷费", "listed"),
        ("接待费", "banned"),
        ("业务招待费", "banned"),
        ("打井", "unlisted"),
    ],
)
def test_a_use_is_listed_banned_or_neither_by_everyday_words_too(category, use):
    assert balance.use_of(regulation("nm-2026-fund"), category)[0] == use


def spend(county, grant, category, amount, source="补助资金"):
    return county.put(
        "expenditures", grant_id=grant, workroom_id=county.ids["room"], category=category, amount_yuan=amount,
        source=source, paid_on="2026-08-01",
    )  # fmt: skip


def test_the_balance_counts_rewards_once_and_other_money_apart(county):
    grant = make_grant(county)
    allocation = county.put("allocations", grant_id=grant)
    county.put(
        "allocation_lines", allocation_id=allocation, amount_yuan="9000.00", tax_withheld_yuan="1000.00", role="领衔人"
    )
    spend(county, grant, "技能培训", "5000.01")
    spend(county, grant, "接待费", "300.00", source="单位资金")
    with county.reading() as session:
        held = balance.balance(session, grant)
    assert (held.rewards_fen, held.spent_fen, held.left_fen) == (1_000_000, 500_001, 3_499_999)
    assert held.by_source == (("单位资金", 1, 30_000), ("补助资金", 1, 500_001))
    assert [line.use for line in held.lines if line.source == "单位资金"] == ["own"]
    spend(county, grant, "成员奖励", "9500.00")
    with county.reading() as session:
        again = balance.balance(session, grant)
    assert (again.rewards_fen, again.left_fen) == (950_000, 5_000_000 - 950_000 - 500_001)


def test_an_expense_without_a_receipt_is_told(county, tmp_path):
    grant = make_grant(county)
    first, _second = spend(county, grant, "技能培训", "1.00"), spend(county, grant, "资料印制", "2.00")
    file = tmp_path / "发票.pdf"
    file.write_bytes(b"%PDF-1.4")
    with county.writing() as session:
        attachments.attach(session, attachments.attachment_folder(county.path), "expenditures", first, file)
    with county.reading() as session:
        held = balance.balance(session, grant)
    assert held.without_receipt == 1
    assert {line.receipts for line in held.lines} == {0, 1}


def test_the_yearly_plan_gives_the_texts_amount_once_a_year(county):
    with county.writing() as session:
        (made,) = plan.add_to_plan(session, "nm-2026-fund", 2026, [county.ids["room"]], TODAY)
        assert made["grant_total_yuan"] == "50000.00"
        with pytest.raises(NotAllowed, match="已在2026年的计划里"):
            plan.add_to_plan(session, "nm-2026-fund", 2026, [county.ids["room"]], TODAY)
        assert plan.add_to_plan(session, "nm-2026-fund", 2027, [county.ids["room"]], TODAY)
    with county.reading() as session:
        found = plan.year_plan(session, "nm-2026-fund", 2026)
    assert (len(found.lines), found.total_fen, found.issued_fen) == (1, 5_000_000, 0)
    assert ("工作室", 1, "每年支持50个左右（第四条）") in found.tracks
    assert any(track == "联盟" and "5个左右" in text for track, _count, text in found.tracks) or len(found.tracks) == 1


def test_a_text_without_an_amount_plans_nothing(county):
    with county.writing() as session, pytest.raises(BadInput, match="没有写"):
        plan.add_to_plan(session, "tl-2020", 2026, [county.ids["room"]], TODAY)


def test_quotas_are_issued_through_the_course_under_one_number(county):
    with county.writing() as session:
        (made,) = plan.add_to_plan(session, "nm-2026-fund", 2026, [county.ids["room"]], date(2026, 6, 1))
        write_facts(session, made["id"], OPENING["nm-2026-fund"], TODAY, "王敏")
        with pytest.raises(BadInput, match="文号"):
            plan.issue_quota(session, [made["id"]], " ", "王敏", TODAY)
        (issued,) = plan.issue_quota(
            session, [made["id"]], "内工发〔2026〕31号", "王敏", date(2026, 6, 18), "依据：来文〔2026〕8号"
        )
        assert issued["quota_number"] == "内工发〔2026〕31号"
        (road,) = course.roads(session, "grants", made["id"], TODAY)
        assert road.chain.state == "指标已下达"
        with pytest.raises(NotAllowed, match="已在"):
            plan.issue_quota(session, [made["id"]], "内工发〔2026〕31号", "王敏", TODAY)
    with county.reading() as session:
        assert plan.year_plan(session, "nm-2026-fund", 2026).issued_fen == 5_000_000


def test_one_call_writes_every_ledger_as_pdf_and_workbook(county, tmp_path):
    grant = make_grant(county, quota_issued_on="2026-06-18", quota_number="内工发〔2026〕31号")
    expense = spend(county, grant, "接待费", "88.00")
    file = tmp_path / "发票.pdf"
    file.write_bytes(b"%PDF-1.4 broken")
    with county.writing() as session:
        attachments.attach(session, attachments.attachment_folder(county.path), "expenditures", expense, file)
    county.put("plans", workroom_id=county.ids["room"], year=2026, kind="资金预算", content="=SUM(1)")
    with county.reading() as session:
        pack = audit.audit_pack(session, grant, tmp_path / "审计资料.pdf", TODAY)
    with pypdfium2.PdfDocument(tmp_path / "审计资料.pdf") as pdf:
        printed = "".join(page.get_textpage().get_text_bounded() for page in pdf).replace("\r\n", "")
    name = records_of(county, "workrooms", county.ids["room"])["name"]
    assert f"{name}2026年补助资金审计资料" in printed
    for said in ("50,000.00", "88.00", "2026年6月18日", "内工发〔2026〕31号", "禁止"):
        assert said in printed
    assert "2026-06-18" not in printed
    book = load_workbook(pack.workbook)
    assert book.sheetnames == ["资金情况", "资金去向", "支出台账", "预算和绩效", "票据和附件"]
    assert pack.lines == sum(sheet.max_row - 1 for sheet in book)
    spending = book["支出台账"]
    head = [cell.value for cell in spending[1]]
    row = dict(zip(head, (cell.value for cell in spending[2]), strict=True))
    assert (row["用途核对"], row["票据数"], row["金额（元）"]) == ("禁止", 1, 88)
    assert book["预算和绩效"]["D2"].data_type == "s"
    assert pack.pdf.problems


def test_the_pack_tells_the_steps_that_stand_with_their_article_and_those_taken_back_with_why(county):
    grant = make_grant(county)
    with county.writing() as session:
        write_facts(session, grant, OPENING["nm-2026-fund"], TODAY, "王敏")
        taken = course.advance(session, "grants", grant, "指标已下达", "王敏", TODAY, "来文〔2026〕8号")
        course.take_back(session, taken["step"], "李红", TODAY, "登错了一笔")
        course.advance(session, "grants", grant, "指标已下达", "王敏", TODAY, "来文〔2026〕9号")
        found = {table.title: rows for table, rows in audit.sheets(session, grant, TODAY)}
    first, back = found["办理经过"]
    assert (first["state"], first["cite"], first["reason"]) == ("指标已下达", "第八条", "来文〔2026〕9号")
    assert (back["state"], back["reason"]) == ("指标已下达（已撤回）", "登错了一笔")


def test_a_use_is_judged_by_the_kind_of_grant(county):
    law = regulation("nm-2026-fund")
    assert balance.use_of(law, "技术培训", "工作室")[0] == "unlisted"
    assert balance.use_of(law, "技术培训", "联盟")[0] == "listed"
    assert balance.use_of(law, "接待费", "工作室")[0] == balance.use_of(law, "接待费", "联盟")[0] == "banned"


def test_sheets_hold_the_shares_with_names_and_results(county):
    grant = make_grant(county)
    allocation = county.put("allocations", grant_id=grant)
    outcome = county.ids["outcome"]
    person = records_of(county, "workrooms", county.ids["room"])["leader_id"]
    county.put("allocation_lines", allocation_id=allocation, amount_yuan="100.00", person_id=person, outcome_id=outcome)
    with county.reading() as session:
        found = {table.title: rows for table, rows in audit.sheets(session, grant, TODAY)}
    (share,) = found["奖励分配"]
    assert share["name"] == records_of(county, "people", person)["name"]
    assert share["result"] == records_of(county, "outcomes", outcome)["name"]


def records_of(county, noun, record_id):
    with county.reading() as session:
        return records.get_record(session, noun, record_id)


def test_quotas_are_issued_by_the_office_that_the_text_names(county, tmp_path):
    with county.reading() as session:
        assert plan.planned_here(session) == []
    region = identity.initialise(
        tmp_path / "r.db", "内蒙古自治区总工会", "省级", "内蒙古自治区", regulations=["nm-2026-fund", "nm-2026-build"]
    )
    with store.reading(region) as session:
        assert [law for law, _title in plan.planned_here(session)] == ["nm-2026-fund"]
    region.close()
