"""File names from elsewhere, made safe for every system that the file may travel to."""

from __future__ import annotations

import re
import unicodedata

from cchc_desktop.quick_pattern import pattern

LONGEST = 120
_FORBIDDEN = pattern(r'[<>:"/\\|?*]')
_RESERVED = pattern(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)


def cleaned(name: str) -> str:
    """NFC, without control, bidi and invisible characters; never a path, a device or an endless name.

    "A\\u202efdp.exe" → "Afdp.exe", "con.pdf" → "_con.pdf"; the extension stays. Never empty.
    """
    text = unicodedata.normalize("NFC", name)
    text = "".join(
        c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    )
    text = _FORBIDDEN.sub("_", re.sub(r"\s+", " ", text)).strip(" .")
    stem, dot, extension = text.rpartition(".")
    if not dot or not stem or len(extension) > 10:
        stem, extension = text, ""
    stem = stem.rstrip(" .") or "tep"
    if _RESERVED.fullmatch(stem.partition(".")[0].strip()):
        stem = f"_{stem}"
    tail = f".{extension}" if extension else ""
    return stem[: LONGEST - len(tail)].rstrip(" .") + tail
