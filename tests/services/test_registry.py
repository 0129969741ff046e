"""The registry's list: what a search finds is what a plain substring search over the same fields finds."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.database import Database
from desktop.models.search import WorkroomKey
from desktop.services import records, registry
from desktop.services.record.found_by import reasons
from desktop.services.search import keys as search_keys
from desktop.services.search.answers import side_by_side
from desktop.services.search.pinyin import Reading, name_reading, reading, reading_around
from desktop.services.search.text import folded, terms

ROOMS = [
    ("北原宏昌机械有限公司", "曾建成", "北原宏昌机械有限公司曾建成劳模创新工作室", "县级", "已命名"),
    ("北原宏昌机械有限公司", "单喆", "单喆LED照明工匠创新工作室", "县级", "已建成"),
    ("长河热电厂", "𠮷赟", "𠮷赟 职工创新工作室", "单位级", "已建成"),
    ("长河热电厂", "尉迟昇", "尉迟昇５G创新工作室", "市级", "已命名"),
    ("北原市第一医院", "任珺", "任珺创新工作室", "省级", "申报中"),
]


def fill(session: Session) -> list[str]:
    units: dict[str, str] = {}
    ids = []
    for unit, leader, name, level, state in ROOMS:
        if unit not in units:
            units[unit] = records.put_records(session, "units", {"name": unit})[0]["id"]
        person = records.put_records(session, "people", {"name": leader, "phone": "13800000001"})[0]["id"]
        room = {"name": name, "unit_id": units[unit], "leader_id": person, "level": level, "state": state}
        ids.append(records.put_records(session, "workrooms", room)[0]["id"])
    member = records.put_records(session, "people", {"name": "朴䶮"})[0]["id"]
    records.put_records(session, "members", {"workroom_id": ids[0], "person_id": member})
    outcome = {"workroom_id": ids[1], "name": "高压开关操作法", "patent_number": "ZL202410000001.X"}
    records.put_records(session, "outcomes", outcome)
    paper = {"kind": "decision", "subject_id": ids[2], "document_number": "北工发〔2026〕7号"}
    records.put_records(session, "documents", paper)
    return ids


@pytest.fixture
def filled(database: Database) -> list[str]:
    with database.writing() as session:
        ids = fill(session)
        search_keys.refresh(session)
        session.commit()
    return ids


def found(database: Database, text: str, **filters: str) -> list[str]:
    loaded = registry.load_registry(database.path)
    hits = registry.search(loaded, text, **filters)
    rows = [loaded.rows[position] for position in hits.positions]
    return [name for (name,) in registry.page(database.path, rows, ["name"])]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 5),
        ("曾", 1),
        ("创新", 5),
        ("宏昌", 2),
        ("zjc", 1),
        ("zengjiancheng", 1),
        ("cengjiancheng", 0),
        ("szl", 1),
        ("led", 1),
        ("LED 单", 1),
        ("5g", 1),
        ("５Ｇ", 1),
        ("piaoyan", 1),
        ("朴䶮", 1),
        ("䶮", 1),
        ("𠮷", 1),
        ("jiyun", 1),
        ("ycs", 1),
        ("操作法", 1),
        ("czf", 1),
        ("zl202410", 1),
        ("〔2026〕7号", 1),
        ("北工发[2026]7号", 1),
        ("【2026】 7", 1),
        ("138-0000-0001", 5),
        ("138 0000 0001", 5),
        ("照明led", 0),
        ("昇5g创新", 1),
        ("𠮷赟职工", 1),
        ("-", 5),
        ("13800000001", 5),
        ("宏昌 曾", 1),
        ("曾 单", 0),
        ("司曾", 1),
        ("没有这样的", 0),
        ("zengjc", 1),
        ("zengjch", 1),
        ("zengjianc", 1),
        ("zjch", 1),
        ("shanzh", 1),
        ("yuchis", 1),
        ("yuchish", 1),
        ("beiyhcjx", 2),
        ("beiyhch", 0),
        ("changhrdc", 2),
        ("beiysdy", 1),
        ("shanzLED", 1),
        ("renj", 1),
        ("zengcj", 0),
    ],
)
def test_what_a_clerk_types(database: Database, filled: list[str], text: str, count: int):
    assert len(found(database, text)) == count


def test_filters(database: Database, filled: list[str]):
    assert len(found(database, "", level="县级")) == 2
    assert len(found(database, "", level="县级", state="已命名")) == 1
    assert found(database, "宏昌", state="申报中") == []
    assert found(database, "", level="国家级") == []


def test_the_command_line_finds_the_same(database: Database, filled: list[str]):
    with database.reading() as session:
        for text in ("宏昌", "sz", "j", "", "led 单", "2026"):
            listed = records.list_records(session, "workrooms", {}, text)
            assert {row["name"] for row in listed} == set(found(database, text))


SPELLED = [*"zjcsygdlh ", "zh", "ch", "sh", "zeng", "jian", "shan", "yu", "chi", "bei", "yuan", "hong", "ren", "曾"]
ALPHABET = "曾建成单喆工作室机北原𠮷赟䶮 zjcsyuan5gledLZ0ＬＥ1x〔[·-"


def typed(syllables: tuple[str, ...], most: int, broad: tuple[str, ...] = ()) -> list[str]:
    """Write out what a reading may be typed as: none, one … `most` syllables in full and then initials, or all."""
    initials = [syllable[:2] if syllable.startswith(broad or ("?",)) else syllable[0] for syllable in syllables]
    mixed = ["".join([*syllables[:count], *initials[count:]]) for count in range(most + 1)]
    return [*mixed, "".join(syllables)]


def brute_force(session: Session, text: str) -> set[str]:
    """Look for every word in every field and reading, one by one, with nothing of the fast way but the reading."""
    hits = set()
    for row in records.list_records(session, "workrooms", {}):
        unit = records.get_record(session, "units", row["unit_id"])["name"]
        leader = records.get_record(session, "people", row["leader_id"])
        members = [
            records.get_record(session, "people", member["person_id"])["name"]
            for member in records.list_records(session, "members", {"workroom_id": row["id"]})
        ]
        outcomes = records.list_records(session, "outcomes", {"workroom_id": row["id"]})
        papers = records.list_records(session, "documents", {"subject_id": row["id"]})
        head, mine, tail = row["name"].partition(leader["name"])
        name = reading(unit).then(reading(head[len(unit) :])) if head.startswith(unit) else reading(head)
        name = name.then(name_reading(mine)).then(reading(tail))
        fields = [row["name"], unit, leader["name"], leader["phone"], *members]
        fields += [*typed(name.syllables, 1), *typed(reading(unit).syllables, 1)]
        for person in (leader["name"], *members):
            said = name_reading(person).syllables
            fields += [*typed(said, 2), *typed(said, 2, ("zh", "ch", "sh"))]
        for outcome in outcomes:
            fields += [outcome["name"], outcome["patent_number"], reading(outcome["name"]).initials]
        fields += [paper["document_number"] for paper in papers]
        if all(any(word in folded(field) for field in fields) for word in terms(text)):
            hits.add(row["name"])
    return hits


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(ALPHABET, min_size=0, max_size=4) | st.lists(st.sampled_from(SPELLED), max_size=5).map("".join))
def test_hits_equal_a_brute_force_search(database: Database, filled: list[str], text: str):
    with database.reading() as session:
        assert set(found(database, text)) == brute_force(session, text)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.text(ALPHABET, max_size=4), min_size=1, max_size=5))
def test_what_was_found_before_changes_nothing(database: Database, filled: list[str], typed: list[str]):
    loaded = registry.load_registry(database.path)
    earlier: list[registry.Hits] = []
    letters = [typed[0][:end] for end in range(len(typed[0]) + 1)]
    for number, text in enumerate([*letters, *typed, *reversed(letters)]):
        level, state = ("", "县级", "")[number % 3], ("", "", "已命名")[number % 3]
        narrowed = registry.search(loaded, text, level, state, earlier)
        assert narrowed == registry.search(loaded, text, level, state)
        earlier.append(narrowed)


def keys(session: Session) -> dict[str, tuple[str, str, int]]:
    query = select(WorkroomKey.workroom_id, WorkroomKey.native, WorkroomKey.latin, WorkroomKey.stale)
    return {row[0]: (row[1], row[2], row[3]) for row in session.execute(query)}


@pytest.mark.parametrize(
    ("noun", "change"),
    [
        ("workrooms", {"name": "改名工作室"}),
        ("workrooms", {"contact": "某联系人"}),
        ("units", {"name": "改名公司"}),
        ("people", {"name": "改名人"}),
        ("people", {"phone": "13900000000"}),
        ("outcomes", {"name": "改名成果"}),
    ],
)
def test_every_change_reaches_the_keys(database: Database, filled: list[str], noun: str, change: dict[str, str]):
    with database.writing() as session:
        record = records.list_records(session, noun, {})[0]
        records.put_records(session, noun, {"id": record["id"], **change})
        # Found at once, by the record itself, before any key is made again.
        word = next(iter(change.values()))
        before = {row["id"] for row in records.list_records(session, "workrooms", {}, word)}
        search_keys.refresh_small(session)
        assert search_keys.stale_count(session) == 0
        assert {row["id"] for row in records.list_records(session, "workrooms", {}, word)} == before
        assert before
        made = keys(session)
        search_keys.rebuild(session)
        assert keys(session) == made


def test_members_leaving_and_workrooms_deleted(database: Database, filled: list[str]):
    with database.writing() as session:
        member = records.list_records(session, "members", {})[0]
        records.put_records(session, "members", {"id": member["id"], "workroom_id": filled[3]})
        assert [row["id"] for row in records.list_records(session, "workrooms", {}, "朴䶮")] == [filled[3]]
        records.delete_record(session, "members", member["id"])
        assert records.list_records(session, "workrooms", {}, "朴䶮") == []
        search_keys.refresh(session)
        records.delete_record(session, "workrooms", filled[4])
        session.commit()
    assert len(found(database, "")) == 4


def test_a_large_import_is_listed_before_its_keys_are_made(database: Database):
    with database.writing() as session:
        rows = [{"name": f"第{number}工作室", "level": "县级"} for number in range(search_keys.WITHIN_COMMIT + 1)]
        records.put_records(session, "workrooms", rows)
        search_keys.refresh_small(session)
        assert search_keys.stale_count(session) == len(rows)
        assert len(records.list_records(session, "workrooms", {}, "第7工作室")) == 1
        session.commit()
    assert len(found(database, "", level="县级")) == len(rows)
    assert registry.stale_count(database.path) == len(rows)


def test_sorting_by_every_column_keeps_all_rows(database: Database, filled: list[str]):
    for column in registry.COLUMNS:
        up = registry.load_registry(database.path, column.key)
        down = registry.load_registry(database.path, column.key, descending=True)
        assert list(up.rows) == list(reversed(down.rows)), column.key
        assert len(up.rows) == 5


def test_leaders_sort_by_how_their_names_are_said(database: Database, filled: list[str]):
    loaded = registry.load_registry(database.path, "leader")
    leaders = [leader for (leader,) in registry.page(database.path, loaded.rows, ["leader"])]
    assert leaders == ["𠮷赟", "任珺", "单喆", "尉迟昇", "曾建成"]


def test_levels_sort_by_rank(database: Database, filled: list[str]):
    loaded = registry.load_registry(database.path, "level", keys=False)
    levels = [level for (level,) in registry.page(database.path, loaded.rows, ["level"])]
    assert levels == ["单位级", "县级", "县级", "市级", "省级"]
    assert not loaded.searchable


def test_the_first_page_comes_without_the_rest(database: Database, filled: list[str]):
    total, rows = registry.first_page(database.path, ["name", "leader", "members", "outcomes"], limit=2)
    assert total == 5
    assert rows[0] == ("北原宏昌机械有限公司曾建成劳模创新工作室", "曾建成", 1, 0)
    assert len(rows) == 2


def test_pages_follow_the_order_asked_and_skip_what_is_gone(database: Database, filled: list[str]):
    loaded = registry.load_registry(database.path)
    rows = [loaded.rows[2], 10_000, loaded.rows[0]]
    with registry.open_reader(database.path) as connection:
        values = registry.page(connection, rows)
        assert len(values) == 2
        for row in loaded.rows:
            found_id = registry.workroom_id(connection, row)
            assert found_id is not None
            assert registry.row_of(connection, found_id) == row
        assert registry.workroom_id(connection, 10_000) is None
    connection.close()


def test_nothing_heavy_is_imported_for_the_first_page():
    heavy = "('sqlalchemy', 'pypinyin', 'openpyxl', 'msgspec', 'alembic')"
    code = f"import sys, desktop.services.registry; print([name for name in {heavy} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert told.stdout.strip() == "[]"


def test_readings():
    assert name_reading("曾建成") == Reading(("zeng", "jian", "cheng"))
    assert name_reading("尉迟昇") == Reading(("yu", "chi", "sheng"))
    assert reading("曾经") == Reading(("ceng", "jing"))
    assert reading("重庆5G LED") == Reading(("chong", "qing", *"5gled"))
    assert (reading("重庆5G LED").initials, reading("重庆5G LED").full) == ("cq5gled", "chongqing5gled")
    assert reading_around("宏昌单喆工作室", "单喆").full == "hongchangshanzhegongzuoshi"
    assert reading("") == Reading()


@pytest.mark.parametrize("few", [0, 2, 1000])
def test_the_ids_of_some_rows_in_the_order_asked(
    database: Database, filled: list[str], monkeypatch: pytest.MonkeyPatch, few: int
):
    monkeypatch.setattr(registry, "FEW_ROWS", few)
    path = database.path
    rows = list(registry.load_registry(path).rows)
    for asked in (rows, rows[::-1], rows[1:3], [rows[0], 10**6, rows[-1]], []):
        expected = [registry.workroom_id(path, row) for row in asked]
        assert registry.workroom_ids(path, asked) == [one for one in expected if one is not None]


def test_what_a_row_is_found_by_is_said_for_every_hit_that_does_not_show_it(database: Database, filled: list[str]):
    with registry.connected(database.path) as reader:
        assert reasons(reader, filled, "朴䶮") == {filled[0]: "成员 朴䶮"}
        assert reasons(reader, filled, "piaoy") == {filled[0]: "成员 朴䶮"}
        assert reasons(reader, filled, "gykg") == {filled[1]: "成果 高压开关操作法"}
        assert reasons(reader, filled, "zl2024") == {filled[1]: "专利号 ZL202410000001.X"}
        assert set(reasons(reader, filled, "13800000001").values()) == {"领衔人电话 13800000001"}
        assert reasons(reader, filled, "曾建成") == {}
        assert reasons(reader, filled, "zjc") == {}
        assert reasons(reader, filled, "宏昌 朴䶮") == {filled[0]: "成员 朴䶮"}
        assert reasons(reader, filled, "z") == reasons(reader, filled, "  ") == reasons(reader, [], "朴䶮") == {}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text("朴䶮高压开关曾建成宏昌电厂zpy138 ", min_size=1, max_size=4))
def test_no_hit_is_left_without_an_explanation(database: Database, filled: list[str], text: str):
    """Every word is in what the row shows, in its reason, or a single Latin letter."""
    read = registry.load_registry(database.path)
    with registry.connected(database.path) as reader:
        rows = [read.rows[place] for place in registry.search(read, text).positions]
        ids = registry.workroom_ids(reader, rows)
        why = reasons(reader, ids, text)
        for one, values in zip(ids, registry.page(reader, rows, ("name", "unit", "leader")), strict=True):
            shown = [*(value for value in values if value), *why.get(one, "").split("、")]
            said = [folded(part) for part in shown]
            for part in (*shown, *why.get(one, "").split()):
                said += [*reading(part).words, *name_reading(part).name_words]
            for word in terms(text):
                assert (len(word) == 1 and word.isascii()) or any(word in each for each in said), (word, shown)


@pytest.mark.parametrize("keys", [[], ["王"], ["a", "王\n单", "𠮷", "", "x\0y", "z"] * 1700])
def test_keys_laid_side_by_side_are_the_same_keys(keys: list[str]):
    assert side_by_side(keys) == keys


def test_the_rows_of_what_was_found_are_in_the_lists_order(database: Database, filled: list[str]):
    loaded = registry.load_registry(database.path, "leader", descending=True)
    for text in ("", "创新", "宏昌", "没有这样的"):
        hits = registry.search(loaded, text)
        assert list(hits.rows(loaded)) == [loaded.rows[position] for position in hits.positions]
    assert registry.search(loaded, "创新").positions is loaded.everywhere


@pytest.mark.parametrize("searchable", [True, False])
def test_a_workroom_just_added_stands_first_and_is_found(database: Database, filled: list[str], searchable: bool):
    loaded = registry.load_registry(database.path, keys=searchable)
    with database.writing() as session:
        room = {"name": "新来创新工作室", "level": "国家级", "state": "筹建"}
        made = records.put_records(session, "workrooms", room)[0]["id"]
        search_keys.refresh(session)
        session.commit()
    row = registry.row_of(database.path, made)
    assert row is not None
    shown = registry.with_new(database.path, loaded, row)
    assert list(shown.rows) == [row, *loaded.rows]
    assert shown.searchable == searchable
    assert list(registry.search(shown, "", level="国家级").rows(shown)) == [row]
    assert list(registry.search(shown, "", level="县级").rows(shown)) == list(
        registry.search(loaded, "", level="县级").rows(loaded)
    )
    if searchable:
        for text in ("", "xinlcxgzs", "新来", "创新", "zengjc"):
            read = registry.load_registry(database.path)
            assert set(registry.search(shown, text).rows(shown)) == set(registry.search(read, text).rows(read)), text
    assert len(loaded.rows) == 5


def test_workrooms_just_removed_are_found_no_more(database: Database, filled: list[str]):
    loaded = registry.load_registry(database.path)
    gone = [loaded.rows[1], loaded.rows[4]]
    left = registry.without(loaded, gone)
    assert list(left.rows) == [loaded.rows[place] for place in (0, 2, 3)]
    for text, level in (("", ""), ("创新", "县级"), ("zjc", ""), ("", "省级")):
        expected = [row for row in registry.search(loaded, text, level).rows(loaded) if row not in gone]
        assert list(registry.search(left, text, level).rows(left)) == expected
    assert list(registry.without(registry.load_registry(database.path, keys=False), gone).rows) == list(left.rows)
