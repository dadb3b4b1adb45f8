"""Evidence (tài liệu kiểm chứng): what is known of a file, and which files are taken."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from cchc_desktop.quick_dataclass import dataclass

MEGABYTE = 10**6
DEFAULT_SIZE_LIMIT = 100 * MEGABYTE
ALLOWED_EXTENSIONS = (
    *(".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"),
    *(".docx", ".doc", ".xlsx", ".xls", ".odt", ".ods", ".pptx", ".csv", ".txt", ".xml", ".zip", ".asice"),
)


class LinkKind(StrEnum):
    ROW = "row"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """The document behind the file: number, date, issuer, abstract (trích yếu) and the page that proves."""

    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    abstract: str = ""
    page: str = ""
    personal_data: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    """`key` is a row's permanent key or a task's id."""

    kind: LinkKind
    key: str


@dataclass(frozen=True, slots=True)
class Evidence:
    id: str
    round_id: str
    name: str
    size: int
    sha256: str
    record: EvidenceRecord
    added_at: datetime
    links: tuple[EvidenceLink, ...] = ()
