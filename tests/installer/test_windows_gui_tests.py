"""Which tests of the window run on the Windows program: all that are not named with a reason."""

from __future__ import annotations

import pytest

from resources.installer import windows_gui_tests
from resources.installer.windows_gui_tests import FILES_LEFT_OUT, TESTS, TESTS_LEFT_OUT


def test_every_file_runs_there_or_is_named() -> None:
    assert {*windows_gui_tests.files(), *FILES_LEFT_OUT} == {path.name for path in TESTS.glob("test_*.py")}
    assert set(windows_gui_tests.EVERY_BUILD) <= set(windows_gui_tests.files())
    assert not set(FILES_LEFT_OUT) & set(windows_gui_tests.files())


@pytest.mark.parametrize("name", TESTS_LEFT_OUT)
def test_what_is_named_is_there(name: str) -> None:
    """A name that nothing bears any more would leave out nothing, and say it does."""
    file, _, test = name.partition("::")
    assert f"def {test.partition('[')[0]}(" in (TESTS / file).read_text("utf-8")


def test_each_share_runs_once() -> None:
    shares = windows_gui_tests.shared_out(["a", "b", "c"])
    assert sorted(name for share in shares for name in share) == ["a", "b", "c"]
    assert max(map(len, shares)) - min(map(len, shares)) <= 1


def test_counts_are_added() -> None:
    said = ["....\n4 passed in 2.01s\n", "..s\n=== 2 passed, 1 deselected in 61.20s (0:01:01) ===\n"]
    assert windows_gui_tests.summary(said) == "6 passed, 1 deselected"
