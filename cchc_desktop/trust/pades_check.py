"""Checks every signature of a PDF: does it hold, does it cover what is shown, and is its signer trusted.

pyHanko compares the revisions. Around it stand rules of our own, each for an attack that readers fell for:
the gap in the signed bytes is exactly the signature (moved and wrapped signatures); after a signature nothing
but further signatures may come (values of form fields, annotations, pages and texts may not); and no box that
came later may be empty or so large that it hides what was signed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from cchc_desktop.domain.pdf_signature import LARGEST_PDF, PdfCheck, PdfSignature
from cchc_desktop.domain.verification import Aspect, Outcome, Reason, SignerFinding, worst
from cchc_desktop.errors import KnownError
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import replace
from cchc_desktop.trust.judgement import judge
from cchc_desktop.trust.pades import PDF_FAULTS, box_of, entry, organisation_of, page_sizes, readable
from cchc_desktop.trust.pades_cms import checked_cms, der_length
from cchc_desktop.trust.signature_check import SignatureRefused
from cchc_desktop.trust.trusted import Trusted

MOST_SIGNATURES = 16
_SUBFILTERS = frozenset({"/ETSI.CAdES.detached", "/adbe.pkcs7.detached"})
_LARGEST_SHARE = 1 / 8
"""Of a page: a signature's box that came after another signature is at most so large."""


def check_pdf(pdf: bytes | Path, trusted: Trusted, now: datetime) -> PdfCheck:
    """Every signature in the order of signing. Never raises for what a file holds.

    Without any signature the outcome is `INVALID` with the reason pades.unsigned.
    """
    try:
        with readable(pdf if isinstance(pdf, bytes) else bytes_of(pdf)) as reader:
            return _checked(reader, trusted, now)
    except KnownError as error:
        return PdfCheck(Outcome.UNREADABLE, (Reason(error.message, Aspect.FORM, Outcome.UNREADABLE),))


def bytes_of(path: Path) -> bytes:
    """A file's content, one byte more than is ever read at most. Raises KnownError pades.unreadable."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_PDF + 1)
    except OSError as error:
        raise KnownError("pades.unreadable", name=path.name, detail=str(error)) from error


def _checked(reader: Any, trusted: Trusted, now: datetime) -> PdfCheck:
    from pyhanko.sign.fields import enumerate_sig_fields

    fields = list(itertools.islice(enumerate_sig_fields(reader), MOST_SIGNATURES + 1))
    signed = [(name, reference) for name, value, reference in fields if value is not None]
    if len(fields) > MOST_SIGNATURES:
        raise KnownError("pades.too_intricate")
    embedded: list[Any] = []
    reasons: list[Reason] = []
    for name, reference in signed:
        try:
            if (found := _embedded(reader, name, reference)) is not None:
                embedded.append(found)
        except SignatureRefused as refused:
            reasons.append(_refusal(refused))
    embedded.sort(key=lambda found: found.signed_revision)
    signatures = []
    latest: datetime | None = None
    for found in embedded:
        try:
            signature, at = _signature(found, trusted, now)
        except SignatureRefused as refused:
            reasons.append(_refusal(refused))
            continue
        if latest is not None and at < latest:
            late = Reason(
                message("pades.time_order", name=signature.signer.name),
                Aspect.TIME,
                Outcome.VALID_WITH_WARNINGS,
            )
            signature = replace(signature, reasons=(*signature.reasons, late))
        latest = at
        signatures.append(signature)
    reasons += [reason for signature in signatures for reason in signature.reasons]
    if not signatures and not reasons:
        reasons.append(_bad("pades.unsigned", Aspect.INTEGRITY))
    outcome = worst(reason.leads_to for reason in reasons)
    return PdfCheck(outcome, tuple(reasons), tuple(signatures))


def _embedded(reader: Any, name: str, reference: Any) -> Any | None:
    """The signature in a field; None for a time stamp, which bears no signer's will."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    try:
        found = EmbeddedPdfSignature(reader, reference.get_object(), name)
        if found.sig_object_type == "/DocTimeStamp":
            return None
        if entry(found.sig_object, "/SubFilter") not in _SUBFILTERS:
            raise SignatureRefused("pades.signature_kind", Outcome.INVALID)
        _check_gap(reader.stream, found)
    except (*PDF_FAULTS, PdfError) as error:
        raise SignatureRefused("pades.no_signature_data", Outcome.INVALID, str(error)) from error
    return found


def _check_gap(stream: Any, found: Any) -> None:
    """The two signed ranges meet at the signature and nowhere else, and its padding is empty."""
    numbers = [int(number) for number in found.byte_range]
    size = stream.seek(0, 2)
    if len(numbers) != 4 or numbers[0] != 0 or min(numbers) < 0:
        raise SignatureRefused("pades.byte_range", Outcome.INVALID)
    _zero, first, second, rest = numbers
    if not 0 < first < second <= second + rest <= size or rest == 0:
        raise SignatureRefused("pades.byte_range", Outcome.INVALID)
    stream.seek(first)
    gap = stream.read(second - first)
    content = bytes(found.pkcs7_content)
    if gap[:1] != b"<" or gap[-1:] != b">" or gap[1:-1].lower() != content.hex().encode():
        raise SignatureRefused("pades.byte_range", Outcome.INVALID)
    if content[der_length(content) :].strip(b"\0"):
        raise SignatureRefused("pades.byte_range", Outcome.INVALID)


def _signature(found: Any, trusted: Trusted, now: datetime) -> tuple[PdfSignature, datetime]:
    """The word on one signature. Raises `SignatureRefused` where not even its signer can be named."""
    from pyhanko.pdf_utils.misc import PdfError

    try:
        signature, unchanged = checked_cms(found)
        name = signature.signer.name
        if not unchanged:
            integrity = _bad("pades.changed", Aspect.INTEGRITY, name=name)
        else:
            integrity = _since(found, name)
    except (*PDF_FAULTS, PdfError) as error:
        raise SignatureRefused("pades.no_signature_data", Outcome.INVALID, str(error)) from error
    reasons = (integrity, *judge(signature, trusted, now))
    signer = signature.signer
    finding = SignerFinding(
        name=signer.name,
        unit_code=signer.unit_code,
        fingerprint=signer.fingerprint,
        spoken_code=signer.spoken_code,
        signed_at=signature.signed_at,
        outcome=worst(reason.leads_to for reason in reasons),
    )
    return PdfSignature(finding, organisation_of(signer), reasons), signature.signed_at


def _since(found: Any, name: str) -> Reason:
    """What came into the file after this signature."""
    from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    found.compute_integrity_info(diff_policy=_strict_policy())
    if found.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return Reason(message("pades.unchanged", name=name), Aspect.INTEGRITY, Outcome.VALID)
    difference = found.diff_result
    if (
        found.coverage is not SignatureCoverageLevel.ENTIRE_REVISION
        or not isinstance(difference, DiffResult)
        or difference.modification_level > ModificationLevel.FORM_FILLING
        or not found.summarise_integrity_info()["docmdp_ok"]
    ):
        return _bad("pades.changed_since", Aspect.INTEGRITY, name=name)
    if _loose_end(found):
        return _bad("pades.changed_since", Aspect.INTEGRITY, name=name)
    if any(_may_hide(found)):
        return _bad("pades.covering_box", Aspect.INTEGRITY, name=name)
    return Reason(message("pades.only_signed_since", name=name), Aspect.INTEGRITY, Outcome.VALID)


def _loose_end(found: Any) -> bool:
    """Bytes behind the end that belong to no revision: a reader that repairs files may take them in."""
    reader = found.reader
    reader.stream.seek(-min(64, reader.stream.seek(0, 2)), 2)
    ended: bytes = reader.stream.read().rstrip()
    return found.signed_revision + 1 >= reader.xrefs.total_revisions or not ended.endswith(b"%%EOF")


def _strict_policy() -> Any:
    """pyHanko's own, but for the values of form fields: nobody may fill in a document that is signed."""
    from pyhanko.sign.diff_analysis.form_rules_api import FormUpdatingRule
    from pyhanko.sign.diff_analysis.policies import DEFAULT_DIFF_POLICY, StandardDiffPolicy
    from pyhanko.sign.diff_analysis.rules import form_field_rules as fields

    rules: list[Any] = [fields.SigFieldCreationRule(), fields.SigFieldModificationRule()]  # type: ignore[no-untyped-call]
    return StandardDiffPolicy(DEFAULT_DIFF_POLICY.global_rules, FormUpdatingRule(field_rules=rules))


def _may_hide(found: Any) -> Iterator[bool]:
    """For each box of a signature field that came, or was filled, after this signature."""
    from pyhanko.sign.fields import enumerate_sig_fields

    reader = found.reader
    before = reader.get_historical_resolver(found.signed_revision)
    known = {name: value is not None for name, value, _ in enumerate_sig_fields(before)}
    largest = min(width * height for width, height in page_sizes(reader)) * _LARGEST_SHARE
    for name, value, reference in enumerate_sig_fields(reader):
        if known.get(name) or (value is None and name in known):
            continue
        field = reference.get_object()
        kids = [kid.get_object() for kid in entry(field, "/Kids", ())]
        for widget in (field, *kids):
            if "/Rect" in widget:
                area = box_of(widget, 0).area
                yield area > largest or (value is None and area > 0)


def _bad(code: str, aspect: Aspect, /, **args: object) -> Reason:
    return Reason(message(code, **args), aspect, Outcome.INVALID)


def _refusal(refused: SignatureRefused) -> Reason:
    return Reason(message(refused.code), Aspect.INTEGRITY, Outcome.INVALID)
