"""The desk of an office that handed a workbook to a room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.room_office import Desk, office


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    profile, round_id = office(tmp_path / "p")
    with profile:
        yield Desk(profile, round_id, tmp_path / "ra")
