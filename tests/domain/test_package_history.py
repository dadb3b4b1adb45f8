"""package.md, "Threats": replay and older revision; the outcomes table: signing time before the last one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cchc_desktop.domain.package_history import (
    KnownPackage,
    history_reasons,
    known_package,
    refusals,
    with_history,
)
from cchc_desktop.domain.verification import Aspect, Outcome, Reason, SignerFinding, Verification
from cchc_desktop.language import render
from cchc_desktop.message import message

SIGNED = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
KNOWN = KnownPackage("id-1", "aa" * 32, "XA-EA-KAO", "selfscore", "2026", 1, SIGNED)


def found(
    package_id: str = "id-2",
    manifest: str = "bb" * 32,
    revision: int = 2,
    signed: datetime = SIGNED + timedelta(hours=1),
    outcome: Outcome = Outcome.VALID,
    **more: Any,
) -> Verification:
    signer = SignerFinding("UBND xã Ea Kao", "XA-EA-KAO", "ff", "AAAA", signed, outcome)
    reason = Reason(message("trust.signed_at", time=signed, day=signed), Aspect.TIME, outcome)
    fields = {"sender": "XA-EA-KAO", "kind": "selfscore", "period": "2026"} | more
    return Verification(
        outcome,
        (reason,),
        package_id=package_id,
        manifest_sha256=manifest,
        revision=revision,
        signers=(signer,),
        **fields,
    )


def codes(verification: Verification, *known: KnownPackage) -> list[str]:
    return [reason.code for reason in history_reasons(verification, known)]


def test_next_revision_of_a_known_sender_says_nothing() -> None:
    """The good package passes first: history alone refuses nothing."""
    package = found()
    assert with_history(package, [KNOWN]) is package
    assert refusals(package) == ()


def test_replay_same_id_same_content_is_a_warning_and_may_be_taken_in_again() -> None:
    replay = with_history(found("id-1", "aa" * 32, 1, SIGNED), [KNOWN])
    assert replay.outcome is Outcome.VALID_WITH_WARNINGS
    assert [r.code for r in replay.about(Aspect.REVISION)] == ["package.repeated_id"]
    assert refusals(replay) == ()


def test_copy_beside_it_in_a_folder_is_called_a_copy() -> None:
    beside = replace(KNOWN, taken_in=False)
    assert codes(found("id-1", "aa" * 32, 1, SIGNED), beside) == ["package.repeated_copy"]


def test_same_id_with_other_content_is_refused_when_taking_in() -> None:
    other = with_history(found("id-1", "cc" * 32), [KNOWN])
    assert other.outcome is Outcome.VALID_WITH_WARNINGS
    assert [reason.code for reason in refusals(other)] == ["package.repeated_id_other"]


def test_same_id_from_another_sender_is_noticed_too() -> None:
    assert codes(found("id-1", "cc" * 32, sender="XA-HOA-PHU"), KNOWN) == ["package.repeated_id_other"]


def test_older_revision_names_the_newest_and_is_refused_when_taking_in() -> None:
    newest = replace(KNOWN, package_id="id-9", revision=11)
    older = with_history(found(revision=0), [KNOWN, newest])
    assert older.outcome is Outcome.VALID_WITH_WARNINGS
    (reason,) = refusals(older)
    assert reason.code == "package.older_revision"
    said = render(reason.message)
    assert "L00" in said
    assert "L11" in said


@pytest.mark.parametrize("other", [{"kind": "plan"}, {"period": "2025"}, {"sender": "XA-HOA-PHU"}])
def test_revisions_are_counted_for_each_sender_kind_and_period(other: dict[str, Any]) -> None:
    assert codes(found(revision=0, **other), KNOWN) == []


def test_two_packages_of_one_revision_are_pointed_out() -> None:
    assert codes(found(revision=1), KNOWN) == ["package.repeated_revision"]


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(-1, ["package.time_goes_back"]), (0, []), (1, [])],
    ids=["before", "at", "after"],
)
def test_signing_time_before_the_senders_last_one(seconds: int, expected: list[str]) -> None:
    late = with_history(found(signed=SIGNED + timedelta(seconds=seconds)), [KNOWN])
    assert [reason.code for reason in late.about(Aspect.TIME)][1:] == expected
    assert late.outcome is (Outcome.VALID_WITH_WARNINGS if expected else Outcome.VALID)
    assert refusals(late) == ()


def test_signing_times_are_told_by_the_clock_of_viet_nam() -> None:
    """01:30 UTC is 08:30 in Viet Nam; a year earlier is the same hour of 2025."""
    (reason,) = history_reasons(found(signed=SIGNED - timedelta(days=365)), [KNOWN])
    said = render(reason.message)
    assert "08:30 ngày 02/03/2025" in said
    assert "08:30 ngày 02/03/2026" in said


def test_what_was_taken_in_counts_across_kinds_but_neighbours_only_by_revision() -> None:
    plan = found(revision=0, kind="plan", signed=SIGNED - timedelta(days=1))
    assert codes(plan, KNOWN) == ["package.time_goes_back"]
    assert codes(plan, replace(KNOWN, taken_in=False)) == []
    next_one = found(signed=SIGNED - timedelta(days=1))
    assert codes(next_one, replace(KNOWN, taken_in=False)) == ["package.time_goes_back"]


@pytest.mark.parametrize("kind", ["receipt", "enrolment", "formpack"])
def test_only_what_units_file_has_revisions(kind: str) -> None:
    """An office signs many receipts for one period; none is a revision of another."""
    receipt = replace(KNOWN, kind=kind, revision=0)
    assert codes(found(revision=0, kind=kind, signed=SIGNED - timedelta(days=1)), receipt, KNOWN) == []
    assert codes(found("id-1", "cc" * 32, kind=kind), receipt) == ["package.repeated_id_other"]


def test_strangers_and_broken_packages_say_nothing_about_others() -> None:
    """Else anyone could make a unit's package look old by putting a forged later one beside it."""
    for outcome in Outcome:
        known = known_package(found(revision=9, outcome=outcome))
        assert (known is not None) == (outcome in (Outcome.VALID, Outcome.VALID_WITH_WARNINGS))
    assert known_package(replace(found(), signers=())) is None


@pytest.mark.parametrize("outcome", [Outcome.INVALID, Outcome.UNREADABLE])
def test_history_adds_nothing_to_what_is_refused_anyway(outcome: Outcome) -> None:
    bad = found(revision=0, outcome=outcome)
    assert codes(bad, KNOWN) == []
    assert refusals(bad) == bad.reasons


def test_history_never_makes_an_unknown_signer_look_better() -> None:
    stranger = with_history(found(revision=0, outcome=Outcome.UNKNOWN_SIGNER), [KNOWN])
    assert stranger.outcome is Outcome.UNKNOWN_SIGNER
    assert len(refusals(stranger)) == 2
