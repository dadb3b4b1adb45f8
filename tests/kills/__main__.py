"""python -m tests.kills [--count N] [--seed S] [--only MOMENT]…: prints count, seed and what was lost."""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path

from tests.kills.runner import MOMENTS, run


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py kills", description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--only", choices=list(MOMENTS), action="append", default=[])
    arguments = parser.parse_args()
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randrange(10**9)
    print(f"seed {seed}", flush=True)
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    work = Path(tempfile.mkdtemp(prefix="cchc-kills-"))
    tally = run(arguments.count, seed, work, lambda words: print(words, flush=True), arguments.only)
    print(tally.words())
    if tally.clean:
        shutil.rmtree(work, ignore_errors=True)
    return 0 if tally.clean else 1


if __name__ == "__main__":
    sys.exit(main())
