"""An office's document template as canonical JSON (UTF-8, sorted keys) and back; what comes in is distrusted.

What the template leaves to the program is not written. `decode` reports every fault with its place at once.
"""

from __future__ import annotations

import json
from typing import Any

from cchc_desktop.domain.document_layout import Layout
from cchc_desktop.domain.document_template import DocumentTemplate, PlanDocument, template_faults
from cchc_desktop.domain.text_shapes import is_pack_id
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack.json_object import JsonObject, decode_object
from cchc_desktop.quick_dataclass import needed_fields

FORMAT = "cchc-document-template/1"
LAYOUT_NAMES = tuple(needed_fields(Layout))


def is_pack(content: bytes) -> bool:
    """Whether the bytes say that they are a document template."""
    return FORMAT.encode() in content[:100_000]


def encode(template: DocumentTemplate) -> bytes:
    """The one way this template is written; equal templates give equal bytes."""
    own = Layout()
    layout = {
        name: f"{value:f}"
        for name in LAYOUT_NAMES
        for value in (getattr(template.layout, name),)
        if value != getattr(own, name)
    }
    content = {
        "format": FORMAT,
        "id": template.id,
        "version": template.version,
        "title": template.title,
        "source": template.source,
        "unit_kinds": [kind.value for kind in template.unit_kinds],
        "layout": layout,
        "wordings": dict(template.wordings),
        "parts": {document.value: list(names) for document, names in template.parts.items()},
    }
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def decode(content: bytes, name: str = "") -> DocumentTemplate:
    """The template; `KnownError` plan.template_unreadable, document_template.faulty (which ranges, words)."""
    template = decode_object(content, _template)
    if faults := template_faults(template):
        raise KnownError("document_template.faulty", name=name, count=len(faults), faults=faults[:20])
    return template


def _template(reader: JsonObject) -> DocumentTemplate:
    reader.one_of("format", (FORMAT,))
    kinds = reader.members("unit_kinds", UnitKind)
    return DocumentTemplate(
        id=reader.text("id", is_pack_id),
        version=reader.number("version", 1, 9_999),
        title=reader.needed("title"),
        source=reader.text("source"),
        unit_kinds=kinds,
        layout=reader.object("layout", _layout),
        wordings=reader.object("wordings", _wordings),
        parts=reader.object("parts", _parts),
    )


def _layout(reader: JsonObject) -> Layout:
    values: dict[str, Any] = {}
    for name in reader.names():
        if name in LAYOUT_NAMES and (value := reader.decimal(name)) is not None:
            values[name] = value
    return Layout(**values)


def _wordings(reader: JsonObject) -> dict[str, str]:
    return {name: reader.text(name) for name in reader.names()}


def _parts(reader: JsonObject) -> dict[PlanDocument, tuple[str, ...]]:
    known = {document.value: document for document in PlanDocument}
    return {known[name]: reader.texts(name) for name in reader.names() if name in known}
