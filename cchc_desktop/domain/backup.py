"""Backups as values: what one holds, how it differs from what is there, what became of making one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from cchc_desktop.message import Message
from cchc_desktop.quick_dataclass import dataclass, field


class BackupReason(StrEnum):
    """Why a backup was made."""

    CLOSE = "close"
    DEMAND = "demand"
    UPGRADE = "upgrade"
    RESTORE = "restore"
    """The state that a restore replaced: what "undo the restore" goes back to."""
    CARRY = "carry"


@dataclass(frozen=True, slots=True)
class JournalHead:
    """Where the history ended: number and hash of its last row (0 and "" when there was none)."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file of the profile beside its database. `path` is relative, with "/"; `size` in bytes."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BackupContent:
    """What a backup says of itself. `counts` are rows per subject (table), `schema` is the database's."""

    number: int
    made_at: datetime
    reason: BackupReason
    program: str
    schema: int
    head: JournalHead
    profile: str
    """Which profile this is of: the hash of its first journal row."""
    unit: str
    database: KeptFile
    counts: Mapping[str, int]
    files: tuple[KeptFile, ...]
    absent: tuple[str, ...] = ()
    """Files that should have been there and were missing or changed already when the backup was made."""

    @property
    def size(self) -> int:
        """Bytes of all that it holds, whether shared with other backups or not."""
        return self.database.size + sum(file.size for file in self.files)


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup in a folder of backups. `added` are the bytes that it needed for itself (0: not known)."""

    folder: Path
    content: BackupContent
    second: bool = False
    added: int = 0


@dataclass(frozen=True, slots=True)
class SubjectCount:
    """Rows of one subject: now, and in the backup. None: what is there now can't be read."""

    subject: str
    now: int | None
    then: int


@dataclass(frozen=True, slots=True)
class RestorePreview:
    """What a restore would change. `lost` counts changes of the history that the backup does not know, per
    subject; `lost_from` and `lost_to` are the times of the first and last of them."""

    content: BackupContent
    subjects: tuple[SubjectCount, ...]
    readable: bool
    """Whether what is there now can be read at all."""
    same_profile: bool = True
    lost: Mapping[str, int] = field(default_factory=dict)
    lost_from: datetime | None = None
    lost_to: datetime | None = None
    gained: int = 0
    """Changes that the backup has and the present state has not."""
    missing_files: tuple[str, ...] = ()
    """Files that neither the backup nor the folder has any more."""

    @property
    def lost_changes(self) -> int:
        return sum(self.lost.values())


@dataclass(frozen=True, slots=True)
class BackupDone:
    """`second` is the backup on the second drive; where that failed, `second_fault` says why."""

    backup: Backup
    second: Backup | None = None
    second_fault: Message | None = None
