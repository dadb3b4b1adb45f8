"""The years of this profile, and how a new one begins."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.round import Round
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from ui.context import Context
from ui.fonts import Size
from ui.marks import Mark, MarkSign
from ui.pages.settings.panel import SettingsPanel
from ui.theme import Role
from ui.widgets.button import Button, LinkLabel
from ui.widgets.labels import ElidedLabel, strong
from ui.widgets.panel import clear, column, row


class YearsPanel(SettingsPanel):
    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, "years", parent)
        self._lines = column(gap=10)
        self.new = Button(text("window.year_new"), context.new_year, icon="plus")
        self.box.addLayout(self._lines)
        self.box.addLayout(row(self.new, None))

    def refresh(self, changes: Changes | None) -> None:
        if changes is not None and "rounds" not in changes.subjects:
            return
        from cchc_desktop.services.rounds import rounds

        clear(self._lines)
        data = self.context.profile.folder
        for round_ in rounds(self.context.profile):
            mark = Mark.NOT_APPLICABLE if round_.archived else Mark.DOING
            here = round_.id == self.context.round_id
            year = strong(text("window.year", year=str(round_.year)))
            state = text("settings.year_here" if here else "settings.year_kept")
            if round_.archived:
                state = text("settings.year_archived")
            words = column(
                ElidedLabel(round_.unit.name),
                ElidedLabel(f"{state} · {_packs(round_, data)}", Size.SMALL, Role.MUTED),
                gap=0,
            )
            line = row(MarkSign(mark), year, words, gap=12)
            line.setStretch(2, 1)
            if not here:
                line.addWidget(self._link(round_))
            self._lines.addLayout(line)

    def _link(self, round_: Round) -> LinkLabel:
        """Where the rail shows icons only, this is the way to another year."""
        link = LinkLabel(text("settings.year_show"), lambda: self.context.reload(round_.id))
        link.setAccessibleName(text("settings.year_show_named", year=str(round_.year), unit=round_.unit.name))
        return link


def _packs(round_: Round, data: Path) -> str:
    from cchc_desktop.services.packs import criteria_set

    try:
        title = criteria_set(PackRef(round_.criteria_id, round_.criteria_version), data).title
    except KnownError:
        title = round_.criteria_id
    return text("wizard.pack", title=title, version=str(round_.criteria_version))
