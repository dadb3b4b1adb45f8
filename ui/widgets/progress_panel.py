"""Long work: the step's name, a bar by bytes, speed, time left, and a stop that works. Under 1 s: nothing."""

from __future__ import annotations

import time

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cchc_desktop.language import format_size, render, text
from cchc_desktop.message import Message
from ui.widgets.bars import paint_bar
from ui.widgets.button import Button
from ui.widgets.labels import Label, second, strong
from ui.widgets.panel import Panel, row
from ui.work import Job

_LARGE = 100_000
"""From here on the numbers are bytes, below they are pieces."""


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_share(self, share: float) -> None:
        self._share = share
        self.setAccessibleName(text("widgets.progress_said", percent=round(share * 100)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_bar(painter, QRectF(self.rect()), self._share, 0.0)


class ProgressPanel(Panel):
    """`watch(job)` shows itself after one second and hides when the job ends. Its parts are made for the
    first job: a page that waits for none opens the faster.
    """

    def __init__(self) -> None:
        super().__init__()
        self._job: Job | None = None
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(1000)
        self._late.timeout.connect(self.show)
        self._begun = time.monotonic()
        self._named, self._first = "", 0
        self.hide()

    def _make(self) -> None:
        self._step, self._amount = strong(), Label()
        self._rest = second()
        self._bar = _Bar()
        self.stop = Button(text("widgets.stop"), self._stop)
        self.box.addWidget(self._step)
        self.box.addWidget(self._bar)
        self.box.addLayout(row(self._amount, None, self._rest))
        self.box.addLayout(row(self.stop, None))

    def watch(self, job: Job) -> None:
        if self.box.isEmpty():
            self._make()
        self._job, self._begun, self._named = job, time.monotonic(), ""
        self._step.setText(text("widgets.working"))
        self._amount.setText("")
        self._rest.setText("")
        self._bar.set_share(0.0)
        self.stop.set_blocked("")
        job.progressed.connect(self._at)
        job.ended.connect(self._ended)
        self._late.start()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self._step.setText(text("widgets.stopping"))
            self.stop.set_blocked(text("widgets.stopping"))

    def _at(self, step: Message, done: int, total: int) -> None:
        named = render(step)
        now = time.monotonic()
        if named != self._named:
            # What was done before (an upload that goes on) was not done at this speed.
            self._named, self._begun, self._first = named, now, done
        if self.stop.isEnabled():
            self._step.setText(named)
        self._bar.set_share(done / total if total else 0.0)
        if total < _LARGE:
            self._amount.setText(text("widgets.progress_pieces", done=done, total=total) if total else "")
            self._rest.setText("")
            return
        self._amount.setText(text("widgets.progress_bytes", done=done, total=total))
        passed = now - self._begun
        if passed > 0.5 and done > self._first:
            speed = (done - self._first) / passed
            left = max(1, round((total - done) / speed))
            unit = (
                text("widgets.seconds", n=left) if left < 90 else text("widgets.minutes", n=round(left / 60))
            )
            self._rest.setText(text("widgets.progress_rest", speed=format_size(round(speed)), left=unit))

    def _ended(self) -> None:
        self._late.stop()
        self._job = None
        self.hide()
