"""`files.json` of an installed version, read; and of a new one, in the same bytes as a build writes it."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from cchc_desktop.domain.update import LONGEST_PATH, MOST_FILES, TARGET, VERSION, Listing, ProgramFile
from cchc_desktop.errors import KnownError
from cchc_desktop.paths import LISTING

NAME = LISTING
LARGEST = 16 * 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")


def as_bytes(listing: Listing) -> bytes:
    """The one written form: the same list gives the same bytes, in a build and in an update."""
    files = {
        path: {"sha256": file.sha256, "size": file.size} | ({"executable": True} if file.executable else {})
        for path, file in sorted(listing.files.items())
    }
    whole = {"version": listing.version, "target": listing.target, "files": files}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def read(version_folder: Path) -> tuple[Listing, str]:
    """The list of an installed version and the SHA-256 of its bytes. Raises KnownError update.no_listing."""
    path = version_folder / NAME
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError("too large")
        content = path.read_bytes()
        return parsed(content), hashlib.sha256(content).hexdigest()
    except (OSError, ValueError) as error:
        folder = str(version_folder)
        raise KnownError(
            "update.no_listing", unusable_input=False, folder=folder, detail=str(error)
        ) from error


def parsed(content: bytes) -> Listing:
    """Raises ValueError for what no build of ours wrote."""
    whole = json.loads(content)
    try:
        version, target, files = str(whole["version"]), str(whole["target"]), dict(whole["files"])
        listed = {
            str(path): ProgramFile(
                str(file["sha256"]), int(file["size"]), bool(file.get("executable", False))
            )
            for path, file in files.items()
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error
    if not VERSION.fullmatch(version) or not TARGET.fullmatch(target) or len(listed) > MOST_FILES:
        raise ValueError("version, target or number of files")
    for path, file in listed.items():
        if len(path) > LONGEST_PATH or not _SHA256.fullmatch(file.sha256) or file.size < 0:
            raise ValueError(path[:LONGEST_PATH])
    return Listing(version, target, listed)


def digest_of(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file as it reads now."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), file.tell()
