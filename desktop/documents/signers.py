"""签发人 of 上行文: how many names a line takes beside the 发文字号, and drawing them (clause 7.2.6)."""

from dataclasses import dataclass

from desktop.documents.official import Form, OfficialPaper
from desktop.documents.page import Page
from desktop.documents.styles import CELL, LEFT, MM, PITCH, RIGHT, SIGNER, TEXT
from desktop.documents.text import Line, Typesetter


@dataclass(frozen=True)
class Signers:
    """The names set, how many stand on a line, where the first begins (mm), and the rows with the number's."""

    label: Line
    names: tuple[Line, ...]
    columns: int
    start: float
    rows: int

    @property
    def column(self) -> float:
        """Width of a name with the blank after it, mm."""
        return max(name.width for name in self.names) / MM + CELL


def arrange(setter: Typesetter, paper: OfficialPaper) -> Signers | None:
    """Set the signers: two names a line, one where they would meet the number or the margin; None where there are none.

    Names that leave no room for the number at all put it on a line of its own below them.
    """
    if paper.form is not Form.UPWARD or not paper.signers:
        return None
    label = setter.single("签发人：", TEXT, "signer")
    names = tuple(setter.single(name, SIGNER, "signer") for name in paper.signers)
    number = setter.single(paper.number, TEXT, "number").width / MM if paper.number else 0.0
    for columns in range(min(2, len(names)), 0, -1):
        block = Signers(label, names, columns, 0.0, -(-len(names) // columns))
        start = RIGHT - columns * block.column
        left = start - label.width / MM
        beside = left if block.rows == 1 else start
        if left >= LEFT + CELL - 0.01 and beside >= LEFT + CELL + number + CELL:
            return Signers(label, names, columns, start, block.rows)
    return Signers(label, names, 1, RIGHT - block.column, len(names) + 1)


def number_rows(setter: Typesetter, paper: OfficialPaper) -> int:
    """Return how many lines the signers and the number take, the number on the last."""
    signers = arrange(setter, paper)
    return signers.rows if signers else 1


def draw_signers(page: Page, signers: Signers, top: float) -> None:
    """Draw the label and the names, right-blank one cell."""
    with page.tagged(page.book.root.child("P")):
        page.glyphs(signers.start - signers.label.width / MM, top, signers.label.placed, TEXT)
        for index, name in enumerate(signers.names):
            row, column = divmod(index, signers.columns)
            page.glyphs(signers.start + column * signers.column, top + row * PITCH, name.placed, SIGNER)
