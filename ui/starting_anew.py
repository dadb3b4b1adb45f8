"""Start the program once more, by its launcher: then the version that counts now is the one that runs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QProcess

from cchc_desktop.language import text
from ui.dialogs import Dialogs
from ui.marks import Mark


def start_launcher(folder: Path, dialogs: Dialogs) -> bool:
    """On the profile in `folder`, whatever this process was started with: that may have been the very pack
    that was taken. When it can't be, the user is told to do it.
    """
    from cchc_desktop.services import updates

    launcher = updates.launcher()
    if launcher is not None and QProcess.startDetached(str(launcher), ["--data", str(folder)])[0]:
        return True
    dialogs.message(text("updating.restart"), text("updating.restart_by_hand"), Mark.INFO)
    return False


def leave_for_new_version(folder: Path, dialogs: Dialogs) -> None:
    """What is done with the closed profile: the backup as at every closing, then the launcher. Ends this
    process, whose own code is the version before.
    """
    from ui.closing import back_up_after

    dialogs.parent = None
    back_up_after(folder, dialogs)
    start_launcher(folder, dialogs)
    raise SystemExit(0)
