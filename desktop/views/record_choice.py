"""Editors that choose a stored record of a noun by its name."""

from typing import Any, Final

from desktop.errors import DesktopError
from desktop.views.desk import Desk
from desktop.views.reference_editor import Found, ReferenceEditor

OFFERED: Final = 12
# What may be added by its name alone while choosing.
ADDED_BY_NAME: Final = {"people": "人员", "units": "单位"}


def record_editor(desk: Desk, noun: str) -> ReferenceEditor:
    """Return an editor that chooses a record of `noun`; people and units can be added on the way."""

    def find(text: str) -> Found:
        return desk.operations.read(lambda session: _find(session, noun, text))  # type: ignore[no-any-return]

    def describe(record_id: str) -> str:
        return str(desk.operations.read(lambda session: _name(session, noun, record_id)))

    def create(text: str) -> str | None:
        made: list[str] = []
        desk.operations.run(
            f"新增{ADDED_BY_NAME[noun]}“{text}”", lambda session: _create(session, noun, text), made.append
        )
        return made[0] if made else None

    return ReferenceEditor(find, describe, create if noun in ADDED_BY_NAME else None)


def _find(session: Any, noun: str, text: str) -> Found:
    from desktop.services.record.finding import find_some

    found = find_some(session, noun, text, OFFERED)
    words = [f"{one.name}　{one.beside}" if one.beside else one.name for one in found]
    # Two of one name in one unit are told apart by their numbers.
    several = {text for text in words if words.count(text) > 1}
    return [
        (one.id, f"{shown}　{one.number or f'（{place}）'}" if shown in several else shown)
        for place, (one, shown) in enumerate(zip(found, words, strict=True), start=1)
    ]


def _name(session: Any, noun: str, record_id: str) -> str:
    from desktop.services import records

    try:
        return str(records.get_record(session, noun, record_id)["name"])
    except DesktopError:
        # A record of another office that has not come with any package yet.
        return "（资料还没有收到）"


def _create(session: Any, noun: str, name: str) -> str:
    from desktop.services import identity, records

    made = records.put_records(session, noun, {"name": name, "office_id": identity.own_office_id(session)})
    return str(made[0]["id"])
