"""What a receiver does with the package that is shown: open a file of it, hear the code, give a receipt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desktop.domain.package_look import PackageLook
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.signing_key import KeyState
from cchc_desktop.domain.verification import Outcome, SignerFinding
from cchc_desktop.language import render, text
from cchc_desktop.services import office, packages, verification
from cchc_desktop.services.packages import OpenedCopy
from ui.marks import Mark
from ui.widgets.button import Button
from ui.widgets.message_bar import Tone
from ui.work import Job

if TYPE_CHECKING:
    from ui.packages.desk import PackageDesk


class Acts:
    def __init__(self, desk: PackageDesk) -> None:
        self._desk = desk
        self._look: PackageLook | None = None
        self.hear = Button(text("package_view.hear"), self.hear_code, icon="user-check")
        self.receipt = Button(text("package_view.receipt"), self.give_receipt, icon="download")
        self.countersign = Button(text("package_view.countersign"), self.sign_over, icon="pencil")
        self.buttons = (self.countersign, self.receipt)

    def fit(self, look: PackageLook | None) -> None:
        """Offer what can be done with this package here."""
        self._look = look
        stranger = self._stranger()
        self.hear.setVisible(stranger is not None)
        self.countersign.setVisible(look is not None and not look.verification.pack_of)
        at_office = look is not None and self._desk.reading.office_folder is not None
        self.receipt.setVisible(at_office)
        if look is not None:
            good = look.outcome in (Outcome.VALID, Outcome.VALID_WITH_WARNINGS)
            self.receipt.set_blocked("" if good else text("package_view.receipt_not"))
            refused = look.outcome in (Outcome.INVALID, Outcome.UNREADABLE)
            self.countersign.set_blocked(text("package_view.countersign_not") if refused else "")

    # Opening a file

    def open_entry(self, entry: str) -> Job | None:
        """Make a read-only copy and hand it to the system's program, after a word on what it could do."""
        package, desk = self._desk.package, self._desk
        if package is None:
            return None
        place, trust = desk.around.copies(), desk.reading.trust()
        return desk.start(
            lambda progress: packages.open_evidence(place, package, entry, trust, progress), self._opened
        )

    def _opened(self, copy: OpenedCopy) -> None:
        dialogs = self._desk.around.dialogs
        if copy.findings:
            words = "\n\n".join(render(finding) for finding in copy.findings)
            options = (text("package_view.leave_closed"), text("package_view.open_anyway"))
            heading = text("package_view.before_opening", name=copy.title)
            if dialogs.choose(heading, words, options, Mark.NO_EVIDENCE) != 1:
                return
        if not dialogs.open_path(copy.path):
            heading = text("preview.no_viewer")
            dialogs.message(heading, text("preview.no_viewer_words", path=str(copy.path)), Mark.NO_EVIDENCE)

    # The code on the telephone

    def _stranger(self) -> SignerFinding | None:
        signers = self._look.verification.signers if self._look is not None else ()
        return next((one for one in signers if one.outcome is Outcome.UNKNOWN_SIGNER), None)

    def hear_code(self) -> Job | None:
        """Compare the code that the unit reads out with the signer's; then believe it while this is open."""
        signer, package, desk = self._stranger(), self._desk.package, self._desk
        if signer is None or package is None:
            return None
        heard = desk.around.dialogs.ask_text(
            text("package_view.hear_heading", name=signer.name),
            text("package_view.hear_words", unit=desk.view.look.verification.sender_name or signer.name)
            if desk.view.look
            else "",
            text("package_view.hear_act"),
        )
        if heard is None:
            return None
        scratch = desk.around.scratch()

        def done(certificate: Path) -> None:
            desk.reading.add([certificate])
            desk.check_again()

        def run(_progress: Progress) -> Path:
            return verification.heard_signer(package, signer.fingerprint, heard, scratch)

        return desk.start(run, done)

    # A further signature

    def sign_over(self) -> None:
        """Sign over the package, into a new file, which is shown next; the one here stays as it was."""
        desk, package = self._desk, self._desk.package
        if package is None:
            return
        from ui.signing.countersign_dialog import CountersignDialog

        around = desk.around
        CountersignDialog(
            desk.window(),
            around.work,
            around.dialogs,
            package,
            around.data,
            lambda made: desk.check(made.path),
            around.context.profile if around.context is not None else None,
        ).open()

    # The receipt

    def give_receipt(self) -> Job | None:
        """Take the package into the office's register and write its receipt where the user says."""
        desk, package = self._desk, self._desk.package
        folder = desk.reading.office_folder
        if package is None or folder is None:
            return None
        dialogs = desk.around.dialogs
        to = dialogs.choose_folder(text("package_view.receipt_where"))
        if to is None:
            return None
        typed = ""
        if office.key_status(folder).state is KeyState.LOCKED:
            heading, words = text("package_view.receipt_key"), text("package_view.receipt_key_words")
            typed = dialogs.ask_text(heading, words, text("package_view.receipt_key_act"), secret=True) or ""
            if not typed:
                return None

        def done(result: tuple[object, object, Path]) -> None:
            receipt = result[2]
            words = text("package_view.receipt_written", name=receipt.name, folder=str(receipt.parent))
            act = text("package_view.open_folder")
            desk.check_again()
            desk.note.say(words, Tone.OK, act, lambda: desk.around.dialogs.open_path(receipt.parent))

        def run(progress: Progress) -> object:
            if typed:
                office.unlock(folder, typed)
            return office.take_in(folder, package, to, progress)

        return desk.start(run, done, quiet=False)
