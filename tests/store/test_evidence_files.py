"""Evidence by content: whole or not there, once, and found out when spoilt."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from pathlib import Path

import pytest

from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.language import render
from cchc_desktop.store import evidence_files
from cchc_desktop.store.profile import Profile

LIMIT = 5_000_000


def file(folder: Path, content: bytes, name: str = "a.pdf") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def stored(profile: Profile) -> list[str]:
    return sorted(
        str(path.relative_to(profile.evidence_folder))
        for path in profile.evidence_folder.rglob("*")
        if path.is_file()
    )


def test_content_lies_under_its_digest_and_once(profile: Profile, tmp_path: Path) -> None:
    content = os.urandom(2_500_000)
    digest = hashlib.sha256(content).hexdigest()
    kept = evidence_files.keep(profile, file(tmp_path, content), LIMIT, Progress())
    assert kept == evidence_files.Kept(digest, len(content))
    assert stored(profile) == [f"{digest[:2]}/{digest}"]
    place = evidence_files.place(profile.evidence_folder, digest)
    assert place.read_bytes() == content
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    inode = place.stat().st_ino
    assert evidence_files.keep(profile, file(tmp_path, content, "b.pdf"), LIMIT, Progress()) == kept
    assert stored(profile) == [f"{digest[:2]}/{digest}"]
    assert place.stat().st_ino == inode


def test_a_spoilt_file_is_replaced_by_the_fresh_one(profile: Profile, tmp_path: Path) -> None:
    source = file(tmp_path, b"noi dung")
    kept = evidence_files.keep(profile, source, LIMIT, Progress())
    place = evidence_files.place(profile.evidence_folder, kept.sha256)
    for spoilt in (b"noi dunG", b"", b"noi dung dai hon"):
        place.write_bytes(spoilt)
        assert evidence_files.keep(profile, source, LIMIT, Progress()) == kept
        assert place.read_bytes() == b"noi dung"


def test_progress_is_told_in_bytes_and_can_stop_it(profile: Profile, tmp_path: Path) -> None:
    source = file(tmp_path, b"x" * 3_000_000)
    seen: list[tuple[int, int]] = []
    evidence_files.keep(
        profile, source, LIMIT, Progress(lambda _step, done, total: seen.append((done, total)))
    )
    assert [done for done, _total in seen] == [0, 1 << 20, 2 << 20, 3_000_000]
    assert {total for _done, total in seen} == {3_000_000}

    other = file(tmp_path, b"y" * 3_000_000)
    before = stored(profile)
    progress = Progress()
    progress.report = lambda _step, done, _total: progress.stop() if done else None
    with pytest.raises(Cancelled):
        evidence_files.keep(profile, other, LIMIT, progress)
    assert stored(profile) == before


def test_reading_stops_at_the_limit_whatever_the_file_says(profile: Profile, tmp_path: Path) -> None:
    exact = evidence_files.keep(profile, file(tmp_path, b"x" * LIMIT), LIMIT, Progress())
    assert exact.size == LIMIT
    before = stored(profile)
    with pytest.raises(KnownError) as fault:
        evidence_files.keep(profile, file(tmp_path, b"x" * (LIMIT + 1)), LIMIT, Progress())
    assert fault.value.code == "evidence.too_large"
    assert "5 MB" in render(fault.value.message) or "5,0 MB" in render(fault.value.message)
    with pytest.raises(KnownError, match=r"evidence\.(too_large|not_a_file)"):
        evidence_files.keep(profile, Path("/dev/zero"), LIMIT, Progress())
    assert stored(profile) == before


def test_what_is_no_readable_file_leaves_nothing(profile: Profile, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    for path, code in (
        (tmp_path / "không có.pdf", "evidence.unreadable"),
        (tmp_path, "evidence.not_a_file"),
        (pipe, "evidence.not_a_file"),
        (file(tmp_path, b"", "rỗng.pdf"), "evidence.empty"),
    ):
        with pytest.raises(KnownError) as fault:
            evidence_files.keep(profile, path, LIMIT, Progress())
        assert fault.value.code == code
        assert path.name in render(fault.value.message)
    assert stored(profile) == []


def test_a_copy_for_opening_is_read_only_and_checked(profile: Profile, tmp_path: Path) -> None:
    kept = evidence_files.keep(profile, file(tmp_path, b"noi dung"), LIMIT, Progress())
    name = "Kế hoạch 2026.pdf"
    copy = evidence_files.copy_for_opening(profile, kept.sha256, name)
    assert copy.name == name
    assert copy.read_bytes() == b"noi dung"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o400
    assert profile.folder not in copy.parents
    assert evidence_files.copy_for_opening(profile, kept.sha256, name) == copy
    place = evidence_files.place(profile.evidence_folder, kept.sha256)
    place.write_bytes(b"noi dunG")
    with pytest.raises(KnownError) as fault:
        evidence_files.copy_for_opening(profile, kept.sha256, name)
    assert fault.value.code == "evidence.file_changed"
    place.unlink()
    with pytest.raises(KnownError) as fault:
        evidence_files.copy_for_opening(profile, kept.sha256, name)
    assert fault.value.code == "evidence.file_missing"
    assert name in render(fault.value.message)


def test_the_store_reads_in_blocks(profile: Profile, tmp_path: Path) -> None:
    """100 MB must not become 100 MB of memory."""
    import tracemalloc

    source = file(tmp_path, b"\0" * 30_000_000)
    tracemalloc.start()
    try:
        evidence_files.keep(profile, source, 10**9, Progress())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 6_000_000, sys.version
