"""What was said to be saved is there after a kill, and was on the disk before it was said."""

from __future__ import annotations

import hashlib
import os
import random
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cchc_desktop.store import answers, evidence, evidence_files, journal, plan, rounds
from cchc_desktop.store.profile import Profile, open_profile

ROOT = Path(__file__).resolve().parents[2]
AT_LEAST = 20

Saved = dict[tuple[str, str], int]


def edit_until_killed(folder: Path, seed: int, chance: random.Random) -> tuple[int, Saved]:
    """How many edits the program called saved, and the last of each kind and place."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.store.editor", folder, str(seed)], cwd=ROOT, stdout=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        said = b""
        try:
            while said.count(b"\n") < AT_LEAST:
                ready, _, _ = select.select([program.stdout], [], [], 60)
                assert ready, "the program stopped speaking"
                part = os.read(program.stdout.fileno(), 65536)
                assert part, "the program ended by itself"
                said += part
            time.sleep(chance.random() * 0.05)
        finally:
            program.send_signal(signal.SIGKILL)
        said += program.stdout.read()
    saved: Saved = {}
    for line in said.decode().splitlines(keepends=True):
        if line.endswith("\n"):
            kind, where, number = line.split()
            saved[kind, where] = int(number)
    assert program.returncode == -signal.SIGKILL
    return said.count(b"\n"), saved


def check(profile: Profile, saved: Saved) -> None:
    """Everything said is there; at most the one edit that was under way may be newer."""
    round_id = profile.read(rounds.all_rounds)[0].id
    stated = profile.read(lambda db: answers.of_round(db, round_id))
    tasks = {task.id: int(task.title) for task in profile.read(lambda db: plan.tasks(db, round_id))}
    pieces = {piece.id: piece for piece in profile.read(lambda db: evidence.of_round(db, round_id))}
    newest = max(saved.values())
    for (kind, where), number in saved.items():
        if kind == "answer":
            found = int(stated[where].explanation)
        elif kind == "task":
            found = tasks[where]
        else:
            found = int(pieces[where].record.number)
        assert found in (number, newest + 1), (kind, where, number, found)
    for piece in pieces.values():
        evidence_files.checked(profile.evidence_folder, piece.sha256, piece.name)
    assert list(profile.evidence_folder.glob("*.part")) == [], "half copies were swept away"
    assert profile.read(journal.verify_chain) is None
    assert profile.read(journal.verify_rows) is None


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kills", [12, pytest.param(50, marks=pytest.mark.long)])
def test_nothing_said_to_be_saved_is_lost_by_a_kill(
    profile: Profile, kills: int, capsys: pytest.CaptureFixture[str]
) -> None:
    profile.close()
    seed = random.SystemRandom().randrange(10**9)
    chance = random.Random(seed)
    total = 0
    for kill in range(kills):
        edits, saved = edit_until_killed(profile.folder, seed + kill, chance)
        assert edits >= AT_LEAST
        total += edits
        with open_profile(profile.folder) as opened:
            check(opened, saved)
    with capsys.disabled():
        sys.stdout.write(f"\n{kills} kills, seed {seed}: {total} edits said to be saved, none lost\n")


def test_the_killed_program_s_half_files_are_in_nobody_s_way(profile: Profile) -> None:
    """Two kills in the quick run, so that the test itself is exercised there."""
    profile.close()
    chance = random.Random(7)
    for kill in range(2):
        edits, saved = edit_until_killed(profile.folder, kill, chance)
        assert edits >= AT_LEAST
        with open_profile(profile.folder) as opened:
            check(opened, saved)


STRACED = """
import os, sys, pathlib
from cchc_desktop.services import evidence, rounds
from cchc_desktop.services.profile import open_profile
from cchc_desktop.domain.evidence import EvidenceRecord
from cchc_desktop.store import answers
profile = open_profile(pathlib.Path(sys.argv[1]))
round_id = rounds.rounds(profile)[0].id
os.write(1, b"BEGIN edit\\n")
profile.write(lambda change: answers.set_explanation(change, round_id, "r1", "x"))
os.write(1, b"SAVED edit\\n")
os.write(1, b"BEGIN evidence\\n")
evidence.add(profile, round_id, pathlib.Path(sys.argv[2]), EvidenceRecord())
os.write(1, b"SAVED evidence\\n")
"""


def traced(profile: Profile, tmp_path: Path) -> list[str]:
    source = tmp_path / "a.pdf"
    source.write_bytes(b"%PDF-1.7\n" + b"x" * 100_000)
    log = tmp_path / "strace.txt"
    subprocess.run(
        [
            *("strace", "-f", "-y", "-s", "32", "-o", str(log)),
            *("-e", "trace=openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2"),
            *(sys.executable, "-c", STRACED, str(profile.folder), str(source)),
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return log.read_text(encoding="utf-8", errors="replace").splitlines()


def between(calls: list[str], what: str) -> list[str]:
    begin = next(n for n, call in enumerate(calls) if f"BEGIN {what}" in call)
    end = next(n for n, call in enumerate(calls) if f"SAVED {what}" in call)
    return calls[begin:end]


def places(calls: list[str], pattern: str) -> list[int]:
    return [number for number, call in enumerate(calls) if re.search(pattern, call)]


def test_strace_sees_the_sync_before_the_word_saved(profile: Profile, tmp_path: Path) -> None:
    profile.close()
    calls = between(traced(profile, tmp_path), "edit")
    written = places(calls, r"pwrite64\(\d+<[^>]*cchc\.sqlite3-wal>")
    synced = places(calls, r"(fsync|fdatasync)\(\d+<[^>]*cchc\.sqlite3-wal>\)\s*= 0")
    assert written
    # A log begun anew is synced once for its head; the last sync follows the last page.
    assert max(written) < max(synced)


def test_strace_sees_the_file_and_its_folder_synced_before_its_row(profile: Profile, tmp_path: Path) -> None:
    profile.close()
    calls = between(traced(profile, tmp_path), "evidence")
    digest = hashlib.sha256(b"%PDF-1.7\n" + b"x" * 100_000).hexdigest()
    (file_written,) = places(calls, r" write\(\d+<[^>]*\.part>, ")
    (file_synced,) = places(calls, r"fsync\(\d+<[^>]*\.part>\)\s*= 0")
    (renamed,) = places(calls, rf'rename(at2?)?\(.*\.part".*"[^"]*/{digest[:2]}/{digest}"?')
    (folder_synced,) = places(calls, rf"fsync\(\d+<[^>]*/{digest[:2]}>\)\s*= 0")
    (parent_synced,) = places(calls, r"fsync\(\d+<[^>]*/evidence>\)\s*= 0")
    row_written = places(calls, r"pwrite64\(\d+<[^>]*cchc\.sqlite3-wal>")
    row_synced = places(calls, r"(fsync|fdatasync)\(\d+<[^>]*cchc\.sqlite3-wal>\)\s*= 0")
    order = [file_written, file_synced, renamed, folder_synced, min(row_written), row_synced[-1]]
    assert order == sorted(order)
    assert parent_synced < min(row_written)
