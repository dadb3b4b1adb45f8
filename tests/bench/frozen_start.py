"""From the start of the installed program (by its launcher) to its painted window, against the checkout's."""

from __future__ import annotations

from pathlib import Path

from tests.bench import installed

prepare = installed.prepare


def measure(folder: Path) -> float:
    return installed.painted(installed.frozen(folder), folder)[0]


def reference(folder: Path) -> float:
    return installed.painted(installed.source(), folder)[0]
