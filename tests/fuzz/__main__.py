"""Runs the targets in turn until the time is up; prints the seed, what was tried, and every finding."""

from __future__ import annotations

import argparse
import resource
import secrets
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random

from tests.fuzz.targets import TARGETS
from tests.fuzz.targets.twins import twins

SLOWEST = 1.0
MOST_MEMORY_MB = 100
MOST_FINDINGS = 20


def one(target: str, number: int, seed: str, folder: Path) -> str:
    """The finding of this case as text; "" when the reader keeps its promise."""
    random = Random(f"{seed}:{target}:{number}")
    begun = time.process_time()
    try:
        TARGETS[target][1](random, folder)
    except Exception:
        return traceback.format_exc(limit=-6)
    took = time.process_time() - begun
    return f"took {took:.2f} s" if took > SLOWEST else ""


def memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", default=secrets.token_hex(4))
    parser.add_argument("--only", default="", help="TARGET, or TARGET:NUMBER for one case")
    arguments = parser.parse_args()
    target, _, number = arguments.only.partition(":")
    with tempfile.TemporaryDirectory(prefix="cchc-fuzz-") as name:
        folder = Path(name)
        twins(folder)
        if number:
            finding = one(target, int(number), arguments.seed, folder)
            print(finding or "no finding")
            return int(bool(finding))
        chosen = [name for name, (often, _) in TARGETS.items() if target in ("", name) for _ in range(often)]
        return run(chosen, arguments.seed, time.monotonic() + arguments.minutes * 60, folder)


def run(chosen: list[str], seed: str, until: float, folder: Path) -> int:
    print(f"seed {seed}", flush=True)
    tried: Counter[str] = Counter()
    findings: dict[str, str] = {}
    base = 0.0
    while time.monotonic() < until and len(findings) < MOST_FINDINGS:
        for target in chosen:
            finding = one(target, tried[target], seed, folder)
            if finding and finding.strip().splitlines()[-1] not in findings:
                findings[finding.strip().splitlines()[-1]] = target
                print(f"\n{target}:{tried[target]} (--seed {seed})\n{finding}", flush=True)
            tried[target] += 1
        base = base or memory_mb()
    grown = memory_mb() - base
    for target, count in tried.items():
        print(f"{count:>9,}  {target}")
    print(f"{tried.total():>9,}  cases, {len(findings)} findings, memory grew by {grown:.0f} MB, seed {seed}")
    return int(bool(findings) or grown > MOST_MEMORY_MB)


if __name__ == "__main__":
    sys.exit(main())
