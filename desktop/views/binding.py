"""Loading Qt's Python bindings without the work that they repeat at every start.

The bindings carry their own Python modules as source text inside a library, and compile them anew in each process: a
tenth of the time to a bare window. What was compiled is kept beside this module's own compiled file, for exactly the
same text only. They also read the source of every module imported after them, to see whether it names them.
"""

import builtins
import marshal
import os
import re
import sys
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, Final

CARRIED: Final = "shibokensupport/"
"""How the file names of the modules begin that the bindings carry."""
UNUSED: Final = f"{CARRIED}signature/lib/pyi_generator.py"
"""Writes stub files; no program needs it while it runs, and half of its work is done when it is imported."""
LATER: Final = """
def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    del globals()["__getattr__"]
    exec(compile(__loader__.zfile.read(__file__), __file__, "exec"), globals())
    return globals()[name]
"""
_compile_pattern = re.compile
Kept = dict[str, tuple[bytes, CodeType]]


def load() -> None:
    """Import PySide6 for the window; harmless when it is imported already."""
    if "PySide6" in sys.modules:
        return
    path = kept_in()
    kept = read(path)
    compiler = Compiler(kept)
    builtins.compile, usual = compiler, builtins.compile
    re.compile, patterns = _compiled_later, re.compile
    try:
        import PySide6
    finally:
        builtins.compile = usual
        re.compile = patterns
    if compiler.made:
        write(path, {**kept, **compiler.made})
    _know_who_uses(PySide6)


class Compiler:
    """Stands in for `compile` while the bindings load: gives the kept code of a text, and notes what it had to make."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._compile = builtins.compile
        self.made: Kept = {}

    def __call__(self, source: Any, filename: Any, mode: str, *rest: Any, **options: Any) -> Any:
        """Compile, or return what was compiled from the same text before."""
        plain = isinstance(source, bytes) and isinstance(filename, str) and not rest and not options
        if not plain or not filename.startswith(CARRIED):
            return self._compile(source, filename, mode, *rest, **options)
        text, code = self._kept.get(filename, (b"", None))
        if text != source or code is None:
            code = self._compile(LATER if filename == UNUSED else source, filename, mode)
            self.made[filename] = (source, code)
        return code


class LaterPattern:
    """A pattern of the bindings' own parser, which is asked only when a call of theirs was wrong."""

    def __init__(self, pattern: Any, flags: Any) -> None:
        self._made = pattern, flags

    def finditer(self, text: str) -> Any:
        """Find as the pattern does."""
        return re.compile(*self._made).finditer(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(re.compile(*self._made), name)


def _compiled_later(pattern: Any, flags: Any = 0) -> Any:
    asked_by = sys._getframe(1).f_globals.get("__name__", "")
    return LaterPattern(pattern, flags) if asked_by.startswith(CARRIED[:-1]) else _compile_pattern(pattern, flags)


def kept_in() -> Path:
    """Return the file of the kept code, in the folder where Python keeps this module's own."""
    return Path(cache_from_source(__file__)).with_suffix(".kept")


def read(path: Path) -> Kept:
    """Return what is kept for this Python; nothing when there is no such file, or it is another's or damaged."""
    try:
        with path.open("rb") as file:
            if file.read(len(MAGIC_NUMBER)) != MAGIC_NUMBER:
                return {}
            kept = marshal.load(file)
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return kept if isinstance(kept, dict) else {}


def write(path: Path, kept: Kept) -> None:
    """Keep code for the next start; a folder that cannot be written only costs that start its time."""
    if sys.dont_write_bytecode and not hasattr(sys, "frozen"):
        return
    partial = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(MAGIC_NUMBER + marshal.dumps(kept))
        partial.replace(path)
    except OSError:
        return


def _know_who_uses(bindings: ModuleType) -> None:
    """Say which modules use the bindings, instead of having the source of each read when it is imported."""
    feature = getattr(getattr(bindings, "support", None), "feature", None)
    if feature is not None and hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda module: module.__name__.partition(".")[0] == __name__.partition(".")[0]
