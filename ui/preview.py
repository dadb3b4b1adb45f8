"""Show a document before it is handed on: written to a folder of its own, opened in the system's viewer.

Qt has no PDF viewer in the parts that we ship, so the system's own program shows it, and prints it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from ui.context import Context
from ui.marks import Mark
from ui.work import Job

Write = Callable[[Path, Progress], object]


def preview_folder() -> Path:
    """A fresh folder for one preview, readable by this user only; the system clears it."""
    return Path(tempfile.mkdtemp(prefix="cchc-"))


def preview(context: Context, name: str, write: Write) -> Job:
    """Write the document as `name` beside the window's work, then open it; a fault is said in a dialog."""
    context.edits.flush()

    def run(progress: Progress) -> Path:
        target = preview_folder() / name
        write(target, progress)
        return target

    def done(target: Path) -> None:
        if not context.dialogs.open_path(target):
            context.dialogs.message(
                text("preview.no_viewer"), text("preview.no_viewer_words", path=str(target)), Mark.NO_EVIDENCE
            )

    return context.work.start(run, done, lambda error: _failed(context, error))


def save_document(context: Context, heading: str, suggestion: str, ending: str, write: Write) -> Job | None:
    """Ask where to, write there, and offer to open it. None when the user steps back."""
    target = context.dialogs.save_file(
        heading, suggestion, ((text(f"preview.kind_{ending}"), (f".{ending}",)),)
    )
    if target is None:
        return None
    if target.suffix.lower() != f".{ending}":
        target = target.with_name(f"{target.name}.{ending}")
    context.edits.flush()

    def run(progress: Progress) -> Path:
        write(target, progress)
        return target

    def done(written: Path) -> None:
        words = text("preview.saved_words", name=written.name, folder=str(written.parent))
        if context.dialogs.ask(text("preview.saved"), words, text("preview.open"), text("preview.close")):
            context.dialogs.open_path(written)

    return context.work.start(run, done, lambda error: _failed(context, error))


def _failed(context: Context, error: KnownError) -> None:
    context.dialogs.message(text("preview.failed"), error.message, Mark.ERROR, error.detail)
