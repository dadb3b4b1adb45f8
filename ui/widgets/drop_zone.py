"""Where files are dropped, with the button for those who do not drag."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from cchc_desktop.language import text
from ui.fonts import Size
from ui.theme import Role, color
from ui.widgets.button import Button
from ui.widgets.icon_sign import IconSign
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
        sign = IconSign("file-up", 24, Role.MUTED)
        here = text("widgets.drop_here")
        words = Label(here.replace("\n", " ") if slim else here, Size.SMALL, Role.MUTED)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose = Button(text("widgets.choose_files"), shortcut="F5")
        if slim:
            self.setLayout(row(None, sign, words, self.choose, None, gap=12, margin=8))
        else:
            box = column(sign, words, self.choose, margin=12)
            for part in (sign, self.choose):
                box.setAlignment(part, Qt.AlignmentFlag.AlignHCenter)
            self.setLayout(box)

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
