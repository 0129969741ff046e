"""Finding the head of a list under titles, over two lines, in any order and by other names."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.spreadsheets.heads import find_head, plain_head
from desktop.spreadsheets.table import Column, Table

TABLE = Table(
    "workrooms",
    "工作室",
    (
        Column("name", "工作室名称", "name", aliases=("工作室",), required=True),
        Column("unit_name", "所在单位", "name", aliases=("单位", "单位名称")),
        Column("leader_name", "领衔人", "name", aliases=("领衔人姓名",)),
        Column("phone", "联系电话", "code", aliases=("领衔人电话", "手机")),
        Column("level", "级别", "choice"),
        Column("unit_funding_yuan", "单位年度经费", "money", unit="元"),
    ),
)


def named(rows: list[list[object]], **chosen: str) -> dict[str, int]:
    head = find_head(rows, TABLE, chosen)
    assert head is not None
    return {column.name: index for index, column in head.columns.items()}


def test_a_plain_head():
    rows = [["工作室名称", "级别", "所在单位"], ["甲", "县级", "某厂"]]
    head = find_head(rows, TABLE)
    assert head is not None
    assert (head.row, head.depth, head.first_data_row) == (0, 1, 1)
    assert named(rows) == {"name": 0, "level": 1, "unit_name": 2}
    assert head.missing(TABLE) == []


def test_titles_and_notes_above_are_passed_over():
    rows = [
        ["某旗工作室情况汇总表", None],
        ["填报单位：某旗总工会", None, "2026年9月"],
        [],
        ["序号", "工作室", "单位"],
        [1.0, "甲", "乙"],
    ]
    head = find_head(rows, TABLE)
    assert head is not None
    assert head.row == 3
    assert named(rows) == {"name": 1, "unit_name": 2}
    assert head.unknown == {0: "序号"}


def test_two_lines_with_a_group_over_them():
    rows = [
        ["序号", "工作室名称", "领衔人", None, "级别"],
        ["序号", "工作室名称", "姓名", "电话", "级别"],
        [1.0, "甲", "张三", "13800000001", "县级"],
    ]
    head = find_head(rows, TABLE)
    assert head is not None
    assert (head.row, head.depth) == (0, 2)
    assert named(rows) == {"name": 1, "leader_name": 2, "phone": 3, "level": 4}


def test_brackets_stars_and_line_breaks_do_not_matter():
    rows = [["* 工作室名称（全称）", "所在\n单位", "联 系 电 话：", "级别(旗县/盟市)"]]
    assert named(rows) == {"name": 0, "unit_name": 1, "phone": 2, "level": 3}


def test_the_unit_of_money_is_in_the_head():
    head = find_head([["工作室名称", "单位年度经费（万元）"]], TABLE)
    assert head is not None
    assert head.factors == {0: 1, 1: 10_000}


def test_a_longer_head_is_guessed_only_when_one_column_fits():
    assert named([["创新工作室名称", "领衔人姓名"]]) == {"name": 0, "leader_name": 1}
    head = find_head([["工作室名称", "单位年度经费合计", "所在单位级别"]], TABLE)
    assert head is not None
    assert {column.name for column in head.columns.values()} == {"name", "unit_funding_yuan", "unit_name"}


def test_a_column_named_twice_is_read_once():
    head = find_head([["工作室名称", "单位", "单位名称"]], TABLE)
    assert head is not None
    assert head.unknown == {2: "单位名称"}


def test_what_a_person_chose_goes_first():
    rows = [["名头", "单位"], ["甲", "乙"]]
    assert find_head(rows, TABLE) is None
    assert named(rows, 名头="name") == {"name": 0, "unit_name": 1}
    assert named([["工作室名称", "单位", "级别"]], 单位="") == {"name": 0, "level": 2}


def test_a_missing_required_column_is_told():
    head = find_head([["单位", "级别"]], TABLE)
    assert head is not None
    assert [column.name for column in head.missing(TABLE)] == ["name"]


def test_nothing_like_a_head():
    assert find_head([["你好"], ["工作室"]], TABLE) is None
    assert find_head([], TABLE) is None


@given(st.permutations(range(6)), st.integers(0, 5), st.booleans())
def test_columns_may_come_in_any_order_under_any_titles(order: list[int], titles: int, numbered: bool):
    heads = [TABLE.columns[index].head for index in order]
    row = (["序号"] if numbered else []) + heads
    found = named([["某某情况表"] for _ in range(titles)] + [row])
    assert found == {TABLE.columns[index].name: place + numbered for place, index in enumerate(order)}


@given(st.lists(st.lists(st.one_of(st.none(), st.text(max_size=5), st.floats()), max_size=4), max_size=6))
def test_any_sheet_can_be_looked_at(rows: list[list[object]]):
    head = find_head(rows, TABLE)
    assert head is None or len(head.columns) >= 2


def test_heads_as_compared():
    assert plain_head("１．工作室　名称（必填）*") == "工作室名称"
    assert plain_head(None) == ""
