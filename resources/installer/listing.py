"""`files.json` of a folder that was built: made, written and read as the installed program reads it.

Updates are made of two such lists, and the program checks by it what it has before it is built upon. The list
names itself nowhere. Paths are relative to the version's folder, with `/`, in order of name.
"""

from __future__ import annotations

from pathlib import Path

from cchc_desktop.domain.update import Listing, ProgramFile
from cchc_desktop.program.listing import NAME, as_bytes, parsed
from resources.installer import BuildError
from resources.installer.pins import digest

__all__ = ["NAME", "Listing", "of_folder", "read", "write"]


def of_folder(folder: Path, version: str, target: str) -> Listing:
    """List a version's folder; `target` is windows or linux.

    A link, or anything else that is no plain file, is a BuildError: zips and sticks lose it.
    """
    files: dict[str, ProgramFile] = {}
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise BuildError(f"{name} is no plain file; a program that is copied to a stick would lose it")
        if path.is_file() and name != NAME:
            state = path.stat()
            starts = target == "linux" and bool(state.st_mode & 0o100)
            files[name] = ProgramFile(digest(path), state.st_size, starts)
    return Listing(version, target, files)


def write(listing: Listing, folder: Path) -> Path:
    path = folder / NAME
    path.write_bytes(as_bytes(listing))
    return path


def read(path: Path) -> Listing:
    """A list that a build wrote. Raises BuildError when it is none."""
    try:
        return parsed(path.read_bytes())
    except (OSError, ValueError) as error:
        raise BuildError(f"{path} is no list of a program's files: {error}") from error
