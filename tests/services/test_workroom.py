"""A workroom's dossier, entering workrooms by names, and the files attached to them."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from desktop.errors import BadInput, NotFound
from desktop.services import attachments, records, sample, workroom


@pytest.fixture
def county(session: Session) -> Session:
    sample.fill_sample(session)
    return session


def supported(session: Session) -> str:
    grants = records.list_records(session, "grants", {"state": "支出完毕"})
    return str(grants[0]["workroom_id"])


def test_the_dossier_holds_everything_about_the_workroom(county: Session):
    room_id = supported(county)
    sheet = workroom.sheet(county, room_id)
    assert sheet.workroom["id"] == room_id
    assert sheet.unit is not None
    assert sheet.office is not None
    assert sheet.leader is not None
    assert sheet.workroom["name"].startswith(sheet.unit["name"] + sheet.leader["name"])
    for noun in ("members", "topics", "outcomes", "publications", "activities", "plans", "grants", "expenditures"):
        stored = records.list_records(county, noun, {"workroom_id": room_id})
        assert {row["id"] for row in getattr(sheet, noun)} == {row["id"] for row in stored}, noun
        assert stored, noun
    assert sheet.honours[0]["person_id"] == sheet.leader["id"]
    assert sheet.remarks == []


def test_the_team_is_in_order_and_carries_the_people(county: Session):
    sheet = workroom.sheet(county, supported(county))
    roles = [member["role"] for member in sheet.members]
    assert roles == sorted(roles, key=["领衔人", "骨干成员", "其他参与人员"].index)
    leader = sheet.members[0]
    assert sheet.leader is not None
    assert leader["person"] == sheet.leader
    assert leader["honours"] == sheet.honours[0]["title"]


def test_newest_come_first(county: Session):
    sheet = workroom.sheet(county, supported(county))
    days = [outcome["date"] for outcome in sheet.outcomes]
    assert days == sorted(days, reverse=True)


def test_alliances_say_who_leads(county: Session):
    alliance = records.list_records(county, "alliances", {})[0]
    lead = workroom.sheet(county, alliance["lead_workroom_id"])
    assert [row["lead"] for row in lead.alliances] == [True]
    joined = records.list_records(county, "alliance_members", {"alliance_id": alliance["id"]})
    other = next(row["workroom_id"] for row in joined if row["workroom_id"] != alliance["lead_workroom_id"])
    assert [row["lead"] for row in workroom.sheet(county, other).alliances] == [False]


def test_a_bare_workroom_has_a_dossier_too(session: Session):
    made = records.put_records(session, "workrooms", {"name": "某工作室", "phone": "12"})[0]
    sheet = workroom.sheet(session, made["id"])
    assert (sheet.unit, sheet.leader, sheet.members) == (None, None, [])
    assert [remark.field for remark in sheet.remarks] == ["phone"]


def test_no_such_workroom(session: Session):
    with pytest.raises(NotFound, match="工作室"):
        workroom.sheet(session, "none")


def test_files_are_kept_once_and_found_again(session: Session, tmp_path: Path):
    made = records.put_records(session, "workrooms", {"name": "某工作室"})[0]
    photo, folder = tmp_path / "照片.jpg", tmp_path / "desk-attachments"
    photo.write_bytes(b"jpeg")
    first = attachments.attach(session, folder, "workrooms", made["id"], photo, "场地")
    second = attachments.attach(session, folder, "workrooms", made["id"], photo)
    assert first["sha256"] == second["sha256"]
    assert first["media_type"] == "image/jpeg"
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1
    assert attachments.attached_file(session, folder, first["id"]).read_bytes() == b"jpeg"
    assert len(workroom.sheet(session, made["id"]).attachments) == 2
    assert attachments.missing(session, folder) == []


def test_an_absent_file_is_said_to_be_awaited(session: Session, tmp_path: Path):
    made = records.put_records(session, "workrooms", {"name": "某工作室"})[0]
    given = {"owner_noun": "workrooms", "owner_id": made["id"], "name": "a.pdf", "sha256": "0" * 64}
    row = records.put_records(session, "attachments", given)[0]
    assert attachments.missing(session, tmp_path) == ["0" * 64]
    with pytest.raises(NotFound, match="待补"):
        attachments.attached_file(session, tmp_path, row["id"])
    with pytest.raises(BadInput, match="打不开"):
        attachments.attach(session, tmp_path, "workrooms", made["id"], tmp_path / "没有.pdf")
    records.delete_record(session, "workrooms", made["id"])
    assert records.list_records(session, "attachments", {}) == []


def test_where_the_files_of_a_database_lie(tmp_path: Path):
    assert attachments.attachment_folder(tmp_path / "workroom.db") == tmp_path / "workroom.db.files"
