"""`cchc send` and `cchc outbox`: what the window can do, a command can do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cchc_desktop.services import outbox, submissions
from tests.services.handing_in import PASSPHRASE, sample_profile

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with sample_profile(tmp_path / "xã"):
        pass
    (tmp_path / "secret").write_text(PASSPHRASE, encoding="utf-8")
    return tmp_path / "xã"


def cchc(data: Path, *arguments: str | Path, answer: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "cchc_desktop", arguments[0], "--data", str(data), *map(str, arguments[1:])],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == answer, done.stderr
    assert "Traceback" not in done.stderr
    return done


def sent(data: Path, *arguments: str | Path, answer: int = 0) -> subprocess.CompletedProcess[str]:
    secret = data.parent / "secret"
    return cchc(data, "send", "--year", "2026", *arguments, "--passphrase-file", secret, answer=answer)


def listed(data: Path, *arguments: str | Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(cchc(data, "outbox", "--json", *arguments).stdout)["deliveries"]
    return found


def test_folder_then_the_users_word_then_another_way(data: Path, tmp_path: Path) -> None:
    usb, other = tmp_path / "usb", tmp_path / "usb 2"
    usb.mkdir()
    other.mkdir()
    done = sent(data, "--what", "plan", "--channel", "folder", "--to", usb)
    package = Path(done.stdout.strip())
    assert package.is_file()
    (row,) = listed(data)
    assert (row["channel"], row["target"], row["state"], row["kind"]) == (
        "folder",
        str(usb),
        "exported",
        "plan",
    )
    assert row["files"][0]["name"] == package.name
    code = row["id"][:6]
    assert listed(data, "--sent", code)[0]["state"] == "delivered_by_word"
    refused = cchc(data, "outbox", "--another", code, "--channel", "folder", "--to", usb, answer=1)
    assert "Hủy" in refused.stderr
    rows = listed(data, "--another", code, "--channel", "folder", "--to", other)
    assert [one["state"] for one in rows] == ["exported", "delivered_by_word"]
    assert (other / package.name).read_bytes() == package.read_bytes()
    rows = listed(data, "--failed", code, "--reason", "USB hỏng")
    assert (rows[1]["state"], rows[1]["reason"]) == ("failed", "Không đến nơi nhận: USB hỏng")
    assert listed(data, "--year", "2020") == []


def test_mail_writes_drafts_within_the_limit(data: Path) -> None:
    done = sent(
        data, "--what", "selfscore", "--channel", "email", "--to", "sonoivu@daklak.gov.vn", "--limit", "1"
    )
    drafts = [Path(line) for line in done.stdout.split()]
    assert len(drafts) > 2
    assert all(draft.stat().st_size <= 1_000_000 for draft in drafts)
    (row,) = listed(data)
    assert row["state"] == "written"
    assert [file["role"] for file in row["files"]].count("draft") == len(drafts)
    words = cchc(data, "outbox").stdout
    assert "Đã soạn, chưa gửi" in words
    assert "sonoivu@daklak.gov.vn" in words
    assert listed(data, "--sent", row["id"])[0]["state"] == "delivered_by_word"


def test_what_can_not_be_done_is_said_with_the_way_on(data: Path, tmp_path: Path) -> None:
    assert "--to" in sent(data, "--what", "plan", "--channel", "folder", answer=2).stderr
    answer = sent(data, "--what", "plan", "--channel", "email", "--to", "không phải địa chỉ", answer=1)
    assert "địa chỉ thư điện tử" in answer.stderr
    assert "0 lần gửi" in cchc(data, "outbox", "--sent", "abcd", answer=2).stderr
    sent(data, "--what", "plan", "--channel", "folder", "--to", tmp_path / "không có", answer=2)
    assert listed(data) == []
    assert "Chưa có lần gửi nào" in cchc(data, "outbox").stdout


def test_drives_are_listed(data: Path) -> None:
    shown = json.loads(cchc(data, "outbox", "--drives", "--json").stdout)["drives"]
    assert [one["folder"] for one in shown] == [str(drive.folder) for drive in outbox.drives()]


def test_what_a_killed_run_left_is_removed_by_the_next_command(data: Path, tmp_path: Path) -> None:
    """SIGKILL in the middle of writing: the next command that opens the profile clears it away."""
    usb = tmp_path / "usb"
    usb.mkdir()
    program = (
        "import os, signal, sys; from pathlib import Path;"
        "from cchc_desktop.domain.progress import Progress;"
        "from cchc_desktop.services import keys, profile, rounds, submissions;"
        f"p = profile.open_profile(Path({str(data)!r})); keys.unlock(p, {PASSPHRASE!r});"
        "told = Progress(lambda step, done, total: os.kill(os.getpid(), signal.SIGKILL)"
        " if step.id == 'package.verifying' else None);"
        f"submissions.export(p, rounds.rounds(p)[0].id, 'plan', Path({str(usb)!r}), told)"
    )
    killed = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)
    assert killed.returncode == -9
    assert [path.suffix for path in usb.iterdir()] == [".part"]
    assert listed(data) == []
    assert list(usb.iterdir()) == []
    assert submissions.KINDS
