"""What is not handed in, with its advice; a try that fails leaves neither a file nor a row."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.language import render
from cchc_desktop.message import Message
from cchc_desktop.services import evidence, keys, plan, rounds, scoring, submissions, verification
from cchc_desktop.services.packs import for_unit_kind
from tests.services.handing_in import PASSPHRASE, Opened, names, sample_profile


def refused(opened: Opened, kind: str, folder: Path) -> KnownError:
    """The advice; no file and no row may stay."""
    profile, round_id = opened
    before = names(folder)
    rows = submissions.submissions_of(profile, round_id)
    with pytest.raises(KnownError) as caught:
        submissions.export(profile, round_id, kind, folder)
    assert render(caught.value.message)
    assert names(folder) == before
    assert submissions.submissions_of(profile, round_id) == rows
    return caught.value


def test_figures_that_can_not_be_right_block(opened: Opened, usb: Path) -> None:
    profile, round_id = opened
    sheet = scoring.sheet(profile, round_id)
    node = next(
        n for n in sheet.criteria.rows if {"numerator", "denominator"} <= set(sheet.answer(n.key).entry or ())
    )
    scoring.set_answer(profile, round_id, node.key, {"numerator": "11", "denominator": "10"})
    told = submissions.readiness(profile, round_id, "selfscore")
    assert not told.ready
    assert told.missing[0].args["rows"] == (node.code,)
    assert refused(opened, "selfscore", usb).code == "submissions.not_ready"
    assert submissions.export(profile, round_id, "plan", usb)


def test_empty_plan_blocks(opened: Opened, usb: Path) -> None:
    profile, round_id = opened
    plan.remove_tasks(profile, [task.id for task in plan.plan(profile, round_id).tasks])
    error = refused(opened, "plan", usb)
    assert error.message.args["first"].id == "submissions.plan_empty"
    sent = submissions.export(profile, round_id, "selfscore", usb)
    assert "data/plan.json" not in [f.name for f in verification.verify(usb / sent.file_name).files]


def test_no_key_blocks_but_the_data_is_open(tmp_path: Path, usb: Path) -> None:
    with sample_profile(tmp_path / "p", key=False) as opened:
        profile, round_id = opened
        told = submissions.readiness(profile, round_id, "plan")
        assert told.missing[0].id == "trust.no_key"
        assert refused(opened, "plan", usb).code == "trust.no_key"


def test_locked_key_blocks_until_it_is_unlocked(opened: Opened, usb: Path) -> None:
    from cchc_desktop.trust.key_room import KeyRoom

    profile, round_id = opened
    KeyRoom(profile.folder).lock()
    assert refused(opened, "plan", usb).code == "trust.key_locked"
    keys.unlock(profile, PASSPHRASE)
    assert submissions.export(profile, round_id, "plan", usb)


def test_key_of_the_unit_under_its_old_code_blocks(opened: Opened, usb: Path) -> None:
    """A package whose sender is not its signer's unit would be refused by every receiver."""
    from dataclasses import replace

    profile, round_id = opened
    unit = rounds.round_of(profile, round_id).unit
    rounds.update_unit(profile, round_id, replace(unit, code="XA-MOI"))
    error = refused(opened, "plan", usb)
    assert error.message.args["first"].id == "submissions.key_of_other_unit"
    keys.replace_key(profile, rounds.round_of(profile, round_id).unit, PASSPHRASE)
    sent = submissions.export(profile, round_id, "plan", usb, with_certificate=True)
    assert verification.verify(usb / sent.file_name, [usb / "trust.pem"]).outcome is Outcome.VALID


def test_evidence_changed_behind_the_programs_back_is_refused(opened: Opened, usb: Path) -> None:
    profile, round_id = opened
    item = evidence.all_evidence(profile, round_id)[3]
    (stored,) = profile.evidence_folder.rglob(item.sha256)
    content = bytearray(stored.read_bytes())
    content[-1] ^= 1
    stored.chmod(0o600)
    stored.write_bytes(content)
    error = refused(opened, "selfscore", usb)
    assert (error.code, error.message.args["name"]) == ("package.source_changed", item.name)
    stored.unlink()
    assert refused(opened, "selfscore", usb).code == "package.source_unreadable"


def test_full_stick_leaves_neither_file_nor_row(opened: Opened, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(stick)], check=True)
    try:
        assert refused(opened, "selfscore", stick).code == "delivery.no_space"
    finally:
        subprocess.run(["umount", str(stick)], check=True)


@pytest.mark.parametrize("step", ["package.writing", "package.verifying"])
def test_cancelled_export_leaves_neither_file_nor_row(step: str, opened: Opened, usb: Path) -> None:
    profile, round_id = opened
    progress = Progress()

    def stop(at: Message, done: int, total: int) -> None:
        assert 0 <= done <= total
        if at.id == step and done > total // 2:
            progress.stop()

    progress.report = stop
    with pytest.raises(Cancelled):
        submissions.export(profile, round_id, "selfscore", usb, progress)
    assert names(usb) == []
    assert submissions.submissions_of(profile, round_id) == ()
    assert submissions.export(profile, round_id, "selfscore", usb).revision == 0


def test_row_that_can_not_be_written_takes_the_file_back(
    opened: Opened, usb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_change: object, _new: object) -> None:
        raise KnownError("store.disk_full", folder="x")

    monkeypatch.setattr(submissions.submissions, "add", full)
    assert refused(opened, "plan", usb).code == "store.disk_full"


def test_other_trust_file_beside_is_not_overwritten(opened: Opened, usb: Path) -> None:
    profile, round_id = opened
    (usb / "trust.pem").write_text("another unit's")
    with pytest.raises(KnownError) as caught:
        submissions.export(profile, round_id, "plan", usb, with_certificate=True)
    assert caught.value.code == "delivery.exists"
    assert names(usb) == ["trust.pem"]
    assert submissions.submissions_of(profile, round_id) == ()


def test_round_of_a_merged_unit_goes_out_no_more(opened: Opened, usb: Path, tmp_path: Path) -> None:
    profile, old = opened
    with sample_profile(tmp_path / "xã bên", key=False) as (beside, _id):
        neighbour = beside.folder
    round_ = rounds.round_of(profile, old)
    unit = replace(round_.unit, name="UBND xã Mới", code="XA-MOI")
    packs = for_unit_kind(unit.kind, 2026)
    rounds.start_merged(profile, unit, 2026, *packs, (neighbour,))
    assert rounds.round_of(profile, old).archived
    for kind in submissions.KINDS:
        told = submissions.readiness(profile, old, kind).gaps
        assert told.blockers[0].id == "submissions.archived"
        assert told.missing == (), "what can't be mended is not asked for"
        assert refused((profile, old), kind, usb).code == "submissions.archived"
    assert names(usb) == []
