"""Not one byte of a package can be changed unseen."""

from __future__ import annotations

import io
import struct
import zlib
from collections import Counter
from pathlib import Path

import pytest

from cchc_desktop.domain.verification import Outcome
from cchc_desktop.package.directory import read_directory
from cchc_desktop.package.verifier import verify_package
from cchc_desktop.trust.trusted import Trusted
from tests.package.samples import NOW, packed, signer_of

TRUSTED = Trusted((signer_of().certificate,))
REFUSED = {Outcome.INVALID, Outcome.UNREADABLE}


def outcome(path: Path, content: bytes) -> Outcome:
    path.write_bytes(content)
    return verify_package(path, TRUSTED, NOW).outcome


@pytest.mark.slow
@pytest.mark.parametrize("mask", [0x01, 0x80, 0xFF])
def test_every_flipped_byte_is_refused(mask: int, tmp_path: Path) -> None:
    good, _ = packed()
    path = tmp_path / "p.asice"
    assert outcome(path, good) is Outcome.VALID
    found: Counter[Outcome] = Counter()
    for at in range(len(good)):
        changed = bytearray(good)
        changed[at] ^= mask
        verdict = outcome(path, bytes(changed))
        assert verdict in REFUSED, (at, verdict)
        found[verdict] += 1
    assert found.total() == len(good)
    assert found.keys() == REFUSED


@pytest.mark.slow
def test_every_flipped_content_byte_is_refused_with_the_checksums_repaired(tmp_path: Path) -> None:
    """As an attacker does it who knows ZIP: both CRC fields fit the changed content again."""
    good, _ = packed()
    path = tmp_path / "p.asice"
    assert outcome(path, good) is Outcome.VALID
    directory = read_directory(io.BytesIO(good), len(good))  # type: ignore[arg-type]
    (start,) = struct.unpack_from("<I", good, len(good) - 6)
    tried, record = 0, start
    for entry in directory.entries:
        for at in range(entry.start, entry.end):
            changed = bytearray(good)
            changed[at] ^= 0x20
            crc = struct.pack("<I", zlib.crc32(changed[entry.start : entry.end]))
            changed[entry.header_start + 14 : entry.header_start + 18] = crc
            changed[record + 16 : record + 20] = crc
            verdict = outcome(path, bytes(changed))
            assert verdict in REFUSED, (entry.name, at - entry.start, verdict)
            tried += 1
        record += 46 + len(entry.name)
    assert tried == sum(entry.size for entry in directory.entries)


def test_every_truncation_is_unreadable(tmp_path: Path) -> None:
    good, _ = packed()
    path = tmp_path / "p.asice"
    assert outcome(path, good) is Outcome.VALID
    for length in range(0, len(good), 7):
        assert outcome(path, good[:length]) is Outcome.UNREADABLE
