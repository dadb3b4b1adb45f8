"""Each fault of a server or a line is told apart, waited for where that helps, and said with what to do."""

from __future__ import annotations

import base64
import hashlib
import logging
import subprocess
from pathlib import Path

import pytest

from cchc_desktop.delivery import upload_address, upload_receipt
from cchc_desktop.delivery.upload import Patience, look_at, send
from cchc_desktop.delivery.upload_line import Server
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.language import render
from tests.delivery.kept_transfer import KeptTransfer
from tests.delivery.odd_server import TUS, Asked, GoodStart, Headers, OddServer, odd_server
from tests.delivery.office_server import TOKEN, office_server

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])

METADATA = {"filename": "x.asice", "package_id": "0195f3a0-0000-7000-8000-0000000000c1"}
Answer = tuple[int, Headers, bytes]
SIZE = 300_000


@pytest.fixture
def kept(tmp_path: Path) -> KeptTransfer:
    return KeptTransfer(tmp_path / "transfer.json")


def sent(
    server: OddServer | Server, kept: KeptTransfer, folder: Path, *, piece: int = 100_000, tries: int = 2
) -> Path:
    file = folder / "x.asice"
    file.write_bytes(hashlib.shake_256(b"fault").digest(SIZE))
    to = server if isinstance(server, Server) else Server(server.address, TOKEN)
    send(file, to, METADATA, kept, piece=piece, patience=Patience(first=0.01, longest=0.05, tries=tries))
    return file


def fault_of(start: GoodStart, kept: KeptTransfer, folder: Path, **more: int) -> KnownError:
    with odd_server(start) as server, pytest.raises(KnownError) as fault:
        sent(server, kept, folder, **more)
    assert render(fault.value.message)
    assert TOKEN not in str(fault.value)
    return fault.value


@pytest.mark.parametrize(
    ("method", "status", "code"),
    [
        ("OPTIONS", 401, "token_refused"),
        ("POST", 401, "token_refused"),
        ("POST", 403, "token_refused"),
        ("PATCH", 403, "token_refused"),
        ("OPTIONS", 404, "no_service"),
        ("POST", 404, "no_service"),
        ("POST", 405, "no_service"),
        ("POST", 412, "no_service"),
        ("POST", 413, "too_large"),
        ("POST", 507, "server_full"),
        ("PATCH", 507, "server_full"),
        ("POST", 407, "proxy"),
        ("PATCH", 423, "locked"),
        ("PATCH", 460, "checksum"),
        ("PATCH", 409, "conflict"),
        ("PATCH", 500, "server_fault"),
        ("PATCH", 502, "server_fault"),
        ("PATCH", 503, "server_fault"),
        ("OPTIONS", 504, "server_fault"),
        ("POST", 429, "server_fault"),
        ("OPTIONS", 302, "captive_portal"),
        ("PATCH", 307, "captive_portal"),
        ("OPTIONS", 511, "captive_portal"),
    ],
)
def test_every_refusal_has_its_advice(
    method: str, status: int, code: str, kept: KeptTransfer, tmp_path: Path
) -> None:
    elsewhere = {"Location": "http://127.0.0.1:1/login"}
    start = GoodStart(lambda asked, _count: (status, elsewhere, b"no") if asked.method == method else None)
    assert fault_of(start, kept, tmp_path).code == f"upload.{code}"


def test_login_page_in_place_of_the_server(kept: KeptTransfer, tmp_path: Path) -> None:
    page = (200, {"Content-Type": "text/html; charset=utf-8"}, b"<html>login</html>")
    assert fault_of(GoodStart(lambda *_: page), kept, tmp_path).code == "upload.captive_portal"


def test_ordinary_web_server_is_no_upload_server(kept: KeptTransfer, tmp_path: Path) -> None:
    plain = (200, {"Content-Type": "application/json"}, b"{}")
    assert fault_of(GoodStart(lambda *_: plain), kept, tmp_path).code == "upload.no_service"


@pytest.mark.parametrize("offset", ["", "x", "-1", "999999999", "50"])
def test_server_that_confirms_nonsense_is_not_believed(
    offset: str, kept: KeptTransfer, tmp_path: Path
) -> None:
    def odd(asked: Asked, count: int) -> Answer | None:
        return (204, {**TUS, "Upload-Offset": offset}, b"") if asked.method == "PATCH" and count else None

    assert fault_of(GoodStart(odd), kept, tmp_path).code == "upload.no_service"


@pytest.mark.parametrize("status", [423, 460, 409, 500, 503, 429, 408])
def test_passing_faults_are_waited_for(status: int, kept: KeptTransfer, tmp_path: Path) -> None:
    """Each piece is refused once: more faults than the patience, but never two without progress."""
    refused: set[str] = set()

    def odd(asked: Asked, _count: int) -> Answer | None:
        offset = asked.headers.get("upload-offset", "")
        if asked.method != "PATCH" or offset in refused:
            return None
        refused.add(offset)
        return status, {**TUS, "Retry-After": "0"}, b""

    start = GoodStart(odd)
    with odd_server(start) as server:
        file = sent(server, kept, tmp_path, tries=1, piece=60_000)
    assert bytes(start.content) == file.read_bytes()
    assert len(refused) == 5


def test_refusing_gateway_gets_smaller_pieces(kept: KeptTransfer, tmp_path: Path) -> None:
    """Many gateways let no more than 1 MB through (413)."""

    def odd(asked: Asked, _count: int) -> Answer | None:
        large = asked.method == "PATCH" and len(asked.body) > 70_000
        return (413, {}, b"") if large else None

    start = GoodStart(odd)
    with odd_server(start) as server:
        file = sent(server, kept, tmp_path, piece=280_000)
        sizes = [len(asked.body) for asked in server.asked if asked.method == "PATCH"]
    assert bytes(start.content) == file.read_bytes()
    assert sizes == [280_000, 140_000, 70_000, 70_000, 70_000, 70_000, 20_000]


def test_token_goes_to_no_other_server(kept: KeptTransfer, tmp_path: Path) -> None:
    """Not by a redirect, not by the upload's own address, not by `.netrc`, not to a proxy."""
    with odd_server(lambda *_: (200, TUS, b"")) as other:
        there = f"http://localhost:{other.port}/files/1"
        fault = fault_of(GoodStart(lambda *_: None, location=there), kept, tmp_path)
        assert fault.code == "upload.no_service"
        moved = GoodStart(lambda *_: (307, {"Location": other.address}, b""))
        assert fault_of(moved, kept, tmp_path).code == "upload.captive_portal"
        assert other.asked == []


def test_own_token_wins_over_netrc_and_no_proxy_is_asked_on_loopback(
    kept: KeptTransfer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login other password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    start = GoodStart(lambda *_: None)
    with odd_server(start) as server:
        sent(server, kept, tmp_path)
        assert {asked.headers["authorization"] for asked in server.asked} == {f"Bearer {TOKEN}"}


def test_upload_address_is_only_taken_as_a_path_on_the_chosen_server() -> None:
    own = "https://nop.example.vn:8443/api/files"
    assert (
        upload_address.upload_address(own, "/api/files/1?x=2")
        == "https://nop.example.vn:8443/api/files/1?x=2"
    )
    inner = "http://nop.example.vn:1080/api/files/1"
    assert upload_address.upload_address(own, inner) == "https://nop.example.vn:8443/api/files/1"
    assert upload_address.upload_address(own, "1") == "https://nop.example.vn:8443/api/files/1"
    with pytest.raises(ValueError, match="evil"):
        upload_address.upload_address(own, "https://evil.example/files/1")


def test_pieces_are_proved_where_the_server_can_check_them(kept: KeptTransfer, tmp_path: Path) -> None:
    offer = {"Tus-Extension": "creation,checksum", "Tus-Checksum-Algorithm": "md5,sha1,sha256"}
    start = GoodStart(lambda *_: None, offer)
    with odd_server(start) as server:
        sent(server, kept, tmp_path)
        pieces = [asked for asked in server.asked if asked.method == "PATCH"]
    assert len(pieces) == 3
    for asked in pieces:
        digest = base64.b64encode(hashlib.sha256(asked.body).digest()).decode()
        assert asked.headers["upload-checksum"] == f"sha256 {digest}"


def test_server_without_checks_gets_no_proof(kept: KeptTransfer, tmp_path: Path) -> None:
    with odd_server(GoodStart(lambda *_: None)) as server:
        sent(server, kept, tmp_path)
        assert not any("upload-checksum" in asked.headers for asked in server.asked)


def test_token_and_report_are_in_no_log(
    kept: KeptTransfer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fault_of(
        GoodStart(lambda asked, _count: (500, {}, b"") if asked.method == "PATCH" else None), kept, tmp_path
    )
    assert caplog.records, "the libraries log at this level"
    assert TOKEN not in caplog.text
    assert TOKEN not in (tmp_path / "transfer.json").read_text()
    assert TOKEN not in repr(Server("http://127.0.0.1/files", TOKEN))


def test_nobody_listens(kept: KeptTransfer, tmp_path: Path) -> None:
    with pytest.raises(KnownError) as fault:
        sent(Server("http://127.0.0.1:9/files", TOKEN), kept, tmp_path, tries=1)
    assert fault.value.code == "upload.no_line"


@pytest.mark.enable_socket
def test_unknown_name(kept: KeptTransfer, tmp_path: Path) -> None:
    """A name that can't exist (RFC 2606); no connection is made."""
    with pytest.raises(KnownError) as fault:
        sent(Server("https://khong-co.invalid/files", TOKEN), kept, tmp_path, tries=1)
    assert fault.value.code == "upload.no_name"


@pytest.mark.parametrize(
    ("typed", "kept_as"),
    [
        ("nop.example.vn/files", "https://nop.example.vn/files"),
        (" https://nop.example.vn/files/ ", "https://nop.example.vn/files"),
        ("https://nop.example.vn", "https://nop.example.vn/"),
        ("https://nop.example.vn:8443/a/b", "https://nop.example.vn:8443/a/b"),
        ("http://127.0.0.1:1080/files", "http://127.0.0.1:1080/files"),
        ("http://localhost/files", "http://localhost/files"),
        ("http://[::1]:80/files", "http://[::1]:80/files"),
    ],
)
def test_address_in_one_spelling(typed: str, kept_as: str) -> None:
    assert upload_address.normal(typed) == kept_as
    assert upload_address.normal(kept_as) == kept_as


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "bad_address"),
        ("ftp://nop.example.vn/", "bad_address"),
        ("https://", "bad_address"),
        ("https://user:pass@nop.example.vn/", "bad_address"),
        ("https://nop.example.vn/files?token=1", "bad_address"),
        ("https://nop.example.vn/files#x", "bad_address"),
        ("https://nop.example.vn:99999/", "bad_address"),
        ("https://nộp.vn/", "bad_address"),
        ("https://nop.example.vn/\r\nX: y", "bad_address"),
        ("https://" + "a" * 600, "bad_address"),
        ("http://nop.example.vn/files", "not_encrypted"),
        ("http://192.168.1.5/files", "not_encrypted"),
        ("http://127.0.0.1.example.vn/", "not_encrypted"),
    ],
)
def test_address_that_would_leak_or_mean_nothing_is_refused(typed: str, code: str) -> None:
    with pytest.raises(KnownError) as fault:
        upload_address.normal(typed)
    assert fault.value.code == f"upload.{code}"


# The server's own certificate


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CA and certificates for 127.0.0.1: a good one, an expired one, one of another host (openssl)."""
    folder = tmp_path_factory.mktemp("tls")

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl("req", "-x509", *new, "-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-subj", "/CN=CA")
    for name, host, days in (
        ("good", "127.0.0.1", "9"),
        ("old", "127.0.0.1", "-1"),
        ("other", "127.0.0.2", "9"),
    ):
        openssl("req", *new, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        (folder / "ext").write_text(f"subjectAltName=IP:{host}\n")
        sign = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "ext", "-days", days)
        openssl("x509", "-req", "-in", f"{name}.csr", "-out", f"{name}.pem", *sign)
    return folder


@pytest.mark.parametrize(
    ("name", "trusts", "code"),
    [
        ("good", True, ""),
        ("good", False, "certificate_unknown"),
        ("old", True, "certificate_time"),
        ("other", True, "certificate_host"),
    ],
)
def test_certificate_of_the_server_is_checked(
    name: str, trusts: bool, code: str, pair: Path, kept: KeptTransfer, tmp_path: Path
) -> None:
    files = {"SECRET": pair / f"{name}.key", "CERTIFICATE": pair / f"{name}.pem"}
    with office_server(tmp_path / "office", **files) as office:
        address = office.address.replace("http:", "https:")
        server = Server(address, TOKEN, (pair / "ca.pem").read_text() if trusts else "")
        if code:
            with pytest.raises(KnownError) as fault:
                sent(server, kept, tmp_path)
            assert fault.value.code == f"upload.{code}"
            assert render(fault.value.message)
            assert office.uploads() == []
        else:
            file = sent(server, kept, tmp_path)
            assert office.package(METADATA["package_id"]).read_bytes() == file.read_bytes()
            assert look_at(server).largest is None


def test_server_that_speaks_no_tls(kept: KeptTransfer, tmp_path: Path) -> None:
    with odd_server(GoodStart(lambda *_: None)) as server, pytest.raises(KnownError) as fault:
        sent(Server(server.address.replace("http:", "https:"), TOKEN), kept, tmp_path)
    assert fault.value.code == "upload.tls"


# The receipt


def receipt(answer: Answer, wait: float = 0.0) -> bytes | None:
    with odd_server(lambda *_: answer) as server:
        found = upload_receipt.fetch(Server(server.address, TOKEN), METADATA["package_id"], wait=wait)
        assert {asked.path for asked in server.asked} == {f"/receipts/{METADATA['package_id']}"}
        return found


def test_receipt_is_not_there_yet() -> None:
    assert receipt((202, {}, b"")) is None
    assert receipt((404, {}, b"")) is None


def test_receipt_comes_as_it_is() -> None:
    assert receipt((200, {}, b"PK\x03\x04rest")) == b"PK\x03\x04rest"


def test_receipt_without_end_is_refused() -> None:
    with pytest.raises(KnownError) as fault:
        receipt((200, {}, b"PK\x03\x04" + bytes(upload_receipt.LARGEST)))
    assert fault.value.code == "upload.receipt_too_large"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((200, {}, b"no package"), "no_service"),
        ((200, {"Content-Type": "text/html"}, b"<html>"), "captive_portal"),
        ((401, {}, b""), "token_refused"),
        ((500, {}, b""), "server_fault"),
    ],
)
def test_what_is_no_receipt_is_said(answer: Answer, code: str) -> None:
    with pytest.raises(KnownError) as fault:
        receipt(answer)
    assert fault.value.code == f"upload.{code}"


def test_waiting_for_a_receipt_can_be_stopped() -> None:
    progress = Progress()
    with odd_server(lambda *_: (202, {}, b"")) as server:
        progress.report = lambda *_: progress.stop() if server.asked else None
        with pytest.raises(Cancelled):
            upload_receipt.fetch(Server(server.address, TOKEN), METADATA["package_id"], progress, wait=30)
