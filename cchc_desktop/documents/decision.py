"""The Quyết định by which a plan is issued, with the plan attached, by Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from cchc_desktop.documents.letterhead import (
    bare_title,
    full_name,
    is_committee,
    letterhead,
    recipients,
)
from cchc_desktop.documents.model import (
    AttachedHead,
    Block,
    Closing,
    Document,
    Letterhead,
    NewPage,
    Orientation,
    Text,
    TextKind,
    Title,
)
from cchc_desktop.documents.plan import (
    PlanInput,
    assembled,
    body,
    ended,
    grounds_of,
    tasks_annex,
)
from cchc_desktop.documents.plan_names import begun_large, begun_small, given, number_and_date, symbol
from cchc_desktop.domain.document_template import PlanDocument
from cchc_desktop.domain.plan import PlanForm
from cchc_desktop.domain.unit import Unit
from cchc_desktop.language import text


def deciding(unit: Unit) -> str:
    """Who decides, as it is printed above the căn cứ: a committee itself, elsewhere the head."""
    name = full_name(unit.name)
    if is_committee(unit):
        return name.upper()
    title = bare_title(unit.head.title, unit) or text("documents.head_of_department")
    return f"{title} {name}".upper()


def _articles(words: str) -> Iterator[Block]:
    """A line that begins as an article has that beginning in bold."""
    article = re.compile(rf"({re.escape(text('documents.decision.article'))} \d{{1,3}}[.:])\s+(.+)")
    for line in words.split("\n"):
        found = article.fullmatch(line.strip())
        if found:
            yield Text(found[2], lead=found[1])
        elif line.strip():
            yield Text(line.strip())


def _strong(words: str) -> Iterator[Block]:
    if words.strip():
        yield Text(words, TextKind.STRONG)


def _attached(source: PlanInput, reference: str) -> list[Block]:
    """The plan with a head of its own, but neither number nor signature: those are the decision's."""
    unit, words = source.unit, source.words
    head = Letterhead(superior=full_name(unit.superior), issuer=full_name(unit.name))
    title = AttachedHead(words("plan.kind"), begun_large(words("plan.abstract")), reference)
    return [NewPage(Orientation.PORTRAIT), head, title, *body(source)]


def decision_document(source: PlanInput) -> Document:
    unit, plan, words = source.unit, source.plan, source.words
    form = PlanForm.DECISION
    number, day = given(plan, form)
    kind, abstract = words("decision.kind"), begun_large(words("decision.abstract"))
    issued = number_and_date(unit, plan, form)
    first = words("decision.recipient").strip()
    to = (*([first] if first else []), *plan.recipients)
    parts: Mapping[str, Iterable[Block]] = {
        "letterhead": [letterhead(unit, number, symbol(unit, form), day, plan.year)],
        "title": [Title(kind, abstract)],
        "authority": _strong(words("decision.authority", authority=deciding(unit))),
        "grounds": grounds_of(source, words("decision.request")),
        "order": _strong(words("decision.order")),
        "articles": ended(list(_articles(words("decision.articles")))),
        "closing": [Closing(source.signature(), text("documents.recipients"), recipients(to))],
        "plan": _attached(source, words("decision.plan_reference", **issued)),
        "tasks": tasks_annex(source, words("decision.annex_reference", **issued)),
    }
    return Document(
        title=f"{kind} {begun_small(abstract)}",
        author=source.author,
        subject=abstract,
        blocks=assembled(source, PlanDocument.DECISION, parts),
        layout=source.template.layout,
    )
