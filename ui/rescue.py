"""A profile that does not open: mend it, restore a backup, or save what can be read. Never a blank start."""

from __future__ import annotations

from pathlib import Path

from cchc_desktop.domain.backup import Backup
from cchc_desktop.domain.profile_check import CheckReport
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.message import Message
from ui.dialogs import Dialogs
from ui.marks import Mark
from ui.restore_closed import checked, restored
from ui.wizard.waiting import wait_for


def rescue(folder: Path, what: Message, dialogs: Dialogs) -> Path | None:
    """Offer ways on until one helped; the folder to open then, or None when the user leaves."""
    from cchc_desktop.services import restoring

    def look(progress: Progress) -> tuple[Backup, ...]:
        return restoring.candidates(folder, sound=True, progress=progress)

    found = checked(look, dialogs)
    while True:
        ways = [
            (text("rescue_page.repair"), text("rescue_page.repair_words")),
            (text("rescue_page.restore"), _newest(found)),
            (text("rescue_page.export"), text("rescue_page.export_words")),
            (text("window.other_folder"), text("rescue_page.other_words")),
        ]
        heading, leave = text("rescue_page.title"), text("rescue_page.leave")
        answer = dialogs.choose_way(heading, what, ways, leave, Mark.NO_EVIDENCE)
        if answer is None:
            return None
        if answer == 0:
            if _repair(folder, dialogs):
                return folder
            found = checked(look, dialogs)
        if answer == 1:
            found = checked(look, dialogs) if found is None else found
            if found is not None and _restore(folder, found, dialogs):
                return folder
        if answer == 2:
            _export(folder, dialogs)
        if answer == 3 and (other := dialogs.choose_folder(text("window.other_folder"))) is not None:
            return other


def _newest(found: tuple[Backup, ...] | None) -> str:
    if found is None:
        return text("rescue_page.unchecked")
    if not found:
        return text("rescue_page.no_backup")
    return text("rescue_page.restore_words", at=found[0].content.made_at, n=len(found))


def _repair(folder: Path, dialogs: Dialogs) -> bool:
    from cchc_desktop.services import checking

    reports: list[CheckReport] = []
    heading = text("rescue_page.repairing")
    if not wait_for(heading, lambda progress: reports.append(checking.repair(folder, progress)), dialogs):
        return False
    said = "\n".join(render(line.message) for line in reports[0].lines)
    mark = Mark.DONE if reports[0].sound else Mark.NO_EVIDENCE
    dialogs.message(text("rescue_page.repaired"), said, mark)
    return not reports[0].damaged


def _restore(folder: Path, found: tuple[Backup, ...], dialogs: Dialogs) -> bool:
    if not found:
        dialogs.message(text("rescue_page.restore"), text("rescue_page.no_backup"), Mark.NO_EVIDENCE)
        return False
    return restored(folder, found, dialogs)


def _export(folder: Path, dialogs: Dialogs) -> None:
    from cchc_desktop.services.rescue import export

    to = dialogs.choose_folder(text("rescue_page.export"))
    if to is None:
        return
    written: list[Path] = []
    heading = text("rescue_page.exporting")
    if wait_for(heading, lambda progress: written.extend(export(folder, to, progress)), dialogs):
        names = "\n".join(str(path) for path in written)
        dialogs.message(text("rescue_page.exported"), names, Mark.DONE)


def bring_home(folder: Path, what: Message, dialogs: Dialogs) -> Path | None:
    """A profile on a network or removable drive: copy it to this PC. The folder to open; None to leave."""
    from cchc_desktop.services import restoring
    from cchc_desktop.services.profile import exists

    ways = [(text("rescue_page.bring"), text("rescue_page.bring_words"))]
    answer = dialogs.choose_way(
        text("window.open_failed"), what, ways, text("window.leave"), Mark.NO_EVIDENCE
    )
    target = None if answer is None else dialogs.choose_folder(text("rescue_page.bring"))
    if target is None:
        return None
    if exists(target):
        dialogs.message(
            text("window.known"), KnownError("store.exists", folder=str(target)).message, Mark.NO_EVIDENCE
        )
        return None
    home = target

    def work(progress: Progress) -> None:
        taken = restoring.take_folder(home, folder, progress)
        restoring.restore_backup(home, taken, progress)

    return home if wait_for(text("rescue_page.bringing"), work, dialogs) else None
