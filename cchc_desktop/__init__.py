"""CCHC Desktop without its window: plan, self-score, evidence and the signed report package."""

__version__ = "0.1.0"
