"""What a file's name says about its document: "142-BC-UBND 01-12-2026 Kết quả TTHC.pdf". A guess, no more."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import PurePath

from cchc_desktop.domain.evidence import EvidenceRecord

_KINDS = ("QĐ", "QD", "KH", "BC", "CV", "TB", "TTr", "TT", "CT", "NQ", "HD", "BB", "GM", "PL")
_NUMBER = re.compile(
    r"(?<!\d)(\d{1,5})\s*[-_/. ]\s*((?:" + "|".join(_KINDS) + r")(?:[-_][A-ZĐa-zđ]{1,12}){0,3})(?![A-ZĐa-zđ])"
)
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[-_.](\d{1,2})[-_.](\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")


def guess(file_name: str) -> EvidenceRecord:
    """Number, date and abstract as far as the name tells; empty where it does not."""
    composed = unicodedata.normalize("NFC", PurePath(file_name).stem)
    words = "".join(c if c.isprintable() else " " for c in composed)
    number, issued_on = "", None
    if found := _NUMBER.search(words):
        number = f"{found[1]}/{found[2].replace('_', '-')}"
        words = words.replace(found[0], " ", 1)
    for pattern, order in ((_DAY_FIRST, (3, 2, 1)), (_YEAR_FIRST, (1, 2, 3))):
        if found := pattern.search(words):
            try:
                issued_on = date(*(int(found[place]) for place in order))
            except ValueError:
                continue
            if not 1990 <= issued_on.year <= 2100:
                issued_on = None
                continue
            words = words.replace(found[0], " ", 1)
            break
    words = re.sub(r"\b(ngày|ngay)\s*$|\b(ngày|ngay)\s+(?=\s)", " ", re.sub(r"[_\s]+", " ", words))
    abstract = re.sub(r"\s+", " ", words).strip(" -–.,")
    return EvidenceRecord(number, issued_on, "", abstract[:1].upper() + abstract[1:])
