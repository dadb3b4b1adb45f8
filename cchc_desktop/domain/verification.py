"""What is found out about a package: five outcomes, each with its reasons; integrity and trust stay apart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from cchc_desktop.domain.package_head import PackagedEvidence, PackOf
from cchc_desktop.message import Message
from cchc_desktop.quick_dataclass import dataclass


class Outcome(StrEnum):
    VALID = "valid"
    VALID_WITH_WARNINGS = "valid_with_warnings"
    UNKNOWN_SIGNER = "unknown_signer"
    INVALID = "invalid"
    UNREADABLE = "unreadable"


# The worst reason decides; a package that was changed is never called merely unknown.
_ORDER = (
    Outcome.VALID,
    Outcome.VALID_WITH_WARNINGS,
    Outcome.UNKNOWN_SIGNER,
    Outcome.INVALID,
    Outcome.UNREADABLE,
)


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """The outcome that counts when several hold; `VALID` when there is none."""
    return max(outcomes, key=_ORDER.index, default=Outcome.VALID)


class Aspect(StrEnum):
    """What a reason is about; the window shows one line for each."""

    FORM = "form"
    INTEGRITY = "integrity"
    SIGNER = "signer"
    REVOCATION = "revocation"
    TIME = "time"
    REVISION = "revision"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the outcome is what it is. `leads_to` `VALID` is a good word ("24 of 24 files are unchanged")."""

    message: Message
    aspect: Aspect
    leads_to: Outcome

    @property
    def code(self) -> str:
        return self.message.id


@dataclass(frozen=True, slots=True)
class SignerFinding:
    """One signature. `signed_at` is what the signer claims. `outcome` is the word on this signer alone.

    `authority` names the trusted CA behind the certificate. `speaks_for_itself`: taken as known here by its
    own certificate, or the very office that the CA belongs to; a unit that a CA vouches for does not.
    """

    name: str
    unit_code: str
    fingerprint: str
    spoken_code: str
    signed_at: datetime
    outcome: Outcome
    authority: str = ""
    speaks_for_itself: bool = False


@dataclass(frozen=True, slots=True)
class FileFinding:
    """`name` is the entry's name; `title` is what people call the file (from the signed head)."""

    name: str
    title: str
    size: int
    sha256: str
    ok: bool


@dataclass(frozen=True, slots=True)
class Verification:
    """Fields of the head are "" or None where the package can't be read that far.

    `evidence` is what its head lists, also files that travel apart; `pack_of` says of an evidence pack which
    light package it belongs to (`domain.evidence_packs.tick_off`).
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]
    package_id: str = ""
    kind: str = ""
    period: str = ""
    sender: str = ""
    sender_name: str = ""
    recipient: str = ""
    revision: int | None = None
    created_at: datetime | None = None
    manifest_sha256: str = ""
    signers: tuple[SignerFinding, ...] = ()
    files: tuple[FileFinding, ...] = ()
    evidence: tuple[PackagedEvidence, ...] = ()
    pack_of: PackOf | None = None

    @property
    def is_from_office(self) -> bool:
        """Whether the first signer, who is the sender, is an office that is known here and no unit."""
        return bool(self.signers) and self.signers[0].speaks_for_itself

    def about(self, aspect: Aspect) -> tuple[Reason, ...]:
        return tuple(reason for reason in self.reasons if reason.aspect is aspect)
