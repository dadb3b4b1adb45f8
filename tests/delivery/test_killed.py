"""The process is killed while it writes: the final name is not there, and the next try goes through."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cchc_desktop.delivery.folder import place

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys, time
from pathlib import Path
from cchc_desktop.delivery.folder import place
where, step = Path(sys.argv[1]), sys.argv[2]
def wait():
    (where.parent / "there").touch()
    time.sleep(60)
def write(file):
    file.write(b"half")
    file.flush()
    if step == "writing":
        wait()
def read_back(path, written):
    wait()
place(where, "x.asice", 8, write, read_back)
"""


@pytest.mark.parametrize("step", ["writing", "reading back"])
def test_killed_at_any_moment_leaves_no_final_file(step: str, tmp_path: Path) -> None:
    where = tmp_path / "usb"
    where.mkdir()
    child = subprocess.Popen([sys.executable, "-c", PROGRAM, str(where), step], cwd=ROOT)
    deadline = time.monotonic() + 60
    while not (tmp_path / "there").exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    child.send_signal(signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    assert [path.name for path in where.iterdir()] == ["x.asice.part"]
    place(
        where, "x.asice", 8, lambda file: file.write(b"whole"), lambda path, _n: path.read_bytes() == b"whole"
    )
    assert [path.name for path in where.iterdir()] == ["x.asice"]
