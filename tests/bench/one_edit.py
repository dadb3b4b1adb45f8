"""One edit made durable with its journal row, against the very same two statements by raw sqlite3.

The reference writes into a copy of the same database without its triggers: a row of the same columns and
lengths into the journal, and the same UPDATE. Both as the window does: from one thread, one edit at a time.
"""

from __future__ import annotations

import sqlite3
import statistics
import time
from pathlib import Path

from cchc_desktop.services import scoring
from cchc_desktop.services.profile import Profile, open_profile
from tests.bench import two_years

EDITS = 200
DATABASE = "cchc.sqlite3"


def prepare(folder: Path, times: int = 1) -> None:
    two_years.make(folder / "profile", times)
    with open_profile(folder / "profile") as profile:
        round_id, key = _row(profile)
        scoring.set_explanation(profile, round_id, key, _words(0))
    raw = sqlite3.connect(folder / "raw.sqlite3")
    with sqlite3.connect(folder / "profile" / DATABASE) as source:
        source.backup(raw)
    source.close()
    raw.execute("PRAGMA journal_mode=WAL")
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f'DROP TRIGGER "{name}"')
    raw.commit()
    raw.close()


def _row(profile: Profile) -> tuple[str, str]:
    round_id = two_years.newest_round(profile)
    return round_id, scoring.sheet(profile, round_id).criteria.rows[0].key


def _words(number: int) -> str:
    return f"Giải trình lần thứ {number} {time.perf_counter():.9f}"


def measure(folder: Path) -> float:
    times = []
    with open_profile(folder / "profile") as profile:
        round_id, key = _row(profile)
        for number in range(EDITS):
            words = _words(number)
            begin = time.perf_counter()
            scoring.set_explanation(profile, round_id, key, words)
            times.append(time.perf_counter() - begin)
    return statistics.median(times)


def reference(folder: Path) -> float:
    db = sqlite3.connect(folder / "raw.sqlite3", isolation_level=None)
    db.execute("PRAGMA synchronous=FULL")
    db.execute("PRAGMA foreign_keys=ON")
    last = db.execute("SELECT * FROM journal WHERE table_name = 'answers' ORDER BY seq DESC").fetchone()
    first = db.execute("SELECT max(seq) FROM journal").fetchone()[0]
    key, marks = last[7], ", ".join("?" * len(last))
    times = []
    for number in range(EDITS):
        words, seq = _words(number), first + 1 + number
        begin = time.perf_counter()
        db.execute("BEGIN IMMEDIATE")
        db.execute(f"INSERT INTO journal VALUES ({marks})", (seq, *last[1:]))
        db.execute("UPDATE answers SET explanation = ?, journal_seq = ? WHERE id = ?", (words, seq, key))
        db.execute("COMMIT")
        times.append(time.perf_counter() - begin)
    if db.execute("SELECT explanation FROM answers WHERE id = ?", (key,)).fetchone() != (words,):
        raise RuntimeError("the reference wrote nothing")
    db.close()
    return statistics.median(times)
