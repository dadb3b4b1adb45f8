"""Countersigning: who may, what it covers, and that the order of the signatures can be proved."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.verification import Outcome, Verification
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.language import render
from cchc_desktop.package.archive import Archive
from cchc_desktop.package.countersign import (
    Countersignable,
    check_signer,
    countersign,
    countersignable,
    is_countersigned,
)
from cchc_desktop.package.layout import MOST_SIGNATURES, manifest_name, signature_name
from cchc_desktop.package.manifest import read_manifest
from cchc_desktop.package.naming import countersigned_name
from cchc_desktop.package.reader import read_contents
from cchc_desktop.package.verifier import verify_package
from cchc_desktop.trust.algorithms import SignatureAlgorithm
from cchc_desktop.trust.cades import sign_detached
from cchc_desktop.trust.certificate import read_certificate, self_signed
from cchc_desktop.trust.signer import KeySigner, Signer, SoftwareSigner
from cchc_desktop.trust.trusted import Trusted
from tests.package.samples import NOW, head, on_disk, packed, signer_of
from tests.trust.authority import DAY, AnySigner, Authority, rsa_key

LATER = NOW + timedelta(minutes=2)


def person(name: str = "Lê Văn Á", code: str = "XA-EA-KAO") -> SoftwareSigner:
    """Another key of the same unit."""
    key, der = self_signed(name, code, NOW - DAY)
    return SoftwareSigner(key, read_certificate(der))


def nobody() -> Signer:
    """A certificate without a unit's code, as the state's certificates of persons are."""
    key, certificate = Authority(NOW).issue("Lê Văn Á", "", NOW - DAY, NOW + DAY)
    return AnySigner(key, certificate)


def over(package: Path, signer: Signer, to: Path, at: datetime = LATER) -> Path:
    there = countersignable(package, Trusted(), NOW)
    with to.open("xb") as file:
        written = countersign(there, file, signer, at)
    assert written.size == to.stat().st_size <= there.size
    assert is_countersigned(to, there, LATER, None)
    return to


def code_of(caught: pytest.ExceptionInfo[KnownError]) -> str:
    assert render(caught.value.message)
    return caught.value.code


def word(path: Path, *pinned: Signer) -> Verification:
    certificates = (signer_of().certificate, *(signer.certificate for signer in pinned))
    return verify_package(path, Trusted(certificates), LATER)


def entries(path: Path) -> dict[str, bytes]:
    content, contents = path.read_bytes(), read_contents(path)
    return {entry.name: content[entry.start : entry.end] for entry in contents.directory.entries}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return on_disk(tmp_path, packed()[0])


def test_the_head_signs_over_the_focal_point(package: Path, tmp_path: Path) -> None:
    before, head_of_unit = package.read_bytes(), person()
    second = over(package, head_of_unit, tmp_path / "second.asice")
    found = word(second, head_of_unit)
    assert found.outcome is Outcome.VALID
    assert [signer.name for signer in found.signers] == ["UBND xã Ea Kao", "Lê Văn Á"]
    assert found.manifest_sha256 == word(package).manifest_sha256  # still the same package
    assert package.read_bytes() == before


def test_every_data_byte_and_the_first_signature_are_taken_over_as_they_are(
    package: Path, tmp_path: Path
) -> None:
    one, two = entries(package), entries(over(package, person(), tmp_path / "two.asice"))
    assert {name: two[name] for name in one} == one
    assert list(two)[-2:] == ["META-INF/ASiCManifest002.xml", "META-INF/signature002.p7s"]


def test_rule_1_the_second_manifest_covers_data_first_manifest_and_first_signature(
    package: Path, tmp_path: Path
) -> None:
    second = over(package, person(), tmp_path / "second.asice")
    listed = [file.name for file in read_manifest(entries(second)[manifest_name(2)], signature_name(2))]
    assert listed == [
        "head.json",
        "documents/selfscore.pdf",
        "evidence/0001.pdf",
        "evidence/0002.png",
        "SHA256SUMS",
        "META-INF/ASiCManifest001.xml",
        "META-INF/signature001.p7s",
    ]


def rebuilt(parts: dict[str, bytes], to: Path) -> Path:
    """The same entries as a package of good form."""
    with to.open("xb") as file:
        archive = Archive(file, Progress(), 1)
        for name, content in parts.items():
            archive.add_bytes(name, content)
        archive.close()
    return to


def swapped(parts: dict[str, bytes]) -> dict[str, bytes]:
    """First and second signature with their manifests in each other's place."""
    for one, two in ((manifest_name(1), manifest_name(2)), (signature_name(1), signature_name(2))):
        parts[one], parts[two] = parts[two], parts[one]
    return parts


def signatures_swapped(parts: dict[str, bytes]) -> dict[str, bytes]:
    one, two = signature_name(1), signature_name(2)
    parts[one], parts[two] = parts[two], parts[one]
    return parts


def first_taken_away(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The head alone, as if the focal point had never signed."""
    second = {manifest_name(1): parts.pop(manifest_name(2)), signature_name(1): parts.pop(signature_name(2))}
    return {name: content for name, content in parts.items() if name not in second} | second


def first_signed_anew(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Another valid signature over the same first manifest, in place of the one that was covered."""
    digest = sha256(parts[manifest_name(1)]).digest()
    return parts | {signature_name(1): sign_detached(person("Kẻ khác"), digest, NOW)}


@pytest.mark.parametrize("attack", [swapped, signatures_swapped, first_taken_away, first_signed_anew])
def test_the_order_is_provable(
    package: Path, tmp_path: Path, attack: Callable[[dict[str, bytes]], dict[str, bytes]]
) -> None:
    """The untampered twin passes; then each way to change who signed first is refused."""
    head_of_unit = person()
    second = over(package, head_of_unit, tmp_path / "second.asice")
    twin = rebuilt(entries(second), tmp_path / "twin.asice")
    assert word(twin, head_of_unit).outcome is Outcome.VALID
    found = word(rebuilt(attack(entries(second)), tmp_path / "attacked.asice"), head_of_unit)
    assert found.outcome in (Outcome.INVALID, Outcome.UNREADABLE)


def test_without_the_second_signature_it_is_the_first_package_again(package: Path, tmp_path: Path) -> None:
    """Nothing hides that the head's signature is missing: one signer is shown, not two."""
    parts = entries(over(package, person(), tmp_path / "second.asice"))
    alone = rebuilt(dict(itertools.islice(parts.items(), len(parts) - 2)), tmp_path / "alone.asice")
    assert alone.read_bytes() == package.read_bytes()
    assert len(word(alone).signers) == 1


def test_a_certificate_without_unit_code_may_countersign_and_the_receiver_is_told(
    package: Path, tmp_path: Path
) -> None:
    signer = nobody()
    found = word(over(package, signer, tmp_path / "second.asice"), signer)
    assert found.outcome is Outcome.VALID_WITH_WARNINGS
    assert "package.sender_unproven" in {reason.code for reason in found.reasons}


def test_another_units_certificate_may_not(package: Path, tmp_path: Path) -> None:
    there = countersignable(package, Trusted(), NOW)
    with pytest.raises(KnownError) as caught:
        countersign(there, io.BytesIO(), person("UBND xã Hòa Phú", "XA-HOA-PHU"), LATER)
    assert code_of(caught) == "signers.countersign_other_unit"


def test_the_same_certificate_may_not_sign_twice(package: Path) -> None:
    found = countersignable(package, Trusted(), NOW).found
    with pytest.raises(KnownError) as caught:
        check_signer(found, signer_of().certificate, LATER)
    assert code_of(caught) == "signers.countersign_twice"


def test_a_clock_before_the_first_signature_is_refused(package: Path) -> None:
    found = countersignable(package, Trusted(), NOW).found
    with pytest.raises(KnownError) as caught:
        check_signer(found, person().certificate, NOW - timedelta(seconds=1))
    assert code_of(caught) == "signers.countersign_clock"


def test_a_later_signature_with_an_earlier_time_is_pointed_out(package: Path, tmp_path: Path) -> None:
    """Somebody else's program may write such a package; the order holds, the claimed time does not."""
    head_of_unit = person()
    parts = entries(over(package, head_of_unit, tmp_path / "second.asice"))
    digest = sha256(parts[manifest_name(2)]).digest()
    parts[signature_name(2)] = sign_detached(head_of_unit, digest, NOW - timedelta(hours=1))
    found = word(rebuilt(parts, tmp_path / "early.asice"), head_of_unit)
    assert found.outcome is Outcome.VALID_WITH_WARNINGS
    assert "signers.signed_before_covered" in {reason.code for reason in found.reasons}


def test_what_is_not_intact_is_not_signed_over(package: Path, tmp_path: Path) -> None:
    content = bytearray(package.read_bytes())
    content[content.index(b"% a scan")] ^= 1
    with pytest.raises(KnownError) as caught:
        countersignable(on_disk(tmp_path, bytes(content), "changed.asice"), Trusted(), NOW)
    assert code_of(caught) == "signers.countersign_not_intact"
    with pytest.raises(KnownError) as caught:
        countersignable(on_disk(tmp_path, b"PK no package", "none.asice"), Trusted(), NOW)
    assert code_of(caught) == "signers.countersign_not_intact"


def test_a_package_that_changes_while_it_is_copied_is_not_signed(package: Path) -> None:
    """Between reading and copying, the same bytes are demanded: what is signed is what was checked."""
    there = countersignable(package, Trusted(), NOW)
    content = bytearray(package.read_bytes())
    content[content.index(b"% a scan")] ^= 1
    package.write_bytes(content)
    to = io.BytesIO()
    with pytest.raises(KnownError) as caught:
        countersign(there, to, person(), LATER)
    assert code_of(caught) == "signers.countersign_changed"
    assert b"signature002" not in to.getvalue()


def test_a_copy_that_is_not_the_checked_one_is_noticed_when_read_back(package: Path, tmp_path: Path) -> None:
    there = countersignable(package, Trusted(), NOW)
    second = over(package, person(), tmp_path / "second.asice")
    assert is_countersigned(second, there, LATER, None)
    assert not is_countersigned(package, there, LATER, None)
    other = on_disk(tmp_path, packed(head(sender_name="UBND xã khác"))[0], "other.asice")
    other_second = over(other, person(), tmp_path / "other2.asice")
    assert not is_countersigned(other_second, there, LATER, None)


def test_up_to_the_bound_and_not_beyond(package: Path, tmp_path: Path) -> None:
    signers = [person(f"Người {number}") for number in range(2, MOST_SIGNATURES + 1)]
    at = package
    for number, signer in enumerate(signers, start=2):
        at = over(at, signer, tmp_path / f"{number}.asice", NOW + timedelta(seconds=number))
    found = word(at, *signers)
    assert found.outcome is Outcome.VALID
    assert len(found.signers) == MOST_SIGNATURES
    with pytest.raises(KnownError) as caught:
        countersignable(at, Trusted(), NOW)
    assert code_of(caught) == "signers.countersign_full"


def test_cancelling_stops_the_copy(package: Path) -> None:
    there: Countersignable = countersignable(package, Trusted(), NOW)
    progress = Progress()
    progress.stop()
    with pytest.raises(Cancelled):
        countersign(there, io.BytesIO(), person(), LATER, progress)


def test_the_name_says_how_many_signed() -> None:
    assert countersigned_name("XA-EA-KAO_TCD_2026_L00.asice", 2) == "XA-EA-KAO_TCD_2026_L00_K02.asice"
    assert countersigned_name("XA-EA-KAO_TCD_2026_L00_K02.asice", 3) == "XA-EA-KAO_TCD_2026_L00_K03.asice"


def test_a_key_of_any_allowed_kind_countersigns(package: Path, tmp_path: Path) -> None:
    authority = Authority(NOW)
    key, certificate = authority.issue("Lê Văn Á", "XA-EA-KAO", NOW - DAY, NOW + DAY, rsa_key(2048))
    signer = KeySigner(key, certificate, SignatureAlgorithm.RSA_PSS)
    assert word(over(package, signer, tmp_path / "pss.asice"), signer).outcome is Outcome.VALID


def test_a_countersignature_of_another_unit_is_invalid_for_the_receiver(
    package: Path, tmp_path: Path
) -> None:
    """Another program may write it; although both are known here, sender and certificate are of two units."""
    own, stranger = person("Phó Chủ tịch"), person("UBND xã Hòa Phú", "XA-HOA-PHU")
    parts = entries(over(package, person(), tmp_path / "second.asice"))
    twin = parts | {signature_name(2): _signed_over(parts, own)}
    assert word(rebuilt(twin, tmp_path / "twin.asice"), own).outcome is Outcome.VALID
    forged = parts | {signature_name(2): _signed_over(parts, stranger)}
    found = word(rebuilt(forged, tmp_path / "forged.asice"), stranger)
    assert found.outcome is Outcome.INVALID
    assert "package.sender_other" in {reason.code for reason in found.reasons}


def _signed_over(parts: dict[str, bytes], signer: Signer) -> bytes:
    return sign_detached(signer, sha256(parts[manifest_name(2)]).digest(), LATER)
