"""Kinds of paper that are made from records: what each is made of, at which step, and by which layout."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy.orm import Session

from desktop.documents.kind import Kind
from desktop.documents.kinds import KINDS
from desktop.errors import NotFound
from desktop.services.paper import composing_awards as awards
from desktop.services.paper import composing_calls as call
from desktop.services.paper import composing_change as change
from desktop.services.paper import composing_decisions as decisions
from desktop.services.paper import composing_forms as forms
from desktop.services.paper import composing_funds as funds
from desktop.services.paper import composing_lists as lists
from desktop.services.paper import composing_meetings as meetings
from desktop.services.paper import composing_money as money
from desktop.services.paper import composing_rectify as rectify
from desktop.services.paper import composing_review as review
from desktop.services.paper import composing_yearly as yearly
from desktop.services.paper.case import Case, case
from desktop.services.paper.composing import Given, PaperDraft
from desktop.services.paper.recipes import RECIPES

Compose = Callable[[Session, str, Sequence[str], date, Given], PaperDraft]


@dataclass(frozen=True)
class Composer:
    """How a kind is made from records: `nouns` it takes, its step of the journey, and the layout that sets it.

    `many` kinds take several records; `numbered` ones take a document number; `form` ones carry a short code;
    `strict` ones are refused for a regulation that does not use them.
    """

    id: str
    title: str
    step: str
    nouns: tuple[str, ...]
    layout: str
    compose: Compose
    many: bool = False
    numbered: bool = False
    form: bool = False
    strict: bool = False


class Plain(NamedTuple):
    """A composer that finds its records and regulation itself."""

    compose: Compose


class Recorded(NamedTuple):
    """A composer on a case that also takes the record of the act itself (draw, meeting): by `own` for its `noun`."""

    compose: Callable[[Case], PaperDraft]
    noun: str
    own: Compose


def _plain(compose: Callable[[Session, Sequence[str], date, Given], PaperDraft]) -> Plain:
    return Plain(lambda session, _noun, ids, on, given: compose(session, ids, on, given))


def _form_of(form: str) -> Plain:
    return Plain(lambda session, _noun, ids, on, given: lists.recommendation(session, ids, on, given, form))


def _from(compose: Callable[[Case], PaperDraft], kind: str, title: str) -> Compose:
    """Return a composer that is given its records, and the regulation that must use the kind.

    The paper is of this kind, whichever layout sets it: a step looks for its papers by their kind.
    """
    recipe = RECIPES[kind]
    return lambda session, noun, ids, on, given: replace(
        compose(case(session, noun, ids, on, given, recipe, title)), kind=kind
    )


MANY, NUMBERED, FORM = "many", "numbered", "form"
MANY_NUMBERED, MANY_FORM = "many numbered", "many form"
APPLIED, AWARDS, ROOMS, GRANTS, ASSESSED = ("applications",), ("awards",), ("workrooms",), ("grants",), ("assessments",)
HELD = ("workrooms", "awards")
REVIEWED, WEIGHED = ("applications", "awards"), ("applications", "awards", "grants")
DRAWN: Final = Recorded(meetings.expert_draw, meetings.DRAWS, meetings.draw_sheet)
MET: Final = Recorded(meetings.minutes, meetings.MEETINGS, meetings.meeting_minutes)
DECIDED = ("applications", "awards", "assessments")
Line = tuple[str, str, str, tuple[str, ...], str, Plain | Recorded | Callable[[Case], PaperDraft], str]
KINDS_MADE: tuple[Line, ...] = (
    ("application-form", "申报表", "申报", APPLIED, "", _plain(forms.application_form), FORM),
    (call.KIND, "申报评选通知", "申报", (call.NOUN,), "notice", Plain(call.award_call), NUMBERED),
    ("award-entry", "成果奖申报表", "申报", AWARDS, "", awards.entry_form, FORM),
    ("consent-opinion", "党政组织同意意见", "申报", APPLIED, "", review.consent, FORM),
    ("reasons-record", "理由记录", "申报", WEIGHED, "", funds.reasons_record, FORM),
    ("first-review", "初审意见", "推荐", REVIEWED, "", review.first_review, FORM),
    ("recommendation", "推荐报告及汇总表", "推荐", APPLIED, "report", _form_of("报告"), MANY_NUMBERED),
    ("recommendation-request", "推荐请示及汇总表", "推荐", APPLIED, "request", _form_of("请示"), MANY_NUMBERED),
    ("recommendation-letter", "推荐函及汇总表", "推荐", APPLIED, "letter", _form_of("函"), MANY_NUMBERED),
    ("unit-publicity", "本单位公示", "推荐", AWARDS, "publicity", awards.publicity, MANY),
    ("award-opinion", "推荐意见", "推荐", AWARDS, "publicity", awards.unit_recommendation, MANY),
    ("award-ranking", "成果奖推荐报告及排序汇总表", "推荐", AWARDS, "report", awards.ranking, MANY_NUMBERED),
    ("qualification-check", "资格审查表", "评审", REVIEWED, "", review.qualification_check, FORM),
    ("expert-draw", "专家抽取记录", "评审", REVIEWED, "", DRAWN, MANY_FORM),
    ("expert-review", "专家评审意见表", "评审", DECIDED, "", review.expert_review, MANY_FORM),
    ("site-visit", "实地验证记录", "评审", APPLIED, "", review.site_visit, FORM),
    ("suggested-list", "建议名单", "评审", REVIEWED, "", review.suggested_list, MANY_FORM),
    ("meeting-minutes", "会议纪要", "评审", DECIDED, "minutes", MET, MANY),
    ("publicity", "公示", "公示", APPLIED, "", _plain(lists.publicity), MANY),
    ("social-publicity", "社会公示", "公示", AWARDS, "publicity", awards.publicity, MANY),
    ("industry-opinion", "行业咨询意见", "公示", AWARDS, "", review.industry_opinion, FORM),
    ("naming-decision", "命名决定", "命名", APPLIED, "decision", _plain(lists.naming_decision), MANY_NUMBERED),
    ("name-list", "名单通知", "命名", APPLIED, "notice", decisions.naming_list, MANY_NUMBERED),
    ("commendation", "表扬决定", "命名", AWARDS, "decision", awards.commendation, MANY_NUMBERED),
    ("award-grant", "授予决定", "命名", AWARDS, "decision", awards.award_grant, MANY_NUMBERED),
    ("refusal", "未予命名（获奖）告知", "命名", REVIEWED, "notice", decisions.refusal, NUMBERED),
    ("plaque", "牌匾", "命名", ROOMS, "", change.plaque, ""),
    ("plaque-register", "牌匾登记表", "命名", ROOMS, "", change.plaque_register, MANY_FORM),
    ("alliance-task", "联盟支持建设任务书", "命名", ("alliances",), "", change.alliance_task, FORM),
    ("quota-notice", "补助资金指标下达通知", "拨付", GRANTS, "notice", _plain(money.quota_notice), MANY_NUMBERED),
    ("disbursement-notice", "拨付通知", "拨付", GRANTS, "notice", _plain(money.disbursement_notice), NUMBERED),
    ("ledger-note", "记账提示单", "拨付", GRANTS, "", funds.ledger_note, FORM),
    ("budget", "资金使用预算表", "分配", GRANTS, "", funds.budget, FORM),
    ("reward-table", "奖励分配表", "分配", ("grants", "allocations"), "", Plain(forms.reward_table), FORM),
    ("signature-sheet", "奖励签领表", "分配", ("grants", "allocations"), "", Plain(forms.signature_sheet), FORM),
    ("award-payment", "奖金发放表", "分配", AWARDS, "", awards.payment, MANY_FORM),
    ("expense-detail", "支出明细表", "支出", GRANTS, "", funds.expense_detail, FORM),
    ("expense-report", "经费使用情况报告", "支出", GRANTS, "report", decisions.expense_report, NUMBERED),
    ("performance-review", "绩效评价表", "支出", GRANTS, "", funds.performance, FORM),
    ("inspection-record", "监督检查记录", "支出", GRANTS, "", funds.inspection, FORM),
    ("annual-plan", "年度创新工作计划", "年度", ROOMS, "", yearly.annual_plan, FORM),
    ("annual-report", "年度工作总结", "年度", ROOMS, "", yearly.annual_report, FORM),
    ("publication-register", "成果发布登记表", "年度", ROOMS, "", funds.publication_register, FORM),
    ("archive-catalogue", "档案目录", "年度", ROOMS, "", change.archive_catalogue, FORM),
    ("assessment-sheet", "考核表", "考核", ("assessments", "workrooms"), "", yearly.assessment_sheet, FORM),
    ("assessment-report", "考核情况报告", "考核", ASSESSED, "report", yearly.assessment_report, MANY_NUMBERED),
    ("self-assessment", "自评报告", "考核", ASSESSED, "", yearly.self_assessment, FORM),
    ("cycle-opinion", "评价意见", "考核", ASSESSED, "", yearly.cycle_opinion, FORM),
    ("assessment-result", "考核结果通报", "考核", ASSESSED, "notice", yearly.assessment_result, MANY_NUMBERED),
    ("upward-recommendation", "向上一级推荐报告", "考核", ROOMS, "report", decisions.upward, MANY_NUMBERED),
    ("rectification-notice", "整改通知书", "整改", ROOMS, "notice", rectify.rectification_notice, NUMBERED),
    ("rectification-plan", "整改方案", "整改", ROOMS, "", rectify.rectification_plan, FORM),
    ("rectification-report", "整改报告", "整改", ROOMS, "", rectify.rectification_report, FORM),
    ("look-back", "“回头看”记录", "整改", ROOMS, "", rectify.look_back, FORM),
    ("change-request", "变更申请表", "变更", ROOMS, "", change.change_request, FORM),
    ("change-check", "变更审核（考核）表", "变更", ROOMS, "qualification-check", change.change_check, FORM),
    ("change-reply", "变更批复", "变更", ROOMS, "reply", change.change_reply, NUMBERED),
    ("change-refusal", "不同意变更告知", "变更", ROOMS, "notice", change.change_refusal, NUMBERED),
    ("report-register", "举报（情况）登记", "撤销", HELD, "finding-record", rectify.report_register, FORM),
    ("finding-record", "核查记录", "撤销", HELD, "", rectify.finding_record, FORM),
    ("revocation", "撤销（摘牌、取消）决定", "撤销", ROOMS, "decision", rectify.revocation, NUMBERED),
    ("award-revocation", "撤销奖励决定", "撤销", AWARDS, "decision", rectify.revocation, NUMBERED),
    ("recovery-register", "收回登记表", "撤销", HELD, "", rectify.recovery_register, FORM),
    ("circular", "通报", "撤销", AWARDS, "notice", awards.circular, NUMBERED),
)  # fmt: skip
"""Id, title, step, nouns, layout where it is not the id, how it is composed, and what it is."""


def _made() -> Iterator[Composer]:
    for kind, title, step, nouns, setting, compose, marks in KINDS_MADE:
        yield Composer(
            kind,
            title,
            step,
            (*nouns, compose.noun) if isinstance(compose, Recorded) else nouns,
            setting or kind,
            _composing(kind, title, compose),
            MANY in marks,
            NUMBERED in marks,
            FORM in marks,
            not isinstance(compose, Plain),
        )


def _composing(kind: str, title: str, compose: Plain | Recorded | Callable[[Case], PaperDraft]) -> Compose:
    if isinstance(compose, Plain):
        return compose.compose
    if not isinstance(compose, Recorded):
        return _from(compose, kind, title)
    of_records = _from(compose.compose, kind, title)
    return lambda session, noun, ids, on, given: (compose.own if noun == compose.noun else of_records)(
        session, noun, ids, on, given
    )


COMPOSERS: dict[str, Composer] = {composer.id: composer for composer in _made()}


def layout(kind: str) -> Kind:
    """Return the layout that sets a kind; NotFound lists the kinds that exist."""
    composer = COMPOSERS.get(kind)
    found = KINDS.get(composer.layout if composer is not None else kind)
    if found is None:
        known = "、".join(sorted({*KINDS, *COMPOSERS}))
        raise NotFound(f"没有这种公文：{kind}。现有：{known}。", kind)
    return found


def composer(kind: str) -> Composer:
    """Return how a kind is made from records; NotFound when it is made from plain data only."""
    found = COMPOSERS.get(kind)
    if found is None:
        layout(kind)
        known = "、".join(sorted(COMPOSERS))
        raise NotFound(f"“{layout(kind).name}”不能由台账直接生成，请用数据文件。可由台账生成的有：{known}。", kind)
    return found
