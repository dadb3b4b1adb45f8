"""Thiết lập: the unit, its years, limits, look, key and data folder."""

from ui.pages.settings.page import Page

__all__ = ["SERVICES", "Page"]

SERVICES = ("backups", "enrolment", "form_packs", "restoring", "trusted", "updates")
"""What its first look asks for besides: loaded with the page, so that the look needs not wait for it."""
