"""A past grant of the sample from plan to performance evaluation: steps, shares signed for, spending, papers."""

from datetime import date, timedelta
from typing import Final

from desktop.services.samples.money import FUND, GRANT_FEN, MOST_REWARD_FEN, REWARD_FEN
from desktop.services.samples.rooms import Room
from desktop.services.samples.stock import Drawer, Row, stock

FLOW: Final = "nm-fund-grant"
STEPS: Final = (
    ("指标已下达", (6, 18)),
    ("盟市或产业工会已收款", (7, 3)),
    ("已拨付基层工会账户", (7, 10)),
    ("预算与分配方案已定", (7, 24)),
    ("奖励已签领", (8, 3)),
    ("支出完毕", (10, 28)),
    ("绩效评价完成", (12, 10)),
)
OPEN_EVERY: Final = 15
"""One grant of last year in so many has not come to its end."""
EXPENSES: Final = 9
PAPERS: Final = (("quota-notice", "补助资金指标通知"), ("reward-table", "奖励分配表"))


def add_past_grant(draw: Drawer, room: Room, year: int) -> None:
    """Add a grant of a year with everything that followed; some of the latest are still under way."""
    open_one = year >= 2024 and room.number % OPEN_EVERY == 0
    taken = STEPS[: draw.number(1, 4)] if open_one else STEPS
    reached = {name: date(year, *day) for name, day in taken}
    received, paid = reached.get("盟市或产业工会已收款"), reached.get("已拨付基层工会账户")
    place = f"{room.number}/{year}"
    grant = draw.add(
        "grants",
        f"past/{place}",
        office_id=room.row["office_id"],
        workroom_id=room.row["id"],
        regulation=FUND,
        year=year,
        grant_total_fen=GRANT_FEN,
        state=taken[-1][0],
        planned_on=date(year, 6, 10),
        quota_number=f"内工发〔{year}〕31号",
        quota_issued_on=reached["指标已下达"],
        received_on=received,
        received_fen=GRANT_FEN if received else None,
        transferred_on=paid,
        transferred_fen=GRANT_FEN if paid else None,
    )
    _add_steps(draw, room, grant, place, reached)
    if "奖励已签领" in reached:
        rewarded = _add_shares(draw, room, grant, place, year)
        _add_spending(draw, grant, place, GRANT_FEN - rewarded, year)
    _add_papers(draw, room, grant, place, year)


def _add_steps(draw: Drawer, room: Room, grant: Row, place: str, reached: dict[str, date]) -> None:
    before = "年度支持建设计划"
    for position, (state, on) in enumerate(reached.items()):
        draw.add(
            "steps",
            f"grant/{place}/{position}",
            office_id=room.row["office_id"],
            subject_noun="grants",
            subject_id=grant["id"],
            regulation=FUND,
            workflow=FLOW,
            from_state=before,
            to_state=state,
            taken_on=on,
            taken_by=room.leader["name"],
            position=position + 1,
        )
        before = state


def _add_shares(draw: Drawer, room: Room, grant: Row, place: str, year: int) -> int:
    allocation = draw.add(
        "allocations",
        f"past/{place}",
        grant_id=grant["id"],
        state="已签领",
        decided_on=date(year, 7, 24),
        decided_by=room.leader["name"],
    )
    total = 0
    for position, member in enumerate(room.members):
        amount = min(REWARD_FEN[member["role"]], MOST_REWARD_FEN - total)
        if amount <= 0:
            break
        total += amount
        draw.add(
            "allocation_lines",
            f"past/{place}/{position}",
            allocation_id=allocation["id"],
            person_id=member["person_id"],
            role=member["role"],
            amount_fen=amount,
            outcome_id=room.outcomes[position % len(room.outcomes)]["id"],
            position=position,
            signed_on=date(year, 8, 3),
        )
    return total


def _add_spending(draw: Drawer, grant: Row, place: str, rest_fen: int, year: int) -> None:
    kinds = stock()["expense"]
    part = rest_fen // EXPENSES
    for number in range(EXPENSES):
        kind = kinds[number % len(kinds)]
        draw.add(
            "expenditures",
            f"past/{place}/{number}",
            grant_id=grant["id"],
            workroom_id=grant["workroom_id"],
            paid_on=date(year, 8, 10) + timedelta(8 * number),
            category=kind["category"],
            amount_fen=part if number else rest_fen - part * (EXPENSES - 1),
            source="补助资金",
            payee=kind["payee"],
            voucher_number=f"记-{year}08-{number + 1:02d}",
            note=kind["note"],
        )


def _add_papers(draw: Drawer, room: Room, grant: Row, place: str, year: int) -> None:
    for kind, title in PAPERS:
        draw.add(
            "documents",
            f"past/{place}/{kind}",
            office_id=room.row["office_id"],
            kind=kind,
            title=title,
            issued_on=date(year, 7, 25),
            subject_noun="grants",
            subject_id=grant["id"],
        )
