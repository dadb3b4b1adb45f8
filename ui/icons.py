"""Line icons (lucide, ISC): SVG files tinted by colour role, drawn at the screen's own resolution, cached."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from cchc_desktop.paths import resources_folder
from ui.theme import Role, color

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

RAIL, BUTTON, STATUS = 20, 18, 16
_STROKE = "1.75"


@cache
def _source(name: str) -> str:
    return (resources_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(name: str, role: Role) -> QSvgRenderer:
    drawn = _source(name).replace("currentColor", color(role).name())
    drawn = drawn.replace('stroke-width="2"', f'stroke-width="{_STROKE}"')
    return QSvgRenderer(QByteArray(drawn.encode()))


def prepare(name: str) -> None:
    """Have it ready to be drawn as most are."""
    _renderer(name, Role.TEXT)


def names() -> tuple[str, ...]:
    return tuple(sorted(file.stem for file in (resources_folder() / "icons").glob("*.svg")))


def forget() -> None:
    """The colours are new: tint again."""
    _renderer.cache_clear()


def paint(painter: QPainter, name: str, where: QPointF, size: int = BUTTON, role: Role = Role.TEXT) -> None:
    """Draw the icon with its upper left corner at `where`."""
    _renderer(name, role).render(painter, QRectF(where.x(), where.y(), size, size))


def pixmap(name: str, size: int = BUTTON, role: Role = Role.TEXT, ratio: float = 1.0) -> QPixmap:
    made = QPixmap(QSize(size, size) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        paint(painter, name, QPointF(0, 0), size, role)
    return made


def icon(name: str, role: Role = Role.TEXT) -> QIcon:
    """For menus and dialogs of Qt's own, which want a QIcon."""
    from PySide6.QtGui import QIcon  # it knows 151 icons by name, and the first page shows none of Qt's

    return QIcon(pixmap(name, BUTTON, role, 2.0))
