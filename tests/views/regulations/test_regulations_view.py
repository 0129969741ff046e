"""办法与工具设置 by hand: ticks, limits, a good file weighed and adopted, a broken one refused at its place."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox

from desktop.errors import BadRegulation
from desktop.paths import resource_folder
from desktop.services import records, regulation
from desktop.services.journal import history
from desktop.services.law import pack as regulation_pack
from desktop.views import theme
from desktop.views.editors import NumberEditor
from desktop.views.regulations.fault_page import fault_of, lines_around
from desktop.views.regulations.regulations_view import RegulationsView
from desktop.views.regulations.setting_pane import NOTE
from tests.views.showing import shown

NM = "nm-2026-build"
TEAM = 'fact = "team_total_incl_leader", min = 5'
BUILD = (resource_folder() / "regulations" / f"{NM}.toml").read_text("utf-8")
LIMIT = "nm-2026-build-7.8c min"


def stricter(folder, since, least=60, name="new.toml"):
    """A file of the regulation in use that asks for more people in a team."""
    assert TEAM in BUILD
    content = BUILD.replace(TEAM, TEAM.replace("5", str(least)))
    path = folder / name
    path.write_text(content.replace('effective_on = "2026-05-26"', f'effective_on = "{since}"'), "utf-8")
    return path


@pytest.fixture
def view(qtbot, desk):
    with shown(qtbot, RegulationsView(desk)) as made:
        yield made
        qtbot.waitUntil(lambda: not made.operations.is_busy(), timeout=10_000)


def weigh(qtbot, view, path):
    view.weigh_file(path)
    assert view.right.currentWidget() is view.reading
    assert not view.load.isEnabled()
    qtbot.waitUntil(lambda: view.right.currentWidget() is not view.reading, timeout=10_000)
    qtbot.waitUntil(view.load.isEnabled)


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def adopted(view):
    return view.operations.read(regulation_pack.adopted)


def profile(view):
    office = view.desk.office_id
    return view.operations.read(lambda session: records.get_record(session, "offices", office))["regulations"]


def law_row(view, law=NM):
    return view.laws.laws.record(view.laws.laws.row_of(law))


def tick(view, law):
    model = view.laws.laws
    index = model.index(model.row_of(law), 0)
    on = model.data(index, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    state = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
    assert model.setData(index, state, Qt.ItemDataRole.CheckStateRole)


def set_limit(view, key, value):
    model = view.settings.model
    row = model.row_of(key)
    model.setData(model.index(row, 4), value)
    return model.record(row)


# -- what stands at first ------------------------------------------------------------------------------------------


def test_the_regulations_stand_with_their_rules_and_day(view):
    law = view.operations.read(lambda session: regulation.regulation(NM, session))
    model = view.laws.laws
    row = model.row_of(NM)
    shown_words = [model.index(row, column).data() for column in range(4)]
    assert shown_words == [law.title, str(len(law.rules)), "2026年5月26日", "适用"]
    assert model.chosen() == ["nm-2026-build", "nm-2026-fund"]
    assert law_row(view, "tl-2020")["standing"] == "现行，未选"
    assert law_row(view, "jy-2022")["standing"] == "日期未定"
    assert "还没有采用过" in view.laws.nothing.text()
    assert view.laws.nothing.isVisible()
    assert not view.laws.text_table.isVisible()
    assert view.right.currentWidget() is view.settings


def test_the_models_keep_to_the_rules_of_models(view, qtbot, qtmodeltester, tmp_path):
    weigh(qtbot, view, stricter(tmp_path, "2026-09-01"))
    assert view.pack.model.rowCount() > 0
    for model in (view.laws.laws, view.laws.texts, view.settings.model, view.pack.model):
        qtmodeltester.check(model, force_py=True)


# -- ticks ---------------------------------------------------------------------------------------------------------


def test_a_tick_changes_what_the_office_works_under_and_can_be_undone(view):
    tick(view, "tl-2020")
    assert profile(view) == ["nm-2026-build", "nm-2026-fund", "tl-2020"]
    assert law_row(view, "tl-2020")["standing"] == "适用"
    tick(view, "nm-2026-fund")
    assert profile(view) == ["nm-2026-build", "tl-2020"]
    assert law_row(view, "nm-2026-fund")["standing"] == "现行，未选"
    view.operations.undo()
    view.operations.undo()
    assert profile(view) == ["nm-2026-build", "nm-2026-fund"] == view.laws.laws.chosen()


def test_with_no_tick_all_in_force_apply(view):
    for law in ("nm-2026-build", "nm-2026-fund"):
        tick(view, law)
    assert profile(view) == []
    standing = {row["id"]: row["standing"] for row in view.laws.laws.rows()}
    assert standing["tl-2020"] == standing[NM] == "适用"
    assert "现行，未选" not in standing.values()


def test_the_tick_is_set_with_the_space_bar(view, qtbot):
    table = view.laws.law_table
    table.setFocus()
    table.setCurrentIndex(view.laws.laws.index(view.laws.laws.row_of("tl-2020"), 0))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert "tl-2020" in profile(view)


def test_the_boxes_are_drawn_in_the_colours_of_the_theme(view, qapp):
    light = view.laws.law_table.styleSheet()
    assert theme.tokens().edge in light
    assert "control-tick-light" in light
    try:
        theme.apply(qapp, dark=True)
        dark = view.laws.law_table.styleSheet()
        assert theme.tokens().edge in dark
        assert "control-tick-dark" in dark
    finally:
        theme.apply(qapp)
    assert view.laws.law_table.styleSheet() == light


# -- settings ------------------------------------------------------------------------------------------------------


def test_a_limit_is_changed_shown_as_changed_and_undone(view):
    assert view.settings.model.rowCount() == 21
    before = view.values()[LIMIT]
    assert set_limit(view, LIMIT, 3)["changed"]
    assert view.values()[LIMIT] == 3
    law = view.operations.read(lambda session: regulation.regulation(NM, session))
    assert law.rule("nm-2026-build-7.8c").check.min == 3
    assert "改过1项" in view.settings.count.text()
    index = view.settings.model.index(view.settings.model.row_of(LIMIT), 4)
    assert index.data(Qt.ItemDataRole.ForegroundRole).name() == theme.tokens().warn.lower()
    assert NOTE in index.data(Qt.ItemDataRole.ToolTipRole)
    view.operations.undo()
    assert view.values()[LIMIT] == before
    assert "都是自带的值" in view.settings.count.text()


def test_a_limit_is_typed_into_its_cell(view, qtbot):
    table = view.settings.table
    index = view.settings.model.index(view.settings.model.row_of(LIMIT), 4)
    table.setFocus()
    table.setCurrentIndex(index)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    editor = table.indexWidget(index) or table.findChild(NumberEditor)
    editor.control.selectAll()
    qtbot.keyClicks(editor.control, "6")
    qtbot.keyClick(editor.control, Qt.Key.Key_Return)
    assert view.values()[LIMIT] == 6


def test_a_limit_goes_back_to_what_the_program_brings(view, qtbot):
    before = view.values()[LIMIT]
    set_limit(view, LIMIT, 7)
    assert not view.settings.restore.isEnabled()
    view.settings.table.selectRow(view.settings.model.row_of(LIMIT))
    click(qtbot, view.settings.restore)
    assert view.values()[LIMIT] == before
    assert not view.settings.restore.isEnabled()
    set_limit(view, LIMIT, 7)
    set_limit(view, LIMIT, None)
    assert view.values()[LIMIT] == before


def test_a_limit_that_cannot_be_is_refused_in_words(view):
    before = view.values()[LIMIT]
    set_limit(view, LIMIT, -1)
    assert "应为 0 到" in view.strip.text()
    assert view.values()[LIMIT] == before


def test_without_an_operator_nothing_is_set(view):
    before = view.values()
    view.operations.operator = " "
    set_limit(view, LIMIT, 4)
    assert "请写明由谁设置" in view.strip.text()
    assert view.values() == before


# -- a broken file -------------------------------------------------------------------------------------------------


def test_a_broken_file_names_line_and_key_and_is_read_again_once_mended(view, qtbot, tmp_path):
    path = stricter(tmp_path, "2026-09-01", name="broken.toml")
    good = path.read_text("utf-8")
    path.write_text(good.replace(TEAM.replace("5", "60"), TEAM.replace("5", '"五"')), "utf-8")
    line = next(number for number, words in enumerate(path.read_text("utf-8").splitlines(), 1) if '"五"' in words)
    weigh(qtbot, view, path)
    assert view.right.currentWidget() is view.fault
    assert adopted(view) == []
    assert view.fault.file.text() == "broken.toml"
    assert view.fault.line.text() == f"第{line}行"
    assert view.fault.key.text().endswith("min")
    assert f"▸ {line}　" in view.fault.lines.text()
    assert '"五"' in view.fault.lines.text()
    path.write_text(good, "utf-8")
    click(qtbot, view.fault.retry)
    qtbot.waitUntil(lambda: view.right.currentWidget() is view.pack, timeout=10_000)


def test_what_is_no_toml_names_its_line_too(view, qtbot, tmp_path):
    path = tmp_path / "notes.toml"
    path.write_text('[regulation]\nid = "x"\n这不是办法\n', "utf-8")
    weigh(qtbot, view, path)
    assert view.fault.line.text() == "第3行"
    assert "TOML" in view.fault.message.text()
    assert view.fault.key.text() == "没有对应的键"
    click(qtbot, view.fault.back)
    assert view.right.currentWidget() is view.settings


def test_a_file_that_is_not_there_is_said(view, qtbot, tmp_path):
    weigh(qtbot, view, tmp_path / "gone.toml")
    assert "读不到" in view.fault.message.text()
    assert view.fault.line.text() == "没有对应的行"
    assert not view.fault.lines.isVisible()


def test_places_are_read_out_of_refusals(tmp_path):
    fault = fault_of(BadRegulation("错。", "我的 办法.toml 第12行 a-1·check.min"), "我的 办法.toml")
    assert (fault.line, fault.key, fault.message) == (12, "a-1·check.min", "错。")
    assert fault_of(BadRegulation("错。", "a.toml a-1·x"), "a.toml").key == "a-1·x"
    path = tmp_path / "a.toml"
    path.write_text("一\n二\n三\n四\n", "utf-8")
    assert lines_around(path, 1).splitlines() == ["▸ 1　一", "　 2　二", "　 3　三"]
    assert lines_around(path, 0) == ""
    assert lines_around(tmp_path / "none", 3) == ""


# -- a good file ---------------------------------------------------------------------------------------------------


def test_a_good_file_shows_whose_findings_change(view, qtbot, tmp_path):
    weigh(qtbot, view, stricter(tmp_path, "2026-09-01"))
    page = view.pack
    assert view.right.currentWidget() is page
    assert adopted(view) == []
    assert "改动 1 条" in page.differences.text()
    assert "2026年9月1日起施行" in page.facts.text()
    changes = view.weighed[1].changes
    assert changes
    assert page.model.rowCount() == len(changes)
    assert f"{len(changes)} 项结论会变" in page.summary.text()
    row = next(number for number, change in enumerate(changes) if (change.before, change.after) == ("pass", "fail"))
    before, after = page.model.index(row, 2), page.model.index(row, 3)
    assert (before.data(), after.data()) == ("符合", "不符合")
    assert not after.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert after.data(Qt.ItemDataRole.ForegroundRole) == theme.status_color("fail")
    page.table.selectRow(row)
    assert page.sentence.text() == changes[row].sentence


def test_a_text_of_a_later_day_is_adopted_at_once_and_undone(view, qtbot, tmp_path):
    later = date.today() + timedelta(days=40)
    weigh(qtbot, view, stricter(tmp_path, later.isoformat()))
    click(qtbot, view.pack.take)
    assert view.findChild(QMessageBox, "adopting") is None
    (kept,) = adopted(view)
    assert (kept["origin"], kept["effective_on"]) == ("施行", later.isoformat())
    assert "已采用" in view.strip.text()
    assert view.right.currentWidget() is view.settings
    assert view.laws.text_table.isVisible()
    assert view.laws.texts.rowCount() == 1
    click(qtbot, view.strip._button)
    assert adopted(view) == []
    assert "已撤销" in view.strip.text()
    assert view.laws.texts.rowCount() == 0


def ask(view, qtbot):
    click(qtbot, view.pack.take)
    box = view.findChild(QMessageBox, "adopting")
    assert box is not None
    assert adopted(view) == []
    return box, {button.text(): button for button in box.buttons()}


def test_a_text_in_force_is_adopted_only_after_it_was_said_that_it_stays(view, qtbot, tmp_path):
    weigh(qtbot, view, stricter(tmp_path, "2026-09-01"))
    undo_before = view.operations.undo_words
    box, buttons = ask(view, qtbot)
    assert "不能撤销" in box.informativeText()
    assert "2026年9月1日" in box.informativeText()
    assert box.findChild(QDialogButtonBox) is not None
    click(qtbot, buttons["不采用"])
    assert adopted(view) == []
    assert view.right.currentWidget() is view.pack
    qtbot.waitUntil(lambda: view.findChild(QMessageBox, "adopting") is None)
    _box, buttons = ask(view, qtbot)
    click(qtbot, buttons["采用"])
    (kept,) = adopted(view)
    assert kept["version"] == regulation_pack.read_pack(tmp_path / "new.toml").version
    assert view.operations.undo_words == undo_before
    law = view.operations.read(lambda session: regulation.regulation(NM, session))
    assert any(getattr(rule.check, "min", None) == 60 for rule in law.rules)
    assert law_row(view)["standing"] == "适用（采用）"
    assert law_row(view)["effective_on"] == "2026-09-01"
    text = view.operations.read(lambda session: records.list_records(session, "regulation_texts"))[0]
    assert text["adopted_by"] == "王敏"
    assert view.operations.read(lambda session: history.history(session, "regulation_texts", text["id"]))


def test_the_text_in_use_cannot_be_adopted_again(view, qtbot, tmp_path):
    path = tmp_path / "same.toml"
    path.write_text(BUILD, "utf-8")
    weigh(qtbot, view, path)
    assert not view.pack.take.isEnabled()
    assert "没有结论会变" in view.pack.summary.text()
    assert "规则没有变化" in view.pack.differences.text()
    assert "完全相同" in view.pack.note.text()
    click(qtbot, view.pack.leave)
    assert view.right.currentWidget() is view.settings
    assert view.weighed is None


def test_a_kept_text_is_weighed_by_its_version(view, qtbot, tmp_path):
    weigh(qtbot, view, stricter(tmp_path, (date.today() + timedelta(days=40)).isoformat()))
    click(qtbot, view.pack.take)
    assert not view.laws.weigh.isEnabled()
    view.laws.text_table.selectRow(0)
    click(qtbot, view.laws.weigh)
    qtbot.waitUntil(lambda: view.right.currentWidget() is view.pack, timeout=10_000)
    assert view.weighed[1].changes


def test_a_new_regulation_of_a_later_day_is_listed_as_such(view, qtbot, tmp_path):
    later = date.today() + timedelta(days=40)
    path = stricter(tmp_path, later.isoformat())
    path.write_text(path.read_text("utf-8").replace(f'"{NM}"', '"local-2027"', 1), "utf-8")
    weigh(qtbot, view, path)
    assert "新的办法" in view.pack.differences.text()
    click(qtbot, view.pack.take)
    assert law_row(view, "local-2027")["standing"] == "尚未施行（采用）"


def test_one_file_at_a_time_is_weighed(view, qtbot, tmp_path):
    view.weigh_file(stricter(tmp_path, "2026-09-01"))
    view.weigh_file(tmp_path / "gone.toml")
    qtbot.waitUntil(lambda: view.right.currentWidget() is view.pack, timeout=10_000)
    assert view.weighed[0].pack.name == "new.toml"


def test_weighing_can_be_given_up(view, qtbot, tmp_path):
    view.weigh_file(stricter(tmp_path, "2026-09-01"))
    view.operations.cancel()
    qtbot.waitUntil(lambda: not view.operations.is_busy(), timeout=10_000)
    qtbot.waitUntil(lambda: view.right.currentWidget() is view.settings)
    assert view.weighed is None
    assert adopted(view) == []
