"""Tổng quan."""

from __future__ import annotations

from ui.pages.overview.page import Page

__all__ = ["Page"]
