"""The printed documents of a round and its plans, as PDF, DOCX and XLSX.

Each file appears whole or not at all, and an older one of that name is replaced only when the new one is on
the disk. Any thread may write one. A new document is one module in `documents`, a line in `DocumentKind` with
its suggested file name, and a line in `_WRITERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path

from cchc_desktop.documents.output import whole_file
from cchc_desktop.documents.plan import PlanInput
from cchc_desktop.documents.plan_documents import DOCUMENTS, as_issued, docx_of, pdf_of
from cchc_desktop.documents.plan_names import file_stem
from cchc_desktop.documents.plan_xlsx import write_plan_xlsx as _plan_xlsx
from cchc_desktop.documents.selfscore import write_selfscore_pdf as _selfscore_pdf
from cchc_desktop.documents.selfscore_lines import SelfScoreInput
from cchc_desktop.documents.selfscore_xlsx import write_selfscore_xlsx as _selfscore_xlsx
from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.document_template import PlanDocument
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
from cchc_desktop.store.settings import DOCUMENT_TEMPLATE, setting


class DocumentKind(StrEnum):
    PLAN_PDF = "plan_pdf"
    PLAN_DOCX = "plan_docx"
    DECISION_PDF = "decision_pdf"
    DECISION_DOCX = "decision_docx"
    LETTER_PDF = "letter_pdf"
    LETTER_DOCX = "letter_docx"
    TASKS_XLSX = "tasks_xlsx"
    SELFSCORE_PDF = "selfscore_pdf"
    SELFSCORE_XLSX = "selfscore_xlsx"

    @property
    def ending(self) -> str:
        return self.rpartition("_")[2]

    @property
    def of_plan(self) -> bool:
        """Of one plan of a round, by the plan's id; the others are of the round."""
        return self not in (DocumentKind.SELFSCORE_PDF, DocumentKind.SELFSCORE_XLSX)


def file_name(profile: Profile, plan_id: str, kind: DocumentKind) -> str:
    """A name to suggest: letters without accents, the year and the unit's code."""
    if kind.of_plan:
        of_round, written = _plan(profile, plan_id)
        return text(f"documents.file.{kind}", plan=file_stem(written), unit=of_round.unit.code)
    of_round = profile.read(lambda db: rounds.one(db, plan_id))
    return text(f"documents.file.{kind}", year=str(of_round.year), unit=of_round.unit.code)


def write(
    profile: Profile, plan_id: str, kind: DocumentKind, to: Path, progress: Progress | None = None
) -> Path:
    """Write one document; gives `to` back. `plan_id` is a plan's id, or that of a round for its self-score.

    Raises `KnownError` documents.disk_full, no_permission, no_folder, is_folder, not_written, and those of a
    missing form pack; `Cancelled` when the user stopped it.
    """
    progress = progress or Progress()
    draw = _WRITERS[kind](profile, plan_id)
    with whole_file(to) as part:
        draw(part, progress)
        progress.at(message("documents.step_save"), 1, 1)
    return to


def write_plan_pdf(profile: Profile, plan_id: str, to: Path, progress: Progress | None = None) -> Path:
    """The plan as it is issued: a Kế hoạch, or a Quyết định with the plan attached. Raises as `write`."""
    return write(profile, plan_id, DocumentKind.PLAN_PDF, to, progress)


def write_plan_docx(profile: Profile, plan_id: str, to: Path, progress: Progress | None = None) -> Path:
    """The same for a word processor. Raises as `write`."""
    return write(profile, plan_id, DocumentKind.PLAN_DOCX, to, progress)


def write_selfscore_pdf(profile: Profile, round_id: str, to: Path, progress: Progress | None = None) -> Path:
    """The self-score report with its bars, its table and its list of evidence. Raises as `write`."""
    return write(profile, round_id, DocumentKind.SELFSCORE_PDF, to, progress)


def write_selfscore_xlsx(profile: Profile, round_id: str, to: Path, progress: Progress | None = None) -> Path:
    """The same table as a workbook. Raises as `write`."""
    return write(profile, round_id, DocumentKind.SELFSCORE_XLSX, to, progress)


def plan_input(profile: Profile, plan_id: str) -> PlanInput:
    """What the documents of a plan say, as the plan stands now, worded by the unit's own template."""
    of_round, written = _plan(profile, plan_id)
    criteria_ref = PackRef(of_round.criteria_id, of_round.criteria_version)
    criteria = registry.criteria_set(criteria_ref, profile.folder)
    codes = {node.key: node.code for node in criteria.nodes}
    chosen = profile.read(lambda db: setting(db, DOCUMENT_TEMPLATE))
    template = registry.document_template(of_round.unit.kind, profile.folder, chosen)
    return PlanInput(of_round.unit, written, codes, template=template)


def _plan(profile: Profile, plan_id: str) -> tuple[Round, Plan]:
    def read(db: Connection) -> tuple[Round, PlanRecord, PlanContent]:
        record = stored_plans.record(db, plan_id)
        return rounds.one(db, record.round_id), record, stored_plan.content(db, plan_id)

    of_round, record, content = profile.read(read)
    template = registry.plan_template(record.template, profile.folder)
    return of_round, Plan.of(of_round, template, record, content, registry.routing(profile.folder))


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


_Draw = Callable[[Path, Progress], None]


def _of_plan(writer: Callable[[Path, PlanInput, Progress | None], None]) -> Callable[[Profile, str], _Draw]:
    def prepared(profile: Profile, plan_id: str) -> _Draw:
        source = plan_input(profile, plan_id)
        return lambda path, progress: writer(path, source, progress)

    return prepared


def _of_round(
    writer: Callable[[Path, SelfScoreInput, Progress | None], None],
) -> Callable[[Profile, str], _Draw]:
    def prepared(profile: Profile, round_id: str) -> _Draw:
        source = selfscore_input(profile, round_id)
        return lambda path, progress: writer(path, source, progress)

    return prepared


_DECISION, _LETTER = DOCUMENTS[PlanDocument.DECISION], DOCUMENTS[PlanDocument.LETTER]
_WRITERS: Mapping[DocumentKind, Callable[[Profile, str], _Draw]] = {
    DocumentKind.PLAN_PDF: _of_plan(pdf_of(as_issued)),
    DocumentKind.PLAN_DOCX: _of_plan(docx_of(as_issued)),
    DocumentKind.DECISION_PDF: _of_plan(pdf_of(_DECISION)),
    DocumentKind.DECISION_DOCX: _of_plan(docx_of(_DECISION)),
    DocumentKind.LETTER_PDF: _of_plan(pdf_of(_LETTER)),
    DocumentKind.LETTER_DOCX: _of_plan(docx_of(_LETTER)),
    DocumentKind.TASKS_XLSX: _of_plan(_plan_xlsx),
    DocumentKind.SELFSCORE_PDF: _of_round(_selfscore_pdf),
    DocumentKind.SELFSCORE_XLSX: _of_round(_selfscore_xlsx),
}
