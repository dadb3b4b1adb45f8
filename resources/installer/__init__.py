"""The steps of `build_installer.py`: how the checkout becomes one file to install.

Nothing in here is part of the installed program, and nothing of the program's own code may import it. Inputs
that `requirements.lock` doesn't hold stand in `pins.toml`; what is no Python lies in `windows/` and `linux/`.

An installed program looks the same on every target, so that an update is the same piece of work everywhere:

    <program>/
      cchc-desktop(.exe), cchc(.exe)   small launchers: read `current`, start that version; never updated
      current                          one line: the name of a folder in versions/
      versions/<version>/              a whole program: runtime, libraries, cchc_desktop, ui, resources, forms
        files.json                     every file of that version with its SHA-256 and size (`listing.py`)
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""

SOURCE_DATE_EPOCH = 1767225600
"""1 January 2026, 00:00 UTC: the time of every packed file, so that two builds give the same bytes."""


class BuildError(Exception):
    """What stops a build, in a sentence that names the cause and what to do; shown without a traceback."""


def program_version(root: Path = ROOT) -> str:
    """`cchc_desktop.__version__`, read without importing the program."""
    for line in (root / "cchc_desktop/__init__.py").read_text("utf-8").splitlines():
        name, _, value = line.partition("=")
        if name.strip() == "__version__":
            return value.strip().strip("\"'")
    raise BuildError("cchc_desktop/__init__.py names no __version__")
