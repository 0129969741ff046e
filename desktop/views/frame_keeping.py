"""Keeping the picture that the next start's first frame is drawn from."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from desktop.settings import Settings
from desktop.views import theme
from desktop.views.first_frame import TOLD, file, kept, made_for

if TYPE_CHECKING:
    from desktop.views.registry.registry_view import RegistryView


def keep(window: QWidget, view: RegistryView, settings: Settings) -> None:
    """Keep the window as it stands before any record is shown, when the picture kept is none of it.

    `view` is the register, painted for the first time with nothing asked and no message over it.
    """
    size, ratio = (window.width(), window.height()), window.devicePixelRatioF()
    if view.lists.currentWidget() is not view.table or kept(settings, size, ratio) is not None:
        return
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    tokens = theme.tokens()
    table, count = _place(view.table.viewport(), window), _place(view.tools.count, window)
    step = view.table.verticalHeader().defaultSectionSize()
    painter = QPainter(picture)
    painter.fillRect(QRect(*table), QColor(tokens.surface))
    painter.fillRect(QRect(*count), QColor(tokens.window))
    painter.end()
    small, blocks = folded(picture)
    small = with_grounds(small, step, ratio, tokens)
    font = view.table.font()
    told = {
        "for": made_for(settings, size, ratio),
        "least": [window.minimumSizeHint().width(), window.minimumSizeHint().height()],
        "blocks": blocks,
        "table": table,
        "row": step,
        "columns": _columns(view),
        "count": count,
        "families": font.families(),
        "px": font.pixelSize(),
        **{name: getattr(tokens, name) for name in ("text", "quiet")},
    }
    _write(small, told)


def _place(widget: QWidget, window: QWidget) -> list[int]:
    corner = widget.mapTo(window, QPoint(0, 0))
    return [corner.x(), corner.y(), widget.width(), widget.height()]


def _columns(view: RegistryView) -> list[list[Any]]:
    """Return key, kind, place and width in px of the columns that are seen without scrolling."""
    head, seen = view.table.horizontalHeader(), view.table.viewport().width()
    places = [(head.sectionViewportPosition(number), head.sectionSize(number)) for number in range(head.count())]
    columns = zip(view.model.columns, places, strict=True)
    return [[column.key, column.kind, left, width] for column, (left, width) in columns if left < seen and width]


def folded(picture: QImage) -> tuple[QImage, list[list[int]]]:
    """Leave out each row of pixels that is the same as the one above it.

    Returns the smaller picture and its blocks: first row and rows in it, first row and rows in the whole; a block of
    one row stands for as many as it is drawn over.
    """
    blocks: list[list[int]] = []
    chosen: list[bytes] = []
    top = 0
    for row, same in groupby(_scan(picture, number) for number in range(picture.height())):
        height = len(list(same))
        if height == 1 and blocks and blocks[-1][1] == blocks[-1][3]:
            blocks[-1][1] += 1
            blocks[-1][3] += 1
        else:
            blocks.append([len(chosen), 1, top, height])
        chosen.append(row)
        top += height
    data = b"".join(chosen)
    small = QImage(data, picture.width(), len(chosen), picture.bytesPerLine(), picture.format())
    return small.copy(), blocks


def _scan(picture: QImage, number: int) -> bytes:
    line: Any = picture.constScanLine(number)
    return bytes(line)


def with_grounds(picture: QImage, step: int, ratio: float, tokens: theme.Tokens) -> QImage:
    """Add two rows of the list at the picture's foot, `step` px high each: a marked one and an ordinary one."""
    high = round(step * ratio)
    result = QImage(picture.width(), picture.height() + 2 * high, picture.format())
    painter = QPainter(result)
    painter.drawImage(QRect(0, 0, picture.width(), picture.height()), picture)
    for number, color in enumerate((tokens.selected, tokens.surface)):
        top = picture.height() + number * high
        painter.fillRect(QRect(0, top, picture.width(), high), QColor(color))
        painter.fillRect(QRect(0, top + high - round(ratio), picture.width(), round(ratio)), QColor(tokens.line))
    painter.end()
    return result


def _write(picture: QImage, told: dict[str, Any]) -> None:
    """Write picture and words as one file that takes the old one's place; without it the next start is only slower."""
    picture.setText(TOLD, json.dumps(told))
    path = file()
    partial = path.with_name(f"new-{path.name}")
    path.parent.mkdir(parents=True, exist_ok=True)
    if picture.save(str(partial)):
        partial.replace(path)
