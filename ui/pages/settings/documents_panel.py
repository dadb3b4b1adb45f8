"""Which template words and lays out the unit's documents, where there is more than one to choose from."""

from __future__ import annotations

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.pack import PackInfo
from cchc_desktop.language import text
from ui.context import Context
from ui.pages.settings.panel import SettingsPanel
from ui.widgets.choice import Choice
from ui.widgets.form import Form

_BY_ITSELF = ""
"""Not an id: the unit's own newest, else the program's."""


class DocumentsPanel(SettingsPanel):
    """Hidden while there is only one template."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "documents")
        words = text("settings.documents_template")
        self.template = Choice(words)
        self.template.chosen.connect(self._put)
        form = Form()
        form.add("template", words, self.template, text("settings.documents_hint"))
        self.box.addWidget(form)
        self.hide()

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
        named = [(info.ref.id, info.title) for info in templates]
        by_itself = (_BY_ITSELF, text("settings.documents_by_itself"))
        self.template.set_choices([by_itself, *named], chosen)
        self.setVisible(len(templates) > 1)

    def _put(self, chosen: str) -> None:
        from cchc_desktop.services import document_templates

        profile = self.context.profile
        self.context.edits.save(lambda: document_templates.choose(profile, chosen), None, self.show_error)
