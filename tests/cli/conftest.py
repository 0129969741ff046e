"""A county's database that each test gets as its own copy, and the command line as a function."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Answer]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> Answer:
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return call


@pytest.fixture(scope="session")
def sample_county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    path = folder / "county.db"
    assert (
        main(["--database", str(path), "init", "--office", "左翼中旗总工会", "--level", "县级", "--region", "左翼中旗"])
        == 0
    )
    assert main(["--database", str(path), "demo", "--workrooms", "8"]) == 0
    return folder


@pytest.fixture
def county(sample_county: Path, tmp_path: Path) -> Path:
    shutil.copytree(sample_county, tmp_path / "county")
    return tmp_path / "county" / "county.db"


@pytest.fixture
def desk(run: Run, county: Path) -> Run:
    """The command line on the county's database."""
    return lambda *arguments: run("--database", county, *arguments)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, Any], Path]:
    def to_file(name: str, value: Any) -> Path:
        path = tmp_path / name
        path.write_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), "utf-8")
        return path

    return to_file
