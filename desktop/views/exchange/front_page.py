"""The front of 数据交换: 带走 and 带回 as two large cards, and under them the exchanges so far."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.arranging import Wide, beside
from desktop.views.exchange.action_card import ActionCard
from desktop.views.exchange.exchange_log import ExchangeLog
from desktop.views.exchange.found_packages import FoundPackages
from desktop.views.exchange.partner_list import PartnerList
from desktop.views.icons import Button

NOBODY = "还没有可以交换的工会。先把“本机的身份文件”交给对方，再“认可对方”，双方核对指纹。"
NO_STICK = "插入U盘，上面给本工会的数据包会列在这里。也可以把数据包拖到窗口上。"


class FrontPage(QWidget):
    """The two cards and the log; whoever owns it connects their buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._build_layout()

    def _build_layout(self) -> None:
        cards = beside(Wide(self._carry_card()), Wide(self._bring_card()), spacing=12)
        self.log = ExchangeLog()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(cards)
        layout.addSpacing(4)
        layout.addWidget(self.log, 1)

    def _carry_card(self) -> ActionCard:
        self.carry = Button("带走…", "export", "primary")
        self.hand_over = Button("身份文件…", "key", "link", "存下本机的身份文件，交给对方，对方核对指纹后认可")
        self.key_card = Button("印密钥卡…", "print", "link", "把密钥指纹和二维码印在纸上，交给对方核对")
        self.keys = Button("密钥…", "lock", "link", "核对指纹，换用、作废密钥，写恢复份额")
        self.partners = PartnerList()
        self.nobody = theme.label(NOBODY, "quiet", wrap=True)
        words = "把对方还没有的内容做成一个数据包，存到U盘。只带对方应当看到的内容。"
        card = ActionCard("export", "带走", words, self.carry, self.hand_over, self.key_card, self.keys)
        card.body.addWidget(self.nobody)
        card.body.addWidget(self.partners, 1)
        return card

    def _bring_card(self) -> ActionCard:
        self.bring = Button("带回…", "import", "primary")
        self.accept = Button("认可对方…", "key", "link", "读入对方的身份文件")
        self.other_place = Button("其他位置…", "folder", "link", "从本机的文件夹里选择数据包")
        words = "读入对方的数据包。先看会变什么，再决定是否带回；带回以后也可以撤销。"
        card = ActionCard("import", "带回", words, self.bring, self.accept, self.other_place)
        self.found = FoundPackages()
        self.no_stick = theme.label(NO_STICK, "quiet", wrap=True)
        self.disputes = Button("", "conflict")
        self.returned = Button("", "undo")
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.disputes, self.returned):
            button.hide()
            row.addWidget(button)
        row.addStretch(1)
        card.body.addWidget(self.no_stick)
        card.body.addWidget(self.found, 1)
        card.body.addStretch(0)
        card.body.addLayout(row)
        return card

    def show_partners(self, partners: Sequence[dict[str, Any]], waiting: dict[str, int], own: str) -> None:
        """Show the accepted offices and the other PCs of this one."""
        other_pc = {"id": own, "name": "本工会的另一台电脑", "relation": "same", "last_heard": None, "fingerprint": ""}
        self.partners.show_partners([*partners, other_pc], waiting)
        self.nobody.setVisible(not partners)

    def show_packages(self, found: Sequence[dict[str, Any]]) -> None:
        """Show the packages on the sticks."""
        self.found.show_packages(found)
        self.no_stick.setVisible(self.found.isHidden())

    def show_duties(self, disputes: int, returned: int) -> None:
        """Show how many conflicts and returned records wait for a person."""
        self.disputes.setText(f"两边都改过的 {disputes} 处，去定下")
        self.disputes.setVisible(disputes > 0)
        self.returned.setText(f"上级退回 {returned} 条，去修改")
        self.returned.setVisible(returned > 0)
