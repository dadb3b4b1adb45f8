"""A sample unit's profile with a key, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.handing_in import sample_profile
from tests.store.conftest import made, profile, round_id

__all__ = ["made", "profile", "round_id", "template"]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only copied, never opened."""
    folder = tmp_path_factory.mktemp("mẫu") / "hồ sơ"
    with sample_profile(folder):
        pass
    return folder
