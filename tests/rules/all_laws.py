"""The eight regulations, loaded once for the tests that look over all of them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from desktop.rules.loader import load
from desktop.rules.regulation import Regulation

ROOT = Path(__file__).parents[2]
IDS = json.loads((ROOT / "tests" / "data" / "extracted_rule_ids.json").read_text(encoding="utf-8"))


@cache
def law_of(law_id: str) -> Regulation:
    """Return one regulation of the resources by its id."""
    return load(ROOT / "resources" / "regulations" / f"{law_id}.toml")


@cache
def laws() -> tuple[Regulation, ...]:
    """Return all eight regulations."""
    return tuple(law_of(law_id) for law_id in IDS)
