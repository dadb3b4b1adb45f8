"""A folder of packages as a table: filter, search, open one, write the table to a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.package_look import FolderLook
from cchc_desktop.language import text
from cchc_desktop.services import verification
from ui.marks import WARN, Mark
from ui.packages.folder_rows import FolderRows
from ui.widgets.button import Button
from ui.widgets.chips import Filter, FilterChips
from ui.widgets.edit_table import EditTable
from ui.widgets.labels import Label
from ui.widgets.panel import column, row
from ui.widgets.search_field import SearchField


class FolderView(QWidget):
    """`open_one(path)` shows one package; `save(ending)` writes the table."""

    def __init__(self, open_one: Callable[[Path], object], save: Callable[[str], object]) -> None:
        super().__init__()
        self._open_one = open_one
        self.look: FolderLook | None = None
        self.rows = FolderRows()
        self._summary = Label(wrap=True)
        self.chips = FilterChips(
            [
                Filter("all", text("package_view.filter_all")),
                Filter("newest", text("package_view.filter_newest"), Mark.DONE),
                Filter("remarks", text("package_view.filter_remarks"), WARN),
                Filter("refused", text("package_view.filter_refused"), Mark.ERROR),
            ],
            columns=4,
        )
        words = text("package_view.folder_search")
        self.search = SearchField(words)
        self.table = EditTable(text("package_view.folder_table"), self.rows, read_only=True, lines=1)
        self.open = Button(text("package_view.open_package"), self._open, icon="eye")
        self.xlsx = Button(text("package_view.save_xlsx"), lambda: save("xlsx"), icon="file-spreadsheet")
        self.csv = Button(text("package_view.save_csv"), lambda: save("csv"), icon="download")
        self.chips.chosen.connect(lambda _key: self._narrow())
        self.search.textChanged.connect(lambda _words: self._narrow())
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.doubleClicked.connect(lambda _index: self._open())
        self.table.row_changed.connect(lambda _row: self._fit_open())
        box = column(
            self._summary,
            self.chips,
            self.search,
            self.table,
            row(self.open, None, self.xlsx, self.csv, gap=8),
            gap=10,
        )
        box.setStretch(3, 1)
        box.setContentsMargins(0, 0, 12, 0)
        self.setLayout(box)

    def show_look(self, look: FolderLook) -> None:
        self.look = look
        self._summary.setText(verification.summary(look))
        self.rows.load(look)
        self.chips.set_counts(self.rows.counts())
        self.search.setText("")
        self.chips.set_value("all")

    def summary_words(self) -> str:
        return self._summary.text()

    def _narrow(self) -> None:
        self.rows.narrow(self.chips.value(), self.search.text())
        self.table.rows_changed()
        self._fit_open()

    def _fit_open(self) -> None:
        chosen = self.rows.piece(self.table.row())
        self.open.set_blocked("" if chosen is not None else text("package_view.choose_first"))

    def _open(self) -> None:
        chosen = self.rows.piece(self.table.row())
        if chosen is not None:
            self._open_one(chosen.path)
