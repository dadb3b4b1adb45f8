"""All that can still be read of a damaged database: its tables row by row, its journal wherever it lies.

The journal holds every row that ever was, and each of its rows proves itself by its hash. So what SQLite can
no longer reach is looked for on the raw pages and in the backups of the same profile, and tables that are
lost are rebuilt from it.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from cchc_desktop.domain.backup import Backup, BackupReason
from cchc_desktop.quick_dataclass import dataclass, field
from cchc_desktop.store import journal, log_trace, page_scan
from cchc_desktop.store.backup import open_copy
from cchc_desktop.store.database import DATABASE_NAME, Connection
from cchc_desktop.store.journal import Entry
from cchc_desktop.store.migrations import APPLICATION_ID
from cchc_desktop.store.private_copy import private_copy
from cchc_desktop.store.tables import TABLES, Row, Value

RESTORE = BackupReason.RESTORE
_COLUMNS = 13
_MOST_PROBES = 300_000
_HEADER = b"SQLite format 3\0" + page_scan.PAGE.to_bytes(2, "big") + b"\x02\x02\x00\x40\x20\x20" + bytes(76)


@dataclass(slots=True)
class Salvage:
    """`entries`: journal rows by hash, all proven by it; `own` are those of the profile itself, `later` those
    of backups that may continue it. `rows` are the tables' rows by id, with the number of the journal row
    that last wrote them. `whole` names the tables that were read to their end without a fault. `spoilt` are
    numbers of journal rows that do not fit their hash.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    later: set[str] = field(default_factory=set)
    rows: dict[str, dict[str, tuple[Row, int]]] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    settings: dict[str, str] = field(default_factory=dict)
    spoilt: set[int] = field(default_factory=set)

    def chain(self) -> list[Entry]:
        """The history, unbroken from its beginning to the newest row that can be proven."""
        found = self._from_the_end() or self._from_the_beginning()
        following = {self.entries[one].prev_hash: self.entries[one] for one in self.later}
        while (one := following.get(found[-1].hash if found else journal.GENESIS)) is not None:
            found.append(one)
        return found

    def _from_the_end(self) -> list[Entry]:
        """From the newest own row that leads back to the start; rows lost on the way may be a backup's."""
        broken: set[str] = set()
        for one in sorted((self.entries[own] for own in self.own), key=lambda entry: -entry.seq):
            back, at = list[Entry](), one
            while at.hash not in broken:
                back.append(at)
                if at.seq == 1 and at.prev_hash == journal.GENESIS:
                    return back[::-1]
                before = self.entries.get(at.prev_hash)
                if before is None or before.seq != at.seq - 1:
                    break
                at = before
            broken.update(entry.hash for entry in back)
        return []

    def _from_the_beginning(self) -> list[Entry]:
        following = {self.entries[one].prev_hash: self.entries[one] for one in self.own}
        found, previous = list[Entry](), journal.GENESIS
        while (one := following.get(previous)) is not None and one.seq == len(found) + 1:
            found.append(one)
            previous = one.hash
        return found


def read(folder: Path, backups: Sequence[Backup] = ()) -> Salvage:
    """Everything readable in the profile's database, completed from backups of the same profile.

    The damaged files are only read; SQLite works on a private copy.
    """
    found = Salvage()
    with private_copy(folder) as copy:
        if copy.exists():
            _mend_header(copy)
            db = _opened(copy)
            if db is not None:
                with contextlib.closing(db):
                    _read_tables(db, found)
                    # Fold the log in, so that the pages hold the newest state too.
                    with contextlib.suppress(sqlite3.Error):
                        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            _scan(copy, found)
    _scan_log(folder / f"{DATABASE_NAME}-wal", found)
    # What a restore put away is another branch: it fills gaps, but continues nothing.
    away = max((one.content.number for one in backups if one.content.reason is RESTORE), default=0)
    for one in backups:
        _read_backup(one.folder, found, continues=one.content.number > away)
    return found


def _mend_header(copy: Path) -> None:
    """Give the copy a header that SQLite takes: the magic words, and as many pages as there are."""
    content = copy.read_bytes()
    if len(content) < 100:
        return
    head = bytearray(content[:100])
    if head[:16] != _HEADER[:16] or head[16:18] != _HEADER[16:18] or not any(head[40:100]):
        mended = bytearray(_HEADER)
        mended[56:60] = (1).to_bytes(4, "big")
        mended[44:48] = (4).to_bytes(4, "big")
        mended[68:72] = APPLICATION_ID.to_bytes(4, "big")
        head = mended
    pages = -(-len(content) // page_scan.PAGE)
    head[28:32] = pages.to_bytes(4, "big")
    head[92:96] = head[24:28]
    whole = bytes(head) + content[100:]
    copy.write_bytes(whole + bytes(pages * page_scan.PAGE - len(content)))


def _opened(copy: Path) -> Connection | None:
    try:
        db = sqlite3.connect(copy, isolation_level=None)
        try:
            db.execute("PRAGMA writable_schema = ON")  # a schema with one bad line still shows the others
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error:
            db.close()
            return None
    except sqlite3.Error:
        return None
    return db


def _read_tables(db: Connection, found: Salvage) -> None:
    for values in _rows_of(db, "journal", journal.COLUMNS.split(", "), found):
        _take_entry(found, values)
    for table in TABLES.values():
        names = _columns(db, table.name)
        wanted = [name for name in table.all_columns if name in names]
        if "id" not in wanted or "journal_seq" not in names:
            continue
        kept = found.rows.setdefault(table.name, {})
        for values in _rows_of(db, table.name, [*wanted, "journal_seq"], found):
            content: list[Value] = list(values[:-1])  # type: ignore[arg-type]
            seq = values[-1]
            row = table.whole(dict(zip(wanted, content, strict=True)))
            if isinstance(seq, int) and isinstance(row.get("id"), str) and len(row) == len(table.all_columns):
                kept[str(row["id"])] = (row, seq)
    for key, value in _rows_of(db, "settings", ["key", "value"], found):
        found.settings[str(key)] = str(value)


def _columns(db: Connection, table: str) -> set[str]:
    try:
        return {str(row[1]) for row in db.execute(f"PRAGMA table_info({table})")}
    except sqlite3.Error:
        return set()


def _rows_of(
    db: Connection, table: str, columns: Sequence[str], found: Salvage
) -> Iterator[tuple[object, ...]]:
    """Forwards until a fault, backwards until a fault, then one by one in between."""
    names = ", ".join(columns)
    first, last = 0, None
    for way in ("ASC", "DESC"):
        try:
            for rowid, *values in db.execute(
                f"SELECT rowid, {names} FROM {table} NOT INDEXED ORDER BY rowid {way}"  # noqa: S608
            ):
                if way == "DESC" and rowid <= first:
                    break
                first, last = (rowid, last) if way == "ASC" else (first, rowid)
                yield tuple(values)
        except (sqlite3.Error, OverflowError):
            continue
        if way == "ASC":
            found.whole.add(table)
            return
        break
    yield from _one_by_one(db, table, names, first + 1, last)


def _one_by_one(
    db: Connection, table: str, names: str, start: int, end: int | None
) -> Iterator[tuple[object, ...]]:
    stop = end if end is not None else start + 20_000
    for rowid in range(start, min(stop, start + _MOST_PROBES)):
        try:
            row = db.execute(f"SELECT {names} FROM {table} WHERE rowid = ?", (rowid,)).fetchone()  # noqa: S608
        except sqlite3.Error:
            continue
        if row is not None:
            yield tuple(row)


def _take_entry(found: Salvage, values: Sequence[object]) -> bool:
    try:
        entry = Entry(*values)  # type: ignore[arg-type]
        proven = isinstance(entry.seq, int) and entry.hash == entry.computed_hash()
    except (TypeError, ValueError):
        return False
    if not proven:
        if isinstance(entry.seq, int):
            found.spoilt.add(entry.seq)
        return False
    found.entries[entry.hash] = entry
    found.own.add(entry.hash)
    return True


def _scan(copy: Path, found: Salvage) -> None:
    spoilt = set(found.spoilt)
    for rowid, values in page_scan.records(copy, _COLUMNS):
        if isinstance(values[12], str) and len(values[12]) == 64:
            _take_entry(found, (rowid, *values[1:]))
    found.spoilt = spoilt  # an old copy of a row on a page given up says nothing of the journal


def _scan_log(log: Path, found: Salvage) -> None:
    """Pages of a log that SQLite would not fold in, because one before them is spoilt."""
    spoilt = set(found.spoilt)
    with contextlib.suppress(OSError):
        for page in log_trace.pages(log.read_bytes(), page_scan.PAGE):
            for rowid, values in page_scan.records_of_page(page, _COLUMNS):
                if isinstance(values[12], str) and len(values[12]) == 64:
                    _take_entry(found, (rowid, *values[1:]))
    found.spoilt = spoilt


def _read_backup(folder: Path, found: Salvage, *, continues: bool) -> None:
    """Journal rows that the damaged database lost. Another profile's do not link, and so do no harm."""
    try:
        with contextlib.closing(open_copy(folder / DATABASE_NAME)) as db:
            for entry in journal.entries(db):
                if entry.hash == entry.computed_hash():
                    found.entries.setdefault(entry.hash, entry)
                    if continues:
                        found.later.add(entry.hash)
            for key, value in db.execute("SELECT key, value FROM settings"):
                found.settings.setdefault(str(key), str(value))
    except (sqlite3.Error, OSError):
        return
