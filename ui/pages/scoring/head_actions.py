"""The buttons of the page's head: undo, the head's confirmation, export and print, and what is rarer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.message import Message
from cchc_desktop.services import history
from ui.pages.scoring.live_sheet import LiveSheet
from ui.preview import preview, save_document
from ui.widgets.button import Button
from ui.widgets.message_bar import Tone
from ui.work import ENVIRONMENT, Job

if TYPE_CHECKING:
    from ui.pages.plan.rooms_desk import RoomsDesk
    from ui.pages.scoring.page import Page


class HeadActions(QObject):
    def __init__(self, page: Page, sheet: LiveSheet) -> None:
        super().__init__(page)
        self._page, self._sheet, self._context = page, sheet, page.context
        self._narrow = False
        self._rooms: RoomsDesk | None = None
        self.undo_button = Button(text("scoring_page.undo"), self.undo, icon="undo-2", shortcut="Ctrl+Z")
        self.confirm_button = Button(text("scoring_page.confirm_short"), self.confirm, icon="user-check")
        self.export_button = Button(text("scoring_page.export"), self._open_export, icon="file-text")
        self.more_button = Button(text("scoring_page.more"), self._open_more, icon="chevron-down", after=True)
        for button in (self.undo_button, self.confirm_button, self.export_button, self.more_button):
            page.add_action(button)
        sheet.changed.connect(lambda _codes: self._something_to_undo())
        for key, act in (("Ctrl+Y", self.redo), ("Ctrl+P", self.print_out)):
            shortcut = QShortcut(QKeySequence(key), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def fit(self, width: int) -> None:
        """In a narrow window confirmation and export are in the menu only."""
        self._narrow = width < 900
        self.confirm_button.setVisible(not self._narrow)
        self.export_button.setVisible(not self._narrow)

    def refresh(self, changes: Changes | None) -> None:
        """What can be undone now, and whether the head has confirmed."""
        what = history.can_undo(self._context.profile, self._context.round_id)
        if self._context.read_only:
            self.undo_button.set_blocked(text("scoring_page.archived"))
            self.confirm_button.set_blocked(text("scoring_page.archived"))
        else:
            self.undo_button.set_blocked("" if what is not None else text("scoring_page.nothing_to_undo"))
            if what is not None:
                self.undo_button.set_help(text("scoring_page.undo_what", what=what))
        confirmed = self._sheet.round.confirmation is not None
        key = "confirmed" if confirmed else "confirm_short"
        self.confirm_button.setText(text(f"scoring_page.{key}"))
        self.confirm_button.set_help(text("scoring_page.confirm"))

    # Undo

    def _something_to_undo(self) -> None:
        """What is being typed counts: it is saved first, then taken back."""
        if not self._context.read_only:
            self.undo_button.set_blocked("")

    def undo(self) -> None:
        """Take back the last change of this round, wherever it was made, and say what it was."""
        self._reverse(history.can_undo, history.undo, "scoring_page.undone")

    def redo(self) -> None:
        self._reverse(history.can_redo, history.redo, "scoring_page.redone")

    def _reverse(
        self,
        look: Callable[..., Message | None],
        act: Callable[..., Changes],
        said: str,
    ) -> None:
        if self._context.read_only:
            return
        self._page.commit()
        profile, round_id = self._context.profile, self._context.round_id

        def write() -> tuple[Changes, Message | None]:
            what = look(profile, round_id)
            return act(profile, round_id), what

        def done(result: tuple[Changes, Message | None]) -> None:
            changes, what = result
            self._show_changed(changes)
            self._page.say(text(said, what=what or ""), Tone.OK)

        def failed(error: KnownError) -> None:
            if error.code not in ENVIRONMENT:
                self._page.say(render(error.message), Tone.INFO)

        self._context.edits.save(write, done, failed)

    def _show_changed(self, changes: Changes) -> None:
        """Go to the row that an undo touched."""
        by_key = self._sheet.criteria.by_key
        if "answers" in changes.subjects:
            code = next((by_key[key].code for key in changes.keys if key in by_key), "")
            if code:
                self._page.show_code(code)

    # The head's confirmation, exclusions, history

    def confirm(self) -> None:
        from ui.pages.scoring.confirm_dialog import ConfirmScore

        self._page.commit()
        self._context.edits.flush()
        self.confirming = ConfirmScore(self._context, self._sheet)
        self.confirming.open()

    def choose_exclusions(self) -> None:
        from ui.pages.scoring.exclusions_dialog import ChooseExclusions

        self.excluding = ChooseExclusions(self._context, self._sheet)
        self.excluding.open()

    def show_history(self) -> None:
        from ui.pages.scoring.history_dialog import ShowHistory

        self._page.commit()
        self._context.edits.flush()
        self.showing = ShowHistory(self._context)
        self.showing.open()

    def _open_more(self) -> None:
        menu = QMenu(self.more_button)
        menu.setAccessibleName(self.more_button.text())
        if self._narrow:
            confirm = menu.addAction(text("scoring_page.confirm"))
            confirm.triggered.connect(self.confirm)
            confirm.setEnabled(not self._context.read_only)
            self._add_exports(menu)
            menu.addSeparator()
        exclusions = menu.addAction(text("scoring_page.exclusions"))
        exclusions.triggered.connect(self.choose_exclusions)
        exclusions.setEnabled(bool(self._sheet.criteria.exclusions) and not self._context.read_only)
        menu.addAction(text("scoring_page.next_class")).triggered.connect(self.show_next_class)
        menu.addAction(text("scoring_page.history")).triggered.connect(self.show_history)
        menu.addAction(text("scoring_page.redo"), QKeySequence("Ctrl+Y")).triggered.connect(self.redo)
        if not self._context.read_only:
            menu.addSeparator()
            desk = self.rooms()
            menu.addAction(text("rooms_page.menu_figures_out")).triggered.connect(desk.hand_out_figures)
            menu.addAction(text("rooms_page.menu_figures_in")).triggered.connect(desk.take_back)
        self._drop(menu, self.more_button)

    def rooms(self) -> RoomsDesk:
        """Handing figures out to rooms and taking them back; made when it is first asked for."""
        from ui.pages.plan.rooms_desk import RoomsDesk

        if self._rooms is None:
            self._rooms = RoomsDesk(self._page, self._page.progress)
        return self._rooms

    # Export and print

    def _open_export(self) -> None:
        menu = QMenu(self.export_button)
        menu.setAccessibleName(self.export_button.text())
        self._add_exports(menu)
        self._drop(menu, self.export_button)

    def _add_exports(self, menu: QMenu) -> None:
        menu.addAction(text("scoring_page.export_pdf")).triggered.connect(self.export_pdf)
        menu.addAction(text("scoring_page.export_xlsx")).triggered.connect(self.export_xlsx)
        menu.addAction(text("scoring_page.print"), QKeySequence("Ctrl+P")).triggered.connect(self.print_out)

    def show_next_class(self) -> None:
        """Which rows would bring the unit to the next class."""
        from cchc_desktop.domain.next_class import next_class
        from ui.pages.scoring.next_class_dialog import ShowNextClass

        self._page.commit()
        found = next_class(self._sheet.criteria, self._sheet.score)
        if found is None:
            self._page.say(text("scoring_page.next_class_top"), Tone.INFO)
            return
        dialog = ShowNextClass(self._context, found, self._page.go_to)
        dialog.exec()
        dialog.deleteLater()

    def _drop(self, menu: QMenu, button: Button) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        right = button.mapToGlobal(QPoint(button.width(), button.height() + 2))
        menu.popup(right - QPoint(menu.sizeHint().width(), 0))

    def _name(self, ending: str) -> str:
        unit = self._sheet.round.unit
        return text("scoring_page.file_name", unit=unit.code, year=str(self._sheet.round.year), ending=ending)

    def export_pdf(self) -> None:
        self._save("pdf", self._write_pdf)

    def export_xlsx(self) -> None:
        self._save("xlsx", self._write_xlsx)

    def print_out(self) -> None:
        """The system's own viewer shows the PDF and prints it."""
        self._page.commit()
        self._watch(preview(self._context, self._name("pdf"), self._write_pdf))

    def _save(self, ending: str, write: Callable[[Path, Progress], object]) -> None:
        self._page.commit()
        heading = text("scoring_page.export")
        self._watch(save_document(self._context, heading, self._name(ending), ending, write))

    def _watch(self, job: Job | None) -> None:
        if job is not None:
            self._page.progress.watch(job)

    def _write_pdf(self, to: Path, progress: Progress) -> object:
        from cchc_desktop.services import documents

        return documents.write_selfscore_pdf(self._context.profile, self._context.round_id, to, progress)

    def _write_xlsx(self, to: Path, progress: Progress) -> object:
        from cchc_desktop.services import documents

        return documents.write_selfscore_xlsx(self._context.profile, self._context.round_id, to, progress)
