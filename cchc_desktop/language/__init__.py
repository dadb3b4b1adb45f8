"""The one place where ids become sentences: message id + arguments → Vietnamese.

The catalogue of a language is a package (`vi`) with one module per room; a module is imported when its first
sentence is asked for. `text("window.saved", at=now)` renders id `saved` of `vi/window.py`.
"""

from __future__ import annotations

from cchc_desktop.language.catalogue import load_words, render, standing, text
from cchc_desktop.language.numbers import (
    format_number,
    format_percent,
    format_points,
    format_size,
    parse_number,
)
from cchc_desktop.language.times import format_date, format_time

__all__ = [
    "format_date",
    "format_number",
    "format_percent",
    "format_points",
    "format_size",
    "format_time",
    "load_words",
    "parse_number",
    "render",
    "standing",
    "text",
]
