"""Handing records down: closed at the office above, made anew at the one beneath, where they travel to it."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from desktop.models import capture
from desktop.models.document import Document
from desktop.services import identity
from desktop.services.journal.ledger import Ledger
from desktop.services.journal.ownership import Owners
from desktop.services.record.deletion import references
from desktop.services.record.fields import model_of

CARRIED = ("people", "units")
"""What is taken along where a record that goes down names it."""


class Handing:
    """Tells within one transaction whose data records are, and which go down to `office`; None hands nothing down."""

    def __init__(self, session: Session, office: str | None = None) -> None:
        self.session = session
        self.office = office
        self.kept_back = 0

    @cached_property
    def owners(self) -> Owners:
        """Whose data records are, as the change log knows it."""
        raw = capture.driver(self.session.connection())
        return Owners(Ledger(raw), identity.office_id_if_any(self.session) or "")

    def owner(self, noun: str, record_id: str) -> str | None:
        """Return the office whose data a record is; None while the transaction that makes it is open."""
        scope = self.owners.scope_of(noun, record_id)
        return None if scope is None else self.owners.ledger.scope(scope)[0]

    def reaches(self, office: str, noun: str, record_id: str) -> bool:
        """Tell whether an office beneath this one has a record, or will get it."""
        scope = self.owners.scope_of(noun, record_id)
        return scope is None or self.owners.has(office, *self.owners.ledger.scope(scope))

    def goes_down(self, noun: str, row: Any) -> bool:
        """Tell whether a record is made anew for the lower office; `kept_back` counts those that cannot be."""
        if (
            self.office is None
            or self.owner(noun, row.id) in (None, self.office)
            or self.reaches(self.office, noun, row.id)
        ):
            return False
        if self._is_fixed(noun, row):
            self.kept_back += 1
            return False
        return True

    def taken_along(self, noun: str, row: Any) -> Iterator[tuple[str, Any]]:
        """Yield the people and units that a record names and the lower office does not have, each with its noun.

        One that a third office names stays where it is.
        """
        for child, name, target in references():
            named = getattr(row, name) if child == noun and target in CARRIED else None
            if named is not None and self.office is not None and not self.reaches(self.office, target, named):
                found = self.session.get(model_of(target), named)
                if found is not None and not self._is_fixed(target, found) and not self._is_shared(target, named):
                    yield target, found

    def copied(self, row: Any, **changes: Any) -> Any:
        """Add a record that says the same under an id of its own, but for `changes`."""
        names = [item.key for item in inspect(type(row)).column_attrs if item.key != "id"]
        made = type(row)(**{**{name: getattr(row, name) for name in names}, **changes})
        self.session.add(made)
        self.session.flush()
        return made

    def _is_fixed(self, noun: str, row: Any) -> bool:
        """Tell whether a paper was issued about a record, or money paid on it or on what names it."""
        papers = select(func.count()).select_from(Document).filter_by(subject_id=row.id)
        paid = getattr(row, "transferred_on", None) is not None or getattr(row, "state", "") == "已签领"
        if paid or self.session.scalar(papers):
            return True
        return noun not in CARRIED and any(self._is_fixed(child, one) for child, one in self._naming(noun, row.id))

    def _is_shared(self, noun: str, record_id: str) -> bool:
        owners = {self.owner(child, row.id) for child, row in self._naming(noun, record_id)}
        return not owners <= {None, self.office, self.owners.office}

    def _naming(self, noun: str, record_id: str) -> Iterator[tuple[str, Any]]:
        for child, name, target in references():
            if target == noun:
                model: Any = model_of(child)
                for row in self.session.scalars(select(model).where(getattr(model, name) == record_id)):
                    yield child, row
