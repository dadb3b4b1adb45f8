"""The right side: the record of the chosen piece, what it is used for, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.evidence import Evidence, EvidenceRecord
from cchc_desktop.language import format_size, text
from ui.context import Context
from ui.fonts import Size
from ui.pages.evidence.actions import EvidenceActions
from ui.pages.evidence.record_form import RecordForm
from ui.theme import Role
from ui.widgets.button import Button
from ui.widgets.labels import ElidedLabel, Label, second, section
from ui.widgets.panel import HLine, Strip, column, put, row
from ui.widgets.scroll_column import ScrollColumn


class Details(Strip):
    def __init__(self, context: Context, actions: EvidenceActions, parent: QWidget) -> None:
        super().__init__("left", upright=True, parent=parent)
        self._context, self._actions = context, actions
        self._pieces: tuple[Evidence, ...] = ()
        whole, of_one = column(gap=10), column(gap=8)
        whole.setContentsMargins(16, 12, 16, 12)
        self.box.setSpacing(0)
        self.box.addWidget(ScrollColumn(whole), 1)
        self._heading = section(text("evidence_page.details"), wrap=True)
        self._name = ElidedLabel("", Size.SMALL, Role.MUTED)
        self._added = second()
        self.form = RecordForm()
        self.form.set_read_only(context.read_only)
        self.form.changed.connect(self._changed)
        self._links = Label(wrap=True)
        self.links_button = Button(text("evidence_page.change_links"), self._change_links, icon="link")
        self.open_button = Button(text("evidence_page.open"), self._open, icon="external-link")
        self.remove_button = Button(text("evidence_page.remove"), self._remove, shortcut="F6")
        self._one = QWidget()
        self._one.setLayout(of_one)
        put(whole, self._heading, self._one, row(self.open_button, None, self.remove_button), None)
        put(of_one, column(self._name, self._added, gap=0), self.form, HLine())
        put(of_one, Label(text("evidence_page.linked_to"), bold=True), self._links)
        put(of_one, row(self.links_button, None))
        if context.read_only:
            why = text("evidence_page.archived")
            self.links_button.set_blocked(why)
            self.remove_button.set_blocked(why)
        self.show_pieces(())

    def show_pieces(self, pieces: Sequence[Evidence], links: str = "") -> None:
        """One piece with its fields; several only to be removed; none."""
        if [piece.id for piece in pieces] != [piece.id for piece in self._pieces]:
            self.form.commit()
        self._pieces = tuple(pieces)
        one = len(self._pieces) == 1
        self._one.setVisible(one)
        self.open_button.setVisible(one)
        self.remove_button.setVisible(bool(self._pieces))
        if not self._pieces:
            self._heading.setText(text("evidence_page.details_none"))
        elif not one:
            self._heading.setText(text("evidence_page.details_many", count=len(self._pieces)))
        else:
            piece = self._pieces[0]
            self._heading.setText(piece.record.number or piece.name)
            self._name.set_words(f"{piece.name} · {format_size(piece.size)}")
            self._added.setText(text("evidence_page.added_on", day=piece.added_at))
            self.form.set_record(piece.record)
            self._links.setText(links or text("evidence_page.not_linked"))

    def _changed(self, record: EvidenceRecord) -> None:
        if len(self._pieces) == 1:
            self._actions.save(self._pieces[0], record)

    def _change_links(self) -> None:
        if len(self._pieces) == 1:
            self._actions.choose_links(self._pieces[0])

    def _open(self) -> None:
        if len(self._pieces) == 1:
            self._actions.open(self._pieces[0])

    def _remove(self) -> None:
        self._actions.remove(self._pieces)
