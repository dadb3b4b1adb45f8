"""The window's type: Noto Sans, bundled, tabular figures, sizes in points (visual.md "Type")."""

from __future__ import annotations

from enum import Enum
from functools import cache, lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

from cchc_desktop.paths import resources_folder

FAMILY = "Noto Sans"
_FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")


class Size(Enum):
    """Point sizes; the comment is the height in pixels at 100 %."""

    TOTAL = 27.0  # 36
    TITLE = 15.0  # 20
    SECTION = 12.0  # 16
    BASE = 11.25  # 15
    SMALL = 9.75  # 13, nothing is smaller


def load() -> None:
    """Register the bundled fonts, so that the window looks the same on every machine."""
    for name in _FILES:
        QFontDatabase.addApplicationFont(str(resources_folder() / "fonts" / name))


@cache
def font(size: Size = Size.BASE, *, bold: bool = False) -> QFont:
    chosen = QFont(FAMILY)
    chosen.setPointSizeF(size.value)
    chosen.setBold(bold)
    chosen.setFeature(QFont.Tag("tnum"), 1)
    return chosen


@cache
def metrics(size: Size = Size.BASE, *, bold: bool = False) -> QFontMetrics:
    return QFontMetrics(font(size, bold=bold))


@lru_cache(maxsize=4_096)
def width_of(words: str, size: Size = Size.BASE, *, bold: bool = False) -> int:
    """How wide a line of text is, in logical pixels: to measure it takes as long as to draw it, and most is
    measured for its place, for its neighbours' and with each painting."""
    return metrics(size, bold=bold).horizontalAdvance(words)


@cache
def line(size: Size = Size.BASE) -> int:
    """The height of one line of that size, in logical pixels."""
    return metrics(size).height()


def field_height() -> int:
    """A field's height: the line plus room for its border and the tallest Vietnamese letter (34 at 100 %)."""
    return line() + 14


def button_height() -> int:
    return line() + 12


def row_height(lines: int = 1) -> int:
    """A table row: 36 with one line, 48 with two."""
    return line() + 16 if lines == 1 else 2 * line() + 8
