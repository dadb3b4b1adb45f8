"""What each kind of package carries of its own, besides the files that its head names, and how it is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cchc_desktop.domain.package_head import PackageHead
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.package.content_codec import read_plan, read_selfscore
from cchc_desktop.package.enrolment_codec import read_reply, read_request
from cchc_desktop.package.faults import ProfileBroken
from cchc_desktop.package.layout import (
    ENROLMENT_NAME,
    ENROLMENT_REPLY_NAME,
    FILES_FOLDER,
    FORMPACK_NAME,
    HEAD_NAME,
    PLAN_NAME,
    RECEIPT_NAME,
    SELFSCORE_NAME,
    UPDATE_NAME,
)
from cchc_desktop.package.receipt_codec import read_receipt
from cchc_desktop.package.update_codec import read_update

READERS: dict[str, Callable[[bytes], Any]] = {
    PLAN_NAME: read_plan,
    SELFSCORE_NAME: read_selfscore,
    RECEIPT_NAME: read_receipt,
    ENROLMENT_NAME: read_request,
    ENROLMENT_REPLY_NAME: read_reply,
    UPDATE_NAME: read_update,
}
"""A compiled form pack is read by the room that installs it."""

_PACKED = (PackageKind.PLAN, PackageKind.SELFSCORE, PackageKind.REPORT)
_REPORTED = frozenset({PLAN_NAME, SELFSCORE_NAME})
# Of each kind: what may be there, and of which one has to be there.
_OWN: dict[PackageKind, tuple[frozenset[str], tuple[str, ...]]] = {
    PackageKind.PLAN: (_REPORTED, ()),
    PackageKind.SELFSCORE: (_REPORTED, ()),
    PackageKind.REPORT: (_REPORTED, ()),
    PackageKind.FORMPACK: (frozenset({FORMPACK_NAME}), (FORMPACK_NAME,)),
    PackageKind.RECEIPT: (frozenset({RECEIPT_NAME}), (RECEIPT_NAME,)),
    PackageKind.ENROLMENT: (
        frozenset({ENROLMENT_NAME, ENROLMENT_REPLY_NAME}),
        (ENROLMENT_NAME, ENROLMENT_REPLY_NAME),
    ),
    PackageKind.UPDATE: (frozenset({UPDATE_NAME}), (UPDATE_NAME,)),
}


def check_own(head: PackageHead, names: set[str]) -> None:
    """`names` are the data entries that the head doesn't name. Raises `ProfileBroken`."""
    if head.pack_of is not None:
        _check_pack(head, names)
        return
    if head.kind is PackageKind.UPDATE:  # its own list names these (`update_codec.check_entries`)
        names = {name for name in names if not name.startswith(f"{FILES_FOLDER}/")}
    allowed, needed = _OWN[head.kind]
    if needed and len(names & set(needed)) != 1:
        raise ProfileBroken("package.head_file_missing", name=needed[0])
    if extra := names - allowed - {HEAD_NAME}:
        raise ProfileBroken("package.head_file_unnamed", name=min(extra))


def _check_pack(head: PackageHead, names: set[str]) -> None:
    """An evidence pack brings files of evidence to a report, and nothing that could pass for the report."""
    if extra := names - {HEAD_NAME}:
        raise ProfileBroken("package.pack_content", name=min(extra))
    if head.kind not in _PACKED or head.documents or not head.evidence or head.is_light:
        raise ProfileBroken("package.pack_content", name=HEAD_NAME)
