"""The most memory of the installed program until its window is painted, against running from source."""

from __future__ import annotations

from pathlib import Path

from tests.bench import installed

prepare = installed.prepare


def measure(folder: Path) -> float:
    return installed.painted(installed.frozen(folder), folder)[1]


def reference(folder: Path) -> float:
    return installed.painted(installed.source(), folder)[1]
