"""Sums and lists inside an explanation."""

from __future__ import annotations

from collections.abc import Sequence

from cchc_desktop.message import Message, message


def joined(id_: str, parts: Sequence[Message]) -> Message:
    """The parts with the text `scoring.<id_>` ("{left} + {right}") between them, nested evenly."""
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    return message(f"scoring.{id_}", left=joined(id_, parts[:half]), right=joined(id_, parts[half:]))
