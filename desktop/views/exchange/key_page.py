"""密钥: this office's and those known of others, with fingerprints to compare; change, declare void, share out."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.views import formats, theme
from desktop.views.arranging import Wide, beside, stacked
from desktop.views.editors import TextEditor
from desktop.views.icons import Button
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.table_view import TableView

RELATIONS: Final = {
    "self": "本工会",
    "former": "以前的密钥",
    "parent": "上级",
    "child": "下级",
    "peer": "平级",
    "vouched": "由其他工会证明",
}
KEYS: Final = (
    Column("name", "工会", 0),
    Column("relation", "关系", 120, show=lambda one: RELATIONS.get(one["relation"], one["relation"])),
    Column("fingerprint", "指纹", 330),
    Column("accepted_at", "登记日期", 120, show=lambda one: formats.date_text(one["accepted_at"][:10])),
    Column("state", "状态", 80, show=lambda one: "已作废" if one["revoked_at"] else "有效"),
)


class KeyPage(QWidget):
    """`changed` follows 换用新密钥, `shared` 写恢复份额, `revoked(key, name, reason)` 声明作废."""

    changed = Signal()
    shared = Signal()
    revoked = Signal(str, str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.change = Button("换用新密钥…", "key", tip="旧密钥为新密钥作保，对方收到下一个数据包时自动跟上")
        self.share = Button("写恢复份额…", "people", tip="把密钥分成几份交不同的人保管，凑齐两份才能恢复")
        self.back = Button("返回")
        head = beside(Wide(theme.label("密钥", "heading")), self.share, self.change, self.back, spacing=8)
        words = "指纹与纸质登记一致，才是对方本人。换用、作废都会随数据包告诉其他工会，不能撤销。"
        self.model = RecordTableModel(KEYS)
        self.table = TableView(dense=True)
        self.table.setModel(self.model)
        self.table.setAccessibleName("密钥清单")
        self.reason = TextEditor()
        self.reason.set_placeholder("作废的原因，例如：电脑被盗")
        self.reason.setAccessibleName("作废的原因")
        self.revoke = Button("声明这把密钥作废…", "fail")
        foot = beside(Wide(self.reason), self.revoke, spacing=8)
        stacked(head, theme.label(words, "quiet", wrap=True), Wide(self.table), foot, on=self, margins=0, spacing=8)

    def _connect_signals(self) -> None:
        self.change.clicked.connect(self.changed)
        self.share.clicked.connect(self.shared)
        self.back.clicked.connect(self.left)
        self.revoke.clicked.connect(self._revoke)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_buttons())

    def show_keys(self, keys: Sequence[dict[str, Any]]) -> None:
        """Show the keys known here (`keyring.office_keys`)."""
        self.model.set_rows([{**one, "id": one["key"]} for one in keys])
        self.reason.set_value("")
        self._show_buttons()

    def _chosen(self) -> dict[str, Any] | None:
        rows = [self.model.record(row) for row in self.table.selected_rows()]
        return next((one for one in rows if one["relation"] != "self" and not one["revoked_at"]), None)

    def _show_buttons(self) -> None:
        self.revoke.setEnabled(self._chosen() is not None)

    def _revoke(self) -> None:
        self.reason.commit()
        chosen, reason = self._chosen(), str(self.reason.value() or "").strip()
        if not reason:
            self.reason.set_error("请写明作废的原因")
            self.reason.setFocus()
        elif chosen is not None:
            self.revoked.emit(chosen["key"], chosen["name"], reason)
