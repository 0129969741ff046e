"""数据交换: 带走 and 带回 as two large cards, the last exchanges under them, preview and conflicts on demand."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import DesktopError
from desktop.views import theme
from desktop.views.desk import Desk, View
from desktop.views.exchange.action_card import ActionCard
from desktop.views.exchange.conflict_list import ConflictList
from desktop.views.exchange.exchange_log import ExchangeLog
from desktop.views.exchange.partner_list import PartnerList
from desktop.views.exchange.preview_page import PreviewPage, change_words
from desktop.views.exchange.trusting import accept_identity, hand_over_identity
from desktop.views.icons import Button
from desktop.views.operation import EVERYTHING
from desktop.views.value_words import value_words

PACKAGE: Final = "数据包 (*.wrpack)"
ENDING: Final = ".wrpack"


class ExchangeView(View):
    """The stick's desk."""

    nouns = EVERYTHING

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._package: tuple[Path, dict[str, Any]] | None = None
        super().__init__(desk, parent)

    # -- layout ----------------------------------------------------------------------------------------------------

    def _build_layout(self) -> None:
        self.front = self._front()
        self.preview = PreviewPage(self._describe)
        self.conflicts = ConflictList()
        self.stack = QStackedWidget()
        for page in (self.front, self.preview, self.conflicts):
            self.stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(theme.label("数据交换", "title"))
        layout.addWidget(self.strip)
        layout.addWidget(self.stack, 1)

    def _front(self) -> QWidget:
        page = QWidget()
        page.setObjectName("page")
        cards = QHBoxLayout()
        cards.setSpacing(12)
        cards.addWidget(self._carry_card(), 1)
        cards.addWidget(self._bring_card(), 1)
        self.log = ExchangeLog()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(cards)
        layout.addSpacing(4)
        layout.addWidget(self.log, 1)
        return page

    def _carry_card(self) -> ActionCard:
        self.carry = Button("带走…", "export", "primary")
        self.hand_over = Button("本机的身份文件…", "key", "link", "交给对方，对方核对指纹后认可")
        self.partners = PartnerList()
        self.nobody = theme.label(
            "还没有可以交换的工会。先把“本机的身份文件”交给对方，再“认可对方”，双方核对指纹。", "quiet", wrap=True
        )
        words = "把对方还没有的内容做成一个数据包，存到U盘。只带对方应当看到的内容。"
        card = ActionCard("export", "带走", words, self.carry, self.hand_over)
        card.body.addWidget(self.partners)
        card.body.addWidget(self.nobody)
        card.body.addStretch(1)
        return card

    def _bring_card(self) -> ActionCard:
        self.bring = Button("带回…", "import")
        self.accept = Button("认可对方…", "key", "link", "读入对方的身份文件")
        words = "读入对方的数据包。先看会变什么，再决定是否带回；带回以后也可以撤销。把数据包拖到窗口上也可以。"
        card = ActionCard("import", "带回", words, self.bring, self.accept)
        self.disputes = Button("", "conflict")
        card.body.addWidget(self.disputes)
        card.body.addStretch(1)
        return card

    def _connect_signals(self) -> None:
        self.carry.clicked.connect(self._ask_carry)
        self.bring.clicked.connect(self._ask_bring)
        self.hand_over.clicked.connect(lambda: hand_over_identity(self))
        self.accept.clicked.connect(lambda: accept_identity(self))
        self.preview.accepted.connect(self._take_package)
        self.preview.refused.connect(self._back)
        self.disputes.clicked.connect(self._show_conflicts)
        self.conflicts.left.connect(self._back)
        self.conflicts.taken.connect(lambda conflict, write: self._resolve(conflict, take=write))
        self.conflicts.given.connect(lambda conflict, value: self._resolve(conflict, value=value))
        self.log.undo_requested.connect(self._undo)

    # -- showing ---------------------------------------------------------------------------------------------------

    def arrive(self) -> None:
        """Read partners, exchanges and conflicts."""
        self.operations.when_ready(self._read)

    def refresh(self, nouns: frozenset[str]) -> None:
        """Read them again."""
        self._read()

    def _read(self) -> None:
        from desktop.services import exchange

        partners, log, disputes = self.operations.read(
            lambda session: (exchange.partners(session), exchange.exchanges(session), exchange.conflicts(session))
        )
        names = {partner["id"]: partner["name"] for partner in partners}
        self.partners.show_partners(partners, self.desk.waiting_by_office())
        self.partners.setVisible(bool(partners))
        self.nobody.setVisible(not partners)
        self.carry.setEnabled(bool(partners))
        self.log.show_exchanges(log, names)
        self.disputes.setText(f"两边都改过的 {len(disputes)} 处，去定下")
        self.disputes.setVisible(bool(disputes))
        self.conflicts.show_conflicts([self._in_words(dispute) for dispute in disputes])

    def _describe(self, noun: str, field: str, value: Any) -> str:
        return str(self.operations.read(lambda session: value_words(session, noun, field, value)))

    def _in_words(self, dispute: dict[str, Any]) -> dict[str, Any]:
        values = [
            {**value, "words": self._describe(dispute["noun"], dispute["field"], value["value"])}
            for value in dispute["values"]
        ]
        return {**dispute, "values": values}

    def _back(self) -> None:
        self._package = None
        self.stack.setCurrentWidget(self.front)

    def show_record(self, noun: str, record_id: str) -> None:
        """Open the preview of a package file that was dropped on the window."""
        if noun == "file":
            self.inspect(Path(record_id))

    # -- 带走 -------------------------------------------------------------------------------------------------------

    def _ask_carry(self) -> None:
        chosen = self.partners.chosen()
        if not chosen:
            self.strip.show_message("请先勾选要带给哪个工会。", "warn")
            return
        name = f"工作室数据-{datetime.now():%Y%m%d-%H%M}{ENDING}"
        out, _filter = QFileDialog.getSaveFileName(self, "带走：存到U盘", name, PACKAGE)
        if out:
            self.export_to(Path(out), chosen)

    def export_to(self, out: Path, to: list[str]) -> None:
        """Make a package for these offices."""
        from desktop.services import exchange

        def done(result: dict[str, Any]) -> None:
            count, number = sum(result["records"].values()), result["number"]
            words = f"已带走 {count} 条内容（第 {number} 号数据包），写入并读回核对无误：{out}"
            self.strip.show_message(words + "。可以拔出U盘了。", "pass", "知道了")
            self._read()

        self.operations.run_long(
            "制作数据包",
            lambda session, _progress: exchange.export_package(session, out, to),
            done,
            self.tell,
            undoable=False,
        )

    # -- 带回 -------------------------------------------------------------------------------------------------------

    def _ask_bring(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self, "带回：选择数据包", "", f"{PACKAGE};;所有文件 (*)")
        if chosen:
            self.inspect(Path(chosen))

    def inspect(self, path: Path) -> None:
        """Show what a package would change."""
        from desktop.services import exchange

        def work(database: Any, _progress: Any) -> Any:
            return exchange.inspect(path), exchange.import_package(database, path, preview=True)

        def done(found: tuple[dict[str, Any], dict[str, Any]]) -> None:
            package, result = found
            self._package = (path, package)
            self.preview.show_preview(package, result)
            self.stack.setCurrentWidget(self.preview)
            self.preview.take.setFocus()

        self.strip.clear()
        self.operations.run_over_database("预览数据包", work, done, self.tell, writes=False)

    def _take_package(self) -> None:
        from desktop.services import exchange

        assert self._package is not None
        path, package = self._package

        def done(result: dict[str, Any]) -> None:
            self._back()
            self.strip.show_message(
                f"已带回：{change_words(result)}", "pass", "撤销此次带回", lambda: self._undo(result["import_id"])
            )

        self.operations.run_over_database(
            "带回数据包",
            lambda database, _progress: exchange.import_package(database, path, expected=package["package_sha256"]),
            done,
            self._not_taken,
        )

    def _not_taken(self, error: DesktopError) -> None:
        self._back()
        self.tell(error)

    def _undo(self, import_id: str) -> None:
        from desktop.services import exchange

        self.operations.run_over_database(
            "撤销带回",
            lambda database, _progress: exchange.undo_import(database, import_id),
            lambda _result: self.strip.show_message("已撤销此次带回，其后的修改都保留。", "info"),
            self.tell,
        )

    # -- conflicts -------------------------------------------------------------------------------------------------

    def _show_conflicts(self) -> None:
        self.stack.setCurrentWidget(self.conflicts)

    def _resolve(self, conflict: str, **choice: Any) -> None:
        from desktop.services import exchange

        self.operations.run(
            "定下冲突", lambda session: exchange.resolve(session, conflict, **choice), None, self.tell, undoable=False
        )
