"""Pages and books: drawing in millimetres from the page's top-left corner, and the finished PDF/A-2b file."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from desktop.documents.archive import close_book
from desktop.documents.embedding import FontStore, Placed
from desktop.documents.fonts import Font
from desktop.documents.pdf import DeskCanvas, number
from desktop.documents.styles import ASCENT, BLACK, MM, PAGE_HEIGHT, PAGE_WIDTH, Style


@dataclass(eq=False)
class Node:
    """An element of the document's structure (P, H1, Table …), in reading order."""

    kind: str
    kids: "list[Node | tuple[int, int]]" = field(default_factory=list)

    def child(self, kind: str) -> "Node":
        """Add and return an element inside this one."""
        node = Node(kind)
        self.kids.append(node)
        return node


@dataclass
class Picture:
    """An image ready for a file: width and height in dots, its packed RGB bytes and, where not opaque, its mask's."""

    width: int
    height: int
    colours: bytes
    mask: bytes | None = None


A4 = (PAGE_WIDTH, PAGE_HEIGHT)
Draw = Callable[[DeskCanvas], None]


class Page:
    """One page of the book's size; x to the right and y down, both in mm."""

    def __init__(self, book: "Book", index: int) -> None:
        self.book, self.index = book, index
        self.height = book.size[1]
        self.fonts: set[str] = set()
        self.pictures: list[int] = []
        self.blends = False
        self._draws: list[str | Draw] = []
        self._node: Node | None = None
        self._marks = 0

    @contextmanager
    def tagged(self, node: Node) -> Iterator[None]:
        """Draw what follows as part of a structure element; outside of it everything is decoration."""
        before, self._node = self._node, node
        yield
        self._node = before

    @contextmanager
    def turned(self) -> Iterator[None]:
        """Draw what follows 90° counter-clockwise, as on a page 297 wide and 210 high (clause 8)."""
        self._draws.append(_turn)
        self.height = PAGE_WIDTH
        yield
        self.height = self.book.size[1]
        self._draws.append(DeskCanvas.restoreState)

    def glyphs(self, x: float, top: float, placed: Sequence[Placed], style: Style, squeeze: float = 1.0) -> None:
        """Draw a line of characters whose em-box top-left is (x, top); `squeeze` narrows the glyphs."""
        if not placed:
            return
        baseline = (self.height - top) * MM - ASCENT * style.size
        colour = "" if style.colour == BLACK else _colour(style.colour) + " rg "
        height = number(baseline)
        parts = ["q ", colour, "BT "]
        for run in self.book.store.runs(placed, style.size, squeeze):
            self.fonts.add(run.font)
            parts.append(f"{run.before}{number(x * MM + run.x)} {height}{run.after}")
        parts.append("ET Q")
        self._operators("".join(parts))

    def shaped(self, operations: str, text: str, font: Font) -> None:
        """Draw ready text operators for shaped script, extracted as `text`."""
        self.fonts.add(self.book.store.use(font).name)
        actual = text.encode("utf-16-be").hex().upper()
        self._operators(f"/Span<</ActualText<FEFF{actual}>>>BDC {operations} EMC")

    def rule(
        self, x: float, y: float, x2: float, y2: float, weight: float, colour: tuple[float, float, float] = BLACK
    ) -> None:
        """Draw a straight line of `weight` mm, centred on its two end points."""
        ends = (*self._point(x, y), *self._point(x2, y2))

        def draw(canvas: DeskCanvas) -> None:
            canvas.saveState()
            canvas.setStrokeColorRGB(*colour)
            canvas.setLineWidth(weight * MM)
            canvas.line(*ends)
            canvas.restoreState()

        self._emit(draw)

    def box(self, x: float, y: float, width: float, height: float, weight: float) -> None:
        """Draw a rectangle's outline of `weight` mm, its top-left corner at (x, y)."""
        corner = self._point(x, y + height)

        def draw(canvas: DeskCanvas) -> None:
            canvas.saveState()
            canvas.setLineWidth(weight * MM)
            canvas.rect(*corner, width * MM, height * MM)
            canvas.restoreState()

        self._emit(draw)

    def picture(self, x: float, y: float, width: float, height: float, picture: Picture) -> None:
        """Place an image over what is there with blend mode Multiply; top-left corner (x, y), sizes in mm."""
        name = self.book.picture(picture)
        self.pictures.append(name)
        self.blends = True
        left, bottom = self._point(x, y + height)

        def draw(canvas: DeskCanvas) -> None:
            canvas.saveState()
            canvas.setBlendMode("Multiply")
            canvas.transform(width * MM, 0, 0, height * MM, left, bottom)
            canvas.operators(f"/I{name} Do")
            canvas.restoreState()

        self._emit(draw)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        return x * MM, (self.height - y) * MM

    def _operators(self, code: str) -> None:
        """Keep ready operators: as text they cost the collector nothing while a batch of pages waits."""
        self._draws.append(f"{self._opening()} {code} EMC")

    def _emit(self, draw: Draw) -> None:
        """Keep a drawing step, inside the marks of the structure element it belongs to (or as decoration)."""
        self._draws += [self._opening(), draw, "EMC"]

    def _opening(self) -> str:
        if self._node is None:
            return "/Artifact BMC"
        self._node.kids.append((self.index, self._marks))
        self._marks += 1
        return f"/{self._node.kind}<</MCID {self._marks - 1}>>BDC"

    def draw(self, canvas: DeskCanvas) -> None:
        """Draw everything kept, in order."""
        for step in self._draws:
            if isinstance(step, str):
                canvas.operators(step)
            else:
                step(canvas)


def _turn(canvas: DeskCanvas) -> None:
    canvas.saveState()
    canvas.transform(0, 1, -1, 0, PAGE_WIDTH * MM, 0)


class Book:
    """The pages of one PDF, all of one size (width and height in mm); a batch's store embeds the same subsets."""

    def __init__(self, title: str, store: FontStore | None = None, size: tuple[float, float] = A4) -> None:
        self.title = title
        self.size = size
        self.store = store or FontStore()
        self.pages: list[Page] = []
        self.root = Node("Document")
        self.pictures: list[Picture] = []

    def new_page(self) -> Page:
        """Add an empty page and return it."""
        self.pages.append(Page(self, len(self.pages)))
        return self.pages[-1]

    def picture(self, picture: Picture) -> int:
        """Register an image once; return its number in this book."""
        for position, known in enumerate(self.pictures):
            if known is picture:
                return position
        self.pictures.append(picture)
        return len(self.pictures) - 1

    def finish(self) -> bytes:
        """Return the PDF/A-2b file; the same pages always give the same bytes."""
        return close_book(self)


def _colour(colour: tuple[float, float, float]) -> str:
    return " ".join(number(part) for part in colour)
