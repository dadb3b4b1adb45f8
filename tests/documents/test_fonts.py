"""The bundled fonts: the right files, their licences, all Vietnamese letters, none cut off."""

from __future__ import annotations

import hashlib
import itertools
import unicodedata
from pathlib import Path

import pytest

from cchc_desktop.documents import measures
from cchc_desktop.documents.pdf import fonts
from cchc_desktop.documents.pdf.lines import broken, set_lines
from cchc_desktop.paths import resources_folder

FOLDER = resources_folder() / "fonts"
VOWELS = ("a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y")
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = sorted(
    {
        unicodedata.normalize("NFC", letter + tone)
        for vowel, tone in itertools.product(VOWELS, TONES)
        for letter in (vowel, vowel.upper())
    }
    | {"đ", "Đ"}
)
FILES = [f"LiberationSerif-{style}.ttf" for style in ("Regular", "Bold", "Italic", "BoldItalic")]


def test_all_vietnamese_letters_are_asked_for() -> None:
    assert len(LETTERS) == 146
    assert all(len(letter) == 1 for letter in LETTERS)


@pytest.mark.parametrize("file", [*FILES, "NotoSans-Regular.ttf", "NotoSans-Bold.ttf"])
def test_has_every_letter_and_mark_that_documents_use(file: str) -> None:
    from reportlab.pdfbase.ttfonts import TTFont

    known = TTFont(f"probe-{file}", str(FOLDER / file)).face.charToGlyph
    wanted = [*LETTERS, *"0123456789.,;:–×·…%()/\"'\u00a0"]
    if file.startswith("Liberation"):
        wanted += "−≥≤"  # Noto Sans has none of these three
    assert [char for char in wanted if ord(char) not in known] == []


@pytest.mark.parametrize("font", ["LiberationSerif", "NotoSans"])
def test_each_family_has_its_licence(font: str) -> None:
    licence = (FOLDER / f"LICENSE-{font}.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Copyright" in licence


def test_files_are_the_unmodified_releases() -> None:
    """SHA-256 of the files in Debian's fonts-liberation2 2.1.5-1 and fonts-noto-core 20201225-1."""
    sums = dict(line.split()[::-1] for line in KNOWN_SUMS.strip().splitlines())
    assert {path.name for path in FOLDER.glob("*.ttf")} == set(sums)
    for name, known in sums.items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == known


KNOWN_SUMS = """
446a4421f297698427170fd7db20e59169a4188baaaf940e9bea58af6341a723  LiberationSerif-Bold.ttf
36dd6965be8915f6d7efb259757f1f7546a7c6f72c53a20bbe4ae7092f2cd558  LiberationSerif-BoldItalic.ttf
c1830c433ab41379f1139fac388989d37c9f08c81e1bd643efdcc7946db30753  LiberationSerif-Italic.ttf
29d12439831b7f59194efec85872f24f54eff05738933f9a860220d2abff88ba  LiberationSerif-Regular.ttf
e83493c945848ecd4a9ad0f6d19164541a0d3e23a9c952304a00a46e00272ac5  NotoSans-Bold.ttf
89c3c497f618fdaa0b2d1e98fef93582f28c71debd2c4a8cdf41f190ced2909d  NotoSans-Regular.ttf
"""


@pytest.mark.parametrize("font", [fonts.REGULAR, fonts.BOLD])
def test_accents_of_a_table_row_stay_inside_the_row(font: str, tmp_path: Path) -> None:
    """The tallest capital and the lowest letter, in dots, against the row's own rules."""
    from PIL import Image

    from cchc_desktop.documents.model import Column, Document, Row, RowKind, Table
    from cchc_desktop.documents.pdf import write_pdf
    from tests.documents.reading import run

    kind = RowKind.PLAIN if font == fonts.REGULAR else RowKind.TOTAL
    table = Table((Column("", 1),), (Row(("ẲẴỖỆỢỰẪ ặậợự",), kind), Row(("",), kind)))
    path = tmp_path / "t.pdf"
    write_pdf(Document("t", "a", "s", (table,)), path)
    run("pdftoppm", "-r", "600", "-gray", "-png", path, tmp_path / "p")
    (file,) = tmp_path.glob("p*.png")
    with Image.open(file) as opened:
        picture = opened.convert("L")
    scale = 600 / 72
    left = int((30 * measures.MM + measures.CELL_SIDE - 1) * scale)
    right = int((30 * measures.MM + 110) * scale)

    def ink(y: int) -> int:
        return sum(picture.crop((left, y, right, y + 1)).histogram()[:128])

    rows = [ink(y) for y in range(picture.height // 4)]
    rules = [y for y, count in enumerate(rows) if count > 0.95 * (right - left)]
    bands = [(a, b) for a, b in itertools.pairwise(rules) if b - a > 20]
    _head, text_band, _empty = bands
    inside = [y for y in range(text_band[0] + 1, text_band[1]) if rows[y] > 0]
    # At least half a point of white above the accents and below the dots.
    assert inside[0] - text_band[0] > 0.5 * scale
    assert text_band[1] - inside[-1] > 0.5 * scale


def test_breaking_keeps_every_letter_and_fits_the_width() -> None:
    fonts.register()
    text = "Rà soát " + "Ẵ" * 500 + " thủ tục\nhành chính\n\ncuối"
    for width in (5, 30, 80, 400):
        lines = broken(text, fonts.REGULAR, 11, width)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
        for line in lines:
            assert fonts.text_width(line, fonts.REGULAR, 11) <= width or len(line) == 1


def test_even_lines_have_about_the_same_length() -> None:
    fonts.register()
    lines = set_lines("ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI", fonts.BOLD, 12, 200, even=True)
    assert [line.text for line in lines] == ["ỦY BAN NHÂN DÂN", "TỈNH QUẢNG NGÃI"]


def test_a_shortened_line_still_fits() -> None:
    fonts.register()
    lines = set_lines("X" * 900, fonts.BOLD, 12, 200, most=3)
    assert len(lines) == 3
    assert lines[-1].text.endswith("…")
    assert all(line.width <= 200 for line in lines)
