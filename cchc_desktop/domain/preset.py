"""Tasks and targets that a plan begins with, and a target that rises or falls by the year."""

from __future__ import annotations

from decimal import Decimal

from cchc_desktop.domain.text_shapes import is_plain_number
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.quick_dataclass import dataclass, replace


@dataclass(frozen=True)
class Milestone:
    """What a plan of several years wants reached in one of them, as written ("85", "Ban hành đề án")."""

    year: int
    text: str


@dataclass(frozen=True)
class PresetTask:
    """`slogan` names the slogan ("4 tăng, 2 giảm, 2 không") whose part the task serves."""

    key: str
    area: str
    title: str
    product: str
    lead: str
    coworkers: str
    due: str
    criteria: tuple[str, ...] = ()
    source: str = ""
    slogan: str = ""
    milestones: tuple[Milestone, ...] = ()
    unit_kinds: tuple[UnitKind, ...] = ()


@dataclass(frozen=True)
class PresetTarget:
    """`source` says where the preset comes from; `basis` is what a plan prints as the target's ground.

    `level` is whose target the source states (tỉnh, huyện, xã, sở); `exception` where it does not hold.
    `value` is that of `base_year` where the target rises or falls by `increment` each year, up to `limit`;
    all three in the target's own unit. `measure` says how it is measured; `slogan` as in PresetTask.
    """

    key: str
    area: str
    title: str
    unit: str
    value: str
    source: str = ""
    level: str = ""
    exception: str = ""
    basis: str = ""
    increment: Decimal | None = None
    base_year: int | None = None
    limit: Decimal | None = None
    measure: str = ""
    slogan: str = ""
    milestones: tuple[Milestone, ...] = ()
    unit_kinds: tuple[UnitKind, ...] = ()

    def value_in(self, year: int) -> str:
        """What is to be reached in that year, as a plan prints it: "≥ 30" and 20 a year from 2021 give "≥ 70"
        for 2023."""
        if self.increment is None or self.base_year is None or year <= self.base_year:
            return self.value
        if (parts := _around_figure(self.value)) is None:
            return self.value
        sign, figure, rest = parts
        reached = Decimal(figure.replace(",", ".")) + self.increment * (year - self.base_year)
        if self.limit is not None:
            reached = min(reached, self.limit) if self.increment > 0 else max(reached, self.limit)
        shown = f"{reached:f}".rstrip("0").rstrip(".") if reached % 1 else str(int(reached))
        return f"{sign}{shown.replace('.', ',')}{rest}"

    def of_year(self, year: int) -> PresetTarget:
        """The same target as it stands in that year."""
        if self.base_year is None or year <= self.base_year:
            return self
        return replace(self, value=self.value_in(year), base_year=year)


def _around_figure(value: str) -> tuple[str, str, str] | None:
    """ "≥ 85,5 %" as "≥ ", "85,5", " %"; None where there is no figure or more than these three."""
    unsigned = value[1:] if value.startswith(("≥", "≤", ">", "<")) else value
    begin = len(value) - len(unsigned.lstrip())
    end = len(value.removesuffix("%").rstrip()) if value.endswith("%") else len(value)
    figure = value[begin:end]
    return (value[:begin], figure, value[end:]) if is_plain_number(figure.replace(",", "."), "") else None


def has_figure(value: str) -> bool:
    """Whether a yearly increment can be added to a target's value."""
    return _around_figure(value) is not None
