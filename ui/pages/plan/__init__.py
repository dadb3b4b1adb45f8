"""Kế hoạch."""
