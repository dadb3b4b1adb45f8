"""Plans of every kind, ready to be printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl

from cchc_desktop.documents.pdf import write_pdf
from cchc_desktop.documents.plan import PlanInput, write_plan_pdf
from cchc_desktop.documents.plan_documents import DOCUMENTS
from cchc_desktop.domain.document_template import (
    PlanDocument,
)
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import Milestone, PlanForm, PlanIssue, PlanRecord
from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.domain.routing import UnitRouting
from cchc_desktop.domain.unit import Unit
from cchc_desktop.formpack import registry
from tests.documents.sample import COMMUNE, plan_input, task

ISSUED = PlanIssue("5", date(2026, 2, 5), PlanForm.DECISION, letter_number="17", letter_on=date(2026, 2, 6))


def source(
    unit: Unit = COMMUNE, issue: PlanIssue = ISSUED, record: PlanRecord | None = None, tasks: int = 6
) -> PlanInput:
    made = plan_input(tuple(task(number) for number in range(tasks)), unit=unit, issue=issue)
    routing = UnitRouting(registry.routing(Path("/nowhere")), unit)
    return replace(made, plan=replace(made.plan, routing=routing, record=record))


def record(kind: PlanKind, first: int, last: int, starts_on: date | None = None) -> PlanRecord:
    return PlanRecord("p", "r", kind, PackRef("mau", 1), first, last, starts_on)


def pdf(folder: Path, document: PlanDocument, made: PlanInput) -> Path:
    path = folder / f"{document}.pdf"
    write_pdf(DOCUMENTS[document](made), path)
    return path


def written(folder: Path, made: PlanInput) -> Path:
    """The PDF of the plan itself."""
    path = folder / "ke-hoach.pdf"
    write_plan_pdf(path, made)
    return path


def five_years() -> PlanInput:
    made = source(record=record(PlanKind.FIVE_YEAR, 2026, 2030))
    steps = tuple(Milestone(year, f"Mốc {year}") for year in range(2026, 2031))
    tasks = tuple(replace(each, milestones=steps[::2]) for each in made.plan.tasks)
    targets = tuple(replace(each, milestones=steps) for each in made.plan.targets)
    return replace(made, plan=replace(made.plan, tasks=tasks, targets=targets))


def sheet_rows(path: Path, sheet: int) -> list[list[object]]:
    book = openpyxl.load_workbook(path)
    return [[cell.value for cell in row] for row in book.worksheets[sheet].iter_rows()]
