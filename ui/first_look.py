"""A page's look at what it shows, before it comes into sight: most have all of it by then, and need not be
painted once without and once more with what they read beside the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter

from ui.in_turns import few_turns
from ui.page_stack import PageStack
from ui.work import Work

FILLED = 0.08
"""Seconds that a page is held back for what it reads beside the window, once all else is done."""
_AGAIN = 4
"""Milliseconds between two looks whether it is there."""


def first_look(
    stack: PageStack, page_id: str, work: Work, hurried: Callable[[], bool]
) -> Iterator[int | None]:
    """In turns of the event loop. `hurried()`: somebody types already, so it is shown as it is."""
    others = work.reading()
    yield from few_turns(stack.read(page_id))
    yield from stack.dress(page_id)
    until = perf_counter() + FILLED
    while work.reading() - others and perf_counter() < until and not hurried():
        yield _AGAIN
    yield from stack.dress(page_id)
    stack.lay_out(page_id)
    yield 0  # trees and tables have heard by then how wide they are: shown at once, they are painted twice
