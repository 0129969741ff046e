# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools>=4.50"]
# ///
"""Development script: makes the bundled subsets from the packages named in README.md."""

import argparse
import bz2
import gzip
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

HERE = Path(__file__).resolve().parent

# Symbols of official papers and forms that GB2312 lacks.
SYMBOL_RANGES = [
    (0x20, 0x7E),
    (0xA0, 0xFF),
    (0x2010, 0x2027),
    (0x2030, 0x203B),
    (0x2190, 0x2193),
    (0x2460, 0x249B),
    (0x2160, 0x216B),
    (0x25A0, 0x25FF),
    (0x2610, 0x2612),
    (0x3000, 0x303F),
    (0x3220, 0x3229),
    (0xFF01, 0xFF5E),
    (0xFFE0, 0xFFE6),
]
SYMBOLS = "€№℃℉™Ω∈∏∑√∝∞∠∥∧∨∩∪∫∴∵≈≌≠≡≤≥⊙⊥−★☆♀♂✓✔✗㎎㎏㎜㎝㎞㎡㎥㏄"

# Characters of people's names that neither GB2312 nor the 8105 table holds; WenKai has them all.
NAME_CHARACTERS = (
    "䶮𠮷𬱖昇喆堃犇骉羴淼焱垚鑫珺赟祎翀曌頔玥竑昉昶曈暐炘烜旻旸昺璠璘玙珩㛃㑇㴔㬎䥽陞甯邨峯崑昐"
    "晧皙祐禎竝緈濬瀞燊畠璁瑨瓅甡眞碁禔稘竩筱"
)


@dataclass(frozen=True)
class Recipe:
    """One bundled file: where its outlines come from and what it is called."""

    output: str
    source: str
    family: str
    weight: int
    characters: frozenset[int]
    licence: str
    keep_layout: bool = False


def gb2312() -> set[int]:
    """Every character of GB2312, symbols included."""
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xFF) for cell in range(0xA1, 0xFF))
    return {ord(text) for pair in pairs if (text := pair.decode("gb2312", "ignore"))}


def gbk_ideographs() -> set[int]:
    """Every ideograph of GBK."""
    pairs = (bytes((row, cell)) for row in range(0x81, 0xFF) for cell in range(0x40, 0xFF))
    return {ord(text) for pair in pairs if len(text := pair.decode("gbk", "ignore")) == 1 and ord(text) >= 0x4E00}


def table_of_2013(unihan: Path, last: int) -> set[int]:
    """The characters of 通用规范汉字表 up to number `last` (3500, 6500 or 8105), from Unihan's kTGH."""
    found = set()
    for line in bz2.decompress(unihan.read_bytes()).decode().splitlines():
        if "\tkTGH\t" in line:
            code, _, value = line.split("\t")
            if int(value.partition(":")[2].split()[0]) <= last:
                found.add(int(code[2:], 16))
    return found


def symbols() -> set[int]:
    """Letters, digits and symbols that every text font carries."""
    spans = {code for first, last in SYMBOL_RANGES for code in range(first, last + 1)}
    return spans | {ord(char) for char in SYMBOLS}


def characters_of(path: Path) -> set[int]:
    """The characters that a font file maps."""
    return set(TTFont(path, lazy=True).getBestCmap())


def to_truetype(font: TTFont, max_error: float = 1.0) -> None:
    """Replace CFF outlines by quadratic ones, at most `max_error` units of the em (1/1000) away."""
    order, glyphs = font.getGlyphOrder(), font.getGlyphSet()
    converted = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, max_error, reverse_direction=True))
        converted[name] = pen.glyph()
    del font["CFF "]
    font["loca"] = newTable("loca")
    glyf = font["glyf"] = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, converted
    font["maxp"].tableVersion = 0x00010000
    for field in (
        "maxZones",
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
    ):
        setattr(font["maxp"], field, 1 if field == "maxZones" else 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"


def rename(font: TTFont, recipe: Recipe) -> None:
    """Give a subset its own family name, as the OFL asks of changed fonts with reserved names."""
    names = font["name"]
    notes = {name.nameID: name.toUnicode() for name in names.names if name.nameID in (0, 13, 14)}
    names.names = []
    style = "Regular" if recipe.weight == 400 else f"W{recipe.weight}"
    postscript = f"{recipe.family.replace(' ', '')}-{style}"
    own = {
        1: recipe.family,
        2: "Regular",
        3: f"{postscript}; {Path(recipe.source).name}",
        4: f"{recipe.family} {style}",
        5: "Version 1.0",
        6: postscript,
        10: f"Subset of {Path(recipe.source).name}",
    }
    for number, text in sorted((notes | own).items()):
        names.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = recipe.weight


def build(recipe: Recipe, sources: Path) -> Path:
    """Write one subset and its licence; return the file."""
    options = subset.Options(hinting=False, legacy_cmap=False, notdef_outline=True, name_IDs=["*"], glyph_names=False)
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx", "gasp", "DSIG", "STAT"]
    options.layout_features = ["*"] if recipe.keep_layout else []
    font = TTFont(sources / recipe.source, recalcTimestamp=False)
    worker = subset.Subsetter(options)
    worker.populate(unicodes=recipe.characters)
    worker.subset(font)
    if "CFF " in font:
        to_truetype(font)
    if "Fandol" not in recipe.source:
        rename(font, recipe)
    target = HERE / recipe.output
    font.save(target)
    copy_licence(sources / recipe.licence, target.with_suffix(".LICENSE.txt"))
    return target


def copy_licence(source: Path, target: Path) -> None:
    """Lay the licence text beside its font."""
    data = source.read_bytes()
    target.write_bytes(gzip.decompress(data) if source.suffix == ".gz" else data)


def recipes(sources: Path) -> Iterable[Recipe]:
    """Every file of the bundle; `sources` holds the unpacked packages (see README.md)."""
    unihan = sources / "unicode-data/usr/share/unicode/Unihan_OtherMappings.txt.bz2"
    wenkai = "fonts-lxgw-wenkai/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-{}.ttf"
    fang = "texlive-lang-chinese/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf"
    fang_licence = "texlive-lang-chinese/usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz"
    wenkai_licence = "fonts-lxgw-wenkai/usr/share/doc/fonts-lxgw-wenkai/copyright"
    serif, sans, mongolian = "noto-serif-sc/package/", "noto-sans-sc/package/", "noto-sans-mongolian/package/"
    names = {ord(char) for char in NAME_CHARACTERS}
    base = frozenset(gb2312() | table_of_2013(unihan, 8105) | symbols() | names)
    fang_has = characters_of(sources / fang)
    light_has = characters_of(sources / wenkai.format("Light"))
    wanted = base | gbk_ideographs() | {code for code in light_has if code >= 0x20000 or 0x3400 <= code < 0x4DC0}
    ui = frozenset(table_of_2013(unihan, 6500) | symbols() | names)
    yield Recipe("FandolFang-Regular.ttf", fang, "FandolFang", 400, frozenset(fang_has), fang_licence)
    yield Recipe("DeskRare.ttf", wenkai.format("Light"), "Desk Rare", 300, frozenset(wanted - fang_has), wenkai_licence)
    yield Recipe("DeskKai.ttf", wenkai.format("Regular"), "Desk Kai", 400, base, wenkai_licence)
    yield Recipe(
        "DeskBiaoSong.ttf",
        serif + "700Bold/NotoSerifSC_700Bold.ttf",
        "Desk BiaoSong",
        700,
        base,
        serif + "LICENSE_FONT",
    )
    yield Recipe(
        "DeskSong.ttf", serif + "400Regular/NotoSerifSC_400Regular.ttf", "Desk Song", 400, base, serif + "LICENSE_FONT"
    )
    yield Recipe(
        "DeskSans.ttf", sans + "400Regular/NotoSansSC_400Regular.ttf", "Desk Sans", 400, base, sans + "LICENSE_FONT"
    )
    yield Recipe(
        "DeskSans-Medium.ttf", sans + "500Medium/NotoSansSC_500Medium.ttf", "Desk Sans", 500, ui, sans + "LICENSE_FONT"
    )
    yield Recipe(
        "DeskMongolian.ttf",
        mongolian + "400Regular/NotoSansMongolian_400Regular.ttf",
        "Desk Mongolian",
        400,
        frozenset(characters_of(sources / (mongolian + "400Regular/NotoSansMongolian_400Regular.ttf"))),
        mongolian + "LICENSE_FONT",
        keep_layout=True,
    )


def main() -> None:
    """Build every file and print its size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", type=Path, help="folder with the unpacked packages, as README.md lays them out")
    parser.add_argument("--only", help="build only the file of this name")
    arguments = parser.parse_args()
    for recipe in recipes(arguments.sources):
        if arguments.only in (None, recipe.output):
            target = build(recipe, arguments.sources)
            sys.stdout.write(f"{target.stat().st_size:>10,}  {target.name}\n")


if __name__ == "__main__":
    main()
