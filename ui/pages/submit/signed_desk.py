"""The line of the check step that says which documents are signed, and opens Văn bản đã ký."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.signed_document import SignedKind, Signing
from cchc_desktop.domain.signer_choice import SignWith
from cchc_desktop.language import text
from ui.context import Context
from ui.fonts import Size
from ui.marks import Mark, MarkSign
from ui.pages.submit.signed_dialog import SignedDialog
from ui.theme import Role
from ui.widgets.button import LinkLabel
from ui.widgets.labels import Label
from ui.widgets.panel import row


class SignedDesk(QWidget):
    """`changed()` after a document was signed, dropped or numbered."""

    def __init__(
        self, context: Context, sign_with: Callable[[], SignWith | None], changed: Callable[[], object]
    ) -> None:
        super().__init__()
        self._context, self._sign_with, self._changed = context, sign_with, changed
        self.found: tuple[Signing, ...] = ()
        self._sign = MarkSign(Mark.OPEN)
        self._words = Label("", Size.SMALL, Role.MUTED, wrap=True)
        self.open_link = LinkLabel(text("signed_page.open"), self.open, Size.SMALL)
        line = row(self._sign, self._words, self.open_link, gap=8)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.show_signings((), PackageKind.PLAN)

    def show_signings(self, found: tuple[Signing, ...], kind: PackageKind) -> None:
        """Say what a package of that kind carries signed."""
        self.found = found
        carried = [one for one in found if one.signed_is_current and _carries(kind, one)]
        signed = tuple(text(f"signed_page.short_{one.kind.value}") for one in carried)
        self._sign.set_mark(Mark.DONE if signed else Mark.INFO)
        self._words.setText(
            text("signed_page.some_signed", documents=signed) if signed else text("signed_page.none_signed")
        )

    def words(self) -> str:
        return self._words.text()

    def open(self) -> None:
        dialog = SignedDialog(self._context, self.found, self._sign_with)
        dialog.exec()
        if dialog.changed:
            self._changed()


def _carries(kind: PackageKind, one: Signing) -> bool:
    return kind is PackageKind.SELFSCORE or one.kind is not SignedKind.SELFSCORE
