"""The head of a package: who hands in what, for which period, as which revision; signed with the rest."""

from __future__ import annotations

from datetime import datetime

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.quick_pattern import pattern

PERIOD = pattern(r"[0-9]{4}(-(Q1|H1|Q3))?")
PACKAGE_ID = pattern(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class PackagedFile:
    """A document in the package: its entry name (ASCII) and the name that people read."""

    entry: str
    name: str


@dataclass(frozen=True, slots=True)
class PackagedEvidence:
    """`entry` is empty where the file travels apart (`in_package` false) and is known by its digest only."""

    id: str
    name: str
    size: int
    sha256: str
    entry: str = ""

    @property
    def in_package(self) -> bool:
        return bool(self.entry)


MOST_PACKS = 99


@dataclass(frozen=True, slots=True)
class PackOf:
    """What an evidence pack belongs to: the light package, by its id and its manifest's digest.

    `part` counts from 1 to `parts`, at most `MOST_PACKS`.
    """

    package_id: str
    manifest_sha256: str
    part: int
    parts: int


@dataclass(frozen=True, slots=True)
class PackageHead:
    """`revision` 0 is the first filing (L00), 1 the first supplement (L01).

    `previous_manifest_sha256` names the revision that this one supersedes ("" for the first); `counter` grows
    with every package of the sender; `journal_head` is the last hash of the sender's journal at signing.
    `form_pack` is the set or the template that the content was made with.

    With `pack_of` it is an evidence pack: kind, period, revision and counter are its light package's, and it
    holds evidence files only.
    """

    package_id: str
    kind: PackageKind
    period: str
    sender_id: str
    sender_name: str
    recipient_id: str
    revision: int
    previous_manifest_sha256: str
    created_at: datetime
    counter: int
    journal_head: str
    form_pack: PackRef
    documents: tuple[PackagedFile, ...] = ()
    evidence: tuple[PackagedEvidence, ...] = ()
    pack_of: PackOf | None = None

    @property
    def is_light(self) -> bool:
        """Whether evidence travels apart from it."""
        return any(not file.in_package for file in self.evidence)


def filing(revision: int) -> str:
    """What people call a revision: L00 for the first filing, L01 for the first supplement."""
    return f"L{revision:02d}"


def evidence_entry(number: int, name: str) -> str:
    """The entry of the evidence file with that number (from 1); only a plain extension is taken over."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    plain = extension.isascii() and extension.isalnum() and len(extension) <= 8
    return f"evidence/{number:04d}.{extension if plain else 'bin'}"


def check_code(digest: str) -> str:
    """The first part of a manifest's digest, in groups that can be read aloud: "3f2a 90bc 1d44 e07f"."""
    return " ".join(digest[at : at + 4] for at in range(0, min(16, len(digest)), 4))
