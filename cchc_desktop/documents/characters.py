"""User text made fit for a document: composed letters, no control characters."""

from __future__ import annotations

import re
import unicodedata

# Besides the control characters proper: half surrogates, and the two that no XML may hold.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\ufeff]")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """NFC (decomposed letters draw wrongly), line breaks as "\\n", tabs as spaces, no control characters."""
    return unicodedata.normalize("NFC", _CONTROL.sub("", _BREAKS.sub("\n", text))).replace("\t", " ").strip()


def one_line(text: str) -> str:
    return " ".join(clean(text).split())
