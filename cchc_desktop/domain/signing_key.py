"""What is known of the unit's signing key without touching it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from cchc_desktop.message import Message
from cchc_desktop.quick_dataclass import dataclass

SHORTEST_PASSPHRASE = 10
"""Letters. Under it, guessing costs less than the key is worth, scrypt or not."""


class KeyState(StrEnum):
    """`LOCKED`: the passphrase (or the system's own store) has to be opened. `LOST`: only a new key helps."""

    NONE = "none"
    READY = "ready"
    LOCKED = "locked"
    LOST = "lost"


class Protection(StrEnum):
    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - a name, not a secret


@dataclass(frozen=True, slots=True)
class CertificateSummary:
    """`fingerprint` is the SHA-256 of the certificate in hex; `spoken_code` its 24 letters for the phone."""

    name: str
    unit_code: str
    fingerprint: str
    spoken_code: str
    valid_from: datetime
    valid_to: datetime


@dataclass(frozen=True, slots=True)
class KeyStatus:
    """`reason` says why the key is locked or lost, and what to do; None where nothing is wrong."""

    state: KeyState
    protection: Protection | None = None
    certificate: CertificateSummary | None = None
    reason: Message | None = None
