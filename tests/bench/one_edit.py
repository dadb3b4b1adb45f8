"""One edit made durable with its journal row, against the same rows written by raw sqlite3."""

from __future__ import annotations

import sqlite3
import statistics
import time
from itertools import count
from pathlib import Path

from cchc_desktop.services import rounds, samples, scoring
from cchc_desktop.services.profile import open_profile

EDITS = 200


def prepare(folder: Path) -> None:
    samples.make_profile(folder / "profile", "commune")
    with sqlite3.connect(folder / "raw.sqlite3") as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE answers (id TEXT PRIMARY KEY, explanation TEXT, journal_seq INTEGER) STRICT")
        db.execute("CREATE TABLE journal (seq INTEGER PRIMARY KEY, old TEXT, new TEXT, hash TEXT) STRICT")
        db.execute("INSERT INTO answers VALUES ('a', '', 0)")
    db.close()


def measure(folder: Path) -> float:
    times = []
    with open_profile(folder / "profile") as profile:
        round_id = rounds.rounds(profile)[0].id
        key = scoring.sheet(profile, round_id).criteria.rows[0].key
        for number in range(EDITS):
            begin = time.perf_counter()
            scoring.set_explanation(profile, round_id, key, f"Giải trình lần thứ {number} {begin}")
            times.append(time.perf_counter() - begin)
    return statistics.median(times)


def reference(folder: Path) -> float:
    db = sqlite3.connect(folder / "raw.sqlite3", isolation_level=None)
    db.execute("PRAGMA synchronous=FULL")
    old = "{" + "x" * 300 + "}"
    first = db.execute("SELECT coalesce(max(seq), 0) + 1 FROM journal").fetchone()[0]
    times = []
    for seq, number in zip(count(first), range(EDITS), strict=False):
        begin = time.perf_counter()
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO journal VALUES (?, ?, ?, ?)", (seq, old, old, "h" * 64))
        db.execute("UPDATE answers SET explanation = ?, journal_seq = ? WHERE id = 'a'", (str(number), seq))
        db.execute("COMMIT")
        times.append(time.perf_counter() - begin)
    db.close()
    return statistics.median(times)
