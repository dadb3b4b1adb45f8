"""Measures a figure in processes of its own, its reference and its tenfold data in turn with it."""

from __future__ import annotations

import inspect
import math
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.bench import Figure, NotHereError

RUNS = 7
GROWTH_RUNS = 5
TENFOLD = 10
# An installed program runs from byte code, as the libraries of the references do.
_ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}

Found = dict[str, Any]
Middle = Callable[[Sequence[float]], float]
MIDDLES: dict[str, Middle] = {"medians": statistics.median, "least": min}


def in_a_process(figure: Figure, what: str, folder: Path) -> float:
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--one", what, figure.module, str(folder)],
        capture_output=True,
        text=True,
        check=False,
        env={**_ENVIRONMENT, "QT_QPA_PLATFORM": "offscreen", "CCHC_DATA_DIR": str(folder / "no profile")},
    )
    if answer.returncode:
        raise SystemExit(f"{figure.title}: {answer.stderr}")
    return float(answer.stdout.split()[-1])


def measured(figure: Figure, middle: Middle, runs: int, growth: bool) -> Found:
    """One line of the table; what can't be measured here says why in "lacking"."""
    found = {**head(figure), "at": datetime.now(UTC).isoformat(timespec="seconds")}
    try:
        found |= _against_reference(figure, middle, runs)
        if growth and grows(figure):
            found |= {"growth": _growth(figure, middle, min(runs, GROWTH_RUNS))}
    except NotHereError as lacking:
        found |= {"lacking": str(lacking)}
    return found


def head(figure: Figure) -> Found:
    """What is known of a line before anything is measured."""
    return {
        "name": figure.module,
        "figure": figure.title,
        "unit": "MB" if figure.megabytes else "s",
        "reference": figure.reference,
        "wanted": figure.wanted,
        "plus": figure.plus,
    }


def grows(figure: Figure) -> bool:
    return "times" in inspect.signature(import_module(f"tests.bench.{figure.module}").prepare).parameters


def _against_reference(figure: Figure, middle: Middle, runs: int) -> Found:
    with tempfile.TemporaryDirectory(prefix="cchc-bench-") as name:
        folder = Path(name)
        import_module(f"tests.bench.{figure.module}").prepare(folder)
        own: list[float] = []
        references: list[float] = []
        for _ in range(runs):
            if figure.reference:
                references.append(in_a_process(figure, "reference", folder))
            own.append(in_a_process(figure, "measure", folder))
    value = middle(own)
    found: Found = {"value": value, "spread": [min(own), max(own)]}
    if not figure.reference:
        return found | {"holds": value <= figure.wanted}
    found |= {"reference_value": middle(references), "ratio": ratio(own, references, middle)}
    above = [max(0.0, one - figure.plus) for one in own]
    return found | {"holds": ratio(above, references, middle) <= figure.wanted}


def ratio(own: Sequence[float], references: Sequence[float], middle: Middle) -> float:
    """The middle of what each turn's two runs say: a machine that slows down for a while does so for both of
    a turn, and the middles of both sides may come from different whiles. Of the least, that of the two least.
    """
    if middle is min:
        return min(own) / min(references)
    return middle([one / base for one, base in zip(own, references, strict=True)])


def _growth(figure: Figure, middle: Middle, count: int) -> Found:
    """The same figure with ten times the data, and the exponent: 0 is no more, 1 ten times as long."""
    sizes = (1 / TENFOLD, 1) if figure.from_a_tenth else (1, TENFOLD)
    prepare = import_module(f"tests.bench.{figure.module}").prepare
    with tempfile.TemporaryDirectory(prefix="cchc-bench-") as name:
        folders = [Path(name) / str(number) for number in range(len(sizes))]
        for folder, times in zip(folders, sizes, strict=True):
            folder.mkdir()
            prepare(folder, times)
        runs = [[in_a_process(figure, "measure", folder) for folder in folders] for _ in range(count)]
    small, large = (middle(values) for values in zip(*runs, strict=True))
    return {"times": list(sizes), "values": [small, large], "exponent": exponent(small, large)}


def exponent(small: float, large: float) -> float:
    return math.log(large / small) / math.log(TENFOLD)
