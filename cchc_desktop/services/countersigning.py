"""Signing over a package that somebody made: the focal point signs, the head signs over it, on any PC."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from cchc_desktop.delivery import folder as channel
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.signer_choice import SignWith
from cchc_desktop.domain.verification import Verification
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.package import countersign as package
from cchc_desktop.package.naming import countersigned_name
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.store.profile import Profile
from cchc_desktop.store.unfinished import Beginnings
from cchc_desktop.trust import chosen_signer
from cchc_desktop.trust.trusted import load_trusted


@dataclass(frozen=True, slots=True)
class CountersignedFile:
    """The new file; the package that was signed over stays as it was."""

    path: Path
    size: int
    signatures: int


def look_at(file: Path, trust: Sequence[Path] = (), progress: Progress | None = None) -> Verification:
    """Who signed the package so far, and whether it can be signed over.

    Raises KnownError signers.countersign_not_intact, signers.countersign_full, package.missing, …
    """
    return package.countersignable(file, load_trusted(trust), vietnam_now(), progress).found


def countersign(
    file: Path,
    folder: Path,
    sign_with: SignWith,
    keys: Path,
    progress: Progress | None = None,
    profile: Profile | None = None,
) -> CountersignedFile:
    """Write the countersigned copy into `folder`, read it back; `keys` is the folder of our own key.

    The package is checked first, then the signer is opened, so a PIN is not asked in vain. An open `profile`
    remembers the unfinished file, so that its next start removes what a killed run left. Raises KnownError
    signers.…, trust.…, delivery.… (delivery.exists when it is there already), and `Cancelled`.
    """
    told = progress or Progress()
    there = package.countersignable(file, load_trusted(()), vietnam_now(), told)
    with (
        chosen_signer.opened(sign_with, keys) as signer,
        nullcontext() if profile is None else Beginnings(profile) as begun,
    ):
        now = vietnam_now()
        package.check_signer(there.found, signer.certificate, now)
        path, written = channel.place(
            folder.absolute(),
            countersigned_name(file.name, there.number),
            there.size,
            lambda to: package.countersign(there, to, signer, now, told),
            lambda part, _written: package.is_countersigned(part, there, vietnam_now(), told),
            *(() if begun is None else (begun.note,)),
        )
    return CountersignedFile(path, written.size, written.signatures)
