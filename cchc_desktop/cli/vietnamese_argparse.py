"""argparse in Vietnamese: its sentences pass through gettext, so they are looked up in our catalogue."""

from __future__ import annotations

import argparse

from cchc_desktop.language.vi import argparse_words


def speak_vietnamese() -> None:
    """Make argparse say usage, headings and errors in Vietnamese. Unknown sentences stay as they are."""
    argparse._ = _sentence  # type: ignore[attr-defined]  # the module has no other door for this


def _sentence(english: str) -> str:
    return argparse_words.TEXTS.get(english, english)
