"""Choosing: evidence that is already there for one more row, or the rows and tasks of one piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_desktop.domain.evidence import Evidence, EvidenceLink, LinkKind
from cchc_desktop.language import format_date, text
from cchc_desktop.services import evidence as service
from ui.context import Context
from ui.pages.evidence.check_list import CheckLine, CheckList
from ui.widgets.button import Button, Kind
from ui.widgets.labels import second, section
from ui.widgets.panel import column, row
from ui.widgets.sheet_dialog import SheetDialog

if TYPE_CHECKING:
    from ui.pages.evidence.actions import EvidenceActions


def _described(piece: Evidence) -> CheckLine:
    record = piece.record
    facts = (
        format_date(record.issued_on) if record.issued_on else "",
        record.issuer,
        record.abstract or (piece.name if record.number else ""),
    )
    return CheckLine(piece.id, record.number or piece.name, " · ".join(part for part in facts if part))


class PickEvidence(SheetDialog):
    """Evidence of the round that does not hang on this row yet."""

    def __init__(self, context: Context, link: EvidenceLink, actions: EvidenceActions) -> None:
        super().__init__(context.dialogs.parent, text("evidence_page.pick"), 620)
        self._link, self._actions = link, actions
        free = [p for p in service.all_evidence(context.profile, context.round_id) if link not in p.links]
        self._pieces = {piece.id: piece for piece in free}
        self.list = CheckList(text("evidence_page.pick"), [_described(piece) for piece in free])
        self.list.turned.connect(self._count)
        self._empty = second(text("evidence_page.pick_none"), wrap=True)
        self._empty.setVisible(not free)
        self.list.setVisible(bool(free))
        cancel = Button(text("window.cancel"), self.reject)
        self.act = Button(text("evidence_page.pick_act", count=0), self._take, kind=Kind.PRIMARY)
        heading = section(text("evidence_page.pick"))
        self.set_content(column(heading, self._empty, self.list, gap=12), row(None, cancel, self.act))
        self._count()

    def _count(self) -> None:
        count = len(self.list.ticked())
        self.act.setText(text("evidence_page.pick_act", count=count))
        self.act.set_blocked("" if count else text("evidence_page.tick_first"))

    def _take(self) -> None:
        for key in self.list.ticked():
            self._actions.link(self._pieces[str(key)], (self._link,))
        self.accept()


class PickPlaces(SheetDialog):
    """The rows and tasks that one piece of evidence proves."""

    def __init__(self, context: Context, piece: Evidence, actions: EvidenceActions) -> None:
        super().__init__(context.dialogs.parent, text("evidence_page.places"), 620)
        self._piece, self._actions = piece, actions
        places = link_places(context)
        lines = [CheckLine(link, words, second_words) for link, (words, second_words) in places.items()]
        self._unknown = tuple(link for link in piece.links if link not in places)
        self.list = CheckList(text("evidence_page.places"), lines, piece.links)
        self.list.turned.connect(self._count)
        cancel = Button(text("window.cancel"), self.reject)
        self.act = Button(text("evidence_page.places_act", count=0), self._take, kind=Kind.PRIMARY)
        heading = section(text("evidence_page.places_of", name=piece.record.number or piece.name), wrap=True)
        self.set_content(column(heading, self.list, gap=12), row(None, cancel, self.act))
        self._count()

    def _count(self) -> None:
        self.act.setText(text("evidence_page.places_act", count=len(self.list.ticked())))

    def _take(self) -> None:
        chosen = [link for link in self.list.ticked() if isinstance(link, EvidenceLink)]
        self._actions.set_links(self._piece, (*chosen, *self._unknown))
        self.accept()


def link_places(context: Context) -> dict[EvidenceLink, tuple[str, str]]:
    """Everything that evidence may hang on: link → (what it is called, a second word)."""
    from cchc_desktop.services import plan as plan_service
    from cchc_desktop.services import scoring as scoring_service

    criteria = scoring_service.sheet(context.profile, context.round_id).criteria
    places: dict[EvidenceLink, tuple[str, str]] = {}
    for node in (*criteria.rows, *criteria.adjustments):
        words = text("evidence_page.row_place", code=node.code, label=node.label)
        places[EvidenceLink(LinkKind.ROW, node.key)] = (words, "")
    for task in plan_service.plan(context.profile, context.round_id).tasks:
        if task.title:
            words = text("evidence_page.task_place", title=task.title)
            places[EvidenceLink(LinkKind.TASK, task.id)] = (words, task.lead)
    return places
