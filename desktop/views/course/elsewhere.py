"""The ways that lead from a road to other pages: its papers, the office's books, the record and its fields."""

from typing import Final

from desktop.views.desk import Desk

WHERE: Final = {"applications": "wizard", "awards": "wizard", "grants": "allocation"}
"""The view that shows a record of a noun; the register shows the rest."""


class Elsewhere:
    """Goes from the road of a record, told by its noun (with or without a flow) and id; from none nothing happens."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def go_to_paper(self, road: str, record_id: str, kind: str, noun: str) -> None:
        """Go to a paper of the record itself or of its workroom, as `noun` says."""
        own, _, _flow = road.partition(".")
        if record_id:
            about = record_id if noun == own else self.workroom_of(own, record_id)
            self._desk.go.emit("document", f"{noun}.{kind}", about)

    def go_to_book(self, road: str, record_id: str, book: str) -> None:
        """Go to one of the office's books at the record's entry; plaques are kept by workroom."""
        noun, _, _flow = road.partition(".")
        if record_id and book == "plaques":
            self._desk.go.emit(book, "workrooms", self.workroom_of(noun, record_id))
        elif record_id:
            self._desk.go.emit(book, noun, record_id)

    def go_to_source(self, road: str, record_id: str, noun: str, source_id: str, field: str) -> None:
        """Go to the field of the register that an answer comes from; what has none is on the record's own page."""
        if noun == "workrooms":
            self._desk.go.emit("registry", f"workrooms.{field}" if field else "workrooms", source_id)
        else:
            self.go_to_record(road, record_id)

    def go_to_record(self, road: str, record_id: str) -> None:
        """Go to the page where the record is filled in."""
        noun, _, _flow = road.partition(".")
        if noun in WHERE:
            self._desk.go.emit(WHERE[noun], noun, record_id)
        elif record_id:
            self._desk.go.emit("registry", noun, self.workroom_of(noun, record_id))

    def workroom_of(self, noun: str, record_id: str) -> str:
        """Return the id of the workroom that a record is of; "" where it has none."""
        from desktop.services import records

        if noun == "workrooms":
            return record_id
        row = self._desk.operations.read(lambda session: records.get_record(session, noun, record_id))
        return str(row.get("workroom_id") or row.get("lead_workroom_id") or "")
