"""CCHC Desktop without its window: plan, self-score, evidence and the signed report package."""

from cchc_desktop.quick_import import import_quickly

__version__ = "0.1.0"

import_quickly()
