"""The moments at which a fault can strike: each is one piece of real work on a sample unit's profile.

    python -m tests.faults.moments MOMENT FOLDER POST EDITS

does one of them and prints [what was told, what was said to be saved] as JSON; with "all" each of them and
{moment: what was told}. It prints with `writev`, which no test lets fail.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cchc_desktop.domain.evidence import EvidenceRecord
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.services import backups, evidence, keys, restoring, rounds, submissions, verification
from cchc_desktop.store import answers, backup, evidence_files, journal
from cchc_desktop.store.profile import Profile, open_profile
from tests.kills.later_version import pretend
from tests.services.handing_in import PASSPHRASE

BEFORE = "đã lưu trước lỗi"
GOOD = {"valid", "valid_with_warnings", "unknown_signer"}


@dataclass
class Unit:
    """A unit's profile in `folder`, and `post`, the folder into which packages and carried files go."""

    folder: Path
    post: Path
    saved: dict[str, str] = field(default_factory=dict)
    """Explanations that the program said were saved, by row."""
    edits: int = 400
    """How many edits `edit` makes unless one is refused."""

    @property
    def source(self) -> Path:
        """A file that is to become evidence."""
        return self.folder.parent / "minh-chung.pdf"

    def explain(self, profile: Profile, where: str, words: str) -> None:
        round_id = rounds.rounds(profile)[0].id
        profile.write(lambda change: answers.set_explanation(change, round_id, where, words))
        self.saved[where] = words


def edit(unit: Unit, profile: Profile) -> None:
    for number in range(unit.edits):
        unit.explain(profile, f"r{number}", f"{number} " + "chữ " * 200)


def add_evidence(unit: Unit, profile: Profile) -> None:
    evidence.add(profile, rounds.rounds(profile)[0].id, unit.source, EvidenceRecord())


def back_up(_unit: Unit, profile: Profile) -> None:
    backups.back_up(profile)


def carry(unit: Unit, profile: Profile) -> None:
    backups.carry(profile, unit.post / "mang đi.cchc-backup", overwrite=True)


def export(unit: Unit, profile: Profile) -> None:
    keys.unlock(profile, PASSPHRASE)
    submissions.export(profile, rounds.rounds(profile)[0].id, "plan", unit.post)


def migrate(unit: Unit, _profile: None = None) -> None:
    pretend(1)
    open_profile(unit.folder).close()


def restore(unit: Unit, _profile: None = None) -> None:
    restoring.restore_backup(unit.folder, restoring.candidates(unit.folder)[0])
    unit.saved = {"trước": BEFORE}  # what came later is put away, as was asked for


OPENED: dict[str, Callable[[Unit, Profile], None]] = {
    "edit": edit,
    "add evidence": add_evidence,
    "back up": back_up,
    "carry": carry,
    "export": export,
}
CLOSED: dict[str, Callable[[Unit], None]] = {"migrate": migrate, "restore": restore}
MOMENTS = (*OPENED, *CLOSED)


def prepared(unit: Unit) -> None:
    """Something saved and backed up before the fault, and something saved since: a backup has work to do."""
    with open_profile(unit.folder) as profile:
        unit.explain(profile, "trước", BEFORE)
        backups.back_up(profile)
        unit.explain(profile, "sau", "sau bản sao lưu")
    unit.post.mkdir()
    unit.source.write_bytes(b"%PDF-1.7\n" + os.urandom(300_000))


Told = list[str] | None
"""[code, sentence] of the known error; None when it worked. Anything else is a failed test."""


@contextmanager
def hindered(hinder: Callable[[], object], free: Callable[[], object]) -> Iterator[None]:
    hinder()
    try:
        yield
    finally:
        free()


def strike(
    moment: str, unit: Unit, hinder: Callable[[], object], free: Callable[[], object], *, early: bool = False
) -> Told:
    """Do the moment's work while hindered. The profile is opened before, or with `early` meanwhile."""
    if moment in CLOSED:
        with hindered(hinder, free):
            return told(lambda: CLOSED[moment](unit))
    if early:
        with hindered(hinder, free):
            return told(lambda: _opened(moment, unit))
    profile = open_profile(unit.folder)
    try:
        with hindered(hinder, free):
            return told(lambda: OPENED[moment](unit, profile))
    finally:
        profile.close()


def _opened(moment: str, unit: Unit) -> None:
    with open_profile(unit.folder) as profile:
        OPENED[moment](unit, profile)


def told(work: Callable[[], object]) -> Told:
    try:
        work()
    except KnownError as error:
        return [error.code, render(error.message)]
    return None


def faults(unit: Unit) -> list[str]:
    """What is wrong with what is left; the profile is opened as the next start does."""
    found = list[str]()
    with _open_by_either_version(unit.folder) as profile:
        round_id = rounds.rounds(profile)[0].id
        said = profile.read(lambda db: answers.of_round(db, round_id))
        for where, words in unit.saved.items():
            if where not in said or said[where].explanation != words:
                found.append(f"lost: {where}")
        if profile.read(journal.verify_chain) or profile.read(journal.verify_rows):
            found.append("journal")
        for piece in evidence.all_evidence(profile, round_id):
            try:
                evidence_files.checked(profile.evidence_folder, piece.sha256, piece.name)
            except KnownError as error:
                found.append(error.code)
        filed = {one.file_name for one in submissions.submissions_of(profile, round_id)}
    pretend(0)
    root = backup.own_root(unit.folder)
    for one in backup.backups(root):
        if wrong := backup.fault(one.folder, one.content) or backup.missing_files(one, thorough=True):
            found.append(f"backup {one.content.number}: {wrong}")
    packages = {path.name for path in unit.post.glob("*.asice")}
    if filed != packages:
        found.append(f"submissions {filed}, packages {packages}")
    for path in unit.post.glob("*.asice"):
        if verification.verify(path, []).outcome.value not in GOOD:
            found.append(f"{path.name} does not verify")
    parts = [*unit.folder.rglob("*.part"), *unit.post.rglob("*.part")]
    found += [f"half file: {path.name}" for path in parts]
    return found


@contextmanager
def _open_by_either_version(folder: Path) -> Iterator[Profile]:
    """A profile whose upgrade was through before the fault is opened by the version that upgraded it."""
    pretend(0)
    with contextlib.ExitStack() as stack:
        try:
            profile = stack.enter_context(open_profile(folder))
        except KnownError as error:
            if error.code != "store.newer":
                raise
            pretend(1)
            profile = stack.enter_context(open_profile(folder))
        yield profile


def main(moment: str, folder: Path, post: Path, edits: int) -> None:
    unit = Unit(folder, post, edits=edits)
    if moment == "all":
        every = {one: strike(one, unit, lambda: None, lambda: None, early=True) for one in MOMENTS}
        os.writev(1, [json.dumps(every).encode()])
        return
    said = strike(moment, unit, lambda: None, lambda: None, early=True)
    os.writev(1, [json.dumps([said, unit.saved]).encode()])


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
