"""A light package and its evidence packs: how files are shared out, and what the receiver still waits for.

The light package names each evidence file by its digest; the packs carry the files, in any order. Each pack
is a signed package of its own that says which light package it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from cchc_desktop.domain.package_head import PackagedEvidence
from cchc_desktop.domain.verification import Outcome, Verification
from cchc_desktop.quick_dataclass import dataclass

# What a pack takes besides its files, on the safe side: head, digests, manifest, signature with chain; and
# for each file its entry, its directory line and its lines in head, digests and manifest.
PACK_ROOM, FILE_ROOM = 40_000, 1_200

_UNUSABLE = frozenset({Outcome.INVALID, Outcome.UNREADABLE})


class Sized(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def size(self) -> int: ...


File = TypeVar("File", bound=Sized)


def room_of(file: Sized) -> int:
    """What a file takes in a pack; its name may be written in long."""
    return file.size + FILE_ROOM + 6 * len(file.name)


def shared_out(files: Sequence[File], capacity: int) -> tuple[tuple[tuple[File, ...], ...], tuple[File, ...]]:
    """(packs that each fit `capacity` bytes, files too large for any). The largest files find room first."""
    packs: list[list[File]] = []
    left: list[int] = []
    too_large: list[File] = []
    for file in sorted(files, key=lambda one: (-one.size, one.name)):
        needed = room_of(file)
        if needed > capacity - PACK_ROOM:
            too_large.append(file)
            continue
        at = next((number for number, room in enumerate(left) if needed <= room), len(packs))
        if at == len(packs):
            packs.append([])
            left.append(capacity - PACK_ROOM)
        packs[at].append(file)
        left[at] -= needed
    return tuple(tuple(pack) for pack in packs), tuple(too_large)


@dataclass(frozen=True, slots=True)
class Ticked:
    """Of a light package: the evidence that came (in it or in a pack) and what is still missing.

    `parts` are the numbers of the packs that came, `of` how many there are (0: not known yet). `foreign` are
    packs that belong to another package, or can't be used, and were left aside.
    """

    arrived: tuple[PackagedEvidence, ...]
    missing: tuple[PackagedEvidence, ...]
    parts: tuple[int, ...]
    of: int
    foreign: tuple[Verification, ...]

    @property
    def is_whole(self) -> bool:
        return not self.missing


def belongs(pack: Verification, light: Verification) -> bool:
    """Whether a pack is unchanged, names that very light package, and is of the same sender and filing."""
    named = pack.pack_of
    if named is None or pack.outcome in _UNUSABLE:
        return False
    return (named.package_id, named.manifest_sha256) == (light.package_id, light.manifest_sha256) and (
        (pack.sender, pack.kind, pack.period, pack.revision)
        == (light.sender, light.kind, light.period, light.revision)
    )


def tick_off(light: Verification, packs: Iterable[Verification]) -> Ticked:
    """Packs in any order, the same one twice or none.

    A file is told by its size and digest, which the light package's signature covers; so it doesn't matter
    who carried it, only that it is that file.
    """
    own: list[Verification] = []
    foreign: list[Verification] = []
    for pack in packs:
        (own if belongs(pack, light) else foreign).append(pack)
    came = {(file.size, file.sha256) for one in (light, *own) for file in one.evidence if file.in_package}
    arrived = tuple(file for file in light.evidence if (file.size, file.sha256) in came)
    missing = tuple(file for file in light.evidence if (file.size, file.sha256) not in came)
    named = [pack.pack_of for pack in own if pack.pack_of is not None]
    parts = tuple(sorted({one.part for one in named}))
    return Ticked(arrived, missing, parts, max((one.parts for one in named), default=0), tuple(foreign))
