"""Signatures, certificates, requests and revocation lists alone."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random

from asn1crypto import pem
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.trust import authority as office
from cchc_desktop.trust.cades import SignatureParts, assemble, sign_detached, signed_attributes
from cchc_desktop.trust.certificate import CertificateUnreadable, read_certificate
from cchc_desktop.trust.der import SEQUENCE, pieces, tlv
from cchc_desktop.trust.judgement import judge
from cchc_desktop.trust.signature_check import SignatureRefused, check_signature, take_apart
from cchc_desktop.trust.trusted import Trusted
from tests.fuzz.mutations import damaged, der_damaged
from tests.fuzz.targets.good import DIGEST, authority, good_signature, issued, must, revocations
from tests.package.samples import NOW, signer_of


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
