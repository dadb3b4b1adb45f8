"""Every page and the wizard, light and dark, at 1366 × 768; at 200 % in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from tests.gui.guards import all_faults, faulty_elisions, foreign_words
from tests.gui.hands import AnsweringDialogs, settle
from ui import pages, theme
from ui.main_window import MainWindow
from ui.widgets.button import Button
from ui.widgets.labels import ElidedLabel, Label
from ui.wizard.first_start import FirstStart
from ui.wizard.steps import STEPS, Way

ROOT = Path(__file__).resolve().parents[2]
# Names in the sample data: people, places, file names; and of indices that templates bear (PAR INDEX, PCI).
SAMPLE_NAMES = frozenset(["INDEX", "PAPI", "PCI"]) | frozenset(
    ["Ea", "Kao", "Krông", "Buk", "Lan", "Niê", "H", "MDrak", "Adrơng", "Ban", "Rcom", "Kuin", "Cuôr", "Cư"]
)
SCREENS = {"100%": (1366, 768), "200%": (683, 384)}
# QT_SCALE_FACTOR is set for the process of its own; there the screen has half as many logical pixels.
SCALE = os.environ.get("QT_SCALE_FACTOR", "1")
SCREEN = SCREENS["200%" if SCALE == "2" else "100%"]


@pytest.mark.parametrize("appearance", [theme.Appearance.LIGHT, theme.Appearance.DARK])
@pytest.mark.parametrize("page", [entry.id for entry in pages.PAGES])
def test_page(window: MainWindow, page: str, appearance: theme.Appearance) -> None:
    theme.set_appearance(appearance)
    window.resize(*SCREEN)
    window.go_to(page)
    settle(lambda: not window.work.running)
    assert (window.width(), window.height()) == SCREEN, "the page does not let the window be this small"
    assert not (faults := all_faults(window, SAMPLE_NAMES)), "\n".join(faults)


@pytest.mark.parametrize("page", [entry.id for entry in pages.PAGES])
def test_page_of_a_unit_that_begins(empty_window: MainWindow, page: str) -> None:
    empty_window.resize(*SCREEN)
    empty_window.go_to(page)
    settle(lambda: not empty_window.work.running)
    assert not (faults := all_faults(empty_window, SAMPLE_NAMES)), "\n".join(faults)


@pytest.mark.parametrize("appearance", [theme.Appearance.LIGHT, theme.Appearance.DARK])
@pytest.mark.parametrize("step", STEPS[Way.FIRST])
def test_wizard(data_folder: Path, step: str, appearance: theme.Appearance) -> None:
    theme.set_appearance(appearance)
    wizard = FirstStart(data_folder, AnsweringDialogs())
    frame = wizard.frame
    frame.resize(*SCREEN)
    frame.show()
    frame._show(step)
    settle()
    assert (frame.width(), frame.height()) == SCREEN
    assert not (faults := all_faults(frame, SAMPLE_NAMES)), "\n".join(faults)
    frame.close()


@pytest.mark.slow
def test_all_of_it_at_200_percent() -> None:
    if SCALE == "2":
        return  # this is that process
    env = {**os.environ, "QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen"}
    call = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", str(Path(__file__))]
    answer = subprocess.run(call, cwd=ROOT, env=env, capture_output=True, text=True, timeout=280, check=False)
    assert answer.returncode == 0, answer.stdout[-8000:]


# The guards themselves see what they are for.


def test_guards_see_faults(shown: list[QWidget]) -> None:
    holder = QWidget()
    shown.append(holder)
    cut = Label("Một câu dài không vừa chỗ của nó", bold=True)
    cut.setParent(holder)
    cut.setGeometry(0, 0, 60, 20)
    number = ElidedLabel("1.234.567,89")
    number.setParent(holder)
    number.setGeometry(0, 40, 40, 20)
    nameless = Button("")
    nameless.setParent(holder)
    nameless.setGeometry(0, 80, 40, 30)
    english = Label("Cancel")
    english.setParent(holder)
    english.setGeometry(190, 120, 60, 22)
    holder.resize(200, 160)
    holder.show()
    settle()
    faults = "\n".join(all_faults(holder))
    for fault in ("label, clipped", "number elided", "nameless", "foreign word: Cancel", "cut: "):
        assert fault in faults, fault


def test_elided_words_need_tooltip_and_name(shown: list[QWidget]) -> None:
    holder = QWidget()
    shown.append(holder)
    label = ElidedLabel("Một cái tên dài hơn chỗ của nó nhiều")
    label.setParent(holder)
    label.setGeometry(0, 0, 80, 22)
    holder.resize(200, 40)
    holder.show()
    settle()
    assert faulty_elisions(holder) == []
    label.setToolTip("")
    assert [fault.partition(":")[0] for fault in faulty_elisions(holder)] == ["elided without tooltip"]
    label.setAccessibleName("")
    assert len(faulty_elisions(holder)) == 2


def test_vietnamese_without_accents_is_no_foreign_word() -> None:
    assert foreign_words(iter(["Xem trong tay, nghe khi quay ra; Save, Ctrl+Z, F5", "so-lieu.xlsx"])) == [
        "Save"
    ]
