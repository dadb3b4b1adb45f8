"""Updates of the program by stick or mail: what a pack brings, taking it, and the way back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from cchc_desktop import __version__
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.update import Update, misfits, system_name
from cchc_desktop.domain.verification import Outcome, Reason, SignerFinding, Verification
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.message import Message, message
from cchc_desktop.package import content
from cchc_desktop.package.directory import Directory
from cchc_desktop.package.layout import UPDATE_NAME
from cchc_desktop.package.verifier import verified_contents
from cchc_desktop.program import building, listing, switching
from cchc_desktop.program.place import Installation, installed
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.trust.trusted import load_trusted, publisher_files

# Nobody can fetch a new revocation list offline, and a publisher is no unit with a code.
_TOLERATED = frozenset({"trust.revocation_unknown", "trust.revocation_old", "package.sender_unproven"})
_ROOM_TO_SPARE = 16 * 1024 * 1024


@dataclass(frozen=True)
class ProgramState:
    """`running` is this process's version, `current` the one that the next start takes.

    `before` is the version that `back` leads to, "" without one. `fixed` says why no update
    can be taken here.
    """

    running: str
    current: str
    before: str = ""
    folder: Path | None = None
    fixed: Message | None = None

    @property
    def restart_needed(self) -> bool:
        return self.current != self.running


@dataclass(frozen=True)
class Offer:
    """What a pack is. `update` is None where it can't be believed to be one.

    `refusals` are all the reasons why it can't be taken here, `warnings` what to know before taking it;
    `size` is the pack's own.
    """

    pack: Path
    size: int
    update: Update | None
    verification: Verification
    refusals: tuple[Message, ...] = ()
    warnings: tuple[Message, ...] = ()

    @property
    def can_be_taken(self) -> bool:
        return self.update is not None and not self.refusals

    @property
    def version(self) -> str:
        """The one that it brings; "" where that can't be told."""
        return "" if self.update is None else self.update.version

    @property
    def system(self) -> Message:
        """What it is for, as people call it."""
        return system_name("" if self.update is None else self.update.target)

    @property
    def signer(self) -> SignerFinding | None:
        return self.verification.signers[0] if self.verification.signers else None


class UpdateRefused(KnownError):  # noqa: N818 - it says what is, as KnownError does
    """What speaks against a pack, all of it; `offer` is what was found in it."""

    def __init__(self, offer: Offer) -> None:
        name, reasons = offer.pack.name, offer.refusals
        super().__init__("update.refused", unusable_input=False, name=name, reasons=reasons)
        self.offer = offer


@dataclass(frozen=True)
class _Looked:
    offer: Offer
    directory: Directory | None


def state(place: Installation | None = None) -> ProgramState:
    """The program's versions here. Reads a few names only."""
    place = place or installed()
    if place is None:
        return ProgramState(__version__, __version__, fixed=message("update.not_installed"))
    now, before = place.current(), place.before()
    if now is None:
        broken = message("update.no_current", folder=str(place.root))
        return ProgramState(place.running.name, place.running.name, folder=place.root, fixed=broken)
    return ProgramState(place.running.name, now[0], before[0] if before else "", place.root)


def inspect(pack: Path, progress: Progress | None = None, place: Installation | None = None) -> Offer:
    """Look into a pack without changing anything: what it brings, who signed it, all that is against it.

    Raises KnownError package.missing, package.no_file, package.unreadable for a file that can't be opened,
    and trust.file_… for a spoilt certificate of the program's own; `Cancelled`.
    """
    return _look(pack, progress or Progress(), place or installed()).offer


def apply(pack: Path, progress: Progress | None = None, place: Installation | None = None) -> Offer:
    """Look into a pack and take it: it counts from the next start on. The version before is the way back.

    Raises `UpdateRefused`, the KnownErrors of `inspect` and of `switching.switch`, and `Cancelled`: the
    program is as it was then.
    """
    step, place = progress or Progress(), place or installed()
    looked = _look(pack, step, place)
    update, now = looked.offer.update, place.current() if place is not None else None
    if looked.offer.refusals or update is None or place is None or now is None or looked.directory is None:
        raise UpdateRefused(looked.offer)
    with content.opened(pack, looked.directory) as take_out:
        switching.switch(place, now[1], update, take_out, step)
    return looked.offer


def back(place: Installation | None = None) -> str:
    """Go back to the version before, from the next start on; its name.

    Raises KnownError update.not_installed, update.no_way_back, update.busy, update.read_only, ….
    """
    place = place or installed()
    if place is None:
        raise KnownError("update.not_installed", unusable_input=False)
    return switching.go_back(place)


def started() -> None:
    """Once the program is up: keep its version from being tidied away, and tidy up after the last update."""
    if (place := installed()) is not None:
        switching.hold(place)
        switching.tidy(place)


def launcher() -> Path | None:
    """What starts the program anew, in the version that counts then; None where it isn't installed."""
    place = installed()
    return None if place is None else place.launcher()


def _look(pack: Path, progress: Progress, place: Installation | None) -> _Looked:
    trusted = load_trusted(publisher_files())
    read = verified_contents(pack, trusted, vietnam_now(), progress)
    found, update = read.found, read.parts.get(UPDATE_NAME)
    size = pack.stat().st_size
    against = tuple(_against(found, bool(trusted.certificates)))
    if read.contents is None or found.outcome in (Outcome.INVALID, Outcome.UNREADABLE):
        return _Looked(Offer(pack, size, None, found, against), None)
    if found.kind != PackageKind.UPDATE.value or not isinstance(update, Update):
        other = message("update.other_kind", name=pack.name)
        return _Looked(Offer(pack, size, None, found, (other,)), None)
    refusals = (*against, *_misplaced(update, place))
    warnings = tuple(one.message for one in found.reasons if one.code in _TOLERATED and _matters(one))
    return _Looked(Offer(pack, size, update, found, refusals, warnings), read.contents.directory)


def _matters(reason: Reason) -> bool:
    return reason.leads_to is Outcome.VALID_WITH_WARNINGS and reason.code != "package.sender_unproven"


def _against(found: Verification, publishers: bool) -> Iterator[Message]:
    """What the signature and the pack's form have against it. Stricter than for reports: a program that is
    taken once does anything, so an expired or a meanwhile revoked certificate is no warning here.
    """
    for reason in found.reasons:
        if reason.leads_to is Outcome.VALID or reason.code in _TOLERATED:
            continue
        if reason.leads_to is Outcome.UNKNOWN_SIGNER:
            name = found.signers[0].name if found.signers else "?"
            code = found.signers[0].spoken_code if found.signers else "?"
            known = "update.unknown_signer" if publishers else "update.no_publisher"
            yield message(known, name=name, code=code)
        else:
            yield reason.message
    trusted = found.outcome in (Outcome.VALID, Outcome.VALID_WITH_WARNINGS)
    if trusted and not found.is_from_office:
        yield message("update.not_publisher", name=found.signers[0].name)


def _misplaced(update: Update, place: Installation | None) -> Iterator[Message]:
    """What speaks against it here: version, system, missing files, rights, room on the disk."""
    if place is None:
        yield message("update.not_installed")
        return
    now = place.current()
    if now is None:
        yield message("update.no_current", folder=str(place.root))
        return
    present = None
    try:
        present, digest = listing.read(now[1])
    except KnownError as error:
        yield error.message
    else:
        yield from misfits(update, present, digest)
        if missing := building.missing_files(now[1], present):
            yield message("update.base_damaged", name=missing[0], folder=str(now[1]))
    if (fault := building.write_fault(place)) is not None:
        yield fault.message
        return
    needed = update.size + _ROOM_TO_SPARE
    if present is not None:
        needed += building.copied_size(now[1], present, place.versions_folder)
    free = shutil.disk_usage(place.root).free
    if free < needed:
        yield message("update.no_room", needed=needed, free=free, folder=str(place.root))
