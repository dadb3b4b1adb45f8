"""The right side: what the package is, who it is from and for, and how it is sealed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QSizePolicy

from cchc_desktop.domain.package_head import filing
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.readiness import Readiness
from cchc_desktop.domain.round import Round
from cchc_desktop.domain.signer_choice import SignerKind
from cchc_desktop.domain.signing_key import KeyStatus
from cchc_desktop.language import text
from ui.fonts import Size
from ui.widgets.labels import Label, second, section
from ui.widgets.panel import Strip

_FACTS = ("content", "revision", "recipient", "signer", "seal")


class PackageCard(Strip):
    def __init__(self) -> None:
        super().__init__("left", upright=True)
        self.setFixedWidth(400)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._facts: dict[str, Label] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name in _FACTS:
            label = Label(wrap=True) if name != "seal" else Label(size=Size.SMALL, wrap=True)
            self._facts[name] = label
            form.addRow(second(text(f"submit_page.card_{name}")), label)
        self.box.setContentsMargins(20, 16, 20, 14)
        self.box.setSpacing(12)
        self.box.addWidget(section(text("submit_page.card")))
        self.box.addLayout(form)
        self.box.addStretch(1)

    def show_package(
        self,
        of_round: Round,
        kind: PackageKind,
        found: Readiness | None,
        key: KeyStatus | None,
        recipient: str,
        signer: SignerKind = SignerKind.SOFTWARE,
    ) -> None:
        year = str(of_round.year)
        count = found.evidence_count if found is not None else 0
        content = f"content_{kind.value}" if count else f"content_{kind.value}_bare"
        self._facts["content"].setText(text(f"submit_page.{content}", year=year, count=count))
        revision = found.revision if found is not None else 0
        word = "first_filing" if revision == 0 else "supplement"
        self._facts["revision"].setText(
            text(f"submit_page.{word}", revision=filing(revision), earlier=filing(max(0, revision - 1)))
        )
        self._facts["recipient"].setText(recipient)
        certificate = key.certificate if key is not None else None
        own = signer is SignerKind.SOFTWARE
        self._facts["signer"].setText(of_round.unit.name if own or not certificate else certificate.name)
        sealed = "submit_page.sealed" if own else "signing.sealed"
        self._facts["seal"].setText(
            text(sealed, code=certificate.spoken_code)
            if certificate is not None
            else text("submit_page.unsealed")
        )

    def facts(self) -> dict[str, str]:
        return {name: label.text() for name, label in self._facts.items()}
