"""Sample evidence for the demonstration: files such as a unit would attach, each in its own tool's format.

A PDF is a small administrative document, a JPG a scanned notice, a PNG a picture of a system's screen, a DOCX
a report, an XLSX an export of figures. Each shows the number and date of its record, and says that it is a
sample. The same record gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path

from cchc_desktop.documents.output import whole_file
from cchc_desktop.quick_dataclass import dataclass


class SampleKind(StrEnum):
    PDF = "pdf"
    JPG = "jpg"
    PNG = "png"
    DOCX = "docx"
    XLSX = "xlsx"


@dataclass(frozen=True)
class SampleEvidence:
    """What the file shows. `number` is whole ("05/KH-UBND"), `title` the type ("Kế hoạch", "Báo cáo").

    `lines` are a few sentences; for an XLSX (and the table on a PNG) `table` is its head and rows.
    """

    kind: SampleKind
    number: str
    issued_on: date
    issuer: str
    place: str
    title: str
    abstract: str
    lines: tuple[str, ...]
    superior: str = ""
    signer_title: str = ""
    signer: str = ""
    table: tuple[tuple[str, ...], ...] = ()


def write_sample(path: Path, sample: SampleEvidence) -> Path:
    """Write the file; it appears whole or not at all. Raises the faults of `output.whole_file`."""
    with whole_file(path) as part:
        _writer(sample.kind)(part, sample)
    return path


def _writer(kind: SampleKind) -> Callable[[Path, SampleEvidence], None]:
    from cchc_desktop.documents import sample_office, sample_pictures

    return {
        SampleKind.PDF: sample_office.write_pdf_sample,
        SampleKind.DOCX: sample_office.write_docx_sample,
        SampleKind.XLSX: sample_office.write_xlsx_sample,
        SampleKind.JPG: sample_pictures.write_scan,
        SampleKind.PNG: sample_pictures.write_screen,
    }[kind]
