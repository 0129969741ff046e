"""What the register changes: a workroom added, several deleted or set alike; the strip tells, one step undoes."""

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from desktop.views.registry.bulk_panel import BulkPanel
    from desktop.views.registry.registry_view import RegistryView

NEW_NAME: Final = "新工作室"


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
        self._view.source.reload_now()
        self._view.show_record("workrooms.name", record_id)

    def delete_rows(self, rows: list[int]) -> None:
        """Delete the workrooms in some rows of the list."""
        self.delete(self._view.source.ids(self._view.model.rows(rows)))

    def delete(self, ids: list[str]) -> None:
        """Delete workrooms with all that belongs to them."""
        from desktop.services import records

        def change(session: Any) -> list[str]:
            names = [records.get_record(session, "workrooms", record_id)["name"] for record_id in ids]
            for record_id in ids:
                records.delete_record(session, "workrooms", record_id)
            return names

        what = "工作室" if len(ids) == 1 else f"{len(ids)}个工作室"
        self._view.operations.run(f"删除{what}", change, self._deleted)

    def _deleted(self, names: list[str]) -> None:
        view = self._view
        position = view.table.currentIndex().row()
        view.source.reload_now()
        if view.model.rowCount():
            view.table.selectRow(min(max(position, 0), view.model.rowCount() - 1))
        else:
            view.show_current()
        words = f"“{names[0]}”" if len(names) == 1 else f"{len(names)}个工作室"
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
        view.strip.show_message(f"已修改 {count} 个工作室。", "pass", "撤销", view.operations.undo)
