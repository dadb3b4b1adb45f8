"""Write an Office file's parts again with fixed dates, so that the same content gives the same bytes."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

_WHEN = (2026, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*(</dcterms:)")


def with_fixed_dates(content: bytes) -> bytes:
    """The same parts in the same order; no part and no property tells when it was written."""
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as copy,
    ):
        for part in source.infolist():
            data = source.read(part)
            if part.filename == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>2026-01-01T00:00:00Z\g<2>", data)
            fixed = zipfile.ZipInfo(part.filename, _WHEN)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.external_attr = 0o600 << 16
            fixed.create_system = 3
            copy.writestr(fixed, data)
    return target.getvalue()
