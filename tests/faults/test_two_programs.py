"""Two programs on one profile: the second is told who holds it, at every moment, and the first works on."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from cchc_desktop.store.profile import open_profile
from tests.faults.moments import MOMENTS, Unit, faults, prepared
from tests.faults.mounted import ROOT


def test_the_second_program_is_told_at_every_moment(template: Path, tmp_path: Path) -> None:
    unit = Unit(Path(shutil.copytree(template, tmp_path / "hồ sơ")), tmp_path / "ổ rời")
    prepared(unit)
    call = [sys.executable, "-m", "tests.faults.moments", "all", unit.folder, unit.post, "3"]
    with open_profile(unit.folder) as first:
        unit.explain(first, "chương trình thứ nhất", "trước")
        answer = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=True)
        unit.explain(first, "chương trình thứ nhất", "sau")
    told = json.loads(answer.stdout)
    assert tuple(told) == MOMENTS
    for moment, (code, sentence) in told.items():
        assert code == "store.locked", moment
        assert socket.gethostname() in sentence
        assert "Đóng chương trình ở máy đó" in sentence
    assert list(unit.post.iterdir()) == []
    assert faults(unit) == []


ONE_OF_MANY = """
import os, pathlib, sys
from cchc_desktop.errors import KnownError
from cchc_desktop.store import answers, rounds
from cchc_desktop.store.profile import open_profile
os.write(1, b"ready\\n")
sys.stdin.readline()
try:
    with open_profile(pathlib.Path(sys.argv[1])) as profile:
        round_id = profile.read(rounds.all_rounds)[0].id
        profile.write(lambda change: answers.set_explanation(change, round_id, f"p{os.getpid()}", "x"))
        os.write(1, f"{os.getpid()}\\n".encode())
        sys.stdin.readline()
except KnownError as error:
    os.write(1, f"{error.code}\\n".encode())
"""


def test_of_programs_that_start_at_once_exactly_one_gets_it(template: Path, tmp_path: Path) -> None:
    unit = Unit(Path(shutil.copytree(template, tmp_path / "hồ sơ")), tmp_path / "ổ rời")
    prepared(unit)
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", ONE_OF_MANY, unit.folder],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        for _ in range(4)
    ]
    said = []
    try:
        for one in programs:
            assert one.stdout is not None and one.stdout.readline() == "ready\n"
        for one in programs:
            assert one.stdin is not None
            one.stdin.write("go\n")
        for one in programs:
            assert one.stdout is not None
            said.append(one.stdout.readline().strip())
    finally:
        for one in programs:
            one.communicate("end\n", timeout=60)
    (winner,) = [word for word in said if word.isdigit()]
    others = [word for word in said if not word.isdigit()]
    assert len(others) == 3
    # One that looks before the winner has signed can't say who it is.
    assert set(others) <= {"store.locked", "store.locked_unknown"}
    unit.saved[f"p{winner}"] = "x"
    assert faults(unit) == []
