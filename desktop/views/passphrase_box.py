"""The box that asks for a passphrase and what goes with it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QWidget

from desktop.views import theme
from desktop.views.arranging import ROOM, beside, stacked
from desktop.views.field_editor import FieldEditor
from desktop.views.icons import Button
from desktop.views.message_strip import MessageStrip
from desktop.views.seals.editors import SecretEditor


class PassphraseBox(QDialog):
    """A few fields, a strip for what is wrong, and two buttons."""

    def __init__(self, title: str, words: str, action: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._texts = (title, words, action)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        title, words, action = self._texts
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.strip = MessageStrip()
        self.passphrase = SecretEditor()
        self.leave, self.accept_button = Button("取消"), Button(action, role="primary")
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(theme.px(12))
        self.form.setVerticalSpacing(theme.px(8))
        self._add_fields()
        buttons = beside(ROOM, self.leave, self.accept_button)
        stacked(
            theme.label(words, "quiet", wrap=True),
            self.strip,
            self.form,
            buttons,
            on=self,
            margins=(20, 16, 20, 16),
            spacing=12,
        )
        self.setMinimumWidth(theme.px(480))

    def _add_fields(self) -> None:
        raise NotImplementedError

    def _add(self, title: str, editor: FieldEditor) -> None:
        editor.setAccessibleName(title)
        self.form.addRow(theme.label(title, "quiet"), editor)

    def _connect_signals(self) -> None:
        self.leave.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self._take)

    def _take(self) -> None:
        raise NotImplementedError

    def _wants(self, editor: FieldEditor, words: str) -> bool:
        """Tell whether a field is empty, and say at it what is wanted."""
        editor.commit()
        if editor.value():
            return False
        editor.set_error(words)
        editor.setFocus()
        return True

    def _agreed(self, first: FieldEditor, again: FieldEditor) -> bool:
        """Tell whether a new passphrase is long enough and was typed twice the same; say at the field when not."""
        from desktop.services import store

        if self._wants(first, "请写一个口令") or self._wants(again, "请再输一次"):
            return False
        if len(str(first.value())) < store.LEAST_CHARACTERS:
            first.set_error(f"口令太短：至少{store.LEAST_CHARACTERS}个字符")
            return False
        if first.value() != again.value():
            again.set_error("两次输入的口令不同")
            return False
        return True
