"""Minh chứng: all evidence of the round in one table, its records and what it is linked to.

The page comes when it is asked for: Tự chấm điểm uses other parts of this room, and starts without the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.pages.evidence.page import Page

__all__ = ["Page"]


def __getattr__(name: str) -> Any:
    if name != "Page":
        raise AttributeError(name)
    from ui.pages.evidence.page import Page

    return Page
