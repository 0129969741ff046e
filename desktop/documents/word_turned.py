"""Page numbers of turned .docx pages: upright at the portrait page's foot, so across the landscape page (clause 8)."""

from typing import Any

from docx.oxml import parse_xml
from docx.shared import Mm

from desktop.documents.styles import FOLIO_TEXT, LEFT, PAGE_HEIGHT, RIGHT

NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.{rest}"'
    for prefix, rest in (
        ("w", "openxmlformats.org/wordprocessingml/2006/main"),
        ("mc", "openxmlformats.org/markup-compatibility/2006"),
        ("wp", "openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "openxmlformats.org/drawingml/2006/main"),
        ("wps", "microsoft.com/office/word/2010/wordprocessingShape"),
    )
)
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
FOLIO_TOP = 266.1
"""Em-box top of an upright page's number, mm: its dash then begins 7 mm under the 版心 (clause 7.5)."""
LENGTH = 40.0
"""mm of the 版心's lower edge, from its corner, that the number's box takes."""


def turned_number(footer: Any, even: bool) -> Any:
    """Put an empty box where an upright page has its number into a landscape page's footer; return its paragraph.

    The page is an upright one turned clockwise: its left edge stands on top, its foot at the left.
    """
    across = PAGE_HEIGHT - FOLIO_TOP - FOLIO_TEXT.em
    down = LEFT if even else RIGHT - LENGTH
    run = footer.paragraphs[0].add_run()
    run._element.append(parse_xml(_box(Mm(across), Mm(down), Mm(FOLIO_TEXT.em), Mm(LENGTH))))
    return next(run._element.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"))


def _box(x: int, y: int, width: int, height: int) -> str:
    """Return a text box without frame whose text is turned clockwise; place and size in EMU from the page's corner."""
    size = f'cx="{width}" cy="{height}"'
    return (
        f'<mc:AlternateContent {NAMESPACES}><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0"'
        ' layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{y}" name="页码"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{SHAPE}"><wps:wsp>'
        f'<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        "<wps:txbx><w:txbxContent><w:p/></w:txbxContent></wps:txbx>"
        '<wps:bodyPr vert="vert" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"/></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent>"
    )
