from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from cchc_desktop.domain.fields import FieldKind
from cchc_desktop.domain.rules.yes_no import YesNo
from tests.domain.one_row import MAXIMA, faults, points


@given(MAXIMA)
def test_the_maximum_or_nothing(most: Decimal) -> None:
    assert Decimal(points(YesNo(), most, {"yes": True}) or "-1") == most
    assert Decimal(points(YesNo(), most, {"yes": False}) or "-1") == 0


@pytest.mark.parametrize("value", ["có", "true", 1, 0, "x", [True]])
def test_only_true_and_false(value: object) -> None:
    assert faults(YesNo(), {"yes": value}) == [("yes", "not_yes_no")]


def test_nothing_said_is_open() -> None:
    assert points(YesNo(), 2, {}) is None
    assert points(YesNo(), 2, {"yes": None}) is None
    assert YesNo().fields(Decimal(1))[0].kind is FieldKind.YES_NO
