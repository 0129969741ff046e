"""用印管理: the seals, their keepers, and the register of what was done with them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QSplitter, QWidget

from desktop.views import theme
from desktop.views.ask_form import AskForm
from desktop.views.editors import TextEditor
from desktop.views.icons import Button
from desktop.views.ledgers.ledger_page import LedgerPage, button_row, pane
from desktop.views.record_table_model import Column, RecordTableModel
from desktop.views.seals.editors import CERTIFICATES, IMAGES, PDFS, FileEditor, SecretEditor
from desktop.views.seals.file_desk import FileDesk
from desktop.views.table_view import TableView

SEALS: Final = (
    Column("name", "印章", 0),
    Column("issuer", "用印机关", 0),
    Column("diameter_mm", "直径（毫米）", 104, show=lambda row: f"{row['diameter_mm']:g}"),
    Column("keeper", "保管人", 96),
    Column("state", "状态", 80),
    Column("here", "图像", 120, show=lambda row: "在本机，已加锁" if row["here"] else "不在本机"),
)
USES: Final = (
    Column("used_at", "时间", 150, show=lambda row: row["used_at"][:16].replace("T", " ")),
    Column("action", "事项", 84),
    Column("seal_name", "印章", 160),
    Column("title", "文件", 0),
    Column("document_number", "文号或短码", 160, show=lambda row: row["document_number"] or row["short_code"]),
    Column("purpose", "用途", 0, show=lambda row: row["purpose"] or row["note"]),
    Column("approved_by", "批准人", 80),
    Column("keeper", "保管人", 80),
    Column("paper_sha256", "文件校验值", 150),
)
LAW: Final = (
    "印章图像只是图片，不是《电子签名法》所说的可靠电子签名，也不是国家标准的电子印章；正式文件仍应加盖实物印章。"
    "图像用保管人自己的口令加锁，口令忘了不能找回，只能停用后重新登记。"
)


class SealView(LedgerPage):
    """The seals above, what was done with them below; nothing in the register can be changed."""

    title_words = "用印管理"
    empty = ("stamp", "还没有登记印章", LAW, "登记印章")
    nouns = frozenset({"seals", "seal_uses"})

    def _actions(self) -> tuple[QWidget, ...]:
        self.files = FileDesk(self.operations, self)
        self.sign = Button("签名…", "key", tip="用本单位的证书给做好的PDF签名")
        self.verify = Button("核验文件…", "pass", tip="签名是否完好，是不是归档的那一份")
        self.export = Button("导出登记…", "table")
        self.print_register = Button("用印登记簿…", "print", tip="今年的用印登记簿，PDF")
        self.keep = Button("登记印章…", "stamp", "primary")
        return self.sign, self.verify, self.export, self.print_register, self.keep

    def _content(self) -> QWidget:
        self.model, self.entries = RecordTableModel(SEALS), RecordTableModel(USES)
        self.table, self.register = TableView(dense=True), TableView(dense=True)
        for table, model, name in ((self.table, self.model, "印章"), (self.register, self.entries, "用印登记")):
            table.setModel(model)
            table.setAccessibleName(name)
        self.passphrase, self.hand_over = Button("更换口令…", "key"), Button("移交…", "people")
        self.carry, self.bring = Button("带出…", "usb"), Button("带入…", "import")
        self.stop = Button("停用…")
        acts = button_row(self.passphrase, self.hand_over, self.carry, self.bring, self.stop)
        panes = QSplitter(Qt.Orientation.Vertical)
        panes.setChildrenCollapsible(False)
        panes.addWidget(pane(theme.label(LAW, "quiet", wrap=True), self.table, acts, stretch=1))
        self.register_pane = pane(self.register, title="用印登记（双击另存盖章的那一份）", stretch=0)
        panes.addWidget(self.register_pane)
        panes.setSizes([240, 360])
        return panes

    def _connect_signals(self) -> None:
        self.keep.clicked.connect(self.add)
        self.nothing.first.connect(self.add)
        self.passphrase.clicked.connect(self.ask_passphrase)
        self.hand_over.clicked.connect(self.ask_keeper)
        self.stop.clicked.connect(self.ask_reason)
        self.carry.clicked.connect(lambda: self.files.carry(self.chosen()))
        self.bring.clicked.connect(self.ask_image)
        self.sign.clicked.connect(self.ask_certificate)
        self.verify.clicked.connect(self.files.ask_file)
        self.export.clicked.connect(lambda: self.files.write("xlsx"))
        self.print_register.clicked.connect(lambda: self.files.write("pdf"))
        self.register.opened.connect(lambda row: self.files.save_copy(self.entries.record(row)))
        self.files.said.connect(self.strip.show_message)
        self.files.failed.connect(self.tell)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_buttons())

    def _read(self) -> None:
        from desktop.services.seal import keeping, register

        seals = self.operations.read(keeping.seals)
        self.model.set_rows(seals)
        self.entries.set_rows(self.operations.read(register.uses))
        used = sum(one["action"] == register.USED for one in self.entries.rows())
        self.count.setText(f"{len(seals)} 枚，用印 {used} 次" if seals else "")
        self.show_content(bool(seals))
        # The empty page is the taller one; once there are seals it must not ask for room any more.
        policy = QSizePolicy.Policy.Ignored if seals else QSizePolicy.Policy.Preferred
        self.nothing.setSizePolicy(policy, policy)
        if seals and not self.table.selected_rows():
            self.table.selectRow(0)
        self._show_buttons()

    def chosen(self) -> dict[str, Any] | None:
        """Return the seal under the cursor."""
        return self.model.first_of(self.table.selected_rows())

    def _show_buttons(self) -> None:
        one, free = self.chosen(), not self.operations.read_only
        used = one is not None and one["state"] == "在用"
        here = one is not None and one["here"]
        self.keep.setEnabled(free)
        self.stop.setEnabled(used and free)
        self.carry.setEnabled(used and here)
        self.bring.setEnabled(used and not here and free)
        for button in (self.passphrase, self.hand_over):
            button.setEnabled(used and here and free)

    def show_form(self, form: AskForm, done: Callable[[dict[str, Any]], object]) -> None:
        """Show a form; the register gives it room, so that a small screen holds both form and seals."""
        super().show_form(form, done)
        self.register_pane.hide()

    def put_form_away(self) -> None:
        """Take the form away."""
        super().put_form_away()
        self.register_pane.show()

    # -- the acts --------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a seal to keep."""
        words = "图像要红色、圆形；底色会去掉。口令由保管人自己设，至少八个字符，程序不保存口令。"
        form = AskForm("登记印章", "登记", words)
        form.add("image", "印章图片（PNG、JPEG）", FileEditor("选择印章图片", IMAGES))
        form.add("issuer", "用印机关", TextEditor(), self.desk.office_name())
        form.add("name", "印章名称", TextEditor())
        form.add("diameter", "直径（毫米）", TextEditor(), "42")
        form.add("keeper", "保管人", TextEditor(), self.desk.operator)
        form.add("secret", "保管人口令", SecretEditor())
        form.add("again", "再输一遍口令", SecretEditor())
        self.show_form(form, self._keep)

    def _keep(self, given: dict[str, Any]) -> None:
        from desktop.services.seal import keeping

        size = _number(given["diameter"])
        if size is None:
            self.strip.show_message("直径请填数字，单位毫米，例如 42 或 46。", "fail")
        elif self._agree(given["secret"], given["again"]):
            image = Path(given["image"] or "")
            secret, issuer, keeper, name = (given[key] or "" for key in ("secret", "issuer", "keeper", "name"))
            self._act(
                "登记印章",
                lambda session: keeping.keep_seal(session, image, secret, issuer, keeper, size, name),
                "已登记，图像已加锁。",
            )

    def ask_passphrase(self) -> None:
        """Ask for a seal's old and new passphrase."""
        self._ask_relock("更换口令", "更换", [])

    def ask_keeper(self) -> None:
        """Ask who keeps a seal from now on, and for their passphrase."""
        self._ask_relock("移交", "移交", [("keeper", "接收人", TextEditor())])

    def _ask_relock(self, title: str, action: str, more: list[tuple[str, str, TextEditor]]) -> None:
        one = self.chosen()
        if one is None:
            return
        words = f"现由{one['keeper']}保管。移交和更换以后，原来的口令打不开这枚印章。"
        form = AskForm(f"{title}：{one['name']}", action, words)
        for name, label, editor in more:
            form.add(name, label, editor)
        form.add("old", "现在的口令", SecretEditor())
        form.add("new", "新的口令", SecretEditor())
        form.add("again", "再输一遍新口令", SecretEditor())
        self.show_form(form, partial(self._relock, one["id"], title))

    def _relock(self, seal_id: str, title: str, given: dict[str, Any]) -> None:
        from desktop.services.seal import keeping

        old, new = given["old"] or "", given["new"] or ""
        if not self._agree(new, given["again"]):
            return
        if "keeper" in given:
            to = given["keeper"] or ""
            self._act(title, lambda session: keeping.hand_over(session, seal_id, to, old, new), "已移交，口令已更换。")
        else:
            self._act(title, lambda session: keeping.change_passphrase(session, seal_id, old, new), "口令已更换。")

    def ask_reason(self) -> None:
        """Ask why a seal goes out of use."""
        one = self.chosen()
        if one is not None:
            words = "停用以后，加锁的图像就删除，不能恢复；用印登记仍在。"
            form = AskForm(f"停用：{one['name']}", "停用", words)
            form.add("reason", "停用原因（必填）", TextEditor())
            self.show_form(form, partial(self._stop, one["id"]))

    def _stop(self, seal_id: str, given: dict[str, Any]) -> None:
        from desktop.services.seal import keeping

        reason = given["reason"] or ""
        self._act("停用印章", lambda session: keeping.stop(session, seal_id, reason), "已停用，图像已删除。")

    def ask_image(self) -> None:
        """Ask for the locked image that another PC wrote."""
        one = self.chosen()
        if one is not None:
            form = AskForm(f"带入：{one['name']}", "带入", "文件由登记这枚印章的电脑“带出”，仍然加着锁。")
            form.add("file", "印章文件", FileEditor("选择印章文件", "加锁的印章 (*.seal)"))
            form.add("secret", "保管人口令", SecretEditor())
            self.show_form(form, partial(self._bring, one["id"]))

    def _bring(self, seal_id: str, given: dict[str, Any]) -> None:
        from desktop.services.seal import vault

        file, secret = Path(given["file"] or ""), given["secret"] or ""
        self._act("带入印章", lambda session: vault.bring(session, seal_id, file, secret), "已带入，图像仍加着锁。")

    def ask_certificate(self) -> None:
        """Ask which file to sign with which certificate."""
        words = (
            "签名证明文件自签名后未被改动。自制的证书只证明文件完整；程序没有国密SM2签名，也不制作国家标准的电子印章。"
        )
        form = AskForm("给PDF签名", "签名", words)
        form.add("file", "PDF文件", FileEditor("选择要签名的文件", PDFS))
        form.add("certificate", "证书（.p12、.pfx）", FileEditor("选择签名证书", CERTIFICATES))
        form.add("secret", "证书口令", SecretEditor())
        self.show_form(form, self._sign)

    def _sign(self, given: dict[str, Any]) -> None:
        self.files.sign(Path(given["file"] or ""), Path(given["certificate"] or ""), given["secret"] or "")

    def _act(self, words: str, change: Any, said: str) -> None:
        self.run(words, change, said, self._acted, undoable=False)

    def _acted(self, value: Any) -> None:
        self._read()
        notes = (value or {}).get("warnings") or []
        if notes:
            self.strip.show_message(f"{self.strip.text()}{''.join(notes)}", "warn")

    def _agree(self, secret: str | None, again: str | None) -> bool:
        if secret != again:
            self.strip.show_message("两遍口令不一样，请重新输入。", "fail")
        return secret == again


def _number(text: Any) -> float | None:
    try:
        return float(text)
    except (TypeError, ValueError):
        return None
