"""Every kind of paper under every regulation that uses it: golden content, law word for word, nothing borrowed."""

import json
import os
import re
from pathlib import Path

import pytest

from desktop.documents.measure import check_pdf
from desktop.documents.official import OFFICIAL_KINDS
from desktop.errors import BadInput
from desktop.rules.regulation import shown_text
from desktop.services import allocation, allotment, document
from desktop.services.paper.composing import ITEM_NUMBER
from desktop.services.paper.kinds import COMPOSERS
from desktop.services.paper.recipes import RECIPES, regulations_of
from tests.services.counties import DAY
from tests.services.paper_county import AWARD_LAW, LAWS, PAIRS, PaperCounty

GOLDEN = Path(__file__).resolve().parent.parent / "data" / "papers" / "composed"
MONEY_KINDS = {"reward-table", "signature-sheet"}


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    made = PaperCounty(tmp_path_factory.mktemp("papers"))
    (grant,) = made.made["grants", regulations_of("reward-table", LAWS)[0]]
    with made.reading() as session:
        sheet = allocation.worksheet(session, grant, DAY)
    with made.writing() as session:
        allocation.save_lines(session, grant, allotment.proposed(sheet, sheet.lines, "floor"))
    yield made
    made.database.close()


@pytest.mark.parametrize("kind", list(COMPOSERS))
def test_what_is_composed_is_the_golden_content(county, kind):
    """DESK_GOLDEN=1 writes the files anew; look at their changes before committing them."""
    made = {law: county.filled(kind, law).data for law in regulations_of(kind, LAWS)}
    said = json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    golden = GOLDEN / f"{kind}.json"
    if os.environ.get("DESK_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(said, "utf-8")
    assert made, "a kind that no regulation uses"
    assert said == golden.read_text("utf-8")


@pytest.mark.parametrize(("kind", "law"), PAIRS)
def test_every_paper_can_be_set_and_is_complete_when_its_fields_are_filled(county, kind, law):
    paper = county.filled(kind, law)
    assert not paper.missing
    content = document.render(kind, paper.data, "pdf", code="ABCD-2345")
    assert content.startswith(b"%PDF-1.7")


OFFICIAL = [pair for pair in PAIRS if COMPOSERS[pair[0]].layout in OFFICIAL_KINDS]


@pytest.mark.parametrize(("kind", "law"), OFFICIAL)
def test_letterhead_papers_pass_every_measure(county, kind, law):
    checks = check_pdf(document.render(kind, county.filled(kind, law).data, "pdf"))
    assert not [check for check in checks if check.status == "fail"]
    assert len(checks) > (20 if COMPOSERS[kind].numbered else 8)


def _strings(value):
    if isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize(("kind", "law"), PAIRS)
def test_what_is_quoted_stands_in_the_text_at_the_article_named(county, kind, law):
    sentences: dict[str, list[str]] = {}
    for rule in LAWS[law].rules:
        sentences.setdefault(rule.article, []).append(shown_text(rule.text))
    for text in _strings(county.filled(kind, law).data):
        for article, quote in re.findall(r"(第[^。；“”]+?|[一二三四]、[^。“”]+?)规定：“([^”]+)”", text):
            said = quote.replace("‘", "“").replace("’", "”")
            assert any(said in sentence for sentence in sentences[article]), (article, quote)


@pytest.mark.parametrize(("kind", "law"), PAIRS)
def test_no_paper_names_another_regulation(county, kind, law):
    said = "".join(_strings(county.filled(kind, law).data))
    others = [other for other in LAWS.values() if other.id != law and other.doc_no != LAWS[law].doc_no]
    assert not [other.id for other in others if other.doc_no in said]


STRANGE = [
    (kind, law)
    for kind, maker in COMPOSERS.items()
    for law in LAWS
    if maker.strict and maker.nouns[0] in {"applications", "grants", "assessments"}
    if law not in regulations_of(kind, LAWS)
]


@pytest.mark.parametrize(("kind", "law"), STRANGE)
def test_a_regulation_without_the_paper_is_refused(county, kind, law):
    noun = COMPOSERS[kind].nouns[0]
    with county.reading() as session, pytest.raises(BadInput, match="没有“"):
        document.paper_data(session, kind, noun, county.made[noun, law], {}, DAY)


def test_a_workroom_paper_refuses_a_regulation_that_does_not_use_it(county):
    with pytest.raises(BadInput, match="没有“变更批复”"):
        county.draft("change-reply", "hn-2024")


def test_a_workroom_paper_offers_the_choice_of_regulation(county):
    with county.reading() as session:
        draft = document.paper_data(session, "change-reply", "workrooms", [county.ids["room"]], {}, DAY)
    field = next(one for one in draft.fields if one.name == "regulation")
    assert set(field.choices) == {LAWS[law].title for law in regulations_of("change-reply", LAWS)}
    other = next(title for title in field.choices if title != field.value)
    chosen = county.draft("change-reply", other)
    assert other in "".join(chosen.data["body"])


def test_papers_lists_each_kind_with_the_regulations_that_use_it():
    listed = {one["id"]: one["regulations"] for one in document.describe()}
    only = {kind: laws for kind, laws in listed.items() if len(laws) == 1}
    assert only["expert-draw"] == ["hn-2024"]
    assert only["consent-opinion"] == ["wx-2021-model"]
    assert only["reward-table"] == only["signature-sheet"] == only["quota-notice"] == ["nm-2026-fund"]
    assert listed["publicity"] == ["jy-2022", "wx-2021-model", "wx-2021-staff"]
    assert listed["ledger-note"] == ["wx-2021-model", "wx-2021-staff"]
    assert set(RECIPES) == set(COMPOSERS)


def test_an_office_sees_the_kinds_of_its_own_regulations(county):
    with county.writing() as session:
        office = document.own_office(session)
        before, office.regulations = office.regulations, ["hn-2024"]
        shown = {kind.id for kind in document.kinds(session)}
        office.regulations = before
    assert "expert-draw" in shown
    assert not shown & {"reward-table", "ledger-note", "award-entry"}
    assert shown >= document.PRACTISED


def test_publicity_of_an_award_counts_the_days_that_the_text_gives(county):
    inside = county.draft("unit-publicity", AWARD_LAW, publicity_start="2026-09-01")
    outside = county.draft("social-publicity", AWARD_LAW, publicity_start="2026-09-01")
    ends = [next(f.value for f in draft.fields if f.name == "publicity_end") for draft in (inside, outside)]
    assert ends == ["2026-09-06", "2026-09-08"]
    assert inside.data["issuer"] == "宏昌机械制造有限公司工会"
    unknown = county.draft("social-publicity", AWARD_LAW, publicity_start="2035-09-03")
    assert [field.name for field in unknown.missing] == ["publicity_end"]
    assert any("2035" in warning for warning in unknown.warnings)


def test_a_revocation_asks_a_person_for_ground_and_facts(county):
    draft = county.draft("revocation", "jy-2022")
    assert {field.name for field in draft.missing} == {"ground", "facts"}
    grounds = next(field.choices for field in draft.fields if field.name == "ground")
    assert len(grounds) == 7
    chosen = county.draft("revocation", "jy-2022", ground=grounds[3], facts=["骗取荣誉。"])
    body = "".join(chosen.data["body"])
    assert "第八条（三）规定：“创新工作室及其成员弄虚作假，骗取荣誉的”" in body
    assert chosen.data["title"].endswith("予以摘牌的决定")


def test_money_of_a_grant_adds_up(county):
    data = county.draft("expense-detail", "jy-2022").data
    assert (data["total_yuan"], data["spent_yuan"], data["left_yuan"]) == ("50000.00", "12000.50", "37999.50")
    body = county.draft("expense-report", "jy-2022").data["body"]
    assert any("结余37,999.50元" in paragraph for paragraph in body)
    performance = county.draft("performance-review", "nm-2026-fund").data
    assert performance["reward_share"] == "60%"


def test_accounts_come_from_the_regulation(county):
    rows = county.draft("ledger-note", "wx-2021-model").data["rows"]
    assert [row["account"] for row in rows] == [entry.account for entry in LAWS["wx-2021-model"].ledger_entries]


def test_each_award_has_its_own_conditions(county):
    own = set()
    for place in range(4):
        with county.reading() as session:
            one = county.made["awards", AWARD_LAW][place]
            data = document.paper_data(session, "award-entry", "awards", [one], {}, DAY).data
        own.add(tuple(row["title"] for row in data["rows"]))
        assert data["award_kind"] in data["title"]
    assert len(own) == 4


def test_sections_of_a_report_are_those_of_the_text(county):
    titles = [section["title"] for section in county.draft("annual-report", "wx-2021-model").data["sections"]]
    assert titles == ["建设发展", "目标完成", "创新创造", "人才培养", "单位支持保障", "工会指导服务"]


def test_recommendations_go_as_report_request_or_letter(county):
    closing = {
        kind: county.draft(kind, "hn-2024").data["body"][-1]
        for kind in ("recommendation", "recommendation-request", "recommendation-letter")
    }
    assert list(closing.values()) == ["特此报告。", "妥否，请批示。", "特此函达。"]
    assert "signer" not in county.draft("recommendation-letter", "hn-2024").data


def test_item_numbers_leave_the_quote():
    assert ITEM_NUMBER.sub("", "（四）对考核") == "对考核"
    assert ITEM_NUMBER.sub("", "3.已有效运行") == "已有效运行"
    assert ITEM_NUMBER.sub("", "50个左右") == "50个左右"


def test_issuing_a_form_files_it_with_its_code(county, tmp_path):
    out = tmp_path / "a.pdf"
    with county.writing() as session:
        noun, ids = county.records_for("first-review", "jy-2022")
        filed = document.issue(session, "first-review", noun, ids, out, {}, on=DAY)
    assert filed["kind"] == "first-review"
    assert filed["short_code"] == document.short_code("first-review", county.draft("first-review", "jy-2022").data)
    assert out.is_file()
