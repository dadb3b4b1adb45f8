"""The frame of a wizard: steps at the left, one question at a time at the right, back and on at the foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from cchc_desktop.language import render, text
from cchc_desktop.message import Message
from ui.fonts import font, line
from ui.marks import SIZE, Mark, paint_mark
from ui.theme import Role, color
from ui.widgets.button import Button, Kind
from ui.widgets.enter_key import ENTER
from ui.widgets.labels import Label, second, title
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.painted import LEFT, paint_text
from ui.widgets.panel import Strip, column, row
from ui.wizard.pages import StepPage
from ui.wizard.steps import Draft, Step, Way, problems

CARD = QSize(920, 600)


class _StepLine(QWidget):
    """One step at the left: mark and name, with the bar where the user is."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words, self._mark = words, Mark.OPEN
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_mark(self, mark: Mark) -> None:
        self._mark = mark
        self.setAccessibleName(f"{self._words}: {mark.word}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, line() + 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        here, box = self._mark is Mark.DOING, self.rect()
        with QPainter(self) as painter:
            if here:
                painter.fillRect(box, color(Role.SURFACE))
                painter.fillRect(0, 0, 3, box.height(), color(Role.ACCENT))
            paint_mark(painter, self._mark, QPointF(24, (box.height() - SIZE) / 2))
            where = box.adjusted(50, 0, -8, 0)
            paint_text(painter, where, self._words, font(bold=here), color(Role.TEXT), LEFT)


class WizardFrame(QDialog):
    """Shows `pages` for `draft.steps`; the last step's button calls `finish`."""

    def __init__(
        self,
        heading: str,
        note: str,
        draft: Draft,
        pages: Sequence[StepPage],
        finish: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.draft = draft
        self._pages = {page.step: page for page in pages}
        self._finish = finish
        self.setWindowTitle(heading)
        self._heading, self._under = title(), Label("", role=Role.MUTED, wrap=True)
        self._message = MessageBar()
        self._stack = QStackedWidget()
        for page in pages:
            self._stack.addWidget(page)
            page.steps_changed.connect(self._draw_steps)
        self._lines: dict[Step, _StepLine] = {}
        self._line_box = column(gap=0)
        self._count = second()
        self.back = Button(text("wizard.back"), self.go_back, icon="chevron-left", tall=True)
        self.next = Button(
            text("wizard.next"), self.go_on, kind=Kind.PRIMARY, icon="chevron-right", after=True, tall=True
        )
        self.aside = row(gap=8)
        self._build(heading, note)
        self._step = draft.steps[0]
        self._draw_steps()
        self._show(self._step)

    def _build(self, heading: str, note: str) -> None:
        left = Strip("right", "window", upright=True)
        left.setFixedWidth(252)
        left.box.setContentsMargins(0, 24, 1, 20)
        top = column(title(heading), self._count, gap=2)
        top.setContentsMargins(24, 0, 8, 16)
        foot = column(second(note, wrap=True))
        foot.setContentsMargins(24, 0, 16, 0)
        left.box.addLayout(top)
        left.box.addLayout(self._line_box)
        left.box.addStretch(1)
        left.box.addLayout(foot)
        body = column(self._heading, self._under, 8, self._message, self._stack, gap=4)
        body.setContentsMargins(32, 24, 32, 12)
        bar = Strip("above")
        bar.box.setContentsMargins(32, 14, 32, 14)
        bar.box.addLayout(self.aside)
        bar.box.addStretch(1)
        bar.box.addWidget(self.back)
        bar.box.addWidget(self.next)
        right = column(body, bar, gap=0)
        right.setStretch(0, 1)
        card = QFrame()
        card.setObjectName("card")
        inside = row(left, right, gap=0, margin=1)
        inside.setStretch(1, 1)
        card.setLayout(inside)
        card.setMaximumWidth(CARD.width() + 120)
        self._card, self._left = card, left
        holder = QWidget()
        holder.setLayout(column(None, row(None, card, None), None, margin=16))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(holder)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(scroll))
        self.resize(1366, 768)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow screen keeps the question and drops the list of steps; a low one scrolls."""
        super().resizeEvent(event)
        roomy = self.width() >= CARD.width() + 40
        self._left.setVisible(roomy)
        self._card.setMinimumSize(
            CARD.width() if roomy else max(0, self.width() - 48), min(CARD.height(), self.height() - 40)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), color(Role.WINDOW))

    @property
    def step(self) -> Step:
        return self._step

    def page(self, step: Step) -> StepPage:
        return self._pages[step]

    def say(self, words: Message | str, tone: Tone = Tone.ERROR) -> None:
        self._message.say(words, tone)

    def _draw_steps(self) -> None:
        steps = self.draft.steps
        if tuple(self._lines) != steps:
            while (item := self._line_box.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.deleteLater()
            self._lines = {step: _StepLine(text(f"wizard.step_{step.value}")) for step in steps}
            for made in self._lines.values():
                self._line_box.addWidget(made)
        self._count.setText(text("wizard.steps", n=len(steps)))
        self._mark_steps()

    def _mark_steps(self) -> None:
        steps = self.draft.steps
        here = steps.index(self._step)
        for place, step in enumerate(steps):
            mark = Mark.DONE if place < here else Mark.DOING if place == here else Mark.OPEN
            self._lines[step].set_mark(mark)
        last = here == len(steps) - 1
        self.next.setText(text("wizard.finish") if last else text("wizard.next"))
        self.next.set_icon("check" if last else "chevron-right")
        self.back.set_blocked("" if here else text("wizard.first_step"))

    def _show(self, step: Step) -> None:
        self._step = step
        page = self._pages[step]
        self._message.hush()
        self._heading.setText(text(f"wizard.heading_{step.value}"))
        self._under.setText(text(f"wizard.under_{step.value}"))
        page.load()
        self._stack.setCurrentWidget(page)
        self._mark_steps()
        if not page.focus_first():
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> None:
        self._pages[self._step].store()
        steps = self.draft.steps
        here = steps.index(self._step)
        if here:
            self._show(steps[here - 1])

    def go_on(self) -> None:
        """To the next step, if this one is in order; from the last one: finish."""
        page = self._pages[self._step]
        page.store()
        found = problems(self._step, self.draft)
        page.show_problems(found)
        if found:
            return
        steps = self.draft.steps
        here = steps.index(self._step)
        if here + 1 < len(steps):
            self._show(steps[here + 1])
        else:
            self._finish()

    def set_busy(self, words: str) -> None:
        """While the profile is being made nothing else can be pressed; empty words end it."""
        self.next.set_blocked(words)
        self.back.set_blocked(words)
        self._stack.setEnabled(not words)
        if words:
            self.say(words, Tone.INFO)
        else:
            self._message.hush()

    def show_error(self, words: Message | str) -> None:
        self.set_busy("")
        self._mark_steps()
        self.say(render(words), Tone.ERROR)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field goes on, as in HTKK's dialogs; Esc leaves a new year, not the first start."""
        if event.key() == Qt.Key.Key_Escape and self.draft.way is Way.FIRST:
            return
        if event.key() in ENTER and self.next.isEnabled():
            if not event.isAutoRepeat():  # held a moment too long, it would pass over the next step
                self.go_on()
        else:
            super().keyPressEvent(event)
