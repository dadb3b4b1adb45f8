"""Panels, lines and the boxes that hold them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.stylesheet import strip_name

_Box = TypeVar("_Box", bound=QBoxLayout)
PADDING, GAP, PANEL_GAP, MARGIN = 16, 8, 12, 20
"""Grid 4, rhythm 8: inside a panel, in a group, between panels, around a page."""


def column(*items: QWidget | QLayout | int | None, gap: int = GAP, margin: int = 0) -> QVBoxLayout:
    """Items from top to bottom; a number is a gap in pixels, None takes the spare room."""
    return _fill(QVBoxLayout(), items, gap, margin)


def row(*items: QWidget | QLayout | int | None, gap: int = GAP, margin: int = 0) -> QHBoxLayout:
    """Items from left to right, like `column`."""
    return _fill(QHBoxLayout(), items, gap, margin)


def _fill(box: _Box, items: Iterable[QWidget | QLayout | int | None], gap: int, margin: int) -> _Box:
    box.setSpacing(gap)
    box.setContentsMargins(margin, margin, margin, margin)
    put(box, *items)
    return box


def put(box: QBoxLayout, *items: QWidget | QLayout | int | None) -> None:
    """Add items as `column` does, to a box that already stands in its place: Qt then dresses each of them
    once, not anew with every part that they are put into.
    """
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, int):
            box.addSpacing(item)
        elif isinstance(item, QLayout):
            box.addLayout(item)
        else:
            box.addWidget(item)


class Panel(QFrame):
    """A quiet box with a 1 px line. Add to `box`."""

    def __init__(self, parent: QWidget | None = None, *, padding: int = PADDING, gap: int = GAP) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.box = column(gap=gap, margin=padding)
        self.setLayout(self.box)


class Strip(QFrame):
    """A band with a line on one side ("below", "above", "left", "right") in window or surface colour."""

    def __init__(
        self,
        side: str = "",
        surface: str = "surface",
        *,
        upright: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(strip_name(surface, side))
        self.box: QBoxLayout = column(gap=GAP) if upright else row(gap=GAP)
        self.setLayout(self.box)


class ScrollBox(QScrollArea):
    """Scrolls up and down only, without a frame. `inside` is measured when the box stands where it stays: Qt
    would dress all that is in it beforehand, and once more in its place.
    """

    _waiting: QWidget | None = None

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._waiting = inside
        inside.setParent(self.viewport())

    def event(self, event: QEvent) -> bool:
        if self._waiting is not None and event.type() is QEvent.Type.Polish:
            inside, self._waiting = self._waiting, None
            self.setWidget(inside)
            self.updateGeometry()
        return super().event(event)


def scrolling(inside: QWidget) -> ScrollBox:
    """On a low screen it scrolls, and what stands below it stays."""
    return ScrollBox(inside)


class HLine(QFrame):
    """A 1 px divider."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName(strip_name(side="above"))
        self.setFixedHeight(1)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
            inner.deleteLater()
