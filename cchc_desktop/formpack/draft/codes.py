"""Printed numbers of criteria: "1.1.", "I.", "2.a)", "6a", "Điều 4", a dash; and which hangs below which."""

from __future__ import annotations

import re

from cchc_desktop.formpack.draft.plain import folded, one_line
from cchc_desktop.quick_dataclass import dataclass

_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_WORD = r"(?:điều|phần|lĩnh vực|mục|nhóm|chương|tiêu chí|nội dung|chỉ số)"
_CODE = re.compile(
    rf"(?P<word>{_WORD}\s+)?(?P<body>[0-9]{{1,4}}[a-zđ]?|[IVXLCDM]{{1,7}}|[A-ZĐa-zđ])"
    r"(?P<more>(?:\s*\.\s*(?:[0-9]{1,4}[a-zđ]?|[IVX]{1,5}|[a-zđA-Z]))*)\s*(?P<end>[.):\-]{0,2})",
    re.IGNORECASE,
)
_DASH = re.compile(r"[-+–—*•]")
_LEADING = (
    # "I. Tên", "A) Tên", "Phần A: TÊN", "Điều 4. Tên"
    re.compile(
        rf"(?P<code>{_WORD}\s+(?:[0-9]{{1,3}}|[IVXL]{{1,6}}|[A-Z])\s*[.:)\-]?)\s+(?P<rest>\S.*)", re.I | re.S
    ),
    re.compile(r"(?P<code>\(?(?:[IVXL]{1,6}|[A-ZĐ]|[0-9]{1,3}|[a-zđ])\s?[.)/:])\s+(?P<rest>\S.*)", re.S),
    re.compile(
        r"(?P<code>(?:[0-9]{1,3}|[IVX]{1,5}|[A-Z])(?:\s?\.\s?[0-9]{1,3}){1,4}[.)]?)\s+(?P<rest>\S.*)", re.S
    ),
    re.compile(r"(?P<code>[-+–—•])\s+(?P<rest>\S.*)", re.S),
    re.compile(r"(?P<code>[-+–—•])(?P<rest>[^\W\d].*)", re.S),
)


@dataclass(frozen=True, slots=True)
class Code:
    """`parts` are the cleaned components; `style` says how a number of one component is written.

    Styles: "roman", "letter", "number.", "number", "number)", "small)", "small", "word", "dotted", "dash".
    """

    printed: str
    parts: tuple[str, ...]
    style: str

    @property
    def value(self) -> int:
        """The place that the last component counts; 0 for a dash."""
        return value_of(self.parts[-1], self.style) if self.parts else 0


def value_of(part: str, style: str = "") -> int:
    if part.isdigit():
        return int(part)
    figures = re.match(r"\d+", part)
    if figures:
        return int(figures.group())
    if style in ("roman", "dotted", "word") and is_roman(part):
        return roman(part)
    # Vietnamese lists count a, b, c, d, đ, e, g: f is left out.
    order = "abcdđeghiklmnopqrstuvxy"
    return order.find(part.casefold()) + 1


def is_roman(text: str) -> bool:
    return bool(text) and _ROMAN.fullmatch(text) is not None


def roman(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(-v if n + 1 < len(values) and v < values[n + 1] else v for n, v in enumerate(values))


def read_code(text: str) -> Code | None:
    """The code that a cell prints; None where it prints none."""
    line = one_line(text)
    if not line or len(line) > 40:
        return None
    if _DASH.fullmatch(line):
        return Code(line, (), "dash")
    found = _CODE.fullmatch(line.lstrip("("))
    if found is None:
        return None
    body = found["body"]
    more = [part.strip() for part in re.split(r"\.", found["more"]) if part.strip()]
    end = found["end"]
    word = folded(found["word"] or "").strip()
    if more:
        return Code(line, (body, *more), "dotted")
    return Code(line, (body,), _style(body, end, word, line))


def _style(body: str, end: str, word: str, line: str) -> str:
    if word:
        return "word"
    if body.isdigit():
        return "number)" if ")" in end else "number." if "." in end else "number"
    if body[0].isdigit():
        return "dotted"
    if body.isupper():
        return "roman" if is_roman(body) and body not in ("C", "D", "L", "M") else "letter"
    return "small)" if ")" in end else "small"


def leading_code(text: str) -> tuple[Code, str] | None:
    """The code that a name begins with, and the rest of the name."""
    for pattern in _LEADING:
        found = pattern.match(text.strip())
        if found:
            code = read_code(found["code"])
            if code is not None:
                return code, found["rest"]
    return None
