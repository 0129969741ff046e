"""What the register changes: a workroom added, several deleted or set alike; the strip tells, one step undoes."""

from collections.abc import Sized
from typing import TYPE_CHECKING, Any, Final

from desktop.errors import DesktopError
from desktop.views.background import Progress

if TYPE_CHECKING:
    from desktop.views.registry.bulk_panel import BulkPanel
    from desktop.views.registry.registry_view import RegistryView

NEW_NAME: Final = "新工作室"
AT_ONCE: Final = 3
"""So many are deleted within a frame or two; more beside the window, with their progress."""


class RegistryChanges:
    """Makes the changes of one register and shows what came of them."""

    def __init__(self, view: "RegistryView") -> None:
        self._view = view

    def add(self) -> None:
        """Add a workroom of this office and go to its name."""
        from desktop.services import identity, records

        def change(session: Any) -> Any:
            record = {"name": NEW_NAME, "office_id": identity.own_office_id(session)}
            return records.put_records(session, "workrooms", record)[0]["id"]

        self._view.operations.run("新增工作室", change, self._added)

    def _added(self, record_id: str) -> None:
        self._view.source.show_added(record_id)
        self._view.show_record("workrooms.name", record_id)

    def delete_rows(self, places: list[int]) -> None:
        """Delete the workrooms at some places of the list, with all that belongs to them."""
        self._delete(self._view.model.rows(places))

    def delete(self, record_id: str) -> None:
        """Delete a workroom with all that belongs to it."""
        row = self._view.source.row_of(record_id)
        if row is not None:
            self._delete([row])

    def _delete(self, rows: list[int]) -> None:
        from desktop.services import records, registry

        path, words = self._view.operations.path, f"删除{_counted(rows)}"

        def change(session: Any, progress: Progress | None = None) -> list[str]:
            ids, names = registry.workroom_ids(path, rows), []
            for number, record_id in enumerate(ids):
                if progress is not None:
                    progress.report(number, len(ids), words)
                names.append(records.get_record(session, "workrooms", record_id)["name"])
                try:
                    records.delete_record(session, "workrooms", record_id)
                except DesktopError as error:
                    if len(ids) > 1:
                        error.message = f"“{names[-1]}”：{error.message}"
                    raise
            return names

        def done(names: list[str]) -> None:
            self._deleted(rows, names)

        if len(rows) <= AT_ONCE:
            self._view.operations.run(words, change, done)
        else:
            self._view.operations.run_long(words, change, done)

    def _deleted(self, rows: list[int], names: list[str]) -> None:
        view = self._view
        position = view.table.currentIndex().row()
        view.source.show_removed(rows)
        if view.model.rowCount():
            view.table.selectRow(min(max(position, 0), view.model.rowCount() - 1))
        else:
            view.show_current()
        words = f"“{names[0]}”" if len(names) == 1 else _counted(names)
        view.strip.show_message(f"已删除{words}及其成员、课题、成果。", "info", "撤销", view.operations.undo)

    def join(self, panel: "BulkPanel") -> None:
        """Follow the panel over several selected workrooms."""
        from desktop.views.registry.export import export_list

        panel.applied.connect(self._set_alike)
        panel.export_wanted.connect(lambda: export_list(self._view, "workrooms", panel.ids))
        panel.left.connect(self.select_one)

    def select_one(self) -> None:
        """Leave only the row under the cursor selected."""
        self._view.table.selectRow(self._view.table.currentIndex().row())

    def _set_alike(self, count: int) -> None:
        view = self._view
        view.strip.show_message(f"已修改 {count:,} 个工作室。", "pass", "撤销", view.operations.undo)


def _counted(several: Sized) -> str:
    return "工作室" if len(several) == 1 else f"{len(several):,}个工作室"
