"""A criteria set as canonical JSON: the same set gives the same bytes, and what comes in is distrusted."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_desktop.domain.criteria import ClassBand, Node, NodeType, Policy
from cchc_desktop.domain.rules.formula import FormulaRule
from cchc_desktop.domain.rules.ratio_bands import RatioBands
from cchc_desktop.domain.rules.registry import RULES
from cchc_desktop.domain.rules.rule import Step, ZeroDenominator
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack.criteria_codec import decode, encode, plain
from tests.domain.one_row import bands, row, set_of
from tests.formpack.books import book_bytes, compiled, small_book

FORMS = Path(__file__).resolve().parents[2] / "forms" / "criteria"


@pytest.mark.parametrize("name", ["xa-mau-2026", "so-mau-2026"])
def test_installed_sets_are_canonical(name: str) -> None:
    content = (FORMS / f"{name}.json").read_bytes()
    criteria = decode(content)
    assert encode(criteria) == content
    assert (criteria.id, criteria.version) == (name, 1)
    assert content.decode("utf-8") == unicodedata.normalize("NFC", content.decode("utf-8"))
    numbers = json.loads(content, parse_float=lambda text: pytest.fail(f"a float: {text}"))
    assert numbers["total_max"] == "100"


def test_every_rule_kind_comes_back() -> None:
    found = compiled(book_bytes(small_book())).criteria
    assert found is not None
    assert decode(encode(found)) == found
    assert all(kind == rule.kind for kind, rule in RULES.items())
    rule = RatioBands(
        steps=bands((">0.9", "2"), ("0", "0")), zero_denominator=ZeroDenominator.FULL, numerator="Tử"
    )
    formula = FormulaRule(formula="x * 1.5", steps=(Step("x"),))
    criteria = set_of(
        Node("s", "1", NodeType.SECTION, "Một", Decimal(4)),
        row("1.1", "2.0", rule, not_applicable=Policy.FULL),
        row("1.2", 2, formula),
        classes=(ClassBand("Tốt", Decimal("80")),),
        final_cap=Decimal("110.50"),
    )
    assert decode(encode(criteria)) == criteria


def test_equal_decimals_and_forms_of_text_give_the_same_bytes() -> None:
    rule = RatioBands(steps=bands(("0", "2")))
    section = Node("s", "1", NodeType.SECTION, "Lĩnh vực", Decimal("2"))
    other = replace(section, label=unicodedata.normalize("NFD", "Lĩnh vực"), max_points=Decimal("2.000"))
    first = set_of(section, row("1.1", "2", rule))
    assert encode(first) == encode(set_of(other, row("1.1", "2E+0", rule)))


@given(st.decimals(0, 10**12, places=6))
def test_plain_decimals_keep_their_value(value: Decimal) -> None:
    assert Decimal(plain(value)) == value
    assert plain(value) == plain(value.normalize())
    assert "E" not in plain(value)


def edited(change: Callable[[dict[str, Any]], object]) -> bytes:
    content = json.loads((FORMS / "xa-mau-2026.json").read_bytes())
    change(content)
    return json.dumps(content).encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.pop("format"),
        lambda c: c.pop("id"),
        lambda c: c.update(more=1),
        lambda c: c.update(version="1"),
        lambda c: c.update(version=True),
        lambda c: c.update(total_max=100),
        lambda c: c.update(total_max="1E+2"),
        lambda c: c.update(total_max="NaN"),
        lambda c: c.update(total_max="9" * 60),
        lambda c: c.update(effective_from="1/1/2026"),
        lambda c: c.update(title="\ud800"),
        lambda c: c.update(unit_kinds=["province"]),
        lambda c: c["nodes"][2]["rule"].update(kind="magic"),
        lambda c: c["nodes"][2]["rule"].update(floor="0.5"),
        lambda c: c["nodes"][2].update(rule=[]),
        lambda c: c.update(nodes={}),
    ],
)
def test_a_changed_form_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(KnownError) as caught:
        decode(edited(change), "bộ.json")
    assert caught.value.code == "formpack.pack_unreadable"


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c["nodes"][2].update(max_points="2"),
        lambda c: c["nodes"][2].update(code="1.1.2"),
        lambda c: c["nodes"][2].update(key="Khoá"),
        lambda c: c["nodes"][2].update(rule=None),
        lambda c: c.update(total_max="90"),
    ],
)
def test_a_set_that_does_not_hold_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(KnownError) as caught:
        decode(edited(change), "bộ.json")
    assert caught.value.code == "formpack.pack_wrong"


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_words(content: bytes) -> None:
    with pytest.raises(KnownError):
        decode(content)


def test_deep_and_repeated_json_is_refused() -> None:
    with pytest.raises(KnownError):
        decode(b"[" * 100_000)
    with pytest.raises(KnownError):
        decode(b'{"format": "cchc-criteria/1", "id": "a", "id": "b"}')
