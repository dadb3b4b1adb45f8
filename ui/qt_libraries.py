"""Has the system load Qt's libraries and list its fonts on a second thread, while Python goes through our own
modules on the first.

Neither needs Python: measured 28 of a start's 240 ms. PySide6, imported meanwhile, waits for its libraries as
ever, and what can't be loaded here is told there. On Windows it is not done: tried under wine, it gained
nothing.
"""

from __future__ import annotations

import sys
from _thread import start_new_thread
from importlib import import_module
from importlib.machinery import PathFinder

_NOW = 2
"""RTLD_NOW, as Python itself loads a library."""
_MODULES = ("PySide6.QtWidgets", "PySide6.QtSvg")
"""They bring along the libraries of all others that the first page needs."""
_PYTHON_S_OWN = ("bisect", "datetime", "decimal", "fcntl", "json", "sqlite3", "struct", "unicodedata")
"""What the first page needs and is a library as well: loaded later, it would wait for Qt's."""
_FONTS = b"libfontconfig.so.1"


def load_beside() -> None:
    """To be called before PySide6 is imported; where that is done, or not on Linux, it does nothing."""
    if "PySide6" in sys.modules or sys.platform != "linux":
        return
    for name in _PYTHON_S_OWN:
        import_module(name)
    package = PathFinder.find_spec("PySide6")
    if package is None or package.submodule_search_locations is None:
        return
    found = [PathFinder.find_spec(name, package.submodule_search_locations) for name in _MODULES]
    files = [spec.origin.encode() for spec in found if spec is not None and spec.origin]
    start_new_thread(_load, (files,))


def _load(files: list[bytes]) -> None:
    from _ctypes import FUNCFLAG_CDECL, CFuncPtr, _SimpleCData, dlopen, dlsym  # the last two: not on Windows

    class Address(_SimpleCData):  # type: ignore[type-arg]
        _type_ = "P"

    class Function(CFuncPtr):
        """Python's other threads go on while it runs."""

        _flags_ = FUNCFLAG_CDECL
        _restype_ = Address

    itself = dlopen(None, _NOW)  # type: ignore[arg-type]  # what is loaded already
    load = Function(dlsym(itself, "dlopen"))
    for file in files:
        load(file, _NOW)
    if fonts := load(_FONTS, _NOW):
        Function(dlsym(fonts, "FcInit"))()
