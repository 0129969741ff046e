"""Folders of the program: bundled resources and the user's data, from source or frozen."""

import os
import sys
from pathlib import Path

APPLICATION = "workroom-desk"


def resource_folder() -> Path:
    """Return the folder `resources/`, beside the package in a checkout or inside the frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    return Path(__file__).resolve().parent.parent / "resources"


def data_folder() -> Path:
    """Return the user's data folder; WORKROOM_DESK_DATA overrides the platform's own place."""
    override = os.environ.get("WORKROOM_DESK_DATA")
    if override:
        return Path(override)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / APPLICATION
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / APPLICATION


def default_database() -> Path:
    """Return where the database lies when none is named."""
    return data_folder() / "workroom.db"
