"""The pages of the window: one line here, one module each with `class Page(PageBase)` (ui/widgets/page.py).

A page is built when it is first opened. Its code is loaded beside the window, once that has been painted
(`load_all`).
"""

from __future__ import annotations

import gc
import time
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from PySide6 import QtGui, QtWidgets

from cchc_desktop.errors import KnownError
from cchc_desktop.language import load_words, text
from cchc_desktop.quick_dataclass import dataclass

if TYPE_CHECKING:
    from ui.context import Context
    from ui.widgets.page import PageBase


@dataclass(frozen=True)
class PageEntry:
    """`title` and `icon` are what the rail shows; `foot` pages stand at its lower end."""

    id: str
    icon: str
    foot: bool = False

    @property
    def title(self) -> str:
        return f"window.page_{self.id}"

    @property
    def module(self) -> str:
        return f"ui.pages.{self.id}"


PAGES = (
    PageEntry("overview", "layout-dashboard"),
    PageEntry("plan", "list-checks"),
    PageEntry("scoring", "calculator"),
    PageEntry("evidence", "paperclip"),
    PageEntry("submit", "send"),
    PageEntry("settings", "settings", foot=True),
)


_SERVED_FIRST = 0.4
"""Seconds."""


def installed() -> tuple[PageEntry, ...]:
    return tuple(entry for entry in PAGES if find_spec(entry.module) is not None)


@cache
def load_all() -> None:
    """Import every page and its words, on a thread of its own: the first click then only has to build.

    Once: what is in use at a later time is not there for good, and set aside it would never be let go. Not at
    once: who starts the program and types or clicks is served first.
    """
    time.sleep(_SERVED_FIRST)
    for entry in installed():
        module = import_module(entry.module)
        for name in getattr(module, "SERVICES", ()):
            import_module(f"cchc_desktop.services.{name}")
    load_words()
    _meet_widgets()
    # All that is there by now stays: Python need not go through it again each time it looks for what is left
    # over (measured: 30 to 50 ms, in the middle of whatever the window does).
    gc.freeze()


def _meet_widgets() -> None:
    """PySide makes a class of Qt when it is first asked for, and all widgets at once when Qt hands over one
    that Python has not seen yet: a twentieth of a second in the middle of opening a page.
    """
    for name in dir(QtWidgets):
        getattr(QtWidgets, name)
    for name in ("QSurface", "QWindow"):
        getattr(QtGui, name)


def make(entry: PageEntry, context: Context) -> PageBase:
    """The page, to be built (`PageBase.build`); where it can't be, one that says so in its place."""
    try:
        page: PageBase = import_module(entry.module).Page(context)
    except KnownError:
        raise
    except Exception as error:
        return crashed(entry, context, error)
    return page


def crashed(entry: PageEntry, context: Context, error: Exception) -> PageBase:
    """What stands in the place of a page that is at fault."""
    from ui.crashed_page import CrashedPage

    return CrashedPage(context, text(entry.title), error)
