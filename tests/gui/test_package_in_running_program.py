"""A package that comes while the program runs, by a drop or a double click: shown, and nothing imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gui.hands import click, settle
from tests.gui.package_hands import drop
from ui.main_window import MainWindow
from ui.pages.submit.page import Page as SubmitPage

ROOT = Path(__file__).resolve().parents[2]


def test_drop_on_the_main_window_shows_the_package_and_imports_nothing(
    window: MainWindow, package: Path, tmp_path: Path
) -> None:
    window.go_to("evidence")
    before = sorted(window.context.profile.evidence_folder.rglob("*"))
    assert drop(window.page("evidence"), package), "the page of evidence leaves packages to the window"
    page = window.page("submit")
    assert isinstance(page, SubmitPage)
    settle(lambda: page.package.isVisible() and page.package.verification is not None, 30.0)
    assert window.page_id() == "submit"
    assert page.package.outcome_word() == "Chưa rõ người ký"
    assert sorted(window.context.profile.evidence_folder.rglob("*")) == before
    assert not drop(window, tmp_path / "x.pdf")
    click(page.package.back)
    assert not page.package.isVisible()


@pytest.mark.slow
def test_double_click_works_while_the_program_holds_its_profile(
    window: MainWindow, package: Path, tmp_path: Path
) -> None:
    """`cchc FILE.asice` in a process of its own, on the very profile that this process has locked."""
    script = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QTimer; import ui.app as app\n"
        "import ui.package_window as place\n"
        "real = place.PackageWindow.__init__\n"
        "def made(self, *given):\n"
        "    real(self, *given)\n"
        "    def look():\n"
        "        if self.work.running: return QTimer.singleShot(20, look)\n"
        "        print(self.desk.outcome_word(), flush=True); self.close()\n"
        "    QTimer.singleShot(20, look)\n"
        "place.PackageWindow.__init__ = made\n"
        "from cchc_desktop.__main__ import main\n"
        "sys.exit(main())\n"
    )
    data = window.context.profile.folder
    ran = subprocess.run(
        [sys.executable, "-c", script, "--data", str(data), str(package)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "Chưa rõ người ký"
