"""Deliveries and what hangs on them: round trip, receipts, corrections, and never taken back by undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cchc_desktop.domain.delivery import Delivery, DeliveryFile, DeliveryState, FileRole
from cchc_desktop.domain.lifecycle import DocumentState, Mover
from cchc_desktop.domain.submission import Submission
from cchc_desktop.domain.transfer import Transfer
from cchc_desktop.errors import KnownError
from cchc_desktop.message import Message, message
from cchc_desktop.store import answers, deliveries, journal, submissions, undo
from cchc_desktop.store.profile import Profile
from cchc_desktop.store.transfers import StoredTransfer

AT = datetime(2026, 11, 22, 8, 15, tzinfo=UTC)
PACKAGE_ID = "01890a5d-ac96-774b-bcce-b302099a8057"
FILES = (
    DeliveryFile("XA-EA-KAO_TCD_2026_L00.asice", 10, "a" * 64),
    DeliveryFile("XA-EA-KAO_TCD_2026_L00_MC01.asice", 12, "b" * 64, FileRole.EVIDENCE_PACK),
    DeliveryFile("XA-EA-KAO_TCD_2026_L00.eml", 20, "", FileRole.DRAFT),
)


@pytest.fixture
def submission(profile: Profile, round_id: str) -> Submission:
    filed = Submission(
        *("s" * 32, round_id, "selfscore", 0, PACKAGE_ID, "a" * 64, FILES[0].name, 10, "/tmp", AT),
        *(DocumentState.FINALISED, 1),
    )
    profile.write(lambda change: submissions.add(change, filed))
    return filed


def queued(submission: Submission, delivery_id: str = "d" * 32, channel: str = "email") -> Delivery:
    return Delivery(
        *(delivery_id, submission.round_id, submission.id, channel, "sonoivu@tinh.gov.vn"),
        *(DeliveryState.QUEUED, FILES, AT, AT),
    )


def added(profile: Profile, delivery: Delivery) -> Delivery:
    profile.write(lambda change: deliveries.add(change, delivery))
    return delivery


def stored(profile: Profile, delivery_id: str = "d" * 32) -> Delivery:
    return profile.read(lambda db: deliveries.one(db, delivery_id))


def state_of(profile: Profile, submission: Submission) -> DocumentState:
    return profile.read(lambda db: submissions.one(db, submission.id)).state


def test_a_delivery_survives_with_all_its_parts(profile: Profile, submission: Submission) -> None:
    delivery = added(profile, queued(submission))
    assert stored(profile) == delivery
    reason = message("delivery.no_space", folder="/media/USB", missing=5, size=7, names=("a", "b"))
    reason = Message(reason.id, {**reason.args, "inner": message("delivery.called_off")})
    failed = delivery.moved(DeliveryState.FAILED, Mover.PROGRAM, AT, reason=reason)
    profile.write(lambda change: deliveries.put(change, failed))
    assert stored(profile) == failed
    assert stored(profile).reason == reason
    assert profile.read(lambda db: deliveries.of_round(db, submission.round_id)) == (failed,)
    assert profile.read(journal.verify_chain) is None
    assert profile.read(journal.verify_rows) is None
    with pytest.raises(KnownError):
        stored(profile, "x")


def test_the_submission_is_out_with_its_first_delivery(profile: Profile, submission: Submission) -> None:
    delivery = added(profile, queued(submission))
    written = delivery.moved(DeliveryState.WRITTEN, Mover.PROGRAM, AT)
    profile.write(lambda change: deliveries.put(change, written))
    assert state_of(profile, submission) is DocumentState.FINALISED
    waiting = written.moved(DeliveryState.WAITING, Mover.PROGRAM, AT)
    profile.write(lambda change: deliveries.put(change, waiting))
    assert state_of(profile, submission) is DocumentState.EXPORTED
    said = waiting.moved(DeliveryState.DELIVERED_BY_WORD, Mover.OFFICIAL, AT)
    profile.write(lambda change: deliveries.put(change, said))
    assert state_of(profile, submission) is DocumentState.EXPORTED, "a word is no receipt"


def test_a_receipt_delivers_one_row_once(profile: Profile, submission: Submission) -> None:
    """One receipt, one delivered row; the same one twice is one; a failed way only if no other is open."""
    failed = queued(submission).moved(
        DeliveryState.FAILED, Mover.OFFICIAL, AT, reason=message("delivery.called_off")
    )
    waiting = replace(queued(submission, "e" * 32, "upload"), state=DeliveryState.WAITING)
    profile.write(lambda change: (deliveries.add(change, waiting), deliveries.add(change, failed)))
    for _time in range(2):
        profile.write(lambda change: deliveries.receive(change, PACKAGE_ID, "r1", AT))
        found = profile.read(lambda db: deliveries.of_round(db, submission.round_id))
        assert [(one.id[0], one.state.value, one.receipt) for one in found] == [
            ("d", "failed", ""),
            ("e", "delivered", "r1"),
        ]
    assert state_of(profile, submission) is DocumentState.DELIVERED
    profile.write(lambda change: deliveries.receive(change, PACKAGE_ID, "r2", AT))
    assert stored(profile).state is DeliveryState.DELIVERED, "a second receipt proves the other way too"
    none = profile.write(lambda change: deliveries.receive(change, "unknown", "r1", AT))[1]
    assert none is None


def test_a_receipt_of_a_superseded_package_is_kept(profile: Profile, submission: Submission) -> None:
    added(profile, queued(submission))
    profile.write(lambda change: deliveries.supersede(change, [submission.id], AT))
    profile.write(lambda change: deliveries.receive(change, PACKAGE_ID, "r1", AT))
    assert (stored(profile).state, stored(profile).receipt) == (DeliveryState.SUPERSEDED, "r1")


def test_undo_takes_back_edits_and_never_a_delivery(
    profile: Profile, round_id: str, submission: Submission
) -> None:
    profile.write(lambda change: answers.set_explanation(change, round_id, "a", "trước"))
    delivery = added(profile, queued(submission))
    profile.write(
        lambda change: deliveries.put(change, delivery.moved(DeliveryState.WAITING, Mover.PROGRAM, AT))
    )
    steps = profile.read(lambda db: undo.stacks(db, round_id)).undo
    assert len(steps) == 1
    profile.write(lambda change: undo.reverse(change, round_id, steps[-1]))
    assert profile.read(lambda db: answers.of_round(db, round_id)) == {}
    assert stored(profile).state is DeliveryState.WAITING


def test_a_transfer_is_remembered_until_it_is_forgotten(profile: Profile, submission: Submission) -> None:
    added(profile, queued(submission))
    memory = StoredTransfer(profile, "d" * 32, "x.asice")
    assert memory.recall() is None
    first = Transfer("https://127.0.0.1/1", 5, 10, "a" * 64)
    memory.remember(first)
    memory.remember(replace(first, offset=7))
    assert StoredTransfer(profile, "d" * 32, "x.asice").recall() == replace(first, offset=7)
    assert StoredTransfer(profile, "d" * 32, "y.asice").recall() is None
    memory.forget()
    assert memory.recall() is None
