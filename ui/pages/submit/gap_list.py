"""What still stands between the unit and its package: mark, sentence, and a link to the place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from cchc_desktop.language import text
from cchc_desktop.quick_dataclass import dataclass
from ui.fonts import Size
from ui.marks import Mark, MarkSign
from ui.widgets.button import LinkLabel
from ui.widgets.labels import Label
from ui.widgets.panel import Strip, clear, column


@dataclass(frozen=True, slots=True)
class GapLine:
    """`go` leads to where it is mended; None where there is no such place."""

    mark: Mark
    words: str
    go: Callable[[], object] | None = None


class GapList(QScrollArea):
    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[GapLine, ...] = ()
        inner = QWidget()
        self._box = column(gap=0)
        inner.setLayout(self._box)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_lines(self, lines: Sequence[GapLine]) -> None:
        self._lines = tuple(lines)
        clear(self._box)
        for shown in lines:
            strip = Strip("below")
            strip.box.setContentsMargins(0, 6, 4, 6)
            strip.box.setSpacing(10)
            sign = MarkSign(shown.mark)
            words = Label(shown.words, wrap=True)
            strip.box.addLayout(column(3, sign, None, gap=0))
            strip.box.addWidget(words, 1)
            if shown.go is not None:
                link = LinkLabel(text("submit_page.go_there"), shown.go, Size.SMALL)
                link.setAccessibleDescription(shown.words)
                strip.box.addWidget(link)
            self._box.addWidget(strip)
        self._box.addStretch(1)

    def lines(self) -> tuple[GapLine, ...]:
        return self._lines
