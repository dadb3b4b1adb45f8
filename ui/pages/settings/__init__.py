"""Thiết lập: the unit, its years, limits, look, key and data folder."""

from ui.pages.settings.page import Page

__all__ = ["Page"]
