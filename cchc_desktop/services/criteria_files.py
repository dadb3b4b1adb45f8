"""Criteria sets from anywhere (installed id, compiled pack, workbook): open, compile, export, compare."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.criteria_checks import YEARS
from cchc_desktop.domain.criteria_diff import Difference, differences
from cchc_desktop.domain.pack import PackKind, PackRef
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import criteria_codec, registry
from cchc_desktop.formpack.compiler import Compilation, compile_workbook, is_wanted
from cchc_desktop.formpack.grid import WorkbookFinding
from cchc_desktop.formpack.vocabulary import SHEETS
from cchc_desktop.intake.workbook import read_workbook
from cchc_desktop.language import render, text

TEXT_ROWS = 500
"""How far down a new workbook's text columns are text."""


@dataclass(frozen=True)
class Opened:
    """`criteria` is None where a workbook does not compile; then `errors` say why, each with its cell."""

    criteria: CriteriaSet | None
    errors: tuple[WorkbookFinding, ...] = ()
    warnings: tuple[WorkbookFinding, ...] = ()


def open_set(named: str, data: Path | None = None) -> Opened:
    """The criteria set that the user named: a file, or an installed id ("xa-mau-2026", "xa-mau-2026@1").

    Raises `KnownError` where the file can't be read at all or nothing of that name is installed.
    """
    path = Path(named)
    if _is_file(path):
        return _open_file(path)
    id_, _, version = named.partition("@")
    if os.sep in named or "/" in named or path.suffix.lower() in (".xlsx", ".json", ".xls", ".xlsm"):
        raise KnownError("workbook.missing", name=path.name or named)
    if version:
        if not version.isascii() or not version.isdigit() or len(version) > 4:
            raise KnownError("formpack.pack_unknown", id=named)
        return Opened(registry.criteria_set(PackRef(id_, int(version)), data))
    found = registry.newest(registry.pack_folders(data), PackKind.CRITERIA, id_)
    if found is None or not isinstance(found.pack, CriteriaSet):
        raise KnownError("formpack.pack_unknown", id=named)
    return Opened(found.pack)


def _is_file(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _open_file(path: Path) -> Opened:
    if path.suffix.lower() == ".json":
        return Opened(criteria_codec.decode(_content(path), path.name))
    return open_workbook(path)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > criteria_codec.LARGEST:
            raise KnownError(
                "formpack.pack_too_large",
                name=path.name,
                size=path.stat().st_size,
                limit=criteria_codec.LARGEST,
            )
        return path.read_bytes()
    except OSError as error:
        raise KnownError("workbook.unreadable", name=path.name, detail=str(error)) from error


def open_workbook(path: Path) -> Opened:
    """Compile the workbook in memory. Raises `KnownError` "workbook.…" where it is no readable .xlsx."""
    found: Compilation = compile_workbook(read_workbook(path, is_wanted))
    return Opened(found.criteria, found.errors, found.warnings)


def compile_to(path: Path, target: Path) -> Opened:
    """Compile the workbook and write the pack; with errors nothing is written."""
    opened = open_workbook(path)
    if opened.criteria is not None:
        content = criteria_codec.encode(opened.criteria)
        _write(target, lambda part: part.write_bytes(content))
    return opened


def _write(target: Path, write: Callable[[Path], object]) -> None:
    """Beside the target first, then in its place, so that a half-written pack never stands there."""
    part = target.with_name(f"{target.name}.part")
    try:
        write(part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise KnownError("formpack.not_written", name=str(target), detail=str(error)) from error


def export_to(criteria: CriteriaSet, target: Path) -> None:
    """Write the set as the office's workbook."""
    from cchc_desktop.formpack.workbook_writer import write_workbook

    content = write_workbook(criteria)
    _write(target, lambda part: part.write_bytes(content))


def new_workbook(target: Path, year: int) -> None:
    """A workbook to begin with: all sheets, lists, notes, two worked examples. It compiles as it stands.

    Raises KnownError starter.exists, formpack.year_range, formpack.not_written.
    """
    from cchc_desktop.formpack.starter import starter
    from cchc_desktop.formpack.workbook_writer import write_workbook
    from cchc_desktop.formpack.workbook_writer_notes import header_notes, with_header_notes

    if target.exists():
        raise KnownError("starter.exists", name=target.name)
    if not YEARS[0] <= year <= YEARS[1]:
        raise KnownError("formpack.year_range", lowest=str(YEARS[0]), highest=str(YEARS[1]))
    book = write_workbook(starter(year, lambda name: text(f"starter.{name}")))
    notes = header_notes(SHEETS, lambda name: text(f"starter.{name}"))
    content = with_header_notes(book, notes, TEXT_ROWS)
    _write(target, lambda part: part.write_bytes(content))


def annotate(path: Path, opened: Opened, target: Path) -> int:
    """Write errors and warnings as cell comments into a copy of the workbook; how many there are.

    Raises KnownError starter.same_file, formpack.not_written.
    """
    from cchc_desktop.formpack.workbook_writer_notes import Note, annotated

    if target.exists() and target.samefile(path):
        raise KnownError("starter.same_file", name=path.name)

    def note(finding: WorkbookFinding, kind: str) -> Note:
        words = render(finding.message)
        told = words if finding.cell else text("starter.place", sheet=finding.sheet, words=words)
        said = text(f"starter.{kind}", words=told)
        return Note(finding.sheet, finding.cell, said, kind == "warning")

    notes = [note(error, "error") for error in opened.errors]
    notes += [note(warning, "warning") for warning in opened.warnings]
    content = annotated(path.read_bytes(), notes)
    _write(target, lambda part: part.write_bytes(content))
    return len(notes)


def compare(old: CriteriaSet, new: CriteriaSet) -> tuple[Difference, ...]:
    return differences(old, new)


def finding_object(finding: WorkbookFinding) -> dict[str, Any]:
    """A finding as `--json` prints it."""
    return {
        "code": finding.code,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "found": finding.found,
        "message": render(finding.message),
    }
