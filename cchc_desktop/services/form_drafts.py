"""Drafts of criteria workbooks from the appendix of a decision, one for each appendix in the document."""

from __future__ import annotations

from pathlib import Path

from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True)
class MarkedRow:
    """A row for a person to look at: its code, its name, and why."""

    code: str
    label: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class WrittenDraft:
    """One workbook: how many criteria it has, how many rows are to be scored and how many have a rule.

    `disagreements` are printed sums that do not come out, `notes` what else was seen, all as sentences.
    """

    path: Path
    title: str
    criteria: int
    rows: int
    rules: int
    marked: tuple[MarkedRow, ...]
    disagreements: tuple[str, ...]
    notes: tuple[str, ...]


def draft_appendix(source: Path, target: Path) -> tuple[WrittenDraft, ...]:
    """Write a draft of each appendix: the first to `target`, the others beside it as -2, -3, …

    A file that is there already is not written over.
    Raises `KnownError` "draft.…" or "workbook.…" where the document can't be read or holds no criteria table.
    """
    from cchc_desktop.documents.output import whole_file
    from cchc_desktop.formpack.draft.draft import draft_document
    from cchc_desktop.formpack.draft.sheets import OFFICE_SHEETS, reasons, rule_count, write_draft
    from cchc_desktop.formpack.workbook_writer_notes import header_notes, with_header_notes
    from cchc_desktop.intake.tables import read_document

    document = read_document(source)
    drafts = draft_document(document, source.name)
    paths = [_numbered(target, number) for number in range(1, len(drafts) + 1)]
    if any(_same(path, source) for path in paths):
        raise KnownError("draft.same_file", name=source.name)
    for path in paths:  # hours of work may be in it
        if path.exists():
            raise KnownError("draft.exists", name=path.name)
    notes = header_notes(OFFICE_SHEETS, lambda name: text(f"starter.{name}"))
    contents = [with_header_notes(write_draft(draft, source.name, render), notes, 0) for draft in drafts]
    written: list[WrittenDraft] = []
    for draft, path, content in zip(drafts, paths, contents, strict=True):
        with whole_file(path) as part:
            part.write_bytes(content)
        rules, rows = rule_count(draft)
        marked = tuple(
            MarkedRow(node.code, node.label, tuple(told))
            for node in draft.nodes
            if (told := reasons(node, render))
        )
        written.append(
            WrittenDraft(
                path,
                draft.titles.title,
                len(draft.nodes),
                rows,
                rules,
                marked,
                tuple(render(one.message) for one in draft.disagreements),
                tuple(render(note) for note in draft.notes),
            )
        )
    return tuple(written)


def _numbered(target: Path, number: int) -> Path:
    return target if number == 1 else target.with_name(f"{target.stem}-{number}{target.suffix}")


def _same(path: Path, source: Path) -> bool:
    try:
        return path.exists() and path.samefile(source)
    except OSError:
        return False
