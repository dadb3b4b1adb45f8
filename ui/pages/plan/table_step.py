"""What the steps with a table share: HTKK's keys, asking before a deletion, moving lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog

from cchc_desktop.domain.plan_checks import Finding, Place
from cchc_desktop.language import text
from ui.context import Context
from ui.pages.plan.paste_preview import MANY, PastePreview
from ui.pages.plan.record_rows import Line, RecordRows
from ui.pages.plan.row_menu import row_menu
from ui.pages.plan.section_head import SectionHead
from ui.pages.plan.step import Step
from ui.widgets.button import Button
from ui.widgets.edit_table import EditTable
from ui.widgets.table_cells import Paste


class TableStep(Step):
    """`noun`: "task" or "target", for the catalogue's sentences."""

    def __init__(self, context: Context, noun: str, rows: RecordRows, name: str) -> None:
        super().__init__()
        self.context, self.rows, self._noun = context, rows, noun
        self.table = EditTable(
            name, rows, invitation=text(f"plan_page.invite_{noun}"), read_only=context.read_only
        )
        self.add_button = Button(text("plan_page.add_row"), self.add_row, icon="plus", shortcut="F5")
        self.remove_button = Button(
            text("plan_page.remove_row"), self.remove_chosen, icon="minus", shortcut="F6"
        )
        self.up_button = Button("", lambda: self.move_chosen(-1), icon="chevron-up")
        self.down_button = Button("", lambda: self.move_chosen(1), icon="chevron-down")
        for button, word in ((self.up_button, "move_up"), (self.down_button, "move_down")):
            button.setAccessibleName(text(f"plan_page.{word}"))
            button.set_help(text(f"plan_page.{word}_help"))
        self.add_button.set_help(text("plan_page.add_help"))
        self.remove_button.set_help(text("plan_page.remove_help"))
        self.head = SectionHead(*self.tools())
        self.table.add_wanted.connect(lambda _row: self.add_row())
        self.table.remove_wanted.connect(self.remove_rows)
        self.table.row_changed.connect(lambda _row: self._look_at_buttons())
        self.table.menu_wanted.connect(lambda at: row_menu(self).exec(at))
        self.table.cells.may_paste = self._may_paste
        if not context.read_only:
            self.table.drag.carry = rows.ids_of
            self.table.drag.drop = self.drop
        for keys, step, beyond in (
            ("Alt+Up", -1, False),
            ("Alt+Down", 1, False),
            ("Alt+Shift+Up", -1, True),
            ("Alt+Shift+Down", 1, True),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda step=step, beyond=beyond: self.move_chosen(step, beyond=beyond))
        self._look_at_buttons()

    def tools(self) -> list[Button]:
        return [self.add_button, self.remove_button, self.up_button, self.down_button]

    def show_lines(self, lines: Sequence[Line], findings: Sequence[Finding]) -> None:
        """The records are new; what is being typed stays where it is."""
        if self.context.edits.pending:
            return
        before = self.table.currentIndex()
        typing = self.table.state() == self.table.State.EditingState
        row = self.rows.show(lines, findings, before.row())
        self.table.rows_changed()
        if before.isValid() and row != before.row() and not typing:
            self.table.set_cell(row, before.column())
        self._look_at_buttons()

    def go_to(self, place: Place | None) -> None:
        row = None
        if place is not None:
            row = self.rows.row_of(place.task_id or place.target_id)
        if row is None:
            self.table.go_to_cell(max(0, self.table.row()))
        else:
            self.table.go_to_cell(row, place.column if place else "")

    def _look_at_buttons(self) -> None:
        closed = text("plan_page.read_only") if self.context.read_only else ""
        none = "" if self.rows.count() else text("plan_page.no_row")
        for button in self.tools():
            button.set_blocked(closed)
        self.remove_button.set_blocked(closed or none)
        for button, step in ((self.up_button, -1), (self.down_button, 1)):
            button.set_blocked(closed or none or self._why_not(step))

    def _why_not(self, step: int) -> str:
        """Why the current line can't go up or down; empty when it can."""
        row = self.table.row()
        if not 0 <= row < self.rows.count():
            return text("plan_page.row_first")
        if self.rows.can_move(self.chosen(), step):
            return ""
        return text("plan_page.is_last_row" if step > 0 else "plan_page.is_first_row")

    def add_row(self) -> None:
        """A blank line below the current one, open for typing."""
        if self.context.read_only:
            return
        self.table.commit()
        row = self.table.row()
        row = self.rows.insert_blank(row if row >= 0 else self.rows.count())
        self.table.rows_changed()
        self.table.edit_cell(row, self.rows.columns[0].key)

    def chosen(self) -> tuple[int, ...]:
        """The rows that the next act is about: those chosen, else the current one."""
        rows = self.table.chosen_rows() or ((self.table.row(),) if self.table.row() >= 0 else ())
        return tuple(row for row in rows if row < self.rows.count())

    def remove_chosen(self) -> None:
        rows = self.chosen()
        if not rows:
            self.table.go_to_cell(0)
            rows = (0,)
        self.remove_rows(rows)

    def remove_rows(self, rows: tuple[int, ...]) -> None:
        """Asks first; blank lines go at once."""
        if self.context.read_only:
            return
        written = [row for row in rows if not self.rows.lines[row].blank]
        if written and not self._sure(written):
            return
        self.rows.remove_rows(rows)
        self.table.rows_changed()
        self.table.go_to_cell(min(rows[0], max(0, self.rows.count() - 1)))
        self._look_at_buttons()

    def _sure(self, rows: list[int]) -> bool:
        count, noun = len(rows), self._noun
        if count == 1:
            title = self.rows.shown(rows[0], self.rows.columns[0].key)
            heading = text(f"plan_page.remove_one_{noun}", number=rows[0] + 1, title=title)
        else:
            heading = text(f"plan_page.remove_many_{noun}", count=count)
        return self.context.dialogs.ask(
            heading,
            text(f"plan_page.remove_words_{noun}"),
            text(f"plan_page.remove_act_{noun}", count=count),
            text("plan_page.keep"),
            danger=True,
        )

    def move_chosen(self, step: int, *, beyond: bool = False) -> None:
        """One place up or down; `beyond` the edge of the area into the next one."""
        rows = self.chosen()
        if self.context.read_only or not rows:
            return
        self.table.commit()
        if self.rows.can_move(rows, step):
            self._move(rows, rows[0] - 1 if step < 0 else rows[-1] + 2)
        elif beyond:
            self.move_beyond(rows, step)

    def move_beyond(self, rows: tuple[int, ...], step: int) -> None:
        """The rows stand at the edge of their area."""
        if (step < 0 and rows[0] > 0) or (step > 0 and rows[-1] < self.rows.count() - 1):
            self._move(rows, rows[0] if step < 0 else rows[-1] + 1, self._neighbour(rows, step))

    def _neighbour(self, rows: tuple[int, ...], step: int) -> str:
        return self.rows.lines[rows[0] - 1 if step < 0 else rows[-1] + 1].area

    def drop(self, ids: Sequence[str], before: int) -> None:
        """Rows were dropped before that row."""
        found = (self.rows.row_of(id_) for id_ in ids)
        rows = tuple(sorted(row for row in found if row is not None))
        if rows and not self.context.read_only:
            self.table.commit()
            self._move(rows, min(before, self.rows.count()))

    def _move(self, rows: tuple[int, ...], before: int, area: str = "") -> None:
        column, many = self.table.currentIndex().column(), len(rows) > 1
        now = self.rows.move_rows(rows, before, area)
        self.table.rows_changed()
        if many:
            self.table.choose_rows(now)
        else:
            self.table.set_cell(now.start, max(1, column))
        self.table.scrollTo(self.table.currentIndex())
        self._look_at_buttons()

    def other_areas(self) -> Sequence[tuple[str, str]]:
        """The content areas (key, name) that the chosen rows can go to."""
        return ()

    def move_to_area(self, area: str) -> None:
        """The chosen rows to the end of another content area."""
        ids = self.rows.ids_of(self.chosen())
        if ids and not self.context.read_only:
            self.table.commit()
            self.rows.move_ids(ids, area)

    def _may_paste(self, paste: Paste) -> bool:
        """A large paste, and one that has cells too many, is shown first."""
        if self.context.read_only:
            return False
        if paste.rows <= MANY and not paste.left_out:
            return True
        dialog = PastePreview(self.window(), paste, self.rows)
        answer = dialog.exec()
        dialog.deleteLater()
        return answer == QDialog.DialogCode.Accepted
