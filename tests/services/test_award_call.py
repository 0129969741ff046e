"""申报评选通知: made of this office under the regulation whose course begins with it, and sent down."""

import pytest

from desktop.errors import BadInput
from desktop.services import document, identity
from desktop.services.journal.ownership import PUBLIC_PAPERS
from tests.services.counties import DAY


@pytest.fixture
def county(county):
    under(county, "wx-2021-award", "wx-2021-model")
    county.put("offices", name="滨湖区总工会", level="县级")
    return county


def under(county, *laws):
    county.set_office(regulations=list(laws), level="市级")


def drafted(county, **given):
    with county.reading() as session:
        own = identity.own_office_id(session)
        return document.paper_data(session, "award-call", "offices", [own], given, DAY)


def test_the_call_is_made_of_this_office_alone(county):
    with county.reading() as session:
        listed = document.subjects(session, "award-call")
        assert [one.id for one in listed] == [identity.own_office_id(session)]
        assert "award-call" in {kind.id for kind in document.kinds(session)}


def test_the_call_wants_its_last_day_and_tells_the_law_in_its_own_words(county):
    assert [field.name for field in drafted(county).missing if field.name != "to"] == ["deadline"]
    given = {
        "call_year": 2027,
        "deadline": "2027-05-31",
        "enclosed": ["申报表", "公示证明"],
        "contact": "张平 82700000",
    }
    draft = drafted(county, **given)
    text = "\n".join(draft.data["body"])
    assert draft.data["title"] == "关于开展2027年职工创新成果奖申报评选工作的通知"
    assert "请于2027年5月31日前将申报材料报送本会，并报送申报表、公示证明。" in text
    assert "联系人及电话：张平 82700000。" in text
    assert "十大科技创新成果、十大先进操作法、十大发明专利、十佳金点子" in text
    assert "第十条规定：“每年申报评选通知发布后" in text


def test_an_office_without_such_a_course_makes_none(county):
    under(county, "hn-2024")
    with county.reading() as session:
        assert "award-call" not in {kind.id for kind in document.kinds(session)}
    with pytest.raises(BadInput, match="没有以评选通知开始的评选"):
        drafted(county)


def test_the_call_is_issued_under_a_number_and_goes_down_to_all(county, tmp_path):
    with county.writing() as session:
        own, out = identity.own_office_id(session), tmp_path / "call.pdf"
        given = {"deadline": "2027-05-31", "to": ["各市（县）区总工会"]}
        made = document.issue(session, "award-call", "offices", [own], out, given, None, DAY)
    assert made["kind"] == "award-call"
    assert made["document_number"]
    assert made["kind"] in PUBLIC_PAPERS
    assert out.read_bytes().startswith(b"%PDF")


def offered(county):
    with county.reading() as session:
        return "award-call" in {kind.id for kind in document.kinds(session)}


@pytest.mark.parametrize(("level", "calls"), [("基层", False), ("县级", False), ("市级", True), ("省级", False)])
def test_only_the_office_that_gives_the_awards_calls_for_entries(county, level, calls):
    county.set_office(level=level)
    assert offered(county) is calls


@pytest.mark.parametrize(("region", "calls"), [("江苏省无锡市", True), ("内蒙古自治区通辽市", False)])
def test_an_office_that_chose_no_regulation_calls_only_where_the_text_is_of_its_place(county, region, calls):
    county.set_office(regulations=[], region=region, name="市总工会")
    assert offered(county) is calls
    if not calls:
        with pytest.raises(BadInput, match="没有以评选通知开始的评选"):
            drafted(county)
