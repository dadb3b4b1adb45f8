"""Reads finished files with tools that had no part in writing them: poppler and LibreOffice."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from PIL.Image import Image

MM = 72 / 25.4


def run(*command: str | Path) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert not done.stderr.strip(), done.stderr.decode()
    return done.stdout.decode()


def raw_text(pdf: Path) -> str:
    return run("pdftotext", "-raw", pdf, "-")


def flowing(pdf: Path) -> str:
    """The text on one line; broken lines are joined by a space."""
    return " ".join(raw_text(pdf).split())


def page_texts(pdf: Path) -> list[str]:
    return run("pdftotext", "-layout", pdf, "-").split("\f")[:-1]


@dataclass(frozen=True)
class Word:
    """Edges in points from the page's upper left corner."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    width: float
    height: float


def words(pdf: Path) -> tuple[list[Page], list[Word]]:
    # poppler leaves the document's title unescaped in this output: only the pages are parsed.
    return _boxes(run("pdftotext", "-bbox", pdf, "-"))


def _boxes(content: str) -> tuple[list[Page], list[Word]]:
    pages: list[Page] = []
    found: list[Word] = []
    for number, block in enumerate(re.findall(r"<page .*?</page>", content, re.DOTALL), 1):
        page = ElementTree.fromstring(block)
        pages.append(Page(float(page.attrib["width"]), float(page.attrib["height"])))
        for word in page.iter("word"):
            edges = (float(word.attrib[name]) for name in ("xMin", "yMin", "xMax", "yMax"))
            found.append(Word(number, word.text or "", *edges))
    return pages, found


@dataclass(frozen=True)
class Piece:
    """A piece of text in one look: its size in points, whether bold and italic."""

    page: int
    text: str
    size: int
    bold: bool
    italic: bool
    top: int
    left: int
    width: int


def pieces(pdf: Path) -> list[Piece]:
    content = run("pdftohtml", "-xml", "-zoom", "1", "-i", "-stdout", pdf)
    sizes: dict[str, int] = {}
    found: list[Piece] = []
    for number, block in enumerate(re.findall(r"<page .*?</page>", content, re.DOTALL), 1):
        for spec in re.finditer(r'<fontspec id="(\d+)" size="(\d+)"', block):
            sizes[spec[1]] = int(spec[2])
        for line in re.finditer(
            r'<text top="(-?\d+)" left="(-?\d+)" width="(\d+)" height="\d+" font="(\d+)">(.*?)</text>', block
        ):
            inner = line[5]
            words_only = unescape(re.sub(r"<[^>]+>", "", inner)).strip()
            found.append(
                Piece(
                    number,
                    words_only,
                    sizes[line[4]],
                    "<b>" in inner,
                    "<i>" in inner,
                    int(line[1]),
                    int(line[2]),
                    int(line[3]),
                )
            )
    return found


def properties(pdf: Path) -> dict[str, str]:
    lines = (line.partition(":") for line in run("pdfinfo", pdf).splitlines())
    return {name.strip(): value.strip() for name, _, value in lines}


def fonts(pdf: Path) -> list[list[str]]:
    return [line.split() for line in run("pdffonts", pdf).splitlines()[2:]]


def libreoffice(source: Path | Sequence[Path], target: str, folder: Path) -> None:
    """Convert one file or several with a profile of its own, so that no other instance is disturbed."""
    sources = [source] if isinstance(source, Path) else source
    profile = folder / "libreoffice"
    command = [
        "soffice",
        f"-env:UserInstallation=file://{profile}",
        "--headless",
        "--convert-to",
        target,
        "--outdir",
        str(folder),
        *map(str, sources),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr


def drawn_words(pdf: Path) -> tuple[list[Page], list[Word]]:
    """The words in the order in which they were drawn: a table cell by cell, not line by line."""
    return _boxes(run("pdftotext", "-raw", "-bbox", pdf, "-"))


def picture_of(pdf: Path, page: int = 1, dots: int = 200) -> Image:
    """A page in grey, `dots` to the inch."""
    from PIL.Image import open as opening

    with tempfile.TemporaryDirectory() as folder:
        number = str(page)
        run(*("pdftoppm", "-r", str(dots), "-f", number, "-l", number, "-gray", "-png"), pdf, f"{folder}/p")
        (file,) = Path(folder).glob("p*.png")
        with opening(file) as opened:
            return opened.convert("L")


def rules(pdf: Path, page: int = 1, dots: int = 200) -> list[tuple[float, float, float]]:
    """Left end, right end and height (points from above) of the thin lines.

    Measured in the page's picture: dark runs of 10 mm and more. No letter has one.
    """
    picture = picture_of(pdf, page, dots).point([0] * 170 + [255] * 86)
    scale = dots / 72
    wide, tall = picture.size
    run_of_dark = re.compile(rb"\x00{%d,}" % round(10 * MM * scale))
    found: list[tuple[float, float, float]] = []
    before: list[tuple[int, int]] = []
    for y in range(tall):
        line = picture.crop((0, y, wide, y + 1)).tobytes()
        spans = [each.span() for each in run_of_dark.finditer(line)]
        found += [
            (left / scale, right / scale, y / scale)
            for left, right in spans
            if not any(abs(left - other) < 3 and abs(right - end) < 3 for other, end in before)
        ]
        before = spans
    return found
