"""What `dev.py build` made, started as a user starts it; not collected in an ordinary test run."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.documents.certificates import PASSPHRASE, pkcs12_file

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "dist" / "workroom-desk"
SUFFIX = ".exe" if sys.platform == "win32" else ""
WINDOW = FOLDER / f"workroom-desk{SUFFIX}"
CONSOLE = FOLDER / f"workroom-desk-cli{SUFFIX}"
MEGABYTE = 1_000_000


@pytest.fixture(name="start")
def _start(tmp_path):
    """Start an executable with its data in a folder of the test and no Python of the checkout in reach."""
    system = {name: value for name, value in os.environ.items() if name in ("SystemRoot", "TEMP", "LANG")}
    own = {"PATH": "", "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", "WORKROOM_DESK_DATA": str(tmp_path)}

    def start(program, *arguments):
        command = [program, *map(str, arguments)]
        done = subprocess.run(command, cwd=tmp_path, env=system | own, capture_output=True, timeout=120, check=False)
        return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")

    return start


def test_console_tells_the_version(start):
    code, out, err = start(CONSOLE, "--version")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert (code, version in out + err) == (0, True)


def test_console_knows_every_regulation(start):
    code, out, err = start(CONSOLE, "regulations")
    assert code == 0, err
    known = {regulation["id"] for regulation in json.loads(out)["regulations"]}
    assert known == {path.stem for path in (ROOT / "resources" / "regulations").glob("*-20*.toml")}


def test_console_fills_a_database_and_prints_a_paper(start, tmp_path):
    database = ["--database", tmp_path / "desk.db"]
    office = ["--office", "示例县总工会", "--level", "县级", "--region", "示例县"]
    for arguments in (["init", *office], ["demo", "--workrooms", "5"], ["verify"]):
        code, out, err = start(CONSOLE, *database, *arguments)
        assert code == 0, out + err
    code, out, err = start(CONSOLE, *database, "list", "workrooms", "--lines")
    assert (code, len(out.splitlines())) == (0, 5), err
    paper = {
        "issuer": "示例县总工会",
        "number": {"code": "示工发", "year": 2026, "serial": 1},
        "title": "关于试印的通知",
    }
    paper |= {"to": ["各基层工会"], "body": ["一、试印。"], "date": "2026-09-01"}
    (tmp_path / "paper.json").write_text(json.dumps(paper), encoding="utf-8")
    code, out, err = start(CONSOLE, "paper", "notice", tmp_path / "paper.json", tmp_path / "paper.pdf")
    assert code == 0, out + err
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF-")
    (tmp_path / "office.p12").write_bytes(pkcs12_file("示例县总工会"))
    (tmp_path / "secret.txt").write_text(PASSPHRASE, encoding="utf-8")
    sign = ["--sign", tmp_path / "office.p12", "--passphrase-file", tmp_path / "secret.txt"]
    code, out, err = start(CONSOLE, "sign-paper", tmp_path / "paper.pdf", tmp_path / "signed.pdf", *sign)
    assert code == 0, out + err
    code, out, err = start(CONSOLE, *database, "verify-paper", tmp_path / "signed.pdf")
    assert (code, json.loads(out)["signature"]["verdict"]) == (0, "intact"), err
    code, out, err = start(CONSOLE, "sheet", "template", "workrooms", tmp_path / "workrooms.xlsx")
    assert code == 0, out + err
    assert (tmp_path / "workrooms.xlsx").read_bytes().startswith(b"PK")


def test_console_locks_a_database_and_opens_it_again(start, tmp_path):
    (tmp_path / "secret.txt").write_text("一句够长的口令 2026", encoding="utf-8")
    office = ["--office", "示例县总工会", "--level", "县级", "--region", "示例县"]
    database, secret = ["--database", tmp_path / "desk.db"], ["--passphrase-file", tmp_path / "secret.txt"]
    for arguments in (["init", *office], [*secret, "encrypt"], [*secret, "verify"]):
        code, out, err = start(CONSOLE, *database, *arguments)
        assert code == 0, out + err
    assert start(CONSOLE, *database, "verify")[0] == 1


def test_console_refuses_in_chinese(start, tmp_path):
    code, out, _ = start(CONSOLE, "--database", tmp_path / "absent.db", "nouns", "--nonsense")
    assert code == 2
    code, out, _ = start(CONSOLE, "regulations", "absent-regulation")
    assert code == 1
    assert "absent-regulation" in json.loads(out)["error"]["message"]


def test_window_opens_and_closes(start):
    code, out, err = start(WINDOW, "--smoke")
    assert code == 0, out + err


def test_folder_is_whole_and_trimmed():
    files = [path for path in FOLDER.rglob("*") if path.is_file() and not path.is_symlink()]
    assert sum(path.stat().st_size for path in files) < 300 * MEGABYTE
    assert not [path for path in FOLDER.rglob("*") if path.is_symlink() and not path.exists()]
    names = " ".join(path.name for path in files)
    for absent in ("Qt6Qml", "Qt6Quick", "Qt6Network", "Qt6VirtualKeyboard", "gtk", "pytest"):
        assert absent not in names
    resources = {path.relative_to(ROOT) for path in (ROOT / "resources").rglob("*") if path.is_file()}
    missing = {path for path in resources if not (FOLDER / "_internal" / path).exists()}
    assert {path.name for path in missing if "__pycache__" not in path.parts} <= {"build_fonts.py", "build_readings.py"}
    for present in ("LICENSE", "NOTICE", "qtbase_zh_CN.qm", "DeskSans.ttf", "env.py"):
        assert present in names
