"""The table of commands names exactly the commands that exist, each in the module that holds it."""

import importlib
import subprocess
import sys

import pytest

from desktop import VERSION
from desktop.cli import parser
from desktop.cli.main import main


@pytest.mark.parametrize("holder", sorted(parser.HOLDERS))
def test_each_holder_adds_the_commands_it_is_known_for(holder):
    named: list[str] = []

    class Listening:
        def add(self, name, *_rest):
            named.append(name)

        def group(self, name, _words):
            named.append(name)
            return type("Silent", (), {"add": lambda *_: None})()

    importlib.import_module(f"desktop.cli.{holder}").register(Listening())
    assert sorted(named) == sorted(parser.HOLDERS[holder])


def test_a_call_imports_only_what_it_needs():
    assert parser._holders(["check", "f.json"]) == ["judging"]
    assert parser._holders(["nonsense"]) == list(parser.HOLDERS)


@pytest.mark.parametrize("command", [name for names in parser.HOLDERS.values() for name in names])
def test_every_command_explains_itself_in_chinese(command, capsys):
    assert main([command, "--help"]) == 0
    said = capsys.readouterr().out
    assert "用法：" in said
    assert "显示这份说明" in said
    assert "show this help" not in said


def test_the_version_is_told_without_loading_any_command():
    code = "import sys; from desktop.cli.main import main; code = main(['--version']); "
    code += "print(code, [name for name in sys.modules if name.startswith(('sqlalchemy', 'desktop.services'))])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines() == [f"workroom-desk {VERSION}", "0 []"]
