"""Not one byte of a package can be changed unseen."""

from __future__ import annotations

import io
import os
import struct
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc_desktop.domain.verification import Outcome
from cchc_desktop.package.directory import read_directory
from cchc_desktop.package.verifier import verify_package
from cchc_desktop.trust.trusted import Trusted
from tests.hostile.forge import countersigned
from tests.package.samples import NOW, packed, signer_of

TRUSTED = Trusted((signer_of().certificate,))
REFUSED = {Outcome.INVALID, Outcome.UNREADABLE}


class Patched:
    """The good file on the disk, in which one stretch at a time is written over and put back."""

    def __init__(self, path: Path, good: bytes) -> None:
        path.write_bytes(good)
        self._path, self._good = path, good
        self._file = path.open("r+b", buffering=0)

    def outcome(self, *patches: tuple[int, bytes]) -> Outcome:
        for at, content in patches:
            self._put(at, content)
        found = verify_package(self._path, TRUSTED, NOW).outcome
        for at, content in patches:
            self._put(at, self._good[at : at + len(content)])
        return found

    def _put(self, at: int, content: bytes) -> None:
        self._file.seek(at)
        self._file.write(content)

    def close(self) -> None:
        assert self._path.read_bytes() == self._good
        self._file.close()


PACKAGES: dict[str, Callable[[], bytes]] = {
    "one signer": lambda: packed()[0],
    "two signers": lambda: countersigned().to_bytes(),
}


ONE, TWO = PACKAGES
ONE_LONG = pytest.param(ONE, marks=pytest.mark.long)


@pytest.mark.slow
@pytest.mark.parametrize("mask", [0x01, pytest.param(0x80, marks=pytest.mark.long)])
@pytest.mark.parametrize("package", [ONE_LONG, TWO])
def test_every_flipped_byte_is_refused(package: str, mask: int, tmp_path: Path) -> None:
    good = PACKAGES[package]()
    file = Patched(tmp_path / "p.asice", good)
    assert file.outcome() is Outcome.VALID
    found: Counter[Outcome] = Counter()
    for at in range(len(good)):
        verdict = file.outcome((at, bytes((good[at] ^ mask,))))
        assert verdict in REFUSED, (at, verdict)
        found[verdict] += 1
    assert found.total() == len(good)
    assert found.keys() == REFUSED
    file.close()


@pytest.mark.slow
@pytest.mark.parametrize("package", [ONE_LONG, TWO])
def test_every_flipped_content_byte_is_refused_with_the_checksums_repaired(
    package: str, tmp_path: Path
) -> None:
    """As an attacker does it who knows ZIP: both CRC fields fit the changed content again."""
    good = PACKAGES[package]()
    file = Patched(tmp_path / "p.asice", good)
    assert file.outcome() is Outcome.VALID
    directory = read_directory(io.BytesIO(good), len(good))  # type: ignore[arg-type]
    (start,) = struct.unpack_from("<I", good, len(good) - 6)
    tried, record = 0, start
    for entry in directory.entries:
        content = bytearray(good[entry.start : entry.end])
        for at in range(entry.size):
            content[at] ^= 0x20
            crc = struct.pack("<I", zlib.crc32(content))
            changed = (entry.start + at, content[at : at + 1])
            verdict = file.outcome(changed, (entry.header_start + 14, crc), (record + 16, crc))
            content[at] ^= 0x20
            assert verdict in REFUSED, (entry.name, at, verdict)
            tried += 1
        record += 46 + len(entry.name)
    assert tried == sum(entry.size for entry in directory.entries)
    file.close()


@pytest.mark.parametrize("package", PACKAGES)
def test_every_truncation_is_unreadable(package: str, tmp_path: Path) -> None:
    good, path = PACKAGES[package](), tmp_path / "p.asice"
    path.write_bytes(good)
    assert verify_package(path, TRUSTED, NOW).outcome is Outcome.VALID
    for length in range(len(good) - 1, -1, -7):
        os.truncate(path, length)
        assert verify_package(path, TRUSTED, NOW).outcome is Outcome.UNREADABLE
