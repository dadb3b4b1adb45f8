"""Ways in which a profile is damaged, and what stands in it by SQLite alone.

Every profile has 60 answered rows, 3 files of evidence and 5 tasks, each made by a journal row of its own.
"With a backup" means one made after the first 40 answers. "Killed" means that the last answers are in the log
alone.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cchc_desktop.services import backups
from cchc_desktop.store import plan
from cchc_desktop.store.profile import Profile
from cchc_desktop.store.tables import TABLES
from tests.store.conftest import new_profile
from tests.store.test_backup import add_file, explain

PAGE = 4096
ANSWERS, FILES, TASKS = 60, 3, 5
IN_LOG = 7
"""Answers of a killed program that are only in its log."""
Damage = Callable[[Path], None]


def fill(profile: Profile, round_id: str, *, with_backup: bool) -> None:
    for number in range(ANSWERS):
        if with_backup and number == 40:
            backups.back_up(profile)
        explain(profile, round_id, f"giải trình {number} " + "chữ " * 60, where=f"r{number:02d}")
    for number in range(FILES):
        add_file(profile, round_id, f"{number}.pdf", b"%PDF-1.7\n" + bytes([65 + number]) * 9000)
    for number in range(TASKS):
        profile.write(lambda change, n=number: plan.add_task(change, round_id, "A", title=f"Nhiệm vụ {n}"))
    profile.close()


def killed(folder: Path, source: Path) -> None:
    """A copy of `source` (which is closed) as a killed program leaves it after `IN_LOG` answers more."""
    from cchc_desktop.store import rounds
    from cchc_desktop.store.profile import open_profile

    work = folder.with_name(f"{folder.name} đang mở")
    shutil.copytree(source, work)
    with open_profile(work) as profile:
        round_id = profile.read(rounds.all_rounds)[0].id
        for number in range(IN_LOG):
            explain(profile, round_id, f"cuối {number}", where=f"z{number}")
        shutil.copytree(work, folder)
    shutil.rmtree(work)


def made(folder: Path, *, with_backup: bool) -> Path:
    profile, first = new_profile(folder)
    fill(profile, first.id, with_backup=with_backup)
    return folder


@dataclass(frozen=True)
class Facts:
    """`journal`: (number, moment, table, key) by hash. `rows`: each table's rows by id."""

    journal: dict[str, tuple[int, str, str, str]]
    rows: dict[str, dict[str, tuple[object, ...]]]


def facts(folder: Path) -> Facts:
    """By SQLite alone, in a copy (opening would fold the log in)."""
    copy = folder.with_name(f"{folder.name} đọc")
    copy.mkdir()
    try:
        for file in folder.glob("cchc.sqlite3*"):
            shutil.copyfile(file, copy / file.name)
        db = sqlite3.connect(copy / "cchc.sqlite3")
        written = db.execute("SELECT hash, seq, at, table_name, key FROM journal").fetchall()
        rows = {
            name: {
                str(row[0]): row
                for row in db.execute(f"SELECT {', '.join(table.all_columns)} FROM {name}").fetchall()
            }
            for name, table in TABLES.items()
        }
        db.close()
        return Facts({hash_: (seq, at, table, key) for hash_, seq, at, table, key in written}, rows)
    finally:
        shutil.rmtree(copy)


# The ways


def database(folder: Path) -> Path:
    return folder / "cchc.sqlite3"


def root_page(folder: Path, name: str) -> int:
    db = sqlite3.connect(f"file:{database(folder)}?mode=ro", uri=True)
    found = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
    db.close()
    return int(found)


def overwrite(folder: Path, offset: int, content: bytes) -> None:
    with database(folder).open("r+b") as file:
        file.seek(offset)
        file.write(content)


def at(offset: int, content: bytes) -> Damage:
    return lambda folder: overwrite(folder, offset, content)


def edit(*statements: str) -> Damage:
    """By hand, behind the triggers' back."""

    def work(folder: Path) -> None:
        db = sqlite3.connect(database(folder), isolation_level=None)
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.execute(statement)
        standing = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for name, sql in triggers:
            if name.rpartition("_")[0].removesuffix("_no") in standing:
                db.execute(sql)
        db.close()

    return work


def leaves(folder: Path, name: str) -> list[int]:
    """Pages that hold the rows of a table with more than one page (its root is then an interior page)."""
    content = database(folder).read_bytes()
    start = (root_page(folder, name) - 1) * PAGE
    assert content[start] == 0x05, f"{name} has more than one page"
    count = int.from_bytes(content[start + 3 : start + 5], "big")
    found = []
    for number in range(count):
        cell = start + int.from_bytes(content[start + 12 + 2 * number : start + 14 + 2 * number], "big")
        found.append(int.from_bytes(content[cell : cell + 4], "big"))
    return [*found, int.from_bytes(content[start + 8 : start + 12], "big")]


def root(name: str, content: bytes = bytes(PAGE)) -> Damage:
    return lambda folder: overwrite(folder, (root_page(folder, name) - 1) * PAGE, content)


def leaf(name: str, which: int, content: bytes = bytes(PAGE)) -> Damage:
    return lambda folder: overwrite(folder, (leaves(folder, name)[which] - 1) * PAGE, content)


def cut(share: float) -> Damage:
    def work(folder: Path) -> None:
        content = database(folder).read_bytes()
        database(folder).write_bytes(content[: int(len(content) * share)])

    return work


def emptied(folder: Path) -> None:
    database(folder).write_bytes(b"")


def deleted(folder: Path) -> None:
    database(folder).unlink()


def noise(folder: Path) -> None:
    """Every 7th page from the third on."""
    for page in range(14, database(folder).stat().st_size // PAGE, 7):
        overwrite(folder, page * PAGE, b"\xa5" * PAGE)


def one_byte(folder: Path) -> None:
    """A single byte within a row of the journal: SQLite itself sees nothing."""
    content = database(folder).read_bytes()
    place = content.index("giải trình 25 ".encode(), (leaves(folder, "journal")[1] - 1) * PAGE)
    overwrite(folder, place, b"G")


DAMAGES: dict[str, Damage] = {
    "first page zeroed": at(0, bytes(PAGE)),
    "header zeroed": at(0, bytes(100)),
    "wrong header": at(0, b"PK\x03\x04 not a database"),
    "page size of another kind": at(16, b"\x02\x00"),
    "mark of another program": at(68, b"WORD"),
    "journal's root zeroed": root("journal"),
    "answers' root zeroed": root("answers"),
    "rounds' root zeroed": root("rounds"),
    "tasks' index zeroed": root("tasks_by_round"),
    "a leaf of the journal zeroed": leaf("journal", 3),
    "the journal's first leaf zeroed": leaf("journal", 0),
    "the journal's last leaf zeroed": leaf("journal", -1),
    "a leaf of the answers zeroed": leaf("answers", 1),
    "a leaf of the answers overwritten": leaf("answers", 2, b"\x55" * PAGE),
    "cut in half": cut(0.5),
    "the last tenth cut off": cut(0.9),
    "an index of other columns": edit(
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = 'CREATE INDEX answers_by_round ON answers (row_key)'"
        " WHERE name = 'answers_by_round'",
    ),
    "a table dropped": edit("DROP TABLE tasks"),
    "answers deleted behind the journal": edit("DELETE FROM answers WHERE row_key IN ('r03', 'r04')"),
    "an answer edited behind the journal": edit(
        "UPDATE answers SET explanation = 'khống' WHERE row_key = 'r05'"
    ),
    "an answer added behind the journal": edit(
        "INSERT INTO answers SELECT round_id || '/x', round_id, 'x', entry, 'khống', 3 FROM answers"
        " WHERE row_key = 'r05'"
    ),
    "a journal row edited": edit("UPDATE journal SET actor = 'người khác' WHERE seq = 17"),
    "two journal rows changed places": edit(
        "UPDATE journal SET seq = 900 WHERE seq = 20",
        "UPDATE journal SET seq = 20 WHERE seq = 21",
        "UPDATE journal SET seq = 21 WHERE seq = 900",
    ),
    "journal rows cut out": edit("DELETE FROM journal WHERE seq BETWEEN 10 AND 12"),
    "the journal's end cut off": edit("DELETE FROM journal WHERE seq > 50"),
    "one byte of the journal": one_byte,
    "emptied": emptied,
    "deleted": deleted,
    "pages overwritten all over": noise,
}
"""Of a profile that was closed."""


def log(content: bytes | None, place: int = 0) -> Damage:
    """The log overwritten from `place` on (a byte number, from the end when negative); None: deleted."""

    def work(folder: Path) -> None:
        path = folder / "cchc.sqlite3-wal"
        assert path.stat().st_size > 0, "the killed program left a log"
        if content is None:
            path.unlink()
            return
        with path.open("r+b") as file:
            file.seek(place, 2 if place < 0 else 0)
            file.write(content)

    return work


def log_cut(folder: Path) -> None:
    path = folder / "cchc.sqlite3-wal"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


LOG_DAMAGES: dict[str, Damage] = {
    "the log deleted": log(None),
    "the log's head overwritten": log(b"\x99" * 32),
    "the log cut in half": log_cut,
    "the log's last page overwritten": log(b"\x99" * 4000, -4000),
}
"""Of a profile whose program was killed."""
