"""The word on a package: its outcome, then integrity, signer, revocation, time and revision line by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from cchc_desktop.domain.package_head import filing
from cchc_desktop.domain.verification import Aspect, FileFinding, Outcome, Reason, Verification, worst
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.language import format_date, format_size, format_time, render, text
from ui.fonts import Size
from ui.marks import WARN, Mark, MarkSign
from ui.pages.submit.done_step import check_code
from ui.theme import Role, changes, color
from ui.widgets.button import Button
from ui.widgets.labels import ElidedLabel, Label, second, section, strong
from ui.widgets.painted import chip
from ui.widgets.panel import MARGIN, Strip, clear, column, row

_LOOKS = {
    Outcome.VALID: (Mark.DONE, Role.OK, Role.OK_SOFT),
    Outcome.VALID_WITH_WARNINGS: (WARN, Role.WARN, Role.WARN_SOFT),
    Outcome.UNKNOWN_SIGNER: (Mark.UNKNOWN, Role.INFO, Role.INFO_SOFT),
    Outcome.INVALID: (Mark.ERROR, Role.ERROR, Role.ERROR_SOFT),
    Outcome.UNREADABLE: (Mark.UNREADABLE, Role.MUTED, Role.COMPUTED),
}
_ASPECTS = (
    Aspect.FORM,
    Aspect.INTEGRITY,
    Aspect.SIGNER,
    Aspect.REVOCATION,
    Aspect.TIME,
    Aspect.REVISION,
)


_MARK_DROP = 3
"""A mark is lower than a line of text: so far down it stands in its middle."""


class _Verdict(QWidget):
    """The coloured band with the outcome: shape, word, what to do."""

    def __init__(self) -> None:
        super().__init__()
        self._outcome = Outcome.VALID
        self._sign = MarkSign(Mark.DONE, 36)
        self._word = section(wrap=True)
        self._advice = Label(wrap=True)
        box = row(self._sign, column(self._word, self._advice, gap=2), gap=16)
        box.setStretch(1, 1)
        box.setContentsMargins(22, 14, 16, 14)
        self.setLayout(box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        changes().changed.connect(self.update)

    def show_outcome(self, outcome: Outcome) -> None:
        self._outcome = outcome
        mark, role, _ground = _LOOKS[outcome]
        self._sign.set_mark(mark)
        self._word.setText(text(f"submit_page.outcome_{outcome.value}"))
        self._word.set_role(role)
        self._advice.setText(text(f"submit_page.advice_{outcome.value}"))
        self.setAccessibleName(f"{self._word.text()}. {self._advice.text()}")
        self.update()

    def word(self) -> str:
        return self._word.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        _mark, edge, ground = _LOOKS[self._outcome]
        with QPainter(self) as painter:
            chip(painter, QRectF(self.rect()), color(ground), color(edge), 2)
            painter.fillRect(QRectF(0, 0, 6, self.height()), color(edge))


class PackageView(QWidget):
    """`another()` checks another file, `trust()` adds a certificate to believe, `close_view()` goes back."""

    def __init__(
        self, another: Callable[[], object], trust: Callable[[], object], close_view: Callable[[], object]
    ) -> None:
        super().__init__()
        self.verification: Verification | None = None
        self._name = ElidedLabel("", Size.SECTION, bold=True)
        self._about = ElidedLabel("", Size.SMALL, Role.MUTED)
        self.another = Button(text("submit_page.another_package"), another, icon="folder-open")
        self.trust = Button(text("submit_page.add_trust"), trust, icon="shield-check")
        self.back = Button(text("submit_page.close_package"), close_view)
        words = column(self._name, self._about, gap=0)
        head = row(words, self.trust, self.another, self.back, gap=8)
        head.setStretch(0, 1)
        self._verdict = _Verdict()
        self._reasons = column(gap=0)
        self._files_word = section(text("submit_page.files_heading"))
        self._files_note = second()
        self._files = column(gap=0)
        self._code = second()
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inner = QWidget()
        whole = column(
            self._verdict,
            self._reasons,
            row(self._files_word, self._files_note, None, self._code, gap=10),
            self._files,
            None,
            gap=12,
        )
        whole.setContentsMargins(0, 0, 12, 0)
        inner.setLayout(whole)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(text("submit_page.package_result"))
        area.setWidget(inner)
        box = column(head, area, gap=12)
        box.setStretch(1, 1)
        box.setContentsMargins(MARGIN, 14, 8, 12)
        self.setLayout(box)

    def show_verification(self, path: Path, found: Verification) -> None:
        self.verification = found
        self._name.set_words(path.name)
        self._about.set_words(self._about_words(found))
        self._verdict.show_outcome(found.outcome)
        clear(self._reasons)
        for aspect in _ASPECTS:
            if reasons := found.about(aspect):
                self._reasons.addWidget(_reason_line(aspect, reasons))
        self._show_files(found.files)
        self._code.setText(
            text("submit_page.package_code", code=check_code(found.manifest_sha256))
            if found.manifest_sha256
            else ""
        )

    @staticmethod
    def _about_words(found: Verification) -> str:
        if not found.sender_name and not found.sender:
            return text("submit_page.about_unknown")
        made = ""
        if found.created_at is not None:
            at = found.created_at.astimezone(VIETNAM)
            made = f"{format_date(at)} {format_time(at)}"
        kind = text(f"submit_page.kind_{found.kind}") if found.kind in ("plan", "selfscore") else found.kind
        parts = (found.sender_name or found.sender, kind, found.period)
        revision = "" if found.revision is None else filing(found.revision)
        return " · ".join(part for part in (*parts, revision, made) if part)

    def _show_files(self, files: Sequence[FileFinding]) -> None:
        clear(self._files)
        size = sum(one.size for one in files)
        self._files_note.setText(text("submit_page.files_note", count=len(files), size=size) if files else "")
        self._files_word.setVisible(bool(files))
        for one in files:
            strip = Strip("below")
            strip.box.setContentsMargins(4, 4, 4, 4)
            strip.box.addWidget(MarkSign(Mark.DONE if one.ok else Mark.ERROR))
            name = ElidedLabel(one.title or one.name)
            strip.box.addWidget(name, 1)
            strip.box.addWidget(second(format_size(one.size)))
            self._files.addWidget(strip)

    def outcome_word(self) -> str:
        return self._verdict.word()

    def reason_words(self) -> tuple[str, ...]:
        """Each line of reasons as shown."""
        found = []
        for place in range(self._reasons.count()):
            item = self._reasons.itemAt(place)
            widget = item.widget() if item is not None else None
            labels = widget.findChildren(Label) if widget is not None else []
            found.append(": ".join(label.text() for label in labels))
        return tuple(found)


def _reason_line(aspect: Aspect, reasons: Sequence[Reason]) -> QWidget:
    strip = Strip("below")
    strip.box.setContentsMargins(4, 6, 4, 6)
    strip.box.setSpacing(12)
    outcome = worst(reason.leads_to for reason in reasons)
    name = strong(text(f"submit_page.aspect_{aspect.value}"))
    name.setMinimumWidth(130)
    name.setAlignment(Qt.AlignmentFlag.AlignTop)
    words = Label("\n".join(render(reason.message) for reason in reasons), wrap=True)
    strip.box.addLayout(column(_MARK_DROP, MarkSign(_LOOKS[outcome][0]), None, gap=0))
    strip.box.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
    strip.box.addWidget(words, 1)
    return strip
