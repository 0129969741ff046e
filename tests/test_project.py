"""The project's own promises: locked requirements, import contracts, sizes, documents that point somewhere."""

import ast
import importlib.util
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import desktop

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "desktop"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = {
    (package["name"], package["version"]): package
    for package in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
}
# A released migration is a record of a schema, never edited: it is measured by what it makes, not by its length.
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent.name != "versions")
HEAVY = ("sqlalchemy", "alembic", "reportlab", "openpyxl", "pypinyin", "pikepdf", "pypdfium2", "lxml", "docx", "PIL")
HEAVY += ("pyhanko", "aiohttp", "sqlcipher3")
REGIONS = ["内蒙古", "锡林郭勒", "通辽", "河南", "揭阳", "铜陵", "无锡", "左旗", "右旗"]


def _requirements(name: str) -> dict[tuple[str, str], set[str]]:
    """Read a requirements file: (name, version) → the hashes that are allowed."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.split() for line in text.splitlines() if line.strip()]
    return {
        tuple(words[0].split("==")): {word.removeprefix("--hash=") for word in words if word.startswith("--hash=")}
        for words in lines
    }  # type: ignore[misc]


def _needed(groups: tuple[str, ...]) -> set[tuple[str, str]]:
    """Walk the lock from the project's dependencies and the named groups to everything they need."""
    project = next(package for package in LOCK.values() if package["name"] == "workroom-desk")
    waiting = [*project["dependencies"]]
    for group in groups:
        waiting += project["dev-dependencies"][group]
    found: set[tuple[str, str]] = set()
    while waiting:
        wanted = waiting.pop()
        for key, package in LOCK.items():
            chosen = key[0] == wanted["name"] and wanted.get("version", key[1]) == key[1]
            if chosen and key not in found:
                found.add(key)
                waiting += package.get("dependencies", [])
    return found


@pytest.mark.parametrize(("name", "groups"), [("requirements.txt", ()), ("requirements-dev.txt", ("dev",))])
def test_requirements_are_the_lock_with_its_hashes(name: str, groups: tuple[str, ...]) -> None:
    exported = _requirements(name)
    assert set(exported) == _needed(groups)
    for key, hashes in exported.items():
        files = [*LOCK[key].get("wheels", []), *([LOCK[key]["sdist"]] if "sdist" in LOCK[key] else [])]
        assert hashes, key
        assert hashes == {file["hash"] for file in files}, key


def test_lock_was_made_from_the_declared_dependencies() -> None:
    project = next(package for package in LOCK.values() if package["name"] == "workroom-desk")
    locked = {(wanted["name"], wanted.get("specifier", "")) for wanted in project["metadata"]["requires-dist"]}
    declared = set()
    for requirement in PROJECT["project"]["dependencies"]:
        name, specifier = re.match(r"([\w-]+)([^;]*)", requirement).groups()
        declared.add((name.lower(), specifier.strip()))
    assert locked == declared


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_name_no_index(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|--index|--extra-index|--find-links|@ file:", text)


def _contract(word: str) -> dict[str, object]:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    (contract,) = [contract for contract in contracts if word in contract["name"]]
    return contract


def _children() -> set[str]:
    """Name every module and package directly under the package."""
    entries = [path for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()]
    return {path.stem for path in entries} - {"__init__"}


def test_every_module_stands_in_one_layer() -> None:
    layers = _contract("Views ask services")["layers"]
    listed = [name.strip() for layer in layers for name in layer.split("|")]
    assert sorted(listed) == sorted(_children())


def test_no_module_escapes_the_qt_contract() -> None:
    sources = _contract("Qt is known")["source_modules"]
    assert {name.removeprefix("desktop.") for name in sources} == _children() - {"app", "views"}


def test_packages_are_empty_but_for_a_docstring() -> None:
    # desktop.cli.main is the stable name for programs that drive us; the top tells the version.
    doors = {PACKAGE / "cli" / "__init__.py", PACKAGE / "__init__.py"}
    for path in set(PACKAGE.rglob("__init__.py")) - doors:
        body = ast.parse(path.read_text(encoding="utf-8")).body
        assert len(body) == 1, f"{path} holds code"
        assert isinstance(body[0].value, ast.Constant), f"{path} holds code"


def test_the_version_is_told_once() -> None:
    assert PROJECT["project"]["version"] == desktop.VERSION


def _functions() -> Iterator[tuple[str, int]]:
    """Yield each function of the package with its length in lines, its docstring not counted."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
                yield f"{path.relative_to(ROOT)}:{node.name}", node.end_lineno - body[0].lineno + 1


def test_functions_stay_short() -> None:
    lengths = dict(_functions())
    ordered = sorted(lengths.values())
    assert statistics.median(ordered) <= 8
    assert ordered[int(len(ordered) * 0.95)] <= 40
    assert not [name for name, length in lengths.items() if length > 45]


def test_modules_stay_short() -> None:
    lengths = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8").count("\n") for path in MODULES}
    assert not {name: lines for name, lines in lengths.items() if lines > 300}, "split them by noun"


def test_modules_say_what_they_hold_and_none_is_a_drawer() -> None:
    silent = [path for path in MODULES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert not silent
    assert not [path for path in MODULES if path.stem in {"utils", "util", "misc", "helpers", "common", "manager"}]


def test_no_region_is_named_in_code() -> None:
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert not [region for region in REGIONS if region in text], f"{path} names a region"


def test_nothing_heavy_is_imported_with_the_window() -> None:
    code = f"import sys, desktop.app; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


@pytest.mark.parametrize("name", ["README.md", "docs/architecture.md", "docs/papers.md", "CHANGELOG.md"])
def test_links_in_documents_point_to_files(name: str) -> None:
    document = ROOT / name
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8"))
    assert not [target for target in targets if not (document.parent / target).exists()]


def test_readme_gives_the_commands_in_both_languages() -> None:
    chinese, english = (ROOT / "README.md").read_text(encoding="utf-8").split("## In English")
    for half in (chinese, english):
        for command in ("python3 dev.py run", "python3 dev.py test", "python3 dev.py build", "WORKROOM_DESK_DATA"):
            assert command in half


def test_every_bundled_font_is_in_the_notice_with_its_licence() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    fonts = sorted((ROOT / "resources" / "fonts").glob("*.ttf"))
    assert fonts
    for font in fonts:
        assert font.name in notice
        assert font.with_suffix(".LICENSE.txt").stat().st_size > 1000


def test_every_runtime_library_is_in_the_notice() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8").lower()
    names = {re.match(r"[\w-]+", requirement).group().lower() for requirement in PROJECT["project"]["dependencies"]}
    assert not [name for name in names if name.removesuffix("-essentials") not in notice]


@pytest.fixture(name="dev")
def _dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_dev_uses_the_standard_library_alone() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


@pytest.mark.skipif(sys.platform != "linux", reason="Debian packages are a matter of Linux")
def test_dev_names_the_command_when_it_may_not_install(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SystemExit, match=r"apt-get update && apt-get install -y --no-install-recommends libabsent9"):
        dev.prepare_system("libabsent.so.9=libabsent9 libc.so.6=libc6")


@pytest.mark.skipif(sys.platform != "linux", reason="Debian packages are a matter of Linux")
def test_dev_installs_nothing_when_all_is_there(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    dev.prepare_system("libc.so.6=libc6 sh=dash")
    assert capsys.readouterr().out == ""


def test_dev_installs_again_only_when_the_requirements_changed(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path)
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(dev.subprocess, "run", lambda command, **_: ran.append(command))
    (tmp_path / "requirements.txt").write_text("one==1\n")
    dev.prepare_environment("requirements.txt")
    installs = len(ran)
    dev.prepare_environment("requirements.txt")
    assert len(ran) == installs > 0
    (tmp_path / "requirements.txt").write_text("one==2\n")
    dev.prepare_environment("requirements.txt")
    assert len(ran) == 2 * installs


def test_dev_explains_itself() -> None:
    done = subprocess.run([sys.executable, ROOT / "dev.py"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "run | test | build" in done.stderr
