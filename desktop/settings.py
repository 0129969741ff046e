"""This machine's settings: one frozen value, read from and written to a small TOML file beside the data."""

from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from desktop.paths import data_folder


@dataclass(frozen=True)
class Settings:
    """What this PC remembers. Nothing here travels to other offices.

    `fonts` is a folder of the office's own typefaces; `reminder_days` the days after which an untransferred grant is
    mentioned (工具提示，非规定条文); `tools` holds regulation parameters that are settings of the program.
    `import_heads` gives for “kind/head of a list” the column that a person chose for it, `import_words` for
    “kind/column/word of a list” the choice that it stands for; `filters` and `column_sets`
    hold what the register is asked and shows, by the names they were saved under. `apart` are pairs of ids, parted by a
    space, that look alike and are two.
    """

    database: str = ""
    operator: str = ""
    theme: str = "light"
    large_print: bool = False
    fonts: str = ""
    backups: str = ""
    registry_columns: tuple[str, ...] = ()
    window: str = ""
    reminder_days: int = 30
    recent: tuple[str, ...] = ()
    tools: dict[str, int] = field(default_factory=dict)
    import_heads: dict[str, str] = field(default_factory=dict)
    import_words: dict[str, str] = field(default_factory=dict)
    filters: dict[str, str] = field(default_factory=dict)
    column_sets: dict[str, str] = field(default_factory=dict)
    apart: tuple[str, ...] = ()

    def changed(self, **values: Any) -> "Settings":
        """Return the settings with some values changed."""
        return replace(self, **values)


def settings_file() -> Path:
    """Return where the settings lie."""
    return data_folder() / "settings.toml"


def load(path: Path | None = None) -> Settings:
    """Read the settings; a missing or damaged file gives the defaults, a wrong value its own default."""
    try:
        text = (path or settings_file()).read_text("utf-8")
        data = _parsed(text)
    except (OSError, ValueError):
        return Settings()
    defaults = Settings()
    kept = {f.name: _fitting(data[f.name], getattr(defaults, f.name)) for f in fields(Settings) if f.name in data}
    return replace(defaults, **{name: value for name, value in kept.items() if value is not None})


def _parsed(text: str) -> dict[str, Any]:
    # A new installation has no settings yet, and need not wait for the parser.
    import tomllib

    return tomllib.loads(text)


def _fitting(value: Any, default: Any) -> Any:
    if isinstance(default, tuple):
        return tuple(str(item) for item in value) if isinstance(value, list) else None
    return value if type(value) is type(default) else None


def save(settings: Settings, path: Path | None = None) -> None:
    """Write the settings whole: to a new file that then takes the old one's place."""
    import tomli_w

    target = path or settings_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".part")
    partial.write_text(tomli_w.dumps(asdict(settings)), "utf-8")
    partial.replace(target)
