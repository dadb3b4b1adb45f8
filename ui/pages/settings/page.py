"""The settings page: panels in two columns; each panel reads and writes its own part."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.language import text
from ui.context import Context
from ui.pages.settings.backup_panel import BackupPanel
from ui.pages.settings.data_panel import DataPanel
from ui.pages.settings.forms_panel import FormsPanel
from ui.pages.settings.key_panel import KeyPanel
from ui.pages.settings.limits_panel import LimitsPanel
from ui.pages.settings.look_panel import LookPanel
from ui.pages.settings.offices_panel import OfficesPanel
from ui.pages.settings.panel import SettingsPanel
from ui.pages.settings.unit_panel import UnitPanel
from ui.pages.settings.years_panel import YearsPanel
from ui.widgets.page import PageBase
from ui.widgets.panel import MARGIN, PANEL_GAP, column, row

TWO_COLUMNS_FROM = 1000


class Page(PageBase):
    def __init__(self, context: Context) -> None:
        super().__init__(context, text("window.page_settings"), margin=0)
        self.set_subtitle(text("settings.subtitle"))
        self.unit, self.key = UnitPanel(context), KeyPanel(context)
        self.years, self.limits = YearsPanel(context), LimitsPanel(context)
        self.look, self.data = LookPanel(context), DataPanel(context)
        self.forms, self.offices = FormsPanel(context), OfficesPanel(context)
        self.backup = BackupPanel(context)
        self.key.kin, self.offices.kin = (self.offices,), (self.key,)
        self._panels: tuple[SettingsPanel, ...] = (
            self.unit,
            self.years,
            self.key,
            self.offices,
            self.forms,
            self.limits,
            self.look,
            self.data,
            self.backup,
        )
        left = column(self.unit, self.years, self.backup, self.data, None, gap=PANEL_GAP)
        right = column(self.key, self.offices, self.forms, self.limits, self.look, None, gap=PANEL_GAP)
        both = self._both = row(left, right, gap=PANEL_GAP)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        both.setContentsMargins(MARGIN, PANEL_GAP, MARGIN, PANEL_GAP)
        inside = QWidget()
        inside.setLayout(both)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        self._scroll = scroll
        self.body.addWidget(scroll)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side_by_side = self.width() >= TWO_COLUMNS_FROM
        way = QBoxLayout.Direction.LeftToRight if side_by_side else QBoxLayout.Direction.TopToBottom
        self._both.setDirection(way)

    def refresh(self, changes: Changes | None) -> None:
        for panel in self._panels:
            panel.refresh(changes)

    def go_to(self, where: object) -> None:
        """`where`: "key" (asked by Gửi báo cáo), "forms", "offices", "unit", "years", "limits", "backup"."""
        panel = getattr(self, str(where), None)
        if isinstance(panel, SettingsPanel):
            self._scroll.ensureWidgetVisible(panel)
            panel.focus_first()
