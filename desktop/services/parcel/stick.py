"""Sticks: which are plugged in, which packages lie on them, writing one so that it is truly there, and ejecting."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.errors import DesktopError, StorageFault, reason_of
from desktop.models import capture
from desktop.services import blobs
from desktop.services.parcel.opening import held_keys, read_package
from desktop.services.parcel.telling import Progress, no_progress
from desktop.sync import package
from desktop.sync.envelope import FindKey

MOUNTS: Final = Path("/proc/mounts")
SYSTEM: Final = Path("/sys/class/block")
USUAL: Final = ("/media/", "/run/media/", "/mnt/")
REMOVABLE: Final = 2
"""DRIVE_REMOVABLE of GetDriveTypeW."""
EJECTING_SECONDS: Final = 20


@dataclass(frozen=True)
class Stick:
    """A stick that is plugged in: where it is mounted, what to call it, bytes free on it."""

    path: Path
    name: str
    free: int


def sticks(mounts: Path = MOUNTS, system: Path = SYSTEM) -> list[Stick]:
    """Return the sticks that are plugged in, by name."""
    places = _drives() if sys.platform == "win32" else _mounted(mounts, system)
    found = []
    for place in places:
        try:
            found.append(Stick(place, place.name or str(place), shutil.disk_usage(place).free))
        except OSError:
            continue  # pulled while looking
    return sorted(found, key=lambda stick: stick.name)


def _mounted(mounts: Path, system: Path) -> Iterator[Path]:
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        device, place, *_ = line.split(" ")
        place = place.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        if place.startswith(USUAL) or _is_removable(device, system):
            yield Path(place)


def _is_removable(device: str, system: Path) -> bool:
    """A partition's own folder has no mark of its own: the disk above it has."""
    if not device.startswith("/dev/"):
        return False
    entry = (system / Path(device).name).resolve()
    marks = [folder / "removable" for folder in (entry, entry.parent)]
    return any(mark.is_file() and mark.read_text().strip() == "1" for mark in marks)


def _drives() -> Iterator[Path]:
    yield from ()
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        bits = kernel.GetLogicalDrives()
        for place in range(26):
            root = f"{chr(ord('A') + place)}:\\"
            if bits >> place & 1 and kernel.GetDriveTypeW(root) == REMOVABLE:
                yield Path(root)


def packages_on(session: Session, folder: Path, report_progress: Progress = no_progress) -> list[dict[str, Any]]:
    """Return the packages in a folder and the folders in it, the latest first.

    Each with path, bytes, maker, number, made_at, commits, files, `ours` (for this office), `taken_at` (when it was
    taken in, or None) and `fault`, the sentence why it cannot be read (the rest is then empty).
    """
    raw = capture.driver(session.connection())
    own = raw.execute("SELECT office FROM sync_identity").fetchone()
    taken = dict(raw.execute("SELECT sha256, imported_at FROM sync_import WHERE undone_at IS NULL").fetchall())
    files = sorted({*folder.glob(f"*{package.SUFFIX}"), *folder.glob(f"*/*{package.SUFFIX}")})
    found, find_key = [], held_keys(raw)
    for done, path in enumerate(files):
        report_progress(done, len(files), f"查看 {path.name}")
        found.append(_look(path, own[0] if own else "", taken, find_key))
    return sorted(found, key=lambda one: (one["made_at"], one["path"]), reverse=True)


def _look(path: Path, own: str, taken: dict[str, str], find_key: FindKey) -> dict[str, Any]:
    try:
        found, size = read_package(path, find_key), path.stat().st_size
    except (DesktopError, OSError) as error:
        fault = getattr(error, "message", "") or "读不到这个文件，请检查U盘是否插好。"
        empty = {"bytes": 0, "maker": "", "number": None, "made_at": "", "commits": 0, "files": 0}
        return {"path": str(path), **empty, "ours": False, "taken_at": None, "fault": fault}
    manifest = found.manifest
    return {
        "path": str(path),
        "bytes": size,
        "maker": manifest.name,
        "number": manifest.number,
        "made_at": manifest.made_at,
        "commits": manifest.commits,
        "files": manifest.blobs,
        "ours": not manifest.recipients or own in manifest.recipients,
        "taken_at": taken.get(found.sha256),
        "fault": "",
    }


def write_safely(out: Path, data: bytes) -> None:
    """Write to a temporary name, flush to the disk, read back from the disk and compare, and only then rename.

    StorageFault when any of it fails; nothing is then left under the name. BadInput where a database lies there.
    """
    blobs.refuse_database(out)
    partial = out.with_name(out.name + ".part")
    try:
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            _forget(file.fileno())
        if partial.read_bytes() != data:
            raise OSError(0, "写入后读回的内容不一致")
        partial.replace(out)
        _flush_folder(out.parent)
    except OSError as error:
        # Where nothing can be written, as on a write-protected stick, nothing can be deleted either.
        with suppress(OSError):
            partial.unlink()
        raise StorageFault(
            f"数据包没有写成：{out}（{reason_of(error)}）。请检查U盘是否插好、写保护开关是否关上、空间是否够，或换一个U盘再试。",
            str(out),
        ) from error


def _forget(descriptor: int) -> None:
    """Let the system drop what it holds of a file in memory: what is read next comes from the stick itself."""
    if sys.platform != "win32":
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _flush_folder(folder: Path) -> None:
    """Make the new name last, where the system can flush a folder (Windows and some drivers cannot)."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def eject(stick: Path) -> bool:
    """Ask the system to unmount a stick; False where it did not, and the user must do it (files are safe by then)."""
    return any(_done(command) for command in _ejecting(stick))


def _ejecting(stick: Path) -> list[list[str]]:
    if sys.platform == "win32":
        verb = f"(New-Object -comObject Shell.Application).Namespace(17).ParseName('{stick.drive}').InvokeVerb('Eject')"
        return [["powershell", "-NoProfile", "-WindowStyle", "Hidden", "-Command", verb]]
    return [["gio", "mount", "-e", str(stick)], ["gio", "mount", "-u", str(stick)], ["umount", str(stick)]]


def _done(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, timeout=EJECTING_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
