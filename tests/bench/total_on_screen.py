"""From a figure that is typed to the row, its sentence and the totals painted anew."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from tests.bench import two_years
from tests.bench.window import open_window, settle


def prepare(folder: Path, times: int = 1) -> None:
    two_years.make(folder / "profile", times)


def measure(folder: Path) -> float:
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QLineEdit

    from ui.app import application

    class Paints(QObject):
        count = 0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            self.count += event.type() is QEvent.Type.Paint
            return False

    with open_window(folder / "profile", "scoring") as window:
        window.go_to("scoring", "3.3.1")
        settle(window)
        page = window.page("scoring")
        field = page.row_pane.figures.fields()[0]  # type: ignore[attr-defined]
        cell = field.findChildren(QLineEdit)[0]
        painted = Paints()
        page.total.installEventFilter(painted)  # type: ignore[attr-defined]
        times = []
        for figure in range(2800, 2831):
            cell.setText(str(figure))
            begin = time.perf_counter()
            field.edited.emit()
            application().processEvents()
            times.append(time.perf_counter() - begin)
        if painted.count < len(times):
            raise RuntimeError(f"{len(times)} edits, but the total was painted {painted.count} times")
        return statistics.median(times)
