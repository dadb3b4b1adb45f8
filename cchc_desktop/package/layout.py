"""What a package is made of: entry names, their order, their limits."""

from __future__ import annotations

import re

EXTENSION = ".asice"
MIMETYPE_NAME, MIMETYPE = "mimetype", b"application/vnd.etsi.asic-e+zip"
HEAD_NAME = "head.json"
PLAN_NAME, SELFSCORE_NAME = "data/plan.json", "data/selfscore.json"
FORMPACK_NAME = "data/formpack.json"
RECEIPT_NAME = "data/receipt.json"
ENROLMENT_NAME, ENROLMENT_REPLY_NAME = "data/enrolment.json", "data/enrolment-reply.json"
UPDATE_NAME = "data/update.json"
SUMS_NAME = "SHA256SUMS"
DOCUMENTS_FOLDER, EVIDENCE_FOLDER, FILES_FOLDER = "documents", "evidence", "files"

MOST_ENTRIES = 2000
LONGEST_NAME = 100
# FAT32 and ZIP without zip64 end at the same byte.
LARGEST_PACKAGE = 2**32 - 1
LARGEST_MANIFEST = 1024 * 1024
LARGEST_JSON = 8 * 1024 * 1024
MOST_SIGNATURES = 9

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*){0,3}")
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_MIME_TYPES = {
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".txt": "text/plain",
}


def manifest_name(number: int) -> str:
    return f"META-INF/ASiCManifest{number:03d}.xml"


def signature_name(number: int) -> str:
    return f"META-INF/signature{number:03d}.p7s"


def mime_type(name: str) -> str:
    if name == SUMS_NAME:
        return "text/plain"
    if name.startswith("META-INF/"):
        return "text/xml" if name.endswith(".xml") else "application/pkcs7-signature"
    return _MIME_TYPES.get(name[name.rfind(".") :], "application/octet-stream")


def fixed_names(signatures: int) -> tuple[str, ...]:
    """What follows the data files, in order."""
    pairs = (name(number) for number in range(1, signatures + 1) for name in (manifest_name, signature_name))
    return (SUMS_NAME, *pairs)


def name_fault(name: bytes) -> str | None:
    """Which rule a data file's name breaks, as a catalogue id; None for a good name."""
    fault = _named_fault(name)
    if fault is None and not _NAME.fullmatch(name.decode("ascii")):
        return "package.name_characters"
    return fault


def _named_fault(name: bytes) -> str | None:
    """The attacks that have a name of their own; what is left is told by the allow-list."""
    if len(name) > LONGEST_NAME:
        return "package.name_too_long"
    if b"\0" in name:
        return "package.name_zero_byte"
    if not name.isascii():
        return "package.name_not_ascii"
    if b"\\" in name:
        return "package.name_backslash"
    if name.startswith(b"/"):
        return "package.name_absolute"
    if name[1:2] == b":":
        return "package.name_drive"
    segments = name.split(b"/")
    if b".." in segments or b"." in segments:
        return "package.name_traversal"
    if name != name.lower():
        return "package.name_upper_case"
    if any(segment.endswith((b".", b" ")) for segment in segments):
        return "package.name_trailing"
    if any(_DEVICE.fullmatch(segment.decode("ascii")) for segment in segments):
        return "package.name_device"
    return None
