"""The documents and data of a package, each with its state; documents open as a read-only copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.package_head import PackageHead
from cchc_desktop.domain.verification import FileFinding
from cchc_desktop.language import format_size, text
from ui.marks import Mark, MarkSign
from ui.widgets.button import LinkLabel
from ui.widgets.labels import ElidedLabel, second, section
from ui.widgets.panel import Strip, clear, column, row


class Documents(QWidget):
    """`open_file(file)` opens one of them."""

    def __init__(self, open_file: Callable[[FileFinding], object]) -> None:
        super().__init__()
        self._open = open_file
        self._note = second()
        self._lines = column(gap=0)
        head = row(section(text("package_view.documents")), self._note, None, gap=10)
        self.setLayout(column(head, self._lines, gap=4))

    def show_files(self, files: Sequence[FileFinding], head: PackageHead | None) -> None:
        """All but the evidence, which has a list of its own; of a package whose head is not known, all."""
        clear(self._lines)
        documents = {one.entry for one in head.documents} if head else set()
        evidence = {one.entry for one in head.evidence} if head else set()
        shown = [file for file in files if file.name not in evidence]
        self.setVisible(bool(shown))
        size = sum(file.size for file in shown)
        self._note.setText(text("package_view.documents_note", count=len(shown), size=size))
        for file in shown:
            self._lines.addWidget(self._line(file, opens=file.ok and file.name in documents))

    def _line(self, file: FileFinding, *, opens: bool) -> QWidget:
        strip = Strip("below")
        strip.box.setContentsMargins(4, 4, 4, 4)
        strip.box.addWidget(MarkSign(Mark.DONE if file.ok else Mark.ERROR))
        strip.box.addWidget(ElidedLabel(file.title or file.name), 1)
        strip.box.addWidget(second(format_size(file.size)))
        if opens:
            link = LinkLabel(text("package_view.open"), lambda: self._open(file))
            link.setAccessibleName(text("package_view.open_named", name=file.title or file.name))
            strip.box.addWidget(link)
        return strip
