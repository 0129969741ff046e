"""The table of all rules as a document: what each asks, where it stands, and both sides of its boundary."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from desktop.paths import resource_folder
from desktop.rules.catalogue import load_all
from desktop.rules.regulation import Regulation, Rule, Workflow, shown_text

STRENGTH_WORDS = {
    "must": "必须",
    "should": "原则上",
    "prefer": "优先",
    "encourage": "鼓励",
    "ref": "参考",
}
POLARITY_WORDS = {"require": "", "ground": "退出事由", "ban": "禁止"}
HEAD = """# 办法与规则

本文由 `resources/regulations/` 的办法文件生成，不要手改；重新生成：`python -m desktop.rules.rule_table`。

- 必须：不符合即不通过。原则上：不符合时提示，说明理由后可以办理。优先：只影响排序。鼓励：不作判断。参考：只提示。
- 退出事由：成立时由人决定，不会自动生效。禁止：成立即不通过。
- ⚙ 后面的参数是工具设置，不是条文里的数字。推导：由几句条文合起来得出，没有单独一句。
- 边界一栏：箭头左边是事实，右边是结论（pass 符合，fail 不符合，warn 提示，n/a 不适用，unknown 待补）。

## 怎样判断

- 没有给出的事实是“待补”，既不算符合也不算不符合；给出空值（null）是“已知没有”，条件不成立。
- 缺事实也能定的就定：几项都要的，有一项不成立即不成立；几项有一即可的，有一项成立即成立。
- 逐级判断的（tiers），前面一级待补时，只有剩下各级的结果都一样才定。
- 列表里的一行没有写明要看的字段，这一行待补；补上也改变不了结论的，不再追问。
- 前提（when）已知不成立的规则不适用，前提待补的规则待补；例外（unless）只有已知成立才不适用。
- 一份申报“合格”，是指本阶段没有不符合，必须项没有待补；本阶段只作提示的、没有查过的退出事由不影响。
- 满几年：到对应日即满，没有对应日的为月末日；近几年：往前数与往后数一致，首尾两天都算。
- 金额按分比较，比例用交叉相乘，不用小数；只有补助资金列支的才算，一个人的几行相加，按最高身份比上限。
"""


def markdown(regulations: Iterable[Regulation]) -> str:
    """Return the document of these regulations in Markdown; it ends with a line break."""
    return "\n".join([HEAD, *(_chapter(regulation) for regulation in regulations)]).rstrip("\n") + "\n"


def _chapter(regulation: Regulation) -> str:
    effective = regulation.effective_on.isoformat() if regulation.effective_on else "日期待录入"
    rows = "\n".join(_row(rule) for rule in regulation.rules)
    flows = "\n".join(_flow(workflow) for workflow in regulation.workflows)
    return f"""## {regulation.title}

`{regulation.id}`，{regulation.doc_no}，{regulation.issuer}；施行：{effective}（{regulation.effective_by}）；规则{len(regulation.rules)}条。

| 规则 | 条款 | 内容 | 含义 | 强度 | 阶段 | 边界 |
|---|---|---|---|---|---|---|
{rows}

流程（“约定”是工具的安排，没有条文）：

{flows}
"""


def _row(rule: Rule) -> str:
    marks = [STRENGTH_WORDS[rule.strength], POLARITY_WORDS[rule.polarity], "推导" if rule.derived else ""]
    setting = f"⚙{'、'.join(rule.tool_setting)}" if rule.tool_setting else ""
    strength = "，".join(mark for mark in (*marks, setting) if mark)
    article = rule.article + (f"（{rule.pinpoint}）" if rule.pinpoint else "")
    cells = (f"`{rule.id}`", article, rule.title, rule.meaning, strength, "、".join(rule.stage), rule.boundary)
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(text: str) -> str:
    return shown_text(text).replace("|", "\\|").replace("\n", " ")


def _flow(workflow: Workflow) -> str:
    steps = "；".join(
        f"{step.from_} → {step.to}（{step.cite if step.source == 'text' else '约定'}）" for step in workflow.transition
    )
    return f"- **{workflow.title}**：{steps}"


def main() -> None:
    """Write the document of the bundled regulations to docs/regulations.md beside the resources."""
    folder = resource_folder()
    document = folder.parent / "docs" / "regulations.md"
    document.parent.mkdir(exist_ok=True)
    document.write_text(markdown(load_all(folder / "regulations").values()), encoding="utf-8")
    sys.stdout.write(f"{document}\n")


if __name__ == "__main__":
    main()
