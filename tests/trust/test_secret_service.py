"""The key with the real Secret Service of a desktop: gnome-keyring in a session of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def session(tmp_path: Path, *jobs: str, unlock: bool = True) -> list[dict[str, Any]]:
    """Each job in a process of its own, all in one D-Bus session with one keyring."""
    profile = tmp_path / "hồ sơ"
    profile.mkdir(exist_ok=True)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHON_KEYRING_BACKEND"}
    environment |= {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "XDG_RUNTIME_DIR": str(tmp_path)}
    environment |= {"XDG_DATA_HOME": str(tmp_path / "share"), "PYTHONUTF8": "1"}
    start = (
        "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1\n" if unlock else ""
    )
    lines = [f'"{sys.executable}" -m tests.trust.keyring_job {job} "{profile}"' for job in jobs]
    answer = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", start + "\n".join(lines)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return [json.loads(line) for line in answer.stdout.splitlines()]


def files_below(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_secret_lies_in_the_keyring_and_another_process_signs_with_it(tmp_path: Path) -> None:
    created, later = session(tmp_path, "create", "look")
    assert created["backend"] == "keyring.backends.SecretService"
    assert (created["state"], created["protection"]) == ("ready", "keyring")
    assert later["state"] == "ready"
    assert later["fingerprint"] == created["fingerprint"]
    assert later["signature"] > 60
    secret = str(later["secret"])
    assert len(secret) == 44
    kept = files_below(tmp_path / "hồ sơ")
    assert kept
    assert not [path for path, content in kept.items() if secret.encode() in content]
    (key_file,) = (path for path in kept if path.suffix == ".pem")
    assert b"BEGIN ENCRYPTED PRIVATE KEY" in kept[key_file]
    assert b"BEGIN PRIVATE KEY" not in kept[key_file]


def test_openssl_opens_the_key_file_with_the_keyrings_secret(tmp_path: Path) -> None:
    """The one format: a standard PKCS#8 that any tool opens, so that nobody depends on this program."""
    (created,) = session(tmp_path, "create")
    (key_file,) = (tmp_path / "hồ sơ/keys").glob("*.pem")
    line = ["openssl", "pkey", "-in", str(key_file), "-noout", "-text", "-passin"]
    good = subprocess.run(
        [*line, "stdin"], input=str(created["secret"]), capture_output=True, text=True, check=False
    )
    assert "ASN1 OID: prime256v1" in good.stdout, good.stderr
    bad = subprocess.run([*line, "stdin"], input="wrong", capture_output=True, text=True, check=False)
    assert bad.returncode != 0


def test_lost_entry_is_said_and_a_new_key_is_made(tmp_path: Path) -> None:
    created, forgotten, replaced = session(tmp_path, "create", "forget", "replace")
    assert (forgotten["state"], forgotten["reason"], forgotten["error"]) == (
        "lost",
        "trust.key_lost",
        "trust.key_lost",
    )
    assert forgotten["fingerprint"] == created["fingerprint"]
    assert replaced["state"] == "ready"
    assert replaced["fingerprint"] != created["fingerprint"]
    assert len(list((tmp_path / "hồ sơ/keys").glob("*.pem"))) == 2


def test_profile_on_a_machine_without_a_keyring_is_lost_but_says_why(tmp_path: Path) -> None:
    session(tmp_path, "create")
    (elsewhere,) = session(tmp_path, "look", unlock=False)
    assert elsewhere["state"] in ("lost", "locked")
    assert elsewhere["reason"] in ("trust.key_lost_with_keyring", "trust.keyring_shut", "trust.key_lost")
    assert "signature" not in elsewhere


def test_ca_key_lies_in_the_keyring_too_and_issues_from_another_process(tmp_path: Path) -> None:
    created, issued = session(tmp_path, "create-ca", "issue")
    assert (created["state"], created["protection"]) == ("ready", "keyring")
    assert issued["issued"]
    secrets = {str(issued["ca_secret"]), str(issued["unit_secret"]), str(created["secret"])}
    assert {len(secret) for secret in secrets} == {44}
    assert len(secrets) == 2, "one for each key; the CA's as it was made"
    folder = tmp_path / "hồ sơ"
    for path, content in files_below(folder).items():
        assert not [path for secret in secrets if secret.encode() in content]
    line = ["openssl", "verify", "-x509_strict", "-crl_check", "-CAfile", "ca.pem", "-CRLfile", "crl.pem"]
    answer = subprocess.run([*line, "unit.pem"], cwd=folder, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


def test_rotation_keeps_the_old_key_until_the_new_certificate_comes(tmp_path: Path) -> None:
    """Each step in a process of its own: the waiting key's secret is found again, and so is the old one's."""
    created, prepared, looked, taken, later = session(tmp_path, "create", "prepare", "look", "take", "look")
    assert created["fingerprint"] == prepared["fingerprint"] == looked["fingerprint"]
    assert created["secret"] == looked["secret"]
    assert taken["state"] == later["state"] == "ready"
    assert later["fingerprint"] == taken["fingerprint"] != created["fingerprint"]
    assert later["signature"] > 60
    assert later["secret"] != created["secret"]
