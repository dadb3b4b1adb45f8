"""The letter (công văn) that carries a plan to the office: to whom the routing of that day says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from cchc_desktop.documents.characters import one_line
from cchc_desktop.documents.letterhead import full_name, issuer_symbol, letterhead, recipients
from cchc_desktop.documents.model import Addressees, Block, Closing, Document
from cchc_desktop.documents.plan import PlanInput, assembled, ended, said
from cchc_desktop.documents.plan_names import begun_small, number_and_date
from cchc_desktop.domain.document_template import PlanDocument
from cchc_desktop.domain.plan import Plan, PlanForm
from cchc_desktop.language import text


def _sent_on(plan: Plan) -> date:
    """The letter's day, else the plan's; before both are known the routing of the plan's first day holds."""
    return plan.issue.letter_on or plan.issue.issued_on or plan.starts_on


def addressees(source: PlanInput) -> tuple[str, ...]:
    """ "Ủy ban nhân dân tỉnh Đắk Lắk (qua Sở Nội vụ)"; offices of one addressee are named together.

    Without a route it is the unit's superior, else room to write it in.
    """
    through: dict[str, list[str]] = {}
    plan = source.plan
    for route in plan.sending(_sent_on(plan)).routes:
        offices = through.setdefault(full_name(route.addressee), [])
        if (via := one_line(route.via)) and via not in offices:
            offices.append(via)
    if not through:
        return (full_name(source.unit.superior) or text("documents.no_place"),)
    return tuple(
        source.words("letter.through", addressee=name, via=", ".join(offices)) if offices else name
        for name, offices in through.items()
    )


def letter_document(source: PlanInput) -> Document:
    unit, plan, words = source.unit, source.plan, source.words
    issue = plan.issue
    subject = one_line(words("letter.subject"))
    drafter = one_line(words("letter.drafter"))
    issuer = issuer_symbol(unit)
    symbol = text("documents.symbol_letter", issuer=issuer, drafter=drafter) if drafter else issuer
    document = words("decision.kind" if issue.form is PlanForm.DECISION else "plan.kind")
    told = words(
        "letter.body",
        **number_and_date(unit, plan, issue.form),
        document=document,
        tasks=f"{len(plan.tasks):02d}",
        targets=f"{len(plan.targets):02d}",
    )
    to = tuple(line for line in words("letter.recipients").split("\n") if line.strip())
    parts: Mapping[str, Iterable[Block]] = {
        "letterhead": [letterhead(unit, issue.letter_number, symbol, issue.letter_on, plan.year, subject)],
        "addressees": [Addressees(text("documents.addressed"), addressees(source))],
        "body": ended(list(said(told))),
        "closing": [Closing(source.signature(), text("documents.recipients"), recipients(to))],
    }
    return Document(
        title=text("documents.letter.title", subject=begun_small(subject)),
        author=source.author,
        subject=subject,
        blocks=assembled(source, PlanDocument.LETTER, parts),
        layout=source.template.layout,
    )
