"""`cchc --picture`: the program of its own comes up, is painted, and closes as for a user."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]


def program(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cchc_desktop", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.slow
def test_the_window_is_painted_saved_and_closed_without_a_word(tmp_path: Path) -> None:
    data, to = tmp_path / "hồ sơ", tmp_path / "cửa sổ.png"
    answer = program("--data", data, "--sample", "commune", "--picture", to)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
    image = QImage(str(to))
    assert image.width() >= 700
    assert image.height() >= 700
    colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    assert len(colours) > 20  # a page with words, not an empty frame
    # Closed as a user closes it: nobody holds the profile, and no log lies beside the database.
    assert not list(data.glob("*-wal"))
    nowhere = program("--data", data, "--picture", tmp_path / "không có" / "ảnh.png")
    assert nowhere.returncode == 1
    assert "Chưa chụp được cửa sổ" in nowhere.stderr
