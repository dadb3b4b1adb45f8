"""Tokens without a stick: SoftHSM with a store of its own for each test, filled by another process.

A process can load a PKCS#11 library only once with one configuration, so the tests never load it themselves.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization

from cchc_desktop.domain.signer_choice import SignerChoice, SignerKind
from cchc_desktop.trust.certificate import Certificate

LIBRARY = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "4829-15-token"  # six figures alone stand in some SHA-256 by chance, and tests look for it
_WRITE = """
import base64, json, sys
import pkcs11
from pkcs11 import Attribute, CertificateType, KeyType, ObjectClass
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.rsa import decode_rsa_private_key
wanted = json.load(sys.stdin)
token = pkcs11.lib(wanted["library"]).get_token(token_label=wanted["label"])
with token.open(rw=True, user_pin=wanted["pin"]) as session:
    id_ = bytes.fromhex(wanted["id"])
    if wanted["key"]:
        decode = decode_rsa_private_key if wanted["rsa"] else decode_ec_private_key
        key = decode(base64.b64decode(wanted["key"]))
        session.create_object({**key, Attribute.TOKEN: True, Attribute.ID: id_, Attribute.SIGN: True})
    if wanted["certificate"]:
        session.create_object({
            Attribute.CLASS: ObjectClass.CERTIFICATE,
            Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
            Attribute.TOKEN: True,
            Attribute.PRIVATE: wanted["private"],
            Attribute.ID: id_,
            Attribute.SUBJECT: base64.b64decode(wanted["subject"]),
            Attribute.VALUE: base64.b64decode(wanted["certificate"]),
        })
"""


@dataclass
class SoftToken:
    """One initialised token; `store` is where SoftHSM keeps it."""

    label: str
    store: Path

    @property
    def choice(self) -> SignerChoice:
        return SignerChoice(SignerKind.TOKEN, str(LIBRARY), label=self.label)

    def take(
        self, key: Any, certificate: Certificate | None, id_: bytes = b"\1", *, private: bool = False
    ) -> None:
        """Put a key and its certificate (or one of the two) onto the token."""
        from base64 import b64encode

        form = serialization.PrivateFormat
        rsa = hasattr(key, "private_numbers") and "RSA" in type(key).__name__
        der = b""
        if key is not None:
            der = key.private_bytes(
                serialization.Encoding.DER,
                form.TraditionalOpenSSL,
                serialization.NoEncryption(),
            )
        wanted = {
            "library": str(LIBRARY),
            "label": self.label,
            "pin": PIN,
            "id": id_.hex(),
            "rsa": rsa,
            "key": b64encode(der).decode(),
            "private": private,
            "certificate": b64encode(certificate.der).decode() if certificate else "",
            "subject": b64encode(certificate.subject).decode() if certificate else "",
        }
        subprocess.run(
            [sys.executable, "-c", _WRITE],
            input=json.dumps(wanted),
            text=True,
            check=True,
            capture_output=True,
        )


def make_token(folder: Path, monkeypatch: pytest.MonkeyPatch, label: str = "Ký thử") -> SoftToken:
    """A fresh store with one token; the environment names it for every library loaded from now on."""
    store = use_store(folder, monkeypatch)
    initialise(label)
    return SoftToken(label, store)


def use_store(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    store = folder / "tokens"
    store.mkdir(exist_ok=True)
    conf = folder / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {store}\nobjectstore.backend = file\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(conf))
    return store


def initialise(label: str) -> None:
    words = ["--init-token", "--free", "--label", label, "--so-pin", "91827364", "--pin", PIN]
    subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)
