"""The window. PySide6 lives here and nowhere else."""

from ui.immortal import keep_singletons

keep_singletons()
