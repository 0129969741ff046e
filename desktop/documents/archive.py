"""PDF/A-2b: the catalogue, colour profile, metadata and structure tree around a book's pages."""

from functools import cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from desktop.documents.fonts import bundled_folder
from desktop.documents.pdf import PdfFile, number, stream, text_string
from desktop.documents.styles import MM, PAGE_HEIGHT, PAGE_WIDTH

if TYPE_CHECKING:
    from desktop.documents.page import Book, Node, Page

PRODUCER = "workroom-desk"
MEDIA_BOX = f"[0 0 {number(PAGE_WIDTH * MM)} {number(PAGE_HEIGHT * MM)}]"
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance><pdf:Producer>{producer}</pdf:Producer>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@cache
def colour_profile() -> bytes:
    """Return the sRGB profile as a stream object."""
    return stream("/N 3", (bundled_folder() / "sRGB.icc").read_bytes())


def close_book(book: "Book") -> bytes:
    """Write every object of a book and return the file."""
    pdf = PdfFile()
    pages, tree = pdf.reserve(), pdf.reserve()
    fonts = pdf.add(f"<<{book.store.embed(pdf, {name for page in book.pages for name in page.fonts})}>>".encode())
    pictures = [_picture(pdf, picture.colours, picture.mask) for picture in book.pictures]
    leaves = [_page(pdf, page, pages, fonts, pictures) for page in book.pages]
    kids = " ".join(f"{leaf} 0 R" for leaf in leaves)
    pdf.set(pages, f"<</Type/Pages/Count {len(leaves)}/MediaBox{MEDIA_BOX}/Kids[{kids}]>>".encode())
    _structure(pdf, book.root, tree, leaves)
    profile = pdf.add(colour_profile())
    metadata = pdf.add(stream("/Type/Metadata/Subtype/XML", _metadata(book.title), compress=False))
    root = pdf.add(
        f"<</Type/Catalog/Version/1.7/Pages {pages} 0 R/Lang(zh-CN)/Metadata {metadata} 0 R/MarkInfo<</Marked true>>"
        f"/StructTreeRoot {tree} 0 R/ViewerPreferences<</DisplayDocTitle true/PrintScaling/None>>/OutputIntents[<<"
        "/Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)"
        f"/DestOutputProfile {profile} 0 R>>]>>".encode()
    )
    info = pdf.add(f"<</Title{text_string(book.title)}/Producer({PRODUCER})>>".encode())
    return pdf.finish(root, info)


def _metadata(title: str) -> bytes:
    return XMP.format(title=escape(title), producer=PRODUCER).encode()


def _picture(pdf: PdfFile, colours: bytes, mask: bytes | None) -> int:
    if mask is None:
        return pdf.add(colours)
    return pdf.add(colours.replace(b"<<", b"<</SMask %d 0 R" % pdf.add(mask), 1))


def _page(pdf: PdfFile, page: "Page", parent: int, fonts: int, pictures: list[int]) -> int:
    content = pdf.add(page.content())
    images = "".join(f"/I{index} {pictures[index]} 0 R" for index in sorted(set(page.pictures)))
    blend = "/Group<</S/Transparency/CS/DeviceRGB>>" if page.blends else ""
    resources = f"/Font {fonts} 0 R" + (
        f"/XObject<<{images}>>/ExtGState<</Multiply<</Type/ExtGState/BM/Multiply>>>>" if page.blends else ""
    )
    return pdf.add(
        f"<</Type/Page/Parent {parent} 0 R/Contents {content} 0 R/Resources<<{resources}>>{blend}"
        f"/Tabs/S/StructParents {page.index}>>".encode()
    )


def _structure(pdf: PdfFile, root: "Node", tree: int, leaves: list[int]) -> None:
    """Write the structure tree and the table from each page's marks to their elements."""
    owners: dict[int, dict[int, int]] = {index: {} for index in range(len(leaves))}
    top = _element(pdf, root, tree, leaves, owners)
    rows = []
    for index, marks in owners.items():
        entries = " ".join(f"{marks[mark]} 0 R" for mark in sorted(marks))
        rows.append(f"{index} {pdf.add(f'[{entries}]'.encode())} 0 R")
    parents = pdf.add(f"<</Nums[{' '.join(rows)}]>>".encode())
    pdf.set(
        tree,
        f"<</Type/StructTreeRoot/K {top} 0 R/ParentTree {parents} 0 R/ParentTreeNextKey {len(leaves)}>>".encode(),
    )


def _element(pdf: PdfFile, node: "Node", parent: int, leaves: list[int], owners: dict[int, dict[int, int]]) -> int:
    own = pdf.reserve()
    kids = []
    for kid in node.kids:
        if isinstance(kid, tuple):
            index, mark = kid
            owners[index][mark] = own
            kids.append(f"<</Type/MCR/Pg {leaves[index]} 0 R/MCID {mark}>>")
        else:
            kids.append(f"{_element(pdf, kid, own, leaves, owners)} 0 R")
    pdf.set(own, f"<</Type/StructElem/S/{node.kind}/P {parent} 0 R/K[{' '.join(kids)}]>>".encode())
    return own
