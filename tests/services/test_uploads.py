"""Handing in through the network, whole: the unit's profile, tus between, the office's CA, `cchc receipt`."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from cchc_desktop.delivery import upload, upload_access
from cchc_desktop.domain.delivery import DeliveryState
from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.receipt import ReceiptEffect
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.message import Message
from cchc_desktop.services import (
    enrolment,
    evidence,
    keys,
    office,
    office_certificates,
    office_enrolment,
    outbox,
    receipts,
    rounds,
    submissions,
    uploads,
)
from cchc_desktop.services.profile import Profile, open_profile
from cchc_desktop.trust.keyring_secret import KeyringAbsent
from tests.delivery.cutting_proxy import poor_line
from tests.delivery.office_server import ROOT, TOKEN, OfficeServer, office_server, receipt_command
from tests.services.handing_in import sample_profile

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

SECRET = "mật khẩu của văn phòng"
LARGE = 6_000_000


@dataclass
class Both:
    """A unit whose certificate an office issued, with a package in its outbox, and that office.

    Made once, copied for each test; the package goes to a server on one port of loopback.
    """

    unit: Path
    office: Path
    round_id: str
    port: int
    package_id: str
    delivery_id: str

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/files"


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Both:
    folder = tmp_path_factory.mktemp("both")
    place, post = folder / "sở", folder / "đường đi"
    post.mkdir()
    office_certificates.create(place, "Sở Nội vụ tỉnh mẫu", "SNV-MAU", SECRET, SECRET)
    with sample_profile(folder / "xã") as (profile, round_id):
        add_large_evidence(profile, round_id, post)
        unit = rounds.round_of(profile, round_id).unit
        request, asked = enrolment.write_enrolment(profile, unit, post)
        _row, answer = office_enrolment.enrol(place, request, asked.code, post)
        code = office_certificates.state(place).authority.spoken_code
        enrolment.take_answer(profile, answer, code)
        port = free_port()
        address = f"http://127.0.0.1:{port}/files"
        made, delivery = submissions.prepare(profile, round_id, "selfscore", "upload", address)
        assert delivery.state is DeliveryState.QUEUED
    return Both(folder / "xã", place, round_id, port, made.package_id, delivery.id)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as asked:
        return int(asked.getsockname()[1])


def add_large_evidence(profile: Profile, round_id: str, folder: Path) -> None:
    """So that the package takes a few pieces."""
    from cchc_desktop.domain.evidence import EvidenceRecord

    file = folder / "bản quét.txt"
    file.write_bytes(b"".join(b"%09d\n" % number for number in range(LARGE // 10)))
    evidence.add(profile, round_id, file, EvidenceRecord(), ())


@pytest.fixture
def both(made_once: Both, tmp_path: Path) -> Both:
    shutil.copytree(made_once.unit, tmp_path / "xã")
    shutil.copytree(made_once.office, tmp_path / "sở")
    return replace(made_once, unit=tmp_path / "xã", office=tmp_path / "sở")


@pytest.fixture(autouse=True)
def no_access_left() -> Iterator[None]:
    yield
    upload_access._known.clear()


@contextmanager
def receiving(both: Both, folder: Path, port: int) -> Iterator[OfficeServer]:
    """Its receipts are signed by the office's own command."""
    secret = folder / "mật khẩu.txt"
    secret.write_text(SECRET + "\n", encoding="utf-8")
    command = receipt_command(
        *("-m", "cchc_desktop", "receipt", "{package}", "--to", "{folder}"),
        *("--office", str(both.office), "--passphrase-file", str(secret)),
    )
    with office_server(folder / "máy chủ", RECEIPT_COMMAND=command, PORT=port) as started:
        yield started


@pytest.fixture
def server(both: Both, tmp_path: Path) -> Iterator[OfficeServer]:
    with receiving(both, tmp_path, both.port) as started:
        yield started


@pytest.fixture
def unit(both: Both) -> Iterator[Profile]:
    with open_profile(both.unit) as profile:
        yield profile


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the program sends, but in pieces that fit tests, and without long pauses."""
    real = upload.send

    def send(*arguments: object, **more: object) -> None:
        patience = upload.Patience(first=0.02, longest=0.2)
        real(*arguments, **(more | {"piece": 512 * 1024, "patience": patience}))  # type: ignore[arg-type]

    monkeypatch.setattr(upload, "send", send)


def ready(profile: Profile, address: str) -> str:
    """What the user types once; this machine has no store of secrets."""
    kept = uploads.set_address(profile, address)
    assert not uploads.use_token(profile, TOKEN, remember=True)
    return kept


def state(profile: Profile, round_id: str) -> tuple[DeliveryState, DocumentState]:
    (delivery,) = outbox.deliveries_of(profile, round_id)
    (made,) = submissions.submissions_of(profile, round_id)
    return delivery.state, made.state


def receipted(profile: Profile, delivery_id: str) -> receipts.Taken:
    file = uploads.fetch_receipt(profile, delivery_id, wait=60)
    assert file is not None
    return receipts.take(profile, file, delivery_id)[1]


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


def test_token_is_in_no_file_of_the_unit(unit: Profile, both: Both, server: OfficeServer) -> None:
    ready(unit, both.address)
    delivery_id = both.delivery_id
    outbox.send(unit, delivery_id)
    receipted(unit, delivery_id)
    for file in both.unit.rglob("*"):
        if file.is_file():
            assert TOKEN.encode() not in file.read_bytes(), file


def test_changed_address_forgets_no_upload_but_sends_no_token_there(
    unit: Profile, both: Both, server: OfficeServer, tmp_path: Path
) -> None:
    """A delivery goes to its own target; another server needs its own token."""
    ready(unit, both.address)
    delivery_id = both.delivery_id
    upload_access.forget(both.address)
    with office_server(tmp_path / "máy chủ khác") as other:
        ready(unit, other.address)
        with pytest.raises(KnownError) as asked:
            outbox.send(unit, delivery_id)
        assert asked.value.code == "upload.no_token"
        assert other.uploads() == []


def test_settings_are_checked_before_they_are_kept(unit: Profile, tmp_path: Path) -> None:
    with pytest.raises(KnownError) as refused:
        uploads.use_token(unit, TOKEN, remember=False)
    assert refused.value.code == "upload.no_address"
    with pytest.raises(KnownError) as refused:
        uploads.set_address(unit, "http://nop.example.vn")
    assert refused.value.code == "upload.not_encrypted"
    assert uploads.office(unit).address == ""
    assert uploads.set_address(unit, " nop.example.vn/files/ ") == "https://nop.example.vn/files"
    for typed in ("", "a b", "mã\n", "x" * 2000):
        with pytest.raises(KnownError) as refused:
            uploads.use_token(unit, typed, remember=False)
        assert refused.value.code == "upload.bad_token"
    (tmp_path / "ca.pem").write_text("no certificate")
    with pytest.raises(KnownError) as refused:
        uploads.set_authority(unit, tmp_path / "ca.pem")
    assert refused.value.code == "upload.authority_unreadable"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-keyout", os.devnull],
        capture_output=True,
        check=True,
    )
    (tmp_path / "ca.pem").write_bytes(made.stdout)
    uploads.set_authority(unit, tmp_path / "ca.pem")
    assert uploads.office(unit).has_authority
    uploads.set_authority(unit, None)
    assert not uploads.office(unit).has_authority


KEYRING_JOB = """
import json, sys
from pathlib import Path
from cchc_desktop.delivery import upload_access
from cchc_desktop.services import uploads
from cchc_desktop.services.profile import open_profile
with open_profile(Path(sys.argv[1])) as profile:
    uploads.set_address(profile, "https://nop.example.vn/files")
    said = {"before": uploads.office(profile).has_token}
    token = sys.stdin.readline().strip()
    if token:
        said["kept"] = uploads.use_token(profile, token, remember=True)
    elif said["before"]:
        uploads.be_ready(profile)
        said["token"] = upload_access.server("https://nop.example.vn/files").token
        uploads.forget_token(profile)
        said["after"] = uploads.office(profile).has_token
    print(json.dumps(said))
"""


def test_token_is_kept_by_the_real_secret_service(both: Both, tmp_path: Path) -> None:
    """gnome-keyring in a session of its own: kept by one process, found and forgotten by another."""
    (tmp_path / "job.py").write_text(KEYRING_JOB)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHON_KEYRING_BACKEND"}
    environment |= {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "XDG_RUNTIME_DIR": str(tmp_path)}
    environment |= {"XDG_DATA_HOME": str(tmp_path / "share"), "PYTHONUTF8": "1"}
    job = f'"{sys.executable}" "{tmp_path / "job.py"}" "{both.unit}"'
    lines = [
        "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1",
        f"printenv HANDED | {job}",
        f": | {job}",
    ]
    answer = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", "\n".join(lines)],
        env=environment | {"HANDED": TOKEN},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    first, second = (json.loads(line) for line in answer.stdout.splitlines())
    assert first == {"before": False, "kept": True}
    assert second == {"before": True, "token": TOKEN, "after": False}
    for file in both.unit.rglob("*"):
        if file.is_file():
            assert TOKEN.encode() not in file.read_bytes(), file


def test_machine_without_a_store_asks_each_time(unit: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    from cchc_desktop.trust import upload_token

    uploads.set_address(unit, "https://nop.example.vn/files")

    def absent(*_arguments: object) -> None:
        raise KeyringAbsent

    monkeypatch.setattr(upload_token, "keep", absent)
    assert not uploads.use_token(unit, TOKEN, remember=True)
    assert uploads.office(unit).has_token
    upload_access.forget("https://nop.example.vn/files")
    assert not uploads.office(unit).has_token
