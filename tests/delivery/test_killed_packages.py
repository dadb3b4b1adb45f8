"""SIGKILL at each step of making packages: after the next start no file of it stays, and no row is wrong."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cchc_desktop.services import keys as signing_keys
from cchc_desktop.services import outbox, profile, rounds, submissions
from tests.services.handing_in import PASSPHRASE, sample_profile

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import os, signal, sys
from pathlib import Path
from cchc_desktop.delivery import folder as placing
from cchc_desktop.domain.progress import Progress
from cchc_desktop.services import keys, outbox, profile, rounds, submissions
data, usb, channel, step, nth, secret = sys.argv[1:]
left = [int(nth)]
def die():
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
def told(at, done, total):
    if at.id == step:
        die()
if step == "renamed":
    sync = placing.sync_folder
    placing.sync_folder = lambda folder: (sync(folder), die())
if step == "noting":
    note = submissions.filing.note
    submissions.filing.note = lambda *all_: (note(*all_), die())
opened = profile.open_profile(Path(data))
keys.unlock(opened, secret)
round_id = rounds.rounds(opened)[0].id
if channel == "folder":
    submissions.export(opened, round_id, "plan", Path(usb), Progress(told), with_certificate=True)
else:
    submissions.set_email_limit(opened, 1_000_000)
    _made, queued = submissions.prepare(opened, round_id, "selfscore", "email", "a@b.vn", Progress(told))
    outbox.send(opened, queued.id, Progress(told))
"""
CASES = [
    ("folder", "documents.step_layout", 1),
    ("folder", "package.writing", 1),
    ("folder", "package.verifying", 1),
    ("folder", "renamed", 1),
    ("folder", "renamed", 2),  # the certificate beside it
    ("folder", "noting", 1),
    ("email", "renamed", 1),  # the light package
    ("email", "package.writing", 40),  # within an evidence pack
    ("email", "renamed", 3),
    ("email", "noting", 1),
]


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("đơn vị") / "xã"
    with sample_profile(folder):
        pass
    return folder


def packages(*folders: Path) -> list[str]:
    return sorted(path.name for folder in folders for path in folder.rglob("*") if path.is_file())


@pytest.mark.slow
@pytest.mark.parametrize(("channel", "step", "nth"), CASES)
def test_killed_at_any_step_leaves_nothing_after_the_next_start(
    channel: str, step: str, nth: int, unit: Path, tmp_path: Path
) -> None:
    data, usb = Path(shutil.copytree(unit, tmp_path / "xã")), tmp_path / "USB"
    usb.mkdir()
    (usb / "của người khác.part").write_bytes(b"of another program")
    line = [sys.executable, "-c", PROGRAM, data, usb, channel, step, str(nth), PASSPHRASE]
    killed = subprocess.run(list(map(str, line)), cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL, "it was to be killed in the middle"
    with profile.open_profile(data) as opened:
        assert packages(usb, data / "outbox") == ["của người khác.part"]
        round_id = rounds.rounds(opened)[0].id
        assert submissions.submissions_of(opened, round_id) == ()
        assert outbox.deliveries_of(opened, round_id) == ()
        signing_keys.unlock(opened, PASSPHRASE)
        made = submissions.export(opened, round_id, "plan", usb)
        assert (made.revision, made.counter) == (0, 1)
        assert (usb / made.file_name).is_file()


@pytest.mark.slow
def test_killed_while_drafting_keeps_the_package_and_no_draft(unit: Path, tmp_path: Path) -> None:
    """The package has its row and stays queued; drafts are made anew when it goes on."""
    data = Path(shutil.copytree(unit, tmp_path / "xã"))
    line = [sys.executable, "-c", PROGRAM, data, tmp_path, "email", "delivery.drafting", "3", PASSPHRASE]
    assert subprocess.run(list(map(str, line)), cwd=ROOT, check=False).returncode == -signal.SIGKILL
    with profile.open_profile(data) as opened:
        assert [name for name in packages(data / "outbox") if not name.endswith(".asice")] == []
        round_id = rounds.rounds(opened)[0].id
        (queued,) = outbox.deliveries_of(opened, round_id)
        assert queued.state.value == "queued"
        sent = outbox.send(opened, queued.id)
        assert sent.delivery.state.value == "written"
        assert len(sent.made) == len(queued.files)
        assert all(draft.is_file() for draft in sent.made)
