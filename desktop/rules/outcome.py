"""The outcome of one check: true, false or not known, what was said about it, and a status of its own if it has one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """Words about a check: what was found, what is required, the sentence when it holds or not, what would cure it."""

    actual: str = ""
    required: str = ""
    good: str = ""
    bad: str = ""
    cure: str = ""


NOTHING = Said()


@dataclass(frozen=True, slots=True)
class Outcome:
    """`truth` None means that a fact is missing (`missing` names it); `status` overrides what truth would give."""

    truth: bool | None
    said: Said = NOTHING
    missing: tuple[str, ...] = ()
    status: str = ""
    note: str = ""


def holds(truth: bool, said: Said) -> Outcome:
    """Return a decided outcome."""
    return Outcome(truth, said)


def unknown(*missing: str, said: Said = NOTHING) -> Outcome:
    """Return an outcome that waits for facts."""
    return Outcome(None, said, tuple(dict.fromkeys(missing)))


def untested(why: str) -> Outcome:
    """Return an outcome with nothing to test yet."""
    return Outcome(None, Said(good=why, bad=why), status="n/a")
