"""All documents of a plan. A new one is one module that makes its `Document`, and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cchc_desktop.documents.decision import decision_document
from cchc_desktop.documents.letter import letter_document
from cchc_desktop.documents.model import Document
from cchc_desktop.documents.plan import PlanInput, plan_document
from cchc_desktop.domain.document_template import PlanDocument
from cchc_desktop.domain.plan import PlanForm

DOCUMENTS: Mapping[PlanDocument, Callable[[PlanInput], Document]] = {
    PlanDocument.PLAN: plan_document,
    PlanDocument.DECISION: decision_document,
    PlanDocument.LETTER: letter_document,
}


def as_issued(form: PlanForm) -> PlanDocument:
    """What a plan of that form is printed as: by itself, or attached to its Quyết định."""
    return PlanDocument.DECISION if form is PlanForm.DECISION else PlanDocument.PLAN
