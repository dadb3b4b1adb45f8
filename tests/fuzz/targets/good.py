"""What every target starts from: the good files, and what the reader promises."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from cchc_desktop.domain.verification import Outcome, Verification
from cchc_desktop.language import render
from cchc_desktop.package.verifier import verify_package
from cchc_desktop.trust.cades import sign_detached
from cchc_desktop.trust.trusted import Trusted
from tests.hostile.forge import countersigned, forge
from tests.package.samples import NOW, signer_of
from tests.trust.authority import DAY, AnySigner, Authority

DIGEST = hashlib.sha256(b"manifest").digest()
TRUSTED = Trusted((signer_of().certificate,))
ACCEPTED = {Outcome.VALID, Outcome.VALID_WITH_WARNINGS, Outcome.UNKNOWN_SIGNER}


class Finding(Exception):
    """The reader broke its promise."""


def must(holds: bool, what: object) -> None:
    if not holds:
        raise Finding(str(what))


@cache
def authority() -> Authority:
    return Authority(NOW)


@cache
def issued() -> AnySigner:
    key, certificate = authority().issue("UBND xã Ea Kao", "XA-EA-KAO", NOW - 9 * DAY, NOW + 9 * DAY)
    return AnySigner(key, certificate)


@cache
def revocations() -> bytes:
    gone = ((7, NOW - DAY, None),)
    return authority().revocations(NOW - DAY, NOW + DAY, gone)


@cache
def good_signature() -> bytes:
    return sign_detached(signer_of(), DIGEST, NOW)


@cache
def good_package() -> bytes:
    return forge().to_bytes()


@cache
def good_signed_twice() -> bytes:
    return countersigned().to_bytes()


def verified(content: bytes, folder: Path) -> Verification:
    path = folder / "case.asice"
    path.write_bytes(content)
    found = verify_package(path, TRUSTED, NOW)
    must(bool(found.reasons), "no reason")
    for reason in found.reasons:
        must(bool(render(reason.message)), reason)
    return found
