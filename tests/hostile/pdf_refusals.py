"""How an attack on a signed PDF is told from a good file: refused for its reason, within a second.

Every attacker holds an enrolled key; what he changes, somebody else has signed, or he has before he changed
it.
"""

from __future__ import annotations

import time

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from cchc_desktop.domain.pdf_signature import PdfCheck
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.language import render
from cchc_desktop.trust.pades_check import check_pdf
from tests.hostile.pdf_forge import (
    NOW,
    TRUSTED,
)

Writer = IncrementalPdfFileWriter


def checked(pdf: bytes) -> PdfCheck:
    """Within a second of work; every reason can be said."""
    begun = time.process_time()
    found = check_pdf(pdf, TRUSTED, NOW)
    assert time.process_time() - begun < 1
    assert all(render(reason.message) for reason in found.reasons)
    return found


def good(pdf: bytes) -> bytes:
    """A run in which everything is refused proves nothing."""
    found = checked(pdf)
    assert found.outcome is Outcome.VALID and found.holds, found.reasons
    return pdf


def refused(pdf: bytes, code: str, outcome: Outcome = Outcome.INVALID) -> None:
    found = checked(pdf)
    assert (found.outcome, found.holds) == (outcome, False), found.reasons
    assert code in [reason.code for reason in found.reasons if reason.leads_to is outcome]
