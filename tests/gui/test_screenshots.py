"""`cchc screenshots` draws every page, light and dark, without a screen and without the user's data."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from ui.pages import PAGES


@pytest.mark.slow
def test_every_page_light_and_dark(tmp_path: Path, data_folder: Path) -> None:
    out = tmp_path / "ảnh"
    env = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    call = [sys.executable, "-m", "cchc_desktop", "screenshots", "--out", str(out)]
    answer = subprocess.run(
        call,
        cwd=Path(__file__).resolve().parents[2],
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    pages = ["00-first-start", *(f"{number:02d}-{entry.id}" for number, entry in enumerate(PAGES, start=1))]
    wanted = sorted(f"{page}-{shade}.png" for page in pages for shade in ("light", "dark"))
    assert [Path(line).name for line in answer.stdout.splitlines()] == wanted
    brightness = {}
    for name in wanted:
        image = QImage(str(out / name))
        assert (image.width(), image.height()) == (1366, 768)
        corner = image.pixelColor(700, 4)
        brightness[name] = corner.lightness()
    assert all((brightness[name] < 100) == name.endswith("dark.png") for name in wanted)
    assert not data_folder.exists()
