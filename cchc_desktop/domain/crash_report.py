"""What may be told of a fault of the program itself: kinds, codes, and places in the program's own code.

Nothing else can get in. What an exception says (`str(error)`), local variables, source lines and paths of
files may hold names, texts and figures of the unit, and the user's name; they are never looked at.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from types import TracebackType

from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.quick_pattern import pattern

MOST_PLACES = 40
"""Of one failure, the innermost; a recursion without end would fill pages with the same line."""
_MOST_FAILURES = 8
_NAME = pattern(r"[A-Za-z_<][\w.<>]*", re.ASCII)
_UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Place:
    """A module's dotted name (no path), a function in it, a line; `times` that it stands there in a row."""

    module: str
    function: str
    line: int
    times: int = 1


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception by its class, the system's or our own code for it ("EIO", "store.damaged"), and its way.

    `places`: outermost first.
    """

    kind: str
    code: str
    places: tuple[Place, ...]


def failures(error: BaseException) -> tuple[Failure, ...]:
    """The error and what led to it, the first cause first."""
    found: list[Failure] = []
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen and len(found) < _MOST_FAILURES:
        seen.add(id(now))
        found.append(Failure(_kind(now), _code(now), _places(now.__traceback__)))
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)
    return tuple(reversed(found))


def _kind(error: BaseException) -> str:
    made = type(error)
    name = made.__qualname__ if made.__module__ == "builtins" else f"{made.__module__}.{made.__qualname__}"
    return _name(name)


def _code(error: BaseException) -> str:
    """Only codes out of fixed lists: the system's, SQLite's, our catalogue's."""
    if isinstance(error, OSError) and error.errno is not None:
        return errno.errorcode.get(error.errno, "")
    for attribute in ("sqlite_errorname", "code"):
        code = getattr(error, attribute, None)
        if isinstance(code, str) and _NAME.fullmatch(code):
            return code
    return ""


def _places(trace: TracebackType | None) -> tuple[Place, ...]:
    found: list[Place] = []
    for place in _walk(trace):
        last = found[-1] if found else None
        if last is not None and (last.module, last.function, last.line) == (
            place.module,
            place.function,
            place.line,
        ):
            found[-1] = Place(place.module, place.function, place.line, last.times + 1)
        else:
            found.append(place)
    return tuple(found[-MOST_PLACES:])


def _walk(trace: TracebackType | None) -> Iterator[Place]:
    while trace is not None:
        frame = trace.tb_frame
        module = _name(frame.f_globals.get("__name__"))
        yield Place(module, _name(frame.f_code.co_qualname), trace.tb_lineno)
        trace = trace.tb_next


def _name(found: object) -> str:
    """A name as code has it; anything else is left out."""
    return found if isinstance(found, str) and _NAME.fullmatch(found) else _UNKNOWN
