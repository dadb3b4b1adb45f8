"""Which signer a unit uses, and what is known of a token before anybody types its PIN. No secrets in here."""

from __future__ import annotations

from enum import StrEnum

from cchc_desktop.domain.signing_key import CertificateSummary
from cchc_desktop.message import Message
from cchc_desktop.quick_dataclass import dataclass, field

CHOICE_SETTING, CERTIFICATE_SETTING = "signer", "signer_certificate"
"""The settings that keep the choice, and the chosen certificate (PEM), which is no secret."""


class SignerKind(StrEnum):
    """The program's own key, a PKCS#12 file (.p12, .pfx), or a token behind a PKCS#11 library."""

    SOFTWARE = "software"
    PKCS12 = "pkcs12"
    TOKEN = "token"  # noqa: S105 - a kind, not a secret


@dataclass(frozen=True, slots=True)
class SignerChoice:
    """`path` is the PKCS#12 file or the PKCS#11 library; `serial` and `label` name the token.

    `certificate` is the SHA-256 fingerprint of the certificate to sign with, "" for the only one that can.
    `pss` asks an RSA key for PSS instead of PKCS#1 v1.5. `asks` is False where nothing has to be typed: a
    file without a password, a token with keys of its own for the PIN.
    """

    kind: SignerKind = SignerKind.SOFTWARE
    path: str = ""
    serial: str = ""
    label: str = ""
    certificate: str = ""
    pss: bool = False
    asks: bool = True

    def as_text(self) -> str:
        """As a setting keeps it: one `name=value` per line, empty ones left out."""
        pairs = {
            "kind": self.kind.value,
            "path": self.path,
            "serial": self.serial,
            "label": self.label,
            "certificate": self.certificate,
            "pss": "yes" if self.pss else "",
            "asks": "" if self.asks else "no",
        }
        return "\n".join(f"{name}={_one_line(value)}" for name, value in pairs.items() if value)

    @classmethod
    def from_text(cls, kept: str) -> SignerChoice:
        """What a setting says; whatever can't be understood is the program's own key."""
        pairs = dict(line.split("=", 1) for line in kept.split("\n") if "=" in line)
        try:
            kind = SignerKind(pairs.get("kind", SignerKind.SOFTWARE))
        except ValueError:
            return cls()
        if kind is not SignerKind.SOFTWARE and not pairs.get("path"):
            return cls()
        plain = {name: pairs.get(name, "") for name in ("path", "serial", "label", "certificate")}
        return cls(kind, pss=pairs.get("pss") == "yes", asks=pairs.get("asks") != "no", **plain)


def _one_line(value: str) -> str:
    return value.replace("\n", " ")


@dataclass(frozen=True, slots=True)
class SignWith:
    """A choice and the passphrase, password or PIN that opens it: only for one piece of work, never kept."""

    choice: SignerChoice = SignerChoice()
    secret: str = field(default="", repr=False)


class PinState(StrEnum):
    """What a token itself says of its PIN: no number of tries, only that they run out."""

    GOOD = "good"
    FEW_LEFT = "few_left"
    LAST_TRY = "last_try"
    LOCKED = "locked"
    NOT_SET = "not_set"


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """`serial` identifies the token; `pin_pad`: the PIN is typed on the device, never here."""

    label: str
    serial: str
    manufacturer: str
    model: str
    pin: PinState = PinState.GOOD
    pin_pad: bool = False

    @property
    def name(self) -> str:
        return self.label or self.model or self.serial


@dataclass(frozen=True, slots=True)
class FoundCertificate:
    """A certificate that could sign. `fault` says why it can't (expired, not for signing), if so."""

    summary: CertificateSummary
    pem: bytes
    fault: Message | None = None


@dataclass(frozen=True, slots=True)
class TokenLibrary:
    """A PKCS#11 library found in one of the places where its makers put it."""

    name: str
    path: str
