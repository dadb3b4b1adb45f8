"""The document model as PDF, by the format of Nghị định 30/2020/NĐ-CP, Phụ lục I.

reportlab is imported when the first PDF is written, never on the way to the window.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

from cchc_desktop.documents.model import Document
from cchc_desktop.domain.progress import Progress

_one_at_a_time = Lock()  # reportlab keeps its fonts and settings in module globals


def write_pdf(document: Document, path: Path, progress: Progress | None = None) -> None:
    """Draw the document into `path`. The same document gives the same bytes.

    Raises OSError when the file can't be written and `Cancelled` when the user stopped it; what stands in
    `path` then is of no use.
    """
    with _one_at_a_time:
        from cchc_desktop.documents.pdf import fonts

        fonts.register()
        from cchc_desktop.documents.pdf.drawing import draw

        draw(document, path, progress or Progress())


def know_fonts() -> None:
    """Before a line is measured outside of `write_pdf`."""
    with _one_at_a_time:
        from cchc_desktop.documents.pdf import fonts

        fonts.register()


def write_page(width: float, height: float, draw: Callable[[Any], None]) -> bytes:
    """A PDF of one page of that size in points; `draw` gets reportlab's canvas, our fonts are known to it."""
    with _one_at_a_time:
        from cchc_desktop.documents.pdf import fonts

        fonts.register()
        from reportlab.pdfgen.canvas import Canvas

        content = BytesIO()
        canvas = Canvas(content, pagesize=(width, height), invariant=1, initialFontName=fonts.REGULAR)
        draw(canvas)
        canvas.save()
        return content.getvalue()
