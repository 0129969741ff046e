"""Sticks: found among the mounts, their packages listed, written through to the disk, ejected where that works."""

import errno
import os
from pathlib import Path

import pytest

from desktop.errors import StorageFault
from desktop.services.parcel import stick
from tests.services.desks import carry, pack, take


@pytest.fixture
def county(county_desk):
    return county_desk


def mounted(tmp_path, *lines):
    (tmp_path / "mounts").write_text("".join(f"{line} vfat rw 0 0\n" for line in lines), encoding="utf-8")
    return tmp_path / "mounts"


def block_device(tmp_path, disk, partition, removable):
    """The system's folder of a disk and its partition, linked as the kernel links them."""
    folder = tmp_path / "devices" / disk
    (folder / partition).mkdir(parents=True)
    (folder / "removable").write_text(f"{removable}\n")
    (tmp_path / "class").mkdir(exist_ok=True)
    (tmp_path / "class" / partition).symlink_to(folder / partition)
    return tmp_path / "class"


def test_a_removable_disk_is_a_stick_wherever_it_is_mounted(tmp_path):
    block_device(tmp_path, "sda", "sda1", removable=0)
    system = block_device(tmp_path, "sdb", "sdb1", removable=1)
    usb = tmp_path / "我的 U盘"
    usb.mkdir()
    escaped = str(usb).replace(" ", "\\040")
    mounts = mounted(tmp_path, f"/dev/sda1 {tmp_path}", f"/dev/sdb1 {escaped}", "proc /proc", "/dev/none /none")
    (found,) = stick.sticks(mounts, system)
    assert (found.path, found.name) == (usb, "我的 U盘")
    assert found.free > 0


def test_places_for_sticks_count_and_a_pulled_one_does_not(tmp_path):
    mounts = mounted(tmp_path, "/dev/sdz9 /media/desk/已经拔出", "/dev/sdz8 /srv/data")
    assert stick.sticks(mounts, tmp_path / "class") == []
    assert stick.sticks(tmp_path / "no mounts at all", tmp_path) == []
    assert [str(place) for place in stick._mounted(mounts, tmp_path)] == ["/media/desk/已经拔出"]


def test_packages_on_a_stick_are_told_with_what_became_of_them(tmp_path, city, county):
    usb = tmp_path / "usb"
    (usb / "从前的").mkdir(parents=True)
    county.workroom("一")
    pack(county, city, usb / "从前的")
    carry(county, city, tmp_path)
    county.workroom("二")
    pack(county, city, usb)
    pack(city, county, usb)
    (usb / "坏.wrpack").write_bytes(b"WRDPACK1 nothing")
    heard = []
    with city.database.reading() as session:
        found = stick.packages_on(session, usb, lambda done, total, words: heard.append((done, total)))
    assert heard == [(place, 4) for place in range(4)]
    assert [one["made_at"] for one in found] == sorted((one["made_at"] for one in found), reverse=True)
    sound = {one["number"]: one for one in found if not one["fault"] and one["maker"] == "乙县总工会"}
    assert set(sound) == {1, 3}
    assert all(one["ours"] and one["taken_at"] is None and one["bytes"] > 100 for one in sound.values())
    (foreign,) = (one for one in found if one["maker"] == "甲市总工会")
    assert not foreign["ours"]
    (damaged,) = (one for one in found if one["fault"])
    assert damaged["path"].endswith("坏.wrpack")
    assert damaged["number"] is None
    take(city, Path(sound[3]["path"]))
    with city.database.reading() as session:
        again = {one["path"]: one["taken_at"] for one in stick.packages_on(session, usb)}
    assert [path for path, at in again.items() if at] == [sound[3]["path"]]


def test_a_file_is_read_back_from_the_stick_and_its_name_made_to_last(tmp_path, monkeypatch):
    done = []
    for name in ("fsync", "posix_fadvise"):
        real = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *given, real=real, name=name: (done.append(name), real(*given))[1])
    stick.write_safely(tmp_path / "a.wrpack", b"content")
    assert (tmp_path / "a.wrpack").read_bytes() == b"content"
    assert done == ["fsync", "posix_fadvise", "fsync"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.wrpack"]


def test_a_stick_that_keeps_other_bytes_is_found_out(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "read_bytes", lambda path: b"contents")
    (tmp_path / "a.wrpack").write_text("the one before")
    with pytest.raises(StorageFault, match="读回的内容不一致"):
        stick.write_safely(tmp_path / "a.wrpack", b"content")
    assert (tmp_path / "a.wrpack").read_text() == "the one before"
    assert [path.name for path in tmp_path.iterdir()] == ["a.wrpack"]


def test_a_write_protected_stick_is_told_in_plain_words(tmp_path, monkeypatch):
    def refused(*_arguments, **_options):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "open", refused)
    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.raises(StorageFault, match=r"只能读，不能写.*写保护开关"):
        stick.write_safely(tmp_path / "a.wrpack", b"content")


@pytest.mark.parametrize(("number", "fails"), [(22, False), (5, True)])
def test_only_a_driver_that_cannot_flush_folders_is_excused(tmp_path, monkeypatch, number, fails):
    real, calls = os.fsync, []

    def fsync(descriptor):
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(number, "no")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    if fails:
        with pytest.raises(StorageFault):
            stick.write_safely(tmp_path / "a", b"x")
    else:
        stick.write_safely(tmp_path / "a", b"x")
    assert len(calls) == 2


def test_ejecting_tries_what_the_system_has(tmp_path, monkeypatch):
    tools = tmp_path / "bin"
    tools.mkdir()
    monkeypatch.setenv("PATH", str(tools))
    assert not stick.eject(tmp_path)
    (tools / "umount").write_text(f'#!/bin/sh\n[ "$1" = "{tmp_path}" ]\n')
    (tools / "umount").chmod(0o755)
    assert stick.eject(tmp_path)
    assert not stick.eject(tmp_path / "other")
