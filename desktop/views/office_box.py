"""本工会的资料: what papers and judgements take from this office's own record, and the regulations it works under."""

from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.desk import Desk
from desktop.views.icons import Button
from desktop.views.message_strip import MessageStrip
from desktop.views.record_form import RecordForm

FIELDS: Final = ("name", "document_code", "chair", "region", "address", "contact", "phone")
ID: Final = Qt.ItemDataRole.UserRole


class OfficeBox(QDialog):
    """A form that saves as it is typed; nothing waits for it to be closed."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._build_layout()
        self._connect_signals()
        self._read()

    def _build_layout(self) -> None:
        self.setWindowTitle("本工会的资料")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.strip = MessageStrip()
        self.form = RecordForm(self._desk, "offices", FIELDS)
        self.laws = QListWidget()
        self.laws.setAccessibleName("适用办法")
        self.laws.setMinimumHeight(theme.px(248))
        self.close_button = Button("关闭")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(theme.label("公文的发文机关、代字和签发人从这里取用；填写后随时保存。", "quiet", wrap=True))
        layout.addWidget(self.strip)
        layout.addWidget(self.form)
        layout.addWidget(theme.label("适用办法（一个也不选，就按全部现行办法）", "strong"))
        layout.addWidget(self.laws, 1)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(theme.px(720), theme.px(600))

    def _connect_signals(self) -> None:
        self.close_button.clicked.connect(self.close)
        self.laws.itemChanged.connect(lambda _item: self._save_laws())

    def _read(self) -> None:
        from desktop.services import records, regulation

        office_id = self._desk.office_id
        office, laws = self._desk.operations.read(
            lambda session: (
                records.get_record(session, "offices", office_id),
                regulation.choosable(session, date.today()),
            )
        )
        self.form.show_record(office)
        self.laws.blockSignals(True)
        for law, note in laws:
            item = QListWidgetItem(f"{law.title}{note}")
            item.setData(ID, law.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            chosen = law.id in office["regulations"]
            item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
            self.laws.addItem(item)
        self.laws.blockSignals(False)

    def chosen(self) -> list[str]:
        """Return the ids of the ticked regulations."""
        items = [self.laws.item(row) for row in range(self.laws.count())]
        return [str(item.data(ID)) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _save_laws(self) -> None:
        from desktop.services import records

        data: dict[str, Any] = {"id": self.form.record_id, "regulations": self.chosen()}
        self._desk.operations.run(
            "选定适用办法",
            lambda session: records.put_records(session, "offices", data),
            otherwise=self.strip.show_error,
        )
