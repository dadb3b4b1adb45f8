"""A document that people sign: exported to be signed elsewhere, taken back, kept for the package.

`lifecycle` says who may move it: a READY one was exported and waits for its signature; signed before it has a
number it is SIGNED_NOT_NUMBERED, and the clerk's number makes it FINALISED.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from cchc_desktop.domain.lifecycle import DocumentState, Mover, moved
from cchc_desktop.domain.pdf_signature import PdfCheck
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.quick_dataclass import dataclass


class SignedKind(StrEnum):
    """PLAN is the plan in the form in which it is issued: a Kế hoạch, or a Quyết định with the plan."""

    PLAN = "plan"
    LETTER = "letter"
    SELFSCORE = "selfscore"


@dataclass(frozen=True, slots=True)
class SignedBy:
    """Who signed, by the certificate, and when, by the signer's clock. `outcome` is what was found of this
    signer when the file was taken in."""

    name: str
    organisation: str
    signed_at: datetime
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class NumberGiven:
    """Number and day of issue; "" and None until the clerk gives them."""

    number: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class SignedDocument:
    """`content_sha256` stands for what the document said, without its number and day; `sha256` and `size` are
    the kept file's. `given` is what the file bears as its number, or what the clerk gave it afterwards.

    `exact`: the signed file begins with the very bytes that were exported; otherwise a program wrote it anew
    and only its pages were found the same.
    """

    id: str
    round_id: str
    plan_id: str | None
    kind: SignedKind
    content_sha256: str
    sha256: str
    size: int
    name: str
    state: DocumentState
    given: NumberGiven
    signers: tuple[SignedBy, ...]
    created_at: datetime
    exact: bool = True

    @property
    def waits(self) -> bool:
        """Exported, and not yet signed."""
        return self.state is DocumentState.READY


@dataclass(frozen=True, slots=True)
class Signing:
    """How far a document's signing has come. `signed_is_current`: the signed file goes into the package."""

    kind: SignedKind
    file_name: str
    exported: SignedDocument | None = None
    exported_is_current: bool = False
    signed: SignedDocument | None = None
    signed_is_current: bool = False


def latest(
    rows: Iterable[SignedDocument], kind: SignedKind, plan_id: str | None, *, waits: bool
) -> SignedDocument | None:
    """The newest export of a document, or its newest signed file."""
    same = [row for row in rows if (row.kind, row.plan_id, row.waits) == (kind, plan_id, waits)]
    return max(same, key=lambda row: row.created_at, default=None)


def is_current(signed: SignedDocument, content_sha256: str, given: NumberGiven | None) -> bool:
    """Whether the file still says what the program would print now.

    `given` is the number that the program knows, None for a document that has none in the program. A file
    that was signed before it had a number stays right whatever number the clerk gives.
    """
    if signed.content_sha256 != content_sha256:
        return False
    return given is None or not signed.given.number or signed.given == given


def state_when_signed(given: NumberGiven) -> DocumentState:
    """A leader signs before a number exists; what already bears one is final."""
    if given.number:
        return moved(DocumentState.READY, DocumentState.FINALISED, Mover.PROGRAM)
    return moved(DocumentState.READY, DocumentState.SIGNED_NOT_NUMBERED, Mover.HEAD)


def numbered(state: DocumentState) -> DocumentState:
    """The clerk gave the number."""
    return moved(state, DocumentState.FINALISED, Mover.CLERK)


def signed_by(check: PdfCheck) -> tuple[SignedBy, ...]:
    return tuple(
        SignedBy(one.signer.name, one.organisation, one.signer.signed_at, one.signer.outcome)
        for one in check.signatures
    )
