"""Signed PDFs and encrypted files."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from cchc_desktop.domain.verification import Outcome
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.trust import encryption
from cchc_desktop.trust.pades_check import check_pdf
from tests.fuzz.mutations import damaged, der_damaged
from tests.fuzz.targets.good import authority, must
from tests.hostile import pdf_forge
from tests.package.samples import NOW
from tests.trust.authority import DAY, rsa_key


def signed_pdf(random: Random, _folder: Path) -> None:
    """Any damage to a signed PDF: never another exception, never still valid as a whole."""
    good = good_pdf()
    content = damaged(random, good)
    found = check_pdf(content, pdf_forge.TRUSTED, pdf_forge.NOW)
    for reason in found.reasons:
        must(bool(render(reason.message)), reason)
    # The CMS stands in the file as hex: capital or small letters are the same bytes.
    _zero, gap, rest, _size = pdf_forge.range_of(good)
    same = content[:gap] + content[gap:rest].upper() + content[rest:]
    must(same == good or found.outcome is not Outcome.VALID, found.outcome)


@cache
def good_pdf() -> bytes:
    return pdf_forge.signed(pdf_forge.plain(1), pdf_forge.OTHER)


@cache
def envelope() -> tuple[bytes, Any]:
    """An encrypted file, and the key that opens it."""
    key = rsa_key(2048)
    _key, certificate = authority().issue("Sở Nội vụ", "SNV", NOW - DAY, NOW + DAY, key)
    sink = io.BytesIO()
    encryption.encrypt(io.BytesIO(SECRET), len(SECRET), sink, certificate)
    return sink.getvalue(), key


SECRET = b"a package " * 20


def encrypted_file(random: Random, _folder: Path) -> None:
    good, key = envelope()
    content = random.choice((damaged, der_damaged))(random, good)
    opened = io.BytesIO()
    try:
        source = io.BytesIO(content)
        found = encryption.read_envelope(source, len(content))
        encryption.decrypt(source, found, opened, key)
    except KnownError as error:
        must(bool(render(error.message)), error)
        return
    must(opened.getvalue() == SECRET, "other bytes were decrypted")
