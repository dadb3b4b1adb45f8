"""`backup.json`, what a backup says of itself: its codec, and the bounds within which one is read."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from cchc_desktop.domain.backup import BackupContent, BackupReason, JournalHead, KeptFile
from cchc_desktop.quick_pattern import pattern

FORMAT = "cchc-backup-1"
MANIFEST_NAME = "backup.json"
LARGEST_MANIFEST = 64 << 20
MOST_FILES = 200_000
LARGEST_FILE = 1 << 36
_DIGEST = pattern(r"[0-9a-f]{64}")
_NAME = pattern(r"\w[\w.+=@(), -]{0,127}")
_DEVICES = pattern(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_DEEPEST = 8
_NOT_THERE = frozenset(("backups", "outbox", "cchc.lock"))
_DATABASE = "cchc.sqlite3"


class BadManifestError(ValueError):
    """It is not what this program writes."""


def fits(path: str) -> bool:
    """Whether a file of that path may be written below a profile folder, on every system.

    Nothing upwards, nothing absolute, no device names, and never the database, the lock or the backups.
    """
    parts = path.split("/")
    top = parts[0].lower()
    if not 1 <= len(parts) <= _DEEPEST or top in _NOT_THERE or top.startswith(_DATABASE):
        return False
    return all(
        _NAME.fullmatch(part) and not _DEVICES.fullmatch(part) and part[-1] not in ". " for part in parts
    )


def encode(content: BackupContent) -> bytes:
    written = {
        "format": FORMAT,
        "number": content.number,
        "made_at": content.made_at.isoformat(timespec="seconds"),
        "reason": content.reason.value,
        "program": content.program,
        "schema": content.schema,
        "journal": {"seq": content.head.seq, "hash": content.head.hash},
        "profile": content.profile,
        "unit": content.unit,
        "database": _file(content.database),
        "counts": dict(content.counts),
        "files": [_file(file) for file in content.files],
        "absent": list(content.absent),
    }
    return json.dumps(written, ensure_ascii=False, indent=1).encode()


def _file(file: KeptFile) -> dict[str, Any]:
    return {"path": file.path, "size": file.size, "sha256": file.sha256}


def decode(written: bytes) -> BackupContent:
    """Raises `BadManifestError` for everything that `encode` does not write."""
    try:
        found = json.loads(written)
        return _content(found)
    except BadManifestError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadManifestError(str(error)) from error


def _content(found: dict[str, Any]) -> BackupContent:
    if found["format"] != FORMAT:
        raise BadManifestError(f"format {found['format']!r}")
    made_at = datetime.fromisoformat(found["made_at"])
    if made_at.tzinfo is None or not isinstance(found["files"], list):
        raise BadManifestError("made_at, files")
    files = tuple(_read_file(file) for file in found["files"])
    paths = {file.path.lower() for file in files}
    if len(files) > MOST_FILES or len(paths) != len(files):
        raise BadManifestError("files")
    if not all(fits(file.path) for file in files):
        raise BadManifestError("path")
    head = JournalHead(_whole(found["journal"]["seq"]), str(found["journal"]["hash"]))
    if head.hash and not _DIGEST.fullmatch(head.hash):
        raise BadManifestError("journal")
    return BackupContent(
        number=_whole(found["number"]),
        made_at=made_at,
        reason=BackupReason(found["reason"]),
        program=str(found["program"])[:40],
        schema=_whole(found["schema"]),
        head=head,
        profile=str(found["profile"])[:64],
        unit=str(found["unit"])[:300],
        database=_read_file(found["database"]),
        counts={str(name): _whole(count) for name, count in found["counts"].items()},
        files=files,
        absent=tuple(str(path)[:300] for path in found["absent"]),
    )


def _read_file(found: dict[str, Any]) -> KeptFile:
    file = KeptFile(str(found["path"]), _whole(found["size"]), str(found["sha256"]))
    if not _DIGEST.fullmatch(file.sha256) or file.size > LARGEST_FILE:
        raise BadManifestError(file.path)
    return file


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 1 << 53:
        raise BadManifestError(f"number {value!r}")
    return value
