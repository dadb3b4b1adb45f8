"""The software bill of materials: CycloneDX 1.6 as JSON, the same bytes for the same program.

Every part with its version, licence and the digest of the package it was taken from, and every file of the
program with its own digest.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from resources.installer import SOURCE_DATE_EPOCH
from resources.installer.licences import in_order
from resources.installer.listing import Listing
from resources.installer.parts import Part

_NAMES = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
"""The namespace for addresses (RFC 9562, appendix A)."""
_ONE_ID = re.compile(r"[A-Za-z0-9.+-]+")


def document(listed: Listing, parts: Iterable[Part]) -> dict[str, Any]:
    """The bill for one version of the program on one target."""
    known = in_order(parts)
    (program,) = (part for part in known if part.kind == "application")
    components = [component(part) for part in known if part is not program]
    files = [
        {
            "type": "file",
            "bom-ref": f"file:{name}",
            "name": name,
            "hashes": [{"alg": "SHA-256", "content": entry.sha256}],
        }
        for name, entry in sorted(listed.files.items())
    ]
    at = datetime.fromtimestamp(SOURCE_DATE_EPOCH, UTC).isoformat().replace("+00:00", "Z")
    whole: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": at,
            "component": component(program) | {"components": files},
            "properties": [{"name": "cchc:target", "value": listed.target}],
        },
        "components": components,
        "dependencies": [
            {"ref": program.purl, "dependsOn": [part.purl for part in known if part is not program]}
        ],
    }
    name = json.dumps(whole, sort_keys=True)
    return {"serialNumber": f"urn:uuid:{uuid.uuid5(_NAMES, name)}", **whole}


def component(part: Part) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "type": part.kind,
        "bom-ref": part.purl,
        "name": part.name,
        "version": part.version,
        "licenses": [licence(part.licence)],
        "purl": part.purl,
    }
    if part.sha256:
        entry["hashes"] = [{"alg": "SHA-256", "content": digest} for digest in part.sha256]
    return entry


def licence(expression: str) -> Mapping[str, Any]:
    """A single licence by its id, one that SPDX doesn't list by a name, several as an expression."""
    if expression.startswith("LicenseRef-"):
        return {"license": {"name": expression.removeprefix("LicenseRef-")}}
    return {"license": {"id": expression}} if _ONE_ID.fullmatch(expression) else {"expression": expression}


def as_json(listed: Listing, parts: Iterable[Part]) -> str:
    return json.dumps(document(listed, parts), ensure_ascii=False, indent=1) + "\n"
