"""Asking where a file goes: the name proposed, its ending, and nothing replaced unasked."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop.views import saving


@pytest.fixture
def dialog(monkeypatch):
    """Answer the file dialog with the names given, in turn; what it was asked is kept."""

    class Answers(list):
        def __call__(self, _parent, title, start, kinds):
            self.asked.append((title, Path(start), kinds))
            return str(self.pop(0)), kinds

    answers = Answers()
    answers.asked = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", answers)
    return answers


def test_a_name_is_proposed_in_the_folder_and_its_ending_completed(dialog, tmp_path):
    dialog.append(tmp_path / "另存")
    assert saving.ask_for_file(None, "关于命名的决定", "pdf", tmp_path) == tmp_path / "另存.pdf"
    assert dialog.asked == [("保存到", tmp_path / "关于命名的决定.pdf", "PDF 文件 (*.pdf)")]


def test_without_a_folder_it_goes_among_the_documents(dialog):
    dialog.append("")
    assert saving.ask_for_file(None, "统计", "xlsx", title="导出") is None
    assert dialog.asked == [("导出", saving.documents() / "统计.xlsx", "Excel 工作簿 (*.xlsx)")]


@pytest.mark.parametrize("form", saving.FILTERS)
def test_a_workroom_whose_name_no_file_may_have_gets_one_that_it_may(dialog, tmp_path, form):
    dialog.append("")
    saving.ask_for_file(None, "电工/钳工：“王敏”工作室?", form, tmp_path)
    (asked,) = dialog.asked
    assert asked[1].parent == tmp_path
    assert not set(asked[1].name) & set('\\/:*?"<>|')
    assert f"*.{form}" in asked[2]


@pytest.mark.parametrize("typed", ["册.xlsx", "册.XLSX"])
def test_an_ending_that_stands_is_left_and_the_dialog_has_asked_itself(dialog, tmp_path, typed):
    (tmp_path / typed).touch()
    dialog.append(tmp_path / typed)
    assert saving.ask_for_file(None, "册", "xlsx", tmp_path) == tmp_path / typed


def test_what_the_completed_name_would_replace_is_asked_about(dialog, tmp_path):
    (tmp_path / "册.xlsx").write_text("kept")
    dialog += [tmp_path / "册", tmp_path / "新册"]
    assert saving.ask_for_file(None, "名册", "xlsx", tmp_path) == tmp_path / "新册.xlsx"
    assert dialog.asked[1][1] == tmp_path / "册.xlsx", "the dialog opens on the file that is there, and asks itself"
    dialog += [tmp_path / "册", ""]
    assert saving.ask_for_file(None, "名册", "xlsx", tmp_path) is None
