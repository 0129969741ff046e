"""The menus of the register and its panel for several rows, each built when it is first used."""

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.views.registry.bulk_panel import BulkPanel
    from desktop.views.registry.column_menu import ColumnMenu
    from desktop.views.registry.filter_menu import FilterMenu
    from desktop.views.registry.list_menu import ExportMenu, MoreMenu
    from desktop.views.registry.registry_view import RegistryView


class RegistryMenus:
    """What opens over the register. The first page waits for none of it."""

    def __init__(self, view: "RegistryView") -> None:
        self._view = view

    @cached_property
    def columns(self) -> "ColumnMenu":
        """Which columns are shown, and sets of them."""
        from desktop.views.registry.column_menu import ColumnMenu

        menu = ColumnMenu(self._view.desk, self._view.model, self._view)
        menu.chosen.connect(self._view.show_columns)
        menu.sort_wanted.connect(self._view.sort_by)
        return menu

    @cached_property
    def filters(self) -> "FilterMenu":
        """The questions kept under names."""
        from desktop.views.registry.filter_menu import FilterMenu

        menu = FilterMenu(self._view.desk, self._view.tools, self._view)
        menu.chosen.connect(lambda question: self._view.tools.ask(*question))
        return menu

    @cached_property
    def exports(self) -> "ExportMenu":
        """What can be written of the list."""
        from desktop.views.registry.list_menu import ExportMenu

        return ExportMenu(self._view)

    @cached_property
    def more(self) -> "MoreMenu":
        """What is needed now and then."""
        from desktop.views.registry.list_menu import MoreMenu

        return MoreMenu(self._view)

    @cached_property
    def bulk(self) -> "BulkPanel":
        """What can be done with several workrooms at once; over the list while several are selected."""
        from desktop.views.registry.bulk_panel import BulkPanel

        panel = BulkPanel(self._view.desk, "workrooms", self._view.left)
        self._view.left_column.insertWidget(0, panel)
        panel.hide()
        self._view.changes.join(panel)
        return panel

    def has_bulk(self) -> bool:
        """Whether the panel was built already."""
        return "bulk" in self.__dict__
