"""The window. PySide6 lives here and nowhere else."""

from importlib import import_module

import cchc_desktop  # noqa: F401 - from here on our own modules are found quickly
from ui import qt_libraries, starting
from ui.immortal import keep_singletons
from ui.qt_enums import make_enums_quickly
from ui.qt_import import import_qt

starting.begin()
qt_libraries.load_beside()
for _needed in ("profile", "overview"):  # by the first page, and none of Qt, whose libraries come meanwhile
    import_module(f"cchc_desktop.services.{_needed}")
keep_singletons()
make_enums_quickly()
import_qt()
