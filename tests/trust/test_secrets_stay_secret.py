"""Secrets are never in a log, a database, a file, `ps`, another program's arguments or a crash report."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    plain = {key: value for key, value in os.environ.items() if key != "PYTHON_KEYRING_BACKEND"}
    plain |= {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "XDG_RUNTIME_DIR": str(tmp_path)}
    return plain | {"XDG_DATA_HOME": str(tmp_path / "share"), "PYTHONUTF8": "1"}


def spellings(secret: str) -> list[bytes]:
    """As it is, and as careless code would let it out."""
    raw = secret.encode()
    found = [raw, base64.b64encode(raw), raw.hex().encode(), json.dumps(secret).encode()[1:-1]]
    if len(secret) == 44:  # 32 bytes, as the keyring keeps them
        found.append(base64.urlsafe_b64decode(secret))
    return found


def test_grep_finds_no_secret_anywhere(tmp_path: Path, environment: dict[str, str]) -> None:
    """Keyring secrets, passphrases of unit and CA, derived secrets and the private numbers themselves."""
    folder = tmp_path / "mọi thứ"
    folder.mkdir()
    job = (
        "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1\n"
        f'"{sys.executable}" -m tests.trust.secrets_job "{folder}" 2>"{folder}/stderr.txt"'
    )
    answer = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", job],
        env=environment | {"QT_QPA_PLATFORM": "offscreen"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert answer.returncode == 0, (folder / "stderr.txt").read_text("utf-8")
    secrets = json.loads(answer.stdout)
    assert len(secrets) == 2 + 4 * (1 + 3) + 1 + 2 * (1 + 3)
    looked_at = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    names = {path.name for path in looked_at}
    assert {
        "log.txt",
        "ps.txt",
        "crash.txt",
        "said.txt",
        "stderr.txt",
        "office.sqlite3",
        "cchc.sqlite3",
    } <= names
    assert b"tests.trust.secrets_job" in looked_at[folder / "ps.txt"], "ps was really asked"
    assert b"Traceback" in looked_at[folder / "crash.txt"]
    assert b"trust.wrong_passphrase" in looked_at[folder / "log.txt"]
    found = [
        (path.name, secret[:4])
        for path, content in looked_at.items()
        for secret in secrets
        for spelling in spellings(secret)
        if spelling in content
    ]
    assert found == []
    # The same search finds what is there
    (folder / "lộ.txt").write_text(f"x{secrets[0]}y", "utf-8")
    assert any(spelling in (folder / "lộ.txt").read_bytes() for spelling in spellings(secrets[0]))


def test_passphrases_of_commands_are_in_no_argument_of_any_process(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    """strace writes down every program that is started, with its arguments and its environment."""
    own, ca = tmp_path / "own.txt", tmp_path / "ca.txt"
    own.write_text("mật khẩu của văn phòng\n", "utf-8")
    ca.write_text("mật khẩu của nơi cấp\n", "utf-8")
    call = [sys.executable, "-m", "cchc_desktop", "office", "create", "--office", tmp_path / "sở"]
    call += ["--name", "Sở Nội vụ", "--code", "SNV", "--passphrase-file", own, "--ca-passphrase-file", ca]
    calls = tmp_path / "calls"
    line = ["strace", "-f", "-qq", "-v", "-s", "9999", "-xx", "-e", "trace=execve", "-o", calls, *call]
    answer = subprocess.run(
        [str(part) for part in line],
        env=environment | {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    text = calls.read_text().replace("\\x", "")
    assert b"cchc_desktop".hex() in text, "the arguments are really written down"
    for secret in ("mật khẩu của văn phòng", "mật khẩu của nơi cấp"):
        assert secret.encode().hex() not in text
        assert secret not in answer.stdout + answer.stderr
        for path in (tmp_path / "sở").rglob("*"):
            assert path.is_dir() or secret.encode() not in path.read_bytes()
