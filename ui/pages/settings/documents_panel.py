"""Which template words and lays out the unit's documents, where there is more than one to choose from."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.pack import PackInfo
from cchc_desktop.language import text
from ui.context import Context
from ui.pages.settings.panel import SettingsPanel
from ui.widgets.choice import Choice
from ui.widgets.form import Form
from ui.widgets.tab_order import tab_after

_BY_ITSELF = ""
"""Not an id: the unit's own newest, else the program's."""


class DocumentsPanel(SettingsPanel):
    """Hidden while there is only one template."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, "documents", parent)
        self.hide()

    @cached_property
    def template(self) -> Choice:
        """Made when there is something to choose."""
        words = text("settings.documents_template")
        made = Choice(words)
        made.chosen.connect(self._put)
        form = Form()
        self.box.addWidget(form)
        form.add("template", words, made, text("settings.documents_hint"))
        tab_after(self, made)
        return made

    def refresh(self, changes: Changes | None) -> None:
        if changes is not None and "rounds" not in changes.subjects:
            return
        from cchc_desktop.services import document_templates

        profile, unit_kind = self.context.profile, self.context.round.unit.kind
        self.context.work.start(
            lambda _: document_templates.choice(profile, unit_kind),
            self._show,  # a method, not a closure: Qt calls none of a panel that has gone
            self.show_error,
            quiet=True,
        )

    def _show(self, found: tuple[tuple[PackInfo, ...], str]) -> None:
        templates, chosen = found
        self.setVisible(len(templates) > 1)
        if self.isHidden():
            return
        named = [(info.ref.id, info.title) for info in templates]
        by_itself = (_BY_ITSELF, text("settings.documents_by_itself"))
        self.template.set_choices([by_itself, *named], chosen)

    def _put(self, chosen: str) -> None:
        from cchc_desktop.services import document_templates

        profile = self.context.profile
        self.context.edits.save(lambda: document_templates.choose(profile, chosen), None, self.show_error)
