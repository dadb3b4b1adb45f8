"""The Windows files as wholes: how large they may be."""

from __future__ import annotations

import pytest

from resources.installer import BuildError, windows


def test_sizes_within_their_bounds_pass() -> None:
    windows.check_sizes(35_000_000, 110_000_000)


@pytest.mark.parametrize(
    ("setup", "installed", "words"),
    [
        (35_000_001, 100_000_000, r"setup\.exe has 35,000,001 bytes and may have 35,000,000"),
        (30_000_000, 110_000_001, r"installed program has 110,000,001 bytes and may have 110,000,000"),
    ],
)
def test_a_byte_more_stops_the_build(setup: int, installed: int, words: str) -> None:
    with pytest.raises(BuildError, match=words):
        windows.check_sizes(setup, installed)
