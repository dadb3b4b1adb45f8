"""The one window: rail, pages (built when first opened), status strip."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from ui import pages
from ui.context import Context
from ui.crash import alive
from ui.dialogs import Dialogs
from ui.in_turns import InTurns, few_turns
from ui.left_at import LeftAt, left_at, remember
from ui.loading import Loading
from ui.marks import Mark
from ui.page_stack import PageStack
from ui.rail import NEW_YEAR, Rail
from ui.status_strip import StatusStrip
from ui.widgets.page import PageBase
from ui.widgets.panel import column, row
from ui.work import Edits, Work

if TYPE_CHECKING:
    from cchc_desktop.domain.calendar import CalendarEntry
    from cchc_desktop.services.profile import Profile
    from ui.ahead import Ahead
    from ui.clock_notice import ClockNotice
    from ui.reminders import Reminders

COLLAPSE_BELOW = 1180


class MainWindow(QMainWindow):
    """Owns the profile: closing the window saves what is open and closes it."""

    def __init__(
        self,
        profile: Profile,
        dialogs: Dialogs | None = None,
        today: Callable[[], date] | None = None,
        *,
        remember: bool = True,
    ) -> None:
        super().__init__()
        from cchc_desktop.services.rounds import rounds

        self._profile = profile
        self._today, self._remembers = today, remember
        self.dialogs = dialogs or Dialogs()
        self.dialogs.parent = self
        self.edits, self.work = Edits(), Work()
        self.closed = self._painted = self._looked = False
        self.closed_for: Callable[[], object] | None = None
        """What is to be done with the profile closed, before a new window opens."""
        self._opening, self._loading = InTurns(self), Loading(self, self.work)
        self._entries = {entry.id: entry for entry in pages.installed()}
        self._stack = PageStack(
            lambda page_id: pages.make(self._entries[page_id], self.context),
            lambda page_id, error: pages.crashed(self._entries[page_id], self.context, error),
        )
        self._pages = self._stack.pages
        self.rail = Rail(tuple(self._entries.values()))
        self.strip = StatusStrip(self.edits.retry)
        whole = QWidget()
        self._pages_side = column(self._stack, gap=0)
        self._pages_side.setStretch(0, 1)
        self.setCentralWidget(whole)  # first: put somewhere else, all that is in it would be dressed anew
        whole.setLayout(column(row(self.rail, self._pages_side, gap=0), self.strip, gap=0))
        self._wire()
        self._rounds = rounds(profile)
        left = left_at(profile)
        ids = [round_.id for round_ in self._rounds]
        self.show_round(left.round if left.round in ids else ids[0])
        self._stand(left)

    def _wire(self) -> None:
        self.rail.page_wanted.connect(self.open_page)
        self.rail.help_wanted.connect(self.show_help)
        self.rail.search_wanted.connect(self.show_search)
        self.rail.year_wanted.connect(self._year)
        self.edits.saving.connect(self.strip.saving)
        self.edits.saved.connect(self.strip.saved)
        self.edits.failed.connect(self.strip.failed)
        self.edits.changed.connect(self._changed)
        QShortcut(QKeySequence("Ctrl+Q"), self).activated.connect(self.close)

    # Years

    def show_round(self, round_id: str) -> None:
        """Show another year: all pages are built anew for it."""
        self._opening.stop()
        self.commit()
        round_ = next(found for found in self._rounds if found.id == round_id)
        self._stack.drop_others()
        self.context = Context(
            self._profile,
            round_,
            self.edits,
            self.work,
            self.dialogs,
            go_to=self.go_to,
            reload=self.reload,
            new_year=self._new_year,
            renamed=self._renamed,
            close_for=self.close_for,
            remind=lambda: self.reminders.look(self.context),
            **({"today": self._today} if self._today else {}),
        )
        self.rail.set_years(self._rounds, round_id)
        self.strip.set_round(round_.year, read_only=round_.archived)
        self._renamed(round_.unit.name)
        if self._painted:
            QTimer.singleShot(0, self._begin_beside)

    def _renamed(self, name: str) -> None:
        round_ = self.context.round
        self.strip.set_unit(name)
        self.setWindowTitle(text("window.title_of", unit=name, year=str(round_.year)))

    def _year(self, wanted: str) -> None:
        page = self.page_id()
        if wanted == NEW_YEAR:
            self.rail.year.set_value(self.context.round_id)
            self._new_year()
            return
        self.show_round(wanted)
        self.go_to(page)

    def _new_year(self) -> None:
        from ui.wizard.new_year import NewYear

        made = NewYear(self.context, self).ask()
        if made is not None:
            self.reload(made.id)

    def reload(self, round_id: str = "") -> None:
        """Rounds came or a unit was renamed: read them again and keep the page."""
        from cchc_desktop.services.rounds import rounds

        page = self.page_id()
        self.commit()
        self._rounds = rounds(self._profile)
        self.show_round(round_id or self.context.round_id)
        self.go_to(page)

    @property
    def at_rest(self) -> bool:
        """In sight, with all that it wanted to show; nothing is being opened, done or saved."""
        idle = not (self.opening or self.work.running or self._loading.busy)
        return self._looked and idle and self.edits.at_rest

    def _begin(self) -> None:
        """What waits until the first page is in sight."""
        if self.closed:
            return
        from ui.outbox_at_start import look_after_outbox
        from ui.packages.drops import PackageDrops

        self._begin_beside()
        PackageDrops(self, lambda paths: self.go_to("submit", tuple(paths)))
        look_after_outbox(self, self.context)

    def _begin_beside(self) -> None:
        """What waits until a year is in sight."""
        if self.closed:
            return
        self._looked = True
        self._loading.begin()
        self.ahead.begin()
        self.clock.watch(self.context)
        self._deadline()

    def _deadline(self) -> None:
        """What is due next, and what to remind of."""
        context = self.context
        today = context.today()

        def find(_progress: object) -> CalendarEntry | None:
            from cchc_desktop.services.overview import next_deadline  # the window need not wait for its code

            return next_deadline(context.profile, context.round_id, today)

        def show(found: CalendarEntry | None) -> None:
            if not self.closed and context is self.context:
                self.strip.set_deadline(found.due if found else None, today, found.title if found else "")

        self.work.start(find, show, quiet=True)
        self.reminders.look(context)

    @cached_property
    def clock(self) -> ClockNotice:
        """Above all that is on the pages' side."""
        from ui.clock_notice import ClockNotice  # not before the first paint, as the two below

        made = ClockNotice()
        self._pages_side.insertWidget(0, made)
        return made

    @cached_property
    def reminders(self) -> Reminders:
        """Right above the pages."""
        from ui.reminders import Reminders

        made = Reminders()
        self._pages_side.insertWidget(self._pages_side.indexOf(self._stack), made)
        return made

    @cached_property
    def ahead(self) -> Ahead:
        """Builds the other pages while nobody does anything."""
        from ui.ahead import Ahead

        def wanted() -> list[str]:
            return [page_id for page_id in self._entries if page_id not in self._pages]

        return Ahead(self, self._stack, wanted, lambda: self.at_rest)

    # Pages

    def page_id(self) -> str:
        return self._stack.shown() or next(iter(self._entries))

    def page(self, page_id: str) -> PageBase:
        """The page, built if it was not yet."""
        return self._stack.built(page_id)

    @property
    def opening(self) -> bool:
        """A page was asked for and is still being built."""
        return self._opening.busy

    def open_page(self, page_id: str) -> None:
        """What a click on the rail does: the page is built in turns, so that the window answers meanwhile."""
        from ui.first_look import first_look

        def turns() -> Iterator[int | None]:
            if not self._stack.is_whole(page_id):
                self.rail.show_page(page_id)
                yield 0
                yield from few_turns(self._stack.build(page_id))
                self.commit()
                yield from first_look(self._stack, page_id, self.work, lambda: self._opening.hurried)
            self.go_to(page_id)

        self._opening.start(turns)

    def go_to(self, page_id: str, where: object = None) -> None:
        """Open a page; what was typed on the one before is saved first."""
        if page_id not in self._entries:
            return
        self._opening.stop()
        self.commit()
        page = self._stack.show_page(page_id)
        page.setFocus()
        self.rail.show_page(page_id)
        if where is not None:
            with alive():
                page.go_to(where)

    def show_help(self) -> None:
        """What the help says of the page that is shown."""
        from ui.help_window import show_help

        show_help(self, self.page_id())

    def show_search(self) -> None:
        from ui.search.search_dialog import show_search

        self.commit()  # what is being typed on the page is found too
        show_search(self, lambda: self.context, self.show_round)

    def commit(self) -> bool:
        """Hand over what is typed and wait until it is on disk. False when something could not be saved."""
        if page := self._pages.get(self.page_id()):
            with alive():
                page.commit()
        saved = self.edits.flush(3.0)
        self.edits.settle()  # the strip says so before the next page is built
        return saved

    def _changed(self, changes: Changes) -> None:
        if self.closed:
            return
        shown = self.page_id()
        if "rounds" in changes.subjects and self._round_moved() and shown != "scoring":
            self.reload()
            return
        for page_id, page in self._pages.items():
            if page_id == shown:
                with alive():
                    page.refresh(changes)
            else:
                self._stack.make_stale(page_id)
        if changes.subjects & {"rounds", "submissions", "tasks"}:
            self._deadline()

    def _round_moved(self) -> bool:
        """Read the round again. When it went over to another version of its set, pages begin anew: they know
        rows by their codes. The scoring page, where this is done and undone, follows by itself."""
        from cchc_desktop.services.rounds import round_of

        before, now = self.context.round, round_of(self._profile, self.context.round_id)
        self.context.round = now
        if now.criteria_version == before.criteria_version:
            return False
        self._stack.drop_others(self.page_id())
        return True

    # The frame

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.collapse(self.width() < COLLAPSE_BELOW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """What may wait begins once the first page is in sight."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._begin)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.rail.collapse(self.width() < COLLAPSE_BELOW)

    def _stand(self, left: LeftAt) -> None:
        """As it was left."""
        if left.geometry:
            self.restoreGeometry(left.frame)
        else:
            self.resize(1366, 768)
        known = left.page in self._entries
        try:
            page = left.page if known else next(iter(self._entries))
            self.go_to(page, left.place if known and left.place else None)
        except KnownError as error:
            # A form pack is gone or damaged. The data is whole, and Thiết lập takes the pack in again.
            advice = error
            self.go_to("settings")
            heading = text("window.known")
            QTimer.singleShot(
                0, self, lambda: self.dialogs.message(heading, advice.message, Mark.NO_EVIDENCE)
            )

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.closed:
            event.accept()
            return
        if not self._may_close():
            event.ignore()
            return
        self.closed = True
        self._opening.stop()
        self._loading.stop()
        self.ahead.stop()
        self.reminders.stop()
        self.clock.stop()
        if self._remembers:
            with contextlib.suppress(Exception):  # only where the window stood is lost
                remember(self._profile, self._left_at())
        self.work.stop_all()
        self.edits.close()
        self._profile.close()
        event.accept()

    def _left_at(self) -> LeftAt:
        page = self.page_id()
        place = self._pages[page].place() if page in self._pages else ""
        return LeftAt(self.saveGeometry().toBase64().toStdString(), self.context.round_id, page, place)

    def close_for(self, then: Callable[[], object]) -> None:
        """Close, have `then` done with the closed profile, and open anew (`ui.app` does the rest)."""
        self.closed_for = then
        if not self.close():
            self.closed_for = None

    @property
    def folder(self) -> Path:
        return self._profile.folder

    def _may_close(self) -> bool:
        saved = self.commit()
        if self.work.busy and not self.dialogs.ask(
            text("window.close_busy"),
            text("window.close_busy_words"),
            text("window.close_busy_act"),
            text("window.close_stay"),
            danger=True,
        ):
            return False
        return saved or self.dialogs.ask(
            text("window.close_unsaved"),
            text("window.close_unsaved_words", n=self.edits.pending),
            text("window.close_anyway"),
            text("window.close_stay"),
            danger=True,
        )
