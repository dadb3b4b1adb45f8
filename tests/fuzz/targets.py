"""What is fuzzed: each target is `case(random, folder)`, which raises `Finding` or anything else.

A target first lets its good input pass (`twins`), so that a run in which everything is refused shows.
"""

from __future__ import annotations

import hashlib
import io
import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from asn1crypto import pem
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from cchc_desktop.domain.enrolment import EnrolmentReply, EnrolmentRequest
from cchc_desktop.domain.receipt import Receipt
from cchc_desktop.domain.verification import Outcome, Verification
from cchc_desktop.errors import KnownError
from cchc_desktop.intake.active_content import look_inside
from cchc_desktop.language import render
from cchc_desktop.package.content_codec import read_plan, read_selfscore, write_plan, write_selfscore
from cchc_desktop.package.enrolment_codec import read_reply, read_request, write_reply, write_request
from cchc_desktop.package.faults import ProfileBroken
from cchc_desktop.package.head_codec import read_head, write_head
from cchc_desktop.package.manifest import read_manifest, write_manifest
from cchc_desktop.package.reader import read_stream
from cchc_desktop.package.receipt_codec import read_receipt, write_receipt
from cchc_desktop.package.verifier import verify_package
from cchc_desktop.trust import authority as office
from cchc_desktop.trust import encryption
from cchc_desktop.trust.cades import SignatureParts, assemble, sign_detached, signed_attributes
from cchc_desktop.trust.certificate import CertificateUnreadable, read_certificate
from cchc_desktop.trust.der import SEQUENCE, pieces, tlv
from cchc_desktop.trust.judgement import judge
from cchc_desktop.trust.pades_check import check_pdf
from cchc_desktop.trust.signature_check import SignatureRefused, check_signature, take_apart
from cchc_desktop.trust.trusted import Trusted
from tests.fuzz import samples
from tests.fuzz.mutations import TOKENS, damaged, der_damaged, json_damaged
from tests.hostile import pdf_forge
from tests.hostile.forge import MANIFEST, SIGNATURE, Forged, countersigned, data_files, forge
from tests.package.samples import NOW, head, signer_of
from tests.package.test_codecs import PLAN, SCORE
from tests.trust.authority import DAY, AnySigner, Authority, rsa_key

TRUSTED = Trusted((signer_of().certificate,))
ACCEPTED = {Outcome.VALID, Outcome.VALID_WITH_WARNINGS, Outcome.UNKNOWN_SIGNER}
DIGEST = hashlib.sha256(b"manifest").digest()


class Finding(Exception):
    """The reader broke its promise."""


def must(holds: bool, what: object) -> None:
    if not holds:
        raise Finding(str(what))


@cache
def good_package() -> bytes:
    return forge().to_bytes()


@cache
def good_signed_twice() -> bytes:
    return countersigned().to_bytes()


@cache
def good_signature() -> bytes:
    return sign_detached(signer_of(), DIGEST, NOW)


@cache
def good_manifest() -> bytes:
    return next(entry.content for entry in forge().entries if entry.name == MANIFEST.encode())


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


def verified(content: bytes, folder: Path) -> Verification:
    path = folder / "case.asice"
    path.write_bytes(content)
    found = verify_package(path, TRUSTED, NOW)
    must(bool(found.reasons), "no reason")
    for reason in found.reasons:
        must(bool(render(reason.message)), reason)
    return found


# --- the container ----------------------------------------------------------------------------------------


def raw(random: Random, folder: Path) -> None:
    """Any damage to the file: nothing but the very bytes may be accepted."""
    good = random.choice((good_package(), good_signed_twice()))
    content = damaged(random, good)
    found = verified(content, folder)
    must(content == good or found.outcome not in ACCEPTED, found.outcome)


def _bent(random: Random, forged: Forged) -> None:
    entry = random.choice(forged.entries)
    number = random.choice((0, 1, 8, 0x800, 0xFFFF, 0x8000, 20, 45))
    match random.randrange(14):
        case 0:
            entry.flags = number
        case 1:
            entry.method = random.choice((1, 8, 9, 12, 14, 93, 99, number))
        case 2:
            entry.external = random.getrandbits(32)
        case 3:
            entry.extra = random.choice((b"\1\0\x10\0" + bytes(16), b"up" + bytes(9), random.randbytes(5)))
        case 4:
            entry.name = damaged(random, entry.name)[:300]
        case 5:
            entry.local_name = damaged(random, entry.name)[:300]
        case 6:
            entry.offset = random.getrandbits(random.choice((4, 8, 12, 32)))
        case 7:
            entry.central_size = random.getrandbits(random.choice((4, 8, 12, 32)))
        case 8:
            entry.local_size = random.getrandbits(random.choice((4, 8, 12, 32)))
        case 9:
            forged.entries.insert(random.randint(0, len(forged.entries)), replace(entry))
        case 10:
            forged.entries.remove(entry)
        case 11:
            random.shuffle(forged.entries)
        case 12:
            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
            entry.stored, entry.method = packer.compress(entry.content) + packer.flush(), 8
        case _:
            forged.archive_comment = random.choice((b"", b"x", b"PK\5\6" + bytes(18)))
            forged.suffix = random.choice((b"", b"", b"PK\5\6" + bytes(18)))
            forged.prefix = random.choice((b"", b"MZ"))
            forged.before_end = random.choice((b"", b"PK\6\7" + bytes(16)))
            forged.count = random.choice((None, 0, 1, 0xFFFF, len(forged.entries) + 1))


def bent_container(random: Random, folder: Path) -> None:
    """Fields of the ZIP bent one by one, contents and checksums right."""
    forged = random.choice((forge, countersigned))()
    for _ in range(random.randint(1, 3)):
        if forged.entries:
            _bent(random, forged)
    content = forged.to_bytes()
    found = verified(content, folder)
    must(found.outcome not in ACCEPTED or _is_whole(content), found.outcome)


def _is_whole(content: bytes) -> bool:
    """Bent back to where it was, by another fault: the two good files, but for their times and salts."""
    try:
        read = read_stream(io.BytesIO(content), len(content))  # type: ignore[arg-type]
    except ProfileBroken:
        return False
    names = [entry.name for entry in read.directory.entries]
    return names in (
        [entry.name.decode() for entry in forge().entries],
        [entry.name.decode() for entry in countersigned().entries],
    )


def changed_content(random: Random, folder: Path) -> None:
    """One file's content changed, its checksums right, nothing signed anew."""
    forged = random.choice((forge, countersigned))()
    entry = random.choice(forged.entries)
    before = entry.content
    entry.content = damaged(random, before)
    found = verified(forged.to_bytes(), folder)
    must(entry.content == before or found.outcome not in ACCEPTED, (entry.name, found.outcome))


# --- an enrolled sender who signs what he likes ----------------------------------------------------------


def signed_files(random: Random, folder: Path) -> None:
    """Files damaged and renamed, then listed and signed as they are."""
    files = data_files()
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(files))
        name, content = files[at]
        match random.randrange(4):
            case 0:
                files[at] = (name, damaged(random, content))
            case 1:
                files.insert(at, (random.choice(("data/plan.json", "evidence/0001.pdf", "x")), content))
            case 2:
                del files[at]
            case _:
                bad = damaged(random, name.encode())[:120].decode("ascii", "replace").replace("\ufffd", "?")
                files[at] = (bad, content)
        if not files:
            break
    try:
        forged = forge(files)
    except (UnicodeEncodeError, ValueError):
        return  # a name that not even the forge can write into a manifest
    verified(forged.to_bytes(), folder)


def signed_manifest(random: Random, folder: Path) -> None:
    changed: list[bool] = []

    def change(manifest: bytes) -> bytes:
        bent = damaged(random, manifest)
        changed.append(bent != manifest)
        return bent

    found = verified(forge(manifest=change).to_bytes(), folder)
    must(not changed[0] or found.outcome not in ACCEPTED, found.outcome)


def signed_head(random: Random, folder: Path) -> None:
    files = data_files()
    bent = _as_json(random, json_damaged(random, json.loads(files[0][1])))
    found = verified(forge([("head.json", bent), *files[1:]]).to_bytes(), folder)
    if found.outcome in ACCEPTED:
        must(read_head(write_head(read_head(bent))) == read_head(bent), "head changes by being written")


def signed_contents(random: Random, folder: Path) -> None:
    """The plan and the score as the codecs read them, alone and within a package."""
    name, good, read, write = random.choice(_CONTENTS)
    bent = _as_json(random, json_damaged(random, json.loads(good())))
    try:
        value = read(bent)
    except ProfileBroken:
        value = None
    else:
        must(read(write(value)) == value, "content changes by being written")
    if random.random() < 0.2:
        found = verified(forge([*data_files(), (name, bent)]).to_bytes(), folder)
        must(found.outcome in ACCEPTED if value is not None else found.outcome is Outcome.UNREADABLE, found)


RECEIPT = Receipt(
    *("01900000-0000-7000-8000-000000000000", "ab" * 32, "XA_TCD_2026_L00.asice", NOW),
    *("SO-NOI-VU", "Sở Nội vụ", Outcome.VALID, "-----BEGIN X509 CRL-----\n"),
)
REPLY = EnrolmentReply("01900000-0000-7000-8000-000000000000", "ab" * 32, "SNV", "Sở Nội vụ", "a", "b", "c")


def office_texts(random: Random, _folder: Path) -> None:
    """Receipts and enrolments, which travel the other way too."""
    good, read, write = random.choice(_OFFICE)
    bent = _as_json(random, json_damaged(random, json.loads(good())))
    try:
        value = read(bent)
    except ProfileBroken:
        return
    must(read(write(value)) == value, "content changes by being written")


_OFFICE: tuple[tuple[Callable[[], bytes], Callable[[bytes], Any], Callable[[Any], bytes]], ...] = (
    (lambda: write_receipt(RECEIPT), read_receipt, write_receipt),
    (lambda: write_request(EnrolmentRequest("XA", "UBND xã", "csr", "code")), read_request, write_request),
    (lambda: write_reply(REPLY), read_reply, write_reply),
)
_CONTENTS: tuple[tuple[str, Callable[[], bytes], Callable[[bytes], Any], Callable[[Any], bytes]], ...] = (
    ("data/plan.json", lambda: write_plan(PLAN), read_plan, write_plan),
    ("data/selfscore.json", lambda: write_selfscore(SCORE), read_selfscore, write_selfscore),
)


def _as_json(random: Random, value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=random.random() < 0.5)
    content = text.encode("utf-8", "surrogatepass")
    return damaged(random, content) if random.random() < 0.3 else content


# --- texts and signatures alone ---------------------------------------------------------------------------


def manifest_text(random: Random, _folder: Path) -> None:
    content = damaged(random, good_manifest())
    try:
        files = read_manifest(content, SIGNATURE)
    except ProfileBroken:
        return
    must(write_manifest(SIGNATURE, files) == content, "two spellings of one manifest")


def raw_signature(random: Random, _folder: Path) -> None:
    content = damaged(random, good_signature())
    _refused(content, good_signature())


def der_signature(random: Random, _folder: Path) -> None:
    """The tree of the CMS changed, with lengths that are right."""
    _refused(der_damaged(random, good_signature()), good_signature())


def _refused(content: bytes, good: bytes) -> None:
    try:
        check_signature(content, DIGEST)
    except SignatureRefused as refused:
        must(bool(render_code(refused.code)), refused.code)
        return
    # The signature value alone is not fixed by the form: (r, s) and (r, -s) hold both.
    one, other = take_apart(content), take_apart(good)
    must(replace(one, signature=b"") == replace(other, signature=b""), "another signature was accepted")


def render_code(code: str) -> str:
    from cchc_desktop.message import message

    return render(message(code))


def certificate(random: Random, _folder: Path) -> None:
    try:
        found = read_certificate(der_damaged(random, signer_of().certificate.der))
        found.public_key()
        must(len(found.spoken_code) == 29, found.spoken_code)
    except CertificateUnreadable:
        return


def signed_with_bent_certificate(random: Random, _folder: Path) -> None:
    """A certificate as the attacker likes it, or as a careless CA issued it, in a signature that holds."""
    signer = issued()
    bent = _reissued(random, signer.certificate.der)
    try:
        named = read_certificate(bent)
        issuer, serial = named.issuer, named.serial
    except CertificateUnreadable:
        issuer, serial = signer.certificate.issuer, signer.certificate.serial
    parts = SignatureParts(
        issuer=issuer,
        serial=serial,
        message_digest=DIGEST,
        signed_at=NOW + timedelta(seconds=random.choice((0, 0, 0, -(10**8), 10**8))),
        certificate_digest=hashlib.sha256(bent).digest(),
        algorithm=signer.algorithm,
        signature=b"",
        certificates=tuple({bent, *random.choice(((), (authority().certificate.der,)))}),
    )
    content = assemble(replace(parts, signature=signer.sign(signed_attributes(parts))))
    try:
        signature = check_signature(content, DIGEST)
    except SignatureRefused:
        return
    lists = random.choice(((), (revocations(),), (der_damaged(random, revocations()),)))
    for reason in judge(signature, Trusted((authority().certificate,), lists), NOW):
        must(bool(render(reason.message)), reason)


def _reissued(random: Random, der: bytes) -> bytes:
    body, algorithm, signature = pieces(der, SEQUENCE)
    bent = der_damaged(random, body)
    if random.random() < 0.3:
        return tlv(SEQUENCE, bent, algorithm, signature)
    sealed = authority().key.sign(bent, ec.ECDSA(hashes.SHA256()))
    return tlv(SEQUENCE, bent, algorithm, tlv(0x03, b"\0", sealed))


def certificate_request(random: Random, _folder: Path) -> None:
    """What a unit asks the office's CA to certify: bent, and signed by the unit's own key."""
    body, algorithm, sealed = pieces(good_request(), SEQUENCE)
    bent = der_damaged(random, body)
    if random.random() < 0.7:
        sealed = tlv(0x03, b"\0", request_key().sign(bent, ec.ECDSA(hashes.SHA256())))
    content = pem.armor("CERTIFICATE REQUEST", tlv(SEQUENCE, bent, algorithm, sealed))
    try:
        office.read_request(damaged(random, content) if random.random() < 0.2 else content)
    except KnownError as error:
        must(bool(render(error.message)), error)


@cache
def request_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@cache
def good_request() -> bytes:
    request = office.certificate_request(request_key(), "UBND xã Ea Kao", "XA-EA-KAO")
    _kind, _headers, der = pem.unarmor(request)
    return bytes(der)


def revocation_list(random: Random, _folder: Path) -> None:
    signature = check_signature(sign_detached(issued(), DIGEST, NOW), DIGEST)
    body, algorithm, sealed = pieces(revocations(), SEQUENCE)
    bent = der_damaged(random, body)
    if random.random() < 0.7:
        sealed = tlv(0x03, b"\0", authority().key.sign(bent, ec.ECDSA(hashes.SHA256())))
    lists = (tlv(SEQUENCE, bent, algorithm, sealed),)
    for reason in judge(signature, Trusted((authority().certificate,), lists), NOW):
        must(bool(render(reason.message)), reason)


# --- what is inside ---------------------------------------------------------------------------------------


def evidence_file(random: Random, folder: Path) -> None:
    """Files as other programs would open them: looked into, never opened."""
    name, good = random.choice(samples.files())
    path = folder / f"case{Path(name).suffix}"
    path.write_bytes(damaged(random, good) if random.random() < 0.9 else random.choice(TOKENS) + good)
    for found in look_inside(path, name):
        must(bool(render(found)), found)


def office_part(random: Random, folder: Path) -> None:
    """One part of an Office file damaged, and packed again so that it is read."""
    name, parts = random.choice(samples.office_files())
    at = random.randrange(len(parts))
    bent = [(n, damaged(random, c) if i == at else c) for i, (n, c) in enumerate(parts)]
    path = folder / f"case{Path(name).suffix}"
    path.write_bytes(samples.packed(bent))
    for found in look_inside(path, name):
        must(bool(render(found)), found)


# --- signed PDF, encrypted files --------------------------------------------------------------------------


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


Target = Callable[[Random, Path], None]

# How often, in proportion: what an attacker reaches first, most.
TARGETS: dict[str, tuple[int, Target]] = {
    "raw": (8, raw),
    "bent_container": (8, bent_container),
    "changed_content": (4, changed_content),
    "signed_files": (4, signed_files),
    "signed_manifest": (4, signed_manifest),
    "signed_head": (6, signed_head),
    "signed_contents": (6, signed_contents),
    "manifest_text": (4, manifest_text),
    "raw_signature": (6, raw_signature),
    "der_signature": (10, der_signature),
    "certificate": (6, certificate),
    "signed_with_bent_certificate": (6, signed_with_bent_certificate),
    "revocation_list": (2, revocation_list),
    "office_texts": (3, office_texts),
    "signed_pdf": (2, signed_pdf),
    "encrypted_file": (3, encrypted_file),
    "certificate_request": (3, certificate_request),
    "evidence_file": (4, evidence_file),
    "office_part": (2, office_part),
}


def twins(folder: Path) -> None:
    """Everything good passes first."""
    for content in (good_package(), good_signed_twice()):
        must(verified(content, folder).outcome is Outcome.VALID, "the good package")
    must(check_signature(good_signature(), DIGEST).signer == signer_of().certificate, "the good signature")
    must(len(read_manifest(good_manifest(), SIGNATURE)) == 5, "the good manifest")
    read_plan(write_plan(PLAN))
    read_selfscore(write_selfscore(SCORE))
    must(read_head(write_head(head())).sender_id == "XA-EA-KAO", "the good head")
    trusted = Trusted((authority().certificate,), (revocations(),))
    reasons = judge(check_signature(sign_detached(issued(), DIGEST, NOW), DIGEST), trusted, NOW)
    must({reason.leads_to for reason in reasons} == {Outcome.VALID}, reasons)
    must(check_pdf(good_pdf(), pdf_forge.TRUSTED, pdf_forge.NOW).outcome is Outcome.VALID, "the good PDF")
    source, opened = io.BytesIO(envelope()[0]), io.BytesIO()
    found = encryption.read_envelope(source, len(envelope()[0]))
    encryption.decrypt(source, found, opened, envelope()[1])
    must(opened.getvalue() == SECRET, "the good envelope")
    for name, content in samples.files():
        path = folder / name
        path.write_bytes(content)
        look_inside(path, name)
