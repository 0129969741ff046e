"""What a regulation's entries say about each other: unique ids, known rules and states, no circles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.rules.check_base import Check
from desktop.rules.checks_money import RoleCap
from desktop.rules.checks_plain import AllOf, AnyOf, NotOf, RulesHold, Tiers
from desktop.rules.regulation import Regulation, Rule, Transition, Workflow
from desktop.rules.table_reader import Source


def parts(check: Check) -> Iterator[Check]:
    """Yield a check and every check inside it."""
    yield check
    match check:
        case AllOf(of=of) | AnyOf(of=of):
            for part in of:
                yield from parts(part)
        case NotOf(of=part):
            yield from parts(part)
        case Tiers(of=tiers):
            for tier in tiers:
                yield from parts(tier.check)


def check_references(regulation: Regulation, source: Source) -> None:
    """Refuse duplicate ids and references to rules, states or levels that do not exist."""
    _unique(source, (rule.id for rule in regulation.rules), "规则")
    _unique(source, (workflow.id for workflow in regulation.workflows), "流程")
    _unique(source, (page.id for page in regulation.criteria), "申报页")
    _unique(source, (role.name for role in regulation.reward_roles), "奖励角色")
    _unique(source, (grant.track for grant in regulation.grants), "补助")
    rules = {rule.id: rule for rule in regulation.rules}
    for rule in regulation.rules:
        _check_rule(rule, rules, regulation, source)
    _no_circle(rules, source)
    for workflow in regulation.workflows:
        _check_workflow(workflow, rules, source)
    _check_acts(regulation, source)
    _check_criteria(regulation, rules, source)


def _unique(source: Source, ids: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for word in ids:
        if word in seen:
            source.refuse(f"{what}“{word}”出现了两次。", word, "id")
        seen.add(word)


def _check_rule(rule: Rule, rules: dict[str, Rule], regulation: Regulation, source: Source) -> None:
    if not set(rule.hint_at) <= set(rule.stage):
        source.refuse("hint_at 里的阶段不在 stage 之内。", rule.id, "hint_at")
    used = {key for check in parts(rule.check) for key in type(check).__dataclass_fields__}
    for key in rule.tool_setting:
        if key not in used:
            source.refuse(f"tool_setting 里的“{key}”不是判断条件的参数。", rule.id, "tool_setting")
    roles = {role.name for role in regulation.reward_roles}
    for check in parts(rule.check):
        if isinstance(check, RulesHold):
            for named in check.ids:
                if named not in rules:
                    source.refuse(f"没有规则“{named}”。", rule.id, "ids")
        if isinstance(check, RoleCap) and check.for_role not in check.precedence:
            source.refuse(f"“{check.for_role}”不在 precedence 之内。", rule.id, "for_role")
        if isinstance(check, RoleCap) and roles and check.for_role not in roles:
            source.refuse(f"没有奖励角色“{check.for_role}”。", rule.id, "for_role")


def _named(rule: Rule) -> tuple[str, ...]:
    guards = [guard.check for guard in (*rule.when, *rule.unless) if guard.check is not None]
    return tuple(
        named
        for whole in (rule.check, *guards)
        for check in parts(whole)
        if isinstance(check, RulesHold)
        for named in check.ids
    )


def _no_circle(rules: dict[str, Rule], source: Source) -> None:
    done: set[str] = set()

    def visit(rule_id: str, path: tuple[str, ...]) -> None:
        if rule_id in path:
            source.refuse(f"规则互相引用，绕成了圈：{' → '.join((*path, rule_id))}。", path[0], "ids")
        if rule_id in done:
            return
        for named in _named(rules[rule_id]):
            visit(named, (*path, rule_id))
        done.add(rule_id)

    for rule_id in rules:
        visit(rule_id, ())


def _check_workflow(workflow: Workflow, rules: dict[str, Rule], source: Source) -> None:
    if workflow.initial not in workflow.states:
        source.refuse(f"起始状态“{workflow.initial}”不在 states 之内。", workflow.id, "initial")
    _check_marks(workflow, source)
    seen: set[tuple[str, str]] = set()
    for step in workflow.transition:
        for key, state in (("from", step.from_), ("to", step.to), *(("after", state) for state in step.after)):
            if state not in workflow.states:
                source.refuse(f"状态“{state}”不在 states 之内。", workflow.id, f"transition.{key}")
        if (step.from_, step.to) in seen:
            source.refuse(f"“{step.from_}”到“{step.to}”写了两次。", workflow.id, "transition")
        seen.add((step.from_, step.to))
        _check_step(workflow, step, rules, source)


def _check_marks(workflow: Workflow, source: Source) -> None:
    marked = {state for states in workflow.marks.values() for state in states}
    for key, states in (("marks", marked), ("names", set(workflow.names))):
        for state in sorted(states - set(workflow.states)):
            source.refuse(f"状态“{state}”不在 states 之内。", workflow.id, key)


def _check_acts(regulation: Regulation, source: Source) -> None:
    """Where a regulation says who acts, it says it of every actor of its steps, and of nobody else."""
    actors = {step.actor for workflow in regulation.workflows for step in workflow.transition}
    if regulation.acts and actors ^ set(regulation.acts):
        wrong = min(actors ^ set(regulation.acts))
        source.refuse(f"“{wrong}”要么没有写明层级，要么不是任何环节的办理者。", "acts", wrong)


def _check_step(workflow: Workflow, step: Transition, rules: dict[str, Rule], source: Source) -> None:
    for key, ids in (("requires", step.requires), ("ensures", step.ensures), ("opened_by", step.opened_by)):
        for rule_id in ids:
            rule = rules.get(rule_id)
            if rule is None:
                source.refuse(f"没有规则“{rule_id}”。", workflow.id, f"transition.{key}")
            if (key == "opened_by") != (rule.polarity == "ground"):
                wrong = "不是退出事由（polarity = ground）" if key == "opened_by" else "是退出事由，不能作为前提或结果"
                source.refuse(f"规则“{rule_id}”{wrong}。", workflow.id, f"transition.{key}")
    both = set(step.requires) & set(step.ensures)
    if both:
        source.refuse(f"规则“{min(both)}”既是前提又是结果。", workflow.id, "transition.ensures")


def _check_criteria(regulation: Regulation, rules: dict[str, Rule], source: Source) -> None:
    placed: set[tuple[str, str, str]] = set()
    for page in regulation.criteria:
        for rule_id in page.rules:
            rule = rules.get(rule_id)
            if rule is None:
                source.refuse(f"没有规则“{rule_id}”。", page.id, "rules")
            if page.stage not in rule.stage:
                source.refuse(f"规则“{rule_id}”不在“{page.stage}”阶段判断。", page.id, "rules")
            for track in page.tracks or ("",):
                if (page.stage, rule_id, track) in placed:
                    source.refuse(f"规则“{rule_id}”在同一阶段放进了两页。", page.id, "rules")
                placed.add((page.stage, rule_id, track))
