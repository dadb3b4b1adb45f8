"""Full, limited, read-only and failing disks at every moment: a sentence, nothing lost, and it works then.

Full disks are small tmpfs, the quota is RLIMIT_FSIZE, read-only is a mount, all real. What fails is the
system call itself: strace stands between the program and the kernel and answers EIO.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.moments import MOMENTS, Unit, faults, prepared
from tests.faults.mounted import ROOT, played

DISKS = {
    "full": ("No space left on device", re.compile(r"(\w+\.disk_full|documents\.scratch_full)")),
    "quota": ("File too large", re.compile(r"(\w+\.disk_full|documents\.scratch_full)")),
    "read_only": ("Read-only file system", re.compile(r"\w+\.read_only")),
}


@pytest.mark.slow
@pytest.mark.parametrize("disk", DISKS)
def test_every_moment_ends_in_a_sentence_and_a_sound_profile(
    disk: str, template: Path, tmp_path: Path
) -> None:
    """All seven in one mount space; each on a copy of its own."""
    plain, codes = DISKS[disk]
    told = played("tests.faults.disks", disk, tmp_path / "ổ đĩa", template)
    assert tuple(told) == MOMENTS
    for moment, found in told.items():
        assert found["plain"] == plain, (moment, "the disk has the fault at all")
        assert found["said"] is not None, (moment, "it is not passed over")
        code, sentence = found["said"]
        assert codes.fullmatch(code), (moment, code)
        assert str(tmp_path / "ổ đĩa") in sentence, (moment, "it says where")
        assert found["after"] == [], moment
        assert found["again"] is None, (moment, "and it works on the mended disk")
        assert found["at last"] == [], moment


FAILING = {"write": "write,pwrite64", "fsync": "fsync,fdatasync"}
SAID = re.compile(r"\w+\.(input_output|gone|not_verified|not_written|scratch_failed|disk_full|damaged)")
"""A stick that gives EIO has most often been pulled out: `delivery.gone` says so."""


def failing(
    moment: str, calls: str, inject: str, unit: Unit, log: Path
) -> tuple[list[str] | None, dict[str, str]]:
    """The moment's work in a process of its own, with the wanted calls made to fail."""
    answer = subprocess.run(
        [
            *("strace", "-f", "-qq", "--seccomp-bpf", "-o", str(log), "-e", f"trace={calls}"),
            *(("-e", f"inject={calls}:error=EIO:when={inject}") if inject else ()),
            *(sys.executable, "-B", "-m", "tests.faults.moments"),
            *(moment, str(unit.folder), str(unit.post), str(unit.edits)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(unit.folder.parent)},
    )
    assert "Traceback" not in answer.stderr, answer.stderr
    assert answer.returncode == 0, answer.stderr
    said, saved = json.loads(answer.stdout)
    return said, saved


def fresh(template: Path, place: Path) -> Unit:
    place.mkdir()
    unit = Unit(Path(shutil.copytree(template, place / "hồ sơ")), place / "ổ rời", edits=8)
    prepared(unit)
    return unit


def strike_and_look(moment: str, calls: str, inject: str, template: Path, place: Path) -> list[str] | None:
    unit = fresh(template, place)
    before = dict(unit.saved)
    said, saved = failing(moment, calls, inject, unit, place / "strace")
    # A restore that went through puts away what came after the backup, as it was asked to.
    unit.saved = saved if moment == "restore" and said is None else {**before, **saved}
    assert faults(unit) == [], (moment, calls, inject, said)
    return said


def test_what_fails_is_the_program_s_own_call(template: Path, tmp_path: Path) -> None:
    """Without the fault it works; with it, strace has answered EIO to a call on the profile's log."""
    unit = fresh(template, tmp_path / "một")
    assert failing("edit", FAILING["fsync"], "", unit, tmp_path / "lành")[0] is None
    unit = fresh(template, tmp_path / "hai")
    said, _saved = failing("edit", FAILING["fsync"], "3+", unit, tmp_path / "hỏng")
    assert said is not None and SAID.fullmatch(said[0])
    assert re.search(r"(fsync|fdatasync)\(\d+\) += -1 EIO .*\(INJECTED\)", (tmp_path / "hỏng").read_text())


def points(moment: str, calls: str, template: Path, place: Path, most: int) -> list[int]:
    """Where to fail: the first call, the last but few, and some between, of as many as the work makes."""
    unit = fresh(template, place)
    said, _saved = failing(moment, calls, "", unit, place / "strace")
    assert said is None, said
    # strace counts each call of each thread by itself.
    made = Counter(re.findall(r"^(\d+ +\w+)\(.*= \d+$", (place / "strace").read_text(), re.MULTILINE))
    count = max(made.values())
    assert count > 1, (moment, calls, made)
    return sorted({max(1, round(1 + (count - 1) * part / (most - 1))) for part in range(most)})


@pytest.mark.slow
@pytest.mark.parametrize("call", FAILING)
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_disk_that_fails_is_told_and_nothing_is_lost(
    moment: str, call: str, template: Path, tmp_path: Path
) -> None:
    """The first call still works, from the second on the disk is dead."""
    said = strike_and_look(moment, FAILING[call], "2+", template, tmp_path / "hỏng")
    assert said is not None, "the fault was met and told"
    assert SAID.fullmatch(said[0]), said


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("call", FAILING)
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_disk_that_fails_anywhere(moment: str, call: str, template: Path, tmp_path: Path) -> None:
    """From the first call, from the last but one, and from 23 between them."""
    said = []
    for number in points(moment, FAILING[call], template, tmp_path / "lành", 25)[:-1]:
        found = strike_and_look(moment, FAILING[call], f"{number}+", template, tmp_path / f"{number}")
        if found is not None:
            said.append(found[0])
            assert SAID.fullmatch(found[0]), found
    assert said, "the fault was met and told"


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("call", FAILING)
@pytest.mark.parametrize("moment", MOMENTS)
def test_one_call_that_fails_and_then_none(moment: str, call: str, template: Path, tmp_path: Path) -> None:
    """A loose cable: the work may be told to have failed or, where it was no matter, go through."""
    for number in points(moment, FAILING[call], template, tmp_path / "lành", 8):
        found = strike_and_look(moment, FAILING[call], f"{number}", template, tmp_path / f"{number}")
        assert found is None or SAID.fullmatch(found[0]), found
