"""SIGKILL at random moments of editing, adding evidence, migrating, backing up, exporting and restoring."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from tests.kills.runner import AT_LEAST, MOMENTS, Tally, moments, run


def test_each_moment_gets_its_share() -> None:
    """Of 1,000 kills: 250, 200, 150, 200, 100, 100."""
    found = moments(1000, random.Random(1))
    assert [found.count(moment) for moment in MOMENTS] == [250, 200, 150, 200, 100, 100]
    assert sorted(moments(6, random.Random(1))) == sorted(MOMENTS)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_nothing_said_to_be_saved_is_lost_at_any_moment(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three kills at each moment; `dev.py kills --count 1000` is the same at length."""
    seed = random.SystemRandom().randrange(10**9)
    tally: Tally = run(18, seed, tmp_path)
    with capsys.disabled():
        sys.stdout.write(f"\n{tally.words()}\n")
    assert tally.clean, tally.words()
    assert len(tally.results) == 18
    assert min(one.edits for one in tally.results) >= AT_LEAST
