"""All documents of a plan, and the forms they are written in. A new one is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from cchc_desktop.documents.decision import decision_document
from cchc_desktop.documents.docx import write_docx
from cchc_desktop.documents.letter import letter_document
from cchc_desktop.documents.model import Document
from cchc_desktop.documents.pdf import write_pdf
from cchc_desktop.documents.plan import PlanInput, plan_document
from cchc_desktop.domain.document_template import PlanDocument
from cchc_desktop.domain.plan import PlanForm
from cchc_desktop.domain.progress import Progress

DOCUMENTS: Mapping[PlanDocument, Callable[[PlanInput], Document]] = {
    PlanDocument.PLAN: plan_document,
    PlanDocument.DECISION: decision_document,
    PlanDocument.LETTER: letter_document,
}
Writer = Callable[[Path, PlanInput, Progress | None], None]


def as_issued(source: PlanInput) -> Document:
    """The plan in the form in which it is issued: by itself, or attached to its Quyết định."""
    return (decision_document if source.plan.issue.form is PlanForm.DECISION else plan_document)(source)


def docx_of(draw: Callable[[PlanInput], Document]) -> Writer:
    """Writes in place: see `output.whole_file` for the safe way."""
    return lambda path, source, progress: write_docx(path, draw(source), progress)


def pdf_of(draw: Callable[[PlanInput], Document]) -> Writer:
    """Writes in place: see `output.whole_file` for the safe way."""
    return lambda path, source, progress: write_pdf(draw(source), path, progress)
