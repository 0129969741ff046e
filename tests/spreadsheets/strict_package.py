"""The rules of ECMA-376 that Excel and WPS are strict about: a workbook that breaks one is opened as damaged."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
# Part 1, 18.3.1.99: the children of a worksheet stand in this order.
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
    "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors",
    "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls",
    "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
CELL = re.compile(r"([A-Z]{1,3})([1-9]\d*)")
BUILT_IN_FORMATS = 164
ROWS, COLUMNS, TEXT, FORMULA = 1_048_576, 16_384, 32_767, 255


def faults(path: Path) -> list[str]:
    """Return every breach of the rules in a workbook, in words; none when it is clean."""
    with zipfile.ZipFile(path) as package:
        if package.testzip() is not None:
            return ["the package is damaged"]
        names = package.namelist()
        found = [f"{name} is in the package twice" for name in set(names) if names.count(name) > 1]
        parts = {name: package.read(name) for name in names}
    trees = {name: ElementTree.fromstring(data) for name, data in parts.items() if name.endswith((".xml", ".rels"))}
    found += [*_types(trees, names), *_relations(trees, set(names)), *_book(trees)]
    styles = trees["xl/styles.xml"]
    formats = styles.find(f"{MAIN}cellXfs")
    assert formats is not None
    found += _number_formats(styles)
    for name, tree in trees.items():
        if name.startswith("xl/worksheets/sheet"):
            found += [f"{name}: {fault}" for fault in _sheet(tree, len(formats))]
    return found


def _types(trees: dict[str, ElementTree.Element], names: list[str]) -> Iterator[str]:
    content = trees["[Content_Types].xml"]
    defaults = {one.get("Extension") for one in content.iter(f"{TYPES}Default")}
    overrides = [one.get("PartName", "") for one in content.iter(f"{TYPES}Override")]
    for part in overrides:
        if part.lstrip("/") not in names or overrides.count(part) > 1:
            yield f"the type of {part} is told twice, or it is not there"
    for name in names:
        if f"/{name}" not in overrides and name.rpartition(".")[2] not in defaults and name != "[Content_Types].xml":
            yield f"{name} has no type"


def _relations(trees: dict[str, ElementTree.Element], names: set[str]) -> Iterator[str]:
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        ids = [one.get("Id") for one in tree.iter(f"{PACKAGE}Relationship")]
        if len(set(ids)) < len(ids):
            yield f"{name} has an id twice"
        for one in tree.iter(f"{PACKAGE}Relationship"):
            target = one.get("Target", "")
            place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if one.get("TargetMode") != "External" and place not in names:
                yield f"{name} points to {target}, which is not there"
        source = posixpath.join(folder, posixpath.basename(name).removesuffix(".rels"))
        used = set(_used_ids(trees[source])) if source in trees else set()
        for lost in used - set(ids):
            yield f"{source} uses {lost}, which {name} lacks"
    for name, tree in trees.items():
        if name.startswith("xl/worksheets/") and not name.endswith(".rels"):
            rels = f"xl/worksheets/_rels/{posixpath.basename(name)}.rels"
            if set(_used_ids(tree)) and rels not in names:
                yield f"{name} names relations and has none"


def _used_ids(tree: ElementTree.Element) -> Iterator[str]:
    for element in tree.iter():
        if f"{RELATION}id" in element.attrib:
            yield element.attrib[f"{RELATION}id"]


def _book(trees: dict[str, ElementTree.Element]) -> Iterator[str]:
    book = trees["xl/workbook.xml"]
    titles = [sheet.get("name", "") for sheet in book.iter(f"{MAIN}sheet")]
    for title in titles:
        if (
            not 1 <= len(title.encode("utf-16-le")) // 2 <= 31
            or set(title) & set("[]:*?/\\")
            or title != title.strip("'")
        ):
            yield f"no sheet may be called {title!r}"
        if title.casefold() == "history" or [one.casefold() for one in titles].count(title.casefold()) > 1:
            yield f"the sheet's name {title!r} is taken"
    if not any(sheet.get("state", "visible") == "visible" for sheet in book.iter(f"{MAIN}sheet")):
        yield "no sheet is visible"
    defined = [(one.get("name"), one.get("localSheetId")) for one in book.iter(f"{MAIN}definedName")]
    if len(set(defined)) < len(defined):
        yield f"a name is defined twice: {defined}"
    for one in book.iter(f"{MAIN}definedName"):
        if int(one.get("localSheetId") or 0) >= len(titles) or "#REF" in (one.text or ""):
            yield f"{one.get('name')} means nothing: {one.text}"


def _number_formats(styles: ElementTree.Element) -> Iterator[str]:
    custom = {int(one.get("numFmtId", "0")) for one in styles.iter(f"{MAIN}numFmt")}
    for style in styles.iter(f"{MAIN}xf"):
        number = int(style.get("numFmtId", "0"))
        if number >= BUILT_IN_FORMATS and number not in custom:
            yield f"the number format {number} is not there"


def _sheet(tree: ElementTree.Element, styles: int) -> Iterator[str]:
    places = [ORDER.index(child.tag.removeprefix(MAIN)) for child in tree]
    if places != sorted(places) or len(set(places)) < len(places):
        yield f"its parts are out of order: {[child.tag.removeprefix(MAIN) for child in tree]}"
    yield from _cells(tree, styles)
    yield from _columns(tree)
    yield from _ranges(tree)
    for check in tree.iter(f"{MAIN}dataValidation"):
        for formula in ("formula1", "formula2"):
            if len(check.findtext(f"{MAIN}{formula}") or "") > FORMULA:
                yield f"the check of {check.get('sqref')} is too long"
        for name, longest in (("promptTitle", 32), ("errorTitle", 32), ("prompt", 255), ("error", 225)):
            if len(check.get(name) or "") > longest:
                yield f"the {name} of {check.get('sqref')} is too long"
    for count in ("dataValidations", "mergeCells", "cols"):
        found = tree.find(f"{MAIN}{count}")
        if found is not None and (len(found) == 0 or int(found.get("count") or len(found)) != len(found)):
            yield f"{count} are counted wrong"


def _cells(tree: ElementTree.Element, styles: int) -> Iterator[str]:
    last_row = 0
    for row in tree.iter(f"{MAIN}row"):
        number, last_column = int(row.get("r", "0")), 0
        if not last_row < number <= ROWS:
            yield f"row {number} stands after {last_row}"
        last_row = number
        for cell in row:
            place = CELL.fullmatch(cell.get("r", ""))
            column = _column(place[1]) if place else 0
            if place is None or int(place[2]) != number or not last_column < column <= COLUMNS:
                yield f"the cell {cell.get('r')} is out of place"
            last_column = column
            if int(cell.get("s") or 0) >= styles:
                yield f"{cell.get('r')} has no such style"
            yield from _value(cell)


def _value(cell: ElementTree.Element) -> Iterator[str]:
    kind, value = cell.get("t", "n"), cell.findtext(f"{MAIN}v")
    if cell.find(f"{MAIN}f") is not None:
        yield f"{cell.get('r')} is a formula"
    if kind == "n" and value is not None and not re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", value):
        yield f"{cell.get('r')} is no number: {value}"
    text = "".join(one.text or "" for one in cell.iter(f"{MAIN}t"))
    if len(text.encode("utf-16-le")) // 2 > TEXT:
        yield f"{cell.get('r')} is too long"
    if re.search(r"_x00(0[0-8BCEF]|1[0-9A-F])_", text.replace("_x005F_", "")):
        yield f"{cell.get('r')} holds a mark that is none: {text!r}"


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _columns(tree: ElementTree.Element) -> Iterator[str]:
    last = 0
    for column in tree.iter(f"{MAIN}col"):
        first, end = int(column.get("min", "0")), int(column.get("max", "0"))
        if not last < first <= end <= COLUMNS:
            yield f"the columns {first} to {end} overlap"
        if not 0 <= float(column.get("width") or 8) <= 255:
            yield f"the column {first} is too wide"
        last = end


def _ranges(tree: ElementTree.Element) -> Iterator[str]:
    merged: set[tuple[int, int]] = set()
    for span in tree.iter(f"{MAIN}mergeCell"):
        cells = set(_within(span.get("ref", "")))
        if len(cells) < 2 or merged & cells:
            yield f"{span.get('ref')} is merged twice, or alone"
        merged |= cells
    rows = [int(row.get("r", "0")) for row in tree.iter(f"{MAIN}row")]
    wanted = tree.find(f"{MAIN}autoFilter")
    if wanted is not None and rows and max(row for row, _ in _corners(wanted.get("ref", ""))) != max(rows):
        yield f"the filter {wanted.get('ref')} ends elsewhere than the rows"
    size = tree.find(f"{MAIN}dimension")
    if size is not None and rows and max(row for row, _ in _corners(size.get("ref", ""))) < max(rows):
        yield f"the sheet is said to end at {size.get('ref')}"


def _corners(span: str) -> list[tuple[int, int]]:
    found = [CELL.fullmatch(one) for one in span.replace("$", "").split(":")]
    return [(int(one[2]), _column(one[1])) for one in found if one]


def _within(span: str) -> Iterator[tuple[int, int]]:
    (top, left), (bottom, right) = (_corners(span) * 2)[:2]
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
