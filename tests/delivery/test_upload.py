"""Uploads to the real tus server: whatever is killed or cut, the bytes arrive once and equal."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from cchc_desktop.delivery.upload import Patience, give_up, send
from cchc_desktop.delivery.upload_line import Server
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.message import Message
from tests.delivery.cutting_proxy import poor_line
from tests.delivery.kept_transfer import KeptTransfer
from tests.delivery.office_server import ROOT, TOKEN, OfficeServer, office_server

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

ID = "0195f3a0-0000-7000-8000-0000000000c1"
PIECE = 512 * 1024
METADATA = {"filename": "gói.asice", "package_id": ID, "manifest_sha256": "ab" * 32}
UPLOADER = """
import sys
from pathlib import Path
from cchc_desktop.delivery.upload import send
from cchc_desktop.delivery.upload_line import Server
from tests.delivery.kept_transfer import KeptTransfer
file, address, kept, package_id = sys.argv[1:]
token = sys.stdin.readline().strip()
metadata = {"filename": "x.asice", "package_id": package_id}
send(Path(file), Server(address, token), metadata, KeptTransfer(Path(kept)), piece=512 * 1024)
"""


def made(folder: Path, size: int) -> Path:
    """A file whose every block differs from the others, so that a block in the wrong place shows."""
    file = folder / "gói.asice"
    stream = hashlib.shake_256(b"upload").digest(size)
    file.write_bytes(stream)
    return file


def quick(tries: int = 9) -> Patience:
    return Patience(first=0.02, longest=0.2, tries=tries)


def waits_until(true: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OfficeServer]:
    with office_server(tmp_path / "office") as server:
        yield server


@pytest.fixture
def kept(tmp_path: Path) -> KeptTransfer:
    return KeptTransfer(tmp_path / "transfer.json")


def test_upload_arrives_whole_with_its_names(
    office: OfficeServer, kept: KeptTransfer, tmp_path: Path
) -> None:
    file = made(tmp_path, 3_000_001)
    seen: list[tuple[str, int, int]] = []
    progress = Progress(lambda step, done, total: seen.append((step.id, done, total)))
    send(file, Server(office.address, TOKEN), METADATA, kept, progress, piece=PIECE)
    assert office.package(ID).read_bytes() == file.read_bytes()
    assert kept.offsets == [0, 524288, 1048576, 1572864, 2097152, 2621440, 3000001]
    sent = [done for step, done, _total in seen if step == "upload.sending"]
    assert sent == sorted(sent)
    assert (sent[0], sent[-1]) == (0, 3_000_001)
    assert max(after - before for before, after in pairwise(sent)) <= 65536
    (notes,) = (office.folder / "files").glob("*.json")
    assert '"filename":"gói.asice"' in notes.read_text("utf-8")
    assert f'"manifest_sha256":"{"ab" * 32}"' in notes.read_text("utf-8")


def test_killed_client_goes_on_from_the_servers_offset(
    office: OfficeServer, kept: KeptTransfer, tmp_path: Path
) -> None:
    file = made(tmp_path, 24_000_000)
    place = [str(file), office.address, str(tmp_path / "transfer.json"), ID]
    child = subprocess.Popen([sys.executable, "-c", UPLOADER, *place], cwd=ROOT, stdin=subprocess.PIPE)
    assert child.stdin is not None
    child.stdin.write(f"{TOKEN}\n".encode())
    child.stdin.close()
    waits_until(lambda: (transfer := kept.recall()) is not None and transfer.offset > 2_000_000)
    child.send_signal(signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    (upload,) = office.uploads()
    waits_until(lambda: at_rest(upload))
    there = upload.stat().st_size
    assert 2_000_000 < there < 24_000_000
    send(file, Server(office.address, TOKEN), METADATA, kept, piece=PIECE)
    assert kept.offsets[0] == there
    assert office.uploads() == [upload]
    assert office.package(ID).read_bytes() == file.read_bytes()


def at_rest(file: Path) -> bool:
    size = file.stat().st_size
    time.sleep(0.2)
    return file.stat().st_size == size


def test_killed_server_is_waited_for_and_gets_only_the_rest(
    office: OfficeServer, kept: KeptTransfer, tmp_path: Path
) -> None:
    file = made(tmp_path, 24_000_000)
    killed: list[int] = []

    def kill_once(_step: Message, done: int, _total: int) -> None:
        if not killed and done > 9_000_000:
            office.kill()
            killed.append(done)
            threading.Timer(0.3, office.start).start()

    send(file, Server(office.address, TOKEN), METADATA, kept, Progress(watch(kill_once)), piece=PIECE,
         patience=quick())  # fmt: skip
    assert killed
    assert len(office.uploads()) == 1
    assert office.package(ID).read_bytes() == file.read_bytes()
    again = next(after for before, after in pairwise(kept.offsets) if after > 9_000_000)
    assert killed[0] - again <= PIECE


def watch(told: Callable[[Message, int, int], None]) -> Callable[[Message, int, int], None]:
    return lambda step, done, total: told(step, done, total) if step.id == "upload.sending" else None


def test_twenty_cuts_in_one_upload(office: OfficeServer, kept: KeptTransfer, tmp_path: Path) -> None:
    """Every connection is cut after 1 MB: three tries do, because progress renews the patience."""
    file = made(tmp_path, 24_000_000)
    with poor_line(office.port, 1_000_000, 20) as line:
        server = Server(line.address, TOKEN)
        send(file, server, METADATA, kept, piece=PIECE, patience=quick(tries=3))
        assert line.cuts == 20
    assert len(office.uploads()) == 1
    assert office.package(ID).read_bytes() == file.read_bytes()
    assert kept.offsets == sorted(kept.offsets)


def test_line_that_never_comes_back_ends_with_advice(
    office: OfficeServer, kept: KeptTransfer, tmp_path: Path
) -> None:
    file = made(tmp_path, 3_000_000)
    with poor_line(office.port, 600_000, 1) as line, pytest.raises(KnownError) as fault:
        line.most = 10**6
        line.after = 100
        send(file, Server(line.address, TOKEN), METADATA, kept, piece=PIECE, patience=quick(tries=2))
    assert fault.value.code == "upload.no_line"


def test_stopped_upload_keeps_what_was_sent(office: OfficeServer, kept: KeptTransfer, tmp_path: Path) -> None:
    file = made(tmp_path, 6_000_000)
    progress = Progress()

    def stop(_step: Message, done: int, _total: int) -> None:
        if done > 2_500_000:
            progress.stop()

    progress.report = watch(stop)
    with pytest.raises(Cancelled):
        send(file, Server(office.address, TOKEN), METADATA, kept, progress, piece=PIECE)
    transfer = kept.recall()
    assert transfer is not None
    assert transfer.offset == 2_097_152
    send(file, Server(office.address, TOKEN), METADATA, kept, piece=PIECE, patience=quick())
    assert kept.offsets.count(0) == 1
    assert office.package(ID).read_bytes() == file.read_bytes()


def test_wrong_token_is_said_at_once(office: OfficeServer, kept: KeptTransfer, tmp_path: Path) -> None:
    with pytest.raises(KnownError) as fault:
        send(made(tmp_path, 1000), Server(office.address, "other"), METADATA, kept)
    assert fault.value.code == "upload.token_refused"
    assert "other" not in str(fault.value)
    assert office.uploads() == []


def test_expired_upload_starts_anew(office: OfficeServer, kept: KeptTransfer, tmp_path: Path) -> None:
    file = made(tmp_path, 3_000_000)
    stop_at(office, kept, file, 1_000_000)
    (upload,) = office.uploads()
    upload.unlink()
    upload.with_suffix(".json").unlink()
    send(file, Server(office.address, TOKEN), METADATA, kept, piece=PIECE, patience=quick())
    assert kept.offsets.count(0) == 2
    assert len(office.uploads()) == 1
    assert office.package(ID).read_bytes() == file.read_bytes()


def test_uploads_that_expire_every_time_end_with_advice(kept: KeptTransfer, tmp_path: Path) -> None:
    """The server's own expiry, shorter than the file takes, longer than a starved machine takes to begin."""
    file = made(tmp_path, 1_000_000)
    with office_server(tmp_path / "office", EXPIRES=2) as office, pytest.raises(KnownError) as fault:
        send(file, Server(office.address, TOKEN), METADATA, kept, slow(0.2), piece=65536, patience=quick())
    assert fault.value.code == "upload.expired"


def slow(seconds: float) -> Progress:
    return Progress(watch(lambda _step, _done, _total: time.sleep(seconds)))


def stop_at(office: OfficeServer, kept: KeptTransfer, file: Path, size: int) -> None:
    progress = Progress()
    progress.report = watch(lambda _step, done, _total: progress.stop() if done > size else None)
    with pytest.raises(Cancelled):
        send(file, Server(office.address, TOKEN), METADATA, kept, progress, piece=PIECE)


def test_another_file_never_goes_on_with_the_old_upload(
    office: OfficeServer, kept: KeptTransfer, tmp_path: Path
) -> None:
    file = made(tmp_path, 3_000_000)
    stop_at(office, kept, file, 1_000_000)
    content = bytearray(file.read_bytes())
    content[5] ^= 1
    file.write_bytes(content)
    send(file, Server(office.address, TOKEN), METADATA, kept, piece=PIECE)
    assert office.package(ID).read_bytes() == bytes(content)


def test_server_without_room_says_so_and_goes_on_when_there_is_some(
    kept: KeptTransfer, tmp_path: Path
) -> None:
    file = made(tmp_path, 3_000_000)
    with office_server(tmp_path / "office", ROOM=1_200_000) as office:
        with pytest.raises(KnownError) as fault:
            send(file, Server(office.address, TOKEN), METADATA, kept, piece=PIECE)
        assert fault.value.code == "upload.server_full"
        office.kill()
        office.settings.clear()
        office.start()
        send(file, Server(office.address, TOKEN), METADATA, kept, piece=PIECE)
        assert kept.offsets.count(0) == 1
        assert office.package(ID).read_bytes() == file.read_bytes()


def test_package_larger_than_the_server_takes_is_refused_before_sending(
    kept: KeptTransfer, tmp_path: Path
) -> None:
    with office_server(tmp_path / "office", LARGEST=1_000_000) as office:
        send(made(tmp_path, 1_000_000), Server(office.address, TOKEN), METADATA, kept)
        with pytest.raises(KnownError) as fault:
            send(made(tmp_path, 1_000_001), Server(office.address, TOKEN), METADATA, kept)
    assert fault.value.code == "upload.too_large"


def test_given_up_upload_is_removed_at_the_server(
    office: OfficeServer, kept: KeptTransfer, tmp_path: Path
) -> None:
    stop_at(office, kept, made(tmp_path, 3_000_000), 1_000_000)
    assert len(office.uploads()) == 1
    give_up(Server(office.address, TOKEN), kept)
    assert kept.recall() is None
    assert office.uploads() == []


def test_empty_and_one_byte_files_arrive(office: OfficeServer, kept: KeptTransfer, tmp_path: Path) -> None:
    file = made(tmp_path, 1)
    send(file, Server(office.address, TOKEN), METADATA, kept)
    assert office.package(ID).read_bytes() == file.read_bytes()
