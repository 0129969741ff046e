"""How the regulations' files name each paper, and which of their sentences it quotes."""

from collections.abc import Callable
from dataclasses import replace

from desktop.rules.regulation import Paper, Regulation
from desktop.services.paper.case import Recipe, has_noun

ROOMS = ("applications",)


def _pays(law: Regulation) -> bool:
    return has_noun(law, "grants")


def _prefers(law: Regulation) -> bool:
    upward = any(rule.kind == "priority" and "推荐" in rule.stage for rule in law.rules)
    return upward and has_noun(law, "applications")


def _archives(law: Regulation) -> bool:
    return any(rule.kind == "archive" for rule in law.rules) and has_noun(law, "applications")


def _revokes(law: Regulation) -> bool:
    return any(rule.polarity == "ground" and "撤销" in rule.stage for rule in law.rules)


def _names(law: Regulation) -> bool:
    plaques = any(word in rule.text for rule in law.rules for word in ("牌匾", "挂牌", "授牌"))
    return plaques and has_noun(law, "applications")


def _softens(law: Regulation) -> bool:
    return any(rule.strength == "should" for rule in law.rules)


def _steps_name(word: str) -> Callable[[Regulation], bool]:
    """Return whether a course of business names a paper that the regulation's list of papers leaves out."""
    return lambda law: any(word in step.paper for flow in law.workflows for step in flow.transition)


def _calls(law: Regulation) -> bool:
    """Tell whether a course of a regulation begins with a call (申报评选通知)."""
    return any("评选通知" in flow.initial for flow in law.workflows)


def _reports(paper: Paper) -> bool:
    return any("举报" in field or "情形" in field for field in paper.fields)


def _filed(paper: Paper) -> bool:
    return "存档" in paper.addressee or "工作部" in paper.issuer


RECIPES: dict[str, Recipe] = {
    "award-call": Recipe(("申报评选通知",), also=_calls),
    "application-form": Recipe(("申报表",), nouns=ROOMS),
    "award-entry": Recipe(("申报表",), nouns=("awards",)),
    "consent-opinion": Recipe(("党政组织同意意见",), ("党政",)),
    "first-review": Recipe(("初审考核意见", "初审意见", "初评意见", "考核意见"), ("初审", "初评", "考核")),
    "recommendation": Recipe(("推荐报告", "推荐意见"), nouns=ROOMS, steps=("汇总表", "推荐汇总表")),
    "award-opinion": Recipe(("推荐意见",), ("自主申报",), nouns=("awards",)),
    "award-ranking": Recipe(("排序汇总表",), ("排序", "择优"), nouns=("awards",)),
    "qualification-check": Recipe(("资格审查表", "资格复查表", "审核意见"), ("资格", "审核"), fits=_filed),
    "expert-draw": Recipe(("专家抽取记录",), ("随机抽取",)),
    "expert-review": Recipe(("专家评审意见表", "专家审核意见表", "评审意见"), ("专家", "评审")),
    "site-visit": Recipe(("实地验证记录",), ("实地验证",)),
    "suggested-list": Recipe(("建议名单", "建议奖励项目名单"), ("建议名单", "建议奖励")),
    "industry-opinion": Recipe(("行业咨询意见",), ("咨询",)),
    "meeting-minutes": Recipe(("会议纪要",), ("集体研究", "主席")),
    "publicity": Recipe(("公示",), nouns=ROOMS),
    "unit-publicity": Recipe(("本单位公示",), ("公示",)),
    "social-publicity": Recipe(("社会公示",), ("公示",), nouns=("awards",)),
    "naming-decision": Recipe(("命名决定",), nouns=ROOMS, fits=lambda paper: "撤销" not in paper.name),
    "name-list": Recipe(("公布名单的通知", "年度支持建设名单"), ("发文公布", "支持")),
    "commendation": Recipe(("表扬决定",), ("表扬", "奖励标准")),
    "award-grant": Recipe(("授予决定",), ("授予",), nouns=("awards",)),
    "refusal": Recipe(
        ("不予命名告知", "未予命名告知", "未予公布告知", "未予推荐告知", "未获奖告知"),
        also=_steps_name("未列入告知"),
        steps=("未列入告知",),
    ),
    "plaque-register": Recipe(("牌匾登记",), also=_names),
    "plaque": Recipe(("牌匾登记",), also=_names),
    "alliance-task": Recipe(("联盟支持建设任务书",), ("联盟",)),
    "quota-notice": Recipe(("补助资金指标下达通知",)),
    "disbursement-notice": Recipe(("拨付通知",), also=_pays),
    "ledger-note": Recipe(("记账凭证",), rule_kinds=("accounting",), also=lambda law: bool(law.ledger_entries)),
    "budget": Recipe(("补助资金使用预算", "资金使用预算"), rule_kinds=("money_floor", "use_allowed")),
    "reward-table": Recipe(("奖励分配表",), also=lambda law: bool(law.reward_roles)),
    "signature-sheet": Recipe(("奖励签领表",), also=lambda law: bool(law.reward_roles)),
    "award-payment": Recipe(("奖金发放表",), ("发放", "奖励")),
    "expense-detail": Recipe(("支出明细",), also=_pays),
    "expense-report": Recipe(("经费使用情况报告",), also=_pays),
    "performance-review": Recipe(("绩效评价表",), ("绩效评价",)),
    "inspection-record": Recipe(("审计检查记录", "监督检查记录"), ("审计", "监督检查")),
    "reasons-record": Recipe(("超出“一般”标准的说明",), also=_softens),
    "annual-plan": Recipe(("年度创新工作计划",), ("计划",), ("reporting",)),
    "annual-report": Recipe(("年度工作总结", "年度总结", "年度报告", "年度运行情况报告"), ("总结",), ("reporting",)),
    "publication-register": Recipe(("成果发布登记表",), rule_kinds=("publishing",)),
    "assessment-sheet": Recipe(("年度考核表", "考核评估表", "评估考核表"), rule_kinds=("assessment",)),
    "assessment-report": Recipe(("考核情况报告", "考核评估报告"), rule_kinds=("assessment",)),
    "self-assessment": Recipe(("自评报告",), ("自评",)),
    "cycle-opinion": Recipe(("评价意见",), ("推荐单位评价",), steps=("初审意见",)),
    "assessment-result": Recipe(("考核结果通报",), ("等级", "考核结果")),
    "rectification-notice": Recipe(("整改通知书",), ("整改",)),
    "rectification-plan": Recipe(("整改方案",), ("整改",)),
    "rectification-report": Recipe(("整改报告", "整改落实情况报告"), ("整改",)),
    "look-back": Recipe(
        ("“回头看”记录", "整改验收意见", "核验意见"),
        ("回头看", "整改"),
        also=_steps_name("核验记录"),
        steps=("核验记录", "核验未通过记录"),
    ),
    "finding-record": Recipe(
        ("核查记录", "核实材料", "查证报告", "动态管理记录", "抽查记录"),
        ("查证", "抽查", "动态管理"),
        also=_steps_name("跟踪管理记录"),
        steps=("跟踪管理记录",),
    ),
    "report-register": Recipe(("举报登记", "情况报告"), fits=_reports),
    "change-request": Recipe(("变更申请表", "变更（退出）审批表"), rule_kinds=("change",), steps=("变更审批表",)),
    "change-check": Recipe(("变更考核表", "变更审核意见"), rule_kinds=("change",)),
    "change-reply": Recipe(
        ("变更批复", "更名批复"),
        rule_kinds=("change",),
        also=_steps_name("同意变更的批复"),
        steps=("同意变更的批复", "退出决定"),
    ),
    "change-refusal": Recipe(("不同意变更告知",), rule_kinds=("change",)),
    "revocation": Recipe(("撤销命名决定", "摘牌决定", "取消称号决定", "撤销决定", "取消决定"), nouns=("workrooms",)),
    "award-revocation": Recipe(("撤销奖励决定",), nouns=("awards",)),
    "recovery-register": Recipe(("牌匾收回登记", "追回登记"), ("收回牌匾", "追回"), also=_revokes),
    "circular": Recipe(("通报",), ("通报",), nouns=("awards",)),
    "archive-catalogue": Recipe(("年度档案卷",), rule_kinds=("archive",), also=_archives),
    "upward-recommendation": Recipe(
        ("省级推荐报告", "上级推荐报告"),
        rule_kinds=("priority",),
        also=_prefers,
        steps=("向全国总工会推荐申报材料",),
    ),
}
"""By kind; a kind that is not here is for every regulation."""
OTHER_FORMS = replace(RECIPES["recommendation"], by_hand=True)
RECIPES |= dict.fromkeys(("recommendation-request", "recommendation-letter"), OTHER_FORMS)


def regulations_of(kind: str, laws: dict[str, Regulation]) -> list[str]:
    """Return the ids of the regulations that use a kind of paper, in order; all of them for a general kind."""
    recipe = RECIPES.get(kind)
    return sorted(name for name, law in laws.items() if recipe is None or recipe.used_by(law))
