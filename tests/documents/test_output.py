"""A document appears whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_desktop.documents.output import whole_file
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.language import render


def test_takes_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    to = tmp_path / "Kế hoạch.pdf"
    to.write_bytes("cũ".encode())
    with whole_file(to) as part:
        part.write_bytes(b"moi")
        assert to.read_bytes() == "cũ".encode()
        assert part.parent == to.parent
    assert to.read_bytes() == b"moi"
    assert list(tmp_path.iterdir()) == [to]


@pytest.mark.parametrize("fault", [Cancelled, ValueError, KeyboardInterrupt])
def test_leaves_the_older_file_when_something_goes_wrong(tmp_path: Path, fault: type[BaseException]) -> None:
    to = tmp_path / "a.pdf"
    to.write_bytes(b"cu")
    with pytest.raises(fault), whole_file(to) as part:
        part.write_bytes(b"nua")
        raise fault
    assert to.read_bytes() == b"cu"
    assert list(tmp_path.iterdir()) == [to]


def advice(error: KnownError) -> str:
    return render(error.message)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught, whole_file(tmp_path / "không có" / "a.pdf"):
        pytest.fail("nothing may be written")
    assert caught.value.code == "documents.no_folder"
    assert "không có" in advice(caught.value)


def test_a_folder_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(KnownError) as caught, whole_file(tmp_path / "a.pdf"):
        pytest.fail("nothing may be written")
    assert caught.value.code == "documents.is_folder"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "đĩa nhỏ"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    subprocess.run(mount, check=True)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_advice_and_the_older_file_stays(small_disk: Path) -> None:
    to = small_disk / "a.pdf"
    to.write_bytes(b"cu")
    with pytest.raises(OSError), (small_disk / "day").open("wb") as probe:
        probe.write(b"0" * 10**6)
    with pytest.raises(KnownError) as caught, whole_file(to) as part:
        part.write_bytes(b"0" * 10**6)
    assert caught.value.code == "documents.disk_full"
    assert "đã đầy" in advice(caught.value)
    assert to.read_bytes() == b"cu"
    assert not list(small_disk.glob("*.part"))


def test_a_read_only_disk_is_advice(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(OSError):
        (small_disk / "thử").write_bytes(b"0")
    with pytest.raises(KnownError) as caught, whole_file(small_disk / "a.pdf") as part:
        part.write_bytes(b"0")
    assert caught.value.code == "documents.no_permission"
    assert str(small_disk) in advice(caught.value)


def test_is_on_the_disk_before_it_takes_its_name(tmp_path: Path) -> None:
    """The system calls in their order, as strace saw them."""
    code = (
        "import sys; from pathlib import Path; from cchc_desktop.documents.output import whole_file\n"
        "with whole_file(Path(sys.argv[1])) as part: part.write_bytes(b'0123456789')"
    )
    log = tmp_path / "calls"
    command = ["strace", "-f", "-e", "trace=openat,write,fsync,rename,renameat,renameat2", "-o", str(log)]
    subprocess.run(
        [*command, sys.executable, "-c", code, str(tmp_path / "a.pdf")], check=True, cwd=Path.cwd()
    )
    calls = [line.partition(" ")[2].strip() for line in log.read_text().splitlines()]
    wrote = next(
        number for number, call in enumerate(calls) if call.startswith("write") and "0123456789" in call
    )
    renamed = next(number for number, call in enumerate(calls) if call.startswith("rename"))
    synced = [number for number, call in enumerate(calls) if call.startswith("fsync")]
    assert any(wrote < number < renamed for number in synced)
    assert any(number > renamed for number in synced)
