"""Sentences about single facts, lists of words, honours and rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from desktop.rules.check_base import Filter, HonourOption
from desktop.rules.checks_plain import Approx, Has, Honour, In, NoneOf, Num, Same, Template
from desktop.rules.context import Context
from desktop.rules.facts import ITEM_LABELS, Item
from desktop.rules.outcome import Said
from desktop.rules.phrases import figure, joined, listed

YES_NO = {
    ("platform_listed", False): "不在列明的平台",
    ("bank_receipt", False): "没有银行回执",
    ("same_year", True): "属同一年度",
    ("same_year", False): "属以前年度",
    ("same_title", True): "属同一称号",
    ("recognised", False): "没有获认定",
    ("registered", False): "没有立项",
}


@lru_cache(maxsize=4096)
def attested(yes: tuple[str, ...], no: tuple[str, ...]) -> Said:
    """Say what a person has confirmed and what not."""
    return Said(
        actual=f"未确认：{listed(no)}" if no else f"已确认：{listed(yes)}",
        required=f"须确认：{listed((*yes, *no))}",
        good=f"已确认：{listed(yes)}",
        bad=f"未确认：{listed(no)}",
        cure="落实后由经办人确认" if no else "",
    )


def bounds(check: Num, unit: str, money: bool) -> str:
    """Say the bounds of a number: 不少于5人."""
    less, more = ("不低于", "不高于") if money else ("不少于", "不多于")
    words = []
    for prefix, bound in ((less, check.min), (more, check.max), ("大于", check.gt), ("小于", check.lt), ("", check.eq)):
        if bound is not None:
            words.append(prefix + figure(bound * 100 if money else _whole(bound), unit, money))
    return "且".join(words)


def _whole(bound: Decimal) -> int | Decimal:
    return int(bound) if bound == int(bound) else bound


def number(check: Num, value: int | Decimal, ctx: Context) -> Said:
    """Say a number, its bounds, and how much is lacking or too much."""
    label, unit, money = ctx.label(check.fact), ctx.unit(check.fact), ctx.is_money(check.fact)
    scale = 100 if money else 1
    low = check.min if check.min is not None else check.eq
    high = check.max if check.max is not None else check.eq
    gap = ""
    if low is not None and value < low * scale:
        gap = f"还差{figure(low * scale - value, unit, money)}"
    elif high is not None and value > high * scale:
        gap = f"多出{figure(value - high * scale, unit, money)}"
    required, actual = bounds(check, unit, money), figure(value, unit, money)
    change = f"{'增加' if gap.startswith('还差') else '减少'}{gap[2:]}即符合"
    should = f"应为{required}" if required[:1].isdigit() else f"应{required}"
    return Said(
        actual=actual,
        required=required,
        good=f"{label}{actual}",
        bad=f"{label}{actual}，{gap + '：' if gap else ''}{should}",
        cure=change if gap and (money or check.eq is None) else "",
    )


def none_known(label: str, required: str) -> Said:
    """Say that a fact is known to be none."""
    return Said("无", required, f"{label}：无", f"没有{label}：应{required}", f"请补上{label}")


def near(check: Approx, value: int | Decimal, ctx: Context) -> Said:
    """Say a number beside a target that the text gives only as 左右."""
    label, unit, money = ctx.label(check.fact), ctx.unit(check.fact), ctx.is_money(check.fact)
    scale = 100 if money else 1
    low, high = (figure(_whole((check.target + way * check.tol) * scale), unit, money) for way in (-1, 1))
    target = figure(_whole(check.target * scale), unit, money)
    return Said(
        actual=figure(value, unit, money),
        required=f"{target}左右（工具按{low}至{high}提示）",
        good=f"{label}{figure(value, unit, money)}",
        bad=f"{label}{figure(value, unit, money)}，离{target}较远",
        cure="文中只说“左右”，没有数字界限",
    )


def words(check: Has, have: Sequence[str], lacking: Sequence[str], banned: Sequence[str], ctx: Context) -> Said:
    """Say which words of a list are there, lacking, or not allowed."""
    label = ctx.label(check.fact)
    required = joined(
        (
            f"应有{len(check.all)}项：{'、'.join(check.all)}" if check.all else "",
            f"至少有一项：{'、'.join(check.any)}" if check.any else "",
            f"不得有：{'、'.join(check.none)}" if check.none else "",
        )
    )
    found = listed(have) if have else "无"
    lack = f"缺{len(lacking)}项：{'、'.join(lacking)}" if check.all and lacking else ""
    none = f"没有其中任何一项：{'、'.join(check.any)}" if check.any and lacking and not check.all else ""
    bad = f"有不允许的：{'、'.join(banned)}" if banned else ""
    return Said(
        actual=found if not lack else f"已有{len(check.all or ()) - len(lacking)}项，{lack}",
        required=required,
        good=f"{label}：{found}",
        bad=f"{label}{joined((lack, none, bad))}",
        cure="补齐后即符合" if lacking else "去掉后即符合" if banned else "",
    )


def one_of(check: In, value: str, ctx: Context) -> Said:
    """Say a word and the words it should (not) be."""
    label = ctx.label(check.fact)
    required = f"{'不得为' if check.negate else '应为'}{'、'.join(check.set)}{'' if len(check.set) == 1 else '之一'}"
    return Said(
        actual=value or "无",
        required=required,
        good=f"{label}：{value or '无'}",
        bad=f"{label}是“{value or '无'}”，{required}",
        cure="请核对后更正",
    )


def honour_wanted(check: Honour, ctx: Context) -> str:
    """Say which honours qualify, in this region's words of rank."""
    return "；".join(_option(option, ctx) for option in check.any)


def _option(option: HonourOption, ctx: Context) -> str:
    if option.title is not None:
        return "、".join(option.title)
    level = f"{ctx.level_word(option.min_level)}以上" if option.min_level else ""
    if option.kind is None:
        return f"{level}其他荣誉"
    return f"{level}{'、'.join(option.kind)}"


def honour_name(item: Item) -> str:
    """Say one honour: 劳动模范（盟市级）."""
    name = item.get("title") or item.get("kind") or "荣誉"
    marks = [str(item[key]) for key in ("level", "authority") if item.get(key)]
    if item.get("status") not in (None, "", "有效"):
        marks.append(str(item["status"]))
    return f"{name}（{'，'.join(marks)}）" if marks else str(name)


def honours(check: Honour, held: Sequence[str], fitting: Sequence[str], ctx: Context) -> Said:
    """Say which honours the person holds and which would qualify."""
    label, wanted = ctx.label(check.fact), honour_wanted(check, ctx)
    have = listed(held) if held else "没有荣誉"
    return Said(
        actual=have,
        required=wanted,
        good=f"{label}：{listed(fitting)}" if fitting else f"{label}：{have}",
        bad=f"{label}：{have}，不属于：{wanted}",
        cure="如有上述荣誉，请补录级别和授予机关",
    )


def same(check: Same, first: str, second: str, ctx: Context) -> Said:
    """Say two values that should be equal."""
    a, b = ctx.label(check.a), ctx.label(check.b)
    return Said(
        actual=f"{a}{first}，{b}{second}",
        required=f"{a}与{b}一致",
        good=f"{a}与{b}一致（{first}）",
        bad=f"{a}是{first}，{b}是{second}，两者应当一致",
        cure=f"请核对{a}与{b}",
    )


def no_rows(check: NoneOf, hits: Sequence[str], total: int, ctx: Context) -> Said:
    """Say which rows match what none should match."""
    label, wrong = ctx.label(check.list), described(check.where, ctx)
    return Said(
        actual=f"{total}行中有{len(hits)}行{wrong}" if hits else f"{total}行，没有{wrong}的",
        required=f"没有{wrong}的",
        good=f"{label}共{total}行，没有{wrong}的",
        bad=f"{label}有{len(hits)}行{wrong}：{listed(hits)}",
        cure="请逐行核对" if hits else "",
    )


def described(where: Filter, ctx: Context) -> str:
    """Say what an item filter picks out: 没有写明对应成果."""
    if where.all or where.any:
        parts = [described(part, ctx) for part in where.all or where.any or ()]
        return ("、" if where.all else "或者").join(dict.fromkeys(part for part in parts if part))
    label = ITEM_LABELS.get(where.field, where.field)
    if where.same_as:
        return f"{label}相同"
    if isinstance(where.eq, bool):
        return YES_NO.get((where.field, where.eq), f"{label}为{'是' if where.eq else '否'}")
    if where.eq == "":
        return f"没有写明{label}"
    if where.eq == ctx.regulation.id:
        return "依本办法"
    if where.eq is not None or where.ne is not None:
        return f"{label}{'为' if where.eq is not None else '不是'}“{where.eq if where.eq is not None else where.ne}”"
    if where.in_ is not None:
        return f"{label}为{'、'.join(where.in_)}"
    return f"{label}在{ctx.level_word(where.min_level)}以上" if where.min_level else f"{label}不少于{where.min}"


def template(check: Template, value: str, wanted: str, ctx: Context) -> Said:
    """Say a name and how it should read."""
    label = ctx.label(check.fact)
    required = f"含“{wanted}”" if check.mode == "contains" else f"“{wanted}”"
    return Said(
        actual=value or "无",
        required=required,
        good=f"{label}：{value}",
        bad=f"{label}是“{value or '无'}”，应{'' if check.mode == 'contains' else '为'}{required}",
        cure=f"请改为{required}" if check.mode == "equals" else f"请在{label}中写明“{wanted}”",
    )
