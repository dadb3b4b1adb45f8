"""Minh chứng: all evidence of the round in one table, its records and what it is linked to."""
