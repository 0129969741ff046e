"""Sentences about grant money: shares, caps, sums and uses."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from desktop.rules.checks_money import Capacity, Ratio, RoleCap, Subset, SumLe, Uses
from desktop.rules.context import Context
from desktop.rules.outcome import Said
from desktop.rules.phrases import listed, percent, yuan


def ratio(check: Ratio, part: int, whole: int, ctx: Context) -> Said:
    """Say a share of a total and how much is lacking or too much, in 元."""
    low, high = check.min_pct, check.max_pct
    words = [f"不低于{low}%" if low is not None else "", f"不高于{high}%" if high is not None else ""]
    required = "且".join(word for word in words if word)
    label, total = ctx.label(check.list), ctx.label(check.den)
    short = _least(whole, low) - part if low is not None else 0
    over = part - int(whole * high // 100) if high is not None else 0
    gap = f"还差{yuan(short)}" if short > 0 else f"多出{yuan(over)}" if over > 0 else ""
    cure = f"请增加{yuan(short)}，达到{yuan(part + short)}" if short > 0 else f"请减少{yuan(over)}"
    return Said(
        actual=f"{yuan(part)}，占{percent(part, whole)}",
        required=required,
        good=f"{label}合计{yuan(part)}，占{total}{yuan(whole)}的{percent(part, whole)}",
        bad=f"{label}合计{yuan(part)}，占{total}{yuan(whole)}的{percent(part, whole)}，{gap}：应{required}",
        cure=cure if gap else "",
    )


def _least(whole: int, pct: Decimal) -> int:
    return -(-(whole * int(pct * 100)) // 10_000)


def role_cap(check: RoleCap, over: Sequence[tuple[str, int]], most: int, people: int, ctx: Context) -> Said:
    """Say who stands above the cap of a role, and by how much."""
    cap = int(check.cap * 100)
    above = listed(f"{name}（{yuan(total)}，超{yuan(total - cap)}）" for name, total in over)
    return Said(
        actual=above or f"{people}人，最高{yuan(most)}",
        required=f"{check.for_role}每人不高于{yuan(cap)}",
        good=f"{check.for_role}{people}人，最高{yuan(most)}，不高于{yuan(cap)}",
        bad=f"{check.for_role}有{len(over)}人高于{yuan(cap)}：{above}",
        cure=f"请把{listed(name for name, _ in over)}调到{yuan(cap)}以内" if over else "",
    )


def capacity(check: Capacity, room: int, floor: int, counts: str) -> Said:
    """Say how much the caps hold together and the floor that should fit."""
    return Said(
        actual=f"{yuan(room)}（{counts}）",
        required=f"不低于{yuan(floor)}",
        good=f"按上限最多可分{yuan(room)}（{counts}），容得下{yuan(floor)}",
        bad=f"按上限最多可分{yuan(room)}（{counts}），容不下{yuan(floor)}，还差{yuan(floor - room)}",
        cure="请核对实际参与人员的角色；确实达不到的，说明理由后按低于下限分配，不得虚列人员",
    )


def sums(check: SumLe, total: int, most: int, ctx: Context) -> Said:
    """Say a sum and the total it must stay within."""
    names, limit = "、".join(ctx.label(name) for name in check.lists), ctx.label(check.max_fact)
    return Said(
        actual=yuan(total),
        required=f"不超过{yuan(most)}",
        good=f"{names}合计{yuan(total)}，在{limit}{yuan(most)}之内",
        bad=f"{names}合计{yuan(total)}，超过{limit}{yuan(most)}，多出{yuan(total - most)}",
        cure=f"请减少{yuan(total - most)}" if total > most else "",
    )


def uses(check: Uses, wrong: Sequence[str], lines: int, ctx: Context) -> Said:
    """Say which lines are of a prohibited category, or of one that the text does not list."""
    label = ctx.label(check.list)
    if check.mode == "prohibited":
        return Said(
            actual=listed(wrong) if wrong else f"{lines}笔都不在禁止之列",
            required=f"不得用于{listed(check.set)}",
            good=f"{label}{lines}笔，没有禁止的用途",
            bad=f"补助资金不得用于：{listed(wrong)}",
            cure="请从补助资金中剔除" if wrong else "",
        )
    return Said(
        actual=f"未列明：{listed(wrong)}" if wrong else f"{lines}笔都在列明用途之内",
        required=f"用于{listed(check.set)}等",
        good=f"{label}{lines}笔，都在列明用途之内",
        bad=f"{label}有文中没有列明的用途：{listed(wrong)}",
        cure="请说明与工作室建设的关系，或改由其他资金列支" if wrong else "",
    )


def subset(check: Subset, off: Sequence[str], ctx: Context) -> Said:
    """Say who is not on the list."""
    label, of = ctx.label(check.list), ctx.label(check.of)
    return Said(
        actual=f"不在名单：{listed(off)}" if off else "都在名单",
        required=f"都在{of}之内",
        good=f"{label}人员都在{of}之内",
        bad=f"{label}有{len(off)}人不在{of}之内：{listed(off)}",
        cure="请核对成员名单" if off else "",
    )
