"""What a Windows file (PE32+, x64) asks of others and offers: the names of its imports and exports.

Only what pruning and the forwarder need is read. Source of the layout: Microsoft's "PE Format".
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from resources.installer import BuildError

X64 = 0x8664
_PE32_PLUS = 0x20B
_EXPORTS, _IMPORTS, _DELAYED = 0, 1, 13
_NAME_LIMIT = 512


@dataclass(frozen=True)
class PeFile:
    """`imports` and `delayed` are file names in small letters, `exports` the named ones in order of name."""

    machine: int
    imports: tuple[str, ...]
    delayed: tuple[str, ...]
    exports: tuple[str, ...]

    @property
    def needs(self) -> frozenset[str]:
        return frozenset((*self.imports, *self.delayed))


def is_pe(path: Path) -> bool:
    """Whether this is a program or a library by its ending."""
    return path.suffix.lower() in (".dll", ".pyd", ".exe")


def read(path: Path) -> PeFile:
    """Raises BuildError for a file that is no whole x64 program or library."""
    return parse(path.read_bytes(), path.name)


def parse(data: bytes, name: str) -> PeFile:
    """The same of bytes; `name` is for the error."""
    try:
        found = _parse(data)
    except (struct.error, IndexError, ValueError) as error:
        raise BuildError(f"{name} is no whole Windows program or library: {error}") from error
    if found.machine != X64:
        raise BuildError(f"{name} is not made for 64-bit Windows (machine {found.machine:#06x})")
    return found


def _parse(data: bytes) -> PeFile:
    if data[:2] != b"MZ":
        raise ValueError("it does not begin with MZ")
    (head,) = struct.unpack_from("<I", data, 0x3C)
    if data[head : head + 4] != b"PE\0\0":
        raise ValueError("it has no PE header")
    machine, sections, _time, _symbols, _count, optional_size, _flags = struct.unpack_from(
        "<HHIIIHH", data, head + 4
    )
    optional = head + 24
    (magic,) = struct.unpack_from("<H", data, optional)
    if magic != _PE32_PLUS:
        return PeFile(machine, (), (), ())
    (directories,) = struct.unpack_from("<I", data, optional + 108)
    image = _Image(data, _section_table(data, optional + optional_size, sections))

    def directory(number: int) -> int:
        if number >= directories:
            return 0
        (address,) = struct.unpack_from("<I", data, optional + 112 + 8 * number)
        return int(address)

    return PeFile(
        machine,
        _library_names(image, directory(_IMPORTS), size=20, name_at=12),
        _library_names(image, directory(_DELAYED), size=32, name_at=4),
        _export_names(image, directory(_EXPORTS)),
    )


@dataclass(frozen=True)
class _Image:
    data: bytes
    sections: tuple[tuple[int, int, int], ...]
    """(address in memory, length in the file, place in the file) of each."""

    def place(self, address: int) -> int:
        for start, length, offset in self.sections:
            if start <= address < start + length:
                return address - start + offset
        raise ValueError(f"address {address:#x} lies in no section")

    def name(self, address: int) -> str:
        begin = self.place(address)
        end = self.data.index(b"\0", begin, begin + _NAME_LIMIT)
        return self.data[begin:end].decode("ascii")


def _section_table(data: bytes, at: int, count: int) -> tuple[tuple[int, int, int], ...]:
    table = []
    for number in range(count):
        _virtual, address, length, offset = struct.unpack_from("<IIII", data, at + 40 * number + 8)
        table.append((address, length, offset))
    return tuple(table)


def _library_names(image: _Image, directory: int, size: int, name_at: int) -> tuple[str, ...]:
    """Both import tables are arrays of records that end with an empty one and point at a name each."""
    if not directory:
        return ()
    names: list[str] = []
    at = image.place(directory)
    while True:
        record = image.data[at : at + size]
        if len(record) < size:
            raise ValueError("an import table has no end")
        (name,) = struct.unpack_from("<I", record, name_at)
        if not name:
            return tuple(names)
        names.append(image.name(name).lower())
        at += size


def _export_names(image: _Image, directory: int) -> tuple[str, ...]:
    if not directory:
        return ()
    at = image.place(directory)
    (count,) = struct.unpack_from("<I", image.data, at + 24)
    (names,) = struct.unpack_from("<I", image.data, at + 32)
    if not count:
        return ()
    addresses = struct.unpack_from(f"<{count}I", image.data, image.place(names))
    return tuple(image.name(address) for address in addresses)


def closure(roots: Iterable[str], needs: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Roots and all that they need, directly or not, among the files that are there (small letters)."""
    found: set[str] = set()
    open_names = [name.lower() for name in roots]
    while open_names:
        name = open_names.pop()
        if name in found or name not in needs:
            continue
        found.add(name)
        open_names.extend(needs[name])
    return frozenset(found)
