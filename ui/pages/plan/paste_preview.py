"""What a large paste would do, before it is done: its rows as they would stand, and what can't be kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from cchc_desktop.language import text
from ui.marks import Mark
from ui.pages.plan.record_rows import RecordRows
from ui.widgets.button import Button, Kind
from ui.widgets.edit_table import EditTable
from ui.widgets.labels import Label, section
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.panel import column, row
from ui.widgets.sheet_dialog import SheetDialog
from ui.widgets.table_cells import Paste
from ui.widgets.table_rows import Column, Problem

MANY = 50
"""More rows than this are shown before they are pasted."""


class _Pasted:
    """The pasted cells alone, read only."""

    def __init__(self, paste: Paste, target: RecordRows) -> None:
        keys = {key for _row, key, _said in paste.cells}
        self._columns = tuple(one for one in target.columns if one.key in keys)
        self._target = target
        self._rows: dict[int, dict[str, str]] = {}
        for at, key, said in paste.cells:
            self._rows.setdefault(at, {})[key] = target.pasted(key, said)
        self._order = sorted(self._rows)
        self._faults: dict[tuple[int, str], Problem] = {}
        for at, key, said in paste.cells:
            if (fault := target.fault(key, said)) is not None:
                words = text("plan_page.paste_kept_marked")
                self._faults[at, key] = Problem(Mark.ERROR, words, target.words_of(fault))

    @property
    def columns(self) -> Sequence[Column]:
        return self._columns

    @property
    def faults(self) -> int:
        return len(self._faults)

    def count(self) -> int:
        return len(self._order)

    def shown(self, row: int, key: str) -> str:
        return self._rows[self._order[row]].get(key, "")

    def put(self, row: int, key: str, typed: str) -> None:
        """Nothing is typed here."""

    def problem(self, row: int, key: str) -> Problem | None:
        return self._faults.get((self._order[row], key))


class PastePreview(SheetDialog):
    def __init__(self, parent: QWidget | None, paste: Paste, target: RecordRows) -> None:
        super().__init__(parent, text("plan_page.paste_heading", rows=paste.rows), 860)
        rows = _Pasted(paste, target)
        over = paste.rows - paste.new_rows
        words = text("plan_page.paste_words", new=paste.new_rows, over=over)
        self.table = EditTable(text("plan_page.paste_heading", rows=paste.rows), rows, read_only=True)
        self.table.setMinimumHeight(240)
        self.note, self.left_out = MessageBar(), MessageBar()
        if rows.faults:
            self.note.say(text("plan_page.paste_faults", count=rows.faults), Tone.WARN)
        if paste.left_out:
            self.left_out.say(text("plan_page.paste_left_out", count=paste.left_out), Tone.WARN)
        self.go = Button(text("plan_page.paste_act", rows=paste.rows), self.accept, kind=Kind.PRIMARY)
        self.back = Button(text("plan_page.pick_back"), self.reject)
        heading = section(text("plan_page.paste_heading", rows=paste.rows))
        content = column(heading, Label(words, wrap=True), self.note, self.left_out, self.table, gap=10)
        self.set_content(content, row(None, self.back, self.go, gap=8))
        self.table.rows_changed()
