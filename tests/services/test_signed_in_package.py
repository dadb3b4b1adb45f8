"""A package carries what people signed in place of what the program drew, while it still says the same."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cchc_desktop.domain.signed_document import SignedKind
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.services import pdf_signatures, plan, signed_documents, submissions, verification
from tests.services.handing_in import Opened
from tests.services.test_signed_documents import signed_elsewhere, without_number


def take_in(opened: Opened, kind: SignedKind, folder: Path) -> bytes:
    """The bytes that came back signed."""
    file = signed_documents.export_to_sign(*opened, kind, folder)
    back = signed_elsewhere(file)
    signed_documents.take_in(*opened, kind, back)
    return back.read_bytes()


def exported(opened: Opened, folder: Path, kind: str = "plan") -> dict[str, bytes]:
    """The documents of a package that holds."""
    sent = submissions.export(*opened, kind, folder, with_certificate=True)
    package = folder / sent.file_name
    assert verification.verify(package, [folder / "trust.pem"]).outcome is Outcome.VALID
    out = folder / f"out{len(list(folder.iterdir()))}"
    subprocess.run(["unzip", "-q", str(package), "-d", str(out)], check=True)
    return {file.name: file.read_bytes() for file in sorted((out / "documents").iterdir())}


def warned(opened: Opened, kind: str = "plan") -> list[str]:
    told = submissions.readiness(*opened, kind).warnings
    assert all(render(one) for one in told)
    return [one.id for one in told if one.id.startswith("signed.")]


def pdfsig(content: bytes, folder: Path) -> str:
    (folder / "x.pdf").write_bytes(content)
    return subprocess.run(
        ["pdfsig", "-nocert", folder / "x.pdf"], capture_output=True, text=True, check=False
    ).stdout


def test_signed_plan_takes_the_place_of_the_drawn_one(opened: Opened, usb: Path, tmp_path: Path) -> None:
    assert "/ByteRange" not in exported(opened, usb)["plan.pdf"].decode("latin-1")
    back = take_in(opened, SignedKind.PLAN, tmp_path)
    documents = exported(opened, usb)
    assert documents == {"plan.pdf": back}
    assert "Signature is Valid" in pdfsig(documents["plan.pdf"], tmp_path)
    assert warned(opened) == []


def test_signed_selfscore_and_plan_go_out_together(opened: Opened, usb: Path, tmp_path: Path) -> None:
    plan_back = take_in(opened, SignedKind.PLAN, tmp_path)
    score_back = take_in(opened, SignedKind.SELFSCORE, tmp_path)
    documents = exported(opened, usb, "selfscore")
    assert list(documents) == ["plan.pdf", "selfscore.pdf", "selfscore.xlsx"]
    assert (documents["plan.pdf"], documents["selfscore.pdf"]) == (plan_back, score_back)
    told = submissions.readiness(*opened, "selfscore").size
    sent = submissions.export(*opened, "selfscore", usb)
    assert abs(told - sent.size) < 60_000


def test_letter_goes_along_once_it_is_signed(opened: Opened, usb: Path, tmp_path: Path) -> None:
    assert list(exported(opened, usb)) == ["plan.pdf"]
    back = take_in(opened, SignedKind.LETTER, tmp_path)
    assert exported(opened, usb)["letter.pdf"] == back


def test_signed_plan_that_was_changed_since_stays_out_and_that_is_said(
    opened: Opened, usb: Path, tmp_path: Path
) -> None:
    back = take_in(opened, SignedKind.PLAN, tmp_path)
    task = plan.plan(*opened).tasks[0]
    plan.update_task(opened[0], task.id, title=f"{task.title} khác")
    assert warned(opened) == ["signed.not_current"]
    assert exported(opened, usb)["plan.pdf"] != back


def test_signed_not_numbered_goes_out_with_a_word(opened: Opened, usb: Path, tmp_path: Path) -> None:
    without_number(opened)
    back = take_in(opened, SignedKind.PLAN, tmp_path)
    assert warned(opened) == ["signed.not_numbered"]
    assert exported(opened, usb)["plan.pdf"] == back
    (one,) = [one for one in signed_documents.signings(*opened) if one.kind is SignedKind.PLAN]
    assert one.signed is not None
    signed_documents.give_number(opened[0], one.signed.id, "15/KH-UBND", date(2026, 12, 7))
    assert warned(opened) == []
    assert exported(opened, usb)["plan.pdf"] == back


def test_kept_file_changed_behind_the_programs_back_is_not_sent(
    opened: Opened, usb: Path, tmp_path: Path
) -> None:
    take_in(opened, SignedKind.PLAN, tmp_path)
    (one,) = [one for one in signed_documents.signings(*opened) if one.kind is SignedKind.PLAN]
    assert one.signed is not None
    (stored,) = (opened[0].folder / "documents").rglob(one.signed.sha256)
    stored.chmod(0o600)
    stored.write_bytes(stored.read_bytes()[:-1])
    with pytest.raises(KnownError) as caught:
        submissions.export(*opened, "plan", usb)
    assert caught.value.code == "evidence.file_changed"
    assert list(usb.iterdir()) == []


def test_receiver_sees_who_signed_inside(opened: Opened, usb: Path, tmp_path: Path) -> None:
    """Told beside the package's own signature; a drawn document has nothing to tell."""
    bare = submissions.export(*opened, "plan", usb, with_certificate=True)
    trust = [usb / "trust.pem"]
    assert pdf_signatures.signed_inside(usb / bare.file_name, trust) == ()
    back = take_in(opened, SignedKind.PLAN, tmp_path)
    sent = submissions.export(*opened, "plan", usb)
    (inside,) = pdf_signatures.signed_inside(usb / sent.file_name, trust)
    assert (inside.entry, inside.title) == ("documents/plan.pdf", "Kế hoạch cải cách hành chính năm 2026.pdf")
    assert inside.check.outcome is Outcome.UNKNOWN_SIGNER
    assert [one.signer.name for one in inside.check.signatures] == ["Lê Đình Khải"]
    assert pdf_signatures.pdf_signatures(back, trust).outcome is Outcome.UNKNOWN_SIGNER
    assert pdf_signatures.pdf_signatures(b"no pdf", trust).outcome is Outcome.UNREADABLE


def test_drawn_documents_are_signed_inside_when_the_unit_wants_it(
    opened: Opened, usb: Path, tmp_path: Path
) -> None:
    """By whoever signs the package, at the upper right of page 1; what people signed stays as it is."""
    before = exported(opened, usb)["plan.pdf"]
    assert not signed_documents.signs_drawn(opened[0])
    signed_documents.set_signs_drawn(opened[0], True)
    documents = exported(opened, usb, "selfscore")
    assert documents["plan.pdf"].startswith(before)
    for name in ("plan.pdf", "selfscore.pdf"):
        told = pdfsig(documents[name], tmp_path)
        assert "Signature is Valid" in told and "Total document signed" in told
    back = take_in(opened, SignedKind.PLAN, tmp_path)
    assert exported(opened, usb)["plan.pdf"] == back
    signed_documents.set_signs_drawn(opened[0], False)
    issue = plan.plan(*opened).issue
    plan.set_issue(*opened, replace(issue, number="99/KH-UBND"))
    assert b"/ByteRange" not in exported(opened, usb)["plan.pdf"]
