"""Packs from anywhere (installed id, compiled pack, workbook): open, compile, export, compare.

What a file or id holds says itself; `open_set` is for those who can only use a criteria set.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.criteria_checks import YEARS
from cchc_desktop.domain.criteria_diff import Difference, differences
from cchc_desktop.domain.pack import PackKind, PackRef
from cchc_desktop.domain.plan_template import PlanTemplate
from cchc_desktop.domain.plan_template_diff import template_differences
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import criteria_codec, installing, registry
from cchc_desktop.formpack.grid import WorkbookFinding
from cchc_desktop.formpack.installing import Pack
from cchc_desktop.formpack.vocabulary import SHEETS
from cchc_desktop.formpack.workbooks import compile_pack, is_wanted, workbook_of
from cchc_desktop.intake.workbook import read_workbook
from cchc_desktop.language import render, text
from cchc_desktop.quick_dataclass import dataclass

TEXT_ROWS = 500
"""How far down a new workbook's text columns are text."""


Notes = dict[tuple[str, str], str]


@dataclass(frozen=True)
class Opened:
    """`pack` is None where a workbook does not compile; then `errors` say why, each with its cell."""

    pack: Pack | None
    errors: tuple[WorkbookFinding, ...] = ()
    warnings: tuple[WorkbookFinding, ...] = ()
    kind: PackKind = PackKind.CRITERIA

    @property
    def criteria(self) -> CriteriaSet | None:
        """The pack, where it is a criteria set."""
        return self.pack if isinstance(self.pack, CriteriaSet) else None


def open_set(named: str, data: Path | None = None) -> Opened:
    """The criteria set that the user named. Raises KnownError as `open_pack`, and formpack.not_criteria."""
    opened = open_pack(named, data)
    if opened.kind is not PackKind.CRITERIA:
        raise KnownError("formpack.not_criteria", name=Path(named).name)
    return opened


def open_pack(named: str, data: Path | None = None) -> Opened:
    """The pack that the user named: a file, or an installed id ("xa-mau-2026", "xa-mau-2026@1").

    Raises `KnownError` where the file can't be read at all or nothing of that name is installed.
    """
    path = Path(named)
    if _is_file(path):
        return _open_file(path)
    id_, _, version = named.partition("@")
    if os.sep in named or "/" in named or path.suffix.lower() in (".xlsx", ".json", ".xls", ".xlsm"):
        raise KnownError("workbook.missing", name=path.name or named)
    if version and not (version.isascii() and version.isdigit() and len(version) <= 4):
        raise KnownError("formpack.pack_unknown", id=named)
    folders = registry.pack_folders(data)
    for kind in PackKind:
        if (newest := registry.newest(folders, kind, id_)) is not None:
            found = registry.one(folders, kind, PackRef(id_, int(version))) if version else newest
            return Opened(found.pack, kind=kind)
    if version:
        raise KnownError("formpack.pack_version_unknown", id=id_, version=int(version))
    raise KnownError("formpack.pack_unknown", id=named)


def _is_file(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _open_file(path: Path) -> Opened:
    if path.suffix.lower() == ".json":
        read = installing.read_pack(_content(path), path.name)
        return Opened(read.pack, kind=read.kind)
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
    found = compile_pack(read_workbook(path, is_wanted))
    return Opened(found.pack, found.errors, found.warnings, found.kind)


def compile_to(path: Path, target: Path) -> Opened:
    """Compile the workbook and write the pack; with errors nothing is written."""
    opened = open_workbook(path)
    if opened.pack is not None:
        content = installing.of_pack(opened.pack).content
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


def export_to(pack: Pack, target: Path) -> None:
    """The pack as its office's workbook. Raises KnownError formpack.no_workbook, formpack.not_written."""
    content = workbook_of(pack)
    _write(target, lambda part: part.write_bytes(content))


def new_workbook(target: Path, year: int, kind: PackKind = PackKind.CRITERIA) -> None:
    """A workbook to begin with: all sheets, lists, notes, worked examples. It compiles as it stands.

    Raises KnownError starter.exists, formpack.year_range, formpack.not_written.
    """
    from cchc_desktop.formpack.workbook_writer_notes import with_header_notes

    if target.exists():
        raise KnownError("starter.exists", name=target.name)
    if not YEARS[0] <= year <= YEARS[1]:
        raise KnownError("formpack.year_range", lowest=str(YEARS[0]), highest=str(YEARS[1]))
    book, notes = _plan_starter(year) if kind is PackKind.PLAN else _criteria_starter(year)
    content = with_header_notes(book, notes, TEXT_ROWS)
    _write(target, lambda part: part.write_bytes(content))


def _criteria_starter(year: int) -> tuple[bytes, Notes]:
    from cchc_desktop.formpack.starter import starter
    from cchc_desktop.formpack.workbook_writer_notes import header_notes

    def say(name: str) -> str:
        return text(f"starter.{name}")

    return workbook_of(starter(year, say)), header_notes(SHEETS, say)


def _plan_starter(year: int) -> tuple[bytes, Notes]:
    from cchc_desktop.formpack.plan_starter import plan_starter
    from cchc_desktop.formpack.plan_vocabulary import PLAN_SETTING_KEYS, PLAN_SHEETS, note_name
    from cchc_desktop.formpack.workbook_writer_notes import header_notes

    def say(name: str) -> str:
        return text(f"plan_starter.{note_name(name)}")

    return workbook_of(plan_starter(year, say)), header_notes(PLAN_SHEETS, say, PLAN_SETTING_KEYS)


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


def compare(old: Pack, new: Pack) -> tuple[Difference, ...]:
    """Raises KnownError formpack.kinds_differ, formpack.no_comparison."""
    if isinstance(old, CriteriaSet) and isinstance(new, CriteriaSet):
        return differences(old, new)
    if isinstance(old, PlanTemplate) and isinstance(new, PlanTemplate):
        return template_differences(old, new)
    raise KnownError("formpack.no_comparison" if type(old) is type(new) else "formpack.kinds_differ")


def finding_object(finding: WorkbookFinding) -> dict[str, Any]:
    """A finding as `--json` prints it."""
    return {
        "code": finding.code,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "found": finding.found,
        "message": render(finding.message),
    }
