"""One transaction at a time: in the order of asking, nobody left out, nobody waiting for ever."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable

import pytest

from cchc_desktop.errors import BugError
from cchc_desktop.store import answers, journal
from cchc_desktop.store.change import Change
from cchc_desktop.store.profile import Profile


class Held:
    """A write under way that ends when it is told to."""

    def __init__(self, profile: Profile) -> None:
        self._begun, self._end = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=profile.write, args=(self._work,))
        self._thread.start()
        assert self._begun.wait(10)

    def _work(self, _change: Change) -> None:
        self._begun.set()
        assert self._end.wait(10)

    def end(self) -> None:
        self._end.set()
        self._thread.join(10)
        assert not self._thread.is_alive()


def waits(profile: Profile, many: int) -> None:
    """Until that many threads wait for their turn."""
    end = time.monotonic() + 10
    while len(profile._writer._waiting) < many:
        assert time.monotonic() < end, "nobody came to wait"
        time.sleep(0.001)


def in_background(act: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=act)
    thread.start()
    return thread


def test_writes_come_in_the_order_in_which_they_were_asked_for(profile: Profile, round_id: str) -> None:
    held, threads = Held(profile), []
    for number in range(8):

        def write(number: int = number) -> None:
            profile.write(lambda change: answers.set_explanation(change, round_id, f"r{number}", "lời"))

        threads.append(in_background(write))
        waits(profile, number + 1)
    held.end()
    for thread in threads:
        thread.join(10)
    written = [entry.key.rpartition("/")[2] for entry in profile.read(lambda db: list(journal.entries(db)))]
    assert written[1:] == [f"r{number}" for number in range(8)]


def test_a_busy_thread_leaves_others_their_turn(profile: Profile, round_id: str) -> None:
    """A thread that writes without a pause may come between two edits of another once, not for ever."""
    stop, count = threading.Event(), [0]

    def busy() -> None:
        while not stop.is_set():
            count[0] += 1
            words = str(count[0])
            profile.write(lambda change, words=words: answers.set_explanation(change, round_id, "b", words))  # type: ignore[misc]

    thread = in_background(busy)
    try:
        for number in range(20):
            before = count[0]
            words = f"lần {number}"
            profile.write(lambda change, words=words: answers.set_explanation(change, round_id, "r", words))  # type: ignore[misc]
            assert count[0] - before <= 3
    finally:
        stop.set()
        thread.join(10)


def test_closing_waits_for_those_who_wait_and_takes_no_more(profile: Profile, round_id: str) -> None:
    held = Held(profile)
    last = in_background(
        lambda: profile.write(lambda change: answers.set_explanation(change, round_id, "r", "lời cuối"))
    )
    waits(profile, 1)
    closing = in_background(profile._writer.close)
    waits(profile, 2)
    with pytest.raises(BugError, match="closed"):
        profile.write(lambda change: None)
    held.end()
    for thread in (last, closing):
        thread.join(10)
    assert profile.read(lambda db: answers.of_round(db, round_id))["r"].explanation == "lời cuối"


def test_a_write_inside_a_write_is_refused_and_the_next_one_works(profile: Profile, round_id: str) -> None:
    def nested(_change: Change) -> None:
        profile.write(lambda change: None)

    with pytest.raises(BugError, match="inside"):
        profile.write(nested)
    with pytest.raises(BugError, match="inside"):
        profile.write(lambda change: profile._writer.close())
    profile.write(lambda change: answers.set_explanation(change, round_id, "r", "sau đó"))
    assert profile.read(lambda db: answers.of_round(db, round_id))["r"].explanation == "sau đó"


def test_ctrl_c_while_waiting_leaves_the_others_their_turn(profile: Profile, round_id: str) -> None:
    held = Held(profile)
    main = threading.get_ident()
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)

    def interrupt() -> None:
        waits(profile, 1)
        signal.pthread_kill(main, signal.SIGINT)

    try:
        impatient = in_background(interrupt)
        with pytest.raises(KeyboardInterrupt):
            profile.write(lambda change: None)
        impatient.join(10)
    finally:
        signal.signal(signal.SIGINT, usual)
    assert not profile._writer._waiting
    held.end()
    profile.write(lambda change: answers.set_explanation(change, round_id, "r", "sau đó"))
    assert profile.read(lambda db: answers.of_round(db, round_id))["r"].explanation == "sau đó"


def test_what_a_round_was_is_not_remembered_past_its_change(profile: Profile, round_id: str) -> None:
    """The round's state is kept between edits; a change of the round, and one that fails, forget it."""
    from datetime import date
    from decimal import Decimal

    from cchc_desktop.domain.round import HeadConfirmation
    from cchc_desktop.errors import KnownError
    from cchc_desktop.store import rounds

    def confirmed() -> bool:
        return profile.read(lambda db: rounds.one(db, round_id)).confirmation is not None

    head = HeadConfirmation("Y Thịnh Niê", "Chủ tịch", date(2026, 11, 30), Decimal("2.35"))
    for number in range(3):
        words = f"lần {number}"
        profile.write(lambda change: rounds.set_confirmation(change, round_id, head))
        assert confirmed()
        profile.write(lambda change, words=words: answers.set_explanation(change, round_id, "r", words))  # type: ignore[misc]
        assert not confirmed()

    def archive_and_fail(change: Change) -> None:
        rounds.archive(change, round_id)
        state = change.round_state(round_id)
        assert state is not None
        assert state.archived
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        profile.write(archive_and_fail)
    profile.write(lambda change: answers.set_explanation(change, round_id, "r", "vẫn viết được"))
    profile.write(lambda change: rounds.archive(change, round_id))
    with pytest.raises(KnownError, match=r"rounds\.archived"):
        profile.write(lambda change: answers.set_explanation(change, round_id, "r", "không"))
