"""The page's looks at the round, beside the window's thread; an older one that comes late is dropped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.errors import KnownError
from ui.context import Context
from ui.pages.submit.found import Content, Found, found_with, look_at_content, look_at_key


class Looking(QObject):
    """Ahead of a visit all but the key is looked at, and the visit asks only for that."""

    seen = Signal(object)
    """Found: all of it."""
    seen_ahead = Signal(object)
    """Found as far as it goes without the key."""
    failed = Signal(object)
    """KnownError."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._looks = 0
        self._content: Content | None = None

    def look(self, kind: PackageKind) -> None:
        context = self._context
        self._begin(lambda: look_at_key(context, look_at_content(context, kind)))

    def look_ahead(self, kind: PackageKind) -> None:
        context = self._context
        self._begin(lambda: look_at_content(context, kind))

    def look_at_rest(self, kind: PackageKind) -> None:
        """Of what was seen ahead; all of it where that did not come."""
        context, content = self._context, self._content
        if content is None:
            self.look(kind)
        else:
            self._begin(lambda: look_at_key(context, content))

    def _begin(self, at: Callable[[], Content | Found]) -> None:
        self._looks, self._content = self._looks + 1, None
        look = self._looks
        self._context.work.start(lambda _: (look, at()), self._looked, self._not_read, quiet=True)

    def _looked(self, found: tuple[int, Content | Found]) -> None:
        """A method, not a closure: Qt forgets it together with the page."""
        look, now = found
        if look != self._looks:
            return
        if isinstance(now, Content):
            self._content = now
            self.seen_ahead.emit(found_with(now))
        else:
            self.seen.emit(now)

    def _not_read(self, error: KnownError) -> None:
        self.failed.emit(error)
