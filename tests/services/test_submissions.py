"""Handing in the sample commune: what a package holds, and what supersedes it."""

from __future__ import annotations

import hashlib
import json
import subprocess
from datetime import timedelta
from pathlib import Path

from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.package.content_codec import read_plan, read_selfscore
from cchc_desktop.package.head_codec import read_head
from cchc_desktop.services import evidence, plan, rounds, scoring, submissions, verification
from cchc_desktop.store import journal
from tests.services.handing_in import Opened, names, unpacked


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


def test_created_at_is_vietnams_clock(opened: Opened, usb: Path, tmp_path: Path) -> None:
    profile, round_id = opened
    begun = vietnam_now()
    sent = submissions.export(profile, round_id, "plan", usb)
    assert begun <= sent.created_at <= vietnam_now()
    head = json.loads((unpacked(usb / sent.file_name, tmp_path / "out") / "head.json").read_text())
    assert head["created_at"].endswith("+07:00")
    signed = verification.verify(usb / sent.file_name).signers[0].signed_at
    assert timedelta(0) <= signed - sent.created_at < timedelta(seconds=1)
