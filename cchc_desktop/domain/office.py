"""What a receiving office keeps: the certificates it gave out, the packages it took in, its receipts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from cchc_desktop.domain.verification import Outcome
from cchc_desktop.quick_dataclass import dataclass


class Way(StrEnum):
    """How a certificate came to count here."""

    AUTHORITY = "authority"  # the office's own CA
    OWN = "own"  # the office's signing key, issued by its CA
    ISSUED = "issued"  # a unit's, issued by the CA from its request
    PINNED = "pinned"  # a unit's own one, taken as known by its fingerprint


class RevocationReason(StrEnum):
    """Why a certificate stops to count (RFC 5280, 5.3.1). Of a compromised key nothing counts any more."""

    KEY_COMPROMISE = "key_compromise"
    SUPERSEDED = "superseded"
    CESSATION = "cessation_of_operation"
    AFFILIATION = "affiliation_changed"
    UNSPECIFIED = "unspecified"


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate of the register. `pem` is the whole certificate; `request_id` the package that asked.

    `since` and `reason` are set once it is revoked (a pinned one: taken off the list).
    """

    fingerprint: str
    way: Way
    name: str
    unit_code: str
    serial: str
    valid_from: datetime
    valid_to: datetime
    at: datetime
    pem: str
    request_id: str = ""
    since: datetime | None = None
    reason: RevocationReason | None = None

    @property
    def is_revoked(self) -> bool:
        return self.since is not None


@dataclass(frozen=True, slots=True)
class RevocationIssue:
    """A revocation list that was made: its number grows by one; `pem` is the list."""

    number: int
    issued_at: datetime
    until: datetime
    pem: str

    def is_due(self, now: datetime) -> bool:
        """A list that has less than half of its life left is replaced at the next occasion."""
        return now >= self.issued_at + (self.until - self.issued_at) / 2

    def is_stale(self, now: datetime) -> bool:
        return now > self.until


@dataclass(frozen=True, slots=True)
class Received:
    """A package that was taken in. `signed_at` is what the sender claims, `received_at` what this office saw.

    `receipt` is the signed receipt, byte by byte: whoever hands in the same package again gets the same one.
    """

    package_id: str
    manifest_sha256: str
    sender_id: str
    sender_name: str
    kind: str
    period: str
    revision: int
    signed_at: datetime
    received_at: datetime
    file_name: str
    outcome: Outcome
    receipt_id: str
    receipt: bytes = b""
