"""A cloned disk: two PCs go on from one file at one place; nothing tells them apart until both are heard of."""

from desktop.services import exchange, identity
from tests.services.desks import Desk, carry, make_desk, pack, settle, tables_of, take


class Disk:
    """An office's file and anchor as they lie on a disk; `insert` puts them in their place and opens the desk."""

    def __init__(self, desk: Desk) -> None:
        self.path = desk.path
        self.files: dict[str, bytes] = {}
        self.eject(desk)

    def eject(self, desk: Desk) -> None:
        desk.database.close()
        self.files = {file.name: file.read_bytes() for file in self._present() if not file.is_dir()}

    def insert(self) -> Desk:
        for file in self._present():
            if not file.is_dir():
                file.unlink()
        for name, data in self.files.items():
            (self.path.parent / name).write_bytes(data)
        return Desk(self.path, identity.open_desk(self.path))

    def _present(self):
        return list(self.path.parent.glob(self.path.name + "*"))


def kinds(desk):
    found = desk.rows("SELECT kind, detail FROM sync_alarm")
    assert all(words.endswith("。") and len(words) > 20 for _kind, words in found), found
    return {kind for kind, _words in found}


def device(desk):
    return desk.value("SELECT device FROM sync_identity")


def test_of_a_cloned_disk_all_edits_survive_and_both_learn_of_it(tmp_path, city):
    county = make_desk(tmp_path, "乙县总工会", "县级", city)
    rooms = [county.workroom(f"工作室{number}") for number in range(2)]
    settle([city, county], tmp_path)
    old = device(county)
    first, second = Disk(county), Disk(county)
    for disk, room, words in ((first, rooms[0], "甲"), (second, rooms[1], "乙")):
        desk = disk.insert()
        assert identity.check_place(desk.database) is None
        assert device(desk) == old
        for number in range(100):
            desk.run("UPDATE workrooms SET note = :note WHERE id = :id", note=f"{words}{number}", id=room)
        disk.eject(desk)
    before = city.value("SELECT count(*) FROM sync_commit")
    for disk in (first, second):
        desk = disk.insert()
        carry(desk, city, tmp_path)
        disk.eject(desk)
    assert city.value("SELECT count(*) FROM sync_commit") == before + 200
    assert "fork" in kinds(city)
    assert dict(city.rows("SELECT name, note FROM workrooms")) == {"工作室0": "甲99", "工作室1": "乙99"}
    devices = set()
    for disk in (first, second):
        desk = disk.insert()
        # Each reports first: only its own claim, newer than its clone's, tells what it still lacks.
        carry(desk, city, tmp_path)
        carry(city, desk, tmp_path)
        assert "lost" in kinds(desk)
        devices.add(device(desk))
        desk.run("UPDATE workrooms SET contact = contact || 'x'")
        carry(desk, city, tmp_path)
        carry(city, desk, tmp_path)
        disk.eject(desk)
    assert len(devices) == 2
    assert old not in devices
    desk = first.insert()
    settle([city, desk], tmp_path)
    assert tables_of(desk)["workrooms"] == tables_of(city)["workrooms"]
    assert {note for (note,) in desk.rows("SELECT note FROM workrooms")} == {"甲99", "乙99"}
    desk.database.close()


def test_edits_of_one_field_on_both_clones_are_a_conflict_not_a_loss(tmp_path, city):
    county = make_desk(tmp_path, "乙县总工会", "县级", city)
    county.workroom(note="起初")
    settle([city, county], tmp_path)
    first, second = Disk(county), Disk(county)
    for disk, words in ((first, "甲"), (second, "乙")):
        desk = disk.insert()
        desk.run("UPDATE workrooms SET note = :note", note=words)
        carry(desk, city, tmp_path)
        disk.eject(desk)

    with city.database.reading() as session:
        (found,) = exchange.conflicts(session)
    assert {value["value"] for value in found["values"]} == {"甲", "乙"}


def test_an_office_set_back_twice_gets_what_only_its_lost_file_had(tmp_path, city):
    county = make_desk(tmp_path, "乙县总工会", "县级", city)
    room = county.workroom("工作室")
    settle([city, county], tmp_path)
    whole, bare = Disk(county), Disk(county)
    county = whole.insert()
    first = device(county)
    carry(county, city, tmp_path)
    city.run("UPDATE workrooms SET note = '市里后来写的' WHERE id = :id", id=room)
    # The backup comes back without its anchor: the file goes on under another name, and learns more.
    county.database.close()
    bare.files = {name: data for name, data in bare.files.items() if not name.endswith(".anchor")}
    county = bare.insert()
    assert identity.check_place(county.database) is not None
    carry(city, county, tmp_path)
    carry(county, city, tmp_path)
    assert device(county) != first
    assert county.value("SELECT note FROM workrooms") == "市里后来写的"
    county.database.close()
    # Then the whole disk comes back and says, under the number that it used before, what it said then.
    county = whole.insert()
    assert device(county) == first
    carry(county, city, tmp_path)
    carry(city, county, tmp_path)
    assert county.value("SELECT note FROM workrooms") == "市里后来写的"
    assert tables_of(county) == tables_of(city)
    county.database.close()


def test_a_package_from_before_a_file_was_set_back_is_not_believed_when_it_comes_late(tmp_path, city):
    county = make_desk(tmp_path, "乙县总工会", "县级", city)
    room = county.workroom("工作室")
    settle([city, county], tmp_path)
    whole = Disk(county)
    city.run("UPDATE workrooms SET note = '市里后来写的' WHERE id = :id", id=room)
    county = whole.insert()
    carry(city, county, tmp_path)
    late = pack(county, city, tmp_path)
    county.database.close()
    county = whole.insert()
    assert county.value("SELECT note FROM workrooms") == ""
    for parcel in (pack(county, city, tmp_path), late):
        take(city, parcel)
    carry(city, county, tmp_path)
    assert county.value("SELECT note FROM workrooms") == "市里后来写的"
    county.database.close()
