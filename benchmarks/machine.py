"""The machine that the measurements were made on, in words, for the page that holds them."""

import os
import platform
import sqlite3
import sys
from datetime import datetime
from pathlib import Path


def described() -> str:
    """Return processor, cores, memory, system, Python, Qt and SQLite, and how busy the machine was, as a list."""
    import PySide6

    facts = {
        "Processor": f"{_processor()}, {os.cpu_count()} cores",
        "Memory": f"{_memory_gb():.1f} GB" if _memory_gb() else "unknown",
        "System": _system(),
        "Python": f"{platform.python_version()}, PySide6 {PySide6.__version__}, SQLite {sqlite3.sqlite_version}",
        "Measured": f"{datetime.now():%Y-%m-%d %H:%M}{_load()}",
    }
    return "\n".join(f"- {name}: {words}" for name, words in facts.items())


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _memory_gb() -> float:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    except (AttributeError, ValueError):
        return 0.0


def _system() -> str:
    if sys.platform != "linux":
        return platform.platform()
    try:
        return f"{platform.freedesktop_os_release()['PRETTY_NAME']}, Linux {platform.release()}"
    except (OSError, KeyError):
        return platform.platform()


def _load() -> str:
    if not hasattr(os, "getloadavg"):
        return ""
    return f", load average {os.getloadavg()[1]:.1f} over five minutes"
