"""The one form of `data/receipt.json`, in both directions."""

from __future__ import annotations

from cchc_desktop.domain.package_head import PACKAGE_ID
from cchc_desktop.domain.receipt import Receipt
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.package.faults import ProfileBroken
from cchc_desktop.package.head_codec import UNIT_CODE
from cchc_desktop.package.json_fields import Fields
from cchc_desktop.package.layout import RECEIPT_NAME
from cchc_desktop.package.strict_json import read_json, write_json

FORM = "cchc-receipt-1"


def write_receipt(receipt: Receipt) -> bytes:
    return write_json(
        {
            "form": FORM,
            "package_id": receipt.package_id,
            "manifest_sha256": receipt.manifest_sha256,
            "file_name": receipt.file_name,
            "received_at": receipt.received_at.isoformat(timespec="seconds"),
            "receiver_id": receipt.receiver_id,
            "receiver_name": receipt.receiver_name,
            "outcome": receipt.outcome.value,
            "revocation_list": receipt.revocation_list,
        }
    )


def read_receipt(content: bytes) -> Receipt:
    """Raises `ProfileBroken` with the field that is wrong."""
    fields = Fields(read_json(content, RECEIPT_NAME), RECEIPT_NAME)
    if fields.text("form") != FORM:
        raise ProfileBroken("package.receipt_form")
    receipt = Receipt(
        package_id=fields.matching("package_id", PACKAGE_ID),
        manifest_sha256=fields.digest("manifest_sha256"),
        file_name=fields.file_name("file_name"),
        received_at=fields.moment("received_at"),
        receiver_id=fields.matching("receiver_id", UNIT_CODE),
        receiver_name=fields.name("receiver_name"),
        outcome=fields.choice("outcome", Outcome),
        revocation_list=fields.revocation_list(),
    )
    fields.end()
    return receipt
