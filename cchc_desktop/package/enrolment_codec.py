"""The one form of `data/enrolment.json` (a unit asks) and `data/enrolment-reply.json` (the answer)."""

from __future__ import annotations

import re

from cchc_desktop.domain.enrolment import EnrolmentReply, EnrolmentRequest
from cchc_desktop.domain.package_head import PACKAGE_ID
from cchc_desktop.package.faults import ProfileBroken
from cchc_desktop.package.head_codec import UNIT_CODE
from cchc_desktop.package.json_fields import Fields
from cchc_desktop.package.layout import ENROLMENT_NAME, ENROLMENT_REPLY_NAME
from cchc_desktop.package.strict_json import read_json, write_json

FORM, REPLY_FORM = "cchc-enrolment-1", "cchc-enrolment-reply-1"
LONGEST_PEM = 16 * 1024
_CODE = re.compile(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){5}")


def write_request(request: EnrolmentRequest) -> bytes:
    return write_json(
        {
            "form": FORM,
            "unit_code": request.unit_code,
            "unit_name": request.unit_name,
            "csr": request.csr,
            "code": request.code,
        }
    )


def read_request(content: bytes) -> EnrolmentRequest:
    """Raises `ProfileBroken`. What the CSR says is not looked at here."""
    fields = Fields(read_json(content, ENROLMENT_NAME), ENROLMENT_NAME)
    if fields.text("form") != FORM:
        raise ProfileBroken("package.enrolment_form")
    request = EnrolmentRequest(
        unit_code=fields.matching("unit_code", UNIT_CODE),
        unit_name=fields.name("unit_name"),
        csr=fields.text("csr", LONGEST_PEM),
        code=fields.matching("code", _CODE),
    )
    fields.end()
    return request


def write_reply(reply: EnrolmentReply) -> bytes:
    return write_json(
        {
            "form": REPLY_FORM,
            "request_id": reply.request_id,
            "request_sha256": reply.request_sha256,
            "office_id": reply.office_id,
            "office_name": reply.office_name,
            "certificate": reply.certificate,
            "authority": reply.authority,
            "revocation_list": reply.revocation_list,
        }
    )


def read_reply(content: bytes) -> EnrolmentReply:
    """Raises `ProfileBroken`. Whether the certificates are worth anything is asked elsewhere."""
    fields = Fields(read_json(content, ENROLMENT_REPLY_NAME), ENROLMENT_REPLY_NAME)
    if fields.text("form") != REPLY_FORM:
        raise ProfileBroken("package.enrolment_form")
    reply = EnrolmentReply(
        request_id=fields.matching("request_id", PACKAGE_ID),
        request_sha256=fields.digest("request_sha256"),
        office_id=fields.matching("office_id", UNIT_CODE),
        office_name=fields.name("office_name"),
        certificate=fields.text("certificate", LONGEST_PEM),
        authority=fields.text("authority", LONGEST_PEM),
        revocation_list=fields.revocation_list(),
    )
    fields.end()
    return reply
