"""一室一档 and ledgers of the workroom shown, from its page."""

from desktop.views.desk import Desk
from desktop.views.dossier_menu import DossierMenu
from desktop.views.icons import Button
from desktop.views.message_strip import MessageStrip


class DossierButton(Button):
    """Offers the years in which anything is on record."""

    def __init__(self, desk: Desk, strip: MessageStrip) -> None:
        super().__init__("一室一档", "folder", tip="把这个工作室的台账、公文和附件编成一个 PDF，或导出台账")
        self._workroom_id, self._name = "", ""
        self.choices = DossierMenu(desk, self)
        self.choices.said.connect(strip.show_message)
        self.choices.refused.connect(strip.show_error)
        self.clicked.connect(lambda: self.choices.open_for(self._workroom_id, self._name, self))

    def set_workroom(self, workroom_id: str, name: str) -> None:
        """Bind this workroom's dossier from now on."""
        self._workroom_id, self._name = workroom_id, name
