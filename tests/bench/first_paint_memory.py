"""The most memory until the first page is painted with its data, against an empty window with a tree."""

from __future__ import annotations

from pathlib import Path

from tests.bench import started


def prepare(folder: Path, times: int = 1) -> None:
    started.prepare(folder, times)


def measure(folder: Path) -> float:
    return started.most_memory(started.PROGRAM, folder)


def reference(folder: Path) -> float:
    return started.most_memory(started.EMPTY, folder)
