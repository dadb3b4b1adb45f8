"""Thiết lập: the unit, its years, limits, look, key and data folder."""

SERVICES = ("backups", "enrolment", "form_packs", "restoring", "trusted", "updates")
"""What its first look asks for besides: loaded with the page, so that the look needs not wait for it."""
