"""Objects of Qt that nobody holds any more end on the window's thread, whatever the threads beside it do."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject

from cchc_desktop.domain.progress import Progress
from tests.gui.hands import settle
from ui.work import Edits, Work


class Ending:
    """Notes on which thread it ends."""

    def __init__(self, threads: list[str]) -> None:
        self._threads = threads

    def __del__(self) -> None:
        self._threads.append(threading.current_thread().name)


def leave_behind(threads: list[str]) -> None:
    """An object of Qt that only itself holds: only a search finds it."""
    left = QObject()
    left.itself, left.ending = left, Ending(threads)  # type: ignore[attr-defined]


def make_many(_progress: Progress) -> int:
    """So many objects that Python would search on the thread that makes them, all generations."""
    return len([[[number]] for number in range(300_000)])


def test_work_beside_the_window_ends_no_object_of_qt() -> None:
    work, threads, made = Work(), [], []
    leave_behind(threads)
    work.start(make_many, made.append)
    settle(lambda: bool(made))
    assert made == [300_000]
    assert "work" not in threads


def test_what_nobody_holds_is_found_while_the_window_works() -> None:
    """Python's own search is off: the window's must come, again and again."""
    for _ in range(2):
        threads: list[str] = []
        leave_behind(threads)
        kept: list[list[int]] = []

        def make_some(kept: list[list[int]] = kept) -> None:
            kept.extend([number] for number in range(1000))

        settle(lambda threads=threads, make_some=make_some: make_some() or bool(threads), 30)  # type: ignore[func-returns-value,misc]
        assert threads == ["MainThread"]
    assert not gc.isenabled()


def test_what_a_job_held_ends_on_the_windows_thread() -> None:
    """The dialog that began it may be gone by then, and the job the last that knows it."""
    work, threads = Work(), []
    for _ in range(50):

        def run(_progress: Progress, _ending: Ending = Ending(threads)) -> None:  # noqa: B008 - one each
            return None

        work.start(run)
        del run
    settle(lambda: not work.running and len(threads) == 50)
    assert set(threads) == {"MainThread"}


def test_an_edit_and_what_it_held_end_on_the_windows_thread() -> None:
    edits, threads = Edits(), []
    for _ in range(50):

        def write(_ending: Ending = Ending(threads)) -> None:  # noqa: B008 - one each
            return None

        edits.save(write)
        del write
    settle(lambda: edits.at_rest)
    edits.close()
    settle(lambda: len(threads) == 50)
    assert set(threads) == {"MainThread"}
