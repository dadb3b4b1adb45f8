"""The list of files and digests that is signed, in one exact spelling: no parser of XML ever sees it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable

from cchc_desktop.package.faults import ProfileBroken
from cchc_desktop.package.layout import MOST_ENTRIES, mime_type
from cchc_desktop.quick_dataclass import dataclass

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OPEN = (
    '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#"'
    ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#">\n'
)
_CLOSE = "</asic:ASiCManifest>\n"
_SIGNATURE = '  <asic:SigReference URI="{name}" MimeType="application/pkcs7-signature"/>\n'
_FILE = (
    '  <asic:DataObjectReference URI="{name}" MimeType="{mime}">\n'
    '    <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>\n'
    "    <ds:DigestValue>{digest}</ds:DigestValue>\n"
    "  </asic:DataObjectReference>\n"
)
_FOUND = re.compile(
    re.escape(_FILE)
    .replace(r"\{name\}", r"([A-Za-z0-9._/-]{1,100})")
    .replace(r"\{mime\}", r"[a-z0-9.+/-]{1,100}")
    .replace(r"\{digest\}", r"([A-Za-z0-9+/]{43}=)")
)


@dataclass(frozen=True, slots=True)
class FileDigest:
    """A file's entry name and its SHA-256."""

    name: str
    sha256: bytes


def write_manifest(signature: str, files: Iterable[FileDigest]) -> bytes:
    """The manifest whose signature stands in the entry `signature`."""
    body = "".join(
        _FILE.format(name=file.name, mime=mime_type(file.name), digest=base64.b64encode(file.sha256).decode())
        for file in files
    )
    return (_DECLARATION + _OPEN + _SIGNATURE.format(name=signature) + body + _CLOSE).encode("ascii")


def read_manifest(content: bytes, signature: str) -> tuple[FileDigest, ...]:
    """What the manifest lists. It is read by its one spelling, written anew and compared."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\0", b"<\0")):
        raise ProfileBroken("package.manifest_encoding")
    if b"<!" in content:
        raise ProfileBroken("package.manifest_doctype")
    if not content.startswith(_DECLARATION.encode()) or not content.isascii():
        raise ProfileBroken("package.manifest_encoding")
    found = _FOUND.findall(content.decode("ascii"))
    if len(found) > MOST_ENTRIES:
        raise ProfileBroken("package.manifest_form")
    files = tuple(FileDigest(name, base64.b64decode(digest)) for name, digest in found)
    if write_manifest(signature, files) != content:
        raise ProfileBroken("package.manifest_form")
    if len({file.name for file in files}) != len(files):
        raise ProfileBroken("package.manifest_twice")
    return files


def write_sums(files: Iterable[FileDigest]) -> bytes:
    """The same digests as `sha256sum -c` reads them."""
    return "".join(f"{file.sha256.hex()}  {file.name}\n" for file in files).encode("ascii")
