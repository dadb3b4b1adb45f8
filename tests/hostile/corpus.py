"""Every attack on a package, in one table: what it is against, how it is made, why it is refused.

Files are made by these scripts when they are needed; none lies in the repository.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from cchc_desktop.domain.verification import Outcome
from cchc_desktop.trust.trusted import Trusted
from tests.hostile.container import CONTAINER
from tests.hostile.contents import CHANGED, HEADS, MANIFESTS
from tests.hostile.forge import Forged, forge, resigned
from tests.hostile.signers import PINNED, SIGNERS
from tests.package.samples import NOW


@dataclass(frozen=True)
class Attack:
    """`codes` are the reasons that lead to `outcome`. The twin is trusted and dated as it says itself."""

    name: str
    codes: tuple[str, ...]
    outcome: Outcome
    build: Callable[[], bytes]
    trusted: Callable[[], Trusted] = lambda: PINNED
    now: datetime = NOW
    twin: Callable[[], bytes] = lambda: forge().to_bytes()
    twin_trusted: Callable[[], Trusted] = lambda: PINNED


def _bytes(build: Callable[[], Forged]) -> Callable[[], bytes]:
    return lambda: build().to_bytes()


# What these break is the very part that signing anew would mend.
_NOT_SIGNED_ANEW = frozenset({"manifest too large"})
SIGNED = "signed by its sender: "


def _resigned(build: Callable[[], Forged]) -> Callable[[], bytes] | None:
    if resigned(build()) is None:
        return None

    def again() -> bytes:
        forged = resigned(build())
        assert forged is not None
        return forged.to_bytes()

    return again


def _all() -> Iterator[Attack]:
    for name, (code, build) in CONTAINER.items():
        yield Attack(name, (code,), Outcome.UNREADABLE, _bytes(build))
        if name not in _NOT_SIGNED_ANEW and (again := _resigned(build)) is not None:
            yield Attack(SIGNED + name, (code,), Outcome.UNREADABLE, again)
    for name, (codes, build) in CHANGED.items():
        yield Attack(name, tuple(codes), Outcome.INVALID, _bytes(build))
    for name, (code, change) in MANIFESTS.items():
        yield Attack(
            name,
            (code,),
            Outcome.UNREADABLE,
            _bytes(lambda change=change: forge(manifest=change)),  # type: ignore[misc]
        )
    for name, (code, build) in HEADS.items():
        yield Attack(f"head: {name}", (code,), Outcome.UNREADABLE, _bytes(build))
    for name, attack in SIGNERS.items():
        yield Attack(
            name,
            attack.codes,
            attack.outcome,
            _bytes(attack.build),
            attack.trusted,
            attack.now,
            _bytes(attack.twin),
            attack.twin_trusted or attack.trusted,
        )
    lie = b"0" * 64 + b"  head.json\n"
    yield Attack(
        "list of digests that lies", ("package.sums_wrong",), Outcome.UNREADABLE,
        lambda: forge(sums=lie).to_bytes(),
    )  # fmt: skip


CORPUS: dict[str, Attack] = {attack.name: attack for attack in _all()}

# The rules of the format and the threats as the specification lists them, each with attacks that show it.
RULES: dict[str, tuple[str, ...]] = {
    "1 order of entries": (
        "mimetype second", "mimetype absent", "other mimetype", "sums absent", "signature before manifest",
        "second manifest without signature", "signatures in the other order",
    ),
    "2 one way to store": (
        "zip bomb", "data descriptor flag", "UTF-8 flag", "zip64 locator", "zip64 extra field", "comment",
        "entry comment", "bytes between entries", "other date", "made by DOS", "executable", "10,000 entries",
    ),
    "3 names by an allow-list": (
        "upper case", "other characters", "name too long", "empty name", "hidden file", "folder entry",
        "device name", "numbered device", "NTFS stream", "control character",
    ),
    "4 manifest in one spelling": (
        "other declaration", "byte order mark", "bytes at the end", "processing instruction", "XML comment",
        "file listed twice", "other order", "SHA-1", "loose digest", "list of digests that lies",
        "evidence removed", "evidence added",
    ),
    "5 one form of signature": ("certificate not for signing", "signature moved from another package"),
    "6 identity": ("head: other UUID", "signature of another name"),
    "7 head": tuple(name for name in CORPUS if name.startswith("head: ")),
    "8 light packages": ("head: not in the package, yet with an entry", "head: evidence that is not there"),
    "9 sender and period": ("head: sender as a path", "head: other period", "head: negative revision"),
}  # fmt: skip
THREATS: dict[str, tuple[str, ...]] = {
    "byte changed": ("wrong checksum", "head changed", "sums changed"),
    "evidence replaced": ("evidence replaced",),
    "evidence swapped": ("evidence swapped",),
    "evidence removed": ("evidence removed",),
    "evidence added": ("evidence added",),
    "signature stripped": (
        "signature stripped", "manifest and signature stripped", "first signature stripped",
    ),
    "signature unknown": ("signature of an unknown key", "authority of the same name"),
    "signature moved": (
        "signature moved from another package", "changes mended but for the signature",
        "first signature exchanged below the second", "second signature without the first",
    ),
    "sender and certificate of different units": (
        "sender and certificate of different units", "issued to another unit",
    ),
    "revoked": (
        "revoked before signing", "revoked later, the key was stolen", "revoked after signing",
        "revocation not known",
    ),
    "expired": (
        "expired before signing", "expired since signing", "signed before the certificate began",
    ),
    "wrong clock": (
        "signer's clock 11 minutes ahead", "signer's clock a year ahead", "signer's clock a year behind",
        "receiver's clock a year behind", "receiver's clock a year ahead",
    ),
    "zip bomb": ("zip bomb", "hard deflate bomb that hides its size"),
    "overlap": ("overlapping entries", "entries that share bytes"),
    "local/central mismatch": ("local name differs", "local size differs"),
    "duplicate names": ("duplicate name", "file that is a folder too", "folder that is a file too"),
    "symlink": ("symlink",),
    "encrypted flag": ("encrypted flag",),
    "zip64": ("zip64 locator", "zip64 entry count", "zip64 size", "zip64 extra field"),
    "comment": ("comment", "entry comment"),
    "prefix or suffix bytes": (
        "bytes before the first entry", "bytes after the end", "bytes before the end record",
    ),
    "truncation": ("entry count too high", "second volume"),
    "10,000 entries": ("10,000 entries", "entry count too low"),
    "path traversal": ("path traversal",),
    "absolute": ("absolute path", "network path"),
    "drive": ("drive", "drive-relative path"),
    "backslash": ("backslash",),
    "NUL": ("NUL",),
    "case and NFC collisions": (
        "names that differ in case", "names that differ in Unicode form", "list of digests in lower case",
        "signature in lower case", "folder of signatures in lower case", "NFC", "NFD",
    ),
    "trailing space": ("trailing space", "trailing dot"),
    "RTL override": ("RTL override", "zero-width letter", "head: name with RTL override"),
    "device names": ("device name", "numbered device"),
    "XML bomb": ("XML bomb", "entity in an attribute value", "attribute entity"),
    "XXE": ("XXE",),
    "UTF-16 DOCTYPE": ("UTF-16 DOCTYPE", "UTF-16 without a mark"),
    "deep or 30 MB XML": ("deep XML", "deep XML that closes", "30 MB XML", "manifest too large"),
    "JSON with 1e400": ("head: 1e400", "head: fraction"),
    "4,000-digit integers": ("head: 4,000 digits", "head: 5,000 digits"),
    "NaN": ("head: NaN", "head: Infinity"),
    "duplicate keys": ("head: duplicate key",),
    "lone surrogates": ("head: lone surrogate", "head: encoded surrogate"),
    "depth 100,000": ("head: depth 100,000", "head: objects 100,000 deep", "head: depth behind a string"),
}  # fmt: skip

# Threats that are no single bad file; each is shown where its room is tested.
ELSEWHERE: dict[str, tuple[str, ...]] = {
    "byte changed (every byte, also with CRC repaired)": (
        "tests/package/test_flips.py::test_every_flipped_byte_is_refused",
        "tests/package/test_flips.py::test_every_flipped_content_byte_is_refused_with_the_checksums_repaired",
    ),
    "truncation at every place": ("tests/package/test_flips.py::test_every_truncation_is_unreadable",),
    "replay and older revision": (
        "tests/domain/test_package_history.py::test_same_id_with_other_content_is_refused_when_taking_in",
        "tests/cli/test_verify_office.py::test_older_revision_is_named_from_the_register",
        "tests/cli/test_verify_office.py::test_replay_and_clock_going_back_are_named_from_the_register",
    ),
    "database edited behind the program's back": (
        "tests/services/test_edited_behind.py::test_changed_row_is_named_and_blocks",
        "tests/services/test_edited_behind.py::test_changed_journal_row_is_named_and_blocks",
        "tests/services/test_edited_behind.py::test_removed_journal_row_is_named_and_blocks",
    ),
    "signature in another form": (
        "tests/trust/test_signature.py::test_other_forms_are_unreadable",
        "tests/trust/test_signature.py::test_certificates_that_nobody_asked_for_are_refused",
        "tests/trust/test_signature.py::test_empty_values_inside_are_refused",
    ),
    "PDF with JavaScript, Launch, embedded files": (
        "tests/intake/test_active_pdf.py::test_pdf_is_pointed_out",
        "tests/services/test_packages.py::test_what_the_file_could_do_is_said",
    ),
    "XLSX bomb, macros, external links": (
        "tests/intake/test_active_office.py::test_office_file_is_pointed_out",
        "tests/intake/test_active_office.py::test_excel_bomb_is_not_unpacked",
    ),
    "image bombs": ("tests/intake/test_active_pictures.py::test_huge_picture_is_told_by_its_header",),
}
