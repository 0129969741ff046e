"""Random histories of several offices: edits, packages lost, late and twice, copies set back; judged from outside."""

from __future__ import annotations

import random
import shutil
from collections import defaultdict
from pathlib import Path

from sqlalchemy import event, text

from desktop.errors import BadPackage, DesktopError, NotAllowed
from desktop.models import fields
from desktop.services import exchange, identity
from desktop.services.journal import history
from desktop.services.trust import enrolment
from tests.services.desks import (
    Desk,
    conflicts_of,
    make_desk,
    only_unknown,
    pack,
    require_sound,
    settle,
    state_of,
    tables_of,
    take,
)

OLDER_MODULES = (
    "journal.merging",
    "journal.settling",
    "parcel.reporting",
    "journal.conflicts",
    "journal.drafting",
    "journal.outward",
)
FIELDS = ("note", "industry", "contact")
PASSPHRASE = "六个字的口令 1234"


def hurry(desk: Desk) -> None:
    """Do without the disk's assurance, which these tests do not need."""

    def relax(connection, _record):
        connection.execute("PRAGMA synchronous=OFF")

    event.listen(desk.database.engine, "connect", relax)
    desk.database.engine.dispose()


class Story:
    """Five offices: a region, a city beneath it, two counties, and a peer of the first county.

    With `second_pc` the city works at two PCs.
    """

    def __init__(self, folder: Path, seed: int, second_pc: bool = False) -> None:
        self.folder, self.random = folder, random.Random(seed)
        region = make_desk(folder, "某区总工会", "省级")
        city = make_desk(folder, "甲市总工会", "市级", region)
        first, second = (make_desk(folder, name, "县级", city) for name in ("乙县总工会", "丙县总工会"))
        peer = make_desk(folder, "丁产业工会", "县级")
        first.trust(peer, "peer")
        peer.trust(first, "peer")
        self.desks = [region, city, first, second, peer, *([_second_pc(city)] if second_pc else [])]
        for desk in self.desks:
            hurry(desk)
        self.parcels: list[tuple[int, Path]] = []
        self.typed: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.seen: set[str] = set()
        self.deleted: set[str] = set()
        self.saved: dict[int, tuple[bytes, bytes | None]] = {}
        self.lost_nothing = True
        self.count = 0

    def step(self) -> None:
        """Do one random thing."""
        chances = [(self.edit, 40), (self.add, 10), (self.join, 6), (self.delete, 4)]
        chances += [(self.send, 16), (self.receive, 16), (self.resolve, 5), (self.undo, 3)]
        self.random.choices([do for do, _ in chances], [weight for _, weight in chances])[0]()

    def _desk(self) -> tuple[int, Desk]:
        place = self.random.randrange(len(self.desks))
        return place, self.desks[place]

    def _token(self) -> str:
        self.count += 1
        return f"值{self.count}"

    def add(self) -> None:
        _, desk = self._desk()
        row = desk.workroom(self._token(), leader_id=desk.person(self._token(), id_number=self._token()))
        self._type(row, "note", desk)

    def _type(self, row: str, field: str, desk: Desk) -> None:
        value = self._token()
        shown = desk.value(f"SELECT {field} FROM workrooms WHERE id = :row", row=row)
        try:
            desk.run(f"UPDATE workrooms SET {field} = :value WHERE id = :row", value=value, row=row)
        except NotAllowed:
            return
        self.typed[row, field].add(value)
        self.seen.add(shown)

    def edit(self) -> None:
        _, desk = self._desk()
        rows = desk.rows("SELECT id FROM workrooms ORDER BY id")
        if rows:
            self._type(self.random.choice(rows)[0], self.random.choice(FIELDS), desk)

    def join(self) -> None:
        _, desk = self._desk()
        rooms, people = (desk.rows(f"SELECT id FROM {noun} ORDER BY id") for noun in ("workrooms", "people"))
        if rooms and people:
            desk.member(self.random.choice(rooms)[0], self.random.choice(people)[0])

    def delete(self) -> None:
        _, desk = self._desk()
        noun = self.random.choice(("members", "workrooms", "people"))
        rows = desk.rows(f"SELECT id FROM {noun} ORDER BY id")
        if not rows:
            return
        row = self.random.choice(rows)[0]
        listed = {v["value"] for c in conflicts_of(desk) if c["record"] == row for v in c["values"]}
        shown = set(desk.rows(f"SELECT {', '.join(FIELDS)} FROM workrooms WHERE id = :row", row=row))
        try:
            with desk.edit() as session:
                if noun == "workrooms":
                    session.execute(text("DELETE FROM members WHERE workroom_id = :row"), {"row": row})
                if noun == "people":
                    session.execute(text("DELETE FROM members WHERE person_id = :row"), {"row": row})
                    session.execute(text("UPDATE workrooms SET leader_id = NULL WHERE leader_id = :row"), {"row": row})
                session.execute(text(f"DELETE FROM {noun} WHERE id = :row"), {"row": row})
        except NotAllowed:
            return
        self.deleted.add(row)
        self.seen |= listed | {value for values in shown for value in values}

    def send(self) -> None:
        _, giver = self._desk()
        place, taker = self._desk()
        if giver is not taker:
            try:
                self.parcels.append((place, pack(giver, taker, self.folder, self.random.random() < 0.1)))
            except NotAllowed:
                return

    def receive(self) -> None:
        """Take a package in: it may be an old one, or one that was taken in before."""
        if self.parcels:
            place, parcel = self.random.choice(self.parcels)
            try:
                take(self.desks[place], parcel, preview=self.random.random() < 0.1)
            except BadPackage as refusal:
                only_unknown(refusal)
            if self.random.random() < 0.5:
                self.parcels.remove((place, parcel))

    def resolve(self) -> None:
        _, desk = self._desk()
        found = conflicts_of(desk)
        if not found:
            return
        chosen = self.random.choice(found)
        listed = {party["value"] for party in chosen["values"]}
        write = self.random.choice(chosen["values"])
        try:
            with desk.edit() as session:
                exchange.resolve(session, chosen["id"], take=write["write"])
        except DesktopError:
            return
        if chosen["kind"] == "edit":
            self.seen |= listed - {write["value"]}
        elif write["value"] == "删除":
            self.deleted.add(chosen["record"])

    def undo(self) -> None:
        """Undo the last transaction of an office, when that is allowed."""
        _, desk = self._desk()
        rows = desk.rows(
            "SELECT hex(c.hash) FROM sync_commit c JOIN sync_stream s ON s.id = c.stream WHERE s.own = 1 "
            "ORDER BY c.applied DESC LIMIT 1"
        )
        try:
            with desk.edit() as session:
                history.undo(session, rows[0][0].lower())
        except (DesktopError, IndexError):
            return
        # What an undo takes away was seen by whoever undid it; of other records it may take nothing.
        sealed = session.info.get("sealed")
        shown, listed = self._shown(desk), self._listed_values(desk)
        for row in {row for _noun, row in sealed.changed} if sealed else ():
            for field in FIELDS:
                self.seen |= self.typed[row, field] - shown[field].get(row, set()) - listed[row]

    def _shown(self, desk: Desk) -> dict[str, dict[str, set[str]]]:
        """Return for each field what it shows, by record."""
        rows = desk.rows(f"SELECT id, {', '.join(FIELDS)} FROM workrooms")
        return {field: {row[0]: {row[place]} for row in rows} for place, field in enumerate(FIELDS, 1)}

    def _listed_values(self, desk: Desk) -> dict[str, set[str]]:
        """Return the disputed values of each record."""
        listed: dict[str, set[str]] = defaultdict(set)
        for conflict in conflicts_of(desk):
            listed[conflict["record"]] |= {str(party["value"]) for party in conflict["values"]}
        return listed

    def save(self) -> None:
        """Keep a copy of an office's file, as a backup or a cloned disk would."""
        place, desk = self._desk()
        desk.database.close()
        anchor = desk.path.with_name(desk.path.name + ".anchor")
        # A further PC of an office has none before its first change.
        self.saved[place] = (desk.path.read_bytes(), anchor.read_bytes() if anchor.exists() else None)

    def set_back(self, with_anchor: bool) -> None:
        """Put an old copy in the place of an office's file."""
        if not self.saved:
            return
        place = self.random.choice(sorted(self.saved))
        desk = self.desks[place]
        desk.database.close()
        for left in self.folder.glob(desk.path.name + "-*"):
            left.unlink()
        data, anchor = self.saved[place]
        desk.path.write_bytes(data)
        beside = desk.path.with_name(desk.path.name + ".anchor")
        if with_anchor and anchor is not None:
            beside.write_bytes(anchor)
        elif with_anchor:
            beside.unlink(missing_ok=True)
        self.lost_nothing = False
        self.desks[place] = Desk(desk.path, identity.open_desk(desk.path))
        hurry(self.desks[place])

    def finish(self) -> None:
        """Let everybody exchange until nothing is new, and judge."""
        self.parcels.clear()
        # A file that was set back brings nothing new at first: it only says what it lacks.
        settle(self.desks, self.folder, rounds=8, least=2)
        for parcel in self.folder.glob("*.wrpack"):
            parcel.unlink()
        self._judge_convergence()
        if self.lost_nothing:
            self._judge_values()
        for desk in self.desks:
            assert desk.rows("PRAGMA foreign_key_check") == []
            assert desk.rows("SELECT 1 FROM sync_dirty") == []

    def _judge_convergence(self) -> None:
        region, city, first, second, peer = self.desks[:5]
        for other in self.desks[5:]:
            assert state_of(other) == state_of(city)
            assert tables_of(other) == tables_of(city)
            assert conflicts_of(other) == conflicts_of(city)
        hashes = []
        for desk in self.desks:
            with desk.database.reading() as session:
                hashes.append(exchange.state(session)["offices"])
        for place, desk in ((2, first), (3, second)):
            office = desk.office
            assert hashes[0][office] == hashes[1][office] == hashes[place][office]
        assert hashes[0][city.office] == hashes[1][city.office]
        query = (
            "SELECT w.* FROM workrooms w JOIN sync_record r ON r.noun = 'workrooms' AND r.id = w.id "
            "JOIN sync_scope s ON s.id = r.scope WHERE s.office = :office ORDER BY w.id"
        )
        groups = ((first, (region, city, first, peer)), (second, (region, city, second)), (peer, (peer, first)))
        for owner, holders in groups:
            # A deleted record can be kept where something refers to it that others may not have.
            rows = [self._undeleted(holder.rows(query, office=owner.office)) for holder in holders]
            assert all(found == rows[0] for found in rows)
            records = {row[-1] for row in rows[0]}
            listed = [self._listed(holder, records) for holder in holders]
            assert all(found == listed[0] for found in listed)

    def _listed(self, desk: Desk, records: set[str]) -> list[tuple[str, list[str]]]:
        return sorted(
            (conflict["id"], sorted(party["write"] for party in conflict["values"]))
            for conflict in conflicts_of(desk)
            if conflict["kind"] == "edit" and conflict["record"] in records
        )

    def _undeleted(self, rows: list[tuple]) -> list[tuple]:
        return [row for row in rows if self.deleted.isdisjoint(row)]

    def _judge_values(self) -> None:
        """Every value ever typed is shown, listed, or was seen by whoever replaced it; none seen comes back."""
        region, _, first, second, peer = self.desks[:5]
        for desk in (region, first, second, peer):
            listed, shown = self._listed_values(desk), self._shown(desk)
            held = {row for (row,) in desk.rows("SELECT id FROM sync_record WHERE noun = 'workrooms'")}
            for (row, field), values in self.typed.items():
                if row not in self.deleted and row in held:
                    assert values - self.seen <= shown[field].get(row, set()) | listed[row], (row, field)

    def close(self) -> None:
        for desk in self.desks:
            desk.database.close()


def _second_pc(desk: Desk) -> Desk:
    """Let an office begin to work at a second PC."""
    enrolled, path = desk.path.with_suffix(".enrol"), desk.path.with_stem(f"{desk.path.stem}二")
    with desk.database.reading() as session:
        enrolment.enrol(session, enrolled, PASSPHRASE)
    return Desk(path, enrolment.join(path, enrolled, PASSPHRASE, "王五"))


def run(folder: Path, seed: int, histories: int, steps: int, set_back: bool = False, second_pc: bool = False) -> int:
    """Run histories of `steps` steps in one set of offices; return how many steps were done."""
    story = Story(folder, seed, second_pc)
    for number in range(histories):
        for _ in range(steps):
            story.step()
        if set_back and number % 2:
            story.set_back(with_anchor=number % 4 == 1)
        elif set_back:
            story.save()
        story.finish()
    require_sound(story.desks)
    story.close()
    shutil.rmtree(folder, ignore_errors=True)
    return histories * steps


def without_field(noun: str, name: str, patched) -> None:
    """Let the program forget a field, as one from before it was added."""
    known = fields.nouns()
    older = fields.Noun(noun, tuple(item for item in known[noun].fields if item.name != name))
    table = {**known, noun: older}
    for module in OLDER_MODULES:
        patched.setattr(f"desktop.services.{module}.nouns", lambda: table)
