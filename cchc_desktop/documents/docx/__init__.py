"""The document model as DOCX, by the format of Nghị định 30/2020/NĐ-CP, Phụ lục I.

It says what `documents.pdf` says, in the same measures; what differs is that people can write in it.
python-docx is imported when the first DOCX is written, never on the way to the window.
"""

from __future__ import annotations

from pathlib import Path

from cchc_desktop.documents.model import Document
from cchc_desktop.domain.progress import Progress


def write_docx(path: Path, document: Document, progress: Progress | None = None) -> None:
    """Write the document into `path`. The same document gives the same bytes.

    Raises OSError when the file can't be written and `Cancelled` when the user stopped it; what stands in
    `path` then is of no use (see `output.whole_file` for the safe way).
    """
    from cchc_desktop.documents.docx.writing import write

    write(document, path, progress or Progress())
