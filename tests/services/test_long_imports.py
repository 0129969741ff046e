"""Long imports: how far they are is told to the end, and wherever they are cut off nothing of them is kept."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop.models.database import Database
from desktop.services import identity, integrity, records, spreadsheet, store

ROOMS = 1200
STAGES = ("读取表格", "核对", "写入", "记入历程")
IMPORTER = """
import os, sys
from pathlib import Path
from desktop.services import spreadsheet, store
heard = []
def tell(done, total, words):
    heard.append(words)
    if heard.count("导入：" + sys.argv[3]) == 2:
        os.kill(os.getpid(), 9)
with store.opened(Path(sys.argv[1])) as desk, store.writing(desk, "张三") as session:
    spreadsheet.import_rows(session, "workrooms", Path(sys.argv[2]), report_progress=tell)
"""


class StoppedError(Exception):
    """What 取消 raises."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Database]:
    made = identity.initialise(tmp_path / "desk.db", "某旗总工会", "县级", "某旗")
    with store.writing(made, "张三") as session:
        records.put_records(session, "workrooms", {"name": "原有工作室"})
    yield made
    made.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名册")
    sheet.append(["工作室名称", "所在单位", "联系电话"])
    for number in range(ROOMS):
        sheet.append([f"工作室{number}", f"单位{number % 500}", f"138{number:08d}"])
    path = tmp_path_factory.mktemp("lists") / "名册.xlsx"
    book.save(path)
    return path


def kept(desk: Database) -> tuple[list[str], list[str]]:
    with store.reading(desk) as session:
        return tuple([row["name"] for row in records.list_records(session, noun)] for noun in ("workrooms", "units"))


def import_it(desk: Database, file: Path, tell: object) -> None:
    with store.writing(desk, "张三") as session:
        spreadsheet.import_rows(session, "workrooms", file, report_progress=tell)


def test_how_far_an_import_is_goes_up_to_the_end_over_all_its_stages(desk: Database, file: Path):
    heard: list[tuple[int, int, str]] = []
    import_it(desk, file, lambda *told: heard.append(told))
    far = [done for done, _total, _words in heard]
    assert far == sorted(far)
    assert {total for _done, total, _words in heard} == {1000}
    assert list(dict.fromkeys(words for *_far, words in heard)) == [f"导入：{stage}" for stage in STAGES]
    for stage in STAGES:
        assert sum(words.endswith(stage) for *_far, words in heard) > 1, stage
    assert far[-1] > 950
    assert len(kept(desk)[0]) == ROOMS + 1


@pytest.mark.parametrize("stage", STAGES)
def test_cancelled_in_any_stage_nothing_is_kept_and_the_next_attempt_takes_all(desk: Database, file: Path, stage: str):
    def cancel(_done: int, _total: int, words: str) -> None:
        heard.append(words)
        # Not at its beginning but in the midst of it.
        if heard.count(f"导入：{stage}") == 2:
            raise StoppedError

    heard: list[str] = []
    with pytest.raises(StoppedError):
        import_it(desk, file, cancel)
    assert kept(desk) == (["原有工作室"], [])
    import_it(desk, file, spreadsheet.no_progress)
    assert len(kept(desk)[0]) == ROOMS + 1
    assert integrity.verify(desk)["ok"]


@pytest.mark.parametrize("stage", STAGES[2:])
def test_killed_while_it_writes_nothing_is_kept(desk: Database, file: Path, stage: str):
    arguments = [sys.executable, "-c", IMPORTER, str(desk.path), str(file), stage]
    run = subprocess.run(arguments, capture_output=True, check=False, cwd=Path(__file__).parents[2], text=True)
    assert run.returncode == -9, run.stderr
    assert kept(desk) == (["原有工作室"], [])
    assert integrity.verify(desk)["ok"]
    import_it(desk, file, spreadsheet.no_progress)
    assert len(kept(desk)[0]) == ROOMS + 1
