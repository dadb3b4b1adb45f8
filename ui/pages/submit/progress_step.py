"""Step 4: the package is being written; each part of the work with its mark, and a stop that works."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from cchc_desktop.language import text
from cchc_desktop.message import Message
from ui.fonts import Size
from ui.marks import Mark, MarkSign
from ui.theme import Role
from ui.widgets.labels import ElidedLabel, Label, second
from ui.widgets.panel import Strip, column
from ui.widgets.progress_panel import ProgressPanel
from ui.work import Job

_PARTS = ("draw", "write", "read_back")


def _part_of(step: Message) -> str:
    """Which part of the work a step of the services belongs to."""
    if step.id.startswith("documents."):
        return "draw"
    return "read_back" if step.id == "package.verifying" else "write"


class ProgressStep(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._heading = ElidedLabel("", Size.SECTION, bold=True)
        self.panel = ProgressPanel()
        self._signs: dict[str, MarkSign] = {}
        self._words: dict[str, Label] = {}
        lines = column(gap=0)
        for part in _PARTS:
            strip = Strip("below")
            strip.box.setContentsMargins(0, 6, 0, 6)
            self._signs[part] = MarkSign(Mark.OPEN)
            self._words[part] = Label(text(f"submit_page.part_{part}"))
            strip.box.addWidget(self._signs[part])
            strip.box.addWidget(self._words[part], 1)
            lines.addWidget(strip)
        whole = column(
            self._heading, second(text("submit_page.writing_hint"), wrap=True), lines, self.panel, None, gap=8
        )
        whole.setContentsMargins(20, 16, 20, 14)
        self.setLayout(whole)

    def watch(self, job: Job, folder: Path) -> None:
        self._heading.set_words(text("submit_page.writing", folder=str(folder)))
        self._show_part("draw")
        job.progressed.connect(self._at)
        self.panel.watch(job)

    def _at(self, step: Message, _done: int, _total: int) -> None:
        """A method, not a lambda: so Qt brings it over to the window's thread."""
        self._show_part(_part_of(step))

    def _show_part(self, now: str) -> None:
        at = _PARTS.index(now)
        for place, part in enumerate(_PARTS):
            mark = Mark.DONE if place < at else Mark.DOING if place == at else Mark.OPEN
            if self._signs[part].mark is not mark:
                self._signs[part].set_mark(mark)
                self._words[part].set_role(Role.MUTED if mark is Mark.OPEN else Role.TEXT)
