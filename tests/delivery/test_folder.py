"""Into a folder: there whole and read back, or not there at all."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from cchc_desktop.delivery import destination, folder
from cchc_desktop.delivery.destination import Destination, check_room, look_at
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.language import render

CONTENT = bytes(range(256)) * 1000
NAME = "XA-EA-KAO_TCD_2026_L00.asice"


def write(file: BinaryIO) -> int:
    return file.write(CONTENT)


def same(path: Path, written: int) -> bool:
    return path.read_bytes() == CONTENT and written == len(CONTENT)


def names(where: Path) -> list[str]:
    return sorted(path.name for path in where.iterdir())


def refused(where: Path, **changes: object) -> str:
    """The code of the advice; nothing may be left behind."""
    arguments: dict[str, object] = {"name": NAME, "size": 1, "write": write, "read_back": same} | changes
    before = names(where) if where.is_dir() else []
    with pytest.raises(KnownError) as caught:
        folder.place(where, **arguments)  # type: ignore[arg-type]
    assert render(caught.value.message)
    assert (names(where) if where.is_dir() else []) == before
    return caught.value.code


def test_file_arrives_whole_under_its_name_only(tmp_path: Path) -> None:
    seen: list[list[str]] = []

    def look(path: Path, written: int) -> bool:
        seen.append(names(tmp_path))
        return same(path, written)

    path, written = folder.place(tmp_path, NAME, len(CONTENT), write, look)
    assert (path, written) == (tmp_path / NAME, len(CONTENT))
    assert path.read_bytes() == CONTENT
    assert names(tmp_path) == [NAME]
    assert seen == [[f"{NAME}.part"]]


def test_strace_shows_flush_read_back_rename_flush(tmp_path: Path) -> None:
    program = (
        "from pathlib import Path; from cchc_desktop.delivery.folder import place;"
        f"place(Path({str(tmp_path)!r}), 'x.asice', 3, lambda f: f.write(b'abc'),"
        " lambda p, n: p.read_bytes() == b'abc')"
    )
    root = Path(__file__).resolve().parents[2]
    line = ["strace", "-f", "-e", "trace=openat,fsync,fadvise64,rename", "-o", str(tmp_path / "trace")]
    python = str(root / ".venv/bin/python")
    subprocess.run([*line, python, "-c", program], cwd=root, check=True, capture_output=True)
    calls = [text for text in (tmp_path / "trace").read_text().splitlines() if "= -1" not in text]
    steps = [
        call.split(maxsplit=1)[1].partition("(")[0] + (" read" if "O_RDONLY" in call else "")
        for call in calls
        if f'"{tmp_path}"' in call or "x.asice" in call or " fsync" in call or " fadvise64" in call
    ]
    assert steps == ["openat", "fsync", "fadvise64", "openat read", "rename", "openat read", "fsync"]


def test_wrong_read_back_leaves_nothing(tmp_path: Path) -> None:
    assert refused(tmp_path, read_back=lambda _path, _written: False) == "delivery.read_back_differs"


def test_cancelled_writing_leaves_nothing(tmp_path: Path) -> None:
    def stopped(file: BinaryIO) -> int:
        file.write(CONTENT)
        raise Cancelled

    with pytest.raises(Cancelled):
        folder.place(tmp_path, NAME, 1, stopped, same)
    assert names(tmp_path) == []


def test_cancelled_read_back_leaves_nothing(tmp_path: Path) -> None:
    def stopped(_path: Path, _written: int) -> bool:
        raise Cancelled

    with pytest.raises(Cancelled):
        folder.place(tmp_path, NAME, 1, write, stopped)
    assert names(tmp_path) == []


def test_existing_file_of_that_name_stays_untouched(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"older")
    assert refused(tmp_path) == "delivery.exists"
    assert (tmp_path / NAME).read_bytes() == b"older"


def test_file_that_appeared_meanwhile_stays_untouched(tmp_path: Path) -> None:
    def meanwhile(file: BinaryIO) -> int:
        (tmp_path / NAME).write_bytes(b"of another program")
        return write(file)

    with pytest.raises(KnownError) as caught:
        folder.place(tmp_path, NAME, 1, meanwhile, same)
    assert caught.value.code == "delivery.exists"
    assert names(tmp_path) == [NAME]
    assert (tmp_path / NAME).read_bytes() == b"of another program"


def test_rest_of_a_killed_run_is_written_over(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.part").write_bytes(b"rest")
    folder.place(tmp_path, NAME, 1, write, same)
    assert names(tmp_path) == [NAME]


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "usb") == "delivery.no_folder"
    (tmp_path / "file").write_bytes(b"")
    assert refused(tmp_path / "file") == "delivery.no_folder"


def test_stick_pulled_out_while_writing(tmp_path: Path) -> None:
    def pulled(_file: BinaryIO) -> int:
        raise OSError(5, "Input/output error")

    assert refused(tmp_path, write=pulled) == "delivery.gone"


# --- real media -------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 1 MiB."""
    where = tmp_path / "disk"
    where.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(where)], check=True)
    yield where
    subprocess.run(["umount", str(where)], check=True)


def test_too_little_room_is_told_before_writing(small_disk: Path) -> None:
    def never(_file: BinaryIO) -> int:
        raise AssertionError("nothing may be written")

    with pytest.raises(KnownError) as caught:
        folder.place(small_disk, NAME, 5_000_000, never, same)
    assert caught.value.code == "delivery.no_space"
    assert caught.value.message.args["missing"] == 5_000_000 + destination.MARGIN - 1024 * 1024


def test_disk_that_fills_up_leaves_nothing(small_disk: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        (small_disk / "proof").write_bytes(bytes(2_000_000))
    (small_disk / "proof").unlink()
    assert refused(small_disk, write=lambda file: file.write(bytes(2_000_000))) == "delivery.disk_full"
    folder.place(small_disk, NAME, len(CONTENT), write, same)


def test_write_protected_disk(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(OSError, match="Read-only"):
        (small_disk / "proof").write_bytes(b"x")
    assert refused(small_disk) == "delivery.read_only"


def test_folder_without_the_right_to_write(tmp_path: Path) -> None:
    """Root may write everywhere, so an unprivileged user tries."""
    where = tmp_path / "locked"
    where.mkdir(mode=0o555)
    for parent in (tmp_path, *tmp_path.parents):
        if parent.name.startswith(("pytest-", "popen-")):
            parent.chmod(0o755)
    tmp_path.chmod(0o755)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        answer = "plain write worked"
        try:
            os.setgid(65534)
            os.setuid(65534)
            try:
                (where / "proof").write_bytes(b"x")
            except PermissionError:
                try:
                    folder.place(where, NAME, 1, write, same)
                except KnownError as error:
                    answer = error.code
        finally:
            os.write(writing, answer.encode())
            os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reading, 100).decode() == "delivery.not_allowed"
    os.close(reading)
    os.close(writing)


def test_real_mount_tells_its_file_system(small_disk: Path) -> None:
    found = look_at(small_disk)
    assert (found.file_system, found.is_fat, found.largest_file) == ("tmpfs", False, None)
    assert 900_000 < found.free <= 1024 * 1024


def test_mount_point_with_a_space_is_found(tmp_path: Path) -> None:
    where = tmp_path / "USB của tôi"
    where.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(where)], check=True)
    try:
        assert look_at(where).file_system == "tmpfs"
    finally:
        subprocess.run(["umount", str(where)], check=True)


@pytest.mark.parametrize(
    ("file_system", "size", "code"),
    [
        ("vfat", 2**32 - 1, None),
        ("vfat", 2**32, "delivery.fat_limit"),
        ("FAT32", 2**32, "delivery.fat_limit"),
        ("exfat", 2**32, None),
        ("ntfs", 2**40, "delivery.no_space"),
    ],
)
def test_fat_ends_at_four_gigabytes_less_a_byte(
    file_system: str, size: int, code: str | None, tmp_path: Path
) -> None:
    where = Destination(tmp_path, 2**35, file_system)
    if code is None:
        check_room(where, size)
    else:
        with pytest.raises(KnownError) as caught:
            check_room(where, size)
        assert caught.value.code == code
        assert render(caught.value.message)


# --- small files ------------------------------------------------------------------------------------------


def test_small_file_may_be_written_again_but_not_exchanged(tmp_path: Path) -> None:
    path = tmp_path / "trust.pem"
    assert folder.place_small(path, b"one") == path
    assert folder.place_small(path, b"one") == path
    with pytest.raises(KnownError) as caught:
        folder.place_small(path, b"two")
    assert caught.value.code == "delivery.exists"
    assert path.read_bytes() == b"one"
