"""Signing a PDF (PAdES-B-B, ETSI EN 319 142-1) with any `Signer`, and where its signatures stand.

pyHanko is imported here and in `pades_check` only, when a PDF is signed or checked: it takes half a second.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from typing import Any

from cchc_desktop.domain.pdf_signature import LARGEST_PDF, SIGNATURE_PLACE, Box, PdfPlaces
from cchc_desktop.domain.vietnam_time import VIETNAM
from cchc_desktop.errors import KnownError
from cchc_desktop.trust.algorithms import IDENTIFIERS, RSA_BITS, SignatureAlgorithm
from cchc_desktop.trust.certificate import Certificate
from cchc_desktop.trust.signer import Signer

_FIELD = "ChuKy"
_RESERVED = 16_384
"""Room for the CMS, in bytes: signer and intermediates of a state CA take about 6,000."""
MOST_PAGES = 2_000
MOST_REVISIONS = 40
LONGEST_READING = 20.0
"""Seconds. 50 MB with two signatures take one."""


def sign_pdf(pdf: bytes, signer: Signer, at: datetime, box: Box | None = None, stamp: bytes = b"") -> bytes:
    """`pdf` with one more signature, as an incremental update: what was there stays byte for byte.

    `stamp` is a PDF of one page as large as `box` that shows the signature; without a box it is not shown.
    `at` is the claimed time. Raises KnownError trust.clock, pades.too_large, too_intricate, broken,
    encrypted, hybrid, certified (its author allowed no further signature), and what the signer raises.
    """
    certificate = signer.certificate
    moment = at.astimezone(VIETNAM).replace(microsecond=0)
    if not certificate.valid_from <= moment <= certificate.valid_to:
        raise KnownError(
            "trust.clock", today=at, valid_from=certificate.valid_from, valid_to=certificate.valid_to
        )
    with readable(pdf) as reader:
        return _signed(reader, signer, moment, box, stamp)


def places(pdf: bytes) -> PdfPlaces:
    """Where signatures stand and where one may. Raises KnownError pades.…"""
    with readable(pdf) as reader:
        pages = pages_of(reader)
        numbers = {page.container_ref.idnum: number for number, page in enumerate(pages)}
        taken = [box for number, page in enumerate(pages) for box in _signature_boxes(page, number)]
        sizes = tuple(page_size(page) for page in pages)
        return PdfPlaces(sizes, tuple(taken), _destination(reader.root, numbers))


def organisation_of(certificate: Certificate) -> str:
    """The organisation (O) of a person's certificate; "" where the certificate is the organisation's own."""
    from asn1crypto import x509

    named = x509.Name.load(certificate.subject).native.get("organization_name", "")
    name = named if isinstance(named, str) else str(named[0])
    return "" if name == certificate.name else name


@contextmanager
def readable(pdf: bytes) -> Iterator[Any]:
    """A strict reader of the file; what it raises becomes advice."""
    if len(pdf) > LARGEST_PDF:
        raise KnownError("pades.too_large", limit=LARGEST_PDF)
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.general import SigningError

    # It reports what it finds in a file as tracebacks; what is found is said by our reasons.
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    try:
        reader = PdfFileReader(_Patient(pdf), strict=True)
        if reader.encrypted:
            raise KnownError("pades.encrypted")
        if reader.xrefs.hybrid_xrefs_present:
            raise KnownError("pades.hybrid")
        if reader.xrefs.total_revisions > MOST_REVISIONS:
            raise KnownError("pades.too_intricate")
        yield reader
    except _TooSlow as error:
        raise KnownError("pades.too_intricate") from error
    except SigningError as error:
        raise KnownError("pades.certified", detail=str(error)) from error
    except PDF_FAULTS as error:
        raise KnownError("pades.broken", detail=str(error)) from error
    except PdfError as error:
        raise KnownError("pades.broken", detail=str(error)) from error


class _TooSlow(Exception):  # noqa: N818 - an answer
    """Nobody made this file to be read."""


class _Patient(BytesIO):
    """The file's bytes, for so long as reading them may take: a million entries are small on the disk."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._until = time.monotonic() + LONGEST_READING

    def read(self, size: int | None = -1, /) -> bytes:
        if time.monotonic() > self._until:
            raise _TooSlow
        return super().read(size)


# What pyHanko and asn1crypto raise for files that are no good; none of it may reach the user.
PDF_FAULTS = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError),
    *(NotImplementedError, RecursionError, ArithmeticError),
)


def _signed(reader: Any, signer: Signer, at: datetime, box: Box | None, stamp: bytes) -> bytes:
    import asyncio

    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, enumerate_sig_fields
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

    name = _free_name({found[0] for found in enumerate_sig_fields(reader)})
    shown = None if box is None else (box.left, box.bottom, box.right, box.top)
    page = 0 if box is None else box.page
    engine = PdfSigner(
        PdfSignatureMetadata(
            field_name=name,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            name=signer.certificate.name,
        ),
        _adapted(signer),
        stamp_style=_style(stamp),
        new_field_spec=SigFieldSpec(name, on_page=page, box=shown),  # type: ignore[arg-type]
    )
    writer = IncrementalPdfFileWriter.from_reader(reader)
    session = engine.init_signing_session(writer)
    session.system_time = at
    prepared = session.prepare_tbs_document(None, _RESERVED)
    digest, output = prepared.digest_tbs_document()
    attributes = PdfCMSSignedAttributes(signing_time=at)
    asyncio.run(prepared.perform_signature(digest.document_digest, attributes))
    output.seek(0)
    content: bytes = output.read()
    return content


def _free_name(taken: set[str]) -> str:
    number = 1
    while f"{_FIELD}{number}" in taken:
        number += 1
    return f"{_FIELD}{number}"


def _style(stamp: bytes) -> Any:
    """Nothing of pyHanko's own: no border, no margin, its text spacing is wrong for our font."""
    from pyhanko.pdf_utils import content, layout
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.stamp import StaticStampStyle

    if not stamp:
        return StaticStampStyle(border_width=0)

    class Drawn(content.PdfContent):
        def render(self) -> bytes:
            page = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(stamp)))
            self.resources.xobject["/Stamp"] = page
            left, bottom, right, top = page.get_object()["/BBox"]
            self.box = layout.BoxConstraints(width=right - left, height=top - bottom)
            return b"/Stamp Do"

    whole = layout.SimpleBoxLayoutRule(
        x_align=layout.AxisAlignment.ALIGN_MID,
        y_align=layout.AxisAlignment.ALIGN_MID,
        margins=layout.Margins(),
    )
    return StaticStampStyle(border_width=0, background=Drawn(), background_layout=whole)


def _adapted(signer: Signer) -> Any:
    """Our signer as pyHanko's: software, PKCS#12 and token sign in the same way."""
    from asn1crypto import x509
    from asn1crypto.algos import SignedDigestAlgorithm
    from pyhanko.sign.signers.pdf_cms import Signer as PdfCmsSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    class Adapter(PdfCmsSigner):
        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            if dry_run:
                return bytes(72 if signer.algorithm is SignatureAlgorithm.ECDSA_P256 else RSA_BITS[-1] // 8)
            return signer.sign(data)

    others: Any = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    others.register_multiple([x509.Certificate.load(der) for der in signer.intermediates])
    return Adapter(
        signing_cert=x509.Certificate.load(signer.certificate.der),
        cert_registry=others,
        signature_mechanism=SignedDigestAlgorithm.load(IDENTIFIERS[signer.algorithm]),
        embed_roots=False,
    )


def _pages(node: Any, seen: set[int]) -> Iterator[Any]:
    """The pages in order; a tree that bites its tail or has no end is broken."""
    number = node.container_ref.idnum
    if number in seen or len(seen) > 2 * MOST_PAGES:
        raise ValueError("page tree")
    seen.add(number)
    if entry(node, "/Type") == "/Pages":
        for kid in node["/Kids"]:
            yield from _pages(kid.get_object(), seen)
    else:
        yield node


def page_sizes(reader: Any) -> list[tuple[float, float]]:
    """Width and height of each page of an opened file."""
    return [page_size(page) for page in pages_of(reader)]


def pages_of(reader: Any) -> list[Any]:
    """The page dictionaries of an opened file, in order."""
    return list(_pages(reader.root["/Pages"], set()))


def page_size(page: Any) -> tuple[float, float]:
    """Width and height, as the page or what it hangs on says."""
    node = page
    while "/MediaBox" not in node:
        node = node["/Parent"]
    left, bottom, right, top = (float(value) for value in node["/MediaBox"])
    return abs(right - left), abs(top - bottom)


def _signature_boxes(page: Any, number: int) -> Iterator[Box]:
    for item in entry(page, "/Annots", ()):
        annotation = item.get_object()
        if is_signature_box(annotation) and (box := box_of(annotation, number)).area:
            yield box


def is_signature_box(annotation: Any) -> bool:
    """Whether an annotation shows a signature."""
    kind = entry(annotation, "/FT") or entry(entry(annotation, "/Parent", {}), "/FT")
    return bool(entry(annotation, "/Subtype") == "/Widget" and kind == "/Sig")


def entry(dictionary: Any, name: str, default: Any = None) -> Any:
    """A dictionary's entry with references followed (its own `get` does not follow them)."""
    return dictionary[name] if name in dictionary else default  # noqa: SIM401


def box_of(annotation: Any, page: int) -> Box:
    """An annotation's rectangle, whichever corner it begins with."""
    one, two, three, four = (float(value) for value in annotation["/Rect"])
    return Box(page, min(one, three), min(two, four), max(one, three), max(two, four))


def _destination(root: Any, numbers: dict[int, int]) -> Box | None:
    """The named room for the signature. reportlab writes destinations as a dictionary in the catalogue."""
    named = entry(root, "/Dests", {})
    found = entry(named, f"/{SIGNATURE_PLACE}")
    if found is None or len(found) != 6 or found[1] != "/FitR":
        return None
    page = numbers.get(found.raw_get(0).idnum)
    return None if page is None else Box(page, *(float(found[place]) for place in range(2, 6)))
