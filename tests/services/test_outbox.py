"""The outbox on the sample commune: honest states, nothing twice, corrections, mail in parts, failures with
their reasons."""

from __future__ import annotations

import email
import email.policy
import shutil
from email.message import EmailMessage
from pathlib import Path

import pytest

from cchc_desktop.domain.delivery import Delivery, DeliveryState, FileRole
from cchc_desktop.domain.evidence_packs import tick_off
from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.package_head import check_code
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.errors import BugError, Cancelled, KnownError
from cchc_desktop.language import render
from cchc_desktop.message import Message
from cchc_desktop.services import evidence, outbox, submissions, verification
from cchc_desktop.services.profile import Profile, sweep
from cchc_desktop.store import journal
from tests.services.handing_in import Opened

ADDRESS = "sonoivu@daklak.gov.vn"


def only(opened: Opened) -> Delivery:
    (found,) = outbox.deliveries_of(*opened)
    return found


def refused(code: str, call: object) -> KnownError:
    with pytest.raises(KnownError) as caught:
        call()  # type: ignore[operator]
    assert caught.value.code == code
    assert render(caught.value.message)
    return caught.value


def mail(path: Path) -> EmailMessage:
    found = email.message_from_bytes(path.read_bytes(), policy=email.policy.SMTP)
    assert isinstance(found, EmailMessage)
    return found


def test_written_to_a_folder_is_exported_and_not_delivered(opened: Opened, usb: Path) -> None:
    profile, round_id = opened
    made = submissions.export(profile, round_id, "selfscore", usb)
    found = only(opened)
    assert (found.channel, found.target, found.submission_id) == ("folder", str(usb), made.id)
    assert found.state is DeliveryState.EXPORTED
    assert [(file.name, file.size, file.sha256) for file in found.files] == [
        (made.file_name, made.size, made.manifest_sha256)
    ]
    outbox.confirm(profile, found.id)
    assert only(opened).state is DeliveryState.DELIVERED_BY_WORD
    assert submissions.submissions_of(profile, round_id)[0].state is DocumentState.EXPORTED
    assert profile.read(journal.verify_rows) is None


def test_the_same_package_is_not_sent_twice_unless_called_off(
    opened: Opened, usb: Path, tmp_path: Path
) -> None:
    profile, round_id = opened
    made = submissions.export(profile, round_id, "plan", usb)
    error = refused("delivery.under_way", lambda: outbox.queue(profile, made.id, "folder", str(usb)))
    assert "Hủy" in render(error.message), "with a way out"
    other = tmp_path / "USB khác"
    other.mkdir()
    _changes, second = outbox.queue(profile, made.id, "folder", str(other))
    sent = outbox.send(profile, second.id)
    assert sent.delivery.state is DeliveryState.EXPORTED
    assert (other / made.file_name).read_bytes() == (usb / made.file_name).read_bytes()
    first = outbox.deliveries_of(profile, round_id)[1]
    outbox.call_off(profile, first.id)
    (usb / made.file_name).unlink()
    shutil.copy(other / made.file_name, usb)
    assert outbox.delivery(profile, first.id).state is DeliveryState.FAILED
    with pytest.raises(KnownError):
        outbox.send(profile, first.id)


def test_a_correction_supersedes_in_the_same_transaction(opened: Opened, usb: Path) -> None:
    profile, round_id = opened
    first = submissions.export(profile, round_id, "plan", usb)
    submissions.export(profile, round_id, "selfscore", usb)
    second = submissions.export(profile, round_id, "plan", usb)
    states = {one.submission_id: one.state for one in outbox.deliveries_of(profile, round_id)}
    assert states[first.id] is DeliveryState.SUPERSEDED
    assert states[second.id] is DeliveryState.EXPORTED
    assert sorted(state.value for state in states.values()) == ["exported", "exported", "superseded"]
    rows = profile.read(lambda db: [(e.table, e.batch) for e in journal.latest(db, round_id, 4)])
    assert {table for table, _batch in rows} == {"deliveries", "submissions"}
    assert len({batch for _table, batch in rows}) == 1
    refused("delivery.superseded", lambda: outbox.queue(profile, first.id, "folder", str(usb)))


def test_a_small_package_goes_whole_in_one_mail(opened: Opened) -> None:
    profile, round_id = opened
    told = submissions.readiness(profile, round_id, "plan")
    assert (told.messages, told.too_large) == (1, ())
    made, queued = submissions.prepare(profile, round_id, "plan", "email", ADDRESS)
    assert made.state is DocumentState.FINALISED, "nothing has left the house"
    assert queued.state is DeliveryState.QUEUED
    sent = outbox.send(profile, queued.id)
    assert sent.delivery.state is DeliveryState.WRITTEN, "a draft is not a sent mail"
    (draft,) = sent.made
    found = mail(draft)
    assert found["To"] == ADDRESS
    assert "Kế hoạch cải cách hành chính năm 2026, bản L00" in found["Subject"]
    (attached,) = found.iter_attachments()
    assert attached.get_payload(decode=True) == (Path(made.folder) / made.file_name).read_bytes()
    body = found.get_body()
    assert body is not None
    words = body.get_content()
    assert check_code(made.manifest_sha256) in words
    assert made.manifest_sha256 in words
    assert "openssl cms -verify" in words
    outbox.handed_over(profile, queued.id)
    assert only(opened).state is DeliveryState.WAITING
    assert submissions.submissions_of(profile, round_id)[0].state is DocumentState.EXPORTED
    outbox.confirm(profile, queued.id)
    assert only(opened).state is DeliveryState.DELIVERED_BY_WORD


def test_a_large_one_goes_light_with_packs_and_every_message_fits(opened: Opened) -> None:
    """Threat and promise: each mail within the limit with base64's growth; the packs tick every file off."""
    profile, round_id = opened
    limit = 1_000_000
    files = evidence.all_evidence(profile, round_id)
    _fatten(profile, round_id, 4, 400_000)
    submissions.set_email_limit(profile, limit)
    told = submissions.readiness(profile, round_id, "selfscore")
    assert told.messages > 2
    assert not told.too_large
    made, queued = submissions.prepare(profile, round_id, "selfscore", "email", ADDRESS)
    sent = outbox.send(profile, queued.id)
    assert len(sent.made) == told.messages
    for number, draft in enumerate(sent.made, start=1):
        assert draft.stat().st_size <= limit
        assert f"(thư {number}/{len(sent.made)})" in mail(draft)["Subject"]
    packages = [Path(made.folder) / f.name for f in sent.delivery.files if f.role is not FileRole.DRAFT]
    checked = [verification.verify(path) for path in packages]
    assert {one.outcome for one in checked} == {Outcome.UNKNOWN_SIGNER}
    light, *packs = checked
    assert light.manifest_sha256 == made.manifest_sha256
    assert len(light.evidence) == len(files) + 4
    assert not any(file.in_package for file in light.evidence)
    ticked = tick_off(light, reversed(packs))
    assert ticked.is_whole
    assert ticked.parts == tuple(range(1, len(packs) + 1))
    assert ticked.of == len(packs)
    assert len(tick_off(light, packs[1:]).missing) == len(packs[0].evidence)


def _fatten(profile: Profile, round_id: str, count: int, size: int) -> None:
    from random import Random

    from cchc_desktop.domain.evidence import EvidenceRecord

    for number in range(count):
        scan = profile.folder.parent / f"bản chụp {number}.pdf"
        scan.write_bytes(b"%PDF-1.4\n" + Random(number).randbytes(size) + b"\n%%EOF\n")
        evidence.add(profile, round_id, scan, EvidenceRecord(number=str(number)), ())


def test_one_file_larger_than_a_mail_is_said_with_the_way_out(opened: Opened) -> None:
    profile, round_id = opened
    _fatten(profile, round_id, 1, 900_000)
    submissions.set_email_limit(profile, 1_000_000)
    told = submissions.readiness(profile, round_id, "selfscore")
    assert told.too_large == ("bản chụp 0.pdf",)
    error = refused(
        "submissions.evidence_too_large",
        lambda: submissions.prepare(profile, round_id, "selfscore", "email", ADDRESS),
    )
    assert "USB" in render(error.message)
    assert outbox.deliveries_of(profile, round_id) == ()
    assert submissions.submissions_of(profile, round_id) == ()
    assert list((profile.folder / "outbox").rglob("*.asice*")) == []


def test_a_failure_keeps_its_reason_and_can_be_tried_again(opened: Opened, tmp_path: Path, usb: Path) -> None:
    profile, round_id = opened
    made = submissions.export(profile, round_id, "plan", usb)
    gone = tmp_path / "USB kia"
    gone.mkdir()
    _changes, second = outbox.queue(profile, made.id, "folder", str(gone))
    gone.rmdir()
    refused("delivery.no_folder", lambda: outbox.send(profile, second.id))
    failed = outbox.delivery(profile, second.id)
    assert failed.state is DeliveryState.FAILED
    assert failed.reason is not None
    assert "USB kia" in render(failed.reason)
    gone.mkdir()
    outbox.retry(profile, second.id)
    assert outbox.send(profile, second.id).delivery.state is DeliveryState.EXPORTED
    assert outbox.delivery(profile, second.id).reason is None


def test_a_package_that_changed_or_went_is_not_sent(opened: Opened, usb: Path, tmp_path: Path) -> None:
    profile, round_id = opened
    made = submissions.export(profile, round_id, "plan", usb)
    package, other = usb / made.file_name, tmp_path / "khác"
    other.mkdir()
    _changes, queued = outbox.queue(profile, made.id, "folder", str(other))
    content = bytearray(package.read_bytes())
    content[len(content) // 2] ^= 1
    package.write_bytes(content)
    refused("delivery.package_changed", lambda: outbox.send(profile, queued.id))
    assert list(other.iterdir()) == []
    package.unlink()
    refused("delivery.package_gone", lambda: outbox.retry(profile, queued.id))
    refused("delivery.package_gone", lambda: outbox.queue(profile, made.id, "folder", str(tmp_path)))


def test_cancelled_sending_stays_queued_and_goes_on(opened: Opened, usb: Path, tmp_path: Path) -> None:
    profile, round_id = opened
    made = submissions.export(profile, round_id, "plan", usb)
    other = tmp_path / "khác"
    other.mkdir()
    _changes, queued = outbox.queue(profile, made.id, "folder", str(other))
    progress = Progress()

    def stop(step: Message, _done: int, _total: int) -> None:
        if step.id == "delivery.copying":
            progress.stop()

    progress.report = stop
    with pytest.raises(Cancelled):
        outbox.send(profile, queued.id, progress)
    assert list(other.iterdir()) == []
    assert outbox.delivery(profile, queued.id).state is DeliveryState.QUEUED
    assert outbox.send(profile, queued.id).delivery.state is DeliveryState.EXPORTED


def test_what_the_user_knows_of_a_failure_is_kept(opened: Opened, usb: Path) -> None:
    profile, round_id = opened
    submissions.export(profile, round_id, "plan", usb)
    outbox.fail(profile, only(opened).id, "văn thư báo   không mở được")
    reason = only(opened).reason
    assert reason is not None
    assert render(reason) == "Không đến nơi nhận: văn thư báo không mở được"
    with pytest.raises(BugError):
        outbox.confirm(profile, only(opened).id)


def test_the_address_is_the_units_own_or_the_calendars(opened: Opened) -> None:
    profile, round_id = opened
    assert outbox.email_address(profile, round_id) == "", "the country's calendar names none"
    refused("delivery.no_address", lambda: outbox.set_email_address(profile, "a@b.vn, c@d.vn"))
    outbox.set_email_address(profile, f" {ADDRESS} ")
    assert outbox.email_address(profile, round_id) == ADDRESS
    outbox.set_email_address(profile, "")
    assert outbox.email_address(profile, round_id) == ""


def test_a_correction_lets_the_old_package_leave_the_outbox(opened: Opened) -> None:
    profile, round_id = opened
    first, _queued = submissions.prepare(profile, round_id, "plan", "email", ADDRESS)
    second, _queued = submissions.prepare(profile, round_id, "plan", "email", ADDRESS)
    sweep(profile)
    assert [folder.name for folder in (profile.folder / "outbox").iterdir()] == [second.package_id]
    assert not Path(first.folder).exists()
