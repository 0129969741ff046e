"""Judging facts by a regulation: each rule's guards and check become one finding in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from desktop.rules.context import Context
from desktop.rules.facts import ABSENT, Facts, check_facts, dictionary
from desktop.rules.outcome import Outcome
from desktop.rules.phrases import joined
from desktop.rules.predicates import evaluate
from desktop.rules.predicates_logic import truth_of
from desktop.rules.regulation import Guard, Regulation, Rule
from desktop.rules.verdict import Finding, Verdict, to_json
from desktop.rules.words import common_words, fold

__all__ = ["Finding", "Verdict", "judge", "to_json"]

UNMET = {"must": "fail", "should": "warn", "prefer": "warn", "ref": "warn", "encourage": "n/a"}
SETTING = "其中的界限是工具提示，非规定条文。"


def judge(
    regulation: Regulation,
    facts: Mapping[str, object] | Facts,
    stage: str | None = None,
    on: date | None = None,
    leaving: Collection[str] = (),
) -> Verdict:
    """Judge a set of facts; without a stage every rule is judged, `leaving` out those named.

    `on` is the reference date where the facts name none. The order of the facts never matters. Raises BadInput for an
    unknown fact or a wrong value.
    """
    checked = check_facts(facts, dictionary().with_facts(regulation.own_facts))
    given = checked.get("reference_date")
    day = on if given is ABSENT or given is None else given
    checked = checked.assuming(reference_date=day, regulation_effective_on=regulation.effective_on)
    judging = _Judging(regulation, checked, stage)
    asked = (rule for rule in regulation.rules if (stage is None or stage in rule.stage) and rule.id not in leaving)
    findings = tuple(judging.finding(rule) for rule in asked)
    return Verdict(regulation.id, stage or "", day, _eligible(findings), findings)


def _eligible(findings: tuple[Finding, ...]) -> bool:
    binding = [finding for finding in findings if not finding.advice]
    return not any(
        finding.status == "fail" or (finding.status == "unknown" and finding.strength == "must" and _blocks(finding))
        for finding in binding
    )


def _blocks(finding: Finding) -> bool:
    """Say whether an unknown hinders: a ground for exit that nobody has looked into does not."""
    return finding.polarity != "ground"


class _Judging:
    """One run over a regulation's rules; outcomes are kept, since rules may refer to rules."""

    def __init__(self, regulation: Regulation, facts: Facts, stage: str | None) -> None:
        self.regulation, self.stage = regulation, stage
        self._outcomes: dict[str, tuple[str, Outcome]] = {}
        self._ctx = Context(regulation, facts, evaluate, self._status_of)

    def _status_of(self, rule_id: str) -> tuple[str, tuple[str, ...]]:
        status, outcome = self._settled(self.regulation.rule(rule_id))
        return status, outcome.missing

    def _settled(self, rule: Rule) -> tuple[str, Outcome]:
        if rule.id not in self._outcomes:
            outcome = self._guarded(rule) or evaluate(rule.check, self._ctx)
            self._outcomes[rule.id] = (_status(rule, outcome), outcome)
        return self._outcomes[rule.id]

    def _guarded(self, rule: Rule) -> Outcome | None:
        """Return the outcome that a rule's guards force, or None when the check decides."""
        for guard in rule.unless:
            if self._guard(guard):
                return Outcome(None, status="n/a", note=guard.note or "本条不适用于这种情形")
        if not rule.when:
            return None
        truths = [(guard, self._guard(guard)) for guard in rule.when]
        for guard, truth in truths:
            if truth is False:
                return Outcome(None, status="n/a", note=guard.note or self._why_not(guard))
        missing = [name for guard, truth in truths if truth is None for name in self._lacking(guard)]
        return Outcome(None, missing=tuple(dict.fromkeys(missing))) if missing else None

    def _guard(self, guard: Guard) -> bool | None:
        if guard.check is not None:
            return truth_of(evaluate(guard.check, self._ctx))
        value = self._ctx.get(guard.fact)
        return None if value is ABSENT else _meets(guard, value)

    def _lacking(self, guard: Guard) -> tuple[str, ...]:
        return (guard.fact,) if guard.check is None else evaluate(guard.check, self._ctx).missing

    def _why_not(self, guard: Guard) -> str:
        if guard.check is not None:
            return "本条的前提不成立"
        value = self._ctx.get(guard.fact)
        shown = {True: "是", False: "否", None: "无"}.get(value, str(value))
        return f"{self._ctx.label(guard.fact)}：{shown}，本条不适用"

    def finding(self, rule: Rule) -> Finding:
        """Return the finding of one rule."""
        status, outcome = self._settled(rule)
        advice = bool(self.stage) and self.stage in rule.hint_at
        if advice and status == "fail":
            status = "warn"
        said = outcome.said
        undone = status in ("fail", "warn") and rule.polarity == "require"
        return Finding(
            rule=rule.id,
            regulation=self.regulation.id,
            article=rule.article,
            title=rule.title,
            status=status,
            strength=rule.strength,
            polarity=rule.polarity,
            actual=said.actual if rule.polarity == "require" else _seen(status, outcome),
            required=said.required if rule.polarity == "require" else "没有这种情形",
            message=self._message(rule, status, outcome, advice),
            cure=said.cure if undone else "",
            text=rule.text,
            missing=outcome.missing if status == "unknown" else (),
            pinpoint=rule.pinpoint,
            hint=SETTING if rule.tool_setting else "",
            derived=rule.derived,
            advice=advice,
        )

    def _message(self, rule: Rule, status: str, outcome: Outcome, advice: bool) -> str:
        said = outcome.said
        if status == "unknown":
            return f"待补：{'、'.join(self._ctx.label(name) for name in outcome.missing)}。"
        if status == "n/a":
            why = outcome.note or (f"{said.bad}（鼓励事项，不影响办理）" if outcome.truth is False else said.bad)
            return f"{why.rstrip('。')}。"
        if status == "pass":
            found = said.good if rule.polarity == "require" else f"没有发现这种情形：{rule.title}"
            return f"{found}。{SETTING if rule.tool_setting else ''}"
        problem = said.bad if rule.polarity == "require" else f"存在这种情形：{said.good}"
        cure = said.cure if rule.polarity == "require" else ""
        closing = _closing(rule, status, advice)
        setting = SETTING.rstrip("。") if rule.tool_setting else ""
        return joined((problem, cure, outcome.note, closing, rule.note, setting)) + "。"


def _seen(status: str, outcome: Outcome) -> str:
    """Return what was found of a ground or a ban, whose check says it the other way round."""
    if status in ("fail", "warn"):
        return outcome.said.good
    return "没有发现" if status == "pass" else ""


def _closing(rule: Rule, status: str, advice: bool) -> str:
    if rule.polarity == "ground":
        return "须由人决定是否启动变更退出或撤销，不会自动生效"
    if advice:
        return "本阶段只作提示"
    if status == "fail":
        return "本条不能用说明理由代替" if rule.polarity == "ban" else ""
    return {
        "should": "原则性规定，说明理由后可以办理",
        "prefer": "优先条件，只影响排序",
        "ref": "参考性规定，不作错误",
        "must": "由人判断并说明理由",
    }.get(rule.strength, "")


def _meets(guard: Guard, value: Any) -> bool:
    if guard.after is not None or guard.before is not None:
        if not isinstance(value, date):
            return False
        return value > guard.after if guard.after is not None else bool(guard.before and value < guard.before)
    if guard.in_ is not None or guard.not_in is not None:
        member = _named(value, guard.in_ or guard.not_in or ())
        return member if guard.in_ is not None else not member
    if isinstance(guard.is_, bool):
        return (value is True) == guard.is_
    return value is not None and _named(value, (guard.is_,))


def _named(value: Any, words: Iterable[object]) -> bool:
    """Say whether a word is one of the words, by itself or as what it commonly stands for."""
    text = str(value or "")
    wanted = {fold(str(word)) for word in words}
    return fold(text) in wanted or common_words().other(text) in wanted


def _status(rule: Rule, outcome: Outcome) -> str:
    if outcome.status:
        return outcome.status
    if outcome.truth is None:
        return "unknown"
    if rule.polarity == "require":
        return "pass" if outcome.truth else UNMET[rule.strength]
    return "fail" if outcome.truth else "pass"
