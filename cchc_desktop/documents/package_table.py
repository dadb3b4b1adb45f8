"""Who handed in what: the packages of a folder as a workbook, or as a table for other programs."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from cchc_desktop.documents.characters import one_line
from cchc_desktop.documents.sheet_writer import SheetWriter, Value
from cchc_desktop.documents.xlsx import FORMULA_STARTS, print_setup, save
from cchc_desktop.domain.package_head import filing
from cchc_desktop.domain.package_look import FolderLook, PackageLook, Presence, Standing
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.language import format_date, format_points, format_time, render, text
from cchc_desktop.message import message

_COLUMNS = (
    *("number", "sender", "code", "kind", "period", "revision", "standing", "outcome", "signer", "signed_at"),
    *("points", "max", "class", "evidence", "missing", "remarks", "file", "package_id"),
)
_WIDTHS = (5, 24, 13, 14, 8, 6, 10, 14, 20, 15, 8, 8, 10, 7, 7, 44, 34, 38)
_PRINTED = 16
"""The file and its id stand outside what is printed: the rest would be too small to read."""
_MISSING = ("number", "sender", "code", "file", "evidence_name", "size", "sha256")
_MISSING_WIDTHS = (5, 26, 16, 34, 48, 14, 68)
_WHOLE = (0, 13, 14)


def write_package_xlsx(path: Path, look: FolderLook, progress: Progress | None = None) -> None:
    """The workbook in `path` (written in place: see `output.whole_file` for the safe way)."""
    from openpyxl import Workbook

    progress = progress or Progress()
    book = Workbook()
    sheet: Any = book.active
    sheet.title = _t("sheet_packages")
    writer = SheetWriter(sheet, _WIDTHS)
    writer.title(_t("title"))
    writer.remark(summary_words(look))
    writer.head([_t(f"column_{name}") for name in _COLUMNS])
    head_row = writer.row - 1
    for number, one in enumerate(look.packages, 1):
        progress.at(message("documents.step_sheet"), number - 1, len(look.packages))
        muted = one.standing is Standing.SUPERSEDED
        writer.line(_values(number, one), whole=_WHOLE, muted=muted)
    print_setup(sheet, head_rows=head_row, columns=_PRINTED)
    sheet.auto_filter.ref = (
        f"A{head_row}:{sheet.cell(1, len(_COLUMNS)).column_letter}{max(sheet.max_row, head_row)}"
    )
    _write_missing(book.create_sheet(_t("sheet_missing")), look)
    save(book, path, title=_t("title"), author="")


def _write_missing(sheet: Any, look: FolderLook) -> None:
    writer = SheetWriter(sheet, _MISSING_WIDTHS)
    writer.head([_t(f"column_{name}") for name in _MISSING])
    number = 0
    for one in look.packages:
        for missing in one.missing:
            number += 1
            found = one.verification
            writer.line(
                (
                    *(number, found.sender_name, found.sender, one.name),
                    *(missing.name, missing.size, missing.sha256),
                ),
                whole=(0, 5),
            )
    print_setup(sheet, head_rows=1, columns=writer.columns)


def write_package_csv(path: Path, look: FolderLook, progress: Progress | None = None) -> None:
    """For Excel in Viet Nam: UTF-8 with its mark, semicolons, decimal commas, one line for each package.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    progress = progress or Progress()
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow([_t(f"column_{name}") for name in _COLUMNS])
        for number, one in enumerate(look.packages, 1):
            progress.at(message("documents.step_sheet"), number - 1, len(look.packages))
            writer.writerow([_plain(value) for value in _values(number, one)])


def summary_words(look: FolderLook) -> str:
    """ "12 gói của 9 đơn vị: 10 hợp lệ, 1 không hợp lệ…": only the outcomes that there are."""
    counts = [
        text("verification.count_outcome", count=count, outcome=_name(outcome).lower())
        for outcome, count in look.counts().items()
        if count
    ]
    return text(
        "verification.summary", count=len(look.packages), senders=look.senders(), outcomes="; ".join(counts)
    )


def package_remarks(one: PackageLook) -> tuple[str, ...]:
    """What is wrong or to be known, the worst first; nothing for a package that is simply valid."""
    order = list(Outcome)
    bad = [reason for reason in one.verification.reasons if reason.leads_to is not Outcome.VALID]
    bad.sort(key=lambda reason: -order.index(reason.leads_to))
    return tuple(render(reason.message) for reason in bad)


def _values(number: int, one: PackageLook) -> tuple[Value, ...]:
    found, total = one.verification, one.score.total if one.score else None
    signed = one.signed_at.astimezone(VIETNAM) if one.signed_at else None
    here = sum(evidence.presence is not Presence.MISSING for evidence in one.evidence)
    return (
        number,
        found.sender_name,
        found.sender,
        text(f"verification.kind_{found.kind}") if found.kind else "",
        found.period,
        "" if found.revision is None else filing(found.revision),
        "" if one.standing is Standing.NONE else text(f"verification.standing_{one.standing.value}"),
        _name(one.outcome),
        "; ".join(signer.name for signer in found.signers),
        "" if signed is None else f"{format_date(signed)} {format_time(signed)}",
        None if total is None else total.points,
        None if total is None else total.max_points,
        "" if total is None else total.class_label or "",
        here if one.evidence else None,
        len(one.missing) if one.evidence else None,
        "\n".join(package_remarks(one)),
        one.name,
        found.package_id,
    )


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        words = one_line(value)
        return f"'{words}" if words.startswith(FORMULA_STARTS) else words
    return str(value) if isinstance(value, int) else format_points(value)


def _name(outcome: Outcome) -> str:
    return text(f"verification.name_{outcome.value}")


def _t(name: str) -> str:
    return text(f"verification.table_{name}")
