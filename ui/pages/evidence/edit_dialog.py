"""The record of one piece of evidence, to be filled in or mended. Saved when a field is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_desktop.domain.evidence import Evidence, EvidenceRecord
from cchc_desktop.language import format_size, text
from ui.context import Context
from ui.pages.evidence.record_form import RecordForm
from ui.widgets.button import Button, Kind
from ui.widgets.labels import ElidedLabel, second, section
from ui.widgets.panel import column, row
from ui.widgets.sheet_dialog import SheetDialog

if TYPE_CHECKING:
    from ui.pages.evidence.actions import EvidenceActions


class EditEvidence(SheetDialog):
    def __init__(self, context: Context, piece: Evidence, actions: EvidenceActions) -> None:
        super().__init__(context.dialogs.parent, text("evidence_page.record"), 560)
        self._piece, self._actions = piece, actions
        self.form = RecordForm(wide=True)
        self.form.set_record(piece.record)
        self.form.set_read_only(context.read_only)
        self.form.changed.connect(self._changed)
        name = row(ElidedLabel(piece.name), second(format_size(piece.size)))
        name.setStretch(0, 1)
        self.done_button = Button(text("evidence_page.done"), self.accept, kind=Kind.PRIMARY)
        buttons = row(second(text("evidence_page.saved_by_itself")), None, self.done_button)
        self.set_content(column(section(text("evidence_page.record")), name, self.form, gap=12), buttons)
        self.form.focus_missing()

    def _changed(self, record: EvidenceRecord) -> None:
        self._actions.save(self._piece, record)

    def accept(self) -> None:
        self.form.commit()
        super().accept()

    def reject(self) -> None:
        """Leaving by Esc keeps what was typed, as everywhere."""
        self.form.commit()
        super().reject()
