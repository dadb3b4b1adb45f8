"""A plan as a document: its sections, the targets as a table, all tasks as a landscape annex.

Issued as a Kế hoạch it stands by itself; attached to a Quyết định (`decision`) it has neither a number nor a
signature of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from cchc_desktop.documents.characters import clean, one_line
from cchc_desktop.documents.letterhead import full_name, grounds, letterhead, recipients, signature
from cchc_desktop.documents.model import (
    AnnexHead,
    Block,
    Closing,
    Document,
    Grounds,
    Heading,
    NewPage,
    Orientation,
    Signature,
    Text,
    TextKind,
    Title,
)
from cchc_desktop.documents.pdf import write_pdf
from cchc_desktop.documents.plan_names import (
    begun_large,
    begun_small,
    common_words,
    given,
    number_and_date,
    symbol,
)
from cchc_desktop.documents.plan_tables import targets_table, task_groups, tasks_table
from cchc_desktop.documents.wording import Words
from cchc_desktop.domain.document_template import DocumentTemplate, PlanDocument
from cchc_desktop.domain.plan import Plan, PlanForm
from cchc_desktop.domain.plan_template import SectionKind, TemplateSection
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.room_name import room_of
from cchc_desktop.domain.signing_as import SignsAs
from cchc_desktop.domain.unit import Unit
from cchc_desktop.language import format_number, text
from cchc_desktop.quick_dataclass import dataclass, field

# "1. Mục đích" on a line of its own inside a section's text is a heading; a numbered sentence is not.
_SUBHEADING = re.compile(r"\d{1,2}(\.\d{1,2})*\.? .{1,90}[^.;:,]")


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


@dataclass(frozen=True)
class PlanInput:
    """All that the documents of a plan say. `criterion_codes`: a row's permanent key → its printed code.

    `signs_as` None is as the plan's issue says.
    """

    unit: Unit
    plan: Plan
    criterion_codes: Mapping[str, str] = field(default_factory=dict)
    signs_as: SignsAs | None = None
    template: DocumentTemplate = field(default_factory=DocumentTemplate)

    @cached_property
    def words(self) -> Words:
        return Words(self.template, common_words(self.unit, self.plan))

    @property
    def author(self) -> str:
        return full_name(self.unit.name)

    def signature(self) -> Signature:
        issue = self.plan.issue
        signer = issue.signer if issue.signer.name or issue.signer.title else None
        return signature(self.unit, signer, issue.signs_as if self.signs_as is None else self.signs_as)


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


def _tasks_section(source: PlanInput) -> Iterator[Block]:
    plan, words = source.plan, source.words
    groups = task_groups(plan)
    if not groups:
        yield Text(text("documents.plan.no_tasks"))
        return
    for group in groups:
        # Each room once; which of its people leads a task stands in the annex.
        leads = list(dict.fromkeys(room_of(one_line(task.lead)) for task in group.tasks if task.lead.strip()))
        named = text("documents.plan.area_leads", leads=", ".join(leads)) if leads else ""
        yield from said(words("plan.area", area=group.title, count=f"{len(group.tasks):02d}", leads=named))
    annex = text("documents.annex_only")
    yield from said(words("plan.tasks_annex", count=f"{len(plan.tasks):02d}", annex=annex))


def _budget(source: PlanInput) -> Iterator[Block]:
    plan, words = source.plan, source.words
    costs = [task.cost for task in plan.tasks if task.cost is not None]
    if costs:
        named_at_tasks = (one_line(task.cost_source) for task in plan.tasks if task.cost is not None)
        each = (one.strip() for paid in named_at_tasks for one in paid.split(";"))
        sources = list(dict.fromkeys(one for one in each if one))
        named = text("documents.plan.budget_sources", sources="; ".join(sources)) if sources else ""
        cost = format_number(sum(costs, Decimal(0)))
        yield from said(words("plan.budget_known", count=f"{len(costs):02d}", cost=cost, sources=named))
    unknown = len(plan.tasks) - len(costs)
    if unknown and costs:
        yield from said(words("plan.budget_unknown", count=f"{unknown:02d}"))


def said(words: str) -> Iterator[Text]:
    """A wording as paragraphs; one that the office left empty is not printed."""
    yield from (Text(line.strip()) for line in words.split("\n") if line.strip())


def _sections(source: PlanInput) -> Iterator[Block]:
    plan = source.plan
    kinds = {section.kind for section in plan.template.sections}
    for section in plan.template.sections:
        yield Heading(_part_title(section), 1)
        blocks = list(_section_text(plan.text_of(section)))
        match section.kind:
            case SectionKind.TARGETS:
                blocks += _targets_section(source, introduced=bool(blocks))
            case SectionKind.TASKS:
                blocks += _tasks_section(source)
            case SectionKind.BUDGET:
                blocks += _budget(source)
            case SectionKind.TEXT:
                pass
        yield from blocks or [Text(text("documents.plan.no_text"))]
    if SectionKind.TARGETS not in kinds and plan.targets:
        yield Heading(text("documents.plan.targets_heading").upper(), 1)
        yield targets_table(plan, source.words)


def _targets_section(source: PlanInput, introduced: bool) -> list[Block]:
    if not source.plan.targets:
        return [Text(text("documents.plan.no_targets"))]
    intro = [] if introduced else said(source.words("plan.targets_intro"))
    return [*intro, targets_table(source.plan, source.words)]


def body(source: PlanInput) -> list[Block]:
    """The sections, ended in "./."."""
    return ended(list(_sections(source)))


def ended(blocks: list[Block]) -> list[Block]:
    """The body ends in "./." behind its last paragraph (a line of its own behind a table)."""
    mark = text("documents.end_mark")
    last = blocks[-1] if blocks else None
    if isinstance(last, Text) and last.kind is TextKind.BODY:
        return [*blocks[:-1], Text(clean(last.text).rstrip(" ./") + mark, lead=last.lead)]
    return [*blocks, Text(mark)]


def tasks_annex(source: PlanInput, reference: str) -> list[Block]:
    """The landscape table of tasks; nothing when there are none."""
    if not source.plan.tasks:
        return []
    title = source.words("plan.annex_title")
    return [
        NewPage(Orientation.LANDSCAPE),
        AnnexHead(text("documents.annex_only"), title, reference),
        tasks_table(source.plan, source.criterion_codes, source.words),
    ]


def grounds_of(source: PlanInput, *more: str) -> list[Block]:
    """Căn cứ; `more` are lines that come behind them, those left empty are not printed."""
    lines = (*grounds(source.plan.citations), *(line for line in more if line.strip()))
    return [Grounds(lines)] if lines else []


def assembled(
    source: PlanInput, document: PlanDocument, parts: Mapping[str, Iterable[Block]]
) -> tuple[Block, ...]:
    """The parts that stand, in the office's order."""
    return tuple(block for name in source.template.parts_of(document) for block in parts[name])


def plan_document(source: PlanInput) -> Document:
    """The plan as a Kế hoạch with its own number and signature."""
    unit, plan, words = source.unit, source.plan, source.words
    kind, abstract = words("plan.kind"), begun_large(words("plan.abstract"))
    number, day = given(plan, PlanForm.PLAN)
    reference = words("plan.annex_reference", **number_and_date(unit, plan, PlanForm.PLAN))
    parts: Mapping[str, Iterable[Block]] = {
        "letterhead": [letterhead(unit, number, symbol(unit, PlanForm.PLAN), day, plan.year)],
        "title": [Title(kind, abstract)],
        "grounds": grounds_of(source),
        "opening": said(words("plan.opening")),
        "sections": body(source),
        "closing": [Closing(source.signature(), text("documents.recipients"), recipients(plan.recipients))],
        "tasks": tasks_annex(source, reference),
    }
    return Document(
        title=f"{kind} {begun_small(abstract)}",
        author=source.author,
        subject=abstract,
        blocks=assembled(source, PlanDocument.PLAN, parts),
        layout=source.template.layout,
    )


def write_plan_pdf(path: Path, source: PlanInput, progress: Progress | None = None) -> None:
    """The plan as PDF in `path` (written in place: see `output.whole_file` for the safe way)."""
    write_pdf(plan_document(source), path, progress)
