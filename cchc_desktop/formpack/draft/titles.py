"""What stands above an appendix table: its title, the decision's number and day, the year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from cchc_desktop.formpack.draft.plain import folded, one_line
from cchc_desktop.quick_dataclass import dataclass

_DECISION = re.compile(r"\b(\d{1,5}/(?:QĐ|QD|KH|HD|CV)[-–][A-ZĐa-zđ0-9.\-–&]{2,30})")
_DAY = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_SHORT_DAY = re.compile(r"ngày\s+(\d{1,2})/(\d{1,2})/(\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"\bnam\s+(20\d\d)\b")
_NO_TITLE = re.compile(
    r"^(?:phu luc|bieu|mau|\(|kem theo|ban hanh|cong hoa|doc lap|uy ban|so:|don vi tinh)|^\W*$"
)
_ISSUER = re.compile(
    r"\bcủa\s+(Ủy ban nhân dân [^)]{2,60}|UBND [^)]{2,60}|Sở [^)]{2,60}|Thủ tướng Chính phủ)", re.IGNORECASE
)


@dataclass(frozen=True)
class Titles:
    """Empty or None where nothing is printed."""

    title: str = ""
    decision_number: str = ""
    decision_date: date | None = None
    issuer: str = ""
    year: int | None = None


def read_titles(above: Sequence[str]) -> Titles:
    """The titles among the texts above the table."""
    lines = [one_line(line) for text in above for line in text.split("\n") if line.strip()]
    start = max((n for n, line in enumerate(lines) if folded(line).startswith("phu luc")), default=None)
    if start is not None:
        lines = lines[start:]
    kept = [line for line in lines if not _NO_TITLE.match(folded(line))]
    title = one_line(" ".join(kept[-4:] if start is None else kept[:4]))[:400]
    whole = one_line(" ".join(lines))
    decision = _DECISION.search(whole)
    issuer = _ISSUER.search(whole[decision.end() :]) if decision else None
    year = _YEAR.search(folded(title))
    return Titles(
        title,
        decision.group(1) if decision else "",
        _day(whole[decision.end() :]) if decision else None,
        one_line(issuer.group(1)) if issuer else "",
        int(year.group(1)) if year else None,
    )


def _day(text: str) -> date | None:
    found = _DAY.search(text) or _SHORT_DAY.search(text)
    if not found:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
