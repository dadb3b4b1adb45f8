"""Looking at a file inside somebody's package: a copy to open, and what it could do when it is opened."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from cchc_desktop.domain.evidence import ALLOWED_EXTENSIONS
from cchc_desktop.domain.file_names import cleaned
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.verification import Outcome, Verification
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.intake.active_content import look_inside
from cchc_desktop.message import Message, message
from cchc_desktop.package.layout import DOCUMENTS_FOLDER, EVIDENCE_FOLDER
from cchc_desktop.package.reader import Copying
from cchc_desktop.package.verifier import verified_copy
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.store.faults import known
from cchc_desktop.store.profile import Profile
from cchc_desktop.trust.trusted import load_trusted

_FOLDERS = (f"{DOCUMENTS_FOLDER}/", f"{EVIDENCE_FOLDER}/")


@dataclass(frozen=True, slots=True)
class OpenedCopy:
    """`path` is a read-only copy under the file's Vietnamese title, made safe; it goes with the profile.

    `findings` say what the file could do or hide when another program opens it, each with what to do; show
    them before opening when there are any.
    """

    path: Path
    title: str
    findings: tuple[Message, ...]


def open_evidence(
    place: Profile | Path,
    package: Path,
    entry: str,
    trust: Sequence[Path] = (),
    progress: Progress | None = None,
) -> OpenedCopy:
    """Copy the evidence file or document `entry` (`FileFinding.name`) out of a package, for opening.

    The copy goes into the profile's folder of copies, or into `place` where no profile is open.

    The package is verified in the same reading that makes the copy: a file that was changed, or any file of a
    package that is invalid or unreadable, is not opened. Of an unknown signer's package the first finding
    says so. Names from inside never become paths: the copy lies under a number of our own, and bears the
    title in safe letters with one of the extensions that evidence may have.

    Raises KnownError packages.not_whole, packages.no_such_file, packages.kind_not_opened, those of
    `verification.verify` and of the disk (store.…), and `Cancelled`; no copy stays then.
    """
    trusted = load_trusted(trust)
    copies = place if isinstance(place, Path) else place.copies_folder()
    with known(copies):
        own = _new_place(copies)
        try:
            part = own / "copy.part"
            with part.open("xb") as file:

                def write(block: memoryview) -> None:
                    with known(copies):
                        file.write(block)

                found = verified_copy(package, trusted, vietnam_now(), Copying(entry, write), progress)
            title = _title(found, entry)
            path = part.rename(own / title)
            findings = look_inside(path, title, progress)
        except BaseException:
            shutil.rmtree(own, ignore_errors=True)
            raise
        _mark_as_foreign(path)
        path.chmod(0o400)
    if found.outcome is Outcome.UNKNOWN_SIGNER:
        findings = (message("packages.unknown_signer"), *findings)
    return OpenedCopy(path, title, findings)


def _title(found: Verification, entry: str) -> str:
    """The copy's name, when the file may be opened at all."""
    if found.outcome in (Outcome.INVALID, Outcome.UNREADABLE):
        raise KnownError("packages.not_whole", unusable_input=False)
    file = next((file for file in found.files if file.name == entry), None)
    if file is None or not file.ok or not entry.startswith(_FOLDERS):
        raise KnownError("packages.no_such_file", unusable_input=False)
    title = cleaned(file.title)
    if Path(title).suffix.lower() not in ALLOWED_EXTENSIONS:
        raise KnownError(
            "packages.kind_not_opened", unusable_input=False, name=title, allowed=ALLOWED_EXTENSIONS
        )
    return title


def _new_place(folder: Path) -> Path:
    """A folder of its own for each copy: two files may bear one title."""
    number = 1
    while True:
        place = folder / f"{number:04d}"
        try:
            place.mkdir(mode=0o700)
        except FileExistsError:
            number += 1
        else:
            return place


def _mark_as_foreign(path: Path) -> None:
    """Windows' mark of a file from elsewhere: Office then opens it in its protected view."""
    if os.name == "nt":
        with contextlib.suppress(OSError):  # FAT has no room for the mark
            Path(f"{path}:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n", encoding="ascii")
