"""Typefaces: font files, the chain of files behind each role, and the check that every character has a glyph."""

import os
import struct
import sys
import unicodedata
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path

import uharfbuzz as hb

from desktop.documents.styles import Role
from desktop.errors import Unprintable
from desktop.paths import resource_folder

OFFICE_FILES: dict[Role, tuple[str, ...]] = {
    Role.FANGSONG: ("仿宋_GB2312.ttf", "fangsong_gb2312.ttf", "simfang.ttf"),
    Role.HEI: ("simhei.ttf",),
    Role.KAI: ("楷体_GB2312.ttf", "kaiti_gb2312.ttf", "simkai.ttf"),
    Role.SONG: ("simsun.ttc", "simsun.ttf"),
    Role.TITLE: ("方正小标宋简体.ttf", "方正小标宋_GBK.ttf", "fzxbsjw.ttf", "fzxbsk.ttf"),
    Role.MONGOLIAN: ("monbaiti.ttf",),
}
BUNDLED_FILES = {
    Role.FANGSONG: "FandolFang-Regular.ttf",
    Role.HEI: "DeskSans.ttf",
    Role.KAI: "DeskKai.ttf",
    Role.SONG: "DeskSong.ttf",
    Role.TITLE: "DeskBiaoSong.ttf",
    Role.MONGOLIAN: "DeskMongolian.ttf",
}
RARE_OFFICE_FILES = ("simsunb.ttf",)
RARE_FILES = ("DeskRare.ttf", "DeskKai.ttf")
RESTRICTED_EMBEDDING = 0x0002


class Font:
    """One font file with TrueType outlines; the file is mapped, not parsed, until a character is asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.face = hb.Face(hb.Blob.from_file_path(str(path)), 0)
        self._font = hb.Font(self.face)
        self._glyphs: dict[str, int] = {}
        self._advances: dict[str, float] = {}
        self._inks: dict[str, tuple[float, float] | None] = {}

    def glyph(self, char: str) -> int:
        """Return the glyph number of a character, 0 where the font lacks it."""
        found = self._glyphs.get(char)
        if found is None:
            found = self._glyphs[char] = self._font.get_nominal_glyph(ord(char)) or 0
        return found

    def advance(self, char: str) -> float:
        """Return a character's own width in em."""
        found = self._advances.get(char)
        if found is None:
            found = self._advances[char] = self.glyph_advance(self.glyph(char)) / self.face.upem
        return found

    def glyph_advance(self, glyph: int) -> int:
        """Return a glyph's width in font units."""
        return int(self._font.get_glyph_h_advance(glyph))

    def ink(self, text: str) -> tuple[float, float]:
        """Return the highest and lowest ink of a text above the baseline, in em."""
        inks = [ink for char in text if (ink := self._ink_of(char)) is not None]
        return max((top for top, _ in inks), default=0.0), min((foot for _, foot in inks), default=0.0)

    def _ink_of(self, char: str) -> tuple[float, float] | None:
        """Return one character's highest and lowest ink in em, None where it has none; looked up once."""
        if char not in self._inks:
            box = self._font.get_glyph_extents(self.glyph(char))
            top, foot = box.y_bearing / self.face.upem, (box.y_bearing + box.height) / self.face.upem
            self._inks[char] = (top, foot) if box.height else None
        return self._inks[char]

    @cached_property
    def preprocessed(self) -> hb.Face:
        """The face prepared for many subsets."""
        return hb.subset_preprocess(self.face)

    @cached_property
    def name(self) -> str:
        """The PostScript name, in the characters a PDF name may hold."""
        raw = self.face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or self.path.stem
        return "".join(char for char in raw if char.isascii() and (char.isalnum() or char == "-")) or "Font"

    @cached_property
    def vertical(self) -> tuple[int, int]:
        """Ascender and descender in thousandths of the em."""
        extents = self._font.get_font_extents("ltr")
        scale = 1000 / self.face.upem
        return round(extents.ascender * scale), round(extents.descender * scale)

    @cached_property
    def shaper(self) -> hb.Font:
        """The font as HarfBuzz wants it for shaping."""
        return self._font


@lru_cache(maxsize=64)
def open_font(path: Path) -> Font | None:
    """Open a font once; None where it is missing, has no TrueType outlines or forbids embedding."""
    if not path.is_file():
        return None
    try:
        font = Font(path)
        if "glyf" not in font.face.table_tags:
            return None
        (rights,) = struct.unpack(">H", bytes(font.face.reference_table("OS/2").data)[8:10])
    except (OSError, ValueError, hb.HarfBuzzError, struct.error):
        return None
    return None if rights & 0x000F == RESTRICTED_EMBEDDING else font


def system_folders() -> tuple[Path, ...]:
    """Return the machine's own font folders, which hold the office's usual typefaces on Windows."""
    if sys.platform != "win32":
        return ()
    own = Path(os.environ.get("LOCALAPPDATA", "")) / "Microsoft" / "Windows" / "Fonts"
    return Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts", own


class FontBook:
    """The chains: the office's folders first, then the bundled fonts, then those with the rare characters."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        self.folders = tuple(folders)
        self._chains: dict[Role, tuple[Font, ...]] = {}
        self._picked: dict[tuple[Role, str], Font | None] = {}

    def chain(self, role: Role) -> tuple[Font, ...]:
        """Return the fonts of a role in the order in which they are asked, opened on first use."""
        if role not in self._chains:
            self._chains[role] = tuple(font for path in self._candidates(role) if (font := open_font(path)))
        return self._chains[role]

    def _candidates(self, role: Role) -> Iterable[Path]:
        for names in (OFFICE_FILES[role], RARE_OFFICE_FILES):
            own = (folder / name for folder in self.folders for name in names)
            if names is OFFICE_FILES[role]:
                yield from own
                yield bundled_folder() / BUNDLED_FILES[role]
            else:
                yield from own
        yield from (bundled_folder() / name for name in RARE_FILES)

    def find(self, role: Role, char: str) -> Font | None:
        """Return the first font of the chain that has the character, or None."""
        key = (role, char)
        if key not in self._picked:
            self._picked[key] = next((font for font in self.chain(role) if font.glyph(char)), None)
        return self._picked[key]

    def pick(self, role: Role, char: str, field: str) -> Font:
        """Return the font for a character; raise Unprintable, naming character and field, where none has it."""
        font = self.find(role, char)
        if font is None:
            raise missing_character(char, field)
        return font


def missing_character(char: str, field: str) -> Unprintable:
    """Return the error for a character that no font can print."""
    name = unicodedata.name(char, "")
    shown = char if char.isprintable() else "（不可见字符）"
    return Unprintable(
        f"“{field}”里的字“{shown}”（U+{ord(char):04X} {name}）没有字体能印，"
        "请换一个字，或把有这个字的字体放进字体文件夹。",
        field,
    )


def bundled_folder() -> Path:
    """Return the folder of the fonts that come with the program."""
    return resource_folder() / "fonts"


@lru_cache(maxsize=4)
def font_book(office_folder: Path | None = None) -> FontBook:
    """Return the shared book for an office's own font folder (or none)."""
    own = (office_folder,) if office_folder else ()
    return FontBook((*own, *system_folders()))
