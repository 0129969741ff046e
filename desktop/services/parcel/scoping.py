"""Which data travels to whom: up, a subtree's; down, the receiver's subtree and public papers; aside, by agreement."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.errors import NotAllowed
from desktop.services.journal.ownership import INTERNAL, LISTED, PUBLIC, ancestors, children, peers, subtree

SAME, UP, DOWN, ASIDE = "same", "up", "down", "aside"
_Scope = tuple[int, str, str]


def way_to(raw: sqlite3.Connection, office: str) -> str:
    """Return in which direction another office lies; NotAllowed when it was never accepted.

    Where its key was declared void it lies there still: it must hear of that.
    """
    own = _own(raw)
    if office == own:
        return SAME
    row = raw.execute(
        "SELECT relation FROM sync_trust WHERE office = ? "
        "ORDER BY revoked_at IS NOT NULL, relation IN ('vouched', 'former')",
        (office,),
    ).fetchone()
    relation = row[0] if row else ""
    if relation == "parent" or (row and office in ancestors(raw, own)):
        return UP
    if relation == "child" or (row and office in subtree(raw, own)):
        return DOWN
    if relation == "peer":
        return ASIDE
    raise NotAllowed(
        f"还没有认可这个工会（{office}），不能与它交换数据。请先向对方索取身份文件，核对指纹后认可。", "to"
    )


@dataclass(frozen=True)
class _Place:
    """This office's place in the tree, looked up once for all receivers of a package: its id, every scope, the offices
    of its subtree, and the scopes that it and those above it give to everybody beneath."""

    own: str
    scopes: list[_Scope]
    mine: set[str]
    for_all: set[int]


def _place(raw: sqlite3.Connection) -> _Place:
    own = _own(raw)
    scopes = raw.execute("SELECT id, office, kind FROM sync_scope").fetchall()
    return _Place(own, scopes, subtree(raw, own), _for_all_beneath(raw, scopes, {own, *ancestors(raw, own)}))


def scopes_for(raw: sqlite3.Connection, offices: Sequence[str]) -> set[int]:
    """Return the scopes (by number) that every one of `offices` may receive from here (NotAllowed: see `way_to`)."""
    allowed = scopes_of_each(raw, offices).values()
    return set.intersection(*allowed) if allowed else set()


def scopes_of_each(raw: sqlite3.Connection, offices: Iterable[str]) -> dict[str, set[int]]:
    """Return for each office the scopes (by number) that it may receive from here (NotAllowed: see `way_to`)."""
    place = _place(raw)
    return {office: _scopes_for_one(raw, place, office) for office in offices}


def _scopes_for_one(raw: sqlite3.Connection, place: _Place, office: str) -> set[int]:
    way = way_to(raw, office)
    if way == SAME:
        return {number for number, _, _ in place.scopes}
    if way == UP:
        return {number for number, owner, _ in place.scopes if owner in place.mine}
    theirs = subtree(raw, office)
    if way == DOWN:
        return {number for number, owner, _ in place.scopes if owner in theirs} | place.for_all
    both = place.mine | theirs
    return {number for number, owner, kind in place.scopes if kind in (PUBLIC, LISTED, INTERNAL) and owner in both}


def _for_all_beneath(raw: sqlite3.Connection, scopes: Iterable[_Scope], above: set[str]) -> set[int]:
    """Return the scopes that everybody beneath `above` may have: their public data, and the list of their offices."""
    listed = above | children(raw, above)
    return {
        number
        for number, owner, kind in scopes
        if (kind == PUBLIC and owner in above) or (kind == LISTED and owner in listed)
    }


def claimed_to(raw: sqlite3.Connection, offices: Sequence[str]) -> set[int]:
    """Return the scopes of which every one of `offices` is told what is held here.

    They are what it may receive from here, and from an office above also what that one gives to all beneath: it would
    otherwise bring all of it again each time.
    """
    place = _place(raw)
    allowed = [_scopes_for_one(raw, place, office) | _given_from(raw, place, office) for office in offices]
    return set.intersection(*allowed) if allowed else set()


def _given_from(raw: sqlite3.Connection, place: _Place, office: str) -> set[int]:
    if way_to(raw, office) != UP:
        return set()
    return _for_all_beneath(raw, place.scopes, set(ancestors(raw, place.own)))


def may_bring(raw: sqlite3.Connection, maker: str, scopes: Iterable[tuple[str, str]]) -> bool:
    """Tell whether a package of `maker` may hold data of these scopes (office, kind)."""
    own = _own(raw)
    way = way_to(raw, maker)
    mine, theirs = subtree(raw, own), subtree(raw, maker)
    known = {row[0] for row in raw.execute("SELECT id FROM offices")}
    if way == SAME:
        return True
    if way == UP:
        return all(kind in (PUBLIC, LISTED) or office in mine for office, kind in scopes)
    if way == DOWN:
        return all(office in theirs or (office not in known and office != own) for office, _ in scopes)
    foreign = known - mine - theirs - peers(raw)
    return all(kind in (PUBLIC, LISTED, INTERNAL) and office not in foreign for office, kind in scopes)


def may_author(raw: sqlite3.Connection, authors: Iterable[tuple[str, str]]) -> bool:
    """Tell whether the authors may write where they wrote, by (author, owning office) pairs: none in a higher office's
    data.
    """
    beneath: dict[str, set[str]] = {}
    for author, owner in authors:
        if author != owner:
            beneath.setdefault(owner, subtree(raw, owner) - {owner})
            if author in beneath[owner]:
                return False
    return True


def may_fold(raw: sqlite3.Connection, maker: str, authors: Iterable[str]) -> bool:
    """Tell whether a maker may bring folded commits of these authors, for which it answers itself.

    This office's own other PC and the offices above may; others only of their own and those beneath them.
    """
    found = set(authors)
    if not found or way_to(raw, maker) in (SAME, UP):
        return True
    known = {row[0] for row in raw.execute("SELECT id FROM offices")} | {_own(raw)}
    return found.isdisjoint(known - subtree(raw, maker))


def folded_for_others(raw: sqlite3.Connection, recipients: Sequence[str]) -> set[int]:
    """Return the folded commits that some recipient would not take from here: those of authors it hears itself."""
    if all(way_to(raw, office) in (SAME, DOWN) for office in recipients):
        return set()
    rows = raw.execute(
        "SELECT c.id, t.office FROM sync_commit c JOIN sync_stream s ON s.id = c.stream "
        "LEFT JOIN sync_trust t ON hex(t.public_key) = upper(substr(s.name, 1, 64)) WHERE c.folded = 1"
    )
    mine = subtree(raw, _own(raw))
    return {number for number, office in rows if office not in mine}


def default_recipients(raw: sqlite3.Connection) -> list[str]:
    """Return for whom a package is when nobody is named: the office above, or else every office accepted here.

    A package for several holds what each of them may receive, which is the public papers; with no office accepted it
    is for this office's own other PC.
    """
    rows = raw.execute(
        "SELECT office, relation FROM sync_trust WHERE relation IN ('parent', 'child', 'peer') AND revoked_at IS NULL "
        "ORDER BY office"
    ).fetchall()
    above = [office for office, relation in rows if relation == "parent"]
    return above or [office for office, _ in rows] or [_own(raw)]


def _own(raw: sqlite3.Connection) -> str:
    return str(raw.execute("SELECT office FROM sync_identity").fetchone()[0])
