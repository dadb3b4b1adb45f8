"""An installed program of the older release, and a pack to the newer one by a publisher that it knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_desktop.program.place import Installation
from cchc_desktop.services import updates
from tests.program.releases import FILES, NEW, NEW_FILES, OLD, Publisher, install, lay, pack, publisher


@pytest.fixture
def issuer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publisher:
    made = publisher(tmp_path / "nhà phát hành")
    monkeypatch.setattr(updates, "publisher_files", made.files)
    return made


@pytest.fixture
def releases(tmp_path: Path) -> tuple[Path, Path]:
    return lay(tmp_path / "cũ", OLD, FILES), lay(tmp_path / "mới", NEW, NEW_FILES)


@pytest.fixture
def update(issuer: Publisher, releases: tuple[Path, Path], tmp_path: Path) -> Path:
    return pack(tmp_path / "gói", issuer.signer, *releases)


@pytest.fixture
def program(tmp_path: Path) -> Installation:
    return install(tmp_path / "Chương trình")
