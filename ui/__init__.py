"""The window. PySide6 lives here and nowhere else."""

from ui import starting
from ui.immortal import keep_singletons
from ui.qt_enums import make_enums_quickly
from ui.qt_import import import_qt

starting.begin()
keep_singletons()
make_enums_quickly()
import_qt()
