"""Enrolment (đăng ký): what a unit asks of an office, and what the office answers."""

from __future__ import annotations

from cchc_desktop.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class EnrolmentRequest:
    """`csr` is the PKCS#10 request (PEM) for the key that shall be certified.

    The request is signed with the key that the unit uses: for a first enrolment the same one, for a rotation
    the older one. `code` are the 24 letters of the signing certificate, for people; the office does not
    believe them but computes its own.
    """

    unit_code: str
    unit_name: str
    csr: str
    code: str


@dataclass(frozen=True, slots=True)
class EnrolmentReply:
    """`certificate` is the unit's (PEM), issued or pinned; `authority` the office's CA, `revocation_list` its
    newest list. `request_id` and `request_sha256` name the request."""

    request_id: str
    request_sha256: str
    office_id: str
    office_name: str
    certificate: str
    authority: str
    revocation_list: str
