"""Gửi báo cáo."""

from __future__ import annotations

from ui.pages.submit.page import Page

__all__ = ["Page"]
