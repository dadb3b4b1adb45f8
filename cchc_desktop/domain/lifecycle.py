"""The life of a document, and who may move it on. The one module that knows the states.

draft → ready (checks pass) → finalised (frozen, numbered, signed) → exported → delivered or failed →
superseded by a new revision. A leader signs before a number exists: that is a state of its own.
"""

from __future__ import annotations

from enum import StrEnum

from cchc_desktop.errors import BugError


class DocumentState(StrEnum):
    DRAFT = "draft"
    READY = "ready"
    SIGNED_NOT_NUMBERED = "signed_not_numbered"
    FINALISED = "finalised"
    EXPORTED = "exported"
    DELIVERED = "delivered"
    FAILED = "failed"
    SUPERSEDED = "superseded"


class Mover(StrEnum):
    """Who moves a document: the official at the window, the head, the clerk, the program, the receiver."""

    OFFICIAL = "official"
    HEAD = "head"
    CLERK = "clerk"
    PROGRAM = "program"
    RECEIVER = "receiver"


_S = DocumentState
_MOVES: dict[tuple[DocumentState, DocumentState], frozenset[Mover]] = {
    (_S.DRAFT, _S.READY): frozenset({Mover.PROGRAM}),
    (_S.READY, _S.DRAFT): frozenset({Mover.PROGRAM, Mover.OFFICIAL}),
    (_S.READY, _S.SIGNED_NOT_NUMBERED): frozenset({Mover.HEAD}),
    (_S.SIGNED_NOT_NUMBERED, _S.FINALISED): frozenset({Mover.CLERK}),
    (_S.READY, _S.FINALISED): frozenset({Mover.PROGRAM}),
    (_S.FINALISED, _S.EXPORTED): frozenset({Mover.PROGRAM}),
    (_S.FINALISED, _S.FAILED): frozenset({Mover.PROGRAM}),
    (_S.EXPORTED, _S.DELIVERED): frozenset({Mover.OFFICIAL, Mover.RECEIVER}),
    (_S.EXPORTED, _S.FAILED): frozenset({Mover.OFFICIAL, Mover.PROGRAM, Mover.RECEIVER}),
    (_S.FAILED, _S.EXPORTED): frozenset({Mover.PROGRAM}),
    (_S.FINALISED, _S.SUPERSEDED): frozenset({Mover.PROGRAM}),
    (_S.EXPORTED, _S.SUPERSEDED): frozenset({Mover.PROGRAM}),
    (_S.DELIVERED, _S.SUPERSEDED): frozenset({Mover.PROGRAM}),
    (_S.FAILED, _S.SUPERSEDED): frozenset({Mover.PROGRAM}),
}

FROZEN = frozenset(
    {_S.SIGNED_NOT_NUMBERED, _S.FINALISED, _S.EXPORTED, _S.DELIVERED, _S.FAILED, _S.SUPERSEDED}
)


def may_move(old: DocumentState, new: DocumentState, mover: Mover) -> bool:
    return mover in _MOVES.get((old, new), frozenset())


def moved(old: DocumentState, new: DocumentState, mover: Mover) -> DocumentState:
    """`new`, when that step is allowed; a step that is not is a bug of the caller."""
    if not may_move(old, new, mover):
        raise BugError(f"{mover} may not move a document from {old} to {new}")
    return new
