"""Step 4: the package is being written; each part of the work with its mark, and a stop that works."""

from __future__ import annotations

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

_PARTS = ("draw", "write", "read_back", "send")


def _part_of(step: Message) -> str:
    """Which part of the work a step of the services belongs to."""
    if step.id.startswith("documents."):
        return "draw"
    if step.id == "package.verifying":
        return "read_back"
    return "send" if step.id.startswith(("delivery.", "upload.")) else "write"


class ProgressStep(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._heading = ElidedLabel("", Size.SECTION, bold=True)
        self.panel = ProgressPanel()
        self._signs: dict[str, MarkSign] = {}
        self._words: dict[str, Label] = {}
        self._strips: dict[str, Strip] = {}
        self._hint = second("", wrap=True)
        self._parts: tuple[str, ...] = _PARTS
        lines = column(gap=0)
        for part in _PARTS:
            strip = Strip("below")
            strip.box.setContentsMargins(0, 6, 0, 6)
            self._signs[part] = MarkSign(Mark.OPEN)
            self._words[part] = Label(text(f"submit_page.part_{part}"))
            strip.box.addWidget(self._signs[part])
            strip.box.addWidget(self._words[part], 1)
            lines.addWidget(strip)
            self._strips[part] = strip
        whole = column(self._heading, self._hint, lines, self.panel, None, gap=8)
        whole.setContentsMargins(20, 16, 20, 14)
        self.setLayout(whole)

    def watch(self, job: Job, heading: str, parts: tuple[str, ...], hint: str) -> None:
        """`parts` of the work, in order."""
        self._heading.set_words(heading)
        self._hint.setText(hint)
        self._parts = parts
        for part, strip in self._strips.items():
            strip.setVisible(part in parts)
        self._show_part(parts[0])
        job.progressed.connect(self._at)
        self.panel.watch(job)

    def _at(self, step: Message, _done: int, _total: int) -> None:
        """A method, not a lambda: so Qt brings it over to the window's thread."""
        self._show_part(_part_of(step))

    def _show_part(self, now: str) -> None:
        if now not in self._parts:
            now = self._parts[0]
        at = self._parts.index(now)
        for place, part in enumerate(self._parts):
            mark = Mark.DONE if place < at else Mark.DOING if place == at else Mark.OPEN
            if self._signs[part].mark is not mark:
                self._signs[part].set_mark(mark)
                self._words[part].set_role(Role.MUTED if mark is Mark.OPEN else Role.TEXT)
