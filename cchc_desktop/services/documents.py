"""The printed documents of a round: the plan and the self-score, as PDF and XLSX.

Each file appears whole or not at all, and an older one of that name is replaced only when the new one is on
the disk. Any thread may write one.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from cchc_desktop.documents.output import whole_file
from cchc_desktop.documents.plan import PlanInput
from cchc_desktop.documents.plan import write_plan_pdf as _plan_pdf
from cchc_desktop.documents.selfscore import write_selfscore_pdf as _selfscore_pdf
from cchc_desktop.documents.selfscore_lines import SelfScoreInput
from cchc_desktop.documents.selfscore_xlsx import write_selfscore_xlsx as _selfscore_xlsx
from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.evidence import Evidence
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import Plan, PlanContent, PlanRecord
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.round import Round
from cchc_desktop.domain.scorer import score
from cchc_desktop.formpack import registry
from cchc_desktop.language import text
from cchc_desktop.message import message
from cchc_desktop.store import answers as stored_answers
from cchc_desktop.store import evidence as stored_evidence
from cchc_desktop.store import plan as stored_plan
from cchc_desktop.store import plans as stored_plans
from cchc_desktop.store import rounds
from cchc_desktop.store.database import Connection
from cchc_desktop.store.profile import Profile

Source = TypeVar("Source", PlanInput, SelfScoreInput)


class DocumentKind(StrEnum):
    PLAN_PDF = "plan_pdf"
    SELFSCORE_PDF = "selfscore_pdf"
    SELFSCORE_XLSX = "selfscore_xlsx"


def file_name(profile: Profile, round_id: str, kind: DocumentKind) -> str:
    """A name to suggest: letters without accents, the year and the unit's code."""
    of_round = profile.read(lambda db: rounds.one(db, round_id))
    return text(f"documents.file.{kind}", year=str(of_round.year), unit=of_round.unit.code)


def write_plan_pdf(profile: Profile, round_id: str, to: Path, progress: Progress | None = None) -> Path:
    """The year's plan with its table of tasks. Gives `to` back.

    Raises `KnownError` documents.disk_full, no_permission, no_folder, is_folder, not_written, and those of a
    missing form pack; `Cancelled` when the user stopped it.
    """
    return _write(_plan_pdf, plan_input(profile, round_id), to, progress)


def write_selfscore_pdf(profile: Profile, round_id: str, to: Path, progress: Progress | None = None) -> Path:
    """The self-score report with its bars, its table and its list of evidence. Raises as `write_plan_pdf`."""
    return _write(_selfscore_pdf, selfscore_input(profile, round_id), to, progress)


def write_selfscore_xlsx(profile: Profile, round_id: str, to: Path, progress: Progress | None = None) -> Path:
    """The same table as a workbook. Raises as `write_plan_pdf`."""
    return _write(_selfscore_xlsx, selfscore_input(profile, round_id), to, progress)


def plan_input(profile: Profile, plan_id: str) -> PlanInput:
    """What the plan document says, as the plan stands now."""

    def read(db: Connection) -> tuple[Round, PlanRecord, PlanContent]:
        record = stored_plans.record(db, plan_id)
        return rounds.one(db, record.round_id), record, stored_plan.content(db, plan_id)

    of_round, record, content = profile.read(read)
    template = registry.plan_template(record.template, profile.folder)
    criteria_ref = PackRef(of_round.criteria_id, of_round.criteria_version)
    criteria = registry.criteria_set(criteria_ref, profile.folder)
    codes = {node.key: node.code for node in criteria.nodes}
    return PlanInput(
        of_round.unit, Plan.of(of_round, template, record, content, registry.routing(profile.folder)), codes
    )


def selfscore_input(profile: Profile, round_id: str) -> SelfScoreInput:
    """What the self-score documents say, as the round stands now."""

    def read(db: Connection) -> tuple[Round, dict[str, Answer], tuple[Evidence, ...]]:
        return (
            rounds.one(db, round_id),
            stored_answers.of_round(db, round_id),
            stored_evidence.of_round(db, round_id),
        )

    of_round, answers, evidence = profile.read(read)
    criteria_ref = PackRef(of_round.criteria_id, of_round.criteria_version)
    criteria = registry.criteria_set(criteria_ref, profile.folder)
    entries = {key: answer.entry for key, answer in answers.items()}
    return SelfScoreInput(
        unit=of_round.unit,
        year=of_round.year,
        criteria=criteria,
        score=score(criteria, entries, of_round.exclusions),
        answers=answers,
        evidence=evidence,
        confirmation=of_round.confirmation,
    )


def _write(
    write: Callable[[Path, Source, Progress | None], None],
    source: Source,
    to: Path,
    progress: Progress | None,
) -> Path:
    progress = progress or Progress()
    with whole_file(to) as part:
        write(part, source, progress)
        progress.at(message("documents.step_save"), 1, 1)
    return to
