"""The formula language of a criteria set: arithmetic over named figures, exact, and nothing else.

Grammar and limits: the workbook contract (forms/README.md). `parse` gives an expression or raises
`FormulaFault`; `Expression.value` computes with fractions. `if`, `and` and `or` are lazy.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from cchc_desktop.domain.expression import (
    Arithmetic,
    Comparison,
    Condition,
    Expression,
    Extreme,
    Literal,
    Logic,
    Negation,
    Not,
    Rounding,
    Variable,
)
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.quick_pattern import pattern

LONGEST, DEEPEST, MOST_DIGITS = 1000, 32, 28
RESERVED = frozenset({"and", "or", "not", "if", "min", "max", "round"})
_TOKEN = pattern(
    r"\s+|(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<word>[^\W\d]\w*)|(?P<sign><>|!=|<=|>=|==|[-+*/()=<>,;−×÷≥≤])"
)
_WORD = pattern(r"[^\W\d]\w*")
_SAME = {"−": "-", "×": "*", "÷": "/", "≥": ">=", "≤": "<=", "==": "=", "!=": "<>", ";": ","}


class FormulaFault(Exception):  # noqa: N818 - what the office wrote, told with its mend
    def __init__(self, id_: str, at: int, **args: object) -> None:
        super().__init__(id_)
        self.message: Message = message(f"formpack.{id_}", at=at + 1, **args)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def is_variable(label: str) -> bool:
    """Whether a label can stand in a formula: words of letters, digits and `_`, none of them reserved."""
    words = label.split(" ")
    first, *rest = words
    return (
        _WORD.fullmatch(first) is not None
        and all(re.fullmatch(r"\w+", word) for word in rest)
        and not RESERVED & set(words)
    )


@lru_cache(maxsize=512)
def parse(formula: str, variables: tuple[str, ...]) -> Expression:
    """The expression of a formula over these variables. Raises `FormulaFault`."""
    written = unicodedata.normalize("NFC", formula.replace("\u00a0", " ")).strip()
    if not written:
        raise FormulaFault("formula_empty", 0)
    if len(written) > LONGEST:
        raise FormulaFault("formula_too_long", LONGEST, longest=LONGEST, length=len(written))
    parser = _Parser(_tokens(written), variables)
    expression = parser.either()
    parser.expect_end()
    if expression.is_condition:
        raise FormulaFault("formula_is_condition", 0)
    return expression


def _tokens(written: str) -> list[_Token]:
    tokens = []
    position = 0
    while position < len(written):
        found = _TOKEN.match(written, position)
        if found is None:
            raise FormulaFault("formula_character", position, found=written[position])
        if found.lastgroup:
            text = found.group()
            tokens.append(_Token(found.lastgroup, _SAME.get(text, text), position))
        position = found.end()
    tokens.append(_Token("end", "", len(written)))
    return tokens


class _Parser:
    def __init__(self, tokens: Sequence[_Token], variables: tuple[str, ...]) -> None:
        self._tokens = tokens
        self._variables = variables
        self._longest_label = max((label.count(" ") + 1 for label in variables), default=1)
        self._next = 0
        self._depth = 0

    @property
    def _token(self) -> _Token:
        return self._tokens[self._next]

    def _take(self, *texts: str) -> str | None:
        token = self._token
        if token.kind in ("sign", "word") and token.text in texts:
            self._next += 1
            return token.text
        return None

    def _expect(self, text: str) -> None:
        if self._take(text) is None:
            self._unexpected(text)

    def _unexpected(self, wanted: str = "") -> None:
        token = self._token
        if token.kind == "end":
            raise FormulaFault("formula_ends", token.at, wanted=wanted or "…")
        if token.kind == "word" and token.text.lower() in RESERVED and token.text not in RESERVED:
            raise FormulaFault("formula_capitals", token.at, found=token.text, meant=token.text.lower())
        raise FormulaFault("formula_unexpected", token.at, found=token.text)

    def expect_end(self) -> None:
        if self._token.kind != "end":
            self._unexpected()

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormulaFault("formula_too_deep", self._token.at, deepest=DEEPEST)

    def _condition(self, expression: Expression, at: int) -> Expression:
        if not expression.is_condition:
            raise FormulaFault("formula_needs_condition", at)
        return expression

    def _number(self, expression: Expression, at: int) -> Expression:
        if expression.is_condition:
            raise FormulaFault("formula_needs_number", at)
        return expression

    def either(self) -> Expression:
        return self._logic("or", lambda: self._logic("and", self._negated))

    def _logic(self, word: str, operand: Callable[[], Expression]) -> Expression:
        at = self._token.at
        parts = [operand()]
        while self._take(word):
            parts.append(self._condition(operand(), self._token.at))
        if len(parts) == 1:
            return parts[0]
        self._condition(parts[0], at)
        return Logic(word == "and", tuple(parts))

    def _negated(self) -> Expression:
        at = self._token.at
        if not self._take("not"):
            return self._compared()
        self._deeper()
        inner = self._condition(self._negated(), at)
        self._depth -= 1
        return Not(inner)

    def _compared(self) -> Expression:
        at = self._token.at
        left = self._sum()
        sign = self._take("=", "<>", "<", "<=", ">", ">=")
        if sign is None:
            return left
        right_at = self._token.at
        return Comparison(sign, self._number(left, at), self._number(self._sum(), right_at))

    def _sum(self) -> Expression:
        return self._chain(("+", "-"), self._product)

    def _product(self) -> Expression:
        return self._chain(("*", "/"), self._signed)

    def _chain(self, signs: tuple[str, ...], operand: Callable[[], Expression]) -> Expression:
        at = self._token.at
        first = operand()
        rest: list[tuple[str, Expression]] = []
        while sign := self._take(*signs):
            part_at = self._token.at
            part = self._number(operand(), part_at)
            if sign == "/" and part == Literal(Fraction(0)):
                raise FormulaFault("formula_divides_by_zero", part_at)
            rest.append((sign, part))
        if not rest:
            return first
        return Arithmetic(self._number(first, at), tuple(rest))

    def _signed(self) -> Expression:
        at = self._token.at
        sign = self._take("-", "+")
        if sign is None:
            return self._primary()
        self._deeper()
        inner = self._number(self._signed(), at)
        self._depth -= 1
        return Negation(inner) if sign == "-" else inner

    def _primary(self) -> Expression:
        token = self._token
        if token.kind == "number":
            if len(token.text) > MOST_DIGITS:
                raise FormulaFault("formula_number_too_long", token.at, most=MOST_DIGITS)
            self._next += 1
            return Literal(Fraction(token.text))
        if self._take("("):
            self._deeper()
            inner = self.either()
            self._expect(")")
            self._depth -= 1
            return inner
        if token.kind == "word":
            if token.text in ("if", "min", "max", "round"):
                return self._called(token)
            if token.text not in RESERVED:
                return self._variable(token)
        self._unexpected()
        raise AssertionError

    def _variable(self, token: _Token) -> Expression:
        tokens = self._tokens[self._next : self._next + self._longest_label]
        names = [part.text if part.kind in ("word", "number") else "" for part in tokens]
        for length in range(len(names), 0, -1):
            label = " ".join(names[:length])
            if label in self._variables:
                self._next += length
                return Variable(label)
        if token.text.lower() in RESERVED and self._tokens[self._next + 1].text == "(":
            raise FormulaFault("formula_capitals", token.at, found=token.text, meant=token.text.lower())
        from difflib import get_close_matches  # only for a word that is wrong

        near = get_close_matches(token.text, self._variables, 1)
        if near:
            raise FormulaFault("formula_variable_near", token.at, found=token.text, meant=near[0])
        raise FormulaFault("formula_variable", token.at, found=token.text, known=self._variables)

    def _called(self, name: _Token) -> Expression:
        self._next += 1
        self._expect("(")
        self._deeper()
        places, arguments = [self._token.at], [self.either()]
        while self._take(","):
            places.append(self._token.at)
            arguments.append(self.either())
        self._expect(")")
        self._depth -= 1
        return self._function(name, arguments, places)

    def _function(self, name: _Token, arguments: list[Expression], places: list[int]) -> Expression:
        numbers = len(arguments)
        if name.text == "if":
            if numbers != 3:
                raise FormulaFault("formula_arguments", name.at, name="if", wanted="3", found=numbers)
            condition, yes, no = arguments
            if yes.is_condition != no.is_condition:
                raise FormulaFault("formula_mixed_branches", places[2])
            return Condition(self._condition(condition, places[0]), yes, no)
        for argument, at in zip(arguments, places, strict=True):
            self._number(argument, at)
        if name.text == "round":
            if numbers > 2:
                raise FormulaFault("formula_arguments", name.at, name="round", wanted="1-2", found=numbers)
            return Rounding(arguments[0], arguments[1] if numbers == 2 else Literal(Fraction(0)))
        return Extreme(name.text == "max", tuple(arguments))


def values_shown(variables: Sequence[str], values: Mapping[str, Fraction]) -> tuple[Message, ...]:
    """ "x = 3, y = 4" for the explanation, in the order of the sheet."""
    return tuple(message("scoring.figure_is", label=name, value=values[name]) for name in variables)
