"""The sample commune ready to hand in, and the desk of an office that handed a workbook to a room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.handing_in import Opened, sample_profile
from tests.services.room_office import Desk, office


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    with sample_profile(tmp_path / "xã") as found:
        yield found


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    folder = tmp_path / "USB của tôi"
    folder.mkdir()
    return folder


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    profile, round_id = office(tmp_path / "p")
    with profile:
        yield Desk(profile, round_id, tmp_path / "ra")
