"""The parts of 办法与工具设置 one by one: their words, their rows, what they refuse."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from desktop.errors import NotFound
from desktop.paths import resource_folder
from desktop.services import identity, records
from desktop.services.law import pack as regulation_pack
from desktop.services.law.impact import Change, Impact
from desktop.services.law.pack import PackReport
from desktop.views.regulations.adopting import may_be_undone, question
from desktop.views.regulations.impact_table import NONE, ImpactTableModel
from desktop.views.regulations.law_pane import LawPane
from desktop.views.regulations.law_table import choose, law_rows
from desktop.views.regulations.pack_page import PackPage, difference_words, impact_words
from desktop.views.regulations.setting_pane import SettingPane
from tests.views.regulations.test_regulations_view import NM, adopted, click, law_row, stricter, view, weigh

__all__ = ["view"]

LATER = date.today() + timedelta(days=40)
GONE = Change("workrooms", "w1", "甲工作室", "r1", "第七条", "团队", "fail", "", "甲工作室：第七条“团队”没有了。")
WORSE = replace(GONE, id="w2", name="乙工作室", before="pass", after="warn", sentence="乙工作室：要说明理由。")
KEPT = {
    "regulation": NM,
    "version": "0123456789abcdef",
    "origin": "存档",
    "effective_on": None,
    "adopted_on": None,
    "fault": "",
}


@pytest.fixture
def pack():
    return regulation_pack.read_pack(resource_folder() / "regulations" / f"{NM}.toml")


def report(pack, **parts):
    empty = {"replaces": "", "added": (), "removed": (), "changed": (), "unquoted": (), "notes": ()}
    return PackReport(pack=pack, **(empty | parts))


# -- words ---------------------------------------------------------------------------------------------------------


def test_differences_are_counted_in_words(pack):
    assert difference_words(report(pack)) == "这是一个新的办法，不替代现有的文本。"
    assert difference_words(report(pack, replaces="a")) == "与现在的文本相比：规则没有变化。"
    both = report(pack, replaces="a", added=("x", "y"), removed=("z",))
    assert difference_words(both) == "与现在的文本相比：新增 2 条，去掉 1 条。"


def test_the_impact_is_counted_in_words():
    assert impact_words(Impact(NM, "a", 7, ())) == "看了 7 个工作室和在办申报，没有结论会变。"
    some = impact_words(Impact(NM, "a", 7, (GONE, WORSE, replace(WORSE, rule="r2"))))
    assert "其中 2 个的 3 项结论会变" in some


def test_adopting_is_undone_only_before_its_day(pack):
    since = pack.law.effective_on
    assert since is not None
    assert may_be_undone(pack, since - timedelta(days=1))
    assert not may_be_undone(pack, since)
    assert not may_be_undone(replace(pack, law=replace(pack.law, effective_on=None)), since)


# -- tables --------------------------------------------------------------------------------------------------------


def test_a_rule_that_is_not_in_a_text_is_called_so(qtbot):
    model = ImpactTableModel()
    model.set_rows([vars(GONE), vars(WORSE) | {"id": "w2"}])
    assert [model.index(0, column).data() for column in range(4)] == ["甲工作室", "第七条 团队", "不符合", NONE]
    assert model.index(1, 3).data() == "提示"
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == GONE.sentence
    colors = {model.index(row, 3).data(Qt.ItemDataRole.ForegroundRole).name() for row in range(2)}
    assert len(colors) == 2
    assert model.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is None


def test_the_sentence_follows_the_selected_change(qtbot, pack):
    page = PackPage()
    qtbot.addWidget(page)
    page.show_pack(report(pack, notes=("请先读这一句。",)), Impact(NM, "a", 2, (GONE, WORSE)))
    assert page.note.text() == "请先读这一句。"
    assert page.sentence.text() == GONE.sentence
    page.table.selectRow(1)
    assert page.sentence.text() == WORSE.sentence
    page.show_pack(report(pack), Impact(NM, "", 2, ()))
    assert page.note.text() == ""
    assert page.table.isHidden()
    assert page.take.isEnabled()


def test_only_the_first_column_is_ticked_and_nothing_is_written_by_the_model(view):
    model = view.laws.laws
    told = []
    model.ticked.connect(lambda law, on: told.append((law, on)))
    day = model.index(0, 2)
    assert not day.flags() & Qt.ItemFlag.ItemIsUserCheckable
    assert not model.setData(day, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert told == []
    assert day.data(Qt.ItemDataRole.CheckStateRole) is None


def test_a_text_that_cannot_be_read_is_said_and_not_weighed(qtbot):
    pane = LawPane()
    qtbot.addWidget(pane)
    asked = []
    pane.weigh_requested.connect(asked.append)
    pane.show_laws([], [KEPT | {"fault": "文本与它的校验值不符。"}, KEPT | {"version": "fedcba9876543210"}])
    assert [pane.texts.index(row, 2).data() for row in range(2)] == ["不能读", "存档"]
    pane.text_table.selectRow(0)
    pane.text_table.opened.emit(0)
    assert asked == []
    assert pane.fault.text() == "文本与它的校验值不符。"
    assert not pane.weigh.isEnabled()
    pane.text_table.selectRow(1)
    pane.text_table.opened.emit(1)
    assert asked == ["fedcba9876543210"]
    assert pane.fault.text() == ""


def test_delete_restores_only_what_was_changed(qtbot):
    pane = SettingPane()
    qtbot.addWidget(pane)
    one = {"regulation": NM, "rule": "r1", "parameter": "min", "article": "第一条", "title": "甲", "words": "至少"}
    same = one | {"bundled": 1, "value": 1, "changed": False}
    pane.show_settings([same, same | {"rule": "r2", "value": 4, "changed": True}], {NM: "办法"})
    asked = []
    pane.changed.connect(lambda *words: asked.append(words))
    pane.table.selectAll()
    qtbot.keyClick(pane.table, Qt.Key.Key_Delete)
    assert asked == [("r2", "min", None)]
    assert pane.count.text() == "共2项，改过1项"


# -- the profile ---------------------------------------------------------------------------------------------------


def test_choosing_keeps_what_this_program_does_not_list(operations):
    def pick(session):
        choose(session, "tl-2020", True, ["tl-2020", "nm-2026-build"])
        own = identity.own_office_id(session)
        return records.get_record(session, "offices", own)["regulations"]

    chosen = []
    assert operations.run("选定", pick, chosen.extend)
    assert chosen == ["tl-2020", "nm-2026-build", "nm-2026-fund"]


def test_a_regulation_stands_by_the_day_that_is_asked(operations):
    before = operations.read(lambda session: law_rows(session, date(2026, 5, 25)))
    standing = {row["id"]: row["standing"] for row in before}
    assert standing["wx-2021-model"] == "现行，未选"
    assert standing["jy-2022"] == "日期未定"


# -- the page ------------------------------------------------------------------------------------------------------


def test_there_is_one_red_action_at_most(view, qtbot, tmp_path):
    def red():
        return [
            one.text()
            for one in view.findChildren(QPushButton)
            if one.property("role") == "primary" and one.isVisible()
        ]

    assert red() == []
    weigh(qtbot, view, stricter(tmp_path, "2026-09-01"))
    assert red() == ["采用"]


def test_the_file_is_chosen_by_the_button(view, qtbot, tmp_path, monkeypatch):
    path = stricter(tmp_path, "2026-09-01")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    click(qtbot, view.load)
    assert view.right.currentWidget() is view.settings
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    click(qtbot, view.load)
    qtbot.waitUntil(lambda: view.right.currentWidget() is view.pack, timeout=10_000)


def test_a_version_that_is_not_kept_is_said_in_the_strip(view, qtbot):
    view.weigh_kept("0" * 64)
    qtbot.waitUntil(lambda: view.right.currentWidget() is view.settings, timeout=10_000)
    qtbot.waitUntil(lambda: "没有版本号以" in view.strip.text())
    with pytest.raises(NotFound):
        view.operations.read(lambda session: regulation_pack.stored_pack(session, "0" * 64))


def test_the_undo_of_the_strip_takes_nothing_else_back(view, qtbot, tmp_path):
    weigh(qtbot, view, stricter(tmp_path, LATER.isoformat()))
    click(qtbot, view.pack.take)
    view.settings.changed.emit("nm-2026-build-7.8c", "min", 9)
    click(qtbot, view.strip._button)
    assert len(adopted(view)) == 1
    assert view.values()["nm-2026-build-7.8c min"] == 9


def test_a_window_that_only_reads_adopts_nothing(view, qtbot, tmp_path):
    weigh(qtbot, view, stricter(tmp_path, LATER.isoformat()))
    view.operations.read_only = True
    click(qtbot, view.pack.take)
    assert "只读" in view.strip.text()
    assert view.right.currentWidget() is view.pack
    assert adopted(view) == []
    view.laws.laws.ticked.emit("tl-2020", True)
    assert not law_row(view, "tl-2020")["chosen"]


def test_the_question_names_an_undated_text_by_today(view, qtbot, tmp_path):
    weigh(qtbot, view, stricter(tmp_path, ""))
    today = date.today()
    box = question(view, view.weighed[0].pack)
    qtbot.addWidget(box)
    assert f"{today.year}年{today.month}月{today.day}日" in box.informativeText()
    assert box.defaultButton().text() == "不采用"
    assert "采用之日起施行" in view.pack.facts.text()
