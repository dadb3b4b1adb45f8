"""A real profile in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.round import Round
from cchc_desktop.domain.unit import Person, Unit, UnitKind
from cchc_desktop.store import rounds
from cchc_desktop.store.profile import Profile, create_profile

UNIT = Unit(
    UnitKind.COMMUNE,
    "UBND xã Ea Kao",
    "XA-EA-KAO",
    superior="UBND tỉnh Đắk Lắk",
    head=Person("Y Thịnh Niê", "Chủ tịch"),
    departments=("Văn phòng HĐND và UBND", "Phòng Văn hóa - Xã hội"),
)
CRITERIA, TEMPLATE = PackRef("xa-mau-2026", 1), PackRef("ke-hoach-xa-2026", 1)


def new_profile(folder: Path, year: int = 2026, unit: Unit = UNIT) -> tuple[Profile, Round]:
    return create_profile(
        folder, lambda change: rounds.add(change, unit, year, CRITERIA, TEMPLATE), "Văn thư"
    )


@pytest.fixture
def made(data_folder: Path) -> Iterator[tuple[Profile, Round]]:
    profile, first = new_profile(data_folder)
    with profile:
        yield profile, first


@pytest.fixture
def profile(made: tuple[Profile, Round]) -> Profile:
    return made[0]


@pytest.fixture
def round_id(made: tuple[Profile, Round]) -> str:
    return made[1].id
