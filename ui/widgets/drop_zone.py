"""Where files are dropped, with the button for those who do not drag."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from cchc_desktop.language import text
from ui import icons
from ui.fonts import Size
from ui.theme import Role, changes, color
from ui.widgets.button import Button
from ui.widgets.labels import Label
from ui.widgets.panel import column, row

PACKAGE_ENDING = ".asice"


def dropped_files(event: QDropEvent) -> tuple[Path, ...]:
    """What was dropped from this machine; a folder or a lost file too: who takes them says why not."""
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())


def brings_files(event: QDropEvent) -> bool:
    """Files for a place that takes them; packages go to the window, which shows them."""
    urls = event.mimeData().urls()
    return bool(urls) and any(Path(url.toLocalFile()).suffix.lower() != PACKAGE_ENDING for url in urls)


class DropZone(QWidget):
    """`dropped(paths)` for files let go here; `choose` is the button (connect to a file dialog)."""

    dropped = Signal(object)

    def __init__(self, *, slim: bool = False) -> None:
        """`slim`: one line, for pages whose height belongs to a table."""
        super().__init__()
        self._over = False
        self.setAcceptDrops(True)
        self._sign = Label()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        here = text("widgets.drop_here")
        words = Label(here.replace("\n", " ") if slim else here, Size.SMALL, Role.MUTED)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose = Button(text("widgets.choose_files"), shortcut="F5")
        if slim:
            self.setLayout(row(None, self._sign, words, self.choose, None, gap=12, margin=8))
        else:
            box = column(self._sign, words, self.choose, margin=12)
            box.setAlignment(self.choose, Qt.AlignmentFlag.AlignHCenter)
            self.setLayout(box)
        self._tint()
        changes().changed.connect(self._tint)

    def _tint(self) -> None:
        self._sign.setPixmap(icons.pixmap("file-up", 24, Role.MUTED, 2.0))
        self.update()

    def set_blocked(self, reason: str) -> None:
        self.setAcceptDrops(not reason)
        self.choose.set_blocked(reason)

    def _mark_over(self, over: bool) -> None:
        self._over = over
        self.update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if brings_files(event):
            event.acceptProposedAction()
            self._mark_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark_over(False)
        if files := dropped_files(event):
            event.acceptProposedAction()
            self.dropped.emit(files)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(QPen(color(Role.FOCUS if self._over else Role.EDGE), 1, Qt.PenStyle.DashLine))
            painter.setBrush(color(Role.SELECTION if self._over else Role.SURFACE))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
