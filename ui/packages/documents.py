"""The documents and data of a package, each with its state; documents open as a read-only copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cchc_desktop.domain.package_head import PackageHead
from cchc_desktop.domain.verification import FileFinding, Outcome
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.language import format_size, render, text
from cchc_desktop.services.pdf_signatures import SignedInside
from ui.fonts import Size
from ui.marks import Mark, MarkSign
from ui.theme import Role
from ui.widgets.button import LinkLabel
from ui.widgets.labels import ElidedLabel, Label, second, section
from ui.widgets.panel import Strip, clear, column, row


class Documents(QWidget):
    """`open_file(file)` opens one of them."""

    def __init__(self, open_file: Callable[[FileFinding], object]) -> None:
        super().__init__()
        self._open = open_file
        self._below: dict[str, QVBoxLayout] = {}
        self._note = second()
        self._lines = column(gap=0)
        head = row(section(text("package_view.documents")), self._note, None, gap=10)
        self.setLayout(column(head, self._lines, gap=4))

    def show_files(self, files: Sequence[FileFinding], head: PackageHead | None) -> None:
        """All but the evidence, which has a list of its own; of a package whose head is not known, all."""
        clear(self._lines)
        self._below.clear()
        documents = {one.entry for one in head.documents} if head else set()
        evidence = {one.entry for one in head.evidence} if head else set()
        shown = [file for file in files if file.name not in evidence]
        self.setVisible(bool(shown))
        size = sum(file.size for file in shown)
        self._note.setText(text("package_view.documents_note", count=len(shown), size=size))
        for file in shown:
            self._lines.addWidget(self._line(file, opens=file.ok and file.name in documents))

    def show_signed(self, signed: Sequence[SignedInside]) -> None:
        """Whose signatures the PDFs bear inside, below their lines."""
        for one in signed:
            below = self._below.get(one.entry)
            if below is None:
                continue
            for signature in one.check.signatures:
                at = signature.signer.signed_at.astimezone(VIETNAM)
                words = text(
                    "package_view.signed_inside",
                    name=signature.signer.name,
                    outcome=text(f"verification.name_{signature.signer.outcome.value}").lower(),
                    time=at,
                    day=at,
                )
                below.addWidget(second(words, wrap=True))
            for reason in one.check.reasons:
                if reason.leads_to in (Outcome.INVALID, Outcome.UNREADABLE):
                    below.addWidget(Label(render(reason.message), Size.SMALL, Role.ERROR, wrap=True))

    def _line(self, file: FileFinding, *, opens: bool) -> QWidget:
        strip = Strip("below", upright=True)
        strip.box.setContentsMargins(4, 4, 4, 4)
        strip.box.setSpacing(2)
        name = ElidedLabel(file.title or file.name)
        line = row(
            MarkSign(Mark.DONE if file.ok else Mark.ERROR), name, second(format_size(file.size)), gap=8
        )
        line.setStretch(1, 1)
        if opens:
            link = LinkLabel(text("package_view.open"), lambda: self._open(file))
            link.setAccessibleName(text("package_view.open_named", name=file.title or file.name))
            line.addWidget(link)
        below = column(gap=2)
        below.setContentsMargins(24, 0, 0, 0)
        self._below[file.name] = below
        strip.box.addLayout(line)
        strip.box.addLayout(below)
        return strip

    def words(self) -> tuple[str, ...]:
        """What stands below the names."""
        labels = self.findChildren(Label)
        return tuple(label.text() for label in labels)
