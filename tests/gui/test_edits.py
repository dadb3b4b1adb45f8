"""Saving: in order, off the window's thread, and nothing is dropped when the machine fails."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.message import message
from tests.gui.hands import settle
from ui.main_window import MainWindow
from ui.work import Edits, Job, Work


@pytest.fixture
def edits() -> Iterator[Edits]:
    made = Edits()
    yield made
    made.close()


def change(number: int) -> Changes:
    return Changes(number, "r", frozenset({"answers"}), (str(number),))


def test_edits_run_in_order_beside_the_window_and_report_back_to_it(edits: Edits) -> None:
    ran: list[tuple[int, bool]] = []
    told: list[tuple[int, bool]] = []
    changed: list[Changes] = []
    saved: list[datetime] = []
    edits.changed.connect(changed.append)
    edits.saved.connect(saved.append)
    main = threading.main_thread()

    def write(number: int) -> Changes:
        ran.append((number, threading.current_thread() is main))
        return change(number)

    for number in range(1, 31):
        edits.save(
            lambda number=number: write(number),  # type: ignore[misc]
            lambda done: told.append((done.batch, threading.current_thread() is main)),
        )
    settle(lambda: bool(saved))
    assert ran == [(number, False) for number in range(1, 31)]
    assert told == [(number, True) for number in range(1, 31)]
    assert [found.batch for found in changed] == list(range(1, 31))
    assert len(saved) == 1  # said once, when nothing waits any more


def test_flush_returns_when_all_is_written(edits: Edits) -> None:
    ran: list[int] = []

    def slow(number: int) -> Changes:
        time.sleep(0.02)
        ran.append(number)
        return change(number)

    for number in range(5):
        edits.save(lambda number=number: slow(number))  # type: ignore[misc]
    assert edits.flush()
    assert ran == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("code", ["store.disk_full", "store.input_output", "store.folder_gone"])
def test_a_faulty_disk_keeps_the_edit_and_its_order(code: str, edits: Edits) -> None:
    full, written, failures = [True], [], []
    edits.failed.connect(failures.append)

    def write(number: int) -> Changes:
        if full[0]:
            raise KnownError(code, folder="D")
        written.append(number)
        return change(number)

    edits.save(lambda: write(1))
    settle(lambda: bool(failures))
    edits.save(lambda: write(2))
    settle(lambda: len(failures) >= 2)
    assert (written, edits.pending) == ([], 2)
    assert not edits.flush(1.0)
    full[0] = False
    edits.retry()
    settle(lambda: edits.pending == 0)
    assert written == [1, 2]


def test_a_refused_edit_does_not_stop_the_next_one(edits: Edits) -> None:
    refused: list[KnownError] = []
    written: list[int] = []

    def refuse() -> Changes:
        raise KnownError("scoring.bad")

    def write() -> Changes:
        written.append(2)
        return change(2)

    edits.save(refuse, None, refused.append)
    edits.save(write)
    settle(lambda: bool(written) and bool(refused))
    assert refused[0].code == "scoring.bad"


def test_work_reports_progress_and_can_be_stopped() -> None:
    work, steps, ends = Work(), [], []
    started = threading.Event()

    def run(progress: Progress) -> str:
        for done in range(1000):
            started.set()
            progress.at(message("widgets.working"), done, 1000)
            time.sleep(0.005)
        return "whole"

    job = work.start(run, lambda result: ends.append(result), None, lambda: ends.append("stopped"))
    job.progressed.connect(lambda _step, done, total: steps.append((done, total)))
    started.wait(5)
    settle(lambda: len(steps) >= 2)
    assert work.busy
    job.stop()
    settle(lambda: bool(ends))
    assert ends == ["stopped"]
    assert not work.busy
    assert all(total == 1000 for _done, total in steps)
    with pytest.raises(Cancelled):
        job.progress.at(message("widgets.working"), 1, 1)


def test_a_job_that_is_over_is_let_go() -> None:
    """A window that stands open for a year of days must not keep every reading it ever did."""
    work = Work()
    told: list[object] = []
    over = [weakref.ref(work.start(lambda _progress: 7, told.append, quiet=True)) for _ in range(20)]
    settle(lambda: not work.running)
    settle(lambda: gc.collect() >= 0 and all(job() is None for job in over))
    assert told == [7] * 20


def test_no_work_begins_once_the_window_closes(window: MainWindow) -> None:
    """A page in sight looks at more once it is painted: by then the profile may be closed."""
    window.page("scoring")
    window.go_to("scoring")
    window.close()
    begun: list[int] = []
    job = window.work.start(lambda _progress: begun.append(1), quiet=True)
    settle()
    assert not begun
    assert not (job.running or window.work.running)


def test_an_edit_leaves_no_job_behind_in_the_window(window: MainWindow) -> None:
    """After each change the window reads what it shows. What it sets aside as lasting, it may set aside once:
    done at every change, each reading that was under way would last as well."""
    settle(lambda: window.at_rest)
    over: list[weakref.ref[Job]] = []
    begin = window.work.start

    def start(*given: Any, **more: Any) -> Job:
        job = begin(*given, **more)
        over.append(weakref.ref(job))
        return job

    window.work.start = start  # type: ignore[method-assign]
    for number in range(5):
        round_id = window.context.round_id
        window.edits.changed.emit(Changes(number + 1, round_id, frozenset({"tasks"}), ("a",)))
        settle(lambda: window.at_rest)
    assert len(over) >= 5
    settle(lambda: gc.collect() >= 0 and all(job() is None for job in over))


def test_the_strip_says_what_happened_to_the_last_edit(window: MainWindow) -> None:
    from cchc_desktop.services.rounds import update_unit

    assert window.strip.state() == "Chưa có thay đổi"
    gate = threading.Event()
    profile, round_ = window.context.profile, window.context.round

    def write() -> Changes:
        gate.wait(5)
        from dataclasses import replace

        return update_unit(profile, round_.id, replace(round_.unit, place="Buôn Ma Thuột"))

    window.edits.save(write)
    assert window.strip.state() == "Đang lưu…"
    gate.set()
    settle(lambda: window.strip.state().startswith("Đã lưu lúc"))

    def full() -> Changes:
        raise KnownError("store.disk_full", folder="D")

    window.edits.save(full)
    settle(lambda: "đã đầy" in window.strip.state())
    assert window.edits.pending == 1
    time.sleep(0.1)
    assert "đã đầy" in window.strip.state()  # it stays
    window.dialogs.answers = [False]  # type: ignore[attr-defined]
    window.close()
    assert not window.closed, "closing asks first while an edit is not on disk"


def test_settings_typed_and_closed_at_once_are_on_disk(window: MainWindow, sample_folder: object) -> None:
    from pathlib import Path

    from cchc_desktop.services.profile import open_profile
    from cchc_desktop.services.rounds import rounds
    from tests.gui.hands import type_text
    from ui.widgets.fields import TextField

    window.go_to("settings")
    settle(lambda: not window.work.running)
    field = next(
        made
        for made in window.findChildren(TextField)
        if made.accessibleName() == "Địa danh" and made.isVisible()
    )
    field.setFocus()
    field.selectAll()
    type_text(field, "Buôn Hồ")
    window.close()
    assert window.closed
    assert isinstance(sample_folder, Path)
    with open_profile(sample_folder) as profile:
        assert rounds(profile)[0].unit.place == "Buôn Hồ"
