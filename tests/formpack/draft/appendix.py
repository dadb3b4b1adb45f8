"""What an appendix means: criteria, numbers, maxima and rules, made before anything is printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from tests.formpack.draft import nouns, wordings
from tests.formpack.draft.wordings import Rule

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
LETTERS = "abcdđeghik"
FORMS = (
    "dotted", "dotted", "dotted", "roman", "roman_dotted", "parts", "merged", "in_name", "levels",
    "options_below",
    "no_maximum", "articles", "lettered", "step_column", "step_rows", "points_by_line",
)  # fmt: skip


@dataclass
class Node:
    """A criterion. `printed` is its number as it is to be read, `path` where that does not say the place."""

    printed: str
    label: str
    maximum: Decimal
    level: int
    kind: str
    rule: Rule | None = None
    path: str = ""
    max_printed: bool = True
    children: list[Node] = field(default_factory=list)
    shown_code: str = ""

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class Appendix:
    form: str
    roots: list[Node]
    checks: list[dict[str, str]]
    title: str

    @property
    def total(self) -> Decimal:
        return sum((root.maximum for root in self.roots), start=Decimal(0))

    def truth(self) -> dict[str, Any]:
        rows = []
        for node in (one for root in self.roots for one in root.walk()):
            row: dict[str, Any] = {
                "code": node.printed,
                "label": node.label,
                "max": str(node.maximum),
                "level": node.level,
                "type": node.kind,
            }
            if node.path:
                row["path"] = node.path
            if node.rule is not None:
                row |= {"rule": node.rule.truth, "rule_text": node.rule.text, "evidence": node.rule.evidence}
            rows.append(row)
        return {"form": self.form, "rows": rows, "check": self.checks, "total": str(self.total)}


def make_appendix(random: Random) -> Appendix:
    form = random.choice(FORMS)
    names = random.sample(nouns.NAMES, len(nouns.NAMES))
    sections = random.sample(nouns.SECTIONS, random.randint(2, 6))
    roots = [_section(random, form, place, label, names) for place, label in enumerate(sections, start=1)]
    if form == "levels":
        _count_through(roots)
    checks: list[dict[str, str]] = []
    if random.random() < 0.15:
        wrong = random.choice(roots)
        found = wrong.maximum
        wrong.maximum += random.choice((Decimal(1), Decimal(2), Decimal("-0.5")))
        checks.append(
            {"code": wrong.path or wrong.printed, "declared": str(wrong.maximum), "sum": str(found)}
        )
    title = random.choice(
        (
            "BỘ TIÊU CHÍ CHẤM ĐIỂM CẢI CÁCH HÀNH CHÍNH",
            "BẢNG TIÊU CHÍ VÀ THANG ĐIỂM",
            "CHỈ SỐ CẢI CÁCH HÀNH CHÍNH",
        )
    )
    return Appendix(form, roots, checks, title)


def _maximum(random: Random) -> Decimal:
    return Decimal(random.choice(("0.5", "1", "1", "1.5", "2", "2", "2.5", "3", "4", "6", "8", "10")))


def _section(random: Random, form: str, place: int, label: str, names: list[str]) -> Node:
    code = {"roman": ROMAN[place - 1], "levels": f"{ROMAN[place - 1]}.", "parts": "ABCDEGHI"[place - 1]}.get(
        form, str(place)
    )
    if form == "roman_dotted":
        code = ROMAN[place - 1]
    if form == "articles":
        code = f"Điều {place + 3}"
    section = Node(code, label, Decimal(0), 1, "section")
    base = code.strip(".").removeprefix("Điều ")
    for number in range(1, random.randint(2, 4) + 1):
        if form == "articles":
            section.children.append(_group(random, form, section, number, base, names))
        elif form == "roman" or (form != "levels" and random.random() < 0.4):
            section.children.append(_row(random, form, section, number, base, 2, names))
        else:
            section.children.append(_group(random, form, section, number, base, names))
    section.maximum = sum((child.maximum for child in section.children), start=Decimal(0))
    return section


def _child_code(form: str, parent: Node, number: int, base: str, level: int) -> tuple[str, str]:
    """The number as printed, and the path where the number does not carry the place."""
    if form == "roman":
        return str(number), f"{base}.{number}"
    if form == "roman_dotted":
        return f"{base}.{number}", ""
    if form == "parts":
        printed = str(number) if level == 2 else f"{parent.printed}.{number}"
        return printed, f"{base}.{number}"
    if (form == "merged" and level == 3) or (form == "articles" and level == 3):
        return "", f"{base}.{number}"
    if form == "articles":
        return LETTERS[number - 1], f"{base}.{LETTERS[number - 1]}"
    if form == "lettered" and level == 3:
        return f"{LETTERS[number - 1]})", f"{base}.{LETTERS[number - 1]}"
    if form == "levels":
        return (f"{number}.", f"{base}/{number}") if level == 2 else (str(number), f"{base}/{number}")
    return f"{base}.{number}", ""


def _group(random: Random, form: str, parent: Node, number: int, base: str, names: list[str]) -> Node:
    printed, path = _child_code(form, parent, number, base, 2)
    group = Node(printed, random.choice(nouns.GROUPS), Decimal(0), 2, "group", path=path)
    below = path.replace("/", "/") or printed
    for child in range(1, random.randint(2, 3) + 1):
        group.children.append(_row(random, form, group, child, below, 3, names))
    group.maximum = sum((child.maximum for child in group.children), start=Decimal(0))
    return group


def _row(
    random: Random, form: str, parent: Node, number: int, base: str, level: int, names: list[str]
) -> Node:
    printed, path = _child_code(form, parent, number, base, level)
    maximum = _maximum(random)
    label = names[random.randrange(len(names))]
    if form in ("options_below", "no_maximum", "step_column", "step_rows", "points_by_line"):
        rule = (
            wordings.choice(random, maximum) if random.random() < 0.7 else wordings.two_cases(random, maximum)
        )
        rule.text = ""
    else:
        rule = wordings.make_rule(random, maximum)
    return Node(printed, label, maximum, level, "row", rule, path)


def _count_through(roots: list[Node]) -> None:
    """Rows counted through the whole table, as 1, 2, 3 … under 1., 2., …"""
    number = 0
    for root in roots:
        for group in root.children:
            for row in group.children:
                number += 1
                row.printed = str(number)
                row.path = f"{group.path}/{number}"
