"""What-if: the rows that would bring the unit to the next class, the largest gain first; each is a link."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLayout

from cchc_desktop.domain.next_class import Gain, NextClass
from cchc_desktop.language import format_points, text
from ui.context import Context
from ui.fonts import Size
from ui.marks import Mark, MarkSign
from ui.theme import Role
from ui.widgets.button import Button, Kind, LinkLabel
from ui.widgets.labels import ElidedLabel, Label, second, section, strong
from ui.widgets.panel import HLine, column, row
from ui.widgets.sheet_dialog import SheetDialog

MOST = 40


class ShowNextClass(SheetDialog):
    """`jump(code)` opens a row; the dialog closes first."""

    def __init__(self, context: Context, found: NextClass, jump: Callable[[str], object]) -> None:
        heading = text("scoring_page.next_class_title", label=found.label)
        super().__init__(context.dialogs.parent, heading, 680)
        self._jump = jump
        figures = text(
            "scoring_page.next_class_figures",
            final=found.final,
            needed=found.needed,
            missing=found.missing,
            label=found.label,
        )
        self.links: list[LinkLabel] = []
        lines = column(gap=6)
        for place, gain in enumerate(found.gains[:MOST], start=1):
            lines.addLayout(self._line(gain))
            if place == found.enough and place < len(found.gains):
                lines.addWidget(HLine())
        if len(found.gains) > MOST:
            lines.addWidget(second(text("scoring_page.next_class_more", count=len(found.gains) - MOST)))
        widest = max((link.sizeHint().width() for link in self.links), default=0)
        for link in self.links:
            link.setFixedWidth(widest)
        close = Button(text("window.close"), self.accept, kind=Kind.PRIMARY)
        words = Label(figures, wrap=True)
        self.verdict = strong(self._verdict(found), wrap=True)
        note = second(text("scoring_page.next_class_note"), wrap=True)
        top = column(section(heading), words, self.verdict, gap=6)
        self.set_content(column(top, lines, note, gap=12), row(None, close))

    @staticmethod
    def _verdict(found: NextClass) -> str:
        if found.enough is None:
            return text("scoring_page.next_class_out_of_reach", label=found.label)
        key = "one" if found.enough == 1 else "some"
        words = text(f"scoring_page.next_class_{key}", count=found.enough, label=found.label)
        if not any(gain.waiting for gain in found.gains[: found.enough]):
            return words
        own = "own_not" if found.own_enough is None else "own"
        return f"{words} {text(f'scoring_page.next_class_{own}', count=found.own_enough)}"

    def _line(self, gain: Gain) -> QLayout:
        if gain.waiting:
            mark, state = Mark.WAITING, "waiting"
        else:
            mark, state = (Mark.OPEN, "open") if gain.is_open else (Mark.LOST, "lost")
        link = LinkLabel(gain.code, lambda: self._go(gain.code))
        link.setAccessibleName(f"{gain.code} {gain.label}")
        self.links.append(link)
        told = text(
            f"scoring_page.next_class_{state}",
            points="" if gain.points is None else format_points(gain.points),
            best=gain.best,
        )
        words = column(ElidedLabel(gain.label), ElidedLabel(told, Size.SMALL, Role.MUTED), gap=0)
        plus = strong(text("scoring_page.next_class_gain", gain=gain.gain))
        line = row(MarkSign(mark), link, words, plus, gap=12)
        line.setStretch(2, 1)
        return line

    def _go(self, code: str) -> None:
        self.accept()
        self._jump(code)
