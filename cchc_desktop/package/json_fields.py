"""Take an untrusted JSON object apart, field by field: each has a kind and a limit, and none is left over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from cchc_desktop.package.faults import ProfileBroken

LONGEST_TEXT = 100_000
LONGEST_NAME = 255
LONGEST_LIST = 4 * 1024 * 1024
MOST_ITEMS = 20_000
_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,12})?")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SHA256_OR_NONE = re.compile(r"([0-9a-f]{64})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Letters that turn the reading order around or hide: a file name must not look like another.
_TURNING = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")

Made = TypeVar("Made")


class Fields:
    """One object. `where` leads to it for the message ("evidence[3]"); `file` is the entry's name."""

    def __init__(self, value: Any, file: str, where: str = "") -> None:
        self._file, self._where = file, where
        if not isinstance(value, dict):
            raise self._wrong("")
        self._left: dict[str, Any] = dict(value)

    def _wrong(self, field: str) -> ProfileBroken:
        path = ".".join(part for part in (self._where, field) if part)
        return ProfileBroken("package.json_field", name=self._file, field=path or "{}")

    def _take(self, field: str) -> Any:
        if field not in self._left:
            raise self._wrong(field)
        return self._left.pop(field)

    def text(self, field: str, longest: int = LONGEST_TEXT) -> str:
        value = self._take(field)
        if not isinstance(value, str) or len(value) > longest or "\0" in value:
            raise self._wrong(field)
        return value

    def matching(self, field: str, pattern: re.Pattern[str]) -> str:
        value = self.text(field)
        if not pattern.fullmatch(value):
            raise self._wrong(field)
        return value

    def name(self, field: str) -> str:
        """A text of one line that is safe to show and to read out: no controls, no turning letters."""
        value = self.text(field, LONGEST_NAME)
        if not is_plain(value):
            raise self._wrong(field)
        return value

    def file_name(self, field: str) -> str:
        """A name that people read; never a path, and never used as one."""
        value = self.name(field)
        if not value or "/" in value or "\\" in value:
            raise self._wrong(field)
        return value

    def revocation_list(self, field: str = "revocation_list") -> str:
        """A CRL as PEM, or "": the one text that grows with the years of an office."""
        return self.text(field, LONGEST_LIST)

    def integer(self, field: str, least: int = 0, most: int = 2**53) -> int:
        value = self._take(field)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self._wrong(field)
        return value

    def yes_or_no(self, field: str) -> bool:
        value = self._take(field)
        if not isinstance(value, bool):
            raise self._wrong(field)
        return value

    def digest(self, field: str) -> str:
        """A SHA-256 as 64 small hexadecimal figures."""
        return self.matching(field, _SHA256)

    def digest_or_nothing(self, field: str) -> str:
        """A digest, or "" where there is nothing to name."""
        return self.matching(field, _SHA256_OR_NONE)

    def decimal(self, field: str) -> Decimal:
        return Decimal(self.matching(field, _DECIMAL))

    def day(self, field: str) -> date:
        return self._parsed(field, _DAY, date.fromisoformat)

    def moment(self, field: str) -> datetime:
        """Within the years that every time zone can show."""
        value = self._parsed(field, _MOMENT, datetime.fromisoformat)
        if not 1900 < value.year < 9999:
            raise self._wrong(field)
        return value

    def choice(self, field: str, make: Callable[[str], Made]) -> Made:
        """A word of a closed list, such as an enumeration."""
        value = self.text(field, 100)
        try:
            return make(value)
        except ValueError as error:
            raise self._wrong(field) from error

    def _parsed(self, field: str, pattern: re.Pattern[str], make: Callable[[str], Made]) -> Made:
        value = self.matching(field, pattern)
        try:
            return make(value)
        except ValueError as error:
            raise self._wrong(field) from error

    def has(self, field: str) -> bool:
        """Whether a field that may be left out is there."""
        return field in self._left

    def optional(self, field: str, take: Callable[[str], Made]) -> Made | None:
        """`null`, or what `take` (a method of this object) makes of it."""
        if field in self._left and self._left[field] is None:
            del self._left[field]
            return None
        return take(field)

    def inner(self, field: str) -> Fields:
        return Fields(self._take(field), self._file, f"{self._where}.{field}".lstrip("."))

    def each(self, field: str, make: Callable[[Fields], Made]) -> tuple[Made, ...]:
        """A list of objects, each taken apart to its end."""
        made = []
        for number, value in enumerate(self._list(field)):
            fields = Fields(value, self._file, f"{self._where}.{field}[{number}]".lstrip("."))
            made.append(make(fields))
            fields.end()
        return tuple(made)

    def texts(self, field: str) -> tuple[str, ...]:
        values = self._list(field)
        if not all(isinstance(value, str) and len(value) <= LONGEST_TEXT for value in values):
            raise self._wrong(field)
        return tuple(values)

    def mapping(self, field: str) -> dict[str, Any]:
        """An object with free keys; its values are not looked at."""
        value = self._take(field)
        if not isinstance(value, dict) or len(value) > MOST_ITEMS:
            raise self._wrong(field)
        return value

    def _list(self, field: str) -> list[Any]:
        value = self._take(field)
        if not isinstance(value, list) or len(value) > MOST_ITEMS:
            raise self._wrong(field)
        return value

    def end(self) -> None:
        """Nothing may be left that this program doesn't know."""
        if self._left:
            raise self._wrong(ascii(min(self._left))[1:41])


def is_plain(text: str) -> bool:
    return not any(c in _TURNING or unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in text)
