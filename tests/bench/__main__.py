"""Runs every figure in processes of its own, reference and measure in turn, and prints the medians."""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.bench import FIGURES, Figure

RUNS = 7
# An installed program runs from byte code, as the libraries of the references do.
_ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


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


def measured(figure: Figure) -> dict[str, Any]:
    module = import_module(f"tests.bench.{figure.module}")
    with tempfile.TemporaryDirectory(prefix="cchc-bench-") as name:
        folder = Path(name)
        module.prepare(folder)
        times: list[float] = []
        references: list[float] = []
        for _ in range(RUNS):
            if figure.reference:
                references.append(in_a_process(figure, "reference", folder))
            times.append(in_a_process(figure, "measure", folder))
    seconds = statistics.median(times)
    found: dict[str, Any] = {"figure": figure.title, "seconds": seconds, "spread": [min(times), max(times)]}
    if figure.reference:
        base = statistics.median(references)
        found |= {"reference": figure.reference, "reference_seconds": base, "ratio": seconds / base}
        most = figure.wanted * base + figure.plus
        return found | {"wanted": figure.wanted, "plus": figure.plus, "holds": seconds <= most}
    if figure.megabytes:
        found = {"figure": figure.title, "megabytes": seconds, "spread": [min(times), max(times)]}
    return found | {"wanted": figure.wanted, "holds": seconds <= figure.wanted}


def line(found: dict[str, Any]) -> str:
    sign = "ok " if found["holds"] else "NO "
    if "megabytes" in found:
        spread = " – ".join(f"{grown:.1f}" for grown in found["spread"])
        took = f"{found['megabytes']:9.1f} MB  ({spread})"
        return f"{sign} {found['figure']:<46} {took}; wanted {found['wanted']:.0f} MB"
    spread = " – ".join(f"{seconds * 1000:.1f}" for seconds in found["spread"])
    took = f"{found['seconds'] * 1000:9.1f} ms  ({spread})"
    wanted = f"{found['wanted'] * 1000:.0f} ms"
    if "ratio" in found:
        took += f" = {found['ratio']:.2f} × {found['reference']} ({found['reference_seconds'] * 1000:.1f} ms)"
        more = f" + {found['plus']:.1f} s" if found["plus"] else ""
        wanted = f"{found['wanted']:.1f} ×{more}"
    return f"{sign} {found['figure']:<46} {took}; wanted {wanted}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", help="only these figures (module names)")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    parser.add_argument("--one", nargs=3, metavar=("WHAT", "MODULE", "FOLDER"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        what, module, folder = arguments.one
        print(getattr(import_module(f"tests.bench.{module}"), what)(Path(folder)))
        return 0
    system = f"{platform.system()} {platform.machine()}"
    machine = f"{system}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{machine}; medians of {RUNS} (least – most)")
    found = []
    for figure in FIGURES:
        if not arguments.names or figure.module in arguments.names:
            found.append(measured(figure))
            print(line(found[-1]), flush=True)
    if arguments.json:
        report = {"machine": machine, "at": datetime.now(UTC).isoformat(timespec="seconds"), "figures": found}
        arguments.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return int(not all(entry["holds"] for entry in found))


if __name__ == "__main__":
    sys.exit(main())
