"""The checks of GB/T 9704-2012 on a .docx file: page, grid, faces and wordings as its XML states them."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml import etree

from desktop.documents.measure import Check, judge, judge_text, valid_date, valid_number
from desktop.errors import BadInput

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TWIP = 25.4 / 1440
"""mm in a twentieth of a point."""
LARGEST = 200 * 1024 * 1024
LEVELS = (
    (re.compile(r"^[一二三四五六七八九十]+、"), "黑体", ("黑体", "SimHei")),
    (re.compile(r"^（[一二三四五六七八九十]+）"), "楷体", ("楷体", "KaiTi", "simkai")),
)
FANGSONG = ("仿宋", "FangSong")
TITLE_FACES = ("小标宋", "标宋", "BiaoSong")


@dataclass(frozen=True)
class Run:
    """Characters in one face and size (pt); `spacing` is what is added between them, pt."""

    text: str
    face: str
    size: float
    spacing: float


@dataclass(frozen=True)
class WordLine:
    """A paragraph: its runs, alignment, exact line distance in pt (0 where it is not exact), first indent in pt."""

    runs: Sequence[Run]
    align: str
    pitch: float
    indent: float

    @property
    def text(self) -> str:
        """The paragraph's characters."""
        return "".join(run.text for run in self.runs)

    @property
    def size(self) -> float:
        """The size of most characters, pt."""
        sizes: Counter[float] = Counter()
        for run in self.runs:
            sizes[run.size] += len(run.text)
        return sizes.most_common(1)[0][0] if sizes else 0.0


class WordFile:
    """The parts of a .docx that the checks read."""

    def __init__(self, data: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
                    raise BadInput("这个文件展开后太大，不能检查。", "file")
                self._parts = {name: archive.read(name) for name in archive.namelist() if name.endswith(".xml")}
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise BadInput("不是可读的 Word 文件（.docx），请用 Word 或 WPS 另存为 .docx 后再检查。", "file") from error
        if "word/document.xml" not in self._parts:
            raise BadInput("不是可读的 Word 文件（.docx）：里面没有正文。", "file")

    def part(self, name: str) -> Any:
        """Return a part's root element, None where the file lacks it; entities are never followed."""
        data = self._parts.get(name)
        if data is None:
            return None
        try:
            return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            raise BadInput(f"Word 文件里的 {name} 已损坏，请另存后再检查。", "file") from error

    @cached_property
    def body(self) -> Any:
        """The document's body."""
        return self.part("word/document.xml").find(f"{W}body")

    @cached_property
    def defaults(self) -> tuple[str, float]:
        """Face and size of text that names none: those of the style sheet."""
        styles = self.part("word/styles.xml")
        found = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if styles is not None else None
        face, size, _ = _run_properties(found, ("", 10.0))
        return face, size

    @cached_property
    def lines(self) -> list[WordLine]:
        """The paragraphs of the text outside of tables."""
        return [_line(paragraph, self.defaults) for paragraph in self.body.findall(f"{W}p")]

    def footers(self) -> str:
        """Return the characters and fields of all footers."""
        roots = [self.part(name) for name in sorted(self._parts) if re.fullmatch(r"word/footer\d*\.xml", name)]
        return "".join(str(text) for root in roots for text in root.itertext())


def _value(element: Any, path: str, name: str = "val") -> str:
    found = element.find("/".join(W + part for part in path.split("/"))) if element is not None else None
    return str(found.get(W + name) or "") if found is not None else ""


def _number(text: str, default: float = 0.0) -> float:
    try:
        return float(text)
    except ValueError:
        return default


def _run_properties(properties: Any, defaults: tuple[str, float]) -> tuple[str, float, float]:
    face = _value(properties, "rFonts", "eastAsia") or defaults[0]
    size = _number(_value(properties, "sz"), defaults[1] * 2) / 2
    return face, size, _number(_value(properties, "spacing")) / 20


def _line(paragraph: Any, defaults: tuple[str, float]) -> WordLine:
    properties = paragraph.find(f"{W}pPr")
    exact = _value(properties, "spacing", "lineRule") == "exact"
    pitch = _number(_value(properties, "spacing", "line")) / 20 if exact else 0.0
    runs = []
    for run in paragraph.iter(f"{W}r"):
        text = "".join(str(part.text or "") for part in run.findall(f"{W}t"))
        if text:
            runs.append(Run(text, *_run_properties(run.find(f"{W}rPr"), defaults)))
    indent = _number(_value(properties, "ind", "firstLine")) / 20
    return WordLine(runs, _value(properties, "jc"), pitch, indent)


def check_word(data: bytes) -> list[Check]:
    """Check a .docx by every check that its XML can answer; BadInput where it is no readable .docx."""
    file = WordFile(data)
    groups = (_page_checks, _grid_checks, _text_checks, _heading_checks, _wording_checks, _folio_checks)
    return [check for group in groups for check in group(file)]


def _is_title(line: WordLine) -> bool:
    return 20.5 <= line.size <= 23 and line.align == "center" and bool(line.text)


def _body_lines(file: WordFile) -> list[WordLine]:
    """Return the longer lines of body size after the title, so that 发文字号 and 签发人 are not taken for text."""
    titles = [index for index, line in enumerate(file.lines) if _is_title(line)]
    lines = file.lines[titles[0] + 1 if titles else 0 :]
    return [line for line in lines if 15.5 <= line.size <= 16.5 and len(line.text) > 12 and line.align != "center"]


def _section(file: WordFile) -> Any:
    """Return the layout of the text: that of the first section; attachments may have their own after it."""
    return next(file.body.iter(f"{W}sectPr"), None)


def _margins(file: WordFile) -> dict[str, float]:
    section = _section(file)
    names = ("top", "bottom", "left", "right")
    return {name: _number(_value(section, "pgMar", name)) * TWIP for name in names}


def _pitch(file: WordFile) -> float:
    lines = _body_lines(file) or [line for line in file.lines if 15.5 <= line.size <= 16.5]
    found = Counter(line.pitch for line in lines)
    return found.most_common(1)[0][0] if found else 0.0


def _page_checks(file: WordFile) -> Iterator[Check]:
    section = _section(file)
    width, height = (_number(_value(section, "pgSz", name)) * TWIP for name in ("w", "h"))
    yield judge("5.1", "页宽", width, 209.5, 210.5)
    yield judge("5.1", "页高", height, 296.5, 297.5)
    margins, pitch = _margins(file), _pitch(file)
    # Exact line distance puts half of the leading above the first line.
    leading = (pitch - 16) / 2 * 25.4 / 72 if pitch else 0.0
    yield judge("5.2.1", "天头（第一行字的上边缘）", margins["top"] + leading, 36.0, 38.0)
    yield judge("5.2.1", "订口", margins["left"], 27.0, 29.0)
    yield judge("5.2.1", "版心宽", width - margins["left"] - margins["right"], 155.0, 157.0)


def _grid_checks(file: WordFile) -> Iterator[Check]:
    pitch, margins = _pitch(file), _margins(file)
    if not _body_lines(file):
        return
    pitches = [line.pitch for line in _body_lines(file)]
    if not all(pitches):
        yield judge_text("5.2.3", "行距", "不是固定值", False, "固定值28.90—29.70pt", must=False)
        return
    for name, found in (("最小行距", min(pitches)), ("最大行距", max(pitches))):
        yield judge("5.2.3", name, found, 28.9, 29.7, must=False, unit="pt")
    section = _section(file)
    room = _number(_value(section, "pgSz", "h")) * TWIP - margins["top"] - margins["bottom"]
    yield judge("5.2.3", "每面行数", int(room / (pitch * 25.4 / 72) + 0.01), 22, 22, must=False, unit="行")
    width = _number(_value(section, "pgSz", "w")) * TWIP - margins["left"] - margins["right"]
    run = max((run for line in _body_lines(file) for run in line.runs), key=lambda run: len(run.text))
    cells = int(width / ((run.size + run.spacing) * 25.4 / 72) + 0.01)
    yield judge("5.2.3", "每行字数", cells, 28, 28, must=False, unit="字")


def _text_checks(file: WordFile) -> Iterator[Check]:
    plain = [line for line in _body_lines(file) if not any(level.match(line.text) for level, _, _ in LEVELS)]
    faces = Counter(run.face for line in plain for run in line.runs for _ in run.text)
    if faces:
        face = faces.most_common(1)[0][0]
        good = any(name.lower() in face.lower() for name in FANGSONG)
        yield judge_text("5.2.2", "正文字体", face or "（未指定）", good, "3号仿宋", must=False)
    indented = [line for line in plain if line.indent > 0]
    for line in indented[:1]:
        yield judge("7.3.3", "段首空二字", line.indent, 30.0, 33.0, unit="pt")
    spaced = [line.text for line in file.lines if re.match(r"^[ \u3000]+\S", line.text)]
    if spaced:
        yield judge_text("7.3.3", "用空格缩进", spaced[0].strip()[:8], False, "用首行缩进，不用空格", must=False)


def _heading_checks(file: WordFile) -> Iterator[Check]:
    for line in file.lines:
        for level, name, faces in LEVELS:
            if level.match(line.text) and 15.5 <= line.size <= 16.5:
                face = line.runs[0].face
                good = any(word.lower() in face.lower() for word in faces)
                yield judge_text("7.3.3", f"“{line.text[:8]}”字体", face or "（未指定）", good, name, must=False)


def _wording_checks(file: WordFile) -> Iterator[Check]:
    titles = [line for line in file.lines if _is_title(line)]
    for line in titles[:1]:
        yield judge("7.3.1", "标题字号", line.size, 21.8, 22.2, must=False, unit="pt")
        face = line.runs[0].face
        yield judge_text("7.3.1", "标题字体", face, any(name in face for name in TITLE_FACES), "小标宋体", must=False)
    if not titles:
        yield judge_text("7.3.1", "标题", "没有找到", False, "2号居中的标题", must=False)
    for text in (line.text.strip() for line in file.lines):
        if re.fullmatch(r"\S{2,12}[〔\[（(【]\d{2,4}[〕\]）)】]第?\d+号", text):
            yield judge_text("7.2.5", "发文字号", text, valid_number(text), "机关代字〔年份〕序号")
        if re.fullmatch(r".{2,6}年.{1,3}月.{1,3}日", text):
            yield judge_text("7.3.5", "成文日期", text, valid_date(text), "阿拉伯数字，月日不编虚位")


def _folio_checks(file: WordFile) -> Iterator[Check]:
    said = file.footers()
    if "PAGE" not in said:
        yield judge_text("7.5", "页码", "没有找到", False, "4号半角宋体，左右各放一条一字线", must=False)
        return
    yield judge_text("7.5", "页码一字线", said.strip()[:12], said.count("—") >= 2, "— 1 —", must=False)
    settings = file.part("word/settings.xml")
    both = settings is not None and settings.find(f"{W}evenAndOddHeaders") is not None
    yield judge_text("7.5", "奇偶页页码", "分列" if both else "不分", both, "单页码居右，双页码居左", must=False)
