"""A delivery: one package by one channel to one target. The one module that knows its states and movers.

queued → written (its files lie ready on this machine) or exported (out of the house on a medium) → waiting
for confirmation → delivered. Delivered by a receipt and delivered by the user's word are two states: only the
first one proves anything. A correction supersedes whatever there was.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from cchc_desktop.domain.lifecycle import Mover
from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.message import Message
from cchc_desktop.quick_dataclass import dataclass, replace

ENCRYPTED = ".p7m"
"""What the name of an encrypted copy ends with."""

FOLDER, EMAIL, UPLOAD = "folder", "email", "upload"
"""The channels that come with the program; `cchc_desktop.delivery.registry` knows them all."""


class DeliveryState(StrEnum):
    QUEUED = "queued"
    WRITTEN = "written"
    EXPORTED = "exported"
    WAITING = "waiting"
    DELIVERED = "delivered"
    DELIVERED_BY_WORD = "delivered_by_word"
    FAILED = "failed"
    SUPERSEDED = "superseded"


_S = DeliveryState
_PROGRAM, _OFFICIAL, _RECEIVER = Mover.PROGRAM, Mover.OFFICIAL, Mover.RECEIVER
# The official fails a delivery by calling it off or by hearing that it did not arrive.
_MOVES: dict[tuple[DeliveryState, DeliveryState], frozenset[Mover]] = {
    (_S.QUEUED, _S.WRITTEN): frozenset({_PROGRAM}),
    (_S.QUEUED, _S.EXPORTED): frozenset({_PROGRAM}),
    (_S.QUEUED, _S.WAITING): frozenset({_PROGRAM}),
    (_S.QUEUED, _S.DELIVERED): frozenset({_RECEIVER}),
    (_S.QUEUED, _S.FAILED): frozenset({_PROGRAM, _OFFICIAL}),
    (_S.WRITTEN, _S.WAITING): frozenset({_PROGRAM}),
    (_S.WRITTEN, _S.DELIVERED_BY_WORD): frozenset({_OFFICIAL}),
    (_S.WRITTEN, _S.DELIVERED): frozenset({_RECEIVER}),
    (_S.WRITTEN, _S.FAILED): frozenset({_PROGRAM, _OFFICIAL}),
    (_S.EXPORTED, _S.DELIVERED_BY_WORD): frozenset({_OFFICIAL}),
    (_S.EXPORTED, _S.DELIVERED): frozenset({_RECEIVER}),
    (_S.EXPORTED, _S.FAILED): frozenset({_OFFICIAL, _RECEIVER}),
    (_S.WAITING, _S.DELIVERED_BY_WORD): frozenset({_OFFICIAL}),
    (_S.WAITING, _S.DELIVERED): frozenset({_RECEIVER}),
    (_S.WAITING, _S.FAILED): frozenset({_PROGRAM, _OFFICIAL, _RECEIVER}),
    (_S.DELIVERED_BY_WORD, _S.DELIVERED): frozenset({_RECEIVER}),
    (_S.DELIVERED_BY_WORD, _S.FAILED): frozenset({_OFFICIAL, _RECEIVER}),
    (_S.FAILED, _S.QUEUED): frozenset({_OFFICIAL}),
    (_S.FAILED, _S.DELIVERED): frozenset({_RECEIVER}),
    **{(old, _S.SUPERSEDED): frozenset({_PROGRAM}) for old in _S if old is not _S.SUPERSEDED},
}

LIVE = frozenset(set(_S) - {_S.FAILED, _S.SUPERSEDED})
"""Under way or arrived: the same package is not sent the same way again."""

OUT = frozenset({_S.EXPORTED, _S.WAITING, _S.DELIVERED, _S.DELIVERED_BY_WORD})
"""Something has left the house, as far as is known."""


class FileRole(StrEnum):
    PACKAGE = "package"
    EVIDENCE_PACK = "evidence_pack"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class DeliveryFile:
    """A file that goes out. `sha256` is the digest of a package's manifest, "" for what is no package."""

    name: str
    size: int
    sha256: str = ""
    role: FileRole = FileRole.PACKAGE

    @property
    def package_name(self) -> str:
        """Of the package itself, whether it goes out as it is or as an encrypted copy."""
        return self.name.removesuffix(ENCRYPTED)


@dataclass(frozen=True, slots=True)
class Delivery:
    """`target` is the folder, the address of the mail or of the server. `reason` says why it failed.

    `receipt` is the package id of the receipt that proves the arrival, "" while there is none.
    """

    id: str
    round_id: str
    submission_id: str
    channel: str
    target: str
    state: DeliveryState
    files: tuple[DeliveryFile, ...]
    created_at: datetime
    changed_at: datetime
    reason: Message | None = None
    receipt: str = ""

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    def moved(
        self, new: DeliveryState, mover: Mover, at: datetime, *, reason: Message | None = None
    ) -> Delivery:
        """The delivery in its new state; a step that is not allowed is a bug of the caller."""
        if not may_move(self.state, new, mover):
            raise BugError(f"{mover} may not move a delivery from {self.state} to {new}")
        if (new is DeliveryState.FAILED) is (reason is None):
            raise BugError("a failure has a reason, and nothing else has one")
        return replace(self, state=new, changed_at=at, reason=reason)


def may_move(old: DeliveryState, new: DeliveryState, mover: Mover) -> bool:
    return mover in _MOVES.get((old, new), frozenset())


def steps_of(state: DeliveryState, mover: Mover) -> tuple[DeliveryState, ...]:
    """Where that mover may take a delivery from here, in the order of the states."""
    return tuple(new for new in DeliveryState if may_move(state, new, mover))


def same_target(one: str, other: str) -> bool:
    return one.strip().rstrip("/\\").casefold() == other.strip().rstrip("/\\").casefold()


def refuse_double(known: Iterable[Delivery], submission_id: str, channel: str, target: str) -> None:
    """No package goes the same way to the same place twice while the first one is under way or arrived.

    Raises KnownError delivery.under_way or delivery.arrived, each with the way out.
    """
    for delivery in known:
        if (
            delivery.is_live
            and (delivery.submission_id, delivery.channel) == (submission_id, channel)
            and same_target(delivery.target, target)
        ):
            arrived = delivery.state is DeliveryState.DELIVERED
            code = "delivery.arrived" if arrived else "delivery.under_way"
            raise KnownError(code, unusable_input=False, target=delivery.target, at=delivery.changed_at)
