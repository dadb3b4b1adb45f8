"""The report of a fault of the program: what it says, and writing it where the user wants it.

It is made of `domain.crash_report` alone, so nothing of the unit's data is in it.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator
from pathlib import Path

from cchc_desktop import __version__
from cchc_desktop.domain.crash_report import Failure, Place, failures
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text

__all__ = ["file_name", "report", "save"]

_NONE = "-"


def report(error: BaseException, qt: str = "") -> str:
    """The whole report in Vietnamese; `qt` is the window library's version where there is a window."""
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    lines = [
        text("crash.title"),
        text("crash.about"),
        "",
        text("crash.program", version=__version__, at=vietnam_now()),
        text("crash.system", system=system, python=platform.python_version(), qt=qt or _NONE),
    ]
    for failure in failures(error):
        lines += ["", *_lines(failure)]
    return "\n".join(lines) + "\n"


def _lines(failure: Failure) -> Iterator[str]:
    said = "crash.failure_code" if failure.code else "crash.failure"
    yield text(said, kind=failure.kind, **({"code": failure.code} if failure.code else {}))
    for place in failure.places:
        yield _line(place)


def _line(place: Place) -> str:
    said = {"module": place.module, "function": place.function, "line": str(place.line)}
    if place.times == 1:
        return text("crash.place", **said)
    return text("crash.place_times", **said, times=place.times)


def file_name() -> str:
    """What the saved report is called unless the user says otherwise."""
    return text("crash.file_name", day=f"{vietnam_now():%Y-%m-%d}") + ".txt"


def save(written: str, path: Path) -> Path:
    """Write the report. Raises `KnownError` crash.not_saved."""
    try:
        path.write_text(written, encoding="utf-8")
    except OSError as error:
        raise KnownError("crash.not_saved", path=str(path), detail=str(error)) from error
    return path
