"""An upload through the services: killed, cut, paused, refused; one receipt, one delivered row."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc_desktop.domain.delivery import DeliveryState
from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.receipt import ReceiptEffect
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.message import Message
from cchc_desktop.services import (
    keys,
    office,
    office_certificates,
    office_enrolment,
    outbox,
    receipts,
    submissions,
    uploads,
)
from cchc_desktop.services.profile import Profile, open_profile
from tests.delivery.cutting_proxy import poor_line
from tests.delivery.office_server import ROOT, TOKEN, OfficeServer
from tests.services.uploads.handing_over import (
    SECRET,
    Both,
    ready,
    receipted,
    receiving,
)

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def state(profile: Profile, round_id: str) -> tuple[DeliveryState, DocumentState]:
    (delivery,) = outbox.deliveries_of(profile, round_id)
    (made,) = submissions.submissions_of(profile, round_id)
    return delivery.state, made.state


def test_from_the_outbox_to_delivered(
    unit: Profile, both: Both, server: OfficeServer, tmp_path: Path
) -> None:
    address = ready(unit, both.address)
    assert uploads.check_server(unit) is None
    package_id, delivery_id = both.package_id, both.delivery_id
    assert state(unit, both.round_id) == (DeliveryState.QUEUED, DocumentState.FINALISED)
    outbox.send(unit, delivery_id)
    assert state(unit, both.round_id) == (DeliveryState.WAITING, DocumentState.EXPORTED)
    assert [one.id for one in uploads.waiting(unit, both.round_id)] == [delivery_id]
    made = submissions.submissions_of(unit, both.round_id)[0]
    assert server.package(package_id).read_bytes() == (Path(made.folder) / made.file_name).read_bytes()
    taken = receipted(unit, delivery_id)
    assert taken.effect is ReceiptEffect.DELIVERED
    assert taken.receipt.package_id == package_id
    assert state(unit, both.round_id) == (DeliveryState.DELIVERED, DocumentState.DELIVERED)
    assert uploads.waiting(unit, both.round_id) == ()
    assert uploads.begun(unit, both.round_id) == ()
    assert [row.package_id for row in office.received(both.office)] == [package_id]
    with pytest.raises(KnownError) as twice:
        outbox.queue(unit, made.id, "upload", address)
    assert twice.value.code == "delivery.arrived"


def test_receipt_that_comes_twice_delivers_once(unit: Profile, both: Both, server: OfficeServer) -> None:
    ready(unit, both.address)
    delivery_id = both.delivery_id
    outbox.send(unit, delivery_id)
    assert receipted(unit, delivery_id).effect is ReceiptEffect.DELIVERED
    assert receipted(unit, delivery_id).effect is ReceiptEffect.AGAIN
    assert len(server.receipts()) == 1
    assert len(outbox.deliveries_of(unit, both.round_id)) == 1


def test_twenty_cuts_one_receipt_one_delivered_row(unit: Profile, both: Both, tmp_path: Path) -> None:
    with receiving(both, tmp_path, 0) as server, poor_line(server.port, 280_000, 20, both.port) as line:
        ready(unit, both.address)
        outbox.send(unit, both.delivery_id)
        assert line.cuts == 20
        assert receipted(unit, both.delivery_id).effect is ReceiptEffect.DELIVERED
        made = submissions.submissions_of(unit, both.round_id)[0]
        sent = (Path(made.folder) / made.file_name).read_bytes()
        assert server.package(both.package_id).read_bytes() == sent
        assert len(server.uploads()) == len(server.receipts()) == 1
    assert len(office.received(both.office)) == 1
    delivered = [one.state for one in outbox.deliveries_of(unit, both.round_id)]
    assert delivered == [DeliveryState.DELIVERED]


PROGRAM = """
import sys
from pathlib import Path
from cchc_desktop.delivery import upload
from cchc_desktop.services import outbox, uploads
from cchc_desktop.services.profile import open_profile
folder, delivery_id = Path(sys.argv[1]), sys.argv[2]
token = sys.stdin.readline().strip()
upload.PIECE = 512 * 1024
with open_profile(folder) as profile:
    uploads.use_token(profile, token, remember=False)
    outbox.send(profile, delivery_id)
"""


def test_program_killed_while_sending_goes_on_at_its_next_start(both: Both, server: OfficeServer) -> None:
    """The whole program with its profile is killed; what the server confirmed is not sent again."""
    with open_profile(both.unit) as profile:
        uploads.set_address(profile, both.address)
    child = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(both.unit), both.delivery_id], cwd=ROOT, stdin=subprocess.PIPE
    )
    assert child.stdin is not None
    child.stdin.write(f"{TOKEN}\n".encode())
    child.stdin.close()
    until(lambda: offset_of(both.unit) > 1_000_000)
    assert TOKEN not in Path(f"/proc/{child.pid}/cmdline").read_text()
    child.send_signal(signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    confirmed = offset_of(both.unit)
    with open_profile(both.unit) as profile:
        (begun,) = uploads.begun(profile, both.round_id)
        assert (begun.delivery.id, begun.sent) == (both.delivery_id, confirmed)
        assert 0 < begun.sent < begun.size
        with pytest.raises(KnownError) as asked:
            uploads.be_ready(profile)
        assert asked.value.code == "upload.no_token"
        uploads.use_token(profile, TOKEN, remember=False)
        seen: list[int] = []
        outbox.send(profile, both.delivery_id, Progress(sending(lambda done: seen.append(done))))
        assert min(seen) >= confirmed
        assert receipted(profile, both.delivery_id).effect is ReceiptEffect.DELIVERED
        made = submissions.submissions_of(profile, both.round_id)[0]
        sent = (Path(made.folder) / made.file_name).read_bytes()
        assert server.package(both.package_id).read_bytes() == sent
    assert len(server.uploads()) == 1


def offset_of(folder: Path) -> int:
    with sqlite3.connect(f"file:{folder / 'cchc.sqlite3'}?mode=ro", uri=True) as db:
        row = db.execute("SELECT offset FROM transfers").fetchone()
    db.close()
    return 0 if row is None else int(row[0])


def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


def sending(told: Callable[[int], object]) -> Callable[[Message, int, int], None]:
    return lambda step, done, _total: told(done) if step.id == "upload.sending" else None  # type: ignore[func-returns-value]


def test_killed_server_signs_its_receipt_after_its_restart(
    unit: Profile, both: Both, server: OfficeServer
) -> None:
    """Killed while sending, and again before the receipt is made."""
    ready(unit, both.address)
    package_id, delivery_id = both.package_id, both.delivery_id
    killed: list[int] = []

    def kill_once(done: int) -> None:
        if not killed and done > 2_000_000:
            killed.append(done)
            server.kill()
            threading.Timer(0.2, server.start).start()

    outbox.send(unit, delivery_id, Progress(sending(kill_once)))
    assert killed
    server.kill()
    server.start()
    assert receipted(unit, delivery_id).effect is ReceiptEffect.DELIVERED
    assert [row.package_id for row in office.received(both.office)] == [package_id]


def test_paused_continued_and_given_up(unit: Profile, both: Both, server: OfficeServer) -> None:
    ready(unit, both.address)
    delivery_id = both.delivery_id
    for reach in (1_000_000, 3_000_000):
        progress = Progress()
        progress.report = sending(lambda done, p=progress, r=reach: p.stop() if done > r else None)  # type: ignore[misc]
        with pytest.raises(Cancelled):
            outbox.send(unit, delivery_id, progress)
        (begun,) = uploads.begun(unit, both.round_id)
        assert reach - 512 * 1024 <= begun.sent <= reach + 512 * 1024
    assert len(server.uploads()) == 1
    uploads.give_up(unit, delivery_id)
    outbox.call_off(unit, delivery_id)
    assert server.uploads() == []
    assert uploads.begun(unit, both.round_id) == ()
    assert state(unit, both.round_id)[0] is DeliveryState.FAILED


def test_failed_upload_says_why_and_goes_on_when_it_is_tried_again(
    unit: Profile, both: Both, server: OfficeServer
) -> None:
    ready(unit, both.address)
    delivery_id = both.delivery_id
    uploads.use_token(unit, "another-token", remember=False)
    with pytest.raises(KnownError) as fault:
        outbox.send(unit, delivery_id)
    assert fault.value.code == "upload.token_refused"
    (failed,) = outbox.deliveries_of(unit, both.round_id)
    assert failed.state is DeliveryState.FAILED
    assert failed.reason is not None
    assert failed.reason.id == "upload.token_refused"
    uploads.use_token(unit, TOKEN, remember=False)
    outbox.retry(unit, delivery_id)
    outbox.send(unit, delivery_id)
    assert state(unit, both.round_id)[0] is DeliveryState.WAITING


def test_receipt_of_somebody_else_delivers_nothing(
    unit: Profile, both: Both, server: OfficeServer, tmp_path: Path
) -> None:
    """A server that the unit trusts for its line is not believed: only the office's signature counts."""
    ready(unit, both.address)
    package_id, delivery_id = both.package_id, both.delivery_id
    outbox.send(unit, delivery_id)
    place = tmp_path / "sở khác"
    office_certificates.create(place, "Sở khác", "SK", SECRET, SECRET)
    pem = tmp_path / "xã.pem"
    pem.write_bytes(keys.export_certificate(unit, tmp_path).read_bytes())
    heard = keys.key_state(unit).certificate
    assert heard is not None
    office_enrolment.pin_certificate(place, pem, heard.spoken_code)
    made = submissions.submissions_of(unit, both.round_id)[0]
    _found, _row, forged = office.take_in(place, Path(made.folder) / made.file_name, tmp_path)
    until(lambda: len(server.receipts()) == 1)
    shutil.copyfile(forged, server.receipts()[0])
    file = uploads.fetch_receipt(unit, delivery_id)
    assert file is not None
    with pytest.raises(KnownError) as refused:
        receipts.take(unit, file, delivery_id)
    assert refused.value.code == "receipts.refused"
    assert state(unit, both.round_id) == (DeliveryState.WAITING, DocumentState.EXPORTED)
    assert package_id in server.receipts()[0].name
