"""The merge: which writes of a record are un-replaced, which one is shown, and whether the record is there."""

import hashlib
import struct
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

Rank = tuple[int, bytes]
"""Height and hash of a commit; among un-replaced writes the greatest is shown."""


@dataclass
class Heads:
    """The un-replaced writes of one record, by the numbers that the store gave their commits.

    `bases` holds (commit, fields): writes that are the only head of each of their fields, but for those in `others`,
    which gives heads one by one. `presence` holds the un-replaced deletions with the commits that they saw, and with
    None the decisions to keep the record.
    """

    bases: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    others: dict[str, list[int]] = field(default_factory=dict)
    presence: dict[int, tuple[int, ...] | None] = field(default_factory=dict)

    def of(self, name: str) -> list[int]:
        """Return the commits whose writes of field `name` nothing replaced."""
        found = self.others.get(name)
        if found is not None:
            return found
        return [commit for commit, names in self.bases if name in names][:1]

    def fields(self) -> list[str]:
        """Return the names of all fields that were ever written."""
        return list(dict.fromkeys([name for _, names in self.bases for name in names] + list(self.others)))

    def create(self, commit: int, names: tuple[str, ...]) -> None:
        """Take in a write of many fields that replaces nothing."""
        if any(self.of(name) for name in names):
            for name in names:
                self.write(commit, name, ())
        else:
            self.bases.append((commit, names))

    def write(self, commit: int, name: str, replaced: Iterable[int]) -> None:
        """Take in a write of one field that replaces the writes of the commits `replaced`."""
        gone = set(replaced)
        self.others[name] = [head for head in self.of(name) if head not in gone] + [commit]

    def delete(self, commit: int, seen: Iterable[int]) -> None:
        """Take in a deletion by someone who saw the writes of the commits `seen`."""
        self._replace_presence(commit, tuple(sorted(set(seen))), seen)

    def keep(self, commit: int, replaced: Iterable[int]) -> None:
        """Take in a decision to keep the record against the deletions `replaced`."""
        self._replace_presence(commit, None, replaced)

    def _replace_presence(self, commit: int, value: tuple[int, ...] | None, replaced: Iterable[int]) -> None:
        gone = set(replaced)
        self.presence = {head: seen for head, seen in self.presence.items() if head not in gone}
        self.presence[commit] = value

    def commits(self) -> set[int]:
        """Return the commits of all un-replaced writes of fields, and of decisions to keep."""
        found = {commit for commit, names in self.bases if any(name not in self.others for name in names)}
        found.update(commit for heads in self.others.values() for commit in heads)
        found.update(commit for commit, seen in self.presence.items() if seen is None)
        return found

    def deletions(self) -> dict[int, tuple[int, ...]]:
        """Return the un-replaced deletions with what each saw."""
        return {commit: seen for commit, seen in self.presence.items() if seen is not None}

    def live(self) -> bool:
        """Tell whether some write stands that no deletion saw: one such write keeps the record."""
        covered = {commit for seen in self.deletions().values() for commit in seen}
        return not self.commits() <= covered

    def split(self) -> dict[str, list[int]]:
        """Return the fields that have more than one head, with them."""
        return {name: heads for name, heads in self.others.items() if len(heads) > 1}


def winner(heads: Iterable[int], rank: Callable[[int], Rank]) -> int:
    """Return the head that is shown: no clock decides, only logical depth and then the hash."""
    return max(heads, key=rank)


def is_disputed(values: Mapping[int, object]) -> bool:
    """Tell whether heads differ in value; equal values written apart are no conflict."""
    return len({(type(value), value) for value in values.values()}) > 1


def digest(noun: str, row: str, heads: Heads, name_of: Callable[[int], bytes]) -> bytes:
    """Return a digest of a record's state that any replica holding the same commits computes alike."""
    return hashlib.sha256(f"{noun}\0{row}\0".encode() + digest_of_heads(heads, name_of)).digest()


def digest_of_heads(heads: Heads, name_of: Callable[[int], bytes]) -> bytes:
    """Return the digest of the heads alone; the same for all records that one commit created alike."""
    # Fields are grouped by their heads, so that a record that one commit created is one group, quickly told.
    groups: dict[bytes, list[str]] = {}
    for name, found in heads.others.items():
        groups.setdefault(b"".join(sorted(map(name_of, found))), []).append(name)
    for commit, names in heads.bases:
        left = [name for name in names if name not in heads.others] if heads.others else names
        groups.setdefault(name_of(commit), []).extend(left)
    total = hashlib.sha256()
    for key in sorted(key for key, names in groups.items() if names):
        total.update(struct.pack(">I", len(key)) + key + _joined(tuple(groups[key])))
    for commit_name, deleted in sorted((name_of(commit), seen is not None) for commit, seen in heads.presence.items()):
        total.update(commit_name + bytes([deleted]))
    return total.digest()


@lru_cache(maxsize=1024)
def _joined(names: tuple[str, ...]) -> bytes:
    return "\0".join(sorted(names)).encode() + b"\0\0"
