"""The certificates that were found, to choose one of; those that can't sign say why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cchc_desktop.domain.signer_choice import FoundCertificate
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.language import text
from ui.widgets.choice import Choice


class CertificateChoice(Choice):
    """`picked(certificate)` when there is one that can sign, by the user or because it is the only one."""

    def __init__(self, picked: Callable[[FoundCertificate], object]) -> None:
        super().__init__(text("signing.certificate"))
        self._picked = picked
        self.chosen.connect(self._picked)
        self.show_found(())

    def show_found(self, found: Sequence[FoundCertificate]) -> None:
        """Takes the only good one at once; of several the user chooses."""
        lines = [(one, line_of(one)) for one in found]
        good = [one for one in found if one.fault is None]
        self.set_choices(lines or [(None, text("signing.no_certificate"))])
        self.setCurrentIndex(0 if not lines or len(good) == 1 else -1)
        self.setEnabled(bool(lines))
        if len(good) == 1:
            self.set_value(good[0])
            self._picked(good[0])

    def show_kept(self, words: str) -> None:
        """What was chosen earlier, before anything is looked at again."""
        self.set_choices([(None, words)])
        self.setCurrentIndex(0)
        self.setEnabled(False)


def line_of(found: FoundCertificate) -> str:
    until = found.summary.valid_to.astimezone(VIETNAM)
    return text("signing.certificate_line", name=found.summary.name, until=until)
