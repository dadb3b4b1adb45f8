"""Where data, forms and resources lie, in a checkout, an installed wheel and a frozen program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

APP_NAME = "CCHC Desktop"
VERSIONS, LISTING = "versions", "files.json"
"""Every target is laid out alike: `<folder of the launchers>/versions/<version>/files.json`."""

_CHECKOUT = Path(__file__).resolve().parent.parent


def program_folder() -> Path:
    """The folder that holds `forms/` and `resources/`."""
    if getattr(sys, "frozen", False):
        return Path(getattr(sys, "_MEIPASS", Path(sys.executable).parent))
    return _CHECKOUT


def forms_folder() -> Path:
    return program_folder() / "forms"


def resources_folder() -> Path:
    return program_folder() / "resources"


def version_folder(within: Path | None = None) -> Path | None:
    """The installed version that this program, or `within`, lies in; None in a checkout or a wheel.

    A runtime keeps what is its own at most two folders below.
    """
    here = within or program_folder()
    for folder in (here, *here.parents[:2]):
        if folder.parent.name == VERSIONS and (folder / LISTING).is_file():
            return folder
    return None


def installation_folder(within: Path | None = None) -> Path | None:
    """The folder of the launchers, two above the running version's own; None in a checkout or a wheel."""
    version = version_folder(within)
    return None if version is None else version.parent.parent


def portable_data_folder() -> Path | None:
    """A folder `cchc-data` beside the program makes it portable (USB stick); None when there is none."""
    beside = installation_folder() or program_folder()
    folder = beside / "cchc-data"
    return folder if folder.is_dir() else None


def data_folder(chosen: str | Path | None = None) -> Path:
    """The profile folder: `--data`, else `CCHC_DATA_DIR`, else a portable folder, else the user's own."""
    if chosen:
        return Path(chosen).expanduser().absolute()
    if from_environment := os.environ.get("CCHC_DATA_DIR"):
        return Path(from_environment).expanduser().absolute()
    if portable := portable_data_folder():
        return portable
    from platformdirs import user_data_path

    return user_data_path(APP_NAME, appauthor=False)
