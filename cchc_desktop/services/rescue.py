"""All that can still be read of a damaged profile, as one workbook and one JSON file for people and tools."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.message import message
from cchc_desktop.store import backup, rebuild, salvage
from cchc_desktop.store.faults import known
from cchc_desktop.store.rebuild import State
from cchc_desktop.store.salvage import Salvage
from cchc_desktop.store.tables import TABLES


def export(
    folder: Path, to: Path, progress: Progress | None = None, now: datetime | None = None
) -> tuple[Path, ...]:
    """Write what is readable into the folder `to`: `Dữ liệu cứu được ….xlsx` and `.json`.

    The damaged profile is only read. Raises `KnownError` rescue.not_written and `Cancelled`.
    """
    step, at = progress or Progress(), now or vietnam_now()
    step.at(message("rescue.step_reading"), 0, 2)
    with known(folder):
        found = salvage.read(folder, backup.backups(backup.own_root(folder)))
    step.at(message("rescue.step_writing"), 1, 2)
    state = {table: rows for table, rows in rebuild.state_of(found).items() if rows}
    stem = f"{text('rescue.file_stem')} {at:%Y-%m-%d %H-%M-%S}"
    workbook, plain = to / f"{stem}.xlsx", to / f"{stem}.json"
    try:
        to.mkdir(parents=True, exist_ok=True)
        _write_workbook(found, state, workbook)
        plain.write_text(json.dumps(_plain(found, state), ensure_ascii=False, indent=1), encoding="utf-8")
    except OSError as error:
        raise KnownError("rescue.not_written", folder=str(to), detail=str(error)) from error
    return workbook, plain


def _plain(found: Salvage, state: State) -> dict[str, object]:
    """Every row by table, and the proven journal; texts and numbers as they are stored."""
    proven = sorted((found.entries[one] for one in found.own), key=lambda entry: entry.seq)
    return {
        "tables": {table: list(rows.values()) for table, rows in state.items()},
        "journal": [
            {
                "seq": entry.seq,
                "at": entry.at,
                "actor": entry.actor,
                "table": entry.table,
                "key": entry.key,
                "old": entry.old_row,
                "new": entry.new_row,
                "hash": entry.hash,
            }
            for entry in proven
        ],
        "journal_rows_changed": sorted(found.spoilt),
    }


def _write_workbook(found: Salvage, state: State, target: Path) -> None:
    from cchc_desktop.documents.rescue_xlsx import Sheet, write

    chain = len(found.chain())
    lines: list[tuple[str, str]] = [
        (text(f"backup.subject_{table}"), str(len(rows))) for table, rows in state.items()
    ]
    lines.append((text("rescue.report_journal"), str(chain)))
    if found.spoilt:
        spoilt = text("rescue.report_spoilt", rows=tuple(str(seq) for seq in sorted(found.spoilt)))
        lines.append((spoilt, ""))
    sheets = [
        Sheet(
            text(f"backup.subject_{table}"),
            TABLES[table].all_columns,
            tuple(tuple(row[name] for name in TABLES[table].all_columns) for row in rows.values()),
        )
        for table, rows in state.items()
    ]
    heads = (text("rescue.report_subject"), text("rescue.report_rows"))
    write(target, text("rescue.sheet_report"), text("rescue.report_title"), heads, lines, sheets)
