"""A sample unit: everything that a unit fills in during a year, invented, to look around in."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.evidence import EvidenceLink, EvidenceRecord
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import PlanIssue, Target, Task
from cchc_desktop.domain.unit import Unit
from cchc_desktop.quick_dataclass import dataclass


class FileKind(StrEnum):
    """What kind of file a piece of sample evidence is; the value is its extension."""

    PDF = "pdf"
    JPG = "jpg"
    PNG = "png"
    DOCX = "docx"
    XLSX = "xlsx"


@dataclass(frozen=True)
class SampleEvidence:
    """A file that is made when it is wanted: it shows number, date, issuer, abstract and `lines`.

    `name` is the file's name with its extension; `title` the type of document ("Kế hoạch", "Báo cáo"),
    `table` a head and rows of figures. Links to tasks carry the sample's own task ids.
    """

    name: str
    kind: FileKind
    record: EvidenceRecord
    title: str
    lines: tuple[str, ...]
    links: tuple[EvidenceLink, ...]
    table: tuple[tuple[str, ...], ...] = ()
    superior: str = ""
    signer_title: str = ""
    signer: str = ""


@dataclass(frozen=True)
class Sample:
    """`tasks` have the sample's own ids; the profile gives them new ones. `answers` are by row key."""

    key: str
    unit: Unit
    year: int
    criteria: PackRef
    plan_template: PackRef
    texts: Mapping[str, str]
    issue: PlanIssue
    tasks: tuple[Task, ...]
    targets: tuple[Target, ...]
    answers: Mapping[str, Answer]
    evidence: tuple[SampleEvidence, ...]
