"""Light, dark, or as the system is."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.language import text
from ui import theme
from ui.context import Context
from ui.pages.settings.panel import SettingsPanel
from ui.widgets.option_card import OptionCard
from ui.widgets.panel import row

CHOICES = (theme.Appearance.SYSTEM, theme.Appearance.LIGHT, theme.Appearance.DARK)


class LookPanel(SettingsPanel):
    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, "look", parent)
        self._group = QButtonGroup(self)
        cards = [OptionCard(text(f"settings.look_{choice.value}")) for choice in CHOICES]
        for place, card in enumerate(cards):
            self._group.addButton(card, place)
        self._group.idClicked.connect(self._put)
        self.box.addLayout(row(*cards))
        theme.changes().changed.connect(self._show_chosen)

    def refresh(self, changes: Changes | None) -> None:
        self._show_chosen()

    def _show_chosen(self) -> None:
        if (card := self._group.button(CHOICES.index(theme.appearance()))) is not None:
            card.setChecked(True)

    def _put(self, place: int) -> None:
        from cchc_desktop.services.profile import set_setting

        chosen, profile = CHOICES[place], self.context.profile
        theme.set_appearance(chosen)
        self.context.edits.save(
            lambda: set_setting(profile, "window.appearance", chosen.value), None, self.show_error
        )
