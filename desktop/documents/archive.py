"""PDF/A-2b: the pages of a book through reportlab, with colour profile, metadata and structure tree."""

from functools import cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFObject, PDFPage
from reportlab.pdfbase.pdfdoc import format as pdf_bytes

from desktop.documents.fonts import bundled_folder
from desktop.documents.pdf import DeskCanvas, Raw, Stream, pack, text_string
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

    def format(self, document: PDFDocument) -> bytes:
        """Return the dictionary."""
        entries = {"Title": Raw(text_string(self.title)), "Producer": Raw(f"({PRODUCER})")}
        return bytes(pdf_bytes(PDFDictionary(entries), document))


@cache
def _colour_profile() -> bytes:
    return pack((bundled_folder() / "sRGB.icc").read_bytes())


def close_book(book: "Book") -> bytes:
    """Draw every page of a book and return the file; the same book always gives the same bytes."""
    canvas = DeskCanvas(book.size[0] * MM, book.size[1] * MM)
    document = canvas.document
    document.info = _Info(book.title)
    names = {name for page in book.pages for name in page.fonts}
    fonts = document.Reference(book.store.embed(document, names))
    pictures = [document.Reference(_picture(document, picture)) for picture in book.pictures]
    leaves = [_page(canvas, page, fonts, pictures) for page in book.pages]
    _complete_catalogue(document, book, leaves)
    return bytes(canvas.getpdfdata())


def _picture(document: PDFDocument, picture: "Picture") -> Stream:
    size = {"Type": "/XObject", "Subtype": "/Image", "Width": picture.width, "Height": picture.height}
    entries: dict[str, Any] = {**size, "ColorSpace": "/DeviceRGB", "BitsPerComponent": 8}
    if picture.mask is not None:
        mask = Stream(picture.mask, {**size, "ColorSpace": "/DeviceGray", "BitsPerComponent": 8})
        entries["SMask"] = document.Reference(mask)
    return Stream(picture.colours, entries)


def _page(canvas: DeskCanvas, page: "Page", fonts: Any, pictures: list[Any]) -> PDFPage:
    """Draw one page and give its dictionary what reportlab does not know of: structure and its own resources."""
    page.draw(canvas)
    document = canvas.document
    canvas.showPage()
    leaf = document.Pages.pages[-1]
    code = leaf.stream.encode("ascii")
    document.updateSignature(code)
    resources: dict[str, Any] = {"Font": fonts}
    if page.pictures:
        resources["XObject"] = PDFDictionary({f"I{index}": pictures[index] for index in sorted(set(page.pictures))})
    if page.blends:
        resources["ExtGState"] = leaf.ExtGState
        leaf.Group = PDFDictionary({"S": "/Transparency", "CS": "/DeviceRGB"})
    leaf.Contents, leaf.Resources = Stream(pack(code)), PDFDictionary(resources)
    leaf.Tabs, leaf.StructParents = "/S", page.index
    leaf.__NoDefault__ = [*leaf.__NoDefault__, "Group", "Tabs", "StructParents"]
    return leaf


def _complete_catalogue(document: PDFDocument, book: "Book", leaves: list[PDFPage]) -> None:
    catalogue = document.Catalog
    metadata = XMP.format(title=escape(book.title), producer=PRODUCER).encode()
    profile = document.Reference(Stream(_colour_profile(), {"N": 3}))
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": f"({SRGB})",
        "Info": f"({SRGB})",
        "DestOutputProfile": profile,
    }
    catalogue.Metadata = Stream(metadata, {"Type": "/Metadata", "Subtype": "/XML"}, plain=True)
    catalogue.MarkInfo = PDFDictionary({"Marked": "true"})
    catalogue.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true", "PrintScaling": "/None"})
    catalogue.OutputIntents = PDFArray([PDFDictionary(intent)])
    catalogue.StructTreeRoot = _structure(document, book.root, leaves)
    catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "OutputIntents"]


Owners = dict[int, dict[int, Any]]


def _structure(document: PDFDocument, root: "Node", leaves: list[PDFPage]) -> PDFDictionary:
    """Return the structure tree with the table from each page's marks to their elements."""
    tree = PDFDictionary({"Type": "/StructTreeRoot", "ParentTreeNextKey": len(leaves)})
    owners: Owners = {index: {} for index in range(len(leaves))}
    tree["K"] = _element(document, root, document.Reference(tree), leaves, owners)
    rows: list[Any] = []
    for index, marks in owners.items():
        rows += [index, document.Reference(PDFArray([marks[mark] for mark in sorted(marks)]))]
    tree["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(rows)}))
    return tree


def _element(document: PDFDocument, node: "Node", parent: Any, leaves: list[PDFPage], owners: Owners) -> Any:
    element = PDFDictionary({"Type": "/StructElem", "S": f"/{node.kind}", "P": parent})
    own = document.Reference(element)
    kids: list[Any] = []
    for kid in node.kids:
        if isinstance(kid, tuple):
            index, mark = kid
            owners[index][mark] = own
            kids.append(PDFDictionary({"Type": "/MCR", "Pg": document.Reference(leaves[index]), "MCID": mark}))
        else:
            kids.append(_element(document, kid, own, leaves, owners))
    element["K"] = PDFArray(kids)
    return own
