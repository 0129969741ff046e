"""Loading Qt's bindings: compiled once, by exactly the text they carry, and whole when they are asked."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.views import binding

COUNTED = """
import builtins, json, sys
from pathlib import Path
sys.dont_write_bytecode = False
from desktop.views import binding
made, usual = [], builtins.compile
def counted(source, filename, *rest, **options):
    made.append(str(filename))
    return usual(source, filename, *rest, **options)
builtins.compile = counted
binding.kept_in = lambda: Path(sys.argv[1])
binding.load()
assert builtins.compile is counted
from PySide6 import QtCore, QtWidgets
{more}
print(json.dumps([name for name in made if name.startswith(binding.CARRIED)]))
"""


def compiled(kept, more=""):
    """Load the bindings in a new process; return which of their modules it had to compile."""
    command = [sys.executable, "-c", COUNTED.format(more=more), str(kept)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A file of code kept by a first start."""
    path = tmp_path_factory.mktemp("kept") / "binding.kept"
    assert len(compiled(path)) > 5
    return path


def test_the_second_start_compiles_nothing_that_the_bindings_carry(kept):
    assert compiled(kept) == []


@pytest.mark.parametrize(
    "damage", [b"", b"none of Python's", binding.MAGIC_NUMBER, binding.MAGIC_NUMBER + b"i\0\0\0\0"]
)
def test_a_damaged_file_is_made_again(kept, tmp_path, damage):
    path = tmp_path / "binding.kept"
    path.write_bytes(damage)
    assert compiled(path)
    assert compiled(path) == []


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path):
    (tmp_path / "file").write_text("")
    assert compiled(tmp_path / "file" / "binding.kept")


def test_code_is_kept_for_exactly_its_text(kept):
    read = binding.read(kept)
    name = f"{binding.CARRIED}feature.py"
    compiler = binding.Compiler({name: (b"answer = 1", compile("answer = 1", name, "exec"))})
    for source, told in ((b"answer = 1", 1), (b"answer = 2", 2)):
        space = {}
        exec(compiler(source, name, "exec"), space)  # noqa: S102
        assert space["answer"] == told
    assert list(compiler.made) == [name]
    assert all(text for text, _code in read.values())


def test_what_others_compile_is_left_alone():
    compiler = binding.Compiler({})
    assert compiler("1 + 1", "<here>", "eval").co_filename == "<here>"
    assert compiler.made == {}


def test_the_bindings_are_whole(kept):
    more = """
import inspect
from PySide6.support.signature.lib import pyi_generator
assert inspect.isfunction(pyi_generator.generate_pyi)
try:
    QtCore.QObject().setObjectName(1)
except TypeError as error:
    assert "Supported signatures" in str(error), error
else:
    raise AssertionError
"""
    assert compiled(kept, more) == [binding.UNUSED]


def test_a_pattern_is_compiled_when_it_is_asked(kept):
    more = """
import re
from PySide6.support.signature import parser
assert type(parser.arglistParser._finditer.__self__) is binding.LaterPattern
assert parser.arglistParser.parse("a, b(c, d)") == ["a", "b(c, d)"]
assert binding.LaterPattern("a+", 0).fullmatch("aa")
assert type(re.compile("a")) is re.Pattern
"""
    assert compiled(kept, more) == []


def test_no_source_is_read_to_see_who_uses_the_bindings(kept):
    more = """
import linecache
linecache.cache.clear()
import sqlite3, desktop.views.formats
assert not linecache.cache, list(linecache.cache)
"""
    assert compiled(kept, more) == []


def test_the_door_loads_them_so():
    code = "import sys; from desktop.views import binding; binding.load = lambda: sys.exit(7)\n"
    code += "from desktop import __main__ as door; door.main(['--smoke'])"
    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 7
