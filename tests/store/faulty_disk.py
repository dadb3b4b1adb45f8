"""Runs one scene on a disk with a fault, in a mount space of its own, and prints what happened as JSON.

    unshare --mount … python -m tests.store.faulty_disk SCENE FOLDER

FOLDER is empty; the scene mounts over it what it needs, and nobody else sees that.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from cchc_desktop.domain.evidence import EvidenceRecord
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.services import evidence
from cchc_desktop.store import answers, journal, rounds
from cchc_desktop.store.profile import Profile, old_profile, open_profile
from tests.store.conftest import new_profile

Told = dict[str, object]


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


def fault_of(work: Callable[[], object]) -> list[str] | None:
    """[code, sentence] of the known error; None when it worked; anything else is a failed test."""
    try:
        work()
    except KnownError as error:
        return [error.code, render(error.message)]
    return None


def plain_write_fails(folder: Path) -> str:
    """The proof that the disk has the fault at all."""
    try:
        with (folder / "thử").open("wb") as file:
            file.write(b"x" * 100_000)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return error.strerror or "?"
    finally:
        with contextlib.suppress(OSError):
            (folder / "thử").unlink(missing_ok=True)
    return ""


def explain(profile: Profile, round_id: str, where: str, text: str) -> None:
    profile.write(lambda change: answers.set_explanation(change, round_id, where, text))


def full(folder: Path) -> Told:
    mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder))
    profile, first = new_profile(folder / "hồ sơ")
    explain(profile, first.id, "trước", "đã lưu")
    ballast = folder / "đầy"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            pass
    told: Told = {"plain": plain_write_fails(folder)}
    saved, fault = 0, None
    while fault is None and saved < 1000:
        fault = fault_of(lambda n=saved: explain(profile, first.id, f"r{n}", "chữ " * 200))
        saved += fault is None
    told["edit"], told["saved"] = fault, saved
    source = folder.parent / "minh-chung.pdf"
    source.write_bytes(b"%PDF-1.7\n" + b"y" * 200_000)
    told["evidence"] = fault_of(lambda: evidence.add(profile, first.id, source, EvidenceRecord()))
    told["create"] = fault_of(lambda: new_profile(folder / "khác"))
    told["parts"] = [path.name for path in folder.rglob("*.part")]
    told["read"] = sorted(profile.read(lambda db: answers.of_round(db, first.id)))[-1]
    ballast.unlink()
    explain(profile, first.id, "sau", "lại lưu được")
    told["evidence after"] = fault_of(lambda: evidence.add(profile, first.id, source, EvidenceRecord()))
    profile.close()
    with open_profile(folder / "hồ sơ") as again:
        stated = again.read(lambda db: answers.of_round(db, first.id))
        told["kept"] = len(stated)
        told["chain"] = again.read(journal.verify_chain) is None and again.read(journal.verify_rows) is None
    return told


def full_at_close(folder: Path) -> Told:
    """A disk that is full when the log is folded in: closing loses nothing."""
    mount("-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder))
    profile, first = new_profile(folder / "hồ sơ")
    for number in range(60):
        explain(profile, first.id, f"r{number}", "chữ " * 20)
    with (folder / "đầy").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 512)
        except OSError:
            pass
    told: Told = {"plain": plain_write_fails(folder)}
    profile.close()
    with open_profile(folder / "hồ sơ") as again:
        told["kept"] = len(again.read(lambda db: answers.of_round(db, first.id)))
    return told


def read_only(folder: Path) -> Told:
    mount("-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder))
    profile, first = new_profile(folder / "hồ sơ")
    explain(profile, first.id, "trước", "đã lưu")
    profile.close()
    before = {path.name: path.read_bytes() for path in (folder / "hồ sơ").iterdir()}
    mount("-o", "remount,ro", str(folder))
    told: Told = {"plain": plain_write_fails(folder)}
    told["open"] = fault_of(lambda: open_profile(folder / "hồ sơ"))
    told["create"] = fault_of(lambda: new_profile(folder / "khác"))
    told["same"] = before == {path.name: path.read_bytes() for path in (folder / "hồ sơ").iterdir()}
    # Old profiles may lie on a disk that can't be written: they are only read.
    with old_profile(folder / "hồ sơ") as (db, _files):
        told["old"] = [found.year for found in rounds.all_rounds(db)]
    return told


def file_size_limit(folder: Path) -> Told:
    """A quota: files may not grow any further."""
    profile, first = new_profile(folder / "hồ sơ")
    explain(profile, first.id, "trước", "đã lưu")
    size = (folder / "hồ sơ" / "cchc.sqlite3-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20_000, resource.RLIM_INFINITY))
    told: Told = {"plain": plain_write_fails(folder) if size < 80_000 else "grown"}
    saved, fault = 0, None
    while fault is None and saved < 1000:
        fault = fault_of(lambda n=saved: explain(profile, first.id, f"r{n}", "chữ " * 200))
        saved += fault is None
    told["edit"], told["saved"] = fault, saved
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    explain(profile, first.id, "sau", "lại lưu được")
    told["kept"] = len(profile.read(lambda db: answers.of_round(db, first.id)))
    profile.close()
    return told


SCENES = {scene.__name__: scene for scene in (full, full_at_close, read_only, file_size_limit)}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(SCENES[sys.argv[1]](Path(sys.argv[2]))))
