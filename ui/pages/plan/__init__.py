"""Kế hoạch."""

from __future__ import annotations

from ui.pages.plan.page import Page

__all__ = ["Page"]
