"""The colours keep visual.md's contrast, the fonts hold Vietnamese, Qt's own words are Vietnamese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QRawFont
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QToolButton,
    QWidget,
)

from cchc_desktop.paths import resources_folder
from tests.gui.guards import foreign_words
from tests.gui.hands import settle
from ui import fonts, theme
from ui.icons import pixmap
from ui.main_window import MainWindow
from ui.marks import Mark, MarkSign, worst
from ui.theme import DARK, LIGHT, Role

ROOT = Path(__file__).resolve().parents[2]
GROUNDS = (Role.WINDOW, Role.SURFACE, Role.INPUT, Role.COMPUTED, Role.SELECTION)
SOFT = {
    Role.OK: Role.OK_SOFT,
    Role.WARN: Role.WARN_SOFT,
    Role.ERROR: Role.ERROR_SOFT,
    Role.INFO: Role.INFO_SOFT,
}


def luminance(color: QColor) -> float:
    """WCAG 2.2 relative luminance."""

    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue, _alpha = color.getRgbF()
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#FFFFFF")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_words_are_readable_on_every_ground(colors: theme.Colors) -> None:
    weak = {
        (ink, ground): contrast(colors[ink], colors[ground])
        for ground in GROUNDS
        for ink in (Role.TEXT, Role.MUTED)
        if contrast(colors[ink], colors[ground]) < 4.5
    }
    for ink, soft in SOFT.items():
        for ground in (Role.SURFACE, soft):
            if (found := contrast(colors[ink], colors[ground])) < 4.5:
                weak[ink, ground] = found
        assert contrast(colors[Role.TEXT], colors[soft]) >= 7
    if (found := contrast(colors[Role.ON_ACCENT], colors[Role.ACCENT])) < 4.5:
        weak[Role.ON_ACCENT, Role.ACCENT] = found
    assert weak == {}


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_and_focus_show_on_every_ground(colors: theme.Colors) -> None:
    for ground in (Role.SURFACE, Role.INPUT, Role.WINDOW):
        assert contrast(colors[Role.EDGE], colors[ground]) >= 3
        assert contrast(colors[Role.FOCUS], colors[ground]) >= 3


def test_no_colour_is_written_outside_the_theme() -> None:
    written = re.compile(r"""#[0-9A-Fa-f]{6}\b|GlobalColor\.(?!transparent)|QColor\(\d""")
    strays = [
        f"{source.relative_to(ROOT)}: {found.group()}"
        for source in sorted((ROOT / "ui").rglob("*.py"))
        if source.name != "theme.py"
        for found in written.finditer(source.read_text(encoding="utf-8"))
    ]
    assert strays == []


def test_fonts_are_the_bundled_ones_and_hold_vietnamese(qapp: QApplication) -> None:
    assert QFontInfo(qapp.font()).family() == "Noto Sans"
    letters = "ẢẰẲẴẤẨẪẬỀỂỄỆỐỔỖỘỚỞỠỢỨỬỮỰỲỶỸỴĐđăâêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
    for bold in (False, True):
        raw = QRawFont.fromFont(fonts.font(bold=bold))
        assert all(raw.supportsCharacter(ord(letter)) for letter in letters)
        metrics = QFontMetrics(fonts.font(bold=bold))
        tallest = max(-metrics.tightBoundingRect(letter).top() for letter in letters)
        assert tallest <= metrics.ascent()


def test_figures_are_as_wide_as_each_other() -> None:
    for size in fonts.Size:
        widths = {fonts.metrics(size, bold=True).horizontalAdvance(digit * 10) for digit in "0123456789"}
        assert len(widths) == 1


def test_every_mark_has_a_shape_and_a_word_of_its_own(qapp: QApplication) -> None:
    pictures = set()
    for mark in Mark:
        sign = MarkSign(mark, 32)
        pictures.add(bytes(sign.grab().toImage().constBits()))
    assert len(pictures) == len(Mark)
    assert len({mark.word for mark in Mark}) == len(Mark)


def test_a_closed_section_shows_its_worst() -> None:
    assert worst([Mark.DONE, Mark.LOST, Mark.OPEN]) is Mark.OPEN
    assert worst([Mark.OPEN, Mark.NO_EVIDENCE]) is Mark.NO_EVIDENCE
    assert worst([Mark.NO_EVIDENCE, Mark.ERROR]) is Mark.ERROR
    assert worst([Mark.DONE, Mark.LOST]) is Mark.LOST
    assert worst([Mark.DONE, Mark.NOT_APPLICABLE]) is Mark.DONE


def test_every_icon_draws_and_takes_its_colour(qapp: QApplication) -> None:
    for source in sorted((resources_folder() / "icons").glob("*.svg")):
        image = pixmap(source.stem, 60, Role.ERROR).toImage()
        pixels = (image.pixelColor(x, y) for x in range(60) for y in range(60))
        inks = {pixel.name() for pixel in pixels if pixel.alpha() == 255}
        assert theme.color(Role.ERROR).name() in inks, source.name
    assert "ISC License" in (resources_folder() / "icons" / "LICENSE-lucide.txt").read_text()


def test_qt_speaks_vietnamese(qapp: QApplication, shown: list[QWidget]) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton(0x7FFC00))
    dialog = QFileDialog(None, "Chọn tệp", "/")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    shown += [box, dialog]
    words = [button.text() for button in box.buttons()]
    field = QLineEdit()
    menu = field.createStandardContextMenu()
    shown += [field, menu]
    words += [action.text() for action in menu.actions()]
    words += [label.text() for label in dialog.findChildren(QLabel)]
    words += [tool.toolTip() for tool in dialog.findChildren(QToolButton)]
    assert len(words) > 25
    assert foreign_words(text.replace("&", "") for text in words) == []


def test_dark_and_light_differ_and_the_user_may_force_one() -> None:
    theme.set_appearance(theme.Appearance.DARK)
    assert theme.is_dark()
    assert theme.palette().color(theme.QPalette.ColorRole.Base) == DARK[Role.INPUT]
    theme.set_appearance(theme.Appearance.LIGHT)
    assert not theme.is_dark()


@pytest.mark.parametrize("page", ["overview", "plan", "scoring", "evidence", "submit", "settings"])
def test_all_in_sight_is_painted_anew_in_the_new_colours(window: MainWindow, page: str) -> None:
    """What stands on the screen is what a picture made now shows, though no widget asks to be painted."""
    theme.set_appearance(theme.Appearance.LIGHT)
    window.go_to(page)
    settle(lambda: window.at_rest)
    on_screen = []
    for chosen in (theme.Appearance.DARK, theme.Appearance.LIGHT):
        theme.set_appearance(chosen)
        settle()
        on_screen.append(window.screen().grabWindow(window.winId()).toImage())
        now = window.grab().toImage().convertToFormat(on_screen[-1].format())
        assert on_screen[-1] == now
    assert on_screen[0] != on_screen[1]
