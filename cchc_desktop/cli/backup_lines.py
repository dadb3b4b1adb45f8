"""Backups and previews as lines for people and as values for --json; progress as one line on a terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from cchc_desktop.domain.backup import Backup, RestorePreview
from cchc_desktop.domain.backup_words import backup_message, preview_messages
from cchc_desktop.language import render, text
from cchc_desktop.message import Message


def backup_line(one: Backup) -> str:
    return render(backup_message(one))


def backup_json(one: Backup) -> dict[str, Any]:
    content = one.content
    return {
        "number": content.number,
        "made_at": content.made_at.isoformat(),
        "reason": content.reason.value,
        "folder": str(one.folder),
        "second_drive": one.second,
        "unit": content.unit,
        "schema": content.schema,
        "journal": {"seq": content.head.seq, "hash": content.head.hash},
        "counts": dict(content.counts),
        "files": len(content.files),
        "absent": list(content.absent),
        "size": content.size,
        "added": one.added,
    }


def preview_lines(found: RestorePreview) -> list[str]:
    """What a restore would change, most important first."""
    return [render(one) for one in preview_messages(found)]


def preview_json(found: RestorePreview) -> dict[str, Any]:
    return {
        "readable": found.readable,
        "same_profile": found.same_profile,
        "subjects": {one.subject: {"now": one.now, "then": one.then} for one in found.subjects},
        "lost": dict(found.lost),
        "lost_changes": found.lost_changes,
        "lost_from": found.lost_from.isoformat() if found.lost_from else None,
        "lost_to": found.lost_to.isoformat() if found.lost_to else None,
        "gained": found.gained,
        "missing_files": list(found.missing_files),
    }


class ProgressLine:
    """One line of progress on a terminal, gone when the work is over; nothing in a pipe."""

    def __init__(self) -> None:
        self._on, self._width = sys.stderr.isatty(), 0

    def show(self, step: Message, done: int, total: int) -> None:
        if self._on:
            percent = done * 100 // total if total else 0
            words = text("backup.cli_progress", step=render(step), percent=str(percent))[:78]
            sys.stderr.write("\r" + words.ljust(self._width))
            sys.stderr.flush()
            self._width = max(self._width, len(words))

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")


def new_passphrase(file: Path | None, wanted: bool) -> str | None:
    """For a file that is to be encrypted: from a file, or typed twice; None when none is wanted."""
    from cchc_desktop.cli.passphrase import passphrase_from

    return passphrase_from(file) if wanted or file is not None else None
