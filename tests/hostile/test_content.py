"""Attacks on what is inside, each validly signed by an enrolled sender, each refused for its own reason."""

from __future__ import annotations

import time
from pathlib import Path

from cchc_desktop.domain.verification import Outcome, Verification
from cchc_desktop.language import render
from cchc_desktop.package.verifier import verify_package
from cchc_desktop.trust.trusted import Trusted
from tests.hostile.contents import replaced
from tests.hostile.forge import Forged, countersigned, forge
from tests.package.samples import NOW, signer_of

TRUSTED = Trusted((signer_of().certificate,))


def verified(forged: Forged | bytes, folder: Path) -> Verification:
    path = folder / "hostile.asice"
    path.write_bytes(forged if isinstance(forged, bytes) else forged.to_bytes())
    begun = time.perf_counter()
    found = verify_package(path, TRUSTED, NOW)
    assert time.perf_counter() - begun < 1
    assert all(render(reason.message) for reason in found.reasons)
    return found


def worst_codes(found: Verification) -> list[str]:
    return [reason.code for reason in found.reasons if reason.leads_to is found.outcome]


def test_the_untampered_twin_passes(tmp_path: Path) -> None:
    assert verified(forge(), tmp_path).outcome is Outcome.VALID


# --- changed after signing --------------------------------------------------------------------------------


def test_changed_file_is_named_and_the_others_are_not(tmp_path: Path) -> None:
    found = verified(replaced(), tmp_path)
    assert {file.name: file.ok for file in found.files} == {
        "head.json": True,
        "documents/selfscore.pdf": True,
        "evidence/0001.pdf": False,
        "evidence/0002.png": True,
    }


# --- manifests --------------------------------------------------------------------------------------------


def test_base64_with_another_spelling_of_the_digest_is_unreadable(tmp_path: Path) -> None:
    """The last letter of 43 has two bits that mean nothing: they have to be zero."""

    def loose(manifest: bytes) -> bytes:
        at = manifest.index(b"=</ds:DigestValue>") - 1
        letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        other = letters[letters.index(manifest[at : at + 1]) + 1]
        return manifest[:at] + bytes((other,)) + manifest[at + 1 :]

    found = verified(forge(manifest=loose), tmp_path)
    assert (found.outcome, worst_codes(found)) == (Outcome.UNREADABLE, ["package.manifest_form"])


# --- signatures -------------------------------------------------------------------------------------------


def test_countersignature_over_the_first_is_valid(tmp_path: Path) -> None:
    forged = countersigned()
    found = verified(forged, tmp_path)
    assert found.outcome is Outcome.VALID
    assert [signer.outcome for signer in found.signers] == [Outcome.VALID, Outcome.VALID]
