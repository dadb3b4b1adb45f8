"""A backup and a preview of restoring it as messages, the most important first."""

from __future__ import annotations

from cchc_desktop.domain.backup import Backup, RestorePreview
from cchc_desktop.message import Message, message

SHOWN = 5


def backup_message(one: Backup) -> Message:
    """When and why it was made, and what it holds."""
    content = one.content
    return message(
        "backup.cli_line",
        number=str(content.number),
        at=content.made_at,
        reason=message(f"backup.reason_{content.reason.value}"),
        changes=content.head.seq,
        files=len(content.files),
        size=content.size,
        place=message("backup.cli_second") if one.second else "",
    )


def preview_messages(found: RestorePreview) -> tuple[Message, ...]:
    """What a restore would change: what is lost, what comes back, the counts that differ, missing files."""
    content = found.content
    said = [message("backup.preview_from", at=content.made_at, unit=content.unit)]
    if not found.readable:
        said.append(message("backup.preview_unreadable"))
    elif not found.same_profile:
        said.append(message("backup.preview_other"))
    elif found.lost and found.lost_from and found.lost_to:
        lost = tuple(
            message("backup.preview_subject", name=message(f"backup.subject_{subject}"), n=count)
            for subject, count in found.lost.items()
        )
        first, last = found.lost_from, found.lost_to
        said.append(
            message("backup.preview_lost", n=found.lost_changes, first=first, last=last, subjects=lost)
        )
    else:
        said.append(message("backup.preview_nothing_lost"))
    if found.readable and found.gained:
        said.append(message("backup.preview_gained", n=found.gained))
    for subject in found.subjects:
        if subject.now != subject.then:
            name = message(f"backup.subject_{subject.subject}")
            now = message("backup.preview_unknown") if subject.now is None else str(subject.now)
            said.append(message("backup.preview_count", name=name, now=now, then=str(subject.then)))
    if found.missing_files:
        paths = found.missing_files[:SHOWN]
        said.append(message("backup.files_missing", n=len(found.missing_files), paths=paths))
    return tuple(said)
