"""Where packages are looked at: in the main window over its profile, or in a window of their own without."""

from __future__ import annotations

import contextlib
import shutil
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desktop.quick_dataclass import dataclass, field
from ui.dialogs import Dialogs
from ui.work import Work

if TYPE_CHECKING:
    from cchc_desktop.services.profile import Profile
    from ui.context import Context


@dataclass
class Surroundings:
    """`data` is the profile's folder, which may not exist or may be held by another program: only files in it
    are read (trusted certificates, form packs, the office's register). `context` is None without an open one.
    `update` shows what a package is that turned out to be an update of the program.
    """

    work: Work
    dialogs: Dialogs
    data: Path
    context: Context | None = None
    update: Callable[[Path], object] | None = None
    _scratch: list[Path] = field(default_factory=list)

    def copies(self) -> Profile | Path:
        """Where read-only copies go that are opened: the profile's own folder, or `scratch`."""
        return self.context.profile if self.context is not None else self.scratch()

    def scratch(self) -> Path:
        """A folder for this session's files; `tidy` removes it."""
        if not self._scratch:
            self._scratch.append(Path(tempfile.mkdtemp(prefix="cchc-")))
        return self._scratch[0]

    def tidy(self) -> None:
        while self._scratch:
            shutil.rmtree(self._scratch.pop(), onerror=_make_writable)


def _make_writable(remove: Callable[[str], object], name: str, _error: object) -> None:
    """The copies are read-only, which Windows takes for undeletable; one that is still open stays."""
    with contextlib.suppress(OSError):
        Path(name).chmod(stat.S_IWRITE)
        remove(name)
