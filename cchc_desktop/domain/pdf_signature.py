"""Signatures inside a PDF: where they stand on the page, and what is found out about each."""

from __future__ import annotations

from enum import StrEnum

from cchc_desktop.domain.evidence import MEGABYTE
from cchc_desktop.domain.verification import Outcome, Reason, SignerFinding
from cchc_desktop.quick_dataclass import dataclass

SIGNATURE_PLACE = "signature"
"""The named destination of a drawn document: the room between the signer's title and name."""
LARGEST_PDF = 50 * MEGABYTE
"""Reading a PDF takes two to three times its size in memory."""


class SignsIn(StrEnum):
    """Where a signature is shown (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7, II.8).

    PERSON: between the signer's title and name. ORGANISATION: as text at the upper right of page 1, or its
    seal over the left third of the person's signature.
    """

    PERSON = "person"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page (from 0), in points from the page's lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def area(self) -> float:
        return max(self.width, 0) * max(self.height, 0)

    def overlaps(self, other: Box) -> bool:
        return (
            self.page == other.page
            and self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )


@dataclass(frozen=True, slots=True)
class PdfPlaces:
    """`pages` are width and height of each page; `taken` the boxes of signatures that stand there already.

    `signature` is the room between title and name, where the document says it has one.
    """

    pages: tuple[tuple[float, float], ...]
    taken: tuple[Box, ...] = ()
    signature: Box | None = None


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """One signature. `organisation` is the signer's, as the certificate says; "" where it is the signer's
    own name. `reasons` are about this signature alone."""

    signer: SignerFinding
    organisation: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class PdfCheck:
    """What is found in a PDF. `signatures` are those whose signer can be named, in the order of signing."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    signatures: tuple[PdfSignature, ...] = ()

    @property
    def unsigned(self) -> bool:
        """Nobody signed it, and nothing in it pretends so."""
        return [reason.code for reason in self.reasons] == ["pades.unsigned"]

    @property
    def holds(self) -> bool:
        """Signed, and unchanged since; whether the signer is known here is another question."""
        return bool(self.signatures) and self.outcome not in (Outcome.INVALID, Outcome.UNREADABLE)
