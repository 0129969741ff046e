"""Ranked recommendation within the quota, its order in the printed list, and the naming rule."""

from datetime import date

import pytest

from desktop.errors import BadInput, NotAllowed
from desktop.services import document, identity, records
from desktop.services.recommending import ranking

LAW, YEAR = "jy-2022", 2026


def apply(county, name, state="已提交", leader=None, **values):
    own = {"leader_id": county.put("people", name=leader)} if leader else {}
    room = county.put("workrooms", name=name, **own)
    given = {"regulation": LAW, "year": YEAR, "state": state, "reference_date": "2026-09-01", **values}
    return county.put("applications", workroom_id=room, **given)


def listed(county, noun="applications", law=LAW, year=YEAR, track="工作室"):
    with county.reading() as session:
        return ranking.ranking(session, noun, law, year, track)


def order(county, ids, noun="applications"):
    with county.writing() as session:
        ranking.set_order(session, noun, ids)


def test_the_order_is_kept_and_the_rest_follow_by_name(county):
    first, second, third = (apply(county, name) for name in ("丙", "甲", "乙"))
    apply(county, "草稿一份", state="草稿")
    order(county, [third, first])
    assert [(one.record_id, one.rank) for one in listed(county).places] == [(third, 1), (first, 2), (second, None)]
    order(county, [second, third, first])
    assert [one.record_id for one in listed(county).places] == [second, third, first]


def test_taking_one_out_moves_the_others_up(county):
    ids = [apply(county, name) for name in "甲乙丙"]
    order(county, ids)
    with county.writing() as session:
        ranking.take_out(session, "applications", ids[0])
    assert [(one.record_id, one.rank) for one in listed(county).places] == [(ids[1], 1), (ids[2], 2), (ids[0], None)]


def test_places_beyond_the_quota_are_told(county):
    ids = [apply(county, name) for name in "甲乙丙"]
    order(county, ids)
    assert listed(county).sentence == "已排序3个，还没有登记名额。"
    with county.writing() as session:
        ranking.set_quota(session, LAW, YEAR, "工作室", 2, "揭工办〔2026〕3号", date(2026, 3, 1))
    found = listed(county)
    assert [one.within for one in found.places] == [True, True, False]
    assert found.sentence == "名额2个，已排序3个，超出1个。"
    with county.writing() as session:
        ranking.set_quota(session, LAW, YEAR, "工作室", 3)
        assert len(records.list_records(session, "quotas")) == 1
    assert listed(county).sentence == "名额3个，已排序3个。"


def test_a_quota_from_above_is_not_changed_below(county):
    with county.writing() as session:
        above = records.put_records(session, "offices", {"name": "揭阳市总工会", "level": "市级"})[0]["id"]
        own = identity.own_office_id(session)
        given = {"office_id": above, "given_to_id": own, "regulation": LAW, "year": YEAR, "count": 2}
        records.put_records(session, "quotas", given)
        with pytest.raises(NotAllowed, match="上级下达的名额是2个"):
            ranking.set_quota(session, LAW, YEAR, "工作室", 5)
        with pytest.raises(BadInput):
            ranking.set_quota(session, LAW, YEAR, "工作室", -1)
        assert ranking.quota_of(session, LAW, YEAR + 1) is None


def test_the_same_record_twice_or_two_lists_in_one_are_refused(county):
    one, other = apply(county, "甲"), apply(county, "乙", regulation="tl-2020")
    with pytest.raises(BadInput, match="两次"):
        order(county, [one, one])
    with pytest.raises(BadInput, match="同一办法"):
        order(county, [one, other])


def test_the_naming_rule_of_a_regulation_is_checked(county):
    apply(county, "张三劳模和工匠人才创新工作室", leader="张三")
    apply(county, "李四创新工作室", leader="李四")
    found = {one.name: one.name_problem for one in listed(county).places}
    assert found["张三劳模和工匠人才创新工作室"] == ""
    assert "李四劳模和工匠人才创新工作室" in found["李四创新工作室"]


def test_a_regulation_without_a_naming_rule_asks_nothing_of_names(county):
    apply(county, "李四创新工作室", leader="李四", regulation="tl-2020")
    (place,) = listed(county, law="tl-2020").places
    assert place.name_problem == ""


def test_awards_are_ranked_by_their_kind(county):
    given = {"regulation": "wx-2021-award", "award_year": YEAR, "state": "已提交"}
    ids = [county.put("awards", project_name=name, award_kind="职工发明专利奖", **given) for name in ("甲", "乙")]
    county.put("awards", project_name="丙", award_kind="合理化建议奖", **given)
    order(county, list(reversed(ids)), "awards")
    found = listed(county, "awards", "wx-2021-award", YEAR, "职工发明专利奖")
    assert [one.name for one in found.places] == ["乙", "甲"]
    with county.reading() as session:
        kinds = {kind for noun, _law, _year, kind in ranking.choices(session) if noun == "awards"}
    assert kinds == {"职工发明专利奖", "合理化建议奖"}


def test_the_list_is_printed_in_the_order_saved(county):
    ids = [apply(county, name) for name in ("甲工作室", "乙工作室", "丙工作室")]
    order(county, [ids[2], ids[0], ids[1]])
    with county.reading() as session:
        draft = document.paper_data(session, "recommendation", "applications", ids, on=date(2026, 9, 1))
    (table,) = [one["table"] for one in draft.data["attachments"]]
    names = [cell for row in table["rows"] for cell in row if str(cell).endswith("工作室")]
    assert names == ["丙工作室", "甲工作室", "乙工作室"]
