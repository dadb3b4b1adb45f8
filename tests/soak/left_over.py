"""What a program holds on to: memory, handles, threads, timers, widgets."""

from __future__ import annotations

import ctypes
import gc
import os
import threading
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget


@dataclass(frozen=True)
class LeftOver:
    """`memory` in KiB that only this program has and no file stands behind, after the garbage is gone.

    (Pages of a library are its own or shared as other programs come and go: that is no growth.)
    """

    memory: int
    handles: int
    threads: int
    timers: int
    widgets: int

    def __str__(self) -> str:
        return (
            f"{self.memory / 1024:7.1f} MiB, {self.handles} handles, {self.threads} threads, "
            f"{self.timers} timers running, {self.widgets} widgets"
        )


def left_over(window: QWidget) -> LeftOver:
    """As it is now. Linux only: it asks /proc."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for _ in range(3):
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        app.processEvents()
        gc.collect()
    # What the C library keeps for later is no growth of ours.
    ctypes.CDLL(None).malloc_trim(0)
    smaps = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    counted = ("Anonymous:", "Swap:")
    own = sum(int(line.split()[1]) for line in smaps.splitlines() if line.startswith(counted))
    timers = [timer for timer in window.findChildren(QTimer) if timer.isActive()]
    return LeftOver(
        memory=own,
        handles=len(os.listdir("/proc/self/fd")),  # noqa: PTH208 - counted, nothing more
        threads=threading.active_count(),
        timers=len(timers),
        widgets=len(app.allWidgets()),
    )
