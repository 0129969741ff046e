"""The simple forms of 办理: one reason, an objection, how it was settled."""

from desktop.views.ask_form import AskForm
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.editors import ParagraphEditor, TextEditor


def reason_form(title: str, action: str, words: str = "") -> AskForm:
    """Return a form that asks for one reason."""
    form = AskForm(title, action, words)
    form.add("reason", "说明（必填）", ParagraphEditor())
    return form


def objection_form() -> AskForm:
    """Return a form that registers an objection."""
    form = AskForm("登记异议", "登记", "期满后收到的也要登记，由人判断如何处理。")
    form.add("raised_by", "反映人", TextEditor())
    form.add("contact", "联系方式", TextEditor())
    form.add("content", "反映内容（必填）", ParagraphEditor())
    return form


def settling_form(content: str) -> AskForm:
    """Return a form that settles an objection."""
    form = AskForm("异议核实处理", "办结", content)
    form.add("finding", "核实结论", ChoiceEditor([("不成立", "不成立"), ("成立", "成立")]), "不成立")
    form.add("handling", "处理情况（必填）", ParagraphEditor())
    return form
