"""Keys through time: changed, declared void, recovered from shares; lost changes declared void."""

import json
from pathlib import Path

import pytest

from desktop.errors import BadInput, BadPackage, NotAllowed, NotFound, StorageFault
from desktop.models import capture
from desktop.services import exchange, identity, integrity, keyring
from desktop.services.trust import enrolment
from desktop.sync import certificate, keys
from tests.services.desks import Desk, carry, make_desk, pack, settle, state_of, take

PASSPHRASE = "一个够长的口令口令"


def rotate(desk):
    with desk.edit() as session:
        return keyring.rotate(session)


def own_key(desk):
    return desk.value("SELECT lower(hex(public_key)) FROM sync_identity")


def second_pc(desk, folder, name="第二台"):
    with desk.database.reading() as session:
        enrolment.enrol(session, folder / f"{name}.join", PASSPHRASE)
    path = folder / f"{name}.db"
    return Desk(path, enrolment.join(path, folder / f"{name}.join", PASSPHRASE, "王五"))


def kinds(result):
    return [bool(one.get("barred")) for one in result["waiting"]]


def names(desk):
    return {name for (name,) in desk.rows("SELECT name FROM workrooms")}


# --- changing the key


def test_a_changed_key_is_followed_with_the_next_package_and_old_packages_still_count(offices, tmp_path):
    city, county = offices
    county.workroom("旧钥匙的工作室")
    late = pack(county, city, tmp_path)
    before = own_key(county)
    told = rotate(county)
    assert told["public_key"] == own_key(county) != before
    county.workroom("新钥匙的工作室")
    assert carry(county, city, tmp_path)["applied"] > 0
    assert names(city) == {"旧钥匙的工作室", "新钥匙的工作室"}
    assert take(city, late)["applied"] == 0
    with city.database.reading() as session:
        [partner] = exchange.partners(session)
        known = {one["key"]: one["relation"] for one in keyring.office_keys(session) if one["office"] == county.office}
    assert partner["fingerprint"] == told["fingerprint"]
    assert known == {before: "former", told["public_key"]: "child"}
    assert integrity.verify(county.database)["ok"]
    assert integrity.verify(city.database)["ok"]


def test_a_late_package_signed_with_the_old_key_is_still_taken(offices, tmp_path):
    city, county = offices
    county.workroom("甲")
    late = pack(county, city, tmp_path)
    rotate(county)
    county.workroom("乙")
    newer = pack(county, city, tmp_path)
    take(city, newer)
    assert take(city, late)["applied"] == 0
    assert names(city) == {"甲", "乙"}


def test_keys_changed_many_times_lead_from_the_first_to_the_last_for_a_newcomer(offices, tmp_path):
    city, county = offices
    for number in range(4):
        county.workroom(f"第{number}次")
        rotate(county)
    carry(county, city, tmp_path)
    region = make_desk(tmp_path, "某区总工会", "省级")
    region.trust(city, "child")
    city.trust(region, "parent")
    carry(city, region, tmp_path)
    assert names(region) == {f"第{number}次" for number in range(4)}
    county.workroom("最后")
    settle([region, city, county], tmp_path)
    assert "最后" in names(region)
    assert integrity.verify(region.database)["ok"]
    region.database.close()


def test_what_was_sealed_for_the_old_key_is_still_read(offices, tmp_path):
    city, county = offices
    county.workroom("焊接工作室")
    with county.database.writing() as session, session.begin():
        exchange.export_package(session, tmp_path / "a.wrpack", [city.office], encrypt=True)
    rotate(city)
    assert take(city, tmp_path / "a.wrpack")["applied"] > 0


def test_a_key_that_nobody_vouches_for_is_refused(offices, tmp_path):
    _, county = offices
    county.workroom("甲")
    rotate(county)
    with county.edit() as session:
        raw = capture.driver(session.connection())
        (kept,) = raw.execute("SELECT document FROM sync_trust WHERE relation = 'self'").fetchone()
        card = certificate.decode(kept)
        stranger = keys.new_private_key()
        forged = certificate.succeeded(card, stranger, keys.public_key(stranger))
        for wrong in (forged, _with(card, successions=[]), _with(card, public_key=forged.public_key)):
            with pytest.raises(BadPackage):
                certificate.founding_commit(wrong)
        repeated = _with(card, successions=[*card.successions, *card.successions])
        with pytest.raises(BadPackage):
            certificate.key_chain(repeated)


def _with(card, **changes):
    import msgspec

    return msgspec.structs.replace(card, **changes)


def test_two_successors_of_one_key_are_for_people_to_compare(offices, tmp_path):
    """A thief who holds the key can name a successor too: whoever comes second is refused."""
    city, county = offices
    thief = second_pc(county, tmp_path, "小偷")
    rotate(county)
    rotate(thief)
    county.workroom("真")
    thief.workroom("假")
    carry(county, city, tmp_path)
    with pytest.raises(BadPackage, match="另一把密钥"):
        carry(thief, city, tmp_path)
    assert names(city) == {"真"}
    thief.database.close()


def test_another_pc_of_the_office_takes_on_the_new_key(offices, tmp_path):
    city, county = offices
    second = second_pc(county, tmp_path)
    carry(county, second, tmp_path)
    rotate(county)
    county.workroom("第一台")
    carry(county, second, tmp_path)
    with second.database.reading() as session:
        assert any(one["kind"] == "rotated" for one in exchange.alarms(session))
    second.workroom("第二台")
    carry(second, city, tmp_path)
    with county.database.reading() as session:
        enrolment.enrol(session, tmp_path / "new.join", PASSPHRASE)
    with second.edit() as session:
        keyring.adopt(session, tmp_path / "new.join", PASSPHRASE)
    assert own_key(second) == own_key(county)
    second.workroom("第二台用新钥匙")
    carry(second, city, tmp_path)
    assert names(city) == {"第一台", "第二台", "第二台用新钥匙"}
    with second.edit() as session, pytest.raises(BadInput):
        keyring.adopt(session, tmp_path / "new.join", PASSPHRASE)
    second.database.close()


# --- declaring a key void


def stolen(offices, tmp_path):
    """The county's PC is stolen: it changes its key elsewhere, and declares the old one void."""
    city, county = offices
    county.workroom("失窃之前")
    carry(county, city, tmp_path)
    thief = second_pc(county, tmp_path, "被盗")
    carry(county, thief, tmp_path)
    old = own_key(county)
    rotate(county)
    keyring.revoke(county.database, old, "电脑被盗", "张三")
    return thief, old


def test_of_a_void_key_no_new_change_is_taken_and_what_was_before_stays(offices, tmp_path):
    city, county = offices
    thief, old = stolen(offices, tmp_path)
    carry(county, city, tmp_path)
    before = state_of(city)
    for number in range(5):
        thief.workroom(f"假{number}")
    with pytest.raises(BadPackage, match="已声明作废的密钥"):
        carry(thief, city, tmp_path)
    assert state_of(city) == before
    assert names(city) == {"失窃之前"}
    with city.database.reading() as session:
        told = {one["key"]: one["revoked_at"] for one in keyring.office_keys(session)}
        assert told[old]
        assert told[own_key(county)] is None
        assert [one["reason"] for one in keyring.declarations(session)] == ["电脑被盗"]
    county.workroom("之后")
    carry(county, city, tmp_path)
    assert names(city) == {"失窃之前", "之后"}
    newcomer = make_desk(tmp_path, "某区总工会", "省级")
    newcomer.trust(city, "child")
    city.trust(newcomer, "parent")
    carry(city, newcomer, tmp_path)
    assert names(newcomer) == {"失窃之前", "之后"}
    for desk in (thief, newcomer):
        desk.database.close()


def test_what_a_void_key_signed_is_kept_apart_when_an_honest_office_brings_it(offices, tmp_path):
    """The city took the thief's package before it heard; the region hears first, and takes the city's all the same."""
    city, county = offices
    region = make_desk(tmp_path, "某区总工会", "省级")
    region.trust(city, "child")
    city.trust(region, "parent")
    carry(city, region, tmp_path)
    thief, _ = stolen(offices, tmp_path)
    thief.workroom("假的")
    region.trust(county, "child")
    county.trust(region, "parent")
    carry(county, region, tmp_path)
    carry(thief, city, tmp_path)
    assert "假的" in names(city)
    carry(county, city, tmp_path)
    with city.database.reading() as session:
        assert any("1项修改" in one["text"] for one in exchange.alarms(session) if one["kind"] == "revoked")
    city.workroom("市里的工作室")
    assert kinds(carry(city, region, tmp_path, full=True)) == [True]
    assert names(region) == {"失窃之前", "市里的工作室"}
    assert kinds(carry(city, region, tmp_path, full=True)) == [True]
    assert integrity.verify(region.database)["ok"], integrity.verify(region.database)["faults"]
    for desk in (thief, region):
        desk.database.close()


def test_barred_changes_wait_and_count_once_they_are_admitted(offices, tmp_path):
    city, county = offices
    second = second_pc(county, tmp_path)
    carry(county, second, tmp_path)
    old = own_key(county)
    second.workroom("第二台做的")
    rotate(county)
    keyring.revoke(county.database, old, "例行", "张三")
    carry(county, city, tmp_path)
    carry(county, second, tmp_path)
    with county.database.reading() as session:
        enrolment.enrol(session, tmp_path / "new.join", PASSPHRASE)
    with second.edit() as session:
        keyring.adopt(session, tmp_path / "new.join", PASSPHRASE)
    result = carry(second, county, tmp_path)
    assert kinds(result) == [True]
    assert "第二台做的" not in names(county)
    assert kinds(carry(second, city, tmp_path)) == [True]
    told = keyring.admit_barred(county.database, old, "已核对", "张三")
    assert told["admitted"] == 1
    assert "第二台做的" in names(county)
    carry(county, city, tmp_path)
    assert "第二台做的" in names(city)
    assert city.rows("SELECT 1 FROM sync_need") == []
    with pytest.raises(NotFound):
        keyring.admit_barred(county.database, old, "再来", "张三")
    for desk in (county, city, second):
        assert integrity.verify(desk.database)["ok"], integrity.verify(desk.database)["faults"]
    second.database.close()


def test_the_office_above_can_void_a_key_of_one_beneath_but_not_the_other_way(offices, tmp_path):
    city, county = offices
    county.workroom("甲")
    carry(county, city, tmp_path)
    keyring.revoke(city.database, own_key(county), "县里报失", "王主任")
    with pytest.raises(BadPackage, match="已声明作废的密钥"):
        carry(county, city, tmp_path)
    carry(city, county, tmp_path)
    with county.database.reading() as session:
        assert any("正在使用的密钥" in one["text"] for one in exchange.alarms(session))
    with pytest.raises(NotAllowed):
        keyring.revoke(county.database, own_key(city), "报复", "某人")
    with pytest.raises(NotAllowed, match="正在使用"):
        keyring.revoke(county.database, own_key(county), "手误", "某人")
    with pytest.raises(NotFound):
        keyring.revoke(county.database, "00" * 32, "没有这把", "某人")
    with pytest.raises(BadInput):
        keyring.revoke(county.database, "不是编号", "没有这把", "某人")


def test_an_office_whose_key_was_voided_above_comes_back_by_its_identity_file(offices, tmp_path):
    """No package brings its next key in: a thief could send one too. People compare the fingerprint and accept it."""
    city, county = offices
    county.workroom("之前")
    carry(county, city, tmp_path)
    keyring.revoke(city.database, own_key(county), "县里报失", "王主任")
    carry(city, county, tmp_path)
    told = rotate(county)
    county.workroom("之后")
    with pytest.raises(BadPackage):
        carry(county, city, tmp_path)
    with county.database.reading() as session:
        county.document = json.loads(json.dumps(identity.identity_document(session)))
    city.trust(county, "child")
    carry(county, city, tmp_path)
    assert names(city) == {"之前", "之后"}
    with city.database.reading() as session:
        assert [one["fingerprint"] for one in exchange.partners(session) if one["revoked_at"] is None] == [
            told["fingerprint"]
        ]
    assert integrity.verify(city.database)["ok"]


def test_a_declaration_by_an_office_that_may_not_make_it_has_no_effect(offices, tmp_path):
    city, county = offices
    other = make_desk(tmp_path, "丙县总工会", "县级", city)
    county.run(
        "INSERT INTO declarations (id, office_id, kind, about_office, key, changes, reason, declared_by) "
        "VALUES ('x', :own, '密钥作废', :about, :key, '[]', '冒充', '')",
        own=county.office,
        about=other.office,
        key=own_key(other),
    )
    carry(county, city, tmp_path)
    assert city.value("SELECT count(*) FROM declarations") == 1
    other.workroom("照样")
    carry(other, city, tmp_path)
    assert names(city) == {"照样"}
    with city.database.reading() as session:
        assert keyring.declarations(session) == []
    other.database.close()


def test_a_lower_office_cannot_write_into_a_higher_one_s_data(offices, tmp_path):
    """A county signs a declaration in the city's own scope with its own key: the package is refused whole."""
    city, county = offices
    base = make_desk(tmp_path, "某厂工会", "基层", county)
    with county.edit() as session:
        session.connection()
        from desktop.services.journal.ownership import Owners

        kept = Owners.may_write
        Owners.may_write = lambda *_: True
        try:
            session.connection().exec_driver_sql(
                "INSERT INTO declarations (id, office_id, kind, about_office, key, changes, reason, declared_by) "
                "VALUES ('x', ?, '密钥作废', ?, ?, '[]', '冒充', '')",
                (city.office, county.office, own_key(county)),
            )
            session.commit()
        finally:
            Owners.may_write = kept
    with pytest.raises(BadPackage, match="无权"):
        carry(county, base, tmp_path)
    base.database.close()


# --- lost changes


def test_what_waits_for_a_lost_change_is_let_go_by_declaring_it_void(offices, tmp_path):
    city, county = offices
    room = county.workroom("甲")
    carry(county, city, tmp_path)
    carry(city, county, tmp_path)
    county.run("UPDATE workrooms SET note = '丢了' WHERE id = :row", row=room)
    (lost,) = county.rows(
        "SELECT id, lower(hex(hash)) FROM sync_commit WHERE applied IS NOT NULL ORDER BY id DESC LIMIT 1"
    )
    county.run("UPDATE workrooms SET industry = '之后' WHERE id = :row", row=room)
    path = _without(county, city, tmp_path, lost[0])
    result = take(city, path)
    assert result["waiting"][0]["needs"] == [lost[1]]
    assert city.value("SELECT industry FROM workrooms") == ""
    with pytest.raises(NotFound):
        keyring.void(city.database, "11" * 32, "没人等它")
    told = keyring.void(city.database, lost[1], "唯一的副本随电脑损毁", "王主任")
    assert told["released"] == 1
    assert city.value("SELECT industry FROM workrooms") == "之后"
    assert city.value("SELECT note FROM workrooms") == ""
    assert integrity.verify(city.database)["ok"], integrity.verify(city.database)["faults"]
    region = make_desk(tmp_path, "某区总工会", "省级")
    region.trust(city, "child")
    city.trust(region, "parent")
    (after,) = city.rows(
        "SELECT id FROM sync_commit WHERE applied IS NOT NULL AND hex(previous) = upper(:lost)", lost=lost[1]
    )
    take(region, _without(city, region, tmp_path, after[0]))
    assert region.value("SELECT industry FROM workrooms") == ""
    assert carry(city, region, tmp_path, full=True)["waiting"] == []
    assert region.value("SELECT industry FROM workrooms") == "之后"
    region.database.close()


def _without(giver, taker, folder, number):
    """Pack for another office without one commit, as if nobody held it any more."""
    from desktop.services.parcel import exporting

    kept = exporting._choose

    def choose(raw, recipients, full):
        from dataclasses import replace

        content = kept(raw, recipients, full)
        return replace(content, commits=[one for one in content.commits if one != number])

    exporting._choose = choose
    try:
        return pack(giver, taker, folder)
    finally:
        exporting._choose = kept


# --- shares


def test_an_office_comes_back_from_two_of_three_shares(offices, tmp_path):
    city, county = offices
    county.workroom("救回来的", leader_id=county.person("李四", id_number="152301198001010011"))
    rotate(county)
    carry(county, city, tmp_path)
    with county.database.reading() as session:
        told = keyring.write_shares(session, tmp_path / "份额")
    files = [one["path"] for one in told["shares"]]
    county.database.close()
    county.path.unlink()
    back = Desk(tmp_path / "back.db", keyring.recover(tmp_path / "back.db", [Path(files[0]), Path(files[2])], "张三"))
    assert back.office == county.office
    take(city, pack(back, city, tmp_path))
    carry(city, back, tmp_path)
    assert names(back) == {"救回来的"}
    assert back.value("SELECT id_number FROM people") == "152301198001010011"
    back.workroom("之后")
    carry(back, city, tmp_path)
    assert names(city) == {"救回来的", "之后"}
    assert integrity.verify(back.database)["ok"]
    back.database.close()


def test_a_share_read_off_paper_serves_beside_a_share_file(offices, tmp_path):
    _, county = offices
    with county.database.reading() as session:
        told = keyring.write_shares(session, tmp_path / "份额", 2, 2)
    (tmp_path / "paper.txt").write_text(told["shares"][1]["text"].lower(), encoding="utf-8")
    first = Path(told["shares"][0]["path"])
    made = keyring.recover(tmp_path / "back.db", [first, tmp_path / "paper.txt"])
    made.close()
    with pytest.raises(BadInput, match="至少一份"):
        keyring.recover(tmp_path / "other.db", [tmp_path / "paper.txt"])
    with pytest.raises(BadInput, match="不够"):
        keyring.recover(tmp_path / "other.db", [first])
    with pytest.raises(StorageFault):
        keyring.recover(tmp_path / "back.db", [first, tmp_path / "paper.txt"])
    assert not (tmp_path / "other.db").exists()


def test_shares_of_another_office_or_of_an_earlier_key_are_told_apart(offices, tmp_path):
    _, county = offices
    with county.database.reading() as session:
        early = [Path(one["path"]) for one in keyring.write_shares(session, tmp_path / "a")["shares"]]
    rotate(county)
    with county.database.reading() as session:
        late = [Path(one["path"]) for one in keyring.write_shares(session, tmp_path / "b")["shares"]]
    with pytest.raises(BadInput):
        keyring.recover(tmp_path / "x.db", [early[0], late[1]])
    changed = json.loads(late[1].read_text(encoding="utf-8"))
    changed["identity"] = json.loads(early[0].read_text(encoding="utf-8"))["identity"]
    (tmp_path / "mixed.json").write_text(json.dumps(changed), encoding="utf-8")
    with pytest.raises(BadInput, match="不是这个工会"):
        keyring.recover(tmp_path / "x.db", [tmp_path / "mixed.json", late[0]])
    for bad in ("[]", "{}", '{"text": "x", "known": []}', "乱写", ""):
        (tmp_path / "bad.json").write_text(bad, encoding="utf-8")
        with pytest.raises(BadInput):
            keyring.recover(tmp_path / "x.db", [tmp_path / "bad.json", late[0]])
    assert not (tmp_path / "x.db").exists()
