"""The register of a receiving office: certificates given out and taken back, revocation lists, packages.

A plain database beside the office's keys. Nothing in it is ever changed or removed: a revocation is a row of
its own, and the numbers of revocation lists only grow. Triggers say so to whoever opens the file by hand.

    with OfficeRegister.opened(folder) as register, register.writing():
        register.add_received(received)
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from cchc_desktop.domain.office import Issued, Received, RevocationIssue, RevocationReason, Way
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.errors import KnownError
from cchc_desktop.store.codec import text_time, time_text
from cchc_desktop.store.faults import known
from cchc_desktop.store.profile import make_private_folder

REGISTER_NAME = "office.sqlite3"
APPLICATION_ID = 0x43434F46  # "CCOF"
SCHEMA_VERSION = 1
BUSY_SECONDS = 10.0

_TABLES = {
    "certificates": """
  fingerprint TEXT PRIMARY KEY, way TEXT NOT NULL, name TEXT NOT NULL, unit_code TEXT NOT NULL,
  serial TEXT NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT NOT NULL, at TEXT NOT NULL,
  pem TEXT NOT NULL, request_id TEXT NOT NULL""",
    "revocations": """
  fingerprint TEXT PRIMARY KEY REFERENCES certificates (fingerprint), since TEXT NOT NULL,
  reason TEXT NOT NULL, at TEXT NOT NULL""",
    "revocation_lists": """
  number INTEGER PRIMARY KEY, issued_at TEXT NOT NULL, until TEXT NOT NULL, pem TEXT NOT NULL""",
    "received": """
  package_id TEXT PRIMARY KEY, manifest_sha256 TEXT NOT NULL, sender_id TEXT NOT NULL,
  sender_name TEXT NOT NULL, kind TEXT NOT NULL, period TEXT NOT NULL, revision INTEGER NOT NULL,
  signed_at TEXT NOT NULL, received_at TEXT NOT NULL, file_name TEXT NOT NULL, outcome TEXT NOT NULL,
  receipt_id TEXT NOT NULL, receipt BLOB NOT NULL""",
}
_GROWING = """CREATE TRIGGER revocation_lists_grow BEFORE INSERT ON revocation_lists
WHEN NEW.number <= (SELECT coalesce(max(number), 0) FROM revocation_lists)
BEGIN SELECT raise(ABORT, 'the number of a revocation list grows'); END"""


def exists(folder: Path) -> bool:
    return (folder / REGISTER_NAME).is_file()


class OfficeRegister:
    """Several programs may have it open; each writes in short transactions of its own."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self._folder, self._db = folder, connection

    @classmethod
    def opened(cls, folder: Path, *, new: bool = False) -> OfficeRegister:
        """Raises KnownError office.none, store.damaged, store.newer, store.read_only, store.disk_full."""
        path = folder / REGISTER_NAME
        with known(folder):
            if new and not exists(folder):
                make_private_folder(folder)
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            elif not exists(folder):
                raise KnownError("office.none", folder=str(folder))
            db = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None
            )
            try:
                _ready(db, folder)
            except BaseException:
                db.close()
                raise
        return cls(folder, db)

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> OfficeRegister:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One durable transaction; nobody else writes meanwhile. An exception takes everything back."""
        with known(self._folder):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    # Certificates

    def certificates(self) -> tuple[Issued, ...]:
        """In the order in which they came to count."""
        found = self._all(
            "SELECT c.fingerprint, way, name, unit_code, serial, valid_from, valid_to, c.at, pem, request_id,"
            " since, reason FROM certificates c LEFT JOIN revocations r USING (fingerprint) ORDER BY c.rowid"
        )
        return tuple(
            Issued(
                fingerprint=row[0],
                way=Way(row[1]),
                name=row[2],
                unit_code=row[3],
                serial=row[4],
                valid_from=text_time(row[5]),
                valid_to=text_time(row[6]),
                at=text_time(row[7]),
                pem=row[8],
                request_id=row[9],
                since=text_time(row[10]) if row[10] else None,
                reason=RevocationReason(row[11]) if row[11] else None,
            )
            for row in found
        )

    def add_certificate(self, new: Issued) -> None:
        self._db.execute(
            "INSERT INTO certificates VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                new.fingerprint,
                new.way.value,
                new.name,
                new.unit_code,
                new.serial,
                time_text(new.valid_from),
                time_text(new.valid_to),
                time_text(new.at),
                new.pem,
                new.request_id,
            ),
        )

    def add_revocation(self, revoked: Issued) -> None:
        """`revoked` says since when and why. Twice is refused by the table."""
        assert revoked.since is not None
        assert revoked.reason is not None
        self._db.execute(
            "INSERT INTO revocations VALUES (?, ?, ?, ?)",
            (revoked.fingerprint, time_text(revoked.since), revoked.reason.value, time_text(revoked.at)),
        )

    # Revocation lists

    def newest_list(self) -> RevocationIssue | None:
        found = self._all("SELECT * FROM revocation_lists ORDER BY number DESC LIMIT 1")
        for number, issued_at, until, pem in found:
            return RevocationIssue(number, text_time(issued_at), text_time(until), pem)
        return None

    def add_list(self, new: RevocationIssue) -> None:
        self._db.execute(
            "INSERT INTO revocation_lists VALUES (?, ?, ?, ?)",
            (new.number, time_text(new.issued_at), time_text(new.until), new.pem),
        )

    # Packages

    def received(self) -> tuple[Received, ...]:
        """In the order in which they came, without the bytes of their receipts."""
        return tuple(_received((*row, b"")) for row in self._all(_RECEIVED))

    def receipt_of(self, package_id: str) -> Received | None:
        """The whole row, with the receipt."""
        found = self._all(_RECEIPT, (package_id,))
        return _received(found[0]) if found else None

    def add_received(self, new: Received) -> None:
        self._db.execute(
            "INSERT INTO received VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                new.package_id,
                new.manifest_sha256,
                new.sender_id,
                new.sender_name,
                new.kind,
                new.period,
                new.revision,
                time_text(new.signed_at),
                time_text(new.received_at),
                new.file_name,
                new.outcome.value,
                new.receipt_id,
                new.receipt,
            ),
        )

    def next_counter(self) -> int:
        """The number of the next package that this office signs, from 1: answers and receipts."""
        found = self._all("SELECT (SELECT count(*) FROM received) + (SELECT count(*) FROM certificates) + 1")
        return int(found[0][0])

    def _all(self, statement: str, values: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
        with known(self._folder):
            return self._db.execute(statement, values).fetchall()


_RECEIVED = (
    "SELECT package_id, manifest_sha256, sender_id, sender_name, kind, period, revision, signed_at,"
    " received_at, file_name, outcome, receipt_id FROM received ORDER BY rowid"
)
_RECEIPT = "SELECT * FROM received WHERE package_id = ?"


def _received(row: tuple[Any, ...]) -> Received:
    texts = [str(value) for value in row[:12]]
    return Received(
        package_id=texts[0],
        manifest_sha256=texts[1],
        sender_id=texts[2],
        sender_name=texts[3],
        kind=texts[4],
        period=texts[5],
        revision=int(texts[6]),
        signed_at=text_time(texts[7]),
        received_at=text_time(texts[8]),
        file_name=texts[9],
        outcome=Outcome(texts[10]),
        receipt_id=texts[11],
        receipt=bytes(row[12]) if isinstance(row[12], bytes) else b"",
    )


def _ready(db: sqlite3.Connection, folder: Path) -> None:
    """Settings of the connection; a new file gets its schema, another's or a newer one is refused."""
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA cell_size_check = ON")
    if db.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
        raise KnownError("store.no_wal", folder=str(folder))
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA recursive_triggers = ON")
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > SCHEMA_VERSION:
        raise KnownError("store.newer", folder=str(folder), found=version, known=SCHEMA_VERSION)
    if version == 0:
        _make(db)
    if int(db.execute("PRAGMA application_id").fetchone()[0]) != APPLICATION_ID:
        raise KnownError("store.damaged", folder=str(folder))


def _make(db: sqlite3.Connection) -> None:
    db.execute("BEGIN IMMEDIATE")
    if int(db.execute("PRAGMA user_version").fetchone()[0]) == 0:
        for table, columns in _TABLES.items():
            db.execute(f"CREATE TABLE {table} ({columns}) STRICT")
            for change in ("UPDATE", "DELETE"):
                db.execute(
                    f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                    f"BEGIN SELECT raise(ABORT, '{table}: rows are only added'); END"
                )
        db.execute(_GROWING)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    db.execute("COMMIT")
