"""A long folder in a narrow window: its lines break, and what is copied is the folder."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from tests.gui.hands import press, settle
from ui.widgets.labels import Label

PARTS = ["nguyenvana", "Documents", "Nam2026", "BaoCaoCaiCachHanhChinh", "HoSoNopSoNoiVu", "GoiDaKy"]
WINDOWS = "C:\\Users\\" + "\\".join(PARTS)
LINUX = "/home/" + "/".join(PARTS)
NARROW = 240
"""Points: fits the longest part, and by far not the whole."""


@pytest.fixture
def label(qapp: QApplication) -> Label:
    made = Label(WINDOWS, wrap=True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    made.resize(NARROW, made.heightForWidth(NARROW))
    made.show()
    return made


def test_a_folder_of_windows_goes_on_in_the_next_line_as_one_of_linux(label: Label) -> None:
    width = label.fontMetrics().horizontalAdvance(WINDOWS)
    assert width > 1.8 * NARROW
    assert label.minimumSizeHint().width() <= NARROW
    assert label.heightForWidth(NARROW) == Label(LINUX, wrap=True).heightForWidth(NARROW)
    assert Label(WINDOWS).minimumSizeHint().width() >= width, "a label of one line stays one"


def test_what_is_read_from_it_is_the_folder(label: Label) -> None:
    assert label.text() == WINDOWS
    label.setText(WINDOWS + "\\x")
    assert label.text() == WINDOWS + "\\x"


def test_what_is_copied_from_it_is_the_folder(label: Label) -> None:
    clipboard = QApplication.clipboard()
    clipboard.clear()
    label.setFocus()
    label.setSelection(0, len(WINDOWS) + WINDOWS.count("\\"))
    assert label.selectedText() == WINDOWS
    press(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == WINDOWS
    clipboard.clear()
    place = QPoint(4, 4)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(label, QContextMenuEvent(reason, place, label.mapToGlobal(place)))
    (menu,) = label.findChildren(QMenu)
    (copy,) = menu.actions()
    assert copy.text() == "&Sao chép"
    copy.trigger()
    assert clipboard.text() == WINDOWS
    menu.close()
    settle(lambda: not label.findChildren(QMenu))


def test_its_height_follows_its_words_and_its_letters(label: Label) -> None:
    """It keeps what it measured; what was measured of other words or letters counts no more."""
    heights = [label.heightForWidth(NARROW)]
    label.setText("C:\\Users")
    heights.append(label.heightForWidth(NARROW))
    label.setContentsMargins(0, 5, 0, 7)
    heights.append(label.heightForWidth(NARROW))
    large = label.font()
    large.setPointSizeF(2 * large.pointSizeF())
    label.setFont(large)
    heights.append(label.heightForWidth(NARROW))
    assert heights[-1] == QLabel.heightForWidth(label, NARROW), "what Qt would measure now"
    many, one, padded, tall = heights
    assert many > 3 * one and padded == one + 12 and tall > padded + one / 2
