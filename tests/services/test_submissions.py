"""Handing in the sample commune: what is missing, what is written, and what stays when it fails."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_desktop.domain.evidence import EvidenceRecord
from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.package_head import PackageKind
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.readiness import DEFAULT_EMAIL_LIMIT, email_size
from cchc_desktop.domain.round import HeadConfirmation
from cchc_desktop.domain.scoring import RowState
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.language import render
from cchc_desktop.message import Message
from cchc_desktop.package.content_codec import read_plan, read_selfscore
from cchc_desktop.package.head_codec import read_head
from cchc_desktop.services import evidence, keys, plan, rounds, scoring, submissions, verification
from cchc_desktop.services.packs import for_unit_kind
from cchc_desktop.services.profile import Profile
from cchc_desktop.store import journal
from tests.services.handing_in import PASSPHRASE, sample_profile

Opened = tuple[Profile, str]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Read-only use: nothing may be handed in on this one."""
    with sample_profile(tmp_path_factory.mktemp("shared") / "hồ sơ") as opened:
        yield opened


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    with sample_profile(tmp_path / "xã") as found:
        yield found


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    folder = tmp_path / "USB của tôi"
    folder.mkdir()
    return folder


def unpacked(package: Path, to: Path) -> Path:
    subprocess.run(["unzip", "-q", str(package), "-d", str(to)], check=True)
    return to


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_selfscore_package_holds_everything_and_is_valid(opened: Opened, usb: Path, tmp_path: Path) -> None:
    profile, round_id = opened
    files = evidence.all_evidence(profile, round_id)
    assert len(files) >= 20
    sent = submissions.export(profile, round_id, "selfscore", usb, with_certificate=True)
    assert names(usb) == [sent.file_name, "trust.pem"]
    assert sent.state is DocumentState.EXPORTED
    assert submissions.submissions_of(profile, round_id) == (sent,)
    package = usb / sent.file_name
    assert package.stat().st_size == sent.size

    out = unpacked(package, tmp_path / "out")
    subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=out, check=True, capture_output=True)
    manifest = (out / "META-INF/ASiCManifest001.xml").read_bytes()
    assert hashlib.sha256(manifest).hexdigest() == sent.manifest_sha256
    line = (
        "openssl cms -verify -cades -binary -inform DER -in META-INF/signature001.p7s "
        "-content META-INF/ASiCManifest001.xml -out /dev/null -signer who.pem -CAfile"
    )
    subprocess.run([*line.split(), str(usb / "trust.pem")], cwd=out, check=True, capture_output=True)

    head = read_head((out / "head.json").read_bytes())
    assert [item.name for item in head.evidence] == [item.name for item in files]
    for item in head.evidence:
        assert hashlib.sha256((out / item.entry).read_bytes()).hexdigest() == item.sha256
    assert [file.entry for file in head.documents] == [
        "documents/plan.pdf",
        "documents/selfscore.pdf",
        "documents/selfscore.xlsx",
    ]
    for file in head.documents:
        start = (out / file.entry).read_bytes()[:4]
        assert start == (b"PK\x03\x04" if file.entry.endswith("xlsx") else b"%PDF")

    found = verification.verify(package, [usb / "trust.pem"])
    assert found.outcome is Outcome.VALID
    assert found.package_id == sent.package_id
    assert verification.verify(package).outcome is Outcome.UNKNOWN_SIGNER


def test_signed_data_is_what_the_profile_holds(opened: Opened, usb: Path, tmp_path: Path) -> None:
    profile, round_id = opened
    sheet, written = scoring.sheet(profile, round_id), plan.plan(profile, round_id)
    head_of_journal = profile.read(journal.head).hash
    sent = submissions.export(profile, round_id, PackageKind.SELFSCORE, usb)
    out = unpacked(usb / sent.file_name, tmp_path / "out")
    head = read_head((out / "head.json").read_bytes())
    assert head.journal_head == head_of_journal
    assert head.recipient_id == "SO-NOI-VU"
    assert (head.kind, head.period, head.revision, head.counter) == (PackageKind.SELFSCORE, "2026", 0, 1)
    assert (head.form_pack.id, head.form_pack.version) == (sheet.criteria.id, sheet.criteria.version)

    score = read_selfscore((out / "data/selfscore.json").read_bytes())
    assert score.total == sheet.score.total
    assert dict(score.answers) == dict(sheet.answers)
    assert {row.code: row.points for row in score.rows} == {c: r.points for c, r in sheet.score.rows.items()}
    kept = {item.id: item for item in evidence.all_evidence(profile, round_id)}
    assert {item.id: (item.record, item.links) for item in score.evidence} == {
        id_: (item.record, item.links) for id_, item in kept.items()
    }
    content = read_plan((out / "data/plan.json").read_bytes())
    assert (content.tasks, content.targets) == (written.tasks, written.targets)
    assert dict(content.texts) == written.texts
    assert content.issue == written.issue
    assert content.unit == rounds.round_of(profile, round_id).unit


def test_plan_package_holds_the_plan_alone(opened: Opened, usb: Path) -> None:
    profile, round_id = opened
    sent = submissions.export(profile, round_id, "plan", usb)
    assert sent.file_name.endswith("_KH_2026_L00.asice")
    found = verification.verify(usb / sent.file_name)
    assert [file.name for file in found.files] == ["head.json", "data/plan.json", "documents/plan.pdf"]


def test_second_filing_supersedes_the_first(opened: Opened, usb: Path, tmp_path: Path) -> None:
    profile, round_id = opened
    first = submissions.export(profile, round_id, "plan", usb)
    other = submissions.export(profile, round_id, "selfscore", usb)
    waiting = submissions.readiness(profile, round_id, "plan")
    assert [message.id for message in waiting.warnings] == ["submissions.supersedes"]
    assert waiting.revision == 1
    second = submissions.export(profile, round_id, "plan", usb)
    assert second.file_name == first.file_name.replace("L00", "L01")
    assert (first.counter, other.counter, second.counter) == (1, 2, 3)
    states = {item.id: item.state for item in submissions.submissions_of(profile, round_id)}
    assert states == {
        first.id: DocumentState.SUPERSEDED,
        other.id: DocumentState.EXPORTED,
        second.id: DocumentState.EXPORTED,
    }
    out = unpacked(usb / second.file_name, tmp_path / "out")
    assert read_head((out / "head.json").read_bytes()).previous_manifest_sha256 == first.manifest_sha256


# --- is it ready? -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", submissions.KINDS)
def test_size_is_about_right_and_fits_an_email(kind: PackageKind, opened: Opened, usb: Path) -> None:
    profile, round_id = opened
    told = submissions.readiness(profile, round_id, kind)
    sent = submissions.export(profile, round_id, kind, usb)
    assert abs(told.size - sent.size) < 60_000
    assert told.email_limit == DEFAULT_EMAIL_LIMIT == 20_000_000
    assert told.fits_email is (sent.size * 137 // 100 <= 20_000_000)
    assert told.ready


def test_email_limit_can_be_set(opened: Opened) -> None:
    profile, round_id = opened
    size = submissions.readiness(profile, round_id, "plan").size
    submissions.set_email_limit(profile, email_size(size))
    assert submissions.readiness(profile, round_id, "plan").fits_email
    submissions.set_email_limit(profile, email_size(size) - 1)
    assert not submissions.readiness(profile, round_id, "plan").fits_email


def test_email_grows_by_the_measured_factor() -> None:
    """25 MB carry 18.2 MB (measured: base64 in lines of 76 letters)."""
    assert email_size(18_200_000) <= 25_000_000 < email_size(18_300_000)


def test_sample_unit_lacks_only_what_it_lacks(shared: Opened) -> None:
    profile, round_id = shared
    told = submissions.readiness(profile, round_id, "selfscore")
    confirmed = rounds.round_of(profile, round_id).confirmation is not None
    expected = [] if confirmed else ["submissions.not_confirmed"]
    assert [message.id for message in told.missing] == expected
    assert told.evidence_count == len(evidence.all_evidence(profile, round_id))
    assert all(render(message) for message in (*told.missing, *told.warnings))


def test_open_rows_and_rows_without_evidence_are_counted(opened: Opened) -> None:
    profile, round_id = opened
    sheet = scoring.sheet(profile, round_id)
    emptied = [n for n in sheet.criteria.rows if n.scored_by == "self" and n.key in sheet.answers][:2]
    for node in emptied:
        scoring.set_answer(profile, round_id, node.key, None)
    evidence.remove(profile, [item.id for item in evidence.all_evidence(profile, round_id)])
    told = submissions.readiness(profile, round_id, "selfscore")
    by_id = {message.id.removesuffix("_more"): message for message in told.missing}
    assert by_id["submissions.open_rows"].args["rows"] == tuple(node.code for node in emptied)
    assert by_id["submissions.open_rows"].args["points"] == sum((n.max_points for n in emptied), Decimal(0))
    wanting = [
        node
        for node in sheet.criteria.rows
        if node.evidence_required
        and node not in emptied
        and sheet.score.rows[node.code].state is RowState.SCORED
        and (sheet.score.rows[node.code].points or 0) > 0
        and not sheet.answer(node.key).explanation.strip()
    ]
    assert by_id["submissions.rows_without_evidence"].args["count"] == len(wanting) > 12
    assert by_id["submissions.rows_without_evidence"].args["rest"] == len(wanting) - 12
    assert told.ready


def test_personal_data_is_warned_of(opened: Opened, tmp_path: Path) -> None:
    profile, round_id = opened
    before = sum(item.record.personal_data for item in evidence.all_evidence(profile, round_id))
    scan = tmp_path / "danh sách.pdf"
    scan.write_bytes(b"%PDF-1.4\n% names\n%%EOF\n")
    evidence.add(profile, round_id, scan, EvidenceRecord(number="1", personal_data=True), ())
    warned = submissions.readiness(profile, round_id, "selfscore").warnings
    told = [(message.id, message.args["count"]) for message in warned]
    assert told == [("submissions.personal_data", before + 1)]


def test_confirmed_score_lacks_no_confirmation(opened: Opened, usb: Path, tmp_path: Path) -> None:
    profile, round_id = opened
    total = scoring.sheet(profile, round_id).score.total.points
    told = HeadConfirmation("Nguyễn Văn A", "Chủ tịch", date(2026, 12, 7), total)
    rounds.confirm(profile, round_id, told)
    missing = submissions.readiness(profile, round_id, "selfscore").missing
    assert "submissions.not_confirmed" not in [message.id for message in missing]
    sent = submissions.export(profile, round_id, "selfscore", usb)
    out = unpacked(usb / sent.file_name, tmp_path / "out")
    assert read_selfscore((out / "data/selfscore.json").read_bytes()).confirmation == told


# --- refused ----------------------------------------------------------------------------------------------


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


def test_created_at_is_vietnams_clock(opened: Opened, usb: Path, tmp_path: Path) -> None:
    profile, round_id = opened
    begun = vietnam_now()
    sent = submissions.export(profile, round_id, "plan", usb)
    assert begun <= sent.created_at <= vietnam_now()
    head = json.loads((unpacked(usb / sent.file_name, tmp_path / "out") / "head.json").read_text())
    assert head["created_at"].endswith("+07:00")
    signed = verification.verify(usb / sent.file_name).signers[0].signed_at
    assert timedelta(0) <= signed - sent.created_at < timedelta(seconds=1)


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
