"""Settling conflicts from the window: reads them in words, takes a value, a new one, or many alike at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop.views.choice_editors import make_editor
from desktop.views.exchange.conflict_list import SHOWN_AT_ONCE
from desktop.views.record_choice import record_editor
from desktop.views.value_words import specs_of, value_words

if TYPE_CHECKING:
    from desktop.views.exchange.exchange_view import ExchangeView


class Settling(QObject):
    """Joins the list of conflicts to the services; the view is where it stands."""

    def __init__(self, view: "ExchangeView") -> None:
        super().__init__(view)
        self._view = view
        self._shown = SHOWN_AT_ONCE
        self.total = 0

    def connect_list(self) -> None:
        """Connect the list's signals."""
        listed = self._view.conflicts
        listed.taken.connect(lambda conflict, write: self.resolve(conflict, take=write))
        listed.given.connect(lambda conflict, value: self.resolve(conflict, value=value))
        listed.settled.connect(self.resolve_alike)
        listed.opened.connect(lambda noun, record: self._view.desk.go.emit("registry", noun, record))
        listed.more_wanted.connect(self._show_more)

    def editor(self, conflict: dict[str, Any]) -> Any:
        """Return the editor for a new value of a conflict's field; None about a deletion."""
        spec = specs_of(conflict["noun"]).get(conflict["field"])
        if conflict["kind"] != "edit" or spec is None or spec.type == "json":
            return None
        if spec.type == "reference":
            return record_editor(self._view.desk, spec.target)
        return make_editor("number" if spec.type == "decimal" else spec.type, tuple(spec.choices))

    def read(self, session: Any) -> tuple[list[dict[str, Any]], list[Any]]:
        """Return the disputes to show, in words and with their papers, and the groups that are alike."""
        from desktop.services import exchange
        from desktop.services.journal.alike import alike

        found = exchange.conflicts(session)
        self.total = len(found)
        return [self._in_words(session, one) for one in found[: self._shown]], alike(found)

    def _in_words(self, session: Any, one: dict[str, Any]) -> dict[str, Any]:
        from desktop.services.paper import disputed

        papers = disputed.papers_by_value(session, one)
        values = [
            {**value, "words": value_words(session, one["noun"], one["field"], value["value"]), "papers": used}
            for value, used in zip(one["values"], papers, strict=True)
        ]
        return {**one, "values": values}

    def _show_more(self) -> None:
        self._shown += SHOWN_AT_ONCE
        self._view.refresh(frozenset())

    def resolve(self, conflict: str, **choice: Any) -> None:
        """Settle one conflict by a write (`take`) or a new value (`value`)."""
        from desktop.services import exchange

        self._view.operations.run(
            "定下冲突",
            lambda session: exchange.resolve(session, conflict, **choice),
            None,
            self._view.tell,
            undoable=False,
        )

    def resolve_alike(self, ids: Sequence[str], office: str) -> None:
        """Settle many conflicts by what one office wrote."""
        from desktop.services.journal.alike import resolve_alike

        def done(count: int) -> None:
            self._view.strip.show_message(f"已一次定下 {count} 处。", "pass")

        self._view.operations.run_long(
            "一次定下相同的冲突",
            lambda session, _progress: resolve_alike(session, ids, office),
            done,
            self._view.tell,
            undoable=False,
        )
