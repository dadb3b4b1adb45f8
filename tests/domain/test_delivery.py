"""Every allowed move of a delivery and no other; receipts and the user's word apart; nothing sent twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from cchc_desktop.domain.delivery import (
    LIVE,
    Delivery,
    DeliveryFile,
    DeliveryState,
    may_move,
    refuse_double,
    steps_of,
)
from cchc_desktop.domain.lifecycle import Mover
from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.language import render
from cchc_desktop.message import message

ALLOWED = {
    ("queued", "written", "program"),
    ("queued", "exported", "program"),
    ("queued", "waiting", "program"),
    ("queued", "delivered", "receiver"),
    ("queued", "failed", "program"),
    ("queued", "failed", "official"),
    ("written", "waiting", "program"),
    ("written", "delivered_by_word", "official"),
    ("written", "delivered", "receiver"),
    ("written", "failed", "program"),
    ("written", "failed", "official"),
    ("exported", "delivered_by_word", "official"),
    ("exported", "delivered", "receiver"),
    ("exported", "failed", "official"),
    ("exported", "failed", "receiver"),
    ("waiting", "delivered_by_word", "official"),
    ("waiting", "delivered", "receiver"),
    ("waiting", "failed", "program"),
    ("waiting", "failed", "official"),
    ("waiting", "failed", "receiver"),
    ("delivered_by_word", "delivered", "receiver"),
    ("delivered_by_word", "failed", "official"),
    ("delivered_by_word", "failed", "receiver"),
    ("failed", "queued", "official"),
    ("failed", "delivered", "receiver"),
    ("queued", "superseded", "program"),
    ("written", "superseded", "program"),
    ("exported", "superseded", "program"),
    ("waiting", "superseded", "program"),
    ("delivered", "superseded", "program"),
    ("delivered_by_word", "superseded", "program"),
    ("failed", "superseded", "program"),
}
AT = datetime(2026, 11, 22, 8, 15, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 8, 15, tzinfo=UTC)
SENT = Delivery(
    *("d1", "r1", "s1", "folder", "/media/USB", DeliveryState.EXPORTED),
    *((DeliveryFile("x.asice", 10, "0" * 64),), AT, AT),
)


@pytest.mark.parametrize(("old", "new", "mover"), tuple(product(DeliveryState, DeliveryState, Mover)))
def test_who_may_move_a_delivery(old: DeliveryState, new: DeliveryState, mover: Mover) -> None:
    allowed = (old.value, new.value, mover.value) in ALLOWED
    assert may_move(old, new, mover) is allowed
    assert (new in steps_of(old, mover)) is allowed
    reason = message("delivery.called_off") if new is DeliveryState.FAILED else None
    if allowed:
        after = replace(SENT, state=old).moved(new, mover, LATER, reason=reason)
        assert (after.state, after.changed_at, after.created_at, after.reason) == (new, LATER, AT, reason)
    else:
        with pytest.raises(BugError):
            replace(SENT, state=old).moved(new, mover, LATER, reason=reason)


def test_only_the_receiver_delivers_and_only_the_official_says_so() -> None:
    delivered = {
        mover for old, mover in product(DeliveryState, Mover) if may_move(old, DeliveryState.DELIVERED, mover)
    }
    by_word = {
        mover
        for old, mover in product(DeliveryState, Mover)
        if may_move(old, DeliveryState.DELIVERED_BY_WORD, mover)
    }
    assert (delivered, by_word) == ({Mover.RECEIVER}, {Mover.OFFICIAL})


def test_a_failure_has_a_reason_and_nothing_else_has_one() -> None:
    with pytest.raises(BugError):
        SENT.moved(DeliveryState.FAILED, Mover.OFFICIAL, LATER)
    with pytest.raises(BugError):
        SENT.moved(
            DeliveryState.DELIVERED_BY_WORD, Mover.OFFICIAL, LATER, reason=message("delivery.called_off")
        )


def test_superseded_is_the_end() -> None:
    assert not any(
        may_move(DeliveryState.SUPERSEDED, new, mover) for new, mover in product(DeliveryState, Mover)
    )


@pytest.mark.parametrize("state", DeliveryState)
def test_the_same_package_goes_the_same_way_once(state: DeliveryState) -> None:
    known = [replace(SENT, state=state)]
    assert known[0].is_live is (state.value not in ("failed", "superseded")) is (state in LIVE)
    if state in LIVE:
        with pytest.raises(KnownError) as caught:
            refuse_double(known, "s1", "folder", "/media/usb/")
        code = "delivery.arrived" if state is DeliveryState.DELIVERED else "delivery.under_way"
        assert caught.value.code == code
        assert "/media/USB" in render(caught.value.message)
    else:
        refuse_double(known, "s1", "folder", "/media/USB")
    # Another package, another way, another place.
    refuse_double(known, "s2", "folder", "/media/USB")
    refuse_double(known, "s1", "email", "/media/USB")
    refuse_double(known, "s1", "folder", "/media/KHAC")
