"""Lịch sử thay đổi: who changed what and when, from the journal, newest first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QTreeWidget, QTreeWidgetItem

from cchc_desktop.language import format_date, format_time, render, text
from cchc_desktop.services import history
from cchc_desktop.services.history import HistoryEntry
from ui import fonts
from ui.context import Context
from ui.fonts import Size
from ui.widgets.button import Button, Kind
from ui.widgets.labels import second, section
from ui.widgets.panel import column, row

MOST = 200


class ShowHistory(QDialog):
    """Of the whole round, or what `read` gives under the heading `heading`."""

    def __init__(
        self,
        context: Context,
        heading: str = "",
        read: Callable[[], tuple[HistoryEntry, ...]] | None = None,
    ) -> None:
        super().__init__(context.dialogs.parent)
        self._context = context
        heading = heading or text("scoring_page.history_title")
        self.setWindowTitle(heading)
        self.setMinimumSize(760, 480)
        self.list = QTreeWidget()
        self.list.setAccessibleName(heading)
        self.list.setFont(fonts.font())
        self.list.setColumnCount(3)
        self.list.setHeaderLabels(
            [
                text("scoring_page.history_when"),
                text("scoring_page.history_what"),
                text("scoring_page.history_who"),
            ]
        )
        self.list.header().setStretchLastSection(False)
        for place, mode in enumerate(("Fixed", "Stretch", "ResizeToContents")):
            self.list.header().setSectionResizeMode(place, QHeaderView.ResizeMode[mode])
        day = fonts.metrics().horizontalAdvance("00/00/0000 00:00")
        self.list.setColumnWidth(0, day + 48)
        self.list.header().setFont(fonts.font(Size.SMALL, bold=True))
        self.list.setRootIsDecorated(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformRowHeights(True)
        self._note = second(text("scoring_page.history_looking"))
        close = Button(text("window.close"), self.accept, kind=Kind.PRIMARY)
        self.setLayout(
            column(section(heading, wrap=True), self.list, row(self._note, None, close), gap=12, margin=20)
        )
        look = read or (lambda: history.entries(context.profile, context.round_id, MOST))
        context.work.start(lambda _progress: look(), self._show, quiet=True)

    def _show(self, entries: tuple[HistoryEntry, ...]) -> None:
        self.list.addTopLevelItems([self._item(entry) for entry in entries])
        said = "history_count" if entries else "history_none"
        self._note.setText(text(f"scoring_page.{said}", count=len(entries)))

    def _item(self, entry: HistoryEntry) -> QTreeWidgetItem:
        when = f"{format_date(entry.at)} {format_time(entry.at)}"
        what = render(entry.what)
        if entry.undone:
            what = text("scoring_page.history_undone", what=what)
        item = QTreeWidgetItem([when, what, entry.actor])
        for place, words in enumerate((when, what, entry.actor)):
            item.setToolTip(place, words)
        for detail in entry.details:
            words = text(
                "scoring_page.history_detail",
                field=detail.field,
                old=detail.old or text("scoring_page.history_empty"),
                new=detail.new or text("scoring_page.history_empty"),
            )
            inner = QTreeWidgetItem(["", words, ""])
            inner.setToolTip(1, words)
            item.addChild(inner)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{when}, {what}, {entry.actor}")
        return item
