"""What a profile believes: the certificates confirmed in it, those that came with it, its unit's own."""

from __future__ import annotations

from pathlib import Path

from cchc_desktop.quick_dataclass import replace
from cchc_desktop.trust.key_room import KeyRoom
from cchc_desktop.trust.trusted import Trusted, load_trusted, trusted_files


def believed(data: Path) -> Trusted:
    """Raises KnownError trust.file_… for a broken file among them."""
    found, room = load_trusted(trusted_files(data)), KeyRoom(data)
    if room.status().certificate is None:
        return found
    return replace(found, certificates=(*found.certificates, room.certificate()))
