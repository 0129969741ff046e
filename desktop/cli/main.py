"""Running one command: exit codes, JSON on standard output, people's words on standard error."""

import json
import logging
import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.cli.parser import UsageError, build_parser
from desktop.errors import DesktopError

DONE, REFUSED, WRONG_CALL, FAULT = 0, 1, 2, 3


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused, 2 wrong call, 3 a fault of the program."""
    _use_utf8()
    try:
        words = sys.argv[1:] if argv is None else argv
        arguments = build_parser(words).parse_args(words)
        _unlock(arguments)
        _print(arguments.run(arguments))
    except UsageError as error:
        _tell(str(error))
        return WRONG_CALL
    except DesktopError as error:
        _print({"error": error.as_dict()})
        _tell(error.message)
        return REFUSED
    except BrokenPipeError:
        _let_go()
    except SystemExit as stop:
        return int(stop.code or 0)
    except Exception:
        logging.getLogger(__name__).exception("程序出错")
        _tell("程序出错，没有完成。请把上面的内容发给技术支持。")
        return FAULT
    return DONE


def _unlock(arguments: Namespace) -> None:
    """Open the encrypted databases that a call names with its passphrase, before anything reads them."""
    if arguments.passphrase_file is None:
        return
    from desktop.services import check, store

    named = (arguments.database, getattr(arguments, "file", None))
    locked = [path for path in named if isinstance(path, Path) and store.is_locked(path)]
    if locked:
        secret = check.read_passphrase(arguments.passphrase_file)
        for path in locked:
            store.unlock(path, secret)


def _use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # A file name may hold bytes that are no text: they are written as \udcff, which JSON reads back.
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _let_go() -> None:
    """Say nothing more: whoever read the output has left, which is no fault of the program."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _tell(words: str) -> None:
    sys.stderr.write(words + "\n")


def _print(result: Any) -> None:
    if isinstance(result, Iterator):
        for line in result:
            sys.stdout.write(_json(line) + "\n")
    elif result is not None:
        sys.stdout.write(_json(result) + "\n")
    sys.stdout.flush()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
