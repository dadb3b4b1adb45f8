"""Step 1: is everything there, how large will it be, and does it fit an e-mail."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.readiness import Readiness
from cchc_desktop.language import text
from ui.fonts import Size
from ui.marks import WARN, Mark, MarkSign
from ui.pages.submit.gap_list import GapLine, GapList
from ui.theme import Role
from ui.widgets.button import Button, Kind
from ui.widgets.labels import Label, section
from ui.widgets.panel import column, row


class CheckStep(QWidget):
    """`signed` is the line about documents that people sign."""

    def __init__(self, onwards: Callable[[], object], signed: QWidget) -> None:
        super().__init__()
        self._heading = section(text("submit_page.checking"), wrap=True)
        self._sign = MarkSign(Mark.DOING)
        self._email_sign = MarkSign(Mark.DONE)
        self._size = Label("", Size.SMALL, Role.MUTED, wrap=True)
        self._email = Label("", Size.SMALL, wrap=True)
        self.gaps = GapList()
        self.next = Button(
            text("submit_page.to_sign"), onwards, kind=Kind.PRIMARY, icon="arrow-right", after=True
        )
        self._email_row = QWidget()
        email = row(self._email_sign, self._email, gap=8)
        email.setStretch(1, 1)
        self._email_row.setLayout(email)
        heading = row(self._sign, self._heading, gap=10)
        heading.setStretch(1, 1)
        whole = column(heading, self._size, self._email_row, signed, self.gaps, row(self.next, None), gap=8)
        whole.setStretch(4, 1)
        whole.setContentsMargins(20, 16, 20, 14)
        self.setLayout(whole)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing is known yet."""
        self._email_row.hide()
        self._size.setText("")
        self.gaps.show_lines(())
        self.next.set_blocked(text("submit_page.checking"))

    def show_readiness(self, found: Readiness, lines: Sequence[GapLine], *, read_only: bool) -> None:
        if any(one.mark is Mark.ERROR for one in lines):
            mark, words = Mark.ERROR, text("submit_page.not_ready")
        elif lines:
            mark, words = WARN, text("submit_page.ready_with_gaps", count=len(lines))
        else:
            mark, words = Mark.DONE, text("submit_page.ready")
        self._sign.set_mark(mark)
        self._heading.setText(words)
        self._size.setText(
            text("submit_page.size_plan", size=found.size)
            if not found.evidence_count
            else text("submit_page.size", size=found.size, count=found.evidence_count)
        )
        fits = found.fits_email
        self._email_sign.set_mark(Mark.DONE if fits else Mark.INFO)
        self._email.setText(
            text(
                "submit_page.fits_email" if fits else "submit_page.no_email",
                size=found.email_size,
                limit=found.email_limit,
            )
        )
        self._email_row.show()
        self.gaps.show_lines(lines)
        self.next.set_blocked(text("submit_page.read_only") if read_only else "")

    def words(self) -> str:
        """What the step says, for tests and screen readers."""
        parts = (self._heading.text(), self._size.text(), self._email.text())
        return "\n".join((*parts, *(one.words for one in self.gaps.lines())))
