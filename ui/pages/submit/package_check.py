"""Checking a package file from anywhere: reads it beside the window's work, imports nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.verification import Verification
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.services import keys, verification
from ui.context import Context
from ui.marks import Mark
from ui.work import Job


class PackageCheck:
    """Keeps which certificates are believed; the unit's own key always is. `show(path, verification)`."""

    def __init__(self, context: Context, show: Callable[[Path, Verification], object]) -> None:
        self._context, self._show = context, show
        self._trust: list[Path] = []
        self._path: Path | None = None

    def choose(self) -> Job | None:
        """Ask for a package and check it."""
        kinds = ((text("submit_page.package_kind"), (".asice",)),)
        path = self._context.dialogs.choose_file(text("submit_page.choose_package"), kinds)
        return None if path is None else self.check(path)

    def add_trust(self) -> Job | None:
        """Ask for certificates to believe, then check the same package again."""
        kinds = ((text("submit_page.trust_kind"), (".pem", ".crt", ".cer")),)
        chosen = self._context.dialogs.choose_files(text("submit_page.choose_trust"), kinds)
        if not chosen or self._path is None:
            return None
        self._trust += [path for path in chosen if path not in self._trust]
        return self.check(self._path)

    def check(self, path: Path) -> Job:
        self._path = path
        profile, trust = self._context.profile, tuple(self._trust)

        def run(progress: Progress) -> Verification:
            with tempfile.TemporaryDirectory(prefix="cchc-") as folder:
                own: tuple[Path, ...] = ()
                if keys.key_state(profile).certificate is not None:
                    own = (keys.export_certificate(profile, Path(folder)),)
                return verification.verify(path, (*own, *trust), progress)

        return self._context.work.start(run, lambda found: self._show(path, found), self._failed, quiet=True)

    def _failed(self, error: KnownError) -> None:
        self._trust.clear()
        heading = text("submit_page.not_checked")
        self._context.dialogs.message(heading, error.message, Mark.ERROR, error.detail)
