"""Recompute points from an explanation alone, with a reader of its own: nothing of the program is used."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

_NUMBER = r"-?\d[\d.]*(?:,\d+)?"
_TOKEN = re.compile(r"\s*(?:(?P<number>\d[\d.]*(?:,\d+)?)(?P<percent>%?)|(?P<sign>[:×+()-]))")


def vietnamese(value: str | int | Decimal) -> str:
    """A figure as a Vietnamese official writes it: 2.847 and 4,89."""
    whole, _, decimals = str(value).partition(".")
    grouped = re.sub(r"(?<=\d)(?=(\d{3})+$)", ".", whole)
    decimals = decimals.rstrip("0")
    return f"{grouped},{decimals}" if decimals else grouped


def number(written: str) -> Fraction:
    return Fraction(written.replace(".", "").replace(",", "."))


def half_up(value: Fraction, decimals: int = 2) -> Decimal:
    scaled = abs(value) * 10**decimals
    whole = int(scaled) + (1 if scaled - int(scaled) >= Fraction(1, 2) else 0)
    return Decimal(whole if value >= 0 else -whole).scaleb(-decimals)


def calculated(expression: str) -> Fraction:
    """The value of "2.847 : 2.913 × 5" or "3 - (1 × 0,5 + 2 × 1)"."""
    tokens: list[tuple[str, Fraction | None]] = []
    position = 0
    while position < len(expression.rstrip()):
        found = _TOKEN.match(expression, position)
        assert found, f"cannot read {expression!r} from {position}"
        if found["number"]:
            value = number(found["number"])
            tokens.append(("number", value / 100 if found["percent"] else value))
        else:
            tokens.append((found["sign"], None))
        position = found.end()
    value, rest = _sum(tokens)
    assert not rest, expression
    return value


Tokens = list[tuple[str, "Fraction | None"]]


def _sum(tokens: Tokens) -> tuple[Fraction, Tokens]:
    value, tokens = _product(tokens)
    while tokens and tokens[0][0] in "+-":
        sign = tokens[0][0]
        part, tokens = _product(tokens[1:])
        value = value + part if sign == "+" else value - part
    return value, tokens


def _product(tokens: Tokens) -> tuple[Fraction, Tokens]:
    value, tokens = _atom(tokens)
    while tokens and tokens[0][0] in ":×":
        sign = tokens[0][0]
        part, tokens = _atom(tokens[1:])
        value = value * part if sign == "×" else value / part
    return value, tokens


def _atom(tokens: Tokens) -> tuple[Fraction, Tokens]:
    kind, value = tokens[0]
    if kind == "(":
        inner, rest = _sum(tokens[1:])
        assert rest[0][0] == ")"
        return inner, rest[1:]
    assert kind == "number" and value is not None
    return value, tokens[1:]


def _found(pattern: str, sentence: str) -> list[Fraction]:
    found = re.search(pattern.replace("#", f"({_NUMBER})"), sentence)
    assert found, sentence
    return [number(part) for part in found.groups() if part is not None]


def recomputed(sentence: str, decimals: int = 2) -> Decimal:
    """The points that follow from the figures in the sentence; its own result is not looked at."""
    return half_up(_points(re.sub(r'"[^"]*"', "“”", sentence)), decimals)


def _points(sentence: str) -> Fraction:
    ratio = re.match(rf"({_NUMBER}) : ({_NUMBER}) = ", sentence)
    if "vượt mức tối đa" in sentence:
        total = re.search(r"([^:“”]*)=[^=]*, vượt mức tối đa", sentence)
        (highest,) = _found(r"tối đa # điểm\)", sentence)
        if total is not None and calculated(total.group(1)) > highest:
            return highest
        raise AssertionError(sentence)
    if ", dưới 0 nên" in sentence:
        expression = re.search(r": ([^:=]*) = [^=]*, dưới 0 nên", sentence)
        assert expression and calculated(expression.group(1)) < 0, sentence
        return Fraction(0)
    if ratio:
        return _ratio_points(sentence, number(ratio.group(1)) / number(ratio.group(2)))
    expression = re.search(r"(?:được|là|:) ([0-9(][^a-zà-ỹ“”]*) = [^=]* điểm", sentence)
    if expression:
        return calculated(expression.group(1))
    if sentence.startswith("Chọn mức"):
        return _found("được # điểm", sentence)[0]
    if sentence.startswith("Có thực hiện") or "được đủ" in sentence:
        return _found(r"tối đa # điểm\)", sentence)[0]
    if sentence.startswith("Có “”"):
        return _found("được # điểm", sentence)[0]
    assert re.match(r"Không (thực hiện|có mục nào|có trường hợp nào)", sentence), sentence
    return Fraction(0)


def _ratio_points(sentence: str, ratio: Fraction) -> Fraction:
    if "dưới ngưỡng" in sentence:
        assert ratio < _found("dưới ngưỡng #%", sentence)[0] / 100
        return Fraction(0)
    if "đạt ngưỡng" in sentence:
        assert ratio >= _found("đạt ngưỡng #%", sentence)[0] / 100
    if ", đạt mục tiêu" in sentence:
        assert ratio >= _found("đạt mục tiêu #%", sentence)[0] / 100
        return _found(r"tối đa # điểm\)", sentence)[0]
    if "vượt 100%" in sentence:
        assert ratio > 1
        return _found(r"tối đa # điểm\)", sentence)[0]
    if "thuộc mức" in sentence:
        _check_band(sentence, ratio)
        return _found("nên được # điểm", sentence)[0]
    if "chưa đến mức thấp nhất" in sentence:
        assert ratio <= _found(r"\((?:từ|trên) #%\)", sentence)[0] / 100
        return Fraction(0)
    expression = re.search(r"nên được ([^=]*) = ", sentence)
    assert expression, sentence
    return calculated(expression.group(1))


def _check_band(sentence: str, ratio: Fraction) -> None:
    bound = re.search(rf"thuộc mức (từ|trên) ({_NUMBER})%(?: (đến dưới|đến) ({_NUMBER})%)?", sentence)
    assert bound, sentence
    lower = number(bound.group(2)) / 100
    assert ratio >= lower if bound.group(1) == "từ" else ratio > lower
    if bound.group(3):
        upper = number(bound.group(4)) / 100
        assert ratio < upper if bound.group(3) == "đến dưới" else ratio <= upper
