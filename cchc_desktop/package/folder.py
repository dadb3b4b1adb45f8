"""Find the packages below a folder: no link is followed, and the search has an end."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.message import message
from cchc_desktop.package.layout import EXTENSION
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.trust.encryption import ENDING as ENCRYPTED

MOST_PACKAGES = 5000
MOST_ENTRIES = 500_000
DEEPEST = 16
# An encrypted package can't be looked into, but it was handed in: it is listed, with what to do.
_ENDINGS = (EXTENSION, f"{EXTENSION}{ENCRYPTED}")
_MOUNT_POINT = 0xA0000003  # Windows' reparse tag of a junction, a link that is no symbolic link


@dataclass(frozen=True, slots=True)
class FoundPackage:
    """`name` is the path below the folder that was searched, with "/" on every system."""

    path: Path
    name: str
    size: int


def packages_in(paths: Sequence[Path], progress: Progress | None = None) -> tuple[FoundPackage, ...]:
    """Files as they are given, and every `*.asice` below a folder, each once, in the order of their names.

    Raises KnownError package.missing for a path that is not there, package.folder_too_large.
    """
    search = _Search(progress or Progress())
    found: dict[Path, FoundPackage] = {}
    for path in paths:
        below = search.below(path) if path.is_dir() else iter([_as_given(path)])
        for each in below:
            found.setdefault(each.path, each)
            if len(found) > MOST_PACKAGES:
                raise KnownError("package.folder_too_large", name=path.name or str(path), most=MOST_PACKAGES)
    return tuple(found.values())


def _as_given(path: Path) -> FoundPackage:
    try:
        return FoundPackage(path, path.name, path.stat().st_size)
    except FileNotFoundError as error:
        raise KnownError("package.missing", name=path.name) from error
    except OSError:
        return FoundPackage(path, path.name, 0)  # it can't be opened either, and is reported then


class _Search:
    def __init__(self, progress: Progress) -> None:
        self._progress, self._seen = progress, 0

    def below(self, folder: Path) -> Iterator[FoundPackage]:
        yield from sorted(self._walk(folder, folder, 0), key=lambda each: each.name)

    def _walk(self, root: Path, folder: Path, depth: int) -> Iterator[FoundPackage]:
        try:
            entries = list(self._entries(root, folder))
        except OSError as error:
            if depth:
                return  # one folder that may not be read never stops the others
            raise KnownError("package.unreadable", name=root.name or str(root), detail=str(error)) from error
        for entry in entries:
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                if depth < DEEPEST and not _is_junction(entry):
                    yield from self._walk(root, path, depth + 1)
            elif entry.name.lower().endswith(_ENDINGS) and entry.is_file(follow_symlinks=False):
                size = entry.stat(follow_symlinks=False).st_size
                yield FoundPackage(path, path.relative_to(root).as_posix(), size)

    def _entries(self, root: Path, folder: Path) -> Iterator[os.DirEntry[str]]:
        with os.scandir(folder) as entries:
            for entry in entries:
                self._seen += 1
                if self._seen > MOST_ENTRIES:
                    raise KnownError(
                        "package.folder_too_large", name=root.name or str(root), most=MOST_PACKAGES
                    )
                if self._seen % 500 == 0:
                    self._progress.at(message("package.searching"), 0, 0)
                yield entry


def _is_junction(entry: os.DirEntry[str]) -> bool:
    return getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0) == _MOUNT_POINT
