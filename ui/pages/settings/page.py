"""The settings page: panels in two columns; each panel reads and writes its own part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.language import text
from ui.context import Context
from ui.pages.settings.backup_panel import BackupPanel
from ui.pages.settings.data_panel import DataPanel
from ui.pages.settings.documents_panel import DocumentsPanel
from ui.pages.settings.forms_panel import FormsPanel
from ui.pages.settings.key_panel import KeyPanel
from ui.pages.settings.limits_panel import LimitsPanel
from ui.pages.settings.look_panel import LookPanel
from ui.pages.settings.offices_panel import OfficesPanel
from ui.pages.settings.panel import SettingsPanel
from ui.pages.settings.program_panel import ProgramPanel
from ui.pages.settings.reminders_panel import RemindersPanel
from ui.pages.settings.unit_panel import UnitPanel
from ui.pages.settings.years_panel import YearsPanel
from ui.widgets.in_sight import InSight
from ui.widgets.page import PageBase
from ui.widgets.panel import MARGIN, PANEL_GAP, column, row, scrolling

_P = TypeVar("_P", bound=SettingsPanel)
TWO_COLUMNS_FROM = 1000


class Page(PageBase):
    reads_rest = True

    def __init__(self, context: Context) -> None:
        super().__init__(context, text("window.page_settings"), margin=0)
        self.set_subtitle(text("settings.subtitle"))
        self._panels: list[SettingsPanel] = []
        self._left, self._right = column(None, gap=PANEL_GAP), column(None, gap=PANEL_GAP)
        both = self._both = row(self._left, self._right, gap=PANEL_GAP)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        both.setContentsMargins(MARGIN, PANEL_GAP, MARGIN, PANEL_GAP)
        self._inside = QWidget()
        self._inside.setLayout(both)
        self.scroll_area = scrolling(self._inside)
        self._in_sight = InSight(self.scroll_area)
        self.body.addWidget(self.scroll_area)

    def build(self) -> Iterator[None]:
        self.unit = self._put(self._left, UnitPanel)
        yield
        self.key = self._put(self._right, KeyPanel)
        yield
        self.years = self._put(self._left, YearsPanel)
        self.offices = self._put(self._right, OfficesPanel)
        self.key.kin, self.offices.kin = (self.offices,), (self.key,)
        yield
        self.backup = self._put(self._left, BackupPanel)
        yield
        self.forms = self._put(self._right, FormsPanel)
        self.documents = self._put(self._right, DocumentsPanel)
        self.forms.kin = (self.documents,)
        self.data = self._put(self._left, DataPanel)
        yield
        self.reminders = self._put(self._right, RemindersPanel)
        self.limits = self._put(self._right, LimitsPanel)
        self.look = self._put(self._right, LookPanel)
        yield
        self.program = self._put(self._right, ProgramPanel)

    def _put(self, where: QVBoxLayout, kind: Callable[[Context, QWidget], _P]) -> _P:
        """At the end of a column, over the room that is left there."""
        panel = kind(self.context, self._inside)
        where.insertWidget(where.count() - 1, panel)
        self._panels.append(panel)
        return panel

    def fit(self) -> None:
        side_by_side = self.width() >= TWO_COLUMNS_FROM
        way = QBoxLayout.Direction.LeftToRight if side_by_side else QBoxLayout.Direction.TopToBottom
        self._both.setDirection(way)

    def read(self) -> Iterator[None]:
        for panel in self._panels:
            panel.refresh(None)
            yield

    def read_ahead(self) -> Iterator[None]:
        """All but the key, whose keyring may ask for a password."""
        for panel in self._panels:
            if panel is not self.key:
                panel.refresh(None)
                yield

    def read_rest(self) -> Iterator[None]:
        """The key; and whose word counts, which other pages may add to."""
        for panel in (self.key, self.offices):
            panel.refresh(None)
        yield

    def refresh(self, changes: Changes | None) -> None:
        for panel in self._panels:
            panel.refresh(changes)

    def go_to(self, where: object) -> None:
        """`where`: "key" (asked by Gửi báo cáo), "forms", "offices", "unit", "years", "limits", "backup",
        "program"; or a pack that updates the program.
        """
        panel = self.program if isinstance(where, Path) else getattr(self, str(where), None)
        if isinstance(panel, SettingsPanel):
            panel.focus_first()
            self._in_sight.keep(panel)
        if isinstance(where, Path):
            self.program.look_at(where)
