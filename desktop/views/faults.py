"""The log of faults: errors that nobody foresaw."""

import os
import sys
import threading
from datetime import datetime
from types import TracebackType
from typing import Final

from PySide6.QtCore import QObject, Signal

from desktop.paths import data_folder

LOG_BYTES: Final = 1_000_000


class Faults(QObject):
    """Writes every unforeseen error to a log file and tells the window; the program goes on."""

    happened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.log = data_folder() / "logs" / "workroom-desk.log"

    def install(self) -> None:
        """Take over Python's hooks for errors that nobody caught."""
        sys.excepthook = self._caught
        threading.excepthook = lambda fault: self._caught(
            fault.exc_type, fault.exc_value or fault.exc_type(), fault.exc_traceback
        )

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            os._exit(130)
        import traceback

        self._write("".join(traceback.format_exception(kind, error, trace)))
        self.happened.emit(str(self.log))

    def _write(self, words: str) -> None:
        """Add to the log; a full one is set aside first. A log that cannot be written must not hide the fault."""
        try:
            self.log.parent.mkdir(parents=True, exist_ok=True)
            if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
                self.log.replace(self.log.with_suffix(".log.1"))
            with self.log.open("a", encoding="utf-8") as file:
                file.write(f"{datetime.now():%Y-%m-%d %H:%M:%S} {words}\n")
        except OSError:
            sys.stderr.write(words)
