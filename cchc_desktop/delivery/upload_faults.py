"""What can go wrong between this program and a receiving server, each as advice.

A fault of the line or of a busy server passes (`Passing`): the upload waits and goes on. Everything else is a
`KnownError` at once, because trying again would not help.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError

LONGEST_PAUSE = 60.0
# OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID, CERT_HAS_EXPIRED, HOSTNAME_MISMATCH, IP_ADDRESS_MISMATCH.
_NOT_YET_VALID, _EXPIRED, _OTHER_HOST, _OTHER_NUMBER = 9, 10, 62, 64
_AUTHENTICATION = (401, 403)
_GONE = (404, 410)
_LOCKED, _CHECKSUM, _CONFLICT, _TOO_LARGE, _FULL = 423, 460, 409, 413, 507
_PROXY, _PORTAL, _TOO_MANY = 407, 511, 429


class Passing(Exception):  # noqa: N818 - no failure yet: it may pass
    """Worth another try after a pause. `error` is what is said when the patience ends."""

    def __init__(self, error: KnownError, pause: float = 0.0) -> None:
        super().__init__(error.code)
        self.error, self.pause = error, min(pause, LONGEST_PAUSE)


class Gone(Exception):  # noqa: N818 - an answer
    """The server has this upload no more; it starts anew."""


class TooLargePiece(Exception):  # noqa: N818 - an answer
    """A gateway does not let a piece of this size through; smaller ones may pass."""


def of_line(error: Exception, host: str) -> KnownError | Passing:
    """The fault for an exception of `requests`."""
    import requests
    from urllib3.exceptions import NameResolutionError

    detail = str(error)
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _certificate(cause, host)
        if isinstance(cause, NameResolutionError):
            return Passing(KnownError("upload.no_name", unusable_input=False, host=host, detail=detail))
    if isinstance(error, requests.exceptions.ProxyError):
        return Passing(KnownError("upload.proxy", unusable_input=False, detail=detail))
    if any(isinstance(cause, ssl.SSLError) for cause in _causes(error)):
        return Passing(KnownError("upload.tls", unusable_input=False, host=host, detail=detail))
    if isinstance(error, requests.exceptions.Timeout):
        return Passing(KnownError("upload.no_answer", unusable_input=False, host=host, detail=detail))
    return Passing(KnownError("upload.no_line", unusable_input=False, host=host, detail=detail))


def of_answer(
    status: int, headers: Mapping[str, str], host: str, *, creating: bool = False
) -> Exception | None:
    """The fault that this answer means; None when it is a good one of a tus server."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if status == _PORTAL or 300 <= status < 400 or (kind == "text/html" and status < 300):
        return KnownError("upload.captive_portal", unusable_input=False, host=host, detail=f"HTTP {status}")
    if 200 <= status < 300:
        return None
    return _refusal(status, headers, host, creating=creating)


def _refusal(status: int, headers: Mapping[str, str], host: str, *, creating: bool) -> Exception:
    def known(name: str, **args: object) -> KnownError:
        return KnownError(f"upload.{name}", unusable_input=False, host=host, detail=f"HTTP {status}", **args)

    if status in _AUTHENTICATION:
        return known("token_refused")
    if status == _PROXY:
        return known("proxy")
    if status == _FULL:
        return known("server_full")
    if status == _TOO_LARGE:
        return known("too_large") if creating else TooLargePiece()
    if status in _GONE:
        return known("no_service") if creating else Gone()
    pause = _pause(headers)
    if status == _LOCKED:
        return Passing(known("locked"), pause)
    if status == _CHECKSUM:
        return Passing(known("checksum"), pause)
    if status == _CONFLICT:
        return Passing(known("conflict"), pause)
    if status >= 500 or status in (400, 408, _TOO_MANY):
        # 400 is what a tus server answers whose other hand still holds the upload.
        return known("no_service") if creating and status == 400 else Passing(known("server_fault"), pause)
    return known("no_service")


def _certificate(cause: ssl.SSLCertVerificationError, host: str) -> KnownError:
    names = dict.fromkeys((_NOT_YET_VALID, _EXPIRED), "certificate_time")
    names |= dict.fromkeys((_OTHER_HOST, _OTHER_NUMBER), "certificate_host")
    name = names.get(cause.verify_code, "certificate_unknown")
    clock = vietnam_now().strftime("%H:%M %d/%m/%Y")
    return KnownError(
        f"upload.{name}", unusable_input=False, host=host, clock=clock, detail=cause.verify_message
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The exception, what it wraps and what it came from."""
    seen: set[int] = set()
    waiting: list[BaseException] = [error]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        related = [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
        waiting.extend(other for other in related if isinstance(other, BaseException))


def _pause(headers: Mapping[str, str]) -> float:
    """Seconds that the server asks us to wait (RFC 9110, 10.2.3: a number or a date)."""
    asked = headers.get("retry-after", "").strip()
    if asked.isdecimal():
        return float(asked[:6])
    try:
        until = parsedate_to_datetime(asked)
    except ValueError:
        return 0.0
    if until.tzinfo is None:
        return 0.0
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
