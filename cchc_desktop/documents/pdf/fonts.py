"""The bundled fonts of documents: Liberation Serif, which has the widths of Times New Roman."""

from __future__ import annotations

from functools import cache

from cchc_desktop.paths import resources_folder

REGULAR = "LiberationSerif"
BOLD = "LiberationSerif-Bold"
ITALIC = "LiberationSerif-Italic"
BOLD_ITALIC = "LiberationSerif-BoldItalic"

_FILES = {
    REGULAR: "LiberationSerif-Regular.ttf",
    BOLD: "LiberationSerif-Bold.ttf",
    ITALIC: "LiberationSerif-Italic.ttf",
    BOLD_ITALIC: "LiberationSerif-BoldItalic.ttf",
}


@cache
def register() -> None:
    """Make the fonts known. Must come before the first import of reportlab's drawing modules.

    Those read the default font once, and their own default (Helvetica) has no Vietnamese letters.
    """
    from reportlab import rl_config

    rl_config.canvas_basefontname = REGULAR
    rl_config.invariant = 1
    rl_config.useA85 = 0  # text armour of the streams: a fifth more bytes and time for nothing
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(resources_folder() / "fonts" / file)))
    pdfmetrics.registerFontFamily(REGULAR, REGULAR, BOLD, ITALIC, BOLD_ITALIC)


@cache
def char_width(char: str, font: str) -> float:
    """Width of one letter in thousandths of the size. Liberation's kerning is not used in documents."""
    from reportlab.pdfbase import pdfmetrics

    return float(pdfmetrics.stringWidth(char, font, 1000))


def text_width(text: str, font: str, size: float) -> float:
    return sum([char_width(char, font) for char in text]) * size / 1000
