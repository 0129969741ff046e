"""Packages between offices: what travels, what it changes, disputes, taking back."""

import pytest
from sqlalchemy import text

from desktop.errors import BadPackage, NotAllowed, NotFound
from desktop.models.assessment import Assessment
from desktop.services import exchange, identity, integrity, records
from tests.services.desks import carry, conflicts_of, make_desk, pack, settle, state_of, tables_of, take


@pytest.fixture
def county(county_desk):
    return county_desk


def resolve(desk, conflict, **choice):
    with desk.edit() as session:
        exchange.resolve(session, conflict, **choice)


def test_a_workroom_travels_up_and_an_edit_back_down(tmp_path, city, county):
    workroom = county.workroom("焊接工作室", leader_id=county.person(id_number="150102199001011234"))
    result = carry(county, city, tmp_path)
    assert result["counts"] == {"new": 2, "changed": 0, "deleted": 0}
    assert (result["waiting"], result["conflicts"], result["same_state"]) == ([], [], True)
    city.run("UPDATE workrooms SET note = '已阅' WHERE id = :id", id=workroom)
    back = carry(city, county, tmp_path)
    assert county.value("SELECT note FROM workrooms") == "已阅"
    assert [item["title"] for item in back["changes"][0]["fields"]] == ["备注"]
    assert county.value("SELECT id_number FROM people") == city.value("SELECT id_number FROM people")
    settle([city, county], tmp_path)
    assert state_of(city) == state_of(county)
    assert tables_of(city) == tables_of(county)


def test_importing_twice_changes_nothing(tmp_path, city, county):
    county.workroom()
    parcel = pack(county, city, tmp_path)
    first = take(city, parcel)
    before = tables_of(city), state_of(city)
    second = take(city, parcel)
    assert second["applied"] == 0
    assert second["already_known"] == first["applied"] + first["already_known"]
    assert second["import_id"] == first["import_id"]
    assert (tables_of(city), state_of(city)) == before


def test_preview_tells_the_outcome_and_writes_nothing(tmp_path, city, county):
    county.workroom("甲")
    parcel = pack(county, city, tmp_path)
    before = city.rows("SELECT * FROM sync_commit"), city.rows("SELECT * FROM sync_import"), tables_of(city)
    seen = take(city, parcel, preview=True)
    assert (city.rows("SELECT * FROM sync_commit"), city.rows("SELECT * FROM sync_import"), tables_of(city)) == before
    done = exchange.import_package(city.database, parcel, expected=seen["package_sha256"])
    told = ("applied", "already_known", "waiting", "conflicts", "state_hash", "counts", "changes")
    assert {key: seen[key] for key in told} == {key: done[key] for key in told}


def test_a_file_swapped_after_the_preview_is_refused(tmp_path, city, county):
    county.workroom("甲")
    parcel = pack(county, city, tmp_path)
    seen = take(city, parcel, preview=True)
    county.workroom("乙")
    parcel.write_bytes(pack(county, city, tmp_path).read_bytes())
    with pytest.raises(BadPackage, match="预览"):
        exchange.import_package(city.database, parcel, expected=seen["package_sha256"])
    assert city.value("SELECT count(*) FROM workrooms") == 0


def test_edits_made_apart_are_kept_side_by_side(tmp_path, city, county):
    workroom = county.workroom(note="起初")
    settle([city, county], tmp_path)
    county.run("UPDATE workrooms SET note = '县里改', name = '同名'")
    city.run("UPDATE workrooms SET note = '市里改', name = '同名'")
    settle([city, county], tmp_path)
    for desk in (city, county):
        (found,) = conflicts_of(desk)
        assert (found["noun"], found["record"], found["field"]) == ("workrooms", workroom, "note")
        assert {(v["value"], v["office"]) for v in found["values"]} == {
            ("县里改", "乙县总工会"),
            ("市里改", "甲市总工会"),
        }
    assert state_of(city) == state_of(county)
    assert tables_of(city) == tables_of(county)


def test_saving_settles_nothing_but_a_decision_does(tmp_path, city, county):
    county.workroom()
    settle([city, county], tmp_path)
    county.run("UPDATE workrooms SET note = 'a'")
    city.run("UPDATE workrooms SET note = 'b'")
    settle([city, county], tmp_path)
    city.run("UPDATE workrooms SET name = '别的字段'")
    city.run("UPDATE workrooms SET note = 'c'")
    (found,) = conflicts_of(city)
    shown = city.value("SELECT note FROM workrooms")
    assert shown == "c"
    assert len({v["value"] for v in found["values"]} & {"a", "b"}) == 1
    resolve(city, found["id"], take=found["values"][1]["write"])
    assert conflicts_of(city) == []
    assert city.value("SELECT note FROM workrooms") == found["values"][1]["value"]
    settle([city, county], tmp_path)
    assert conflicts_of(county) == []
    assert tables_of(city) == tables_of(county)


def test_a_dispute_settled_twice_apart_is_a_new_dispute(tmp_path, city, county):
    county.workroom()
    settle([city, county], tmp_path)
    county.run("UPDATE workrooms SET note = 'a'")
    city.run("UPDATE workrooms SET note = 'b'")
    settle([city, county], tmp_path)
    resolve(city, conflicts_of(city)[0]["id"], value="市定")
    resolve(county, conflicts_of(county)[0]["id"], value="县定")
    settle([city, county], tmp_path)
    for desk in (city, county):
        assert {v["value"] for v in conflicts_of(desk)[0]["values"]} == {"市定", "县定"}
    resolve(city, conflicts_of(city)[0]["id"], value=conflicts_of(city)[0]["values"][0]["value"])
    settle([city, county], tmp_path)
    assert conflicts_of(city) == conflicts_of(county) == []
    with pytest.raises(NotFound):
        resolve(city, "workrooms:x:note", value="y")


def test_an_edit_beside_a_delete_keeps_the_record_and_is_listed(tmp_path, city, county):
    workroom = county.workroom()
    settle([city, county], tmp_path)
    county.run("DELETE FROM workrooms")
    city.run("UPDATE workrooms SET note = '还在用'")
    settle([city, county], tmp_path)
    for desk in (city, county):
        assert desk.value("SELECT note FROM workrooms WHERE id = :id", id=workroom) == "还在用"
        (found,) = conflicts_of(desk)
        assert (found["kind"], [v["value"] for v in found["values"]]) == ("delete", ["删除", "保留"])
    resolve(county, conflicts_of(county)[0]["id"], value="删除")
    settle([city, county], tmp_path)
    for desk in (city, county):
        assert desk.rows("SELECT id FROM workrooms") == []
        assert conflicts_of(desk) == []
    assert state_of(city) == state_of(county)


def test_a_record_kept_by_decision_stays(tmp_path, city, county):
    county.workroom()
    settle([city, county], tmp_path)
    county.run("DELETE FROM workrooms")
    city.run("UPDATE workrooms SET note = 'x'")
    settle([city, county], tmp_path)
    resolve(city, conflicts_of(city)[0]["id"], value="保留")
    settle([city, county], tmp_path)
    assert conflicts_of(city) == conflicts_of(county) == []
    assert county.value("SELECT count(*) FROM workrooms") == 1


def test_a_deletion_that_saw_everything_is_gone_everywhere(tmp_path, city, county):
    county.person(id_number="1")
    settle([city, county], tmp_path)
    city.run("UPDATE people SET name = '改名'")
    settle([city, county], tmp_path)
    county.run("DELETE FROM people")
    settle([city, county], tmp_path)
    assert city.rows("SELECT id FROM people") == county.rows("SELECT id FROM people") == []
    assert conflicts_of(city) == []


def test_a_deleted_record_that_another_office_came_to_refer_to_is_kept(tmp_path, city, county):
    person, workroom = county.person(), county.workroom()
    settle([city, county], tmp_path)
    city.member(workroom, person)
    county.run("DELETE FROM people")
    settle([city, county], tmp_path)
    for desk in (city, county):
        assert desk.value("SELECT name FROM people") == "李四"
        assert desk.value("SELECT count(*) FROM members") == 1
        assert [found["kind"] for found in conflicts_of(desk)] == ["delete"]
        assert desk.rows("PRAGMA foreign_key_check") == []
    city.run("DELETE FROM members")
    settle([city, county], tmp_path)
    for desk in (city, county):
        assert desk.rows("SELECT id FROM people") == []
        assert conflicts_of(desk) == []
    assert state_of(city) == state_of(county)


def test_what_belongs_to_a_sibling_never_travels_down(tmp_path, city, county):
    sibling = make_desk(tmp_path, "丙县总工会", "县级", city)
    county.workroom("焊接工作室", leader_id=county.person("李四", id_number="150102199001011234"))
    sibling.workroom("纺织工作室")
    city.workroom("市直工作室")
    settle([city, county, sibling], tmp_path)
    assert sorted(city.rows("SELECT name FROM workrooms")) == [("市直工作室",), ("焊接工作室",), ("纺织工作室",)]
    assert sibling.rows("SELECT name FROM workrooms") == [("纺织工作室",)]
    assert sibling.rows("SELECT name FROM people") == []
    parcel = pack(city, sibling, tmp_path, full=True)
    scopes = exchange.inspect(parcel)["scopes"]
    assert {scope["office"] for scope in scopes} == {city.office, sibling.office, county.office}
    assert [scope["kind"] for scope in scopes if scope["office"] == county.office] == ["listed"]
    sibling.database.close()


def test_public_papers_travel_down(tmp_path, city, county):
    insert = (
        "INSERT INTO documents "
        "(id, office_id, kind, title, number_code, document_number, subject_noun, subject_id, "
        "data, sha256, short_code, state, void_reason) "
        "VALUES (:id, :office, :kind, :id, '', '', '', '', '{}', '', '', '已签发', '')"
    )
    city.run(insert, id="d1", office=city.office, kind="publicity")
    city.run(insert, id="d2", office=city.office, kind="minutes")
    settle([city, county], tmp_path)
    assert county.rows("SELECT id FROM documents") == [("d1",)]


def test_what_the_upper_office_writes_about_a_lower_workroom_reaches_it(tmp_path, city, county):
    workroom = county.workroom()
    settle([city, county], tmp_path)
    with city.edit() as session:
        session.add(Assessment(office_id=city.office, workroom_id=workroom, grade="优秀"))
    settle([city, county], tmp_path)
    assert county.rows("SELECT grade FROM assessments") == [("优秀",)]


def test_an_upper_offices_record_is_not_edited_below(tmp_path, city, county):
    with pytest.raises(NotAllowed, match="甲市总工会"):
        county.run("UPDATE offices SET phone = '1' WHERE id = :id", id=city.office)


def test_secrets_stay_within_the_chain(tmp_path, city):
    peer = make_desk(tmp_path, "丁产业工会")
    peer.trust(city, "peer")
    city.trust(peer, "peer")
    peer.workroom(leader_id=peer.person("王五", id_number="150102199001011234", bank_account="6222"))
    settle([city, peer], tmp_path)
    assert city.rows("SELECT name, id_number, bank_account FROM people") == [("王五", "", "")]
    city.run("UPDATE people SET post = '班长'")
    settle([city, peer], tmp_path)
    assert peer.rows("SELECT post, id_number FROM people") == [("班长", "150102199001011234")]
    peer.run("DELETE FROM workrooms")
    peer.run("DELETE FROM people")
    settle([city, peer], tmp_path)
    assert city.rows("SELECT * FROM people") == []
    peer.database.close()


def test_strangers_wrong_recipients_and_revoked_keys_are_refused(tmp_path, city, county):
    stranger = make_desk(tmp_path, "陌生工会")
    stranger.trust(city, "parent")
    stranger.workroom()
    with pytest.raises(BadPackage, match="认可"):
        take(city, pack(stranger, city, tmp_path))
    sibling = make_desk(tmp_path, "丙县总工会", "县级", city)
    with pytest.raises(BadPackage, match="不是给本工会"):
        take(sibling, pack(city, county, tmp_path))
    with city.edit() as session:
        session.execute(text("UPDATE sync_trust SET revoked_at = 'now' WHERE office = :o"), {"o": county.office})
    county.workroom()
    with pytest.raises(BadPackage):
        take(city, pack(county, city, tmp_path))
    with pytest.raises(NotAllowed):
        pack(sibling, county, tmp_path)
    for desk in (stranger, sibling):
        desk.database.close()


def test_three_levels_pass_on_what_others_wrote(tmp_path, city, county):
    region = make_desk(tmp_path, "某区总工会", "省级")
    with city.edit() as session:
        identity.trust(session, region.document, "parent")
    region.trust(city, "child")
    workroom = county.workroom("焊接")
    settle([region, city, county], tmp_path)
    assert region.rows("SELECT name FROM workrooms") == [("焊接",)]
    region.run("UPDATE workrooms SET level = '省级' WHERE id = :id", id=workroom)
    settle([region, city, county], tmp_path)
    assert county.value("SELECT level FROM workrooms") == "省级"
    assert {state_of(region), state_of(county)} == {state_of(city)}
    region.database.close()


def test_undo_of_the_last_import_restores_everything(tmp_path, city, county):
    county.workroom("甲")
    carry(county, city, tmp_path)
    before = everything(city)
    county.run("UPDATE workrooms SET name = '乙', note = 'x'")
    county.workroom("丙", leader_id=county.person(id_number="1"))
    done = carry(county, city, tmp_path)
    result = exchange.undo_import(city.database, done["import_id"])
    assert result["exact"]
    assert result["kept"] == 0
    assert everything(city) == before
    with pytest.raises(NotAllowed, match="请重新导入那个数据包"):
        exchange.undo_import(city.database, done["import_id"])
    assert carry(county, city, tmp_path)["applied"] == done["applied"]


def test_undo_of_an_earlier_import_leaves_later_edits(tmp_path, city, county):
    county.workroom("甲", note="县")
    county.workroom("乙", note="县")
    carry(county, city, tmp_path)
    county.run("UPDATE workrooms SET note = '县改'")
    package = pack(county, city, tmp_path)
    done = take(city, package)
    city.run("UPDATE workrooms SET note = '市改' WHERE name = '甲'")
    result = exchange.undo_import(city.database, done["import_id"])
    assert not result["exact"]
    assert (result["records"], result["kept"]) == (1, 1)
    assert sorted(city.rows("SELECT name, note FROM workrooms")) == [("乙", "县"), ("甲", "市改")]
    # Its changes are still here and were answered by new ones, so the same package brings nothing: the words say so.
    assert take(city, package)["applied"] == 0
    with pytest.raises(NotAllowed, match="重新导入那个数据包不会再带来"):
        exchange.undo_import(city.database, done["import_id"])
    settle([city, county], tmp_path)
    assert tables_of(city) == tables_of(county)


def test_undo_of_an_earlier_import_leaves_what_was_paid_and_all_that_it_refers_to(tmp_path, city, county):
    paid, edited, plain = (county.workroom(name, leader_id=county.person(name=name + "人")) for name in "甲乙丙")
    with county.edit() as session:
        grant = {"workroom_id": paid, "regulation": "nm-2026-fund", "year": 2026, "grant_total_yuan": "50000.00"}
        records.put_records(session, "grants", {**grant, "transferred_on": "2026-07-01"})
        records.put_records(session, "grants", {**grant, "workroom_id": plain})
        records.put_records(session, "plans", {"workroom_id": edited, "year": 2026, "kind": "年度计划"})
    done = carry(county, city, tmp_path)
    city.run("UPDATE plans SET year = 2027")
    result = exchange.undo_import(city.database, done["import_id"])
    assert not result["exact"]
    assert sorted(city.rows("SELECT name FROM workrooms")) == [("乙",), ("甲",)]
    assert sorted(city.rows("SELECT name FROM people")) == [("乙人",), ("甲人",)]
    assert city.rows("SELECT workroom_id FROM grants") == [(paid,)]
    assert city.rows("SELECT workroom_id FROM plans") == [(edited,)]
    assert integrity.verify(city.database)["ok"]


def everything(desk):
    """All records and the whole log, without the lists of exchanges."""
    names = ("sync_commit", "sync_record", "sync_head", "sync_need")
    return tables_of(desk), [sorted(desk.rows(f"SELECT * FROM {name}"), key=repr) for name in names], state_of(desk)
