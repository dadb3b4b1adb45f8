"""`cchc countersign` and `cchc export` with a file or a token, as people call them."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cchc_desktop.domain.verification import Outcome
from cchc_desktop.services.verification import verify
from cchc_desktop.trust.key_room import KeyRoom
from tests.cli.test_verify import call
from tests.package.samples import NOW as SIGNED
from tests.package.samples import on_disk, packed, pinned, signer_of
from tests.services.handing_in import sample_profile
from tests.trust.authority import DAY, Authority, rsa_key
from tests.trust.soft_token import LIBRARY, PIN, SoftToken, make_token
from tests.trust.test_pkcs12 import made

NOW = datetime.now(UTC)
AUTHORITY = Authority(NOW)
PASSWORD = "mật khẩu tệp"
KEY_PASSPHRASE = "mật khẩu của chủ tịch"


def issued(name: str = "Chủ tịch xã", code: str = "XA-EA-KAO") -> tuple[object, object]:
    return AUTHORITY.issue(name, code, SIGNED - DAY, NOW + 400 * DAY, rsa_key(2048))


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SoftToken:
    folder = tmp_path / "hsm"
    folder.mkdir()
    token = make_token(folder, monkeypatch)
    token.take(*issued())  # type: ignore[arg-type]
    return token


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return on_disk(tmp_path, packed()[0])


@pytest.fixture
def to(tmp_path: Path) -> Path:
    folder = tmp_path / "đã ký thêm"
    folder.mkdir()
    return folder


def secret(folder: Path, words: str) -> Path:
    file = folder / "secret"
    file.write_text(f"{words}\n", encoding="utf-8")
    return file


def p12(folder: Path, code: str = "XA-EA-KAO") -> Path:
    room = folder / "p12"
    room.mkdir()
    return made(room, *issued(code=code), password=PASSWORD)  # type: ignore[arg-type]


def trust(folder: Path) -> list[Path]:
    authority = folder / "authority.pem"
    authority.write_bytes(AUTHORITY.certificate.pem)
    return [authority, pinned(folder)]


def test_with_a_file(package: Path, to: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, password = p12(tmp_path), secret(tmp_path, PASSWORD)
    assert call("countersign", package, "--to", to, "--p12", file, "--passphrase-file", password) == 0
    said = capsys.readouterr()
    first, path = said.out.splitlines()
    assert "Chữ ký 1: UBND xã Ea Kao" in first
    assert Path(path) == to / package.name.replace(".asice", "_K02.asice")
    assert said.err == ""
    found = verify(Path(path), trust(tmp_path))
    assert found.outcome is Outcome.VALID_WITH_WARNINGS  # nobody made a revocation list
    assert len(found.signers) == 2


def test_with_a_token(
    package: Path, to: Path, tmp_path: Path, token: SoftToken, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("countersign", package, "--to", to, "--token", LIBRARY, "--token-label", token.label)
    assert call(*words, "--passphrase-file", secret(tmp_path, "000000")) == 1
    assert "Sai mã PIN" in capsys.readouterr().err
    assert list(to.iterdir()) == []
    assert call(*words, "--pss", "--passphrase-file", secret(tmp_path, PIN)) == 0
    (path,) = to.iterdir()
    assert len(verify(path, trust(tmp_path)).signers) == 2


def test_with_a_key_folder(
    package: Path, to: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The head's own PC, where the program made a key; it was locked since."""
    folder = tmp_path / "máy của chủ tịch"
    room = KeyRoom(folder)
    room.create("UBND xã Ea Kao", "XA-EA-KAO", KEY_PASSPHRASE, SIGNED - DAY)
    room.lock()
    words = ("countersign", package, "--to", to, "--key-folder", folder)
    assert call(*words) == 2  # nobody to ask
    assert "--passphrase-file" in capsys.readouterr().err
    assert call(*words, "--passphrase-file", secret(tmp_path, KEY_PASSPHRASE)) == 0
    assert len(list(to.iterdir())) == 1


def test_who_may_not(package: Path, to: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, password = p12(tmp_path, "XA-HOA-PHU"), secret(tmp_path, PASSWORD)
    assert call("countersign", package, "--to", to, "--p12", file, "--passphrase-file", password) == 1
    assert "XA-HOA-PHU" in capsys.readouterr().err
    assert call("countersign", package, "--to", to, "--key-folder", tmp_path / "không có") == 1
    assert "chưa có khóa" in capsys.readouterr().err
    assert list(to.iterdir()) == []


def test_file_and_token_at_once_is_no_call(
    package: Path, to: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        call("countersign", package, "--to", to, "--p12", "a.p12", "--token", "b.so")
    assert caught.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_export_signs_with_a_file_or_a_token(
    to: Path, tmp_path: Path, token: SoftToken, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "xã"
    with sample_profile(data, key=False):
        pass
    words = ("export", "--what", "plan", "--year", 2026, "--to", to)
    options = ("--token", LIBRARY, "--token-label", token.label, "--passphrase-file", secret(tmp_path, PIN))
    assert call(*words, *options, data=data) == 0
    said = capsys.readouterr()
    assert "chưa có khóa" not in said.err
    found = verify(Path(said.out.strip()), trust(tmp_path))
    assert found.signers[0].name == "Chủ tịch xã"
    shutil.rmtree(to)
    to.mkdir()
    options = ("--p12", p12(tmp_path), "--passphrase-file", secret(tmp_path, PASSWORD))
    assert call(*words, *options, data=data) == 0
    (path,) = to.iterdir()
    assert verify(path, trust(tmp_path)).signers[0].fingerprint != signer_of().certificate.fingerprint
