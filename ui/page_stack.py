"""The pages of one round, one of them in sight: built when first asked for, read again when stale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from time import perf_counter

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import isValid

from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.services.profile import version
from ui.widgets.labels import Label
from ui.widgets.page import PageBase, PageHolder

_TURN = 0.008
"""Seconds of one turn of the event loop."""


class PageStack(QStackedWidget):
    """`make(page_id)` gives the page empty; `crashed(page_id, error)` what stands in its place when that or
    the page itself is at fault: the others live on. `pages` are those that are whole, by their id; nobody
    else changes it.
    """

    def __init__(
        self, make: Callable[[str], PageBase], crashed: Callable[[str, Exception], PageBase]
    ) -> None:
        super().__init__()
        self.setAccessibleName(text("window.pages"))
        self.pages: dict[str, PageBase] = {}
        self._make, self._crashed = make, crashed
        self._holders: dict[str, PageHolder] = {}
        self._begun: dict[str, Iterator[None]] = {}
        self._stale: set[str] = set()
        self._days: dict[str, date] = {}
        self._ahead: dict[str, int] = {}
        self.addWidget(QWidget())  # in sight until a page is whole, and never again

    # One page

    def built(self, page_id: str) -> PageBase:
        """The page, whole."""
        for _part in self.build(page_id):
            pass
        return self.pages[page_id]

    def build(self, page_id: str) -> Iterator[None]:
        """Put the page, still empty, into its place and then its parts into it; or what it still lacks.

        Any number may ask for it at the same time, and any of them may stop: it is built once.
        """
        try:
            yield from self._parts(page_id)
        except KnownError:
            self._drop_begun(page_id)
            raise
        except Exception as error:
            self._replace(page_id, error)

    def _parts(self, page_id: str) -> Iterator[None]:
        if page_id not in self._holders:
            self._begin(page_id, self._make(page_id))
            yield
        while page_id in self._begun:
            try:
                next(self._begun[page_id])
            except StopIteration:
                self._whole(page_id)
            yield

    def _begin(self, page_id: str, page: PageBase) -> None:
        self._holders[page_id] = holder = PageHolder()
        holder.resize(0, 0)  # or the page in sight would be painted anew under it
        self.addWidget(holder)
        holder.setWidget(page)  # the holder in its place first, or the page's head would be dressed twice
        self._begun[page_id] = page.build()
        self._stale.add(page_id)

    def _whole(self, page_id: str) -> None:
        del self._begun[page_id]
        page = self._holders[page_id].widget()
        assert isinstance(page, PageBase)
        page.made_whole()
        self.pages[page_id] = page

    def _drop_begun(self, page_id: str) -> None:
        """It could not be built: nothing of it stays."""
        if page_id in self._holders:
            self.drop(page_id)

    def _replace(self, page_id: str, error: Exception) -> None:
        self._drop_begun(page_id)
        self._begin(page_id, self._crashed(page_id, error))
        self.built(page_id)

    def make_ahead(self, page_id: str) -> Iterator[None]:
        """The same for a page that nobody asked for yet, and all of its first visit but the painting. Where
        that can't be done it is left: who visits it is told.
        """
        try:
            yield from self._parts(page_id)
            if page_id not in self.pages:
                return
            yield from self.dress(page_id)
            yield from self._read_ahead(page_id)
            yield from self.dress(page_id)
            self.lay_out(page_id)
        except Exception:
            self._drop_begun(page_id)

    def _read_ahead(self, page_id: str) -> Iterator[None]:
        """Ends with the page's work beside the window under way."""
        page = self.pages[page_id]
        known = version(page.context.profile)
        with self._reading(page_id):
            yield from page.read_ahead()
        self._ahead[page_id] = known

    def lay_out(self, page_id: str) -> None:
        """As it will be when it is shown; Qt does so for whoever wants to see a corner of it."""
        if page_id in self.pages:
            holder = self._holders[page_id]
            holder.resize(self.size())
            holder.grab(QRect(0, 0, 1, 1))
            for label in holder.findChildren(Label):
                if label.isVisibleTo(holder):
                    label.lay_out()

    def read(self, page_id: str) -> Iterator[None]:
        """Have the page look at everything again, if it is stale; if it was read ahead, at what that left
        out. Left undone, it is stale.
        """
        if self.is_whole(page_id) or page_id not in self.pages:
            return
        page, is_fresh = self.pages[page_id], self._is_fresh(page_id)
        try:
            with self._reading(page_id):
                yield from page.read_rest() if is_fresh else page.read()
        except KnownError:
            raise
        except Exception as error:
            self._replace(page_id, error)

    @contextmanager
    def _reading(self, page_id: str) -> Iterator[None]:
        """Stale again where it does not come to an end."""
        self._stale.discard(page_id)
        self._ahead.pop(page_id, None)
        self._days[page_id] = self.pages[page_id].context.today()
        done = False
        try:
            yield
            done = True
        finally:
            if not done and page_id in self._holders:
                self._stale.add(page_id)

    def dress(self, page_id: str) -> Iterator[None]:
        """What Qt would do all at once when the page is shown: its style for each widget."""
        if (holder := self._holders.get(page_id)) is None:
            return
        begin = perf_counter()
        for widget in reversed(holder.findChildren(QWidget)):
            if not isValid(widget):
                continue
            widget.ensurePolished()
            if perf_counter() - begin > _TURN:
                yield
                begin = perf_counter()

    def show_page(self, page_id: str) -> PageBase:
        """Build what is left of it, have it read, and bring it into sight."""
        self.built(page_id)
        for _part in self.read(page_id):
            pass
        self._ahead.pop(page_id, None)
        holder = self._holders[page_id]
        holder.resize(self.size())  # or it would be laid out small first
        self.setCurrentWidget(holder)
        return self.pages[page_id]

    # All of them

    def is_whole(self, page_id: str) -> bool:
        """Built, and it looked at everything; nothing was written since, and the day is the same."""
        return self._is_fresh(page_id) and not (page_id in self._ahead and self.pages[page_id].reads_rest)

    def _is_fresh(self, page_id: str) -> bool:
        """One that nobody visited yet is so only until anything at all is written, also what no `Changes`
        tell of."""
        if page_id not in self.pages or page_id in self._stale:
            return False
        context = self.pages[page_id].context
        if page_id in self._ahead and self._ahead[page_id] != version(context.profile):
            return False
        return self._days[page_id] == context.today()

    def shown(self) -> str:
        """The id of the page in sight; empty while there is none."""
        now = self.currentWidget()
        return next((page_id for page_id, holder in self._holders.items() if holder is now), "")

    def make_stale(self, page_id: str) -> None:
        """Something was written that it shows, while it is out of sight."""
        self._stale.add(page_id)

    def drop(self, page_id: str) -> None:
        """The page is built anew when it is asked for again."""
        self.pages.pop(page_id, None)
        self._begun.pop(page_id, None)
        self._stale.discard(page_id)
        self._ahead.pop(page_id, None)
        holder = self._holders.pop(page_id)
        self.removeWidget(holder)
        holder.deleteLater()

    def drop_others(self, kept: str = "") -> None:
        """All but one; also those that are not whole yet."""
        for page_id in [one for one in self._holders if one != kept]:
            self.drop(page_id)
