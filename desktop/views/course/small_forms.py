"""The simple forms of 办理: one reason, a publicity, an objection, how it was settled."""

from datetime import date
from typing import TYPE_CHECKING

from desktop.views.ask_form import AskForm
from desktop.views.choice_editors import ChoiceEditor
from desktop.views.editors import DateEditor, NumberEditor, ParagraphEditor, TextEditor

if TYPE_CHECKING:
    from desktop.services.publicity import Written


def reason_form(title: str, action: str, words: str = "") -> AskForm:
    """Return a form that asks for one reason."""
    form = AskForm(title, action, words)
    form.add("reason", "说明（必填）", ParagraphEditor())
    return form


def publicity_form(on: date, written: "Written | None" = None) -> AskForm:
    """Return a form that begins a publicity: so long as the text wants it, or as the office decides without one."""
    says = f"{written.article}：{written.title}。" if written else "办法没有写天数，由本会定；"
    form = AskForm("登记公示", "登记", f"{says}首日不计入，期满后才能继续办理。")
    form.add("starts_on", "公示开始日", DateEditor(), on.isoformat())
    form.add("days", "公示天数（必填）", NumberEditor(), written.days if written else None)
    form.add("day_kind", "按", ChoiceEditor(["工作日", "自然日"]), written.kind if written else "工作日")
    form.add("place", "公示范围", TextEditor())
    form.add("contact", "联系方式", TextEditor())
    return form


def objection_form(on: date) -> AskForm:
    """Return a form that registers an objection."""
    form = AskForm("登记异议", "登记", "期满后收到的也要登记，由人判断如何处理。")
    form.add("received_on", "收到日期", DateEditor(), on.isoformat())
    form.add("raised_by", "反映人", TextEditor())
    form.add("contact", "联系方式", TextEditor())
    form.add("content", "反映内容（必填）", ParagraphEditor())
    return form


def settling_form(content: str, on: date) -> AskForm:
    """Return a form that settles an objection."""
    form = AskForm("异议核实处理", "办结", content)
    form.add("finding", "核实结论", ChoiceEditor([("不成立", "不成立"), ("成立", "成立")]), "不成立")
    form.add("handling", "处理情况（必填）", ParagraphEditor())
    form.add("settled_on", "办结日期", DateEditor(), on.isoformat())
    return form
