"""The ZIP around a package: any byte, any field."""

from __future__ import annotations

import io
import zlib
from dataclasses import replace
from pathlib import Path
from random import Random

from cchc_desktop.package.faults import ProfileBroken
from cchc_desktop.package.reader import read_stream
from tests.fuzz.mutations import damaged
from tests.fuzz.targets.good import ACCEPTED, good_package, good_signed_twice, must, verified
from tests.hostile.forge import Forged, countersigned, forge


def raw(random: Random, folder: Path) -> None:
    """Any damage to the file: nothing but the very bytes may be accepted."""
    good = random.choice((good_package(), good_signed_twice()))
    content = damaged(random, good)
    found = verified(content, folder)
    must(content == good or found.outcome not in ACCEPTED, found.outcome)


def _bent(random: Random, forged: Forged) -> None:
    entry = random.choice(forged.entries)
    number = random.choice((0, 1, 8, 0x800, 0xFFFF, 0x8000, 20, 45))
    match random.randrange(14):
        case 0:
            entry.flags = number
        case 1:
            entry.method = random.choice((1, 8, 9, 12, 14, 93, 99, number))
        case 2:
            entry.external = random.getrandbits(32)
        case 3:
            entry.extra = random.choice((b"\1\0\x10\0" + bytes(16), b"up" + bytes(9), random.randbytes(5)))
        case 4:
            entry.name = damaged(random, entry.name)[:300]
        case 5:
            entry.local_name = damaged(random, entry.name)[:300]
        case 6:
            entry.offset = random.getrandbits(random.choice((4, 8, 12, 32)))
        case 7:
            entry.central_size = random.getrandbits(random.choice((4, 8, 12, 32)))
        case 8:
            entry.local_size = random.getrandbits(random.choice((4, 8, 12, 32)))
        case 9:
            forged.entries.insert(random.randint(0, len(forged.entries)), replace(entry))
        case 10:
            forged.entries.remove(entry)
        case 11:
            random.shuffle(forged.entries)
        case 12:
            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
            entry.stored, entry.method = packer.compress(entry.content) + packer.flush(), 8
        case _:
            forged.archive_comment = random.choice((b"", b"x", b"PK\5\6" + bytes(18)))
            forged.suffix = random.choice((b"", b"", b"PK\5\6" + bytes(18)))
            forged.prefix = random.choice((b"", b"MZ"))
            forged.before_end = random.choice((b"", b"PK\6\7" + bytes(16)))
            forged.count = random.choice((None, 0, 1, 0xFFFF, len(forged.entries) + 1))


def bent_container(random: Random, folder: Path) -> None:
    """Fields of the ZIP bent one by one, contents and checksums right."""
    forged = random.choice((forge, countersigned))()
    for _ in range(random.randint(1, 3)):
        if forged.entries:
            _bent(random, forged)
    content = forged.to_bytes()
    found = verified(content, folder)
    must(found.outcome not in ACCEPTED or _is_whole(content), found.outcome)


def _is_whole(content: bytes) -> bool:
    """Bent back to where it was, by another fault: the two good files, but for their times and salts."""
    try:
        read = read_stream(io.BytesIO(content), len(content))  # type: ignore[arg-type]
    except ProfileBroken:
        return False
    names = [entry.name for entry in read.directory.entries]
    return names in (
        [entry.name.decode() for entry in forge().entries],
        [entry.name.decode() for entry in countersigned().entries],
    )


def changed_content(random: Random, folder: Path) -> None:
    """One file's content changed, its checksums right, nothing signed anew."""
    forged = random.choice((forge, countersigned))()
    entry = random.choice(forged.entries)
    before = entry.content
    entry.content = damaged(random, before)
    found = verified(forged.to_bytes(), folder)
    must(entry.content == before or found.outcome not in ACCEPTED, (entry.name, found.outcome))
