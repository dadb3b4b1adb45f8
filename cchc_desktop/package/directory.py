"""The structure of an untrusted ZIP, checked before any content is believed; bounded in time and memory.

Every rule has its own catalogue id, so that an office can tell a cut-off copy from an attack.
"""

from __future__ import annotations

import io

from cchc_desktop.package import zip_form as form
from cchc_desktop.package.faults import ProfileBroken
from cchc_desktop.package.layout import (
    LARGEST_PACKAGE,
    LONGEST_NAME,
    MIMETYPE_NAME,
    MOST_ENTRIES,
    MOST_SIGNATURES,
    SUMS_NAME,
    fixed_names,
    name_fault,
)
from cchc_desktop.quick_dataclass import dataclass

_LONGEST_COMMENT = 65535
_LARGEST_DIRECTORY = MOST_ENTRIES * (form.CENTRAL.size + LONGEST_NAME)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the package; `start` is where its content begins."""

    name: str
    size: int
    crc: int
    header_start: int
    start: int

    @property
    def end(self) -> int:
        return self.start + self.size


@dataclass(frozen=True, slots=True)
class Directory:
    """The entries in order. `signatures` is how many manifest and signature pairs there are."""

    entries: tuple[Entry, ...]
    signatures: int

    @property
    def data(self) -> tuple[Entry, ...]:
        """The data files: neither `mimetype` nor the list of digests nor anything in META-INF."""
        return self.entries[1 : len(self.entries) - len(fixed_names(self.signatures))]


def read_directory(file: io.RawIOBase, size: int) -> Directory:
    """The entries of a file of `size` bytes. Raises `ProfileBroken` at the first rule that it breaks."""
    if size == 0:
        raise ProfileBroken("package.empty_file")
    if size > LARGEST_PACKAGE:
        raise ProfileBroken("package.too_large")
    count, directory_size, directory_start = _end(file, size)
    records = _read(file, directory_start, directory_size)
    entries = _entries(records, count, directory_start)
    return Directory(entries, _signatures([entry.name for entry in entries]))


def check_local_header(header: bytes, entry: Entry) -> None:
    """The header before the content has to say what the directory says. Raises `ProfileBroken`."""
    if header != form.local_header(entry.name.encode("ascii"), entry.crc, entry.size):
        raise ProfileBroken("package.zip_local_differs", name=entry.name)


def _read(file: io.RawIOBase, start: int, count: int) -> bytes:
    """Exactly these bytes; a raw file may give fewer at a time."""
    file.seek(start)
    found = b""
    while len(found) < count:
        more = file.read(count - len(found))
        if not more:
            raise ProfileBroken("package.cut_off")
        found += more
    return found


def _end(file: io.RawIOBase, size: int) -> tuple[int, int, int]:
    """Entries, size and start of the directory, from the record that ends the file."""
    tail_size = min(size, form.END.size + _LONGEST_COMMENT)
    tail = _read(file, size - tail_size, tail_size)
    last = tail[-form.END.size :]
    if not last.startswith(form.END_BYTES) or len(last) < form.END.size:
        raise ProfileBroken(_what_ends_it(file, tail))
    _sign, disk, start_disk, here, count, directory_size, directory_start, comment = form.END.unpack(last)
    if comment:
        raise ProfileBroken("package.zip_comment")
    if tail[-form.END.size - 20 :].startswith(form.ZIP64_LOCATOR_BYTES) or 0xFFFF in (here, count):
        raise ProfileBroken("package.zip64")
    if 0xFFFFFFFF in (directory_size, directory_start):
        raise ProfileBroken("package.zip64")
    if disk or start_disk or here != count:
        raise ProfileBroken("package.zip_volumes")
    if count > MOST_ENTRIES:
        raise ProfileBroken("package.too_many_entries", count=count, most=MOST_ENTRIES)
    if directory_size > _LARGEST_DIRECTORY:
        raise ProfileBroken("package.zip_directory_size")
    gap = size - form.END.size - directory_size - directory_start
    if gap > 0:
        raise ProfileBroken("package.zip_extra_bytes")
    if gap < 0:
        raise ProfileBroken("package.zip_directory_place")
    return count, directory_size, directory_start


def _what_ends_it(file: io.RawIOBase, tail: bytes) -> str:
    """Why the file doesn't end as a ZIP does: no ZIP at all, cut off, a comment, or bytes added."""
    if _read(file, 0, min(2, len(tail))) != b"PK" and form.END_BYTES not in tail:
        return "package.not_zip"
    found = tail.rfind(form.END_BYTES)
    if found < 0 or found + form.END.size > len(tail):
        return "package.cut_off"
    comment = form.END.unpack(tail[found : found + form.END.size])[-1]
    return "package.zip_comment" if found + form.END.size + comment == len(tail) else "package.zip_suffix"


def _entries(records: bytes, count: int, directory_start: int) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    names: set[str] = set()
    at, expected = 0, 0
    for _number in range(count):
        entry, at = _entry(records, at)
        # Where letters' case means nothing, "sha256sums" would take the place of "SHA256SUMS".
        if entry.name.lower() in names:
            raise ProfileBroken("package.name_twice", name=entry.name)
        if entry.header_start < expected:
            raise ProfileBroken("package.zip_overlap", name=entry.name)
        if entry.header_start > expected:
            code = "package.zip_prefix" if not entries else "package.zip_gap"
            raise ProfileBroken(code, name=entry.name)
        names.add(entry.name.lower())
        entries.append(entry)
        expected = entry.end
    if at != len(records):
        raise ProfileBroken("package.zip_directory_size")
    if expected != directory_start:
        code = "package.zip_overlap" if expected > directory_start else "package.zip_gap"
        raise ProfileBroken(code, name=entries[-1].name if entries else "")
    for entry in entries:
        folder = entry.name.lower().rpartition("/")[0]
        while folder:
            if folder in names:
                raise ProfileBroken("package.name_folder", name=entry.name)
            folder = folder.rpartition("/")[0]
    return tuple(entries)


def _entry(records: bytes, at: int) -> tuple[Entry, int]:
    if at + form.CENTRAL.size > len(records):
        raise ProfileBroken("package.zip_directory_size")
    fields = form.CENTRAL.unpack_from(records, at)
    sign, made_by, needed, flags, method, time, date, crc, packed, size = fields[:10]
    name_length, extra, comment, disk, internal, external, offset = fields[10:]
    if sign != form.CENTRAL_SIGN:
        raise ProfileBroken("package.zip_directory_size")
    end = at + form.CENTRAL.size + name_length
    raw = records[at + form.CENTRAL.size : end]
    if name_length == 0 or len(raw) != name_length:
        raise ProfileBroken("package.name_empty")
    name = _checked_name(raw)
    if flags & 1:
        raise ProfileBroken("package.zip_encrypted", name=name)
    if flags:
        raise ProfileBroken("package.zip_flags", name=name)
    if 0xFFFFFFFF in (packed, size, offset):
        raise ProfileBroken("package.zip64")
    if method != form.STORED or packed != size:
        raise ProfileBroken("package.zip_compressed", name=name)
    if extra or comment:
        raise ProfileBroken("package.zip_extra_field", name=name)
    if external & form.FILE_TYPE_BITS == form.SYMLINK:
        raise ProfileBroken("package.zip_symlink", name=name)
    constants = (made_by, needed, time, date, disk, internal, external)
    if constants != (form.MADE_BY, form.NEEDED, form.TIME, form.DATE, 0, 0, form.RIGHTS):
        raise ProfileBroken("package.zip_attributes", name=name)
    return Entry(name, size, crc, offset, offset + form.LOCAL.size + name_length), end


_FIXED = frozenset({MIMETYPE_NAME, *fixed_names(MOST_SIGNATURES)})


def _checked_name(raw: bytes) -> str:
    """The name, when it is one of the fixed ones or on the allow-list."""
    if raw.isascii() and raw.decode("ascii") in _FIXED:
        return raw.decode("ascii")
    if (fault := name_fault(raw)) is not None:
        raise ProfileBroken(fault, name=_shown(raw))
    return raw.decode("ascii")


def _shown(raw: bytes) -> str:
    """A hostile name as harmless ASCII, short enough for a sentence."""
    return ascii(raw[:LONGEST_NAME].decode("utf-8", "backslashreplace"))[1:-1]


def _signatures(names: list[str]) -> int:
    """How many signature pairs there are. Raises `ProfileBroken` when the order is not the profile's."""
    if not names or names[0] != MIMETYPE_NAME:
        raise ProfileBroken("package.mimetype_not_first")
    if SUMS_NAME not in names:
        raise ProfileBroken("package.sums_missing")
    after = names[names.index(SUMS_NAME) :]
    signatures = (len(after) - 1) // 2
    if signatures == 0:
        raise ProfileBroken("package.signature_missing")
    if signatures > MOST_SIGNATURES or after != list(fixed_names(signatures)):
        raise ProfileBroken("package.order")
    data = names[1 : names.index(SUMS_NAME)]
    if not data or any(name in _FIXED or name.startswith("meta-inf/") for name in data):
        raise ProfileBroken("package.order")
    return signatures
