"""Killed while somebody types: what the window showed as saved is there, and nothing waited long."""

from __future__ import annotations

import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cchc_desktop.services import plan, scoring
from cchc_desktop.services.profile import Profile, open_profile, set_setting
from cchc_desktop.services.rounds import rounds

ROOT = Path(__file__).resolve().parents[2]
AT_LEAST = 20
LONGEST = 1.5
"""Seconds from the last key of an edit until the window shows it as saved."""


@dataclass
class Heard:
    """What one typist said before the kill."""

    place: dict[int, str] = field(default_factory=dict)
    states: dict[int, list[str]] = field(default_factory=dict)
    last_key: dict[int, float] = field(default_factory=dict)
    finished: list[int] = field(default_factory=list)
    waited: dict[int, float] = field(default_factory=dict)
    end: float = 0.0

    def hear(self, line: bytes) -> None:
        kind, at, *rest = json.loads(line)
        self.end = at
        if kind == "key":
            number, place, typed = rest
            self.place[number] = place
            self.states.setdefault(number, []).append(typed)
            self.last_key[number] = at
        elif kind == "done":
            self.finished.append(rest[0])
        else:
            for number in rest[0]:
                self.waited[number] = at - self.last_key[number]

    def allowed(self) -> dict[str, set[str]]:
        """What may stand at each place: what was last shown as saved, or something typed after it."""
        found: dict[str, set[str]] = {}
        for number in sorted(self.states):
            place = self.place[number]
            if number in self.waited:
                found[place] = {self.states[number][-1]}
            elif place in found:
                found[place] |= set(self.states[number])
        return found


def get_ready(folder: Path, seed: int) -> subprocess.Popen[bytes]:
    """A typist who waits for the word to begin."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.gui.typist", folder, str(seed)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def type_until_killed(typist: subprocess.Popen[bytes], chance: random.Random) -> Heard:
    heard, said = Heard(), b""
    with typist as program:
        assert program.stdin is not None and program.stdout is not None and program.stderr is not None
        program.stdin.write(b"\n")
        program.stdin.flush()
        kill_at = float("inf")
        try:
            while time.monotonic() < kill_at:
                patience = min(30.0, max(0.0, kill_at - time.monotonic()))
                ready, _, _ = select.select([program.stdout], [], [], patience)
                if not ready:
                    assert kill_at < float("inf"), "the typist fell silent"
                    break
                part = os.read(program.stdout.fileno(), 65536)
                assert part, program.stderr.read().decode()
                *lines, said = (said + part).split(b"\n")
                for line in lines:
                    heard.hear(line)
                if len(heard.waited) >= AT_LEAST and kill_at == float("inf"):
                    kill_at = time.monotonic() + chance.random() * 0.4
        finally:
            program.send_signal(signal.SIGKILL)
        *lines, _half = (said + program.stdout.read()).split(b"\n")
        for line in lines:
            heard.hear(line)
    assert program.returncode == -signal.SIGKILL
    return heard


def standing(profile: Profile, place: str) -> str:
    """What lies on the disk at that place."""
    kind, where, *rest = place.split(" ")
    round_ = rounds(profile)[0]
    if kind in ("answer", "explanation"):
        sheet = scoring.sheet(profile, round_.id)
        answer = sheet.answer(sheet.criteria.by_code[where].key)
        return str((answer.entry or {}).get(rest[0], "")) if rest else answer.explanation
    written = plan.plan(profile, round_.id)
    if kind == "text":
        return written.texts.get(where, "")
    return str(getattr(next(task for task in written.tasks if task.id == where), rest[0]))


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kills", [5, pytest.param(50, marks=pytest.mark.long)])
def test_what_the_window_showed_as_saved_survives_kills(
    sample_folder: Path, kills: int, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = random.SystemRandom().randrange(10**9)
    chance = random.Random(seed)
    with open_profile(sample_folder) as profile:
        set_setting(profile, "window.page", "scoring")  # where the window was left
    keys, unsaved, waits = 0, 0, list[float]()
    following = get_ready(sample_folder, seed)
    for kill in range(kills):
        typist, following = following, get_ready(sample_folder, seed + kill + 1)
        try:
            heard = type_until_killed(typist, chance)
        except BaseException:
            following.kill()
            raise
        where = f"seed {seed}, kill {kill}"
        assert len(heard.waited) >= AT_LEAST, where
        late = {n: heard.end - heard.last_key[n] for n in heard.finished if n not in heard.waited}
        for number, seconds in (heard.waited | late).items():
            assert seconds <= LONGEST, f"{where}: edit {number} at {heard.place[number]}: {seconds:.3f} s"
        with open_profile(sample_folder) as profile:
            for place, allowed in heard.allowed().items():
                found = standing(profile, place)
                assert found in allowed, f"{where}: {place}: {found!r} instead of {allowed}"
        keys += sum(len(states) for states in heard.states.values())
        unsaved += len(late)
        waits += heard.waited.values()
    with following:
        following.kill()
    with capsys.disabled():
        sys.stdout.write(
            f"\n{kills} kills, seed {seed}: {keys} keys, {len(waits)} edits shown as saved, none lost; "
            f"longest wait {max(waits):.2f} s; {unsaved} edits were still on their way\n"
        )
