"""What is fuzzed: each target is `case(random, folder)`, which raises `Finding` or anything else.

One line here for a new target; its good input passes in `twins.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.fuzz.targets.container import bent_container, changed_content, raw
from tests.fuzz.targets.files_inside import evidence_file, office_part
from tests.fuzz.targets.sealed_files import encrypted_file, signed_pdf
from tests.fuzz.targets.signatures import (
    certificate,
    certificate_request,
    der_signature,
    raw_signature,
    revocation_list,
    signed_with_bent_certificate,
)
from tests.fuzz.targets.signed_contents import (
    manifest_text,
    office_texts,
    signed_contents,
    signed_files,
    signed_head,
    signed_manifest,
    update_list,
)

Target = Callable[[Random, Path], None]

# How often, in proportion: what an attacker reaches first, most.
TARGETS: dict[str, tuple[int, Target]] = {
    "raw": (8, raw),
    "bent_container": (8, bent_container),
    "changed_content": (4, changed_content),
    "signed_files": (4, signed_files),
    "signed_manifest": (4, signed_manifest),
    "signed_head": (6, signed_head),
    "signed_contents": (6, signed_contents),
    "manifest_text": (4, manifest_text),
    "raw_signature": (6, raw_signature),
    "der_signature": (10, der_signature),
    "certificate": (6, certificate),
    "signed_with_bent_certificate": (6, signed_with_bent_certificate),
    "revocation_list": (2, revocation_list),
    "office_texts": (3, office_texts),
    "update_list": (3, update_list),
    "signed_pdf": (2, signed_pdf),
    "encrypted_file": (3, encrypted_file),
    "certificate_request": (3, certificate_request),
    "evidence_file": (4, evidence_file),
    "office_part": (2, office_part),
}
