"""The yearly plan as a document: its sections, the targets as a table, all tasks as a landscape annex."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from cchc_desktop.documents.characters import clean, one_line
from cchc_desktop.documents.letterhead import (
    SignsAs,
    full_name,
    grounds,
    issuer_symbol,
    letterhead,
    number_line,
    recipients,
    signature,
)
from cchc_desktop.documents.model import (
    AnnexHead,
    Block,
    Closing,
    Column,
    ColumnKind,
    Document,
    Grounds,
    Heading,
    NewPage,
    Orientation,
    Row,
    RowKind,
    Table,
    Text,
    TextKind,
    Title,
)
from cchc_desktop.documents.pdf import write_pdf
from cchc_desktop.domain.plan import Plan, Target, Task
from cchc_desktop.domain.plan_template import Area, SectionKind, TemplateSection
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.unit import Unit
from cchc_desktop.language import format_date, format_number, text

# "1. Mục đích" on a line of its own inside a section's text is a heading; a numbered sentence is not.
_SUBHEADING = re.compile(r"\d{1,2}(\.\d{1,2})*\.? .{1,90}[^.;:,]")


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


@dataclass(frozen=True)
class PlanInput:
    """All that the document says. `criterion_codes` gives the printed code of a row's permanent key."""

    unit: Unit
    plan: Plan
    criterion_codes: Mapping[str, str] = field(default_factory=dict)
    signs_as: SignsAs = SignsAs.HEAD


@dataclass(frozen=True)
class _AreaTasks:
    title: str
    tasks: tuple[Task, ...]


def _areas(plan: Plan) -> list[_AreaTasks]:
    """The tasks by area in the template's order, numbered in each as in the window; none is left out."""
    known = {area.key for area in plan.template.areas}
    strays = tuple(sorted((t for t in plan.tasks if t.area not in known), key=lambda t: (t.area, t.position)))
    groups = [_AreaTasks(_area_title(area), plan.area_tasks(area.key)) for area in plan.template.areas]
    groups.append(_AreaTasks(text("documents.plan.other_area"), strays))
    return [group for group in groups if group.tasks]


def _area_title(area: Area) -> str:
    return f"{area.code}. {area.title}" if area.code else area.title


def _part_title(section: TemplateSection) -> str:
    """Parts of an administrative document bear Roman numbers and capitals: "II. MỤC TIÊU"."""
    code = section.code
    if code.isdecimal() and 1 <= int(code) <= len(_ROMAN):
        code = _ROMAN[int(code) - 1]
    title = section.title.upper()
    return f"{code}. {title}" if code else title


def _section_text(words: str) -> Iterator[Block]:
    for line in clean(words).split("\n"):
        line = line.strip()
        if not line:
            continue
        if _SUBHEADING.fullmatch(line):
            yield Heading(line, 2)
        else:
            yield Text(line)


def _targets_table(plan: Plan) -> Table:
    columns = (
        Column(text("documents.order"), 1.1, ColumnKind.CENTRED),
        Column(text("documents.plan.target"), 5.6),
        Column(text("documents.plan.unit"), 1.7, ColumnKind.CENTRED),
        Column(text("documents.plan.baseline"), 1.6, ColumnKind.CENTRED),
        Column(text("documents.plan.goal", year=str(plan.year)), 1.8, ColumnKind.CENTRED),
        Column(text("documents.plan.source"), 4.7),
    )
    known = {area.key for area in plan.template.areas}
    strays = tuple(t for t in plan.targets if t.area not in known)
    rows: list[Row] = []
    for title, targets in (
        *((_area_title(area), plan.area_targets(area.key)) for area in plan.template.areas),
        (text("documents.plan.other_area"), strays),
    ):
        if not targets:
            continue
        rows.append(Row((title, *("",) * 5), RowKind.GROUP, span=(0, 5)))
        rows += [_target_row(number, target) for number, target in enumerate(targets, 1)]
    return Table(columns, tuple(rows))


def _target_row(number: int, target: Target) -> Row:
    return Row((str(number), target.title, target.unit, target.baseline, target.value, target.source))


def _cost(task: Task) -> str:
    parts = [format_number(task.cost)] if task.cost is not None else []
    return "\n".join([*parts, clean(task.cost_source)]).strip()


def _tasks_table(groups: list[_AreaTasks], codes: Mapping[str, str]) -> Table:
    columns = (
        Column(text("documents.order"), 1, ColumnKind.CENTRED),
        Column(text("documents.plan.task"), 6.3),
        Column(text("documents.plan.product"), 4),
        Column(text("documents.plan.lead"), 3),
        Column(text("documents.plan.coworkers"), 3),
        Column(text("documents.plan.due"), 2.6, ColumnKind.CENTRED),
        Column(text("documents.plan.cost"), 2.4, ColumnKind.CENTRED),
        Column(text("documents.plan.note"), 1.9),
    )
    rows: list[Row] = []
    for group in groups:
        rows.append(Row((group.title, *("",) * 7), RowKind.GROUP, span=(0, 7)))
        for number, task in enumerate(group.tasks, 1):
            linked = ", ".join(codes[key] for key in task.criteria if key in codes)
            note = text("documents.plan.note_criteria", codes=linked) if linked else ""
            rows.append(
                Row(
                    (
                        str(number),
                        task.title,
                        task.product,
                        task.lead,
                        task.coworkers,
                        task.due,
                        _cost(task),
                        note,
                    )
                )
            )
    return Table(columns, tuple(rows), numbered=True)


def _tasks_section(plan: Plan, groups: list[_AreaTasks]) -> Iterator[Block]:
    if not groups:
        yield Text(text("documents.plan.no_tasks"))
        return
    for group in groups:
        leads = list(dict.fromkeys(one_line(task.lead) for task in group.tasks if task.lead.strip()))
        named = text("documents.plan.area_leads", leads=", ".join(leads)) if leads else ""
        count = f"{len(group.tasks):02d}"
        yield Text(text("documents.plan.area", area=group.title, count=count, leads=named))
    annex = text("documents.annex_only")
    yield Text(text("documents.plan.tasks_annex", count=f"{len(plan.tasks):02d}", annex=annex))


def _budget(plan: Plan) -> Iterator[Block]:
    costs = [task.cost for task in plan.tasks if task.cost is not None]
    if costs:
        named_at_tasks = (one_line(task.cost_source) for task in plan.tasks if task.cost is not None)
        each = (one.strip() for source in named_at_tasks for one in source.split(";"))
        sources = list(dict.fromkeys(one for one in each if one))
        named = text("documents.plan.budget_sources", sources="; ".join(sources)) if sources else ""
        yield Text(
            text(
                "documents.plan.budget_known",
                count=f"{len(costs):02d}",
                cost=sum(costs, Decimal(0)),
                sources=named,
            )
        )
    unknown = len(plan.tasks) - len(costs)
    if unknown and costs:
        yield Text(text("documents.plan.budget_unknown", count=f"{unknown:02d}"))


def _sections(plan: Plan, groups: list[_AreaTasks]) -> Iterator[Block]:
    kinds = {section.kind for section in plan.template.sections}
    for section in plan.template.sections:
        yield Heading(_part_title(section), 1)
        blocks = list(_section_text(plan.text_of(section)))
        match section.kind:
            case SectionKind.TARGETS:
                blocks += _targets_section(plan, introduced=bool(blocks))
            case SectionKind.TASKS:
                blocks += _tasks_section(plan, groups)
            case SectionKind.BUDGET:
                blocks += _budget(plan)
            case SectionKind.TEXT:
                pass
        yield from blocks or [Text(text("documents.plan.no_text"))]
    if SectionKind.TARGETS not in kinds and plan.targets:
        yield Heading(text("documents.plan.targets_heading").upper(), 1)
        yield _targets_table(plan)


def _targets_section(plan: Plan, introduced: bool) -> list[Block]:
    if not plan.targets:
        return [Text(text("documents.plan.no_targets"))]
    intro: list[Block] = [Text(text("documents.plan.targets_intro", year=str(plan.year)))]
    return [*([] if introduced else intro), _targets_table(plan)]


def _ended(blocks: list[Block]) -> list[Block]:
    """The body ends in "./." behind its last paragraph (a line of its own behind a table)."""
    mark = text("documents.end_mark")
    if blocks and isinstance(blocks[-1], Text) and blocks[-1].kind is TextKind.BODY:
        return [*blocks[:-1], Text(clean(blocks[-1].text).rstrip(" ./") + mark)]
    return [*blocks, Text(mark)]


def _reference(source: PlanInput, symbol: str) -> str:
    """ "(Kèm theo Kế hoạch số 05/KH-UBND ngày 05/02/2026 của …)", with room for what is not yet given."""
    issue = source.plan.issue
    number = number_line(issue.number, symbol).partition(" ")[2]
    return text(
        "documents.plan.annex_reference",
        number=number,
        date=format_date(issue.issued_on)
        if issue.issued_on
        else text("documents.plan.no_date", year=str(source.plan.year)),
        unit=full_name(source.unit.name),
    )


def plan_document(source: PlanInput) -> Document:
    unit, plan = source.unit, source.plan
    name, year = full_name(unit.name), str(plan.year)
    symbol = text("documents.symbol_plan", issuer=issuer_symbol(unit))
    groups = _areas(plan)
    abstract = text("documents.plan.abstract", year=year, unit=name)
    blocks: list[Block] = [
        letterhead(unit, plan.issue.number, symbol, plan.issue.issued_on, plan.year),
        Title(text("documents.plan.kind"), abstract),
    ]
    if plan.citations:
        blocks.append(Grounds(grounds(plan.citations)))
    blocks.append(Text(text("documents.plan.opening", unit=name, year=year)))
    blocks += _ended(list(_sections(plan, groups)))
    blocks.append(
        Closing(
            signature(unit, signs_as=source.signs_as),
            text("documents.recipients"),
            recipients(plan.recipients),
        )
    )
    if groups:
        blocks += [
            NewPage(Orientation.LANDSCAPE),
            AnnexHead(
                text("documents.annex_only"),
                text("documents.plan.annex_title", year=year),
                _reference(source, symbol),
            ),
            _tasks_table(groups, source.criterion_codes),
        ]
    return Document(
        title=f"{text('documents.plan.kind')} {abstract[:1].lower()}{abstract[1:]}",
        author=name,
        subject=abstract,
        blocks=tuple(blocks),
    )


def write_plan_pdf(path: Path, source: PlanInput, progress: Progress | None = None) -> None:
    """The plan as PDF in `path` (written in place: see `output.whole_file` for the safe way)."""
    write_pdf(plan_document(source), path, progress)
