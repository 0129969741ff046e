"""PDF/A-2b: the pages of a book through reportlab, with colour profile, metadata and structure tree."""

from functools import cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject

from desktop.documents.fonts import bundled_folder
from desktop.documents.pdf import (
    LANGUAGE,
    DeskCanvas,
    Ready,
    file_bytes,
    number,
    pack,
    place,
    replace,
    stream,
    text_string,
)
from desktop.documents.styles import MM

if TYPE_CHECKING:
    from desktop.documents.page import Book, Node, Page, Picture

PRODUCER = "workroom-desk"
SRGB = "sRGB IEC61966-2.1"
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance><pdf:Producer>{producer}</pdf:Producer>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


class _Info(PDFObject):  # type: ignore[misc]
    """The document information: the same title and producer as in the metadata, and no clock."""

    invariant = 1

    def __init__(self, title: str) -> None:
        self.title = title

    def digest(self, signature: Any) -> None:
        """Let the file's identity depend on the title."""
        signature.update(self.title.encode())

    def format(self, _document: PDFDocument) -> bytes:
        """Return the dictionary."""
        return f"<</Title {text_string(self.title)}/Producer({PRODUCER})>>".encode("ascii")


@cache
def _colour_profile() -> bytes:
    return stream(pack((bundled_folder() / "sRGB.icc").read_bytes()), "/N 3")


def close_book(book: "Book") -> bytes:
    """Draw every page of a book and return the file; the same book always gives the same bytes."""
    canvas = DeskCanvas(book.size[0] * MM, book.size[1] * MM)
    document = canvas.document
    document.info = _Info(book.title)
    names = {name for page in book.pages for name in page.fonts}
    fonts = place(document, Ready(book.store.embed(document, names).encode("ascii")))
    pictures = [_picture(document, picture) for picture in book.pictures]
    leaves = [_page(canvas, page, fonts, pictures) for page in book.pages]
    _complete_catalogue(document, book, leaves)
    return file_bytes(document)


def _picture(document: PDFDocument, picture: "Picture") -> str:
    size = f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}/BitsPerComponent 8"
    mask = ""
    if picture.mask is not None:
        mask = f"/SMask {place(document, Ready(stream(picture.mask, size + '/ColorSpace/DeviceGray')))}"
    return place(document, Ready(stream(picture.colours, f"{size}/ColorSpace/DeviceRGB{mask}")))


def _page(canvas: DeskCanvas, page: "Page", fonts: str, pictures: list[str]) -> str:
    """Draw one page and write its dictionary: reportlab's knows of no structure and shares no resources."""
    page.draw(canvas)
    document = canvas.document
    canvas.showPage()
    leaf = document.Pages.pages[-1]
    code = leaf.stream.encode("ascii")
    document.updateSignature(code)
    contents = place(document, Ready(stream(pack(code))))
    width, height = (number(side * MM) for side in page.book.size)
    images = "".join(f"/I{index} {pictures[index]}" for index in sorted(set(page.pictures)))
    resources = f"/Font {fonts}" + (f"/XObject<<{images}>>" if images else "")
    group = ""
    if page.blends:
        resources += f"/ExtGState {_blends(document, leaf)}"
        group = "/Group<</S/Transparency/CS/DeviceRGB>>"
    body = (
        f"<</Type/Page/Parent {place(document, document.Pages)}/MediaBox[0 0 {width} {height}]"
        f"/Resources<<{resources}>>/Contents {contents}{group}/Tabs/S/StructParents {page.index}>>"
    )
    replace(document, leaf, body)
    return place(document, leaf)


def _blends(document: PDFDocument, leaf: Any) -> str:
    """Return the page's graphics states as reportlab wrote them."""
    states = leaf.ExtGState
    return str(states.format(document).decode("ascii") if isinstance(states, PDFObject) else states)


def _complete_catalogue(document: PDFDocument, book: "Book", leaves: list[str]) -> None:
    metadata = XMP.format(title=escape(book.title), producer=PRODUCER).encode()
    packet = place(document, Ready(stream(metadata, "/Type/Metadata/Subtype/XML", plain=True)))
    profile = place(document, Ready(_colour_profile()))
    body = (
        f"<</Type/Catalog/Pages {place(document, document.Pages)}/Lang({LANGUAGE})/Metadata {packet}"
        "/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true/PrintScaling/None>>"
        f"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier({SRGB})/Info({SRGB})"
        f"/DestOutputProfile {profile}>>]/StructTreeRoot {_structure(document, book.root, leaves)}>>"
    )
    replace(document, document.Catalog, body)


Owners = list[list[str]]


def _structure(document: PDFDocument, root: "Node", leaves: list[str]) -> str:
    """Write the structure tree with the table from each page's marks to their elements; return its reference."""
    tree = Ready()
    own = place(document, tree)
    owners: Owners = [[] for _ in leaves]
    top = _element(document, root, own, leaves, owners)
    rows = " ".join(f"{index} [{' '.join(marks)}]" for index, marks in enumerate(owners))
    parents = place(document, Ready(f"<</Nums[{rows}]>>".encode("ascii")))
    tree.body = f"<</Type/StructTreeRoot/ParentTreeNextKey {len(leaves)}/K {top}/ParentTree {parents}>>".encode("ascii")
    return own


def _element(document: PDFDocument, node: "Node", parent: str, leaves: list[str], owners: Owners) -> str:
    element = Ready()
    own = place(document, element)
    kids: list[str] = []
    for kid in node.kids:
        if isinstance(kid, tuple):
            index, mark = kid
            marks = owners[index]
            marks.extend("null" for _ in range(mark + 1 - len(marks)))
            marks[mark] = own
            kids.append(f"<</Type/MCR/Pg {leaves[index]}/MCID {mark}>>")
        else:
            kids.append(_element(document, kid, own, leaves, owners))
    element.body = f"<</Type/StructElem/S/{node.kind}/P {parent}/K[{' '.join(kids)}]>>".encode("ascii")
    return own
