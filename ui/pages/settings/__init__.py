"""Thiết lập: the unit, its years, limits, look, key and data folder."""
