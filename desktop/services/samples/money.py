"""Applications, grants, allocations and spending of the sample county, at every stage a clerk meets."""

from datetime import date, timedelta
from typing import Any, Final

from desktop.services.attestations import attestation_id
from desktop.services.samples.rooms import Room
from desktop.services.samples.stock import Drawer, Row, reference_on, stock

BUILD: Final = "nm-2026-build"
FUND: Final = "nm-2026-fund"
GRANT_FEN: Final = 5_000_000
REWARD_FEN: Final = {"领衔人": 1_000_000, "骨干成员": 500_000, "其他参与人员": 200_000}
MOST_REWARD_FEN: Final = 4_200_000
# What each application is there to show: whether its workroom is apt, its state, and whether its facts are confirmed.
APPLICATIONS: Final = (
    (True, "草稿", True),
    (True, "草稿", False),
    (False, "草稿", False),
    (True, "已提交", True),
    (True, "已推荐", True),
    (True, "已命名", True),
    (False, "退回修改", False),
)
GRANTS: Final = (
    ("已拨付基层工会账户", "草稿"),
    ("分配方案已定", "已定"),
    ("支出完毕", "已签领"),
    ("指标已下达", ""),
    ("上级工会已收款", ""),
)
RANKED: Final = {"已命名": 1, "已推荐": 2}
"""The places of the year's recommendations."""
GRANT_STEPS: Final = (
    ("指标已下达", date(2026, 6, 18)),
    ("上级工会已收款", date(2026, 7, 3)),
    ("已拨付基层工会账户", date(2026, 7, 10)),
    ("分配方案已定", date(2026, 7, 24)),
    ("支出完毕", date(2026, 8, 28)),
)


def add_applications(draw: Drawer, rooms: list[Room]) -> None:
    """Add the year's applications: ready, waiting for facts, failing, submitted, recommended, named, returned."""
    waiting = {True: [room for room in rooms if room.apt], False: [room for room in rooms if not room.apt]}
    for place, (apt, state, confirmed) in enumerate(APPLICATIONS):
        if waiting[apt]:
            _add_application(draw, waiting[apt].pop(0), place, state, confirmed)


def _add_application(draw: Drawer, room: Room, place: int, state: str, confirmed: bool) -> None:
    sent = state != "草稿"
    row = draw.add(
        "applications",
        str(place),
        office_id=room.row["office_id"],
        workroom_id=room.row["id"],
        regulation=BUILD,
        year=reference_on().year,
        application_level="省级",
        reference_date=reference_on(),
        state=state,
        submitted_on=date(2026, 7, 6 + place) if sent else None,
        submitted_by=room.leader["name"] if sent else "",
        review_opinion="条件具备，同意推荐。" if state in RANKED else "",
        rank=RANKED.get(state),
        returned_reason="团队人数和工作制度不全，请补齐后重新提交。" if state == "退回修改" else "",
    )
    if confirmed:
        for fact, value in stock()["ready"].items():
            attested = draw.add("attestations", f"{place}/{fact}", subject_id=row["id"], fact=fact, value=value)
            attested |= {"id": attestation_id(row["id"], fact), "attested_by": room.leader["name"]}
            attested["attested_on"] = date(2026, 7, 1)


def add_grants(draw: Drawer, rooms: list[Room]) -> None:
    """Add the year's grants to apt workrooms, the first with its allocation half done."""
    draw.turn_to("grants")
    supported = [room for room in rooms if room.apt][-len(GRANTS) :]
    for place, (room, (state, allocated)) in enumerate(zip(supported, GRANTS, strict=False)):
        room.row |= {"supported_by_region": True, "supported_on": date(2026, 6, 10)}
        grant = _add_grant(draw, room, place, state)
        if allocated:
            rewarded = _add_allocation(draw, room, grant, place, allocated)
            if allocated == "已签领":
                _add_spending(draw, grant, place, GRANT_FEN - rewarded)
            _add_publications(draw, room, place)


def _add_grant(draw: Drawer, room: Room, place: int, state: str) -> Row:
    names = [name for name, _ in GRANT_STEPS]
    reached = dict(GRANT_STEPS[: names.index(state) + 1])
    received, paid = reached.get("上级工会已收款"), reached.get("已拨付基层工会账户")
    return draw.add(
        "grants",
        str(place),
        office_id=room.row["office_id"],
        workroom_id=room.row["id"],
        regulation=FUND,
        year=2026,
        grant_total_fen=GRANT_FEN,
        state=state,
        planned_on=date(2026, 6, 10),
        quota_number=stock()["quota_number"],
        quota_issued_on=reached["指标已下达"],
        received_on=received,
        received_fen=GRANT_FEN if received else None,
        transferred_on=paid,
        transferred_fen=GRANT_FEN if paid else None,
    )


def _add_allocation(draw: Drawer, room: Room, grant: Row, place: int, state: str) -> int:
    """Add the allocation with a line for each member; return what it rewards in 分."""
    decided = state != "草稿"
    row = draw.add(
        "allocations",
        str(place),
        grant_id=grant["id"],
        state=state,
        decided_on=date(2026, 7, 24) if decided else None,
        decided_by=room.leader["name"] if decided else "",
    )
    total = 0
    for position, member in enumerate(room.members):
        amount: int | None = min(REWARD_FEN[member["role"]], MOST_REWARD_FEN - total)
        if not decided and position > 2:
            amount = None
        total += amount or 0
        draw.add(
            "allocation_lines",
            f"{place}/{position}",
            allocation_id=row["id"],
            person_id=member["person_id"],
            role=member["role"],
            amount_fen=amount,
            outcome_id=room.outcomes[position % len(room.outcomes)]["id"],
            position=position,
            signed_on=date(2026, 8, 3) if state == "已签领" else None,
        )
    return total


def _add_spending(draw: Drawer, grant: Row, place: int, rest_fen: int) -> None:
    kinds: list[dict[str, Any]] = stock()["expense"]
    parts = [rest_fen // 2, rest_fen // 4]
    parts.append(rest_fen - sum(parts))
    for number, (kind, amount) in enumerate(zip(kinds, parts, strict=True)):
        draw.add(
            "expenditures",
            f"{place}/{number}",
            grant_id=grant["id"],
            workroom_id=grant["workroom_id"],
            paid_on=date(2026, 8, 10) + timedelta(5 * number),
            category=kind["category"],
            amount_fen=amount,
            payee=kind["payee"],
            voucher_number=f"记-202608-{number + 1:02d}",
            note=kind["note"],
        )


def _add_publications(draw: Drawer, room: Room, place: int) -> None:
    for number, outcome in enumerate(room.outcomes[:3]):
        draw.add(
            "publications",
            f"{place}/{number}",
            workroom_id=room.row["id"],
            outcome_id=outcome["id"],
            title=outcome["name"],
            platform=draw.one(stock()["rooms"]["platforms"]),
            published_on=date(2026, 7, 1) + timedelta(9 * number),
            link=f"2026070{number + 1}",
        )


def add_assessments(draw: Drawer, rooms: list[Room]) -> None:
    """Add last year's assessment of every workroom that ran all year."""
    year = reference_on().year - 1
    for room in rooms:
        if room.row["established_on"].year < year:
            draw.add(
                "assessments",
                str(room.number),
                office_id=room.row["office_id"],
                workroom_id=room.row["id"],
                regulation=BUILD,
                year=year,
                assessed_on=date(year, 12, 20),
                activity_normal=room.apt,
                output_not_obvious=not room.apt,
                role_not_obvious=False,
                conclusion="正常开展活动" if room.apt else "成果产出不明显，督促整改",
                state="已完成",
            )


def add_alliance(draw: Drawer, rooms: list[Room]) -> None:
    """Add an alliance of four workrooms led by the first apt one."""
    chosen = [room for room in rooms if room.apt][:4]
    if len(chosen) < 2:
        return
    lead, joined = chosen[0], date(2025, 5, 8)
    row = draw.add(
        "alliances",
        "0",
        office_id=lead.row["office_id"],
        name=f"{lead.row['region']}劳模工匠创新工作室联盟",
        alliance_type="区域联盟",
        lead_workroom_id=lead.row["id"],
        established_on=joined,
    )
    for room in chosen:
        place, joining = str(room.number), {"alliance_id": row["id"], "workroom_id": room.row["id"]}
        draw.add("alliance_members", place, joined_on=joined, **joining)
