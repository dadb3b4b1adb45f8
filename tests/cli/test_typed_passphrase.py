"""Keys made in a terminal of a machine without a keyring: the passphrase is typed twice and never shown."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECRET = "mật khẩu gõ tay"


def typed(arguments: list[str], answers: list[str], data: Path) -> tuple[int, str]:
    """Run `cchc` on a real terminal, give each question its answer; the exit code and all that was shown."""
    leader, follower = pty.openpty()
    environment = os.environ | {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    environment |= {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    line = [sys.executable, "-m", "cchc_desktop", *arguments, "--data", str(data)]
    child = subprocess.Popen(
        line,
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=environment,
        cwd=ROOT,
        start_new_session=True,
    )
    os.close(follower)
    shown, left, end = b"", list(answers), time.monotonic() + 60
    asked = 0
    while time.monotonic() < end:
        if select.select([leader], [], [], 0.2)[0]:
            try:
                chunk = os.read(leader, 4096)
            except OSError:  # the terminal is gone with its last program
                break
            if not chunk:
                break
            shown += chunk
        if left and shown.endswith(b": ") and len(shown) > asked:
            asked = len(shown)
            os.write(leader, f"{left.pop(0)}\n".encode())
        if child.poll() is not None and not select.select([leader], [], [], 0)[0]:
            break
    os.close(leader)
    return child.wait(20), shown.decode("utf-8", "replace")


@pytest.mark.parametrize(
    "arguments",
    [
        ["forms", "key", "{to}", "--name", "Sở Nội vụ", "--code", "SNV"],
        ["office", "create", "--office", "{to}", "--name", "Sở Nội vụ", "--code", "SNV"],
    ],
    ids=["forms key", "office create"],
)
def test_passphrase_is_asked_twice_where_there_is_no_keyring(tmp_path: Path, arguments: list[str]) -> None:
    to = tmp_path / "khóa"
    line = [part.format(to=to) for part in arguments]
    code, shown = typed(line, [SECRET, SECRET], tmp_path)
    assert code == 0, shown
    assert "Nhập lại mật khẩu" in shown
    assert SECRET not in shown
    assert list(to.rglob("keys/current"))


def test_two_different_passphrases_make_no_key(tmp_path: Path) -> None:
    to = tmp_path / "khóa"
    line = ["forms", "key", str(to), "--name", "Sở Nội vụ", "--code", "SNV"]
    code, shown = typed(line, [SECRET, SECRET + "x"], tmp_path)
    assert code == 2
    assert "không giống nhau" in shown
    assert not list(to.rglob("*.pem"))
