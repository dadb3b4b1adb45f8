"""Kills a working program at random moments and looks at what it leaves behind."""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cchc_desktop.services import keys, plan, rounds, scoring, verification
from cchc_desktop.services.evidence import all_evidence
from cchc_desktop.services.profile import Profile, open_profile
from cchc_desktop.services.samples import make_profile
from cchc_desktop.services.submissions import submissions_of
from cchc_desktop.store import backup, evidence_files, journal, migrations
from tests.kills.later_version import MOST, pretend
from tests.kills.worker import PASSPHRASE, work

AT_LEAST = 20
# How many of a hundred kills fall into each moment, and the longest wait (s) from its beginning to the kill.
MOMENTS = {
    "editing": (25, 0.10),
    "adding evidence": (20, 0.25),
    "migrating": (15, 0.60),
    "backing up": (20, 0.50),
    "exporting": (10, 2.50),
    "restoring": (10, 0.80),
}


@dataclass
class Result:
    """What one kill left. `lost` edits were acknowledged and are not there; `wrong` is anything else."""

    moment: str
    edits: int
    lost: list[str] = field(default_factory=list)
    opens: bool = True
    wrong: list[str] = field(default_factory=list)
    rounds: int = 0


@dataclass
class Tally:
    seed: int
    results: list[Result] = field(default_factory=list)

    def words(self) -> str:
        kills = Counter(one.moment for one in self.results)
        through = {name: sum(one.rounds for one in self.results if one.moment == name) for name in MOMENTS}
        lost = sum(len(one.lost) for one in self.results)
        shut = sum(not one.opens for one in self.results)
        wrong = sum(len(one.wrong) for one in self.results)
        edits = sum(one.edits for one in self.results)
        least = min((one.edits for one in self.results), default=0)
        counted = f"{edits} acknowledged edits (at least {least} in each run), {lost} lost"
        lines = [
            f"{len(self.results)} kills, seed {self.seed}: "
            + ", ".join(
                f"{moment} {kills[moment]} ({through[moment]} times through)"
                for moment in MOMENTS
                if kills[moment]
            ),
            f"{counted}; {shut} profiles that do not open; {wrong} other faults",
        ]
        lines += [f"  {one.moment}: {text}" for one in self.results for text in (*one.lost, *one.wrong)][:40]
        return "\n".join(lines)

    @property
    def clean(self) -> bool:
        return not any(one.lost or one.wrong or not one.opens for one in self.results)


def template(folder: Path) -> Path:
    """The sample commune with a key, made once."""
    make_profile(folder, "commune")
    with open_profile(folder) as profile:
        keys.create_key(profile, rounds.rounds(profile)[0].unit, PASSPHRASE)
    return folder


def moments(count: int, chance: random.Random) -> list[str]:
    """As many of each as its share says, in random order."""
    found = [moment for moment, (share, _wait) in MOMENTS.items() for _ in range(share)]
    whole = [found[number % len(found)] for number in range(count)] if count >= len(found) else []
    if not whole:
        whole = [list(MOMENTS)[number % len(MOMENTS)] for number in range(count)]
    chance.shuffle(whole)
    return whole


def run(
    count: int,
    seed: int,
    place: Path,
    said: Callable[[str], None] = lambda _words: None,
    only: Sequence[str] = (),
) -> Tally:
    chance, tally = random.Random(seed), Tally(seed)
    pattern = template(place / "mẫu")
    for number, moment in enumerate(moments(count, chance)):
        if only and moment not in only:
            continue
        own = place / f"{number}"
        folder = own / "hồ sơ"
        own.mkdir()
        shutil.copytree(pattern, folder)
        result = kill_once(moment, folder, chance)
        tally.results.append(result)
        bad = [*result.lost, *result.wrong]
        if bad or not result.opens:
            said(f"{number} {moment}: opens {result.opens}, {bad} (kept in {own})")
        else:
            shutil.rmtree(own)
        if (number + 1) % 50 == 0:
            said(f"{number + 1} of {count}")
    return tally


def fork_worker(moment: str, folder: Path, seed: int) -> tuple[int, int]:
    """The worker as a process of its own, and the end of the pipe that hears it.

    Forked rather than begun anew: all is imported, so a thousand kills take minutes. No thread runs here
    between two kills (each profile that was looked at is closed).
    """
    heard, told = os.pipe()
    pid = os.fork()
    if pid:
        os.close(told)
        return pid, heard
    try:
        os.dup2(told, 1)
        os.close(heard)
        work(moment, folder, seed)
    except BaseException as error:
        os.write(1, f"failed {error!r}\n".encode())
    os._exit(3)


def kill_once(moment: str, folder: Path, chance: random.Random) -> Result:
    wait, said = MOMENTS[moment][1], b""
    pid, heard = fork_worker(moment, folder, chance.randrange(10**9))
    kill_at, patience_until = float("inf"), time.monotonic() + 120
    try:
        while time.monotonic() < min(kill_at, patience_until):
            patience = max(0.0, min(kill_at, patience_until) - time.monotonic())
            ready, _, _ = select.select([heard], [], [], patience)
            if not ready:
                continue
            part = os.read(heard, 65536)
            if not part:
                break
            said += part
            if kill_at == float("inf") and b"begin\n" in said:
                kill_at = time.monotonic() + chance.random() * wait
    finally:
        os.kill(pid, signal.SIGKILL)
        _pid, status = os.waitpid(pid, 0)
    while part := os.read(heard, 65536):
        said += part
    os.close(heard)
    if not os.WIFSIGNALED(status) or kill_at == float("inf"):
        return Result(moment, 0, wrong=[f"ended by itself: {said[-400:]!r}"])
    lines = [line.split() for line in said.decode().splitlines(keepends=True) if line.endswith("\n")]
    saved = {
        (kind, where): int(number) for word, kind, where, number in (x for x in lines if x[0] == "saved")
    }
    result = Result(moment, sum(line[0] == "saved" for line in lines))
    result.rounds = sum(line[0] == "round" for line in lines)
    if result.edits < AT_LEAST:
        result.wrong.append(f"only {result.edits} edits")
    result.wrong += [" ".join(line) for line in lines if line[0] == "failed"]
    look(folder, saved, result)
    return result


def look(folder: Path, saved: dict[tuple[str, str], int], result: Result) -> None:
    """Open what is left as the next start does, and hold it against what was said to be saved."""
    with _version_of(folder):
        try:
            profile = open_profile(folder)
        except Exception as error:
            result.opens = False
            result.wrong.append(repr(error))
            return
        with profile:
            _edits(profile, saved, result)
            _whole(profile, result)
    _backups(folder, result)


class _version_of:  # noqa: N801 - used as a statement
    """A profile that was upgraded before the kill is opened by the version that upgraded it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        db = sqlite3.connect(f"file:{self._folder / 'cchc.sqlite3'}?mode=rw", uri=True)
        found = int(db.execute("PRAGMA user_version").fetchone()[0])
        db.close()
        pretend(0)
        pretend(min(MOST, max(0, found - migrations.SCHEMA_VERSION)))

    def __exit__(self, *_error: object) -> None:
        pretend(0)


def _edits(profile: Profile, saved: dict[tuple[str, str], int], result: Result) -> None:
    round_id = rounds.rounds(profile)[0].id
    sheet = scoring.sheet(profile, round_id)
    titles = {task.id: task.title for task in plan.plan(profile, round_id).tasks}
    pieces = {piece.id: piece for piece in all_evidence(profile, round_id)}
    newest = max(saved.values())
    for (kind, where), number in saved.items():
        if kind == "explanation":
            found = sheet.answer(where).explanation
        elif kind == "task":
            found = titles.get(where, "")
        else:
            found = pieces[where].record.number if where in pieces else ""
        # The edit that was under way may be there too: it was never said to be saved.
        if found not in (f"{number}", f"{newest + 1}"):
            result.lost.append(f"{kind} {where}: {found!r} instead of {number}")


def _whole(profile: Profile, result: Result) -> None:
    round_id = rounds.rounds(profile)[0].id
    fault = profile.read(journal.verify_chain) or profile.read(journal.verify_rows)
    if fault is not None:
        result.wrong.append(f"journal: {fault}")
    answer = profile.read(lambda db: db.execute("PRAGMA integrity_check").fetchone()[0])
    if answer != "ok":
        result.wrong.append(f"integrity: {answer}")
    for piece in all_evidence(profile, round_id):
        try:
            evidence_files.checked(profile.evidence_folder, piece.sha256, piece.name)
        except Exception as error:
            result.wrong.append(f"evidence: {error!r}")
    if parts := list(profile.evidence_folder.rglob("*.part")):
        result.wrong.append(f"half copies: {parts}")
    for filed in submissions_of(profile, round_id):
        path = Path(filed.folder) / filed.file_name
        if not path.is_file():
            result.wrong.append(f"a submission without its file: {path.name}")
    out = profile.folder.parent / f"{profile.folder.name} xuất"
    for package in out.glob("*.asice"):
        found = verification.verify(package, [])
        if found.outcome.value not in ("valid", "valid_with_warnings", "unknown_signer"):
            result.wrong.append(f"{package.name}: {found.outcome.value}")


def _backups(folder: Path, result: Result) -> None:
    """What is listed as a backup is one, to its last file."""
    for one in backup.backups(backup.own_root(folder)):
        if wrong := backup.fault(one.folder, one.content):
            result.wrong.append(f"backup {one.content.number}: {wrong}")
        if missing := backup.missing_files(one, thorough=True):
            result.wrong.append(f"backup {one.content.number} misses {missing[:3]}")
