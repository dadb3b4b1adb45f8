"""What the outbox needs once the window is up: files that a killed run left, receipts that came meanwhile.

The network is asked only where something was handed in through it and waits, with a token that the unit chose
to keep; without a line nothing is said, the page Gửi báo cáo tells it when it is looked at.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.errors import KnownError
from cchc_desktop.services.profile import sweep
from ui.context import Context

PAUSE = 4000
"""Milliseconds before the network is asked: the user's own first clicks come before."""


def look_after_outbox(window: QWidget, context: Context) -> None:
    """Tidy up now, before anything new can be under way; ask the network in a while."""
    QTimer.singleShot(0, window, lambda: _tidy(context))
    QTimer.singleShot(PAUSE, window, lambda: _ask(context))


def _tidy(context: Context) -> None:
    if not context.work.ended:
        context.work.start(lambda _: sweep(context.profile), failed=lambda _error: None, quiet=True)


def _ask(context: Context) -> None:
    def tell(found: tuple[Changes, ...]) -> None:
        for changes in found:
            context.edits.changed.emit(changes)

    if not context.work.ended:
        context.work.start(lambda _: receipts_that_came(context), tell, lambda _error: None, quiet=True)


def receipts_that_came(context: Context) -> tuple[Changes, ...]:
    """What changed: one for each receipt that was taken in."""
    from cchc_desktop.services import receipts, rounds, uploads

    profile = context.profile
    waiting = [one for of in rounds.rounds(profile) for one in uploads.waiting(profile, of.id)]
    if not waiting or not uploads.office(profile).has_token:
        return ()
    found = []
    for delivery in waiting:
        try:
            file = uploads.fetch_receipt(profile, delivery.id)
            if file is not None:
                found.append(receipts.take(profile, file, delivery.id)[0])
                file.unlink()
                file.parent.rmdir()
        except KnownError:
            continue  # said when the user looks at it
    return tuple(found)
