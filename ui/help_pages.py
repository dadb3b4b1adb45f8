"""The pages of the help: one Markdown file each in `resources/help`, and which one explains what is shown."""

from __future__ import annotations

from pathlib import Path

from cchc_desktop.language import text
from cchc_desktop.paths import resources_folder
from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True)
class HelpPage:
    """`file` is its name without the ending; `title` stands in the list at the left."""

    file: str

    @property
    def title(self) -> str:
        return text(f"help.{self.file.replace('-', '_')}")

    @property
    def path(self) -> Path:
        return resources_folder() / "help" / f"{self.file}.md"

    def markdown(self) -> str:
        return self.path.read_text("utf-8")


_FILES = ("pages", "receiving", "updating", "what-a-signature-proves", "package-format", "licences")
PAGES = tuple(HelpPage(file) for file in _FILES)
FIRST = PAGES[0]
_EXPLAINS = {"packages": ("receiving", "")}
"""What is shown → help file and heading. The window's own pages stand under their titles in the first."""


def explaining(shown: str) -> tuple[str, str]:
    """Help file and heading for a page of the window ("submit") or another thing that is shown."""
    if shown in _EXPLAINS:
        return _EXPLAINS[shown]
    return (FIRST.file, text(f"window.page_{shown}")) if shown else (FIRST.file, "")
