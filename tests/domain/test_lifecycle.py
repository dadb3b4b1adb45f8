"""Every allowed move of a document, and no other."""

from __future__ import annotations

from itertools import product

import pytest

from cchc_desktop.domain.lifecycle import FROZEN, DocumentState, Mover, may_move, moved
from cchc_desktop.errors import BugError

ALLOWED = {
    ("draft", "ready", "program"),
    ("ready", "draft", "program"),
    ("ready", "draft", "official"),
    ("ready", "signed_not_numbered", "head"),
    ("ready", "finalised", "program"),
    ("signed_not_numbered", "finalised", "clerk"),
    ("finalised", "exported", "program"),
    ("finalised", "failed", "program"),
    ("exported", "delivered", "official"),
    ("exported", "delivered", "receiver"),
    ("exported", "failed", "official"),
    ("exported", "failed", "program"),
    ("exported", "failed", "receiver"),
    ("failed", "exported", "program"),
    ("finalised", "superseded", "program"),
    ("exported", "superseded", "program"),
    ("delivered", "superseded", "program"),
    ("failed", "superseded", "program"),
}


@pytest.mark.parametrize(("old", "new", "mover"), tuple(product(DocumentState, DocumentState, Mover)))
def test_who_may_move_a_document(old: DocumentState, new: DocumentState, mover: Mover) -> None:
    allowed = (old.value, new.value, mover.value) in ALLOWED
    assert may_move(old, new, mover) is allowed
    if allowed:
        assert moved(old, new, mover) is new
    else:
        with pytest.raises(BugError):
            moved(old, new, mover)


def test_what_was_signed_is_frozen_for_good() -> None:
    assert {state.value for state in DocumentState} - {state.value for state in FROZEN} == {"draft", "ready"}
    for old, new, mover in product(FROZEN, set(DocumentState) - FROZEN, Mover):
        assert not may_move(old, new, mover)


def test_exported_is_not_delivered() -> None:
    assert not may_move(DocumentState.EXPORTED, DocumentState.DELIVERED, Mover.PROGRAM)
