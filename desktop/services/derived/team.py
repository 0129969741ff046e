"""Facts about leader and team, built from people, honours and members."""

from typing import Any

from desktop.models.person import Person
from desktop.services.derived.fact import ABSENT, derives
from desktop.services.derived.review import per_cent
from desktop.services.derived.subject import Subject

LEADER, BACKBONE, PARTICIPANT = "领衔人", "骨干成员", "其他参与人员"


def leader_ids(subject: Subject) -> set[str]:
    """Return the ids of everyone who leads: the workroom's leader and members whose role says so."""
    ids = {member.person_id for member, _ in subject.members if member.role == LEADER}
    if subject.workroom is not None and subject.workroom.leader_id:
        ids.add(subject.workroom.leader_id)
    return ids


def team(subject: Subject) -> dict[str, Person]:
    """Return the whole team by person id, the leader included once; empty until a member is entered."""
    people = {member.person_id: person for member, person in subject.members}
    if people and subject.leader is not None:
        people[subject.leader.id] = subject.leader
    return people


def others_in_role(subject: Subject, role: str) -> set[str]:
    """Return the ids of members in a role who do not lead; a person of two roles counts in the higher one."""
    higher = {BACKBONE: leader_ids(subject)}.get(role)
    if higher is None:
        higher = leader_ids(subject) | others_in_role(subject, BACKBONE)
    return {member.person_id for member, _ in subject.members if member.role == role} - higher


@derives
def team_total_incl_leader(subject: Subject) -> Any:
    """第七条（二）“5人以上”: people in the team, the leader counted."""
    return len(team(subject)) or ABSENT


@derives
def core_members_excl_leader(subject: Subject) -> Any:
    """Core team members besides the leader (补助资金办法第五条)."""
    if not subject.members:
        return ABSENT
    return len({member.person_id for member, _ in subject.members if member.core} - leader_ids(subject))


@derives
def leader_count(subject: Subject) -> Any:
    """How many people lead."""
    if subject.workroom is None:
        return ABSENT
    return len(leader_ids(subject))


@derives
def backbone_count(subject: Subject) -> Any:
    """Members whose reward role is 骨干成员."""
    return len(others_in_role(subject, BACKBONE)) if subject.members else ABSENT


@derives
def other_count(subject: Subject) -> Any:
    """Members whose reward role is 其他参与人员."""
    return len(others_in_role(subject, PARTICIPANT)) if subject.members else ABSENT


@derives
def frontline_members(subject: Subject) -> Any:
    """People of the team marked as frontline workers; unknown while nobody has been marked either way."""
    marks = [person.frontline for person in team(subject).values()]
    if any(marks):
        return sum(mark is True for mark in marks)
    return ABSENT if not marks or None in marks else 0


@derives
def frontline_share_pct(subject: Subject) -> Any:
    """Per cent of frontline workers in the team, cut to two places; unknown until everyone is marked."""
    marks = [person.frontline for person in team(subject).values()]
    return ABSENT if not marks or None in marks else per_cent(sum(map(bool, marks)), len(marks))


@derives
def leader_honours(subject: Subject) -> Any:
    """The leader's honours with level, title, authority and whether still in force."""
    if subject.leader is None:
        return ABSENT
    return [
        {
            "kind": honour.kind,
            "level": honour.level,
            "title": honour.title,
            "status": honour.status,
            "authority": honour.authority,
        }
        for honour in subject.honours
    ]


@derives
def cross_unit(subject: Subject) -> Any:
    """Whether the team spans several units."""
    return _spread({person.unit_id for person in team(subject).values()})


@derives
def cross_industry(subject: Subject) -> Any:
    """Whether the members' units are of several industries."""
    return _spread({unit.industry for unit in subject.member_units})


@derives
def cross_area(subject: Subject) -> Any:
    """Whether the members' units lie in several areas."""
    return _spread({unit.region for unit in subject.member_units})


def _spread(values: set[Any]) -> Any:
    known = {value for value in values if value}
    if len(known) > 1:
        return True
    return False if known and len(known) == len(values) else ABSENT


@derives
def roster(subject: Subject) -> Any:
    """Names on the team's roll, with the person's id where two share a name."""
    people = team(subject)
    return [{"name": person.name, "person_id": person_id} for person_id, person in people.items()] or ABSENT


@derives
def leader_in_project(subject: Subject) -> Any:
    """True when a recorded topic is hosted by the leader; otherwise a person says whether the leader takes part."""
    hosts = {topic.host_id for topic in subject.topics if topic.host_id}
    return True if hosts & leader_ids(subject) else ABSENT


@derives
def leader_violation(subject: Subject) -> Any:
    """The leader's standing says so; any other standing does not say that there was none."""
    return True if subject.leader is not None and subject.leader.status == "违法违纪" else ABSENT


@derives
def leader_changed(subject: Subject) -> Any:
    """Someone who led has left the team and another leads, or the workroom's own road is changing its leader."""
    former = {one.person_id for one in subject.former_leaders}
    changed = subject.leader is not None and former - leader_ids(subject)
    return True if changed or _changes_leader(subject) else ABSENT


def _changes_leader(subject: Subject) -> bool:
    """Tell whether a workroom, not its grant or application, has begun a course that gives it another leader."""
    if subject.law is None or subject.grant is not None or subject.application is not None:
        return False
    flows = [one for one in subject.law.workflows if one.noun == "workrooms" and one.marks.get("leader")]
    begun = {state for flow in flows for state in flow.states if state != flow.initial}
    return any(step["step"] in begun for step in subject.steps.get("workrooms", ()))


@derives
def unit_affiliation(subject: Subject) -> Any:
    """市直 or 旗县, by the level of the union that the workroom belongs to; a grassroots union by the one above it."""
    office = subject.office
    if office is not None and office.level == "基层":
        office = subject.superior
    return {"市级": "市直", "县级": "旗县"}.get(office.level if office is not None else "", ABSENT)
