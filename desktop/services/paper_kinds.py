"""Kinds of paper that are made from records: what each is made of, at which step, and by which layout."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from desktop.documents.kind import Kind
from desktop.documents.kinds import KINDS
from desktop.errors import NotFound
from desktop.services import composing_forms, composing_lists, composing_money
from desktop.services.composing import Given, PaperDraft

Compose = Callable[[Session, str, Sequence[str], date, Given], PaperDraft]


@dataclass(frozen=True)
class Composer:
    """How a kind is made from records: `nouns` it takes, its step of the journey, and the layout that sets it.

    `many` kinds take several records; `numbered` ones take a document number; `form` ones carry a short code.
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


def _ignoring_noun(compose: Callable[[Session, Sequence[str], date, Given], PaperDraft]) -> Compose:
    return lambda session, _noun, ids, on, given: compose(session, ids, on, given)


COMPOSERS: dict[str, Composer] = {
    composer.id: composer
    for composer in (
        Composer(
            "application-form",
            "申报表",
            "申报",
            ("applications",),
            "application-form",
            _ignoring_noun(composing_forms.application_form),
            form=True,
        ),
        Composer(
            "recommendation",
            "推荐报告及汇总表",
            "推荐",
            ("applications",),
            "report",
            _ignoring_noun(composing_lists.recommendation),
            many=True,
            numbered=True,
        ),
        Composer(
            "publicity",
            "公示",
            "公示",
            ("applications",),
            "publicity",
            _ignoring_noun(composing_lists.publicity),
            many=True,
        ),
        Composer(
            "naming-decision",
            "命名决定",
            "命名",
            ("applications",),
            "decision",
            _ignoring_noun(composing_lists.naming_decision),
            many=True,
            numbered=True,
        ),
        Composer(
            "quota-notice",
            "补助资金指标下达通知",
            "拨付",
            ("grants",),
            "notice",
            _ignoring_noun(composing_money.quota_notice),
            many=True,
            numbered=True,
        ),
        Composer(
            "disbursement-notice",
            "拨付通知",
            "拨付",
            ("grants",),
            "notice",
            _ignoring_noun(composing_money.disbursement_notice),
            numbered=True,
        ),
        Composer(
            "reward-table",
            "奖励分配表",
            "分配",
            ("grants", "allocations"),
            "reward-table",
            composing_forms.reward_table,
            form=True,
        ),
        Composer(
            "signature-sheet",
            "奖励签领表",
            "分配",
            ("grants", "allocations"),
            "signature-sheet",
            composing_forms.signature_sheet,
            form=True,
        ),
    )
}


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
