"""Run, test or build the workroom desk from a bare checkout: python3 dev.py run | test | build."""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LIBPYTHON = "libpython{}.{}".format(*sys.version_info)
# What Debian must have and the package that brings it: to draw; to open a window and print; to freeze the program.
DRAW = """libEGL.so.1=libegl1 libGL.so.1=libgl1 libglib-2.0.so.0=libglib2.0-0 libdbus-1.so.3=libdbus-1-3
libxkbcommon.so.0=libxkbcommon0 libfontconfig.so.1=libfontconfig1 libgssapi_krb5.so.2=libgssapi-krb5-2"""
SHOW = f"""{DRAW} libX11-xcb.so.1=libx11-xcb1 libxkbcommon-x11.so.0=libxkbcommon-x11-0 libcups.so.2=libcups2
libxcb-cursor.so.0=libxcb-cursor0 libxcb-icccm.so.4=libxcb-icccm4 libxcb-keysyms.so.1=libxcb-keysyms1
libxcb-randr.so.0=libxcb-randr0 libxcb-shape.so.0=libxcb-shape0 libwayland-egl.so.1=libwayland-egl1"""
FREEZE = DRAW + " objdump=binutils" + (f" {LIBPYTHON}.so.1.0={LIBPYTHON}" if sys.base_prefix == "/usr" else "")
CHECKS = {
    "ruff check": ("-m", "ruff", "check"),
    "ruff format": ("-m", "ruff", "format", "--check"),
    "mypy": ("-m", "mypy"),
    "import contracts": ("-c", "from importlinter.cli import lint_imports_command as main; main()"),
    "pytest": ("-m", "pytest", "-n", "2"),
}


def is_here(thing: str) -> bool:
    """Tell whether a shared library loads or a program is on the path."""
    try:
        return bool(ctypes.CDLL(thing) if ".so." in thing else shutil.which(thing))
    except OSError:
        return False


def prepare_system(needed: str) -> None:
    """Install the missing Debian packages as root or by sudo without a password; else print the command and stop."""
    pairs = [pair.split("=") for pair in needed.split()] if sys.platform == "linux" else []
    missing = [package for thing, package in pairs if not is_here(thing)]
    missing += [] if any(map(importlib.util.find_spec, ("pip", "ensurepip"))) else ["python3-venv"]
    if missing:
        print("Missing Debian packages:", *missing, flush=True)
        install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
        prefix = ["env", "DEBIAN_FRONTEND=noninteractive"] if os.geteuid() == 0 else ["sudo", "-n"]
        able = is_here("apt-get") and is_here(prefix[0]) and subprocess.run([*prefix, "apt-get", "update"])
        if not able or subprocess.run([*prefix, *install]).returncode:
            sys.exit(f"Run this as root, then try again:\n  apt-get update && {' '.join(install)}")


def prepare_environment(*files: str) -> None:
    """Fill .venv from the first of the hashed files, which includes the others, unless their stamps are there."""
    stamps = {VENV / f".{name}.stamp": hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in files}
    if PYTHON.exists() and all(path.exists() and path.read_text() == digest for path, digest in stamps.items()):
        return
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    if not importlib.util.find_spec("pip"):  # Debian's python3-venv puts a pip into environments only
        subprocess.run([PYTHON, "-m", "ensurepip"], check=True, stdout=subprocess.DEVNULL)
        pip = [str(PYTHON), "-m", "pip"]
    print(f"Installing {files[0]} into .venv", flush=True)
    options = ["--quiet", "--require-hashes", "--no-deps", "--only-binary=:all:", "-r", str(ROOT / files[0])]
    subprocess.run([*pip, "install", *options], check=True)
    for path, digest in stamps.items():
        path.write_text(digest)


def call(*arguments: str, **extra: str) -> int:
    """Run .venv's Python in the checkout without the caller's Python settings and locale; return its exit code."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST"))}
    return subprocess.run([PYTHON, *arguments], cwd=ROOT, env={**kept, "PYTHONUTF8": "1", **extra}).returncode


def run(*arguments: str) -> int:
    """Open the window, or without a screen walk the main journeys and leave their papers in build/demo."""
    named = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    screen = sys.platform != "linux" or (named and os.environ.get("QT_QPA_PLATFORM") != "offscreen")
    prepare_system(SHOW if screen else DRAW)
    prepare_environment("requirements.txt")
    print("Opening the window" if screen else "No screen: walking the main journeys offscreen", flush=True)
    if screen:
        return call("-m", "desktop", *arguments)
    return call("-m", "desktop.app", "--walk", "build/demo", *arguments, QT_QPA_PLATFORM="offscreen")


def test(*arguments: str) -> int:
    """Check style, types, import contracts and behaviour; every check runs, and one failure fails all."""
    prepare_system(DRAW)
    prepare_environment("requirements-dev.txt", "requirements.txt")
    home = ROOT / "build" / "home"  # nothing of the developer's own settings or data is read or touched
    home.mkdir(parents=True, exist_ok=True)
    own = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(home))
    own["QT_QPA_PLATFORM"] = "offscreen"
    CHECKS["pytest"] += arguments
    failed = [name for name, check in CHECKS.items() if call(*check, **own)]
    if failed:
        print("FAILED:", ", ".join(failed))
    return bool(failed)


def build() -> int:
    """Freeze the program into dist/workroom-desk and start both executables that came out."""
    prepare_system(FREEZE)
    prepare_environment("requirements-dev.txt", "requirements.txt")
    own = {"PYINSTALLER_CONFIG_DIR": str(ROOT / "build" / "freezer"), "QT_QPA_PLATFORM": "offscreen"}
    options = ("--noconfirm", "--clean", "--workpath", "build/freezer", "build_installer.spec")
    return call("-m", "PyInstaller", *options, **own) or call("-m", "pytest", "tests/built_program.py", **own)


if __name__ == "__main__":
    commands = {"run": run, "test": test, "build": build}
    if not (3, 11) <= sys.version_info < (3, 13):
        sys.exit(f"Python 3.11 or 3.12 is needed; this is {sys.version.split()[0]} at {sys.executable}.")
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(f"Usage: {Path(sys.executable).name} dev.py run | test | build")
    sys.exit(commands[sys.argv[1]](*sys.argv[2:]))
