"""The form for the result of one workroom's assessment: each item in words, the grade, the conclusion."""

from datetime import date
from typing import Any

from desktop.views.ask_form import AskForm
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.editors import DateEditor, ParagraphEditor, TextEditor, WordsEditor

ITEM = "item."


class ResultForm(AskForm):
    """Asks by the items and grades of the round; none is borrowed where the regulation gives none."""

    def __init__(self, one: dict[str, Any], held: dict[str, Any], on: date) -> None:
        super().__init__(f"{held['title']}：{one['workroom_name']}", "登记")
        self.add("on", "考核日期", DateEditor(), one["assessed_on"] or on.isoformat())
        for item in held["items"]:
            self.add(f"{ITEM}{item}", item, TextEditor(), one["scores"].get(item) or "")
        if held["grades"]:
            grades = [("", "（未定）"), *((grade, grade) for grade in held["grades"])]
            self.add("grade", "等次", ChoiceEditor(grades), one["grade"])
        self.add("conclusion", "结论", ParagraphEditor(), one["conclusion"])

    @staticmethod
    def rooms_editor() -> WordsEditor:
        """Return the field that takes the names of the workrooms that are checked alone."""
        return WordsEditor()

    def values(self) -> dict[str, Any]:
        """Return day, grade and conclusion, and what was written of each item as `scores`."""
        raw = super().values()
        scores = {name.removeprefix(ITEM): words or "" for name, words in raw.items() if name.startswith(ITEM)}
        return {**{name: value for name, value in raw.items() if not name.startswith(ITEM)}, "scores": scores}
