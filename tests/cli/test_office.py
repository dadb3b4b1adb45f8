"""`cchc office`, `cchc receipt` and `cchc key`: both ends of trust without a window, as their users type."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from cchc_desktop.services import office_certificates
from cchc_desktop.trust import key_room
from tests.cli import commands
from tests.cli.commands import Answer
from tests.services.handing_in import sample_profile

NAME, CODE, SECRET = "Sở Nội vụ tỉnh mẫu", "SNV-MAU", "một câu của văn phòng"


def run(capsys: pytest.CaptureFixture[str], *line: object, data: Path | None = None) -> Answer:
    return commands.run(capsys, str(line[0]), *line[1:], data=data)


def new_terminal() -> None:
    """Nothing that an earlier command unlocked is open any more. (Unlocking costs 0.6 s, on purpose.)"""
    key_room._unlocked.clear()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "mật khẩu.txt"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    return file


@pytest.fixture
def unit(tmp_path: Path) -> Iterator[Path]:
    with sample_profile(tmp_path / "xã", key=False):
        pass
    yield tmp_path / "xã"


@pytest.fixture
def post(tmp_path: Path) -> Path:
    (tmp_path / "đường đi").mkdir()
    return tmp_path / "đường đi"


class Desk:
    """The office's terminal."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path, secret: Path) -> None:
        self.capsys, self.folder, self.secret = capsys, folder, secret

    def says(self, *arguments: object, command: str = "office", secret: bool = True) -> Answer:
        more = ("--passphrase-file", self.secret) if secret else ()
        return run(self.capsys, command, *arguments, "--office", self.folder, *more)


@cache
def _office() -> Path:
    """One office for all tests; each works on a copy."""
    folder = Path(tempfile.mkdtemp(prefix="cchc-test-")) / "sở"
    office_certificates.create(folder, NAME, CODE, SECRET, SECRET)
    return folder


@pytest.fixture
def desk(capsys: pytest.CaptureFixture[str], tmp_path: Path, secret: Path) -> Desk:
    shutil.copytree(_office(), tmp_path / "sở")
    return Desk(capsys, tmp_path / "sở", secret)


def test_both_ends_from_request_to_receipt(
    capsys: pytest.CaptureFixture[str], desk: Desk, unit: Path, post: Path, secret: Path
) -> None:
    asked = run(capsys, "key", "request", "--to", post, "--passphrase-file", secret, "--json", data=unit)
    assert asked.code == 0, asked.err
    file, code = asked.json["file"], asked.json["code"]
    # Without the code nothing is issued, but who asks is told; a wrong one is refused
    unheard = desk.says("enrol", file)
    assert (unheard.code, unheard.out) == (1, "")
    assert code in unheard.err
    assert "--code" in unheard.err
    assert desk.says("enrol", file, "--code", "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF").code == 1
    enrolled = desk.says("enrol", file, "--code", code, "--to", post, "--json")
    assert enrolled.code == 0, enrolled.err
    answer = enrolled.json["answer"]
    listed = desk.says("list", "--json", secret=False)
    assert [one["way"] for one in listed.json["certificates"]] == ["authority", "own", "issued"]
    # The unit needs the office's code, once
    assert run(capsys, "key", "answer", answer, data=unit).code == 1
    taken = run(capsys, "key", "answer", answer, "--code", listed.json["code"], "--json", data=unit)
    assert taken.json == {"issuer": NAME, "fingerprint": enrolled.json["fingerprint"]}
    shown = run(capsys, "key", "show", "--json", data=unit).json
    assert (shown["issuer"], shown["fingerprint"]) == (NAME, enrolled.json["fingerprint"])
    # It hands in; the office takes it in
    package = run(
        capsys,
        *("export", "--what", "plan", "--year", 2026, "--to", post, "--passphrase-file", secret),
        data=unit,
    ).out.strip()
    trust = post / "tin-cay.pem"
    assert desk.says("export-trust", "--to", trust, secret=False).code == 0
    assert run(capsys, "verify", package, "--trust", trust, "--json").json["status"] == "valid"
    new_terminal()
    receipt = desk.says(package, "--to", post, "--json", command="receipt")
    assert receipt.code == 0, receipt.err
    (one,) = receipt.json["packages"]
    again = desk.says(package, "--to", post, "--json", command="receipt").json["packages"][0]
    assert (again["receipt"], again["received_at"]) == (one["receipt"], one["received_at"])
    assert desk.says("list", "--json", secret=False).json["received"] == 1
    for effect in ("delivered", "again"):
        back = run(capsys, "receipt", "--take", one["receipt"], "--json", data=unit)
        assert (back.code, back.json["packages"][0]["effect"]) == (0, effect)
    # Revoked, the same package is refused, and says so to people
    new_terminal()
    revoked = desk.says("revoke", "XA-EA-KAO", "--reason", "key_compromise", "--json", secret=False)
    assert revoked.code == 2, "the CA's passphrase has to be typed or given"
    revoked = run(
        capsys,
        *("office", "revoke", "XA-EA-KAO", "--office", desk.folder, "--ca-passphrase-file", secret),
    )
    assert revoked.code == 0, revoked.err
    refused = desk.says(package, "--to", post, command="receipt")
    assert refused.code == 1
    assert "thu hồi" in refused.err


def test_openssl_checks_certificates_and_lists(
    capsys: pytest.CaptureFixture[str], desk: Desk, unit: Path, post: Path, secret: Path
) -> None:
    """What the CA writes is plain X.509: OpenSSL, with its own strict reading, agrees with every step."""
    asked = run(capsys, "key", "request", "--to", post, "--passphrase-file", secret, "--json", data=unit)
    row = desk.says("enrol", asked.json["file"], "--code", asked.json["code"], "--json").json
    with sqlite3.connect(desk.folder / "office.sqlite3") as db:
        pem = dict(db.execute("SELECT way, pem FROM certificates").fetchall())
    ca, leaf, crl = post / "ca.pem", post / "leaf.pem", post / "crl.pem"
    ca.write_text(pem["authority"])
    leaf.write_text(pem["issued"])

    def checked(*more: object) -> subprocess.CompletedProcess[str]:
        line = ["openssl", "verify", "-x509_strict", "-purpose", "any", "-CAfile", ca, *more, leaf]
        return subprocess.run([str(part) for part in line], capture_output=True, text=True, check=False)

    assert checked().returncode == 0, checked().stderr
    with_ca = ("--ca-passphrase-file", secret)
    made = desk.says("crl", "--to", crl, "--json", *with_ca, secret=False)
    assert made.json["number"] == 2, "the first one came with the CA"
    fresh = checked("-crl_check", "-CRLfile", crl)
    assert fresh.returncode == 0, fresh.stderr
    # The CA's key alone is asked for, so its file may come by either name.
    assert desk.says("revoke", row["fingerprint"][:16], "--passphrase-file", secret, secret=False).code == 0
    assert desk.says("crl", "--to", crl, "--days", 10, *with_ca, secret=False).code == 0
    revoked = checked("-crl_check", "-CRLfile", crl)
    assert revoked.returncode != 0
    assert "certificate revoked" in revoked.stderr
    told = subprocess.run(
        ["openssl", "crl", "-in", str(crl), "-noout", "-text"], capture_output=True, text=True, check=True
    ).stdout
    assert "Key Compromise" in told
    assert row["serial"].upper().lstrip("0") in told
    text = subprocess.run(
        ["openssl", "x509", "-in", str(ca), "-noout", "-ext", "basicConstraints,keyUsage"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "CA:TRUE, pathlen:0" in text
    assert "Certificate Sign, CRL Sign" in text


def test_pin_instead_of_issuing_and_take_it_off_again(
    capsys: pytest.CaptureFixture[str], desk: Desk, unit: Path, post: Path, secret: Path
) -> None:
    asked = run(capsys, "key", "request", "--to", post, "--passphrase-file", secret, "--json", data=unit)
    pinned = desk.says("pin", asked.json["file"], "--code", asked.json["code"], "--json")
    assert (pinned.code, pinned.json["way"]) == (0, "pinned"), pinned.err
    office_code = desk.says("list", "--json", secret=False).json["code"]
    taken = run(capsys, "key", "answer", pinned.json["answer"], "--code", office_code, "--json", data=unit)
    assert taken.json["fingerprint"] == pinned.json["fingerprint"]
    package = run(
        capsys,
        *("export", "--what", "plan", "--year", 2026, "--to", post, "--passphrase-file", secret),
        data=unit,
    ).out.strip()
    assert desk.says(package, "--to", post, command="receipt").code == 0
    new_terminal()
    assert desk.says("revoke", "XA-EA-KAO", secret=False).code == 0, "unpinning needs no CA key"
    refused = desk.says(package, "--to", post, command="receipt")
    assert refused.code == 1
    assert "chưa rõ người ký" in refused.err


def test_office_is_made_once_and_says_when_there_is_none(
    capsys: pytest.CaptureFixture[str], desk: Desk, tmp_path: Path
) -> None:
    again = desk.says("create", "--name", NAME, "--code", CODE)
    assert (again.code, again.out) == (1, "")
    nowhere = run(capsys, "office", "list", "--office", tmp_path / "trống")
    assert nowhere.code == 2
    assert "cchc office create" in nowhere.err
    assert not (tmp_path / "trống").exists()


def test_default_folder_is_office_in_the_data_folder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, secret: Path
) -> None:
    made = run(
        capsys,
        *("office", "create", "--name", NAME, "--code", CODE, "--passphrase-file", secret, "--json"),
        data=tmp_path / "dữ liệu",
    )
    assert made.code == 0, made.err
    assert len(made.json["code"]) == 29
    assert (tmp_path / "dữ liệu/office/office.sqlite3").is_file()


def test_register_is_append_only(desk: Desk) -> None:
    """With the sqlite3 shell too: what was given out or taken in is not changed, removed or renumbered."""
    with sqlite3.connect(desk.folder / "office.sqlite3") as db:
        for statement in (
            "UPDATE certificates SET name = 'x'",
            "DELETE FROM certificates",
            "DELETE FROM revocation_lists",
            "INSERT INTO revocation_lists VALUES (1, '', '', '')",
            "INSERT OR REPLACE INTO revocation_lists VALUES (1, '', '', '')",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                db.execute(statement)


def test_unit_of_the_offices_own_code_is_not_enrolled(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, unit: Path, post: Path, secret: Path
) -> None:
    """Else a unit could sign receipts that other units take for the office's."""
    twin = Desk(capsys, tmp_path / "sở trùng mã", secret)
    assert twin.says("create", "--name", NAME, "--code", "XA-EA-KAO").code == 0
    asked = run(capsys, "key", "request", "--to", post, "--passphrase-file", secret, "--json", data=unit)
    refused = twin.says("enrol", asked.json["file"], "--code", asked.json["code"])
    assert refused.code == 1
    assert "mã của chính cơ quan" in refused.err


def test_refused_calls(desk: Desk, tmp_path: Path) -> None:
    assert desk.says("enrol", tmp_path / "không có.asice", "--code", "x").code == 2
    assert desk.says("revoke", "KHONG-CO", secret=False).code == 1
    with_ca = ("--ca-passphrase-file", desk.secret)
    assert desk.says("revoke", CODE, "--since", "hôm qua", *with_ca, secret=False).code == 2
    assert desk.says("revoke", CODE, "--since", "2099-01-01", *with_ca, secret=False).code == 2
    assert desk.says("crl", "--days", 0, *with_ca, secret=False).code == 2
    new_terminal()
    assert desk.says("crl", secret=False).code == 2, "locked, and nobody to ask"
