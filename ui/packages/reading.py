"""Reading packages beside the window's thread, and whose signatures count while they are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cchc_desktop.domain.package_history import KnownPackage
from cchc_desktop.domain.package_look import FolderLook, PackageLook
from cchc_desktop.domain.progress import Progress
from cchc_desktop.services import office, verification
from ui.packages.surroundings import Surroundings

_MOST_BESIDE = 100
"""A light package has at most 99 evidence packs."""


class Reading:
    """What is trusted in the profile's folder counts, its own key too, and what the user adds for now."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._added: list[Path] = []

    def add(self, files: Sequence[Path]) -> None:
        self._added += [file for file in files if file not in self._added]

    def forget_added(self) -> None:
        """A file that was added can't be read: none of them is asked again."""
        self._added.clear()

    @property
    def office_folder(self) -> Path | None:
        """The office's register in this folder of data, where there is one."""
        folder = office.office_folder(self._around.data)
        return folder if office.exists(folder) else None

    def trust(self) -> tuple[Path, ...]:
        own = verification.trust_here(self._around.data, self._around.scratch())
        folder = self.office_folder
        offices = office.trust_files(folder) if folder is not None else ()
        return tuple(dict.fromkeys((*own, *offices, *self._added)))

    def _known(self) -> Sequence[KnownPackage]:
        folder = self.office_folder
        return office.known_packages(folder) if folder is not None else ()

    def one(self, path: Path, progress: Progress) -> PackageLook:
        """A package; where evidence travels apart, the sender's packages beside it are looked into too."""
        trust, known, data = self.trust(), self._known(), self._around.data
        look = verification.look_into(path, trust, progress, known, data)
        if look.missing and (packs := _beside(look)):
            return verification.look_over([path, *packs], trust, progress, known, data).packages[0]
        return look

    def several(self, paths: Sequence[Path], progress: Progress) -> FolderLook:
        return verification.look_over(paths, self.trust(), progress, self._known(), self._around.data)


def _beside(look: PackageLook) -> list[Path]:
    """Files that may be its evidence packs: by name here, by their signed digests once they are read."""
    named = sorted(look.path.parent.glob(f"{look.verification.sender}_*.asice"))
    others = (path for path in named if path != look.path and path.is_file() and not path.is_symlink())
    return list(others)[:_MOST_BESIDE]
