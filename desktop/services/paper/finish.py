"""How a paper is finished: seals, their size, the office's own fonts."""

from dataclasses import dataclass
from pathlib import Path

from desktop.documents.kind import Setting
from desktop.documents.seal import load_seal
from desktop.errors import BadInput


@dataclass(frozen=True)
class Finish:
    """How a paper is finished: seal images in the issuers' order, their diameter in mm, the office's own fonts."""

    seals: tuple[Path, ...] = ()
    diameter: float = 42.0
    fonts: Path | None = None

    def setting(self, code: str = "") -> Setting:
        """Return what the layouts take; BadInput when a seal image cannot be read."""
        seals = [load_seal(_image(path), self.diameter) for path in self.seals]
        return Setting(fonts=self.fonts, seals=seals, code=code)


def _image(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"打不开印章图片：{path}。请检查文件名和位置。", "seal") from error
