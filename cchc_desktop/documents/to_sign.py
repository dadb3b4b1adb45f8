"""What people sign: each document with its digest, its number and the way to draw it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path

from cchc_desktop.documents import fingerprint
from cchc_desktop.documents.letter import letter_document
from cchc_desktop.documents.plan import PlanInput
from cchc_desktop.documents.plan_documents import as_issued, pdf_of
from cchc_desktop.documents.plan_names import file_stem, number_and_date
from cchc_desktop.documents.selfscore import write_selfscore_pdf
from cchc_desktop.documents.selfscore_lines import SelfScoreInput
from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.signed_document import (
    NumberGiven,
    SignedDocument,
    SignedKind,
    Signing,
    is_current,
    latest,
)
from cchc_desktop.language import text
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True)
class ToSign:
    """`plan_id` is None for the round's own plan and for the self-score. `given` is the number that the
    program knows, None where it keeps none; `number` is number and symbol as printed, "" while there is none.
    `digest` tells what it says now: asked only where something signed is held against it, since for that the
    document is put together.
    """

    kind: SignedKind
    plan_id: str | None
    digest: Callable[[], str]
    given: NumberGiven | None
    number: str
    file_name: str
    draw: Callable[[Path, Progress], None]

    @cached_property
    def content_sha256(self) -> str:
        return self.digest()

    def signing(self, rows: tuple[SignedDocument, ...]) -> Signing:
        """How far it has come, by the rows of its round."""
        exported = latest(rows, self.kind, self.plan_id, waits=True)
        signed = latest(rows, self.kind, self.plan_id, waits=False)
        return Signing(
            self.kind,
            self.file_name,
            exported,
            exported is not None and self.is_of(exported),
            signed,
            signed is not None and self.is_of(signed),
        )

    def signed_copy(self, rows: tuple[SignedDocument, ...]) -> SignedDocument | None:
        """The newest signed file, when it still says what would be printed now."""
        found = latest(rows, self.kind, self.plan_id, waits=False)
        return found if found is not None and self.is_of(found) else None

    def row(self, id_: str, round_id: str, name: str, at: datetime, *, exact: bool = True) -> SignedDocument:
        """A row of this document as it stands now, still without its file."""
        return SignedDocument(
            id=id_,
            round_id=round_id,
            plan_id=self.plan_id,
            kind=self.kind,
            content_sha256=self.content_sha256,
            sha256="",
            size=0,
            name=name,
            state=DocumentState.READY,
            given=self.given or NumberGiven(),
            signers=(),
            created_at=at,
            exact=exact,
        )

    def is_of(self, kept: SignedDocument) -> bool:
        return is_current(kept, self.content_sha256, self.given)


def plan_to_sign(source: PlanInput, plan_id: str | None = None) -> ToSign:
    issue = source.plan.issue
    given = NumberGiven(issue.number.strip(), issue.issued_on)
    return ToSign(
        SignedKind.PLAN,
        plan_id,
        lambda: fingerprint.plan_digest(source),
        given,
        number_and_date(source.unit, source.plan, issue.form)["number"] if given.number else "",
        text("documents.file.plan_pdf", plan=file_stem(source.plan), unit=source.unit.code),
        lambda path, progress: pdf_of(as_issued)(path, source, progress),
    )


def letter_to_sign(source: PlanInput, plan_id: str | None = None) -> ToSign:
    issue = source.plan.issue
    given = NumberGiven(issue.letter_number.strip(), issue.letter_on)
    return ToSign(
        SignedKind.LETTER,
        plan_id,
        lambda: fingerprint.letter_digest(source),
        given,
        given.number,
        text("documents.file.letter_pdf", plan=file_stem(source.plan), unit=source.unit.code),
        lambda path, progress: pdf_of(letter_document)(path, source, progress),
    )


def selfscore_to_sign(source: SelfScoreInput) -> ToSign:
    return ToSign(
        SignedKind.SELFSCORE,
        None,
        lambda: fingerprint.selfscore_digest(source),
        None,
        "",
        text("documents.file.selfscore_pdf", year=str(source.year), unit=source.unit.code),
        lambda path, progress: write_selfscore_pdf(path, source, progress),
    )
