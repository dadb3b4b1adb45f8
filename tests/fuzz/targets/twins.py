"""Everything good passes first, so that a run in which everything is refused shows."""

from __future__ import annotations

import io
from pathlib import Path

from cchc_desktop.domain.verification import Outcome
from cchc_desktop.intake.active_content import look_inside
from cchc_desktop.package.content_codec import read_plan, read_selfscore, write_plan, write_selfscore
from cchc_desktop.package.head_codec import read_head, write_head
from cchc_desktop.package.manifest import read_manifest
from cchc_desktop.package.update_codec import read_update, write_update
from cchc_desktop.trust import encryption
from cchc_desktop.trust.cades import sign_detached
from cchc_desktop.trust.judgement import judge
from cchc_desktop.trust.pades_check import check_pdf
from cchc_desktop.trust.signature_check import check_signature
from cchc_desktop.trust.trusted import Trusted
from tests.fuzz import samples
from tests.fuzz.targets.good import (
    DIGEST,
    authority,
    good_package,
    good_signature,
    good_signed_twice,
    issued,
    must,
    revocations,
    verified,
)
from tests.fuzz.targets.sealed_files import SECRET, envelope, good_pdf
from tests.fuzz.targets.signed_contents import (
    UPDATE,
    good_manifest,
)
from tests.hostile import pdf_forge
from tests.hostile.forge import SIGNATURE
from tests.package.samples import NOW, head, signer_of
from tests.package.test_codecs import PLAN, SCORE


def twins(folder: Path) -> None:
    """Everything good passes first."""
    for content in (good_package(), good_signed_twice()):
        must(verified(content, folder).outcome is Outcome.VALID, "the good package")
    must(check_signature(good_signature(), DIGEST).signer == signer_of().certificate, "the good signature")
    must(len(read_manifest(good_manifest(), SIGNATURE)) == 5, "the good manifest")
    read_plan(write_plan(PLAN))
    read_selfscore(write_selfscore(SCORE))
    must(read_update(write_update(UPDATE)) == UPDATE, "the good update")
    must(read_head(write_head(head())).sender_id == "XA-EA-KAO", "the good head")
    trusted = Trusted((authority().certificate,), (revocations(),))
    reasons = judge(check_signature(sign_detached(issued(), DIGEST, NOW), DIGEST), trusted, NOW)
    must({reason.leads_to for reason in reasons} == {Outcome.VALID}, reasons)
    must(check_pdf(good_pdf(), pdf_forge.TRUSTED, pdf_forge.NOW).outcome is Outcome.VALID, "the good PDF")
    source, opened = io.BytesIO(envelope()[0]), io.BytesIO()
    found = encryption.read_envelope(source, len(envelope()[0]))
    encryption.decrypt(source, found, opened, envelope()[1])
    must(opened.getvalue() == SECRET, "the good envelope")
    for name, content in samples.files():
        path = folder / name
        path.write_bytes(content)
        look_inside(path, name)
