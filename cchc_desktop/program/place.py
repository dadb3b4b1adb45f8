"""Where the installed program lies, which of its versions counts, and which one to go back to.

    <program>/current            one line: the name of a folder in versions/
    <program>/versions/<version> a whole program

On Linux the package's folder belongs to the system; a user's updates lie in a folder of the user's own with
the same shape, and the launcher takes whichever is newer.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cchc_desktop import paths
from cchc_desktop.domain.update import is_version, version_order
from cchc_desktop.paths import LISTING, VERSIONS
from cchc_desktop.quick_dataclass import dataclass

CURRENT, PART = "current", ".part"
SYSTEM_FOLDER = Path("/opt/cchc-desktop")
"""Where the .deb puts the program."""
LAUNCHER = "cchc-desktop"
_LONGEST_POINTER = 64


@dataclass(frozen=True, slots=True)
class Installation:
    """`root` is where updates go; `system` the folder beneath it that this user can't change, if any.

    `running` is the folder of the version that this process runs from.
    """

    root: Path
    running: Path
    system: Path | None = None

    @property
    def versions_folder(self) -> Path:
        return self.root / VERSIONS

    def versions(self) -> dict[str, Path]:
        """Whole versions that could be started, lowest first: of `root`, and the system's one that counts.

        Of a user's own only those are, which are newer than the system's: the launcher takes no other.
        """
        found = _whole_versions(self.root)
        if self.system is not None and (named := pointed(self.system)) is not None:
            least = version_order(named)
            found = {own: folder for own, folder in found.items() if version_order(own) > least}
            found[named] = self.system / VERSIONS / named
        return dict(sorted(found.items(), key=lambda item: version_order(item[0])))

    def own_versions(self) -> dict[str, Path]:
        """All whole versions in `root`, needed or not."""
        return _whole_versions(self.root)

    def current(self) -> tuple[str, Path] | None:
        """The version that the next start takes, and its folder; None where nothing usable is pointed at."""
        own = pointed(self.root)
        if self.system is not None and (beneath := pointed(self.system)) is not None:
            newer = own is not None and version_order(own) > version_order(beneath)
            if not newer:
                return beneath, self.system / VERSIONS / beneath
        return None if own is None else (own, self.root / VERSIONS / own)

    def before(self) -> tuple[str, Path] | None:
        """The highest version below the current one: the way back."""
        now = self.current()
        if now is None:
            return None
        lower = [
            (version, folder)
            for version, folder in self.versions().items()
            if version_order(version) < version_order(now[0])
        ]
        return lower[-1] if lower else None

    def launcher(self) -> Path | None:
        """What starts the program anew, by the version that counts then."""
        ending = ".exe" if sys.platform == "win32" else ""
        for folder in (self.root, self.system):
            if folder is not None and (file := folder / f"{LAUNCHER}{ending}").is_file():
                return file
        return None


def installed(running_from: Path | None = None, system: Path = SYSTEM_FOLDER) -> Installation | None:
    """The installation that this process runs from; None in a checkout or where somebody else installs it."""
    folder = paths.version_folder(running_from)
    if folder is None:
        return None
    root = folder.parent.parent
    if sys.platform == "win32":
        return Installation(root, folder)
    own = user_folder()
    if root == system:
        return Installation(own, folder, system)
    if root == own and system.is_dir():
        return Installation(own, folder, system)
    return Installation(root, folder)


def user_folder() -> Path:
    """Where a user's updates lie on Linux, beside the system's program."""
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(data) / "cchc-desktop" / "program"


def pointed(root: Path) -> str | None:
    """The version that `current` names, when it is there; as the launchers read it."""
    try:
        with (root / CURRENT).open("rb") as file:
            named = file.read(_LONGEST_POINTER).decode("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    if not is_version(named) or not (root / VERSIONS / named / LISTING).is_file():
        return None
    return named


def _whole_versions(root: Path) -> dict[str, Path]:
    """By renaming, a folder with a version's name is whole."""
    try:
        folders = list((root / VERSIONS).iterdir())
    except OSError:
        return {}
    return {
        folder.name: folder for folder in folders if is_version(folder.name) and (folder / LISTING).is_file()
    }
