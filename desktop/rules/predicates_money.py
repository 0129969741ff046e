"""Evaluating conditions on grant money; everything is integer 分 and only lines paid from the grant count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop.rules import messages_money as say
from desktop.rules import messages_plain
from desktop.rules.checks_money import Capacity, Ratio, RoleCap, Subset, SumLe, Uses
from desktop.rules.context import Context
from desktop.rules.facts import ABSENT, Item
from desktop.rules.filters import from_grant, lacking, matches, undecided
from desktop.rules.outcome import Outcome, holds, unknown, untested
from desktop.rules.people import PersonSum, people_of
from desktop.rules.phrases import yuan
from desktop.rules.predicates_plain import row_name
from desktop.rules.words import fold

Rows = Sequence[tuple[int, Item]]
OPTIONAL = ("tax_withheld_yuan",)


def grant_rows(name: str, ctx: Context, source: str = "") -> Rows:
    """Return the numbered rows of a list that are paid from the grant."""
    rows = ctx.get(name)
    return [(n, item) for n, item in enumerate(() if rows is ABSENT else rows or (), 1) if from_grant(item, source)]


def total(name: str, rows: Rows, fields: Iterable[str]) -> tuple[int, list[str]]:
    """Add the amount fields of the rows; return 分 and the paths of amounts that are missing."""
    amount = 0
    missing: list[str] = []
    for number, item in rows:
        for field in fields:
            value = item.get(field, ABSENT)
            if value is ABSENT and field not in OPTIONAL:
                missing.extend(lacking(name, number, item, (field,)))
            elif isinstance(value, int):
                amount += value
    return amount, missing


def ratio(check: Ratio, ctx: Context) -> Outcome:
    """True when 100·Σ stands inside the percentages of the total; no total at all has nothing to share."""
    whole = ctx.get(check.den)
    if whole is None:
        return holds(False, messages_plain.none_known(ctx.label(check.den), "有补助资金"))
    if missing := ctx.missing(check.list, check.den):
        return unknown(*missing)
    if whole == 0:
        return untested(f"{ctx.label(check.den)}为0，没有可分配的资金")
    rows = grant_rows(check.list, ctx)
    sure = [(n, item) for n, item in rows if matches(check.where, item, ctx)]
    open_rows = [(n, item) for n, item in rows if matches(check.where, item, ctx) is None]
    part, gaps = total(check.list, sure, check.fields)
    gaps += [name for n, item in open_rows for name in undecided(check.list, n, item, check.where)]
    said = say.ratio(check, part, whole, ctx)
    low = check.min_pct is None or 100 * part >= check.min_pct * whole
    high = check.max_pct is None or 100 * part <= check.max_pct * whole
    # What is still missing can only add: a reached floor stays reached, a broken ceiling stays broken.
    settled = not gaps or not high or (low and check.max_pct is None)
    return holds(low and high, said) if settled else unknown(*gaps, said=said)


def role_cap(check: RoleCap, ctx: Context) -> Outcome:
    """True when nobody whose highest role is this one gets more than its cap; n/a when nobody is in the role."""
    if missing := ctx.missing(check.list):
        return unknown(*missing)
    rows = grant_rows(check.list, ctx)
    needed = ("name", "role", check.amount)
    gaps = [name for n, item in rows for name in lacking(check.list, n, item, needed)]
    roles = {fold(role) for role in check.precedence}
    gaps += [f"{check.list}[{n}].role" for n, item in rows if item.get("role") and _role(item, ctx) not in roles]
    if gaps:
        return unknown(*dict.fromkeys(gaps))
    people = people_of([item for _, item in rows], check.precedence, lambda item: item.get(check.amount) or 0)
    return _capped(check, [person for person in people if person.role == fold(check.for_role)], ctx)


def _role(item: Item, ctx: Context) -> str:
    return ctx.words.role(str(item["role"]))


def _capped(check: RoleCap, people: Sequence[PersonSum], ctx: Context) -> Outcome:
    if not people:
        return untested(f"没有{check.for_role}领取奖励")
    cap = check.cap * 100
    over = [(person.name, person.total_fen) for person in people if person.total_fen > cap]
    most = max(person.total_fen for person in people)
    return holds(not over, say.role_cap(check, over, most, len(people), ctx))


def capacity(check: Capacity, ctx: Context) -> Outcome:
    """True when the people times their caps reach the share of the total."""
    base = ctx.get(check.base)
    if base is None:
        return holds(False, messages_plain.none_known(ctx.label(check.base), "有补助资金"))
    if base is ABSENT:
        return unknown(check.base, *ctx.missing(*check.caps))
    room, words = 0, []
    for name, cap in check.caps.items():
        count = ctx.get(name)
        if isinstance(count, int):
            room += int(count * cap * 100)
            words.append(f"{count}{ctx.unit(name)}×{yuan(int(cap * 100))}")
    floor = -(-(base * int(check.min_pct * 100)) // 10_000)
    said = say.capacity(check, room, floor, "＋".join(words) or "没有人员")
    missing = ctx.missing(*check.caps)
    return unknown(*missing, said=said) if missing and room < floor else holds(room >= floor, said)


def sum_le(check: SumLe, ctx: Context) -> Outcome:
    """True when the grant money of all lists together stays within the total.

    Lines of the category `once_as` repeat the money of the first list: of the two sums the larger one counts.
    """
    most = ctx.get(check.max_fact)
    if most is None:
        return holds(False, messages_plain.none_known(ctx.label(check.max_fact), "有补助资金"))
    first, gaps = total(check.lists[0], grant_rows(check.lists[0], ctx), check.fields)
    repeated, others = 0, 0
    for name in check.lists[1:]:
        rows = grant_rows(name, ctx)
        again = [row for row in rows if check.once_as and _repeats(check.once_as, row[1], ctx)]
        amount, more = total(name, [row for row in rows if row not in again], check.fields)
        same, lacks = total(name, again, check.fields)
        others, repeated, gaps = others + amount, repeated + same, gaps + more + lacks
    missing = (*ctx.missing(*check.lists, check.max_fact), *gaps)
    amount = max(first, repeated) + others
    if most is ABSENT or (missing and amount <= most):
        return unknown(*missing)
    return holds(amount <= most, say.sums(check, amount, most, ctx))


def _repeats(category: str, item: Item, ctx: Context) -> bool:
    return fold(category) in ctx.words.category(str(item.get("category") or ""))


def uses(check: Uses, ctx: Context) -> Outcome:
    """True when every grant line is listed (or none is prohibited); n/a when the grant pays for no line.

    Lines of 0元 spend nothing. Categories judged elsewhere are passed over.
    """
    if missing := ctx.missing(check.list):
        return unknown(*missing)
    rows = [(n, item) for n, item in grant_rows(check.list, ctx, check.source) if item.get("amount_yuan") != 0]
    if not rows:
        return untested("没有由补助资金列支的支出")
    wanted, elsewhere = _folded(check.set), _folded(check.elsewhere)
    wrong: list[str] = []
    gaps: list[str] = []
    for number, item in rows:
        if not item.get("category"):
            gaps.append(f"{check.list}[{number}].category")
            continue
        kinds = set(ctx.words.category(str(item["category"])))
        if bool(kinds & wanted) if check.mode == "prohibited" else not kinds & (wanted | elsewhere):
            amount = item.get("amount_yuan")
            wrong.append(row_name(number, {"category": item["category"]}) + (yuan(amount) if amount else ""))
    said = say.uses(check, wrong, len(rows), ctx)
    if wrong:
        return holds(False, said)
    return unknown(*gaps, said=said) if gaps else holds(True, said)


def _folded(words: Iterable[str]) -> set[str]:
    return {fold(word) for word in words}


def subset(check: Subset, ctx: Context) -> Outcome:
    """True when every row's value stands in the other list; people with ids are compared by them."""
    if missing := ctx.missing(check.list, check.of):
        return unknown(*missing)
    others = ctx.get(check.of) or ()
    off: list[str] = []
    gaps: list[str] = []
    for number, item in grant_rows(check.list, ctx):
        wanted = matches(check.where, item, ctx)
        if wanted is False:
            continue
        value = item.get(check.field, ABSENT)
        if wanted is None:
            gaps.extend(undecided(check.list, number, item, check.where))
        elif value is ABSENT and not item.get("person_id"):
            gaps.append(f"{check.list}[{number}].{check.field}")
        elif not _stands_in(item, check.field, others):
            off.append(row_name(number, {"name": value if value is not ABSENT else ""}))
    said = say.subset(check, off, ctx)
    if off:
        return holds(False, said)
    return unknown(*gaps, said=said) if gaps else holds(True, said)


def _stands_in(item: Item, field: str, others: Sequence[Item | str]) -> bool:
    value, person = item.get(field), item.get("person_id")
    for other in others:
        entry = other if isinstance(other, dict) else {field: other}
        if person and entry.get("person_id"):
            if person == entry["person_id"]:
                return True
        elif value and fold(str(entry.get(field) or entry.get("name") or "")) == fold(str(value)):
            return True
    return False
