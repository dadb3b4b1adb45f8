"""The server's address and the token that opens it: where they are kept, and where they never go."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cchc_desktop.delivery import upload_access
from cchc_desktop.errors import KnownError
from cchc_desktop.services import (
    outbox,
    uploads,
)
from cchc_desktop.services.profile import Profile
from cchc_desktop.trust.keyring_secret import KeyringAbsent
from tests.delivery.office_server import ROOT, TOKEN, OfficeServer, office_server
from tests.services.uploads.handing_over import (
    Both,
    ready,
    receipted,
)

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


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
