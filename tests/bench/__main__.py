"""Runs every figure in processes of its own, reference and measure in turn, and prints and keeps the medians.

What a run finds is kept as JSON; a run of some figures only (by name) replaces these in it.
"""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.bench import FIGURES, table
from tests.bench.measuring import GROWTH_RUNS, MIDDLES, RUNS, Found, measured

KEPT = Path("bench.json")


def _kept(path: Path, machine: str, how: str) -> dict[str, Found]:
    """The figures of earlier runs on this machine in the same way, by name."""
    try:
        report: dict[str, Any] = json.loads(path.read_text("utf-8"))
        same = (report["machine"], report["how"]) == (machine, how)
        return {found["name"]: found for found in report["figures"]} if same else {}
    except (OSError, ValueError, KeyError):
        return {}


def _keep(path: Path, machine: str, how: str, figures: list[Found]) -> None:
    report = {"machine": machine, "how": how, "figures": figures}
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", help="only these figures (module names)")
    parser.add_argument("--json", type=Path, default=KEPT, help=f"where to keep the figures ({KEPT})")
    parser.add_argument("--growth", action="store_true", help="also with ten times the data")
    parser.add_argument("--readme", action="store_true", help="with growth; write README's table")
    parser.add_argument(
        "--written", action="store_true", help="with --readme: of the kept figures, measuring nothing"
    )
    parser.add_argument(
        "--least", action="store_true", help="the least of the runs, not the median: for a busy machine"
    )
    parser.add_argument("--runs", type=int, default=RUNS, help="of each side (%(default)s)")
    parser.add_argument("--one", nargs=3, metavar=("WHAT", "MODULE", "FOLDER"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        what, module, folder = arguments.one
        print(getattr(import_module(f"tests.bench.{module}"), what)(Path(folder)))
        return 0
    if unknown := set(arguments.names) - {figure.module for figure in FIGURES}:
        parser.error(f"no such figure: {', '.join(sorted(unknown))}")
    runs: int = arguments.runs
    middle = "least" if arguments.least else "medians"
    machine, how = table.machine(), f"{middle} of {runs} runs ({min(runs, GROWTH_RUNS)} for growth)"
    print(f"{machine}; {how} (least – most)")
    kept = _kept(arguments.json, machine, how)
    for figure in FIGURES:
        if not arguments.written and (not arguments.names or figure.module in arguments.names):
            growth = arguments.growth or arguments.readme
            kept[figure.module] = measured(figure, MIDDLES[middle], runs, growth)
            print(table.line(kept[figure.module]), flush=True)
            # After each: a run that is broken off has not measured in vain.
            _keep(arguments.json, machine, how, [kept[one.module] for one in FIGURES if one.module in kept])
    figures = [kept[figure.module] for figure in FIGURES if figure.module in kept]
    if arguments.readme:
        if missing := [figure.module for figure in FIGURES if figure.module not in kept]:
            raise SystemExit(f"not measured yet: {' '.join(missing)}")
        table.write_readme(table.readme_table(machine, how, figures))
    return int(not all(found.get("holds", True) for found in figures))


if __name__ == "__main__":
    sys.exit(main())
