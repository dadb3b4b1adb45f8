"""Whether a signer can be trusted: pinned or issued by a trusted CA, in time, and not revoked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from cchc_desktop.domain.verification import Aspect, Outcome, Reason
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass
from cchc_desktop.trust.certificate import Certificate, within_calendar
from cchc_desktop.trust.revocation import parsed_list
from cchc_desktop.trust.signature_check import CheckedSignature
from cchc_desktop.trust.trusted import Trusted

CLOCK_TOLERANCE = timedelta(minutes=10)
# A thief of a key writes any signing time, so nothing that such a key signed counts.
_NEVER_AGAIN = frozenset({"key_compromise", "ca_compromise", "aa_compromise"})


@dataclass(frozen=True)
class _Path:
    """Signer first, trusted authority last."""

    certificates: tuple[Certificate, ...]


@dataclass(frozen=True)
class Judgement:
    """The word on one signer. `authority` is the trusted CA behind the certificate; None for a pinned one.

    `speaks_for_itself`: pinned here, or the CA's own office. A CA vouches for who a unit is; that makes no
    unit an office, so receipts, answers and form packs count only from such a signer.
    """

    reasons: tuple[Reason, ...]
    authority: Certificate | None = None
    speaks_for_itself: bool = False


def judge(signature: CheckedSignature, trusted: Trusted, now: datetime) -> tuple[Reason, ...]:
    """All that there is to say about the signer, good and bad, as the table of outcomes asks."""
    return judged(signature, trusted, now).reasons


def judged(signature: CheckedSignature, trusted: Trusted, now: datetime) -> Judgement:
    """The same, with who vouches for the signer."""
    signer = signature.signer
    path = _path(signature, trusted)
    authority = None if path is None else path.certificates[-1]
    same_office = authority is not None and bool(signer.unit_code) and authority.unit_code == signer.unit_code
    reasons = _reasons(signature, trusted, now, path)
    return Judgement(reasons, authority, trusted.pins(signer) or same_office)


def _reasons(
    signature: CheckedSignature, trusted: Trusted, now: datetime, path: _Path | None
) -> tuple[Reason, ...]:
    signer = signature.signer
    reasons = list(_time(signature, now))
    if trusted.pins(signer):
        reasons.append(_reason("trust.pinned", Aspect.SIGNER, Outcome.VALID, name=signer.name))
    elif path is not None:
        authority = path.certificates[-1].name
        reasons.append(
            _reason("trust.issued", Aspect.SIGNER, Outcome.VALID, name=signer.name, authority=authority)
        )
    else:
        reasons.append(
            _reason(
                "trust.unknown_signer",
                Aspect.SIGNER,
                Outcome.UNKNOWN_SIGNER,
                name=signer.name,
                code=signer.spoken_code,
            )
        )
        return tuple(reasons)
    reasons.extend(_revocation(path, signature.signed_at, trusted, now, pinned=trusted.pins(signer)))
    return tuple(reasons)


def _time(signature: CheckedSignature, now: datetime) -> list[Reason]:
    signer, signed_at = signature.signer, signature.signed_at
    if signed_at > now + CLOCK_TOLERANCE:
        return [
            _reason("trust.signed_in_future", Aspect.TIME, Outcome.INVALID, day=signed_at, time=signed_at)
        ]
    if not signer.valid_from <= signed_at <= signer.valid_to:
        return [
            _reason(
                "trust.not_valid_then",
                Aspect.TIME,
                Outcome.INVALID,
                day=signed_at,
                valid_from=signer.valid_from,
                valid_to=signer.valid_to,
            )
        ]
    if now > signer.valid_to:
        return [
            _reason("trust.expired_since", Aspect.TIME, Outcome.VALID_WITH_WARNINGS, valid_to=signer.valid_to)
        ]
    return [_reason("trust.signed_at", Aspect.TIME, Outcome.VALID, day=signed_at, time=signed_at)]


def _path(signature: CheckedSignature, trusted: Trusted) -> _Path | None:
    """The way from the signer to a trusted authority, checked as of the signing time (RFC 5280)."""
    authorities = trusted.authorities
    if not authorities or signature.signer.subject == signature.signer.issuer:
        return None
    import asyncio

    from asn1crypto import x509
    from pyhanko_certvalidator import CertificateValidator, ValidationContext

    try:
        context = ValidationContext(
            trust_roots=[x509.Certificate.load(authority.der) for authority in authorities],
            other_certs=[x509.Certificate.load(other.der) for other in signature.intermediates],
            moment=signature.signed_at,
            allow_fetching=False,
            revocation_mode="soft-fail",
            best_signature_time=signature.signed_at,
        )
        signer = x509.Certificate.load(signature.signer.der)
        found = asyncio.run(CertificateValidator(signer, validation_context=context).async_validate_path())
    except Exception:  # no path; on bent certificates the library fails in ways of its own
        return None
    known = {c.der: c for c in (signature.signer, *signature.intermediates, *authorities)}
    leaf_first = [known[certificate.dump()] for certificate in found.iter_certs(include_root=True)][::-1]
    return _Path(tuple(leaf_first))


def _revocation(
    path: _Path | None, signed_at: datetime, trusted: Trusted, now: datetime, *, pinned: bool
) -> list[Reason]:
    if path is None:
        # A pinned self-signed certificate has no authority that could revoke it: unpinning does.
        return [_reason("trust.revocation_by_pin", Aspect.REVOCATION, Outcome.VALID)]
    reasons: list[Reason] = []
    unchecked: Certificate | None = None
    latest: datetime | None = None
    for certificate, issuer in zip(path.certificates, path.certificates[1:], strict=False):
        lists = [
            parsed for der in trusted.revocation_lists if (parsed := parsed_list(der, issuer)) is not None
        ]
        reasons.extend(
            reason for parsed in lists if (reason := _revoked(certificate, parsed, signed_at)) is not None
        )
        issued = [within_calendar(parsed.last_update_utc) for parsed in lists]
        latest = max([*issued, latest] if latest else issued, default=None)
        if not any(_is_fresh(parsed, now) for parsed in lists):
            unchecked = unchecked or certificate
    if reasons:
        return reasons
    if unchecked is None:
        return [_reason("trust.not_revoked", Aspect.REVOCATION, Outcome.VALID, day=latest)]
    outcome = Outcome.VALID if pinned else Outcome.VALID_WITH_WARNINGS
    if latest is None:
        return [_reason("trust.revocation_unknown", Aspect.REVOCATION, outcome)]
    return [_reason("trust.revocation_old", Aspect.REVOCATION, outcome, day=latest)]


def _is_fresh(revocation_list: Any, now: datetime) -> bool:
    until = revocation_list.next_update_utc
    return until is not None and revocation_list.last_update_utc - CLOCK_TOLERANCE <= now <= until


def _revoked(certificate: Certificate, revocation_list: Any, signed_at: datetime) -> Reason | None:
    from cryptography import x509

    entry = revocation_list.get_revoked_certificate_by_serial_number(certificate.serial)
    if entry is None:
        return None
    since = within_calendar(entry.revocation_date_utc)
    try:
        why = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason.name
    except Exception:  # no reason, or one that can't be read: then the date decides
        why = "unspecified"
    if why == "remove_from_crl":
        return None
    if since <= signed_at or why in _NEVER_AGAIN:
        return _reason("trust.revoked", Aspect.REVOCATION, Outcome.INVALID, day=since)
    return _reason("trust.revoked_since", Aspect.REVOCATION, Outcome.VALID_WITH_WARNINGS, day=since)


def _reason(code: str, aspect: Aspect, leads_to: Outcome, /, **args: object) -> Reason:
    """A reason; its times as a clock in Viet Nam shows them."""
    local = {
        name: value.astimezone(VIETNAM) if isinstance(value, datetime) else value
        for name, value in args.items()
    }
    return Reason(message(code, **local), aspect, leads_to)
