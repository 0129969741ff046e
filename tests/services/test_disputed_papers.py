"""Papers and disputes: a draft from a disputed field says so, and a dispute names the papers of each value."""

import pytest
from sqlalchemy import text

from desktop.models import capture
from desktop.models.document import Document
from desktop.services import application, document, exchange
from desktop.services.journal.alike import alike, resolve_alike
from desktop.services.paper import disputed
from tests.services.counties import DAY
from tests.services.desks import conflicts_of, settle


def dispute(tmp_path, city, county, statement, mine, theirs):
    """Let both offices change something apart, then exchange."""
    settle([city, county], tmp_path)
    county.run(statement, value=mine)
    city.run(statement, value=theirs)
    settle([city, county], tmp_path)


def apply_for(desk, room):
    with desk.edit() as session:
        return application.start(session, room, "nm-2026-build", DAY)["id"]


def warned(desk, applied):
    with desk.database.reading() as session:
        draft = document.paper_data(session, "recommendation", "applications", [applied], {}, DAY)
        return [one for one in draft.warnings if "数据交换" in one]


def test_a_draft_made_from_a_disputed_name_says_so_until_it_is_settled(tmp_path, offices):
    city, county = offices
    room = county.workroom("甲工作室", leader_id=county.person("李四"))
    applied = apply_for(county, room)
    assert warned(county, applied) == []
    dispute(tmp_path, city, county, "UPDATE workrooms SET name = :value", "乙工作室", "丙工作室")
    (said,) = warned(county, applied)
    assert "工作室名称" in said
    assert "乙县总工会填“乙工作室”" in said
    assert "甲市总工会填“丙工作室”" in said
    shown = county.value("SELECT name FROM workrooms")
    assert f"本文用的是“{shown}”" in said
    with county.edit() as session:
        exchange.resolve(session, conflicts_of(county)[0]["id"], value="定了的工作室")
    assert warned(county, applied) == []


def test_a_disputed_fact_is_told_a_text_not_used_is_not(tmp_path, offices):
    city, county = offices
    room = county.workroom("甲工作室", leader_id=county.person("李四"))
    applied = apply_for(county, room)
    dispute(tmp_path, city, county, "UPDATE workrooms SET equipment_note = :value", "车床两台", "铣床两台")
    assert warned(county, applied) == []
    dispute(tmp_path, city, county, "UPDATE workrooms SET venue_area_sqm = :value", 2500, 3000)
    (said,) = warned(county, applied)
    assert "30.00" in said
    assert "25.00" in said


def test_disputes_of_other_workrooms_do_not_touch_a_paper(tmp_path, offices):
    city, county = offices
    first, second = (county.workroom(name, leader_id=county.person(name)) for name in ("甲", "乙"))
    applied = apply_for(county, first)
    settle([city, county], tmp_path)
    for desk, name in ((county, "县"), (city, "市")):
        desk.run("UPDATE workrooms SET name = :value WHERE id = :id", value=name, id=second)
    settle([city, county], tmp_path)
    assert len(conflicts_of(county)) == 1
    assert warned(county, applied) == []


def test_a_record_deleted_apart_is_told(tmp_path, offices):
    city, county = offices
    room = county.workroom("甲工作室", leader_id=county.person("李四"))
    member = county.member(room, county.person("王五"))
    applied = apply_for(county, room)
    settle([city, county], tmp_path)
    county.run("DELETE FROM members WHERE id = :id", id=member)
    city.run("UPDATE members SET role = '其他参与人员' WHERE id = :id", id=member)
    settle([city, county], tmp_path)
    (said,) = warned(county, applied)
    assert "已删除" in said


def test_the_papers_drawn_on_include_members_and_their_honours_not_other_grants(offices):
    _city, county = offices
    room = county.workroom("甲工作室", leader_id=county.person("李四"))
    person = county.person("王五")
    member = county.member(room, person)
    other = county.workroom("乙工作室")
    applied = apply_for(county, room)
    with county.database.reading() as session:
        raw = capture.driver(session.connection())
        found = disputed.dependencies(raw, [("applications", applied)])
    assert {("workrooms", room), ("members", member), ("people", person)} <= found
    assert ("workrooms", other) not in found


def file_paper(desk, room, **data):
    with desk.edit() as session:
        made = Document(
            office_id=desk.office,
            kind="decision",
            title="命名决定",
            subject_noun="workrooms",
            subject_id=room,
            data=data,
        )
        session.add(made)
        session.flush()
        return made.id


def papers(desk):
    with desk.database.reading() as session:
        (found,) = exchange.conflicts(session)
        listed = disputed.papers_by_value(session, found)
    return {
        value["value"]: [paper["id"] for paper in ones] for value, ones in zip(found["values"], listed, strict=True)
    }


def test_each_value_names_the_papers_that_used_it(tmp_path, offices):
    city, county = offices
    room, other = county.workroom("甲工作室"), county.workroom("乙工作室二")
    dispute(
        tmp_path, city, county, "UPDATE workrooms SET name = :value WHERE name = '甲工作室'", "县名工作室", "市名工作室"
    )
    made = file_paper(county, room, body=["命名县名工作室为示范工作室。"], subjects=[room])
    file_paper(county, other, body=["县名工作室是邻居。"], subjects=[other])
    second = file_paper(county, other, body=["两家：市名工作室。"], subjects=[other, room])
    assert papers(county) == {"县名工作室": [made], "市名工作室": [second]}


@pytest.mark.parametrize(
    ("field", "mine", "theirs", "written"),
    [
        ("unit_funding_fen", 5_000_000, 6_000_000, "配套50,000.00元"),
        ("established_on", "2026-09-01", "2026-10-01", "于2026年9月1日成立"),
    ],
)
def test_amounts_and_days_are_found_as_papers_write_them(tmp_path, offices, field, mine, theirs, written):
    city, county = offices
    room = county.workroom("甲工作室")
    dispute(tmp_path, city, county, f"UPDATE workrooms SET {field} = :value", mine, theirs)
    made = file_paper(county, room, body=[written])
    assert sorted(map(len, papers(county).values())) == [0, 1]
    assert [made] in papers(county).values()


def test_yes_and_no_are_not_looked_for_in_texts(tmp_path, offices):
    city, county = offices
    county.workroom("甲工作室", equipment_ready=None)
    dispute(tmp_path, city, county, "UPDATE workrooms SET equipment_ready = :value", 1, 0)
    file_paper(county, county.value("SELECT id FROM workrooms"), body=["是否True False"])
    assert papers(county) == {True: [], False: []}


def test_many_alike_are_settled_by_one_offices_word(tmp_path, offices):
    city, county = offices
    rooms = [county.workroom(f"工作室{number}") for number in range(5)]
    settle([city, county], tmp_path)
    for desk, who in ((county, "县"), (city, "市")):
        desk.run("UPDATE workrooms SET contact = :who || name", who=who)
    county.run("UPDATE workrooms SET note = '县' WHERE id = :id", id=rooms[0])
    city.run("UPDATE workrooms SET note = '市' WHERE id = :id", id=rooms[0])
    settle([city, county], tmp_path)
    (group,) = alike(conflicts_of(city))
    assert (group.noun_title, len(group.ids), group.kind) == ("工作室", 5, "edit")
    assert [name for _id, name in group.offices] == ["乙县总工会", "甲市总工会"]
    with city.edit() as session:
        assert resolve_alike(session, group.ids, county.office) == 5
    assert [one["title"] for one in conflicts_of(city)] == ["备注"]
    assert {value for (value,) in city.rows("SELECT contact FROM workrooms")} == {f"县工作室{n}" for n in range(5)}
    settle([city, county], tmp_path)
    assert [one["title"] for one in conflicts_of(county)] == ["备注"]
    with city.edit() as session:
        assert resolve_alike(session, group.ids, county.office) == 0
        assert session.execute(text("SELECT 1 FROM sync_dirty")).first() is None
