"""The document model as PDF, by the format of Nghị định 30/2020/NĐ-CP, Phụ lục I.

reportlab is imported when the first PDF is written, never on the way to the window.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock

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
