"""The one form of the signed head, `head.json`, in both directions."""

from __future__ import annotations

import re
from typing import Any

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.package_head import (
    MOST_PACKS,
    PACKAGE_ID,
    PERIOD,
    PackagedEvidence,
    PackagedFile,
    PackageHead,
    PackOf,
)
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.package.faults import ProfileBroken
from cchc_desktop.package.json_fields import Fields
from cchc_desktop.package.layout import HEAD_NAME, LARGEST_PACKAGE, name_fault
from cchc_desktop.package.strict_json import read_json, write_json

FORM = "cchc-package-1"
UNIT_CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
_ID = re.compile(r"[A-Za-z0-9._-]{1,100}")
_PACK_ID = re.compile(r"[A-Za-z0-9._-]{0,100}")
_CODE_OR_NONE = re.compile(r"([A-Z0-9]+(-[A-Z0-9]+)*)?")
MOST_REVISIONS = 99


def write_head(head: PackageHead) -> bytes:
    # Only where there is one: what is no evidence pack keeps the form that it always had.
    pack_of = {} if head.pack_of is None else {"pack_of": _pack_of(head.pack_of)}
    return write_json(
        {
            "form": FORM,
            "package_id": head.package_id,
            "kind": head.kind.value,
            "period": head.period,
            "sender_id": head.sender_id,
            "sender_name": head.sender_name,
            "recipient_id": head.recipient_id,
            "revision": head.revision,
            "previous_manifest_sha256": head.previous_manifest_sha256,
            "created_at": head.created_at.isoformat(timespec="seconds"),
            "counter": head.counter,
            "journal_head": head.journal_head,
            "form_pack": {"id": head.form_pack.id, "version": head.form_pack.version},
            "documents": [{"entry": file.entry, "name": file.name} for file in head.documents],
            "evidence": [_evidence(evidence) for evidence in head.evidence],
            **pack_of,
        }
    )


def _pack_of(pack: PackOf) -> dict[str, Any]:
    return {
        "package_id": pack.package_id,
        "manifest_sha256": pack.manifest_sha256,
        "part": pack.part,
        "parts": pack.parts,
    }


def _evidence(evidence: PackagedEvidence) -> dict[str, Any]:
    return {
        "id": evidence.id,
        "name": evidence.name,
        "size": evidence.size,
        "sha256": evidence.sha256,
        "in_package": evidence.in_package,
        "entry": evidence.entry,
    }


def read_head(content: bytes) -> PackageHead:
    """Raises `ProfileBroken` with the field that is wrong."""
    fields = Fields(read_json(content, HEAD_NAME), HEAD_NAME)
    if fields.text("form") != FORM:
        raise ProfileBroken("package.head_form")
    pack = fields.inner("form_pack")
    head = PackageHead(
        package_id=fields.matching("package_id", PACKAGE_ID),
        kind=fields.choice("kind", PackageKind),
        period=fields.matching("period", PERIOD),
        sender_id=fields.matching("sender_id", UNIT_CODE),
        sender_name=fields.name("sender_name"),
        recipient_id=fields.matching("recipient_id", _CODE_OR_NONE),
        revision=fields.integer("revision", most=MOST_REVISIONS),
        previous_manifest_sha256=fields.digest_or_nothing("previous_manifest_sha256"),
        created_at=fields.moment("created_at"),
        counter=fields.integer("counter"),
        journal_head=fields.digest_or_nothing("journal_head"),
        form_pack=PackRef(pack.matching("id", _PACK_ID), pack.integer("version")),
        documents=fields.each("documents", _read_document),
        evidence=fields.each("evidence", _read_evidence),
        pack_of=_read_pack_of(fields.inner("pack_of")) if fields.has("pack_of") else None,
    )
    pack.end()
    fields.end()
    return head


def _read_pack_of(fields: Fields) -> PackOf:
    parts = fields.integer("parts", least=1, most=MOST_PACKS)
    pack = PackOf(
        package_id=fields.matching("package_id", PACKAGE_ID),
        manifest_sha256=fields.digest("manifest_sha256"),
        part=fields.integer("part", least=1, most=parts),
        parts=parts,
    )
    fields.end()
    return pack


def _read_document(fields: Fields) -> PackagedFile:
    return PackagedFile(_entry(fields), fields.file_name("name"))


def _read_evidence(fields: Fields) -> PackagedEvidence:
    in_package = fields.yes_or_no("in_package")
    return PackagedEvidence(
        id=fields.matching("id", _ID),
        name=fields.file_name("name"),
        size=fields.integer("size", most=LARGEST_PACKAGE),
        sha256=fields.digest("sha256"),
        entry=_entry(fields) if in_package else fields.matching("entry", re.compile("")),
    )


def _entry(fields: Fields) -> str:
    name = fields.text("entry", 100)
    if fault := name_fault(name.encode("utf-8", "surrogatepass")):
        raise ProfileBroken(fault, name=ascii(name)[1:-1])
    return name
