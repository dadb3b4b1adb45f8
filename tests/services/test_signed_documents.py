"""The legal way around the program: out to be signed, back, checked, into the package; then numbered."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.pdf_signature import Box, SignsIn
from cchc_desktop.domain.signed_document import SignedKind, Signing
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.services import history, plan, signed_documents
from cchc_desktop.trust.pades import sign_pdf
from tests.hostile.pdf_forge import annotation, page, updated
from tests.services.handing_in import Opened
from tests.trust.authority import DAY, AnySigner, Authority

KIND = SignedKind.PLAN


def head(now: datetime | None = None) -> AnySigner:
    """The head's certificate by a state CA that this profile does not know."""
    now = now or vietnam_now()
    return AnySigner(*Authority(now, "CA công vụ").issue("Lê Đình Khải", "", now - DAY, now + 300 * DAY))


def signed_elsewhere(file: Path, signer: AnySigner | None = None) -> Path:
    """As a signing program does: an incremental update beside the file."""
    to = file.with_name(f"{file.stem}.signed.pdf")
    to.write_bytes(sign_pdf(file.read_bytes(), signer or head(), vietnam_now()))
    return to


def of(opened: Opened, kind: SignedKind = KIND) -> Signing:
    return next(one for one in signed_documents.signings(*opened) if one.kind is kind)


def refused(opened: Opened, file: Path, kind: SignedKind = KIND) -> KnownError:
    """The advice; nothing may be kept."""
    before = of(opened, kind)
    with pytest.raises(KnownError) as caught:
        signed_documents.take_in(*opened, kind, file)
    assert render(caught.value.message)
    assert of(opened, kind) == before
    return caught.value


def without_number(opened: Opened) -> None:
    issue = plan.plan(*opened).issue
    plan.set_issue(*opened, replace(issue, number="", issued_on=None))


def test_out_signed_back(opened: Opened, usb: Path) -> None:
    """What comes back is kept, its signer named as the certificate says, and it stands for the drawn one."""
    assert of(opened) == Signing(KIND, "ke-hoach-cchc-2026-XA-EA-KAO.pdf")
    file = signed_documents.export_to_sign(*opened, KIND, usb)
    assert file == usb / "ke-hoach-cchc-2026-XA-EA-KAO.pdf"
    waiting = of(opened)
    assert waiting.exported is not None and waiting.exported_is_current and waiting.signed is None
    assert waiting.exported.state is DocumentState.READY
    taken = signed_documents.take_in(*opened, KIND, signed_elsewhere(file))
    now = of(opened)
    assert now.signed == taken.document and now.signed_is_current
    assert taken.document.exact and taken.check.outcome is Outcome.UNKNOWN_SIGNER
    (by,) = taken.document.signers
    assert (by.name, by.outcome) == ("Lê Đình Khải", Outcome.UNKNOWN_SIGNER)
    assert timedelta(0) <= vietnam_now() - by.signed_at < timedelta(minutes=1)
    copy = signed_documents.open_copy(opened[0], taken.document.id)
    assert copy.read_bytes() == (usb / "ke-hoach-cchc-2026-XA-EA-KAO.signed.pdf").read_bytes()
    shown = subprocess.run(["pdfsig", copy], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in shown and "Total document signed" in shown


def test_what_has_a_number_is_final_when_signed(opened: Opened, usb: Path) -> None:
    file = signed_documents.export_to_sign(*opened, KIND, usb)
    taken = signed_documents.take_in(*opened, KIND, signed_elsewhere(file))
    assert plan.plan(*opened).issue.number == "14/KH-UBND"
    assert (taken.document.state, taken.document.given.number) == (DocumentState.FINALISED, "14/KH-UBND")


def test_a_leader_signs_before_the_number_exists(opened: Opened, usb: Path) -> None:
    """ "Signed, not numbered" is a state; the clerk's number ends it and goes into the plan too."""
    without_number(opened)
    file = signed_documents.export_to_sign(*opened, KIND, usb)
    taken = signed_documents.take_in(*opened, KIND, signed_elsewhere(file))
    assert taken.document.state is DocumentState.SIGNED_NOT_NUMBERED
    with pytest.raises(KnownError) as caught:
        signed_documents.give_number(opened[0], taken.document.id, "  ", date(2026, 12, 7))
    assert caught.value.code == "signed.number_missing"
    signed_documents.give_number(opened[0], taken.document.id, " 15 ", date(2026, 12, 7))
    now = of(opened)
    assert now.signed is not None and now.signed_is_current, "the same words, and now their number"
    assert now.signed.state is DocumentState.FINALISED
    assert (now.signed.given.number, now.signed.given.issued_on) == ("15", date(2026, 12, 7))
    issue = plan.plan(*opened).issue
    assert (issue.number, issue.issued_on) == ("15", date(2026, 12, 7))
    with pytest.raises(KnownError) as caught:
        signed_documents.give_number(opened[0], taken.document.id, "16", date(2026, 12, 7))
    assert caught.value.code == "signed.has_number"
    history.undo(*opened)
    undone = of(opened)
    assert undone.signed is not None and undone.signed.state is DocumentState.SIGNED_NOT_NUMBERED
    assert plan.plan(*opened).issue.number == ""


def test_another_number_in_the_plan_leaves_the_signed_file_behind(opened: Opened, usb: Path) -> None:
    file = signed_documents.export_to_sign(*opened, KIND, usb)
    signed_documents.take_in(*opened, KIND, signed_elsewhere(file))
    issue = plan.plan(*opened).issue
    plan.set_issue(*opened, replace(issue, number="16"))
    assert not of(opened).signed_is_current
    plan.set_issue(*opened, issue)
    assert of(opened).signed_is_current


def test_progress_of_tasks_is_no_change_of_what_was_signed(opened: Opened, usb: Path) -> None:
    from cchc_desktop.domain.plan import TaskState

    file = signed_documents.export_to_sign(*opened, KIND, usb)
    signed_documents.take_in(*opened, KIND, signed_elsewhere(file))
    task = plan.plan(*opened).tasks[0]
    plan.update_task(opened[0], task.id, state=TaskState.DOING, percent=40)
    assert of(opened).signed_is_current
    plan.update_task(opened[0], task.id, title=f"{task.title} khác")
    assert not of(opened).signed_is_current


def test_plan_changed_since_the_export_asks_for_another_export(opened: Opened, usb: Path) -> None:
    file = signed_documents.export_to_sign(*opened, KIND, usb)
    back = signed_elsewhere(file)
    task = plan.plan(*opened).tasks[0]
    plan.update_task(opened[0], task.id, title=f"{task.title} khác")
    assert not of(opened).exported_is_current
    assert refused(opened, back).code == "signed.content_changed"
    again = signed_documents.export_to_sign(*opened, KIND, usb)
    assert again.name == "ke-hoach-cchc-2026-XA-EA-KAO (2).pdf", "the older file stays"
    assert refused(opened, back).code == "signed.other_document"
    assert signed_documents.take_in(*opened, KIND, signed_elsewhere(again))


def test_never_exported_can_not_come_back(opened: Opened, usb: Path, tmp_path: Path) -> None:
    from cchc_desktop.services import documents

    file = documents.write_plan_pdf(*opened, usb / "in.pdf")
    assert refused(opened, signed_elsewhere(file)).code == "signed.not_exported"


def test_unsigned_changed_and_foreign_files_are_refused(opened: Opened, usb: Path) -> None:
    """The good file passes last, in the same run."""
    file = signed_documents.export_to_sign(*opened, KIND, usb)
    back = signed_elsewhere(file)
    error = refused(opened, file)
    assert (error.code, error.message.args["why"].id) == ("signed.refused", "pades.unsigned")
    changed = usb / "sửa.pdf"
    content = bytearray(back.read_bytes())
    content[len(file.read_bytes()) // 2] ^= 1
    changed.write_bytes(content)
    error = refused(opened, changed)
    assert error.code == "signed.refused"
    letter = signed_documents.export_to_sign(*opened, SignedKind.LETTER, usb)
    assert refused(opened, signed_elsewhere(letter)).code == "signed.other_document"
    assert refused(opened, usb / "không có.pdf").code == "pades.unreadable"
    assert signed_documents.take_in(*opened, KIND, back)


def test_signing_program_that_writes_the_file_anew(opened: Opened, usb: Path) -> None:
    """The bytes are others, the pages the same: kept with a word on what could not be proven."""
    file = signed_documents.export_to_sign(*opened, KIND, usb)
    anew = BytesIO()
    with pikepdf.open(file) as pdf:
        pdf.save(anew, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert not anew.getvalue().startswith(file.read_bytes()[:1000])
    back = usb / "ghi lại.pdf"
    back.write_bytes(sign_pdf(anew.getvalue(), head(), vietnam_now()))
    taken = signed_documents.take_in(*opened, KIND, back)
    assert not taken.document.exact
    assert "signed.written_anew" in [warning.id for warning in taken.warnings]


@pytest.mark.parametrize("how", ["word", "page", "font", "picture over it"])
def test_file_written_anew_with_another_page_is_refused(how: str, opened: Opened, usb: Path) -> None:
    file = signed_documents.export_to_sign(*opened, KIND, usb)
    anew = BytesIO()
    with pikepdf.open(file) as pdf:
        page = pdf.pages[1]
        if how == "word":
            content = page.Contents.read_bytes()
            at = content.rindex(b"(", 0, len(content) - 2000)
            other = content[: at + 1] + bytes([content[at + 1] ^ 1]) + content[at + 2 :]
            page.Contents = pdf.make_stream(other)
        elif how == "page":
            del pdf.pages[2]
        elif how == "font":
            fonts = page.Resources.Font
            first, second, *_ = fonts.keys()
            fonts[first], fonts[second] = fonts[second], fonts[first]
        else:
            page.contents_add(pdf.make_stream(b"q 1 g 0 0 300 300 re f Q"))
        pdf.save(anew)
    back = usb / "ghi lại.pdf"
    back.write_bytes(sign_pdf(anew.getvalue(), head(), vietnam_now()))
    assert refused(opened, back).code == "signed.other_document"


def note_over_the_text(pdf: bytes) -> bytes:
    return updated(pdf, annotation("/FreeText"))


def page_drawn_anew(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page(writer)[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"q Q"))

    return updated(pdf, change)


def page_without_fonts(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page(writer)[pdf_name("/Resources")] = generic.DictionaryObject()

    return updated(pdf, change)


def layers(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root[pdf_name("/OCProperties")] = generic.DictionaryObject(
            {pdf_name("/OCGs"): generic.ArrayObject(), pdf_name("/D"): generic.DictionaryObject()}
        )
        writer.update_root()

    return updated(pdf, change)


@pytest.mark.parametrize("change", [note_over_the_text, page_drawn_anew, page_without_fonts, layers])
def test_changed_between_export_and_signature_is_refused(
    change: Callable[[bytes], bytes], opened: Opened, usb: Path
) -> None:
    """The file begins with the exported bytes and the signature holds; what it shows is another document."""
    file = signed_documents.export_to_sign(*opened, KIND, usb)
    back = usb / "sửa rồi ký.pdf"
    back.write_bytes(sign_pdf(change(file.read_bytes()), head(), vietnam_now()))
    assert back.read_bytes().startswith(file.read_bytes())
    assert refused(opened, back).code == "signed.other_document"
    assert signed_documents.take_in(*opened, KIND, signed_elsewhere(file)).document.exact


def test_signature_as_large_as_the_page_is_refused(opened: Opened, usb: Path) -> None:
    file = signed_documents.export_to_sign(*opened, KIND, usb)
    back = usb / "khung lớn.pdf"
    for box, good in ((Box(0, 0, 0, 595, 842), False), (Box(0, 300, 100, 480, 180), True)):
        back.write_bytes(sign_pdf(file.read_bytes(), head(), vietnam_now(), box))
        if good:
            assert signed_documents.take_in(*opened, KIND, back)
        else:
            assert refused(opened, back).code == "signed.other_document"


def test_signed_twice_elsewhere_comes_back_twice(opened: Opened, usb: Path) -> None:
    """The head signs; the office signs over it later: the newer file takes the older one's place."""
    file = signed_documents.export_to_sign(*opened, KIND, usb)
    first = signed_elsewhere(file)
    signed_documents.take_in(*opened, KIND, first)
    second = signed_elsewhere(first)
    taken = signed_documents.take_in(*opened, KIND, second)
    assert len(taken.document.signers) == 2
    assert of(opened).signed == taken.document


def test_signed_here_by_the_chosen_signer_and_once_more(opened: Opened) -> None:
    """Person first, between title and name; then the organisation at the upper right of page 1."""
    from cchc_desktop.domain.signer_choice import SignWith

    first = signed_documents.sign_here(*opened, KIND, SignWith())
    assert first.check.outcome is Outcome.VALID, "the unit's own key is believed here"
    second = signed_documents.sign_here(*opened, KIND, SignWith(), SignsIn.ORGANISATION)
    assert len(second.document.signers) == 2 and second.check.outcome is Outcome.VALID
    assert of(opened).signed == second.document


def test_dropped_and_brought_back_by_undo(opened: Opened, usb: Path) -> None:
    file = signed_documents.export_to_sign(*opened, KIND, usb)
    taken = signed_documents.take_in(*opened, KIND, signed_elsewhere(file))
    signed_documents.drop(opened[0], taken.document.id)
    assert of(opened).signed is None
    history.undo(*opened)
    assert of(opened).signed == taken.document
    assert signed_documents.open_copy(opened[0], taken.document.id).is_file()


def test_selfscore_is_signed_too(opened: Opened, usb: Path) -> None:
    kind = SignedKind.SELFSCORE
    file = signed_documents.export_to_sign(*opened, kind, usb)
    taken = signed_documents.take_in(*opened, kind, signed_elsewhere(file))
    assert taken.document.state is DocumentState.SIGNED_NOT_NUMBERED
    signed_documents.give_number(opened[0], taken.document.id, "20/BC-UBND", date(2026, 12, 7))
    now = of(opened, kind)
    assert now.signed is not None and now.signed.state is DocumentState.FINALISED and now.signed_is_current
    assert plan.plan(*opened).issue.number == "14/KH-UBND", "the plan keeps its own"
