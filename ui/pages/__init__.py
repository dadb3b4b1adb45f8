"""The pages of the window: one line here, and a package whose `page.py` has `class Page(PageBase)`.

A page is built when it is first opened. Its code is loaded beside the window, once that has been painted
(`ui/loading.py`).
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from cchc_desktop.language import text
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
    def package(self) -> str:
        return f"ui.pages.{self.id}"

    @property
    def module(self) -> str:
        return f"{self.package}.page"


PAGES = (
    PageEntry("overview", "layout-dashboard"),
    PageEntry("plan", "list-checks"),
    PageEntry("scoring", "calculator"),
    PageEntry("evidence", "paperclip"),
    PageEntry("submit", "send"),
    PageEntry("settings", "settings", foot=True),
)


def installed() -> tuple[PageEntry, ...]:
    return tuple(entry for entry in PAGES if find_spec(entry.package) is not None)


def make(entry: PageEntry, context: Context) -> PageBase:
    """The page, to be built (`PageBase.build`)."""
    page: PageBase = import_module(entry.module).Page(context)
    return page


def crashed(entry: PageEntry, context: Context, error: Exception) -> PageBase:
    """What stands in the place of a page that is at fault."""
    from ui.crashed_page import CrashedPage

    return CrashedPage(context, text(entry.title), error)
