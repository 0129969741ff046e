"""The regulations that this program knows, and those that an office works under."""

from datetime import date
from functools import cache

from desktop.errors import NotFound
from desktop.paths import resource_folder
from desktop.rules.catalogue import in_force, load_all
from desktop.rules.regulation import Regulation


@cache
def catalogue() -> dict[str, Regulation]:
    """Return all bundled regulations by id; read once."""
    return dict(load_all(resource_folder() / "regulations"))


def regulation(regulation_id: str) -> Regulation:
    """Return one regulation, or raise NotFound listing those that exist."""
    found = catalogue().get(regulation_id)
    if found is None:
        known = "、".join(sorted(catalogue()))
        raise NotFound(f"没有这个办法：{regulation_id}。现有：{known}。", regulation_id)
    return found


def current(on: date) -> list[Regulation]:
    """Return the regulations in force on a day."""
    return list(in_force(catalogue(), on))
