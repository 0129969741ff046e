"""What a package would hold, told before it is made, and is then found in it."""

import pytest

from desktop.errors import NotAllowed
from desktop.services import attachments, blobs, exchange
from desktop.services.parcel import exporting
from tests.services.desks import carry, make_desk


def looked(desk, *to, full=False):
    with desk.database.reading() as session:
        return exporting.outlook(session, to, full)


@pytest.mark.parametrize("full", [False, True])
def test_the_outlook_is_what_the_package_holds(tmp_path, offices, full):
    city, county = offices
    county.workroom("旧的")
    carry(county, city, tmp_path)
    carry(city, county, tmp_path)
    room = county.workroom("甲工作室", leader_id=county.person("李四", phone="13800000000"))
    (tmp_path / "图.png").write_bytes(b"a picture")
    with county.edit() as session:
        attachments.attach(session, blobs.folder(session), "workrooms", room, tmp_path / "图.png")
    found = looked(county, city.office, full=full)
    with county.edit() as session:
        made = exchange.export_package(session, tmp_path / "a.wrpack", [city.office], full)
    assert found == {key: made[key] for key in ("commits", "records", "files")}
    assert found["files"] == 1
    assert found["records"]["workrooms"] == (2 if full else 1)


def test_nothing_new_is_nothing_and_strangers_are_refused(tmp_path, offices):
    city, county = offices
    county.workroom()
    carry(county, city, tmp_path)
    carry(city, county, tmp_path)
    assert looked(county, city.office)["records"].get("workrooms", 0) == 0
    stranger = make_desk(tmp_path, "外地总工会")
    with pytest.raises(NotAllowed, match="认可"):
        looked(county, stranger.office)
    stranger.database.close()
