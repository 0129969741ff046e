"""How a paper is finished: seals, their size, the office's own fonts, the signature of the file."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.documents.kind import Kind, Seal, Setting
from desktop.documents.seal import diameter_note, load_seal
from desktop.errors import BadInput

if TYPE_CHECKING:
    from desktop.documents.signing import Signer


@dataclass(frozen=True)
class Finish:
    """How a paper is finished: seal images in the issuers' order, their diameter in mm, the office's own fonts.

    `opened` are seals that their keepers have opened; `sign` is a PKCS#12 file that signs what is finished, with its
    passphrase.
    """

    seals: tuple[Path, ...] = ()
    diameter: float = 42.0
    fonts: Path | None = None
    opened: tuple[Seal, ...] = ()
    sign: Path | None = None
    passphrase: str = ""

    @property
    def cautions(self) -> tuple[str, ...]:
        """What a person should know when a paper is issued so: an image is no kept seal, its use enters no register."""
        return (*self.notes, "用的是印章图片，不是已登记的印章，没有记入用印登记。") if self.seals else ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What is unusual about the seal images: a diameter that no rule knows."""
        note = diameter_note(self.diameter) if self.seals else ""
        return (note,) if note else ()

    def setting(self, code: str = "") -> Setting:
        """Return what the layouts take; BadInput when a seal image cannot be read or there is no such font folder."""
        if self.fonts is not None and not self.fonts.is_dir():
            raise BadInput(f"没有这个字体文件夹：{self.fonts}。请检查位置。", "fonts")
        if self.opened and self.seals:
            raise BadInput("印章图片和已登记的印章不能同时用。请只用一种。", "seal")
        seals = [*self.opened, *(load_seal(_image(path), self.diameter) for path in self.seals)]
        return Setting(fonts=self.fonts, seals=seals, code=code)

    def require(self, kind: Kind, form: str) -> None:
        """Refuse (BadInput) before anything is made: a seal without a place for it, a signature on what is no PDF."""
        if (self.seals or self.opened) and not kind.seals:
            raise BadInput(f"“{kind.name}”没有套印印章的位置，请打印后加盖实物印章。", "seal")
        if self.opened and form != "pdf":
            raise BadInput("印章只能加在PDF上，不能放进可以修改的文件。请输出为PDF。", "out")
        if self.sign is not None:
            if form != "pdf":
                raise BadInput("只有PDF可以签名。请输出为PDF。", "out")
            assert self.signer is not None

    @cached_property
    def signer(self) -> "Signer | None":
        """The key that signs, read once; BadInput when it cannot be used."""
        if self.sign is None:
            return None
        # pyHanko takes most of a second to import: only where something is signed.
        from desktop.documents.signing import read_signer

        return read_signer(_read(self.sign, "签名证书", "sign"), self.passphrase)

    def closed(self, pdf: bytes) -> bytes:
        """Return the finished PDF, signed where that is asked for."""
        return pdf if self.signer is None else self.signer.sign(pdf)

    def all_closed(self, pdfs: Iterable[bytes]) -> list[bytes]:
        """Return several finished PDFs, each signed where that is asked for."""
        return [self.closed(pdf) for pdf in pdfs]


def read_secret(path: Path) -> str:
    """Return the first line of a file that holds a certificate's passphrase, however short; BadInput."""
    try:
        return (_read(path, "口令文件", "passphrase").decode("utf-8-sig").splitlines() or [""])[0]
    except UnicodeDecodeError as error:
        raise BadInput(f"口令文件不是 UTF-8 文本：{path}。", "passphrase") from error


def _image(path: Path) -> bytes:
    return _read(path, "印章图片", "seal")


def _read(path: Path, title: str, field: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"打不开{title}：{path}。请检查文件名和位置。", field) from error
