"""The main road walked by the program itself on a sample county, through the real window: to show and to check."""

import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from desktop.settings import Settings
from desktop.views.desk import Desk
from desktop.views.first_run import SAMPLE_OFFICE, SAMPLE_OPERATOR, FirstRun, make_office
from desktop.views.main_window import MainWindow
from desktop.views.operation import Operations

WORKROOMS: Final = 37
PARENT: Final = ("示例市总工会", "市级", "示例市")
ON: Final = date(2026, 9, 1)
PATIENCE_MS: Final = 20_000
SIZE: Final = (1366, 768)


class WalkError(Exception):
    """A step of the road did not lead where it should."""


class Walk:
    """Goes register → wizard → allocation → paper → exchange; each step leaves its files in `folder`."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self._application = application
        self._folder = folder
        self._faults: list[BaseException] = []
        self._files: list[Path] = []
        self._windows: list[MainWindow] = []

    def run(self) -> int:
        """Walk; print the mode and every file; 0 when all went well."""
        before = sys.excepthook
        sys.excepthook = lambda _kind, error, _trace: self._faults.append(error)
        try:
            self._prepare()
            self._walk()
            failure: BaseException | None = self._faults[0] if self._faults else None
        except Exception as error:
            failure = error
        finally:
            for window in self._windows:
                window.close()
            sys.excepthook = before
        return self._report(failure)

    def _report(self, failure: BaseException | None) -> int:
        out = sys.stdout
        out.write(f"演示：平台 {QGuiApplication.platformName()}，示例县 {WORKROOMS} 个工作室\n")
        for file in self._files:
            out.write(f"{file}\n")
        if failure is not None:
            sys.stderr.write(f"演示没有走完：{type(failure).__name__}: {failure}\n")
        return 0 if failure is None else 1

    # -- the road --------------------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in self._folder.glob("*"):
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        self._county, self._city = self._folder / "county.db", self._folder / "city.db"
        self._first_run()
        make_office(self._county, SAMPLE_OFFICE, SAMPLE_OPERATOR, WORKROOMS)
        make_office(self._city, PARENT, "市总经办人")

    def _walk(self) -> None:
        window = self._open(self._county)
        self._fill_office(window)
        self._registry(window)
        application = self._wizard(window)
        grant = self._allocation(window)
        self._documents(window, application, grant)
        self._exchange(window)
        window.show_view("home")
        self._wait(lambda: not window.operations.is_busy(), "首页")
        self._picture(window, "06-home")

    def _first_run(self) -> None:
        page = FirstRun(self._county)
        page.resize(*SIZE)
        page.show()
        self._pause(50)
        self._picture(page, "00-first-run")
        page.close()

    def _open(self, path: Path) -> MainWindow:
        operations = Operations(path, operator=SAMPLE_OPERATOR)
        window = MainWindow(Desk(operations, Settings(operator=SAMPLE_OPERATOR)))
        self._windows.append(window)
        window.resize(*SIZE)
        window.show_view("registry")
        window.show()
        operations.open_in_background()
        self._wait(lambda: operations.is_ready and not operations.is_busy(), "打开数据库")
        return window

    def _fill_office(self, window: MainWindow) -> None:
        """Give the office what its papers are issued with."""
        from desktop.services import records

        own = {"id": window.desk.office_id, "chair": "陈志远", "document_code": "示工发"}
        window.operations.run("填写本工会的资料", lambda session: records.put_records(session, "offices", own))

    def _registry(self, window: MainWindow) -> None:
        from desktop.views.registry.export import write_workrooms

        view: Any = window.view("registry")
        self._wait(lambda: view.page is not None and bool(view.page.workroom_id), "台账的第一条")
        _require(view.model.rowCount() == WORKROOMS, "台账应列出全部工作室")
        leader = view.model.index(3, 1).data()
        view.tools.field.setText(leader)
        _require(0 < view.model.rowCount() < WORKROOMS, f"按领衔人“{leader}”应能查到")
        view.tools.clear()
        view.add()
        _require(view.model.rowCount() == WORKROOMS + 1, "新增后应多一个")
        window.undo()
        self._wait(lambda: view.model.rowCount() == WORKROOMS, "撤销新增")
        view.table.selectRow(0)
        self._pause(200)
        self._picture(window, "01-registry")
        write_workrooms(view, self._folder / "工作室台账.xlsx")
        self._expect(window, "工作室台账.xlsx")

    def _wizard(self, window: MainWindow) -> str:
        from desktop.services import application

        window.show_view("wizard")
        view: Any = window.view("wizard")
        drafts = window.operations.read(application.drafts)
        open_drafts = [row["id"] for row in drafts if row["state"] == "草稿"]
        _require(bool(open_drafts), "示例县应有申报草稿")
        ready = [row for row in open_drafts if not self._hindrances(window, row)]
        view.open_application((ready or open_drafts)[0])
        self._pause(200)
        self._picture(window, "02-wizard")
        if ready:
            view._submit()
            _require(self._state(window, ready[0]) == "已提交", "没有障碍的申报应能提交")
        submitted = [row["id"] for row in window.operations.read(application.drafts) if row["state"] == "已提交"]
        _require(bool(submitted), "应有一份已提交的申报")
        return str(submitted[0])

    def _hindrances(self, window: MainWindow, application_id: str) -> list[Any]:
        from desktop.services import application

        def query(session: Any) -> list[Any]:
            verdict = application.verdict(session, application_id, ON)
            return application.blockers(verdict, application.reasons(session, application_id))

        return list(window.operations.read(query))

    def _state(self, window: MainWindow, application_id: str) -> str:
        from desktop.services import records

        record = window.operations.read(lambda session: records.get_record(session, "applications", application_id))
        return str(record["state"])

    def _allocation(self, window: MainWindow) -> str:
        from desktop.services import allocation

        grants = window.operations.read(allocation.grants_to_allot)
        _require(bool(grants), "示例县应有补助资金")
        window.show_view("allocation")
        view: Any = window.view("allocation")
        for grant in grants:
            view.open_grant(grant["id"])
            if view.decide_button.isVisible():
                break
        view._propose("floor")
        self._pause(200)
        self._picture(window, "03-allocation")
        for kind, title, form in (("reward-table", "奖励分配表", "xlsx"), ("signature-sheet", "奖励签领表", "pdf")):
            view.export.ask = lambda _parent, words, form: self._folder / f"{words}.{form}"
            view.export.export(kind, title, form)
            self._expect(window, f"{title}.{form}")
        return str(view._grant_id)

    def _documents(self, window: MainWindow, application_id: str, grant_id: str) -> None:
        window.show_view("document")
        view: Any = window.view("document")
        view.outlet.ask = lambda _parent, words, form: self._folder / f"{words}.{form}"
        papers = (
            ("application-form", application_id, "申报表"),
            ("recommendation", application_id, "推荐报告及汇总表"),
            ("publicity", application_id, "公示"),
            ("naming-decision", application_id, "命名决定"),
            ("disbursement-notice", grant_id, "拨付通知"),
            ("reward-table", grant_id, "奖励分配表"),
        )
        for kind, record_id, title in papers:
            view.open_paper(kind, [record_id])
            self._wait(lambda: not window.operations.is_busy(), f"排版{title}")
            _require(view.draft() is not None, f"{title}应能由台账生成")
            view.outlet.ask = lambda _parent, _words, form, title=title: self._folder / f"{title}.{form}"
            view.outlet.save(view.draft(), "pdf")
            self._expect(window, f"{title}.pdf")
            if kind == "naming-decision":
                self._pause(400)
                self._picture(window, "04-document")

    # -- exchange --------------------------------------------------------------------------------------------------

    def _exchange(self, window: MainWindow) -> None:
        city = self._open(self._city)
        self._introduce(window, city)
        view: Any = window.view("exchange")
        window.show_view("exchange")
        package = self._folder / "上报.wrpack"
        view.export_to(package, [city.desk.office_id])
        self._expect(window, package.name)
        city.show_view("exchange")
        other: Any = city.view("exchange")
        other.inspect(package)
        self._wait(lambda: other.stack.currentWidget() is other.preview, "预览数据包")
        _require(other.preview.records.rowCount() > WORKROOMS, "预览应列出每条变化")
        self._picture(city, "05-preview")
        other.preview.accepted.emit()
        self._wait(lambda: "已带回" in other.strip.text(), "带回数据包")
        rows: Any = city.view("registry")
        self._wait(lambda: rows.source.registry is not None and len(rows.source.registry.rows) == WORKROOMS, "市级台账")
        self._pause(100)
        self._picture(window, "05-exchange")

    def _introduce(self, window: MainWindow, city: MainWindow) -> None:
        """Let the two offices accept each other's identity."""
        from desktop.services import identity
        from desktop.views.exchange.trusting import trust

        for one, other, relation in ((window, city, "parent"), (city, window, "child")):
            document = other.operations.read(identity.identity_document)
            trust(one.view("exchange"), document, relation)  # type: ignore[arg-type]

    # -- waiting and leaving files ---------------------------------------------------------------------------------

    def _picture(self, widget: QWidget, name: str) -> None:
        path = self._folder / f"{name}.png"
        _require(widget.grab().save(str(path)), f"应能存下画面 {name}")
        self._files.append(path)

    def _expect(self, window: MainWindow, name: str) -> None:
        path = self._folder / name
        self._wait(lambda: path.exists() and not window.operations.is_busy(), name)
        self._files.append(path)

    def _pause(self, milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def _wait(self, condition: Callable[[], bool], what: str) -> None:
        clock = QElapsedTimer()
        clock.start()
        while not condition():
            if self._faults:
                raise self._faults[0]
            told = "；".join(filter(None, (window.current().strip.text() for window in self._windows)))
            _require(clock.elapsed() < PATIENCE_MS, f"没有等到：{what}。窗口里写着：{told}")
            self._pause(20)


def _require(holds: bool, words: str) -> None:
    if not holds:
        raise WalkError(words)
