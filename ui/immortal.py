"""Keeps None, True, False and NotImplemented alive under Python before 3.12.

PySide6 6.12.0 is built against headers in which these never die, and so does not take the reference that it
returns: measured with CPython 3.11.7, each call that returns None costs None one reference, and each `emit`
costs True one. After some thousand calls the interpreter aborts ("none_dealloc"). From 3.12 on they are
immortal (PEP 683) and nothing needs doing. Here they get so many references that no session uses them up.
"""

from __future__ import annotations

import sys
from _ctypes import _SimpleCData  # what `ctypes` is made of; that takes 2 ms of the start to import

_PLENTY = 1 << 60


class _Count(_SimpleCData):  # type: ignore[type-arg]
    """An object's first field, ob_refcnt."""

    _type_ = "q"


def keep_singletons() -> None:
    if sys.implementation.name != "cpython" or sys.version_info >= (3, 12):
        return
    for lasting in (None, True, False, NotImplemented):
        count = _Count.from_address(id(lasting))
        if count.value < _PLENTY:
            count.value += _PLENTY
