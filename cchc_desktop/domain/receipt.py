"""A receipt (biên nhận): the office's signed word that it has one package, and what a unit makes of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from cchc_desktop.domain.verification import Outcome
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Receipt:
    """Names the package by its id and its manifest's digest. `outcome` is how the office found it.

    `revocation_list` is the newest list of the office's CA as PEM; "" where there is none.
    """

    package_id: str
    manifest_sha256: str
    file_name: str
    received_at: datetime
    receiver_id: str
    receiver_name: str
    outcome: Outcome
    revocation_list: str = ""


class ListNews(StrEnum):
    """What a revocation list that came along was worth here."""

    NONE = "none"
    NEWER = "newer"
    SAME = "same"
    OLDER = "older"
    STRANGE = "strange"  # of no CA that is trusted here, or forged


class ReceiptEffect(StrEnum):
    """What taking a receipt in did."""

    DELIVERED = "delivered"
    AGAIN = "again"  # this receipt, or another for the same delivery, was here before
    PART = "part"  # it is for an evidence pack, which alone delivers nothing
    SUPERSEDED = "superseded"  # it is for a filing that a newer one has taken the place of
