"""Choosing a record by part of a name: the best first, never more than asked, the same as looking at every name."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.services import records
from desktop.services.record.finding import find_some
from desktop.services.search import keys as search_keys
from desktop.services.search.pinyin import name_reading
from desktop.services.search.text import terms

PEOPLE = ("周建成", "周建", "单于飞", "曾国强", "欧阳建国", "王伟", "王伟伟", "Anna李", "李建周")
UNITS = ("宏昌机械制造有限公司", "宏昌运输公司", "东山农机厂")


@pytest.fixture
def filled(session):
    units = records.put_records(session, "units", [{"name": name} for name in UNITS])
    rows = [
        {"name": name, "unit_id": units[place % 3]["id"], "phone": f"1380000000{place}"}
        for place, name in enumerate(PEOPLE)
    ]
    records.put_records(session, "people", rows)
    records.put_records(session, "workrooms", [{"name": f"{name}创新工作室"} for name in PEOPLE])
    search_keys.refresh(session)
    return session


def names(session, noun, text, limit=12):
    return [one.name for one in find_some(session, noun, text, limit)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("周建", ["周建", "周建成"]),
        ("周", ["周建", "周建成", "李建周"]),
        ("zjc", ["周建成"]),
        ("syf", []),
        ("cyf", ["单于飞"]),
        ("zenggq", ["曾国强"]),
        ("zengguo", ["曾国强"]),
        ("王 宏昌机械", ["王伟伟"]),
        ("王 宏昌运输", []),
        ("王 东山", ["王伟"]),
        ("anna", ["Anna李"]),
        ("", []),
        ("   ", []),
        ("没有", []),
        ("周建成 zjc", ["周建成"]),
    ],
)
def test_people_are_found_by_name_pinyin_and_unit(filled, text, found):
    assert names(filled, "people", text) == found


def test_what_tells_people_apart_comes_with_them(filled):
    (found,) = find_some(filled, "people", "曾国强", 5)
    assert (found.beside, found.number) == (UNITS[0], "13800000003")


def test_units_and_workrooms_are_found_by_part_and_pinyin(filled):
    assert names(filled, "units", "宏昌") == ["宏昌运输公司", "宏昌机械制造有限公司"]
    assert names(filled, "units", "dsnj") == ["东山农机厂"]
    assert names(filled, "workrooms", "单于飞") == ["单于飞创新工作室"]
    assert names(filled, "workrooms", "wwwcx") == ["王伟伟创新工作室"]


def test_other_nouns_are_found_as_lists_are(filled):
    records.put_records(filled, "offices", {"name": "示例市总工会", "level": "市级"})
    assert names(filled, "offices", "示例") == ["示例市总工会"]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_never_more_than_asked(filled, limit):
    assert names(filled, "people", "周", limit) == ["周建", "周建成", "李建周"][:limit]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    text=st.text(alphabet="周建成王伟国强zjcw ", min_size=1, max_size=4) | st.sampled_from(["zhoujc", "zhouj", "zhj"])
)
def test_the_answer_is_that_of_looking_at_every_name(filled, text):
    words = terms(text)
    wanted = {
        name
        for name in PEOPLE
        if words
        and all(
            word in name.lower() or (word.isascii() and any(word in said for said in name_reading(name).name_words))
            for word in words
        )
    }
    assert set(names(filled, "people", text, 50)) == wanted


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("阿拉坦其其格·孟和", ["阿拉坦其其格·孟和", "格•孟", "其其格孟和", "altqqgmh", "·孟和"]),
        ("孛儿只斤•铁木真", ["孛儿只斤·铁木真", "孛儿只斤铁木真", "斤・铁", "bezj"]),
        ("张 志 强", ["张志强", "张 志 强", "zzq"]),
        ("北原[甲]（集团）-分〕", ["(集团)", "（集团）", "〔集团】", "原【甲", "甲](集", "团)分"]),
        ("吕绿", ["lü", "lv", "LVLV"]),
    ],
)
def test_signs_written_in_many_ways_hide_nobody(session, name, typed):
    records.put_records(session, "people", [{"name": name}, {"name": "别人"}])
    records.put_records(session, "workrooms", [{"name": f"{name}工作室"}, {"name": "别的工作室"}])
    search_keys.refresh(session)
    for text in typed:
        assert names(session, "people", text) == [name], text
        assert names(session, "workrooms", text) == [f"{name}工作室"], text
        found = records.list_records(session, "workrooms", {}, text)
        assert [row["name"] for row in found] == [f"{name}工作室"], text
    assert names(session, "people", " - · ") == []
