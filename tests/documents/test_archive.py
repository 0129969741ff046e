"""PDF/A-2b of every kind of paper, checked entry by entry: what a validator would ask of the file."""

import io
import re

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Name

from desktop.documents.archive import PRODUCER
from desktop.documents.kind import Setting
from desktop.documents.kinds import KINDS
from desktop.documents.page import Book
from desktop.documents.seal import load_seal
from tests.documents.form_samples import full
from tests.documents.samples import KINDS as OFFICIAL
from tests.documents.samples import sample, seal_image

SEAL = load_seal(seal_image(), 42.0)
FORMS = ("application-form", "expert-review", "reward-table", "plaque")
PAINTING = {"Tj", "TJ", "re", "S", "f", "Do", "l"}
MONGOLIAN = "ᠵᠡᠭᠦᠨ ᠭᠣᠤᠯ"


def made(kind):
    if kind not in OFFICIAL:
        return KINDS[kind].pdf(full(KINDS[kind].fields), Setting(code="ABCD-2345"))
    seals = () if kind == "minutes" else (SEAL,)
    more = {"mongolian_mark": MONGOLIAN} if kind == "notice" else {}
    data = sample(kind, body=["㛃娜、𬬭某、李𠮷、王䶮等100%（GB/T 9704）到场。", *sample(kind)["body"]], **more)
    return KINDS[kind].pdf(data, Setting(seals=seals))


@pytest.fixture(scope="module", params=(*OFFICIAL, *FORMS))
def content(request):
    return made(request.param)


@pytest.fixture
def file(content):
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


def test_the_file_begins_and_ends_as_the_standard_wants(content):
    head, mark = content.split(b"\n", 2)[:2]
    assert head == b"%PDF-1.7"
    assert mark[:1] == b"%"
    assert len(mark) >= 5
    assert all(byte > 127 for byte in mark[1:5])
    assert content.endswith(b"%%EOF\n")


def test_the_trailer_has_an_identity_and_no_lock(file):
    assert "/Encrypt" not in file.trailer
    assert len(file.trailer.ID) == 2
    assert all(len(bytes(part)) >= 16 for part in file.trailer.ID)
    assert file.check_pdf_syntax() == []


def test_metadata_says_part_and_level_and_what_the_information_says(file):
    packet = file.Root.Metadata
    assert (packet.Type, packet.Subtype) == (Name.Metadata, Name.XML)
    assert "/Filter" not in packet
    assert packet.read_bytes().startswith(b"<?xpacket begin=")
    with file.open_metadata() as said:
        assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("2", "B")
        assert said["dc:title"] == str(file.docinfo.Title)
        assert said["pdf:Producer"] == str(file.docinfo.Producer) == PRODUCER
        assert said["dc:language"] == {"zh-CN"}
    assert set(file.docinfo.keys()) == {"/Title", "/Producer"}


def test_colours_are_those_of_the_output_intent(file):
    (intent,) = file.Root.OutputIntents
    assert (intent.S, intent.DestOutputProfile.N) == (Name.GTS_PDFA1, 3)
    profile = intent.DestOutputProfile.read_bytes()
    assert profile[36:40] == b"acsp"
    assert profile[16:20] == b"RGB "
    for page in file.pages:
        used = {str(operator) for _, operator in pikepdf.parse_content_stream(page)}
        assert not used & {"k", "K", "cs", "CS", "scn", "SCN", "sh"}


def test_nothing_in_the_file_acts_or_reaches_outside(file):
    forbidden = {"/OpenAction", "/AA", "/Names", "/AcroForm", "/OCProperties", "/Perms", "/Requirements"}
    assert not forbidden & set(file.Root.keys())
    for thing in file.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            assert thing.get("/S") not in (Name.JavaScript, Name.Launch, Name.URI)
            assert thing.get("/Type") not in (Name.Action, Name.Annot, Name.Filespec)
        if isinstance(thing, pikepdf.Stream):
            assert "/F" not in thing
            assert thing.get("/Filter") in (None, Name.FlateDecode)
            assert thing.get("/Subtype") not in (Name.Form, Name.PS)


def test_transparency_is_only_the_seals_and_has_its_colour_space(file):
    for page in file.pages:
        states = dict(page.Resources.get("/ExtGState") or {})
        for state in states.values():
            assert state.get("/BM", Name.Normal) in (Name.Normal, Name.Multiply)
            assert not {"/TR", "/TR2", "/HTP", "/HTO"} & set(state.keys())
        if states:
            assert (Name.Transparency, Name.DeviceRGB) == (page.Group.S, page.Group.CS)
        for picture in (page.Resources.get("/XObject") or {}).values():
            assert picture.Subtype == Name.Image
            assert picture.ColorSpace == Name.DeviceRGB
            assert not {"/Interpolate", "/Alternates", "/OPI"} & set(picture.keys())
            if "/SMask" in picture:
                assert picture.SMask.ColorSpace == Name.DeviceGray
                assert (picture.SMask.Width, picture.SMask.Height) == (picture.Width, picture.Height)


def drawn(page):
    """Yield font name and code of every character that a page's text operators show."""
    font = ""
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            font = str(operands[0])
        if str(operator) in ("Tj", "TJ"):
            parts = operands[0] if str(operator) == "TJ" else operands
            for raw in (bytes(part) for part in parts if isinstance(part, pikepdf.String)):
                yield from ((font, raw[index : index + 2]) for index in range(0, len(raw), 2))


def widths_of(font):
    first, row = font.W
    return {int(first) + index: float(value) for index, value in enumerate(row)}


def test_every_character_is_embedded_with_its_width_and_its_text(file):
    seen = {pair: page.Resources.Font[pair[0]] for page in file.pages for pair in set(drawn(page))}
    assert len(seen) > 50
    programs = {}
    for (name, code), font in seen.items():
        (inner,) = font.DescendantFonts
        assert (font.Encoding, str(inner.CIDSystemInfo.Ordering)) == (Name("/Identity-H"), "Identity")
        assert re.match(r"/[A-Z]{6}\+\w", str(font.BaseFont))
        assert font.BaseFont == inner.BaseFont == inner.FontDescriptor.FontName
        if name not in programs:
            program = TTFont(io.BytesIO(inner.FontDescriptor.FontFile2.read_bytes()))
            texts = dict(re.findall(r"<([0-9A-F]{4})><([0-9A-F]+)>", font.ToUnicode.read_bytes().decode()))
            programs[name] = program, inner.CIDToGIDMap.read_bytes(), widths_of(inner), texts
        program, mapping, widths, texts = programs[name]
        number = int.from_bytes(code, "big")
        glyph = int.from_bytes(mapping[2 * number : 2 * number + 2], "big")
        assert glyph != 0, "a character without a glyph"
        advance = program["hmtx"][program.getGlyphName(glyph)][0] * 1000 / program["head"].unitsPerEm
        assert widths[number] == pytest.approx(advance, abs=1)
        if "Mongol" not in str(font.BaseFont):
            text = bytes.fromhex(texts[code.hex().upper()]).decode("utf-16-be")
            assert len(text) == 1
            assert text not in "\0\ufeff\ufffe"


def test_all_that_is_painted_is_tagged_or_decoration(file):
    for page in file.pages:
        depth = marked = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            step = str(operator)
            depth += (step == "q") - (step == "Q")
            marked += (step in ("BMC", "BDC")) - (step == "EMC")
            assert step not in PAINTING or marked, (step, operands)
        assert (depth, marked) == (0, 0)


def test_the_structure_is_a_tree_of_known_elements(file):
    root = file.Root.StructTreeRoot
    assert file.Root.MarkInfo.Marked is True
    kinds = set()

    def walk(element, parent):
        assert element.P.objgen == parent.objgen
        kinds.add(str(element.S))
        for kid in element.K:
            if "/MCID" in kid:
                assert kid.Pg.objgen in {page.objgen for page in file.pages}
            else:
                walk(kid, element)

    walk(root.K, root)
    assert kinds <= {"/Document", "/Sect", "/P", "/Table", "/TR", "/TD", *(f"/H{level}" for level in range(1, 6))}
    assert "/Document" in kinds


def test_an_empty_book_is_a_sound_file():
    book = Book("空")
    book.new_page()
    with pikepdf.open(io.BytesIO(book.finish())) as file:
        assert file.check_pdf_syntax() == []
        assert len(file.pages) == 1


@pytest.mark.parametrize("title", ['a<b>&"c"', "李𠮷的“通知”", "（一）\\括号)("])
def test_titles_with_marks_of_their_own_stay_what_they_are(title):
    book = Book(title)
    book.new_page()
    with pikepdf.open(io.BytesIO(book.finish())) as file:
        assert str(file.docinfo.Title) == title
        with file.open_metadata() as said:
            assert said["dc:title"] == title
