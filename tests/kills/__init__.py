"""Kills at random moments: `python3 dev.py kills [--count N] [--seed S]`."""
