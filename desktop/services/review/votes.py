"""The votes of a meeting on one record, by the names under which they are kept."""

from collections.abc import Mapping
from typing import Any, Final

VOTES: Final = (("agreed", "同意"), ("opposed", "反对"), ("abstained", "弃权"))


def votes_of(found: Mapping[str, Any]) -> str:
    """Return the votes of a finding in words; empty where none were counted."""
    return "、".join(f"{title}{found[name]}票" for name, title in VOTES if found.get(name) is not None)
