"""The closed set of 31 conditions: the word of the file to the kind of check."""

from collections.abc import Mapping

from desktop.rules.check_base import Check
from desktop.rules.checks_money import Capacity, Ratio, RoleCap, Subset, SumLe, Uses
from desktop.rules.checks_plain import (
    AllOf,
    AnyOf,
    Approx,
    Attest,
    Has,
    Honour,
    In,
    NoneOf,
    NotOf,
    Num,
    RulesHold,
    Same,
    Template,
    Tiers,
)
from desktop.rules.checks_time import (
    Cycle,
    Gap,
    NotAfter,
    PeriodDays,
    Recent,
    Span,
    Steps,
    Within,
    YearEq,
    YearGap,
    Yearly,
)

OPS: Mapping[str, type[Check]] = {
    "attest": Attest,
    "num": Num,
    "approx": Approx,
    "has": Has,
    "in": In,
    "honour": Honour,
    "span": Span,
    "within": Within,
    "recent": Recent,
    "yearly": Yearly,
    "gap": Gap,
    "year_eq": YearEq,
    "year_gap": YearGap,
    "cycle": Cycle,
    "not_after": NotAfter,
    "period_days": PeriodDays,
    "steps": Steps,
    "ratio": Ratio,
    "role_cap": RoleCap,
    "capacity": Capacity,
    "sum_le": SumLe,
    "uses": Uses,
    "subset": Subset,
    "same": Same,
    "none": NoneOf,
    "template": Template,
    "rules_hold": RulesHold,
    "all": AllOf,
    "any": AnyOf,
    "not": NotOf,
    "tiers": Tiers,
}
