"""The first half second belongs to the first page. What waits until that is painted, and who begins it:

- the search for unreachable objects: `ui.collecting`
- the code of writing, and the journal's: `store.profile`; the language of formulas: `domain.rules.formula`
- both notes above the pages: `MainWindow.clock` and `.reminders`
- any `event`, `eventFilter` or `changeEvent` in Python: the first one has PySide make 46 classes of events
- the code of the other pages, the next deadline, reminders, the clock: `MainWindow`, after its first paint
- packages that wait for their way out: `ui.outbox_at_start`; half-done files of earlier runs with them
- whoever takes packages that are dropped onto the window: `ui.packages.drops`
- the check of a large database: `ui.health`; what an update left: `ui.tidying`
- a page's own parts that are out of sight, dialogs and lists that open: with their first use
- what PySide6 brings along and nobody asks for: `ui.qt_import`; members of enumerations: `ui.qt_enums`
- the methods of values: `quick_dataclass`; regular expressions: `quick_pattern`

Qt's libraries are loaded meanwhile, on a second thread: `ui.qt_libraries`.

Before it nothing is imported that the first page does not show (a test counts modules by name).
"""

from __future__ import annotations

import gc
import sys

_TURN = 0.001
"""Seconds after which a thread beside the window lets the window have its turn. What waited for the first
paint runs there, and by Python's own 0.005 each call of Qt could wait that long."""


def begin() -> None:
    """Called before anything of Qt is imported: what a start makes stays, so there is nothing to search for
    (measured: a twentieth of the start). In a program that has Qt already this is no start."""
    if "PySide6" not in sys.modules:
        gc.disable()


def event_loop_begins() -> None:
    """The application is there."""
    sys.setswitchinterval(_TURN)
