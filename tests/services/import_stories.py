"""Random histories in which every import is previewed first and many are taken back, the last one or an earlier one."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.errors import BadPackage, NotAllowed
from desktop.services import exchange
from tests.services.desks import (
    Desk,
    conflicts_of,
    only_unknown,
    pack,
    require_sound,
    settle,
    state_of,
    tables_of,
    take,
)
from tests.services.histories import FIELDS, Story

TOLD = ("applied", "already_known", "counts", "state_hash", "same_state", "alarms", "more", "files_missing")
KEPT = (
    'SELECT h.noun, h.id, h.field, c.hash, h.value FROM sync_head h JOIN sync_commit c ON c.id = h."commit" '
    "ORDER BY 1, 2, 3, 4",
    "SELECT hash, seq, height, tip FROM sync_commit ORDER BY hash",
    'SELECT c.hash, n.hash FROM sync_need n JOIN sync_commit c ON c.id = n."commit" ORDER BY 1, 2',
)

NEIGHBOURS = ((0, 1), (1, 0), (1, 2), (2, 1), (1, 3), (3, 1), (2, 4), (4, 2))
"""Who meets whom: region and city, city and both counties, the first county and its peer."""

EDITS = 3


@dataclass
class Tally:
    """How much was checked."""

    previews: int = 0
    last: int = 0
    earlier: int = 0
    refused: int = 0


def dump(desk: Desk) -> list[Any]:
    """Everything that an import may change and an exact undo must restore."""
    rows = desk.rows("SELECT noun, id, state, scope, heads FROM sync_record ORDER BY noun, id")
    # The order in which the heads of a record's fields are written down means nothing.
    heads = [(*row[:4], json.loads(row[4])) for row in rows]
    return [tables_of(desk), conflicts_of(desk), state_of(desk), heads, *(desk.rows(query) for query in KEPT)]


class ImportStory(Story):
    """A story whose imports are looked at first and sometimes taken back."""

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__(folder, seed)
        self.tally = Tally()
        self.imports: dict[int, list[str]] = {}
        self.lost_nothing = False
        settle(self.desks, folder)

    def step(self) -> None:
        """Do a few random things, then let a package be taken in."""
        for _ in range(EDITS):
            super().step()
        self.exchange()

    def exchange(self) -> None:
        """Make a package for a neighbour; sometimes one made earlier arrives first."""
        giver, taker = self.random.choice(NEIGHBOURS)
        self.parcels.append((taker, pack(self.desks[giver], self.desks[taker], self.folder)))
        if self.random.random() < 0.7:
            self.receive()

    def receive(self) -> None:
        """Preview a package, take it in, and now and then take it back at once, or one taken in before."""
        if not self.parcels:
            return
        place, parcel = self.random.choice(self.parcels)
        self.parcels.remove((place, parcel))
        desk = self.desks[place]
        before = dump(desk)
        try:
            preview = take(desk, parcel, preview=True)
        except BadPackage as refusal:
            only_unknown(refusal)
            return
        assert dump(desk) == before
        result = take(desk, parcel)
        self._compare(preview, result)
        if result["applied"] or result["waiting"] != preview["waiting"]:
            self._maybe_undo(place, desk, result["import_id"], before)

    def _compare(self, preview: dict[str, Any], result: dict[str, Any]) -> None:
        assert [preview[key] for key in TOLD] == [result[key] for key in TOLD]
        assert preview["changes"] == result["changes"]
        assert preview["conflicts"] == result["conflicts"]
        assert preview["waiting"] == result["waiting"]
        self.tally.previews += 1

    def _maybe_undo(self, place: int, desk: Desk, import_id: str, before: list[Any]) -> None:
        chance = self.random.random()
        if chance < 0.4:
            assert exchange.undo_import(desk.database, import_id)["exact"]
            assert dump(desk) == before
            self.tally.last += 1
            return
        known = self.imports.setdefault(place, [])
        known.append(import_id)
        if chance < 0.7:
            self._undo_earlier(desk, known.pop(self.random.randrange(len(known))))

    def _undo_earlier(self, desk: Desk, import_id: str) -> None:
        """Take an earlier import back after an edit of one's own, which must stand afterwards."""
        rows = desk.rows("SELECT id FROM workrooms ORDER BY id")
        row, field = (self.random.choice(rows)[0] if rows else ""), self.random.choice(FIELDS)
        value = self._token()
        try:
            desk.run(f"UPDATE workrooms SET {field} = :value WHERE id = :row", value=value, row=row)
        except NotAllowed:
            row = ""
        before, refusal = dump(desk), ""
        present = _ids(desk)
        try:
            found = exchange.undo_import(desk.database, import_id)
        except NotAllowed as error:
            refusal = error.message
        if refusal:
            # Something here refers to what would go: refused in words, and nothing is changed.
            assert "引用" in refusal
            assert dump(desk) == before
            self.tally.refused += 1
            return
        if row:
            assert not found["exact"]
            shown = {words for (words,) in desk.rows(f"SELECT {field} FROM workrooms WHERE id = :row", row=row)}
            listed = {one["value"] for dispute in conflicts_of(desk) for one in dispute["values"]}
            assert value in shown | listed, (row, field)
        # What this took away again is deleted like any other record: kept where something only held there refers to it.
        self.deleted |= present - _ids(desk)
        self.tally.earlier += 1


def _ids(desk: Desk) -> set[str]:
    return {row for noun in ("workrooms", "people", "members") for (row,) in desk.rows(f"SELECT id FROM {noun}")}


def run(folder: Path, seed: int, histories: int, steps: int) -> Tally:
    """Run histories of `steps` steps; the offices converge in spite of what was taken back."""
    story = ImportStory(folder, seed)
    for _ in range(histories):
        for _ in range(steps):
            story.step()
        story.finish()
    require_sound(story.desks)
    story.close()
    shutil.rmtree(folder, ignore_errors=True)
    return story.tally
