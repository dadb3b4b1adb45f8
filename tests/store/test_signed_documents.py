"""Signed documents in the database and in their folder: whole, by content, and back again as they were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.signed_document import (
    NumberGiven,
    SignedBy,
    SignedDocument,
    SignedKind,
    is_current,
    latest,
    numbered,
    state_when_signed,
)
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.store import signed_documents
from cchc_desktop.store.profile import Profile, open_profile
from tests.services.handing_in import sample_profile

AT = datetime(2026, 11, 22, 8, 22, 21, tzinfo=UTC)
BY = SignedBy("Lê Đình Khải", "UBND xã Ea Kao", AT, Outcome.UNKNOWN_SIGNER)


def document(round_id: str = "r", **changes: object) -> SignedDocument:
    plain = SignedDocument(
        *("1", round_id, None, SignedKind.PLAN, "a" * 64, "b" * 64, 12, "kế hoạch.pdf"),
        state=DocumentState.FINALISED,
        given=NumberGiven("14/KH-UBND", date(2026, 2, 12)),
        signers=(BY,),
        created_at=AT,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Profile, str]]:
    with sample_profile(tmp_path_factory.mktemp("store") / "xã", key=False) as found:
        yield found


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"exact": False, "signers": (BY, replace(BY, organisation="", outcome=Outcome.VALID))},
        {"state": DocumentState.READY, "signers": (), "given": NumberGiven()},
        {"kind": SignedKind.SELFSCORE, "state": DocumentState.SIGNED_NOT_NUMBERED, "given": NumberGiven()},
    ],
)
def test_row_comes_back_as_it_went(changes: dict[str, object], opened: tuple[Profile, str]) -> None:
    profile, round_id = opened
    new = document(round_id, id=signed_documents.new_id(), **changes)
    profile.write(lambda change: signed_documents.add(change, new))
    assert profile.read(lambda db: signed_documents.one(db, new.id)) == new
    assert new in profile.read(lambda db: signed_documents.of_round(db, round_id))
    profile.write(lambda change: signed_documents.remove(change, new.id))
    with pytest.raises(KnownError):
        profile.read(lambda db: signed_documents.one(db, new.id))


def test_file_is_kept_by_its_content_and_checked(opened: tuple[Profile, str], tmp_path: Path) -> None:
    profile, _round_id = opened
    source = tmp_path / "x.pdf"
    source.write_bytes(b"%PDF-1.4 x")
    kept = signed_documents.keep(profile.folder, source)
    row = document(sha256=kept.sha256, size=kept.size)
    file = signed_documents.file_of(profile.folder, row)
    assert file == profile.folder / "documents" / kept.sha256[:2] / kept.sha256
    file.chmod(0o600)
    file.write_bytes(b"%PDF-1.4 y")
    with pytest.raises(KnownError) as caught:
        signed_documents.file_of(profile.folder, row)
    assert caught.value.code == "evidence.file_changed"


def test_half_a_copy_is_swept_at_the_next_start(tmp_path: Path) -> None:
    with sample_profile(tmp_path / "xã", key=False) as (profile, _round_id):
        half = profile.folder / "documents" / "x.part"
        half.parent.mkdir(exist_ok=True)
        half.write_bytes(b"%PDF")
    with open_profile(tmp_path / "xã"):
        assert not half.exists()


def test_states_by_the_number() -> None:
    """A leader signs before a number exists; only the clerk ends that state."""
    assert state_when_signed(NumberGiven("14")) is DocumentState.FINALISED
    assert state_when_signed(NumberGiven()) is DocumentState.SIGNED_NOT_NUMBERED
    assert numbered(DocumentState.SIGNED_NOT_NUMBERED) is DocumentState.FINALISED
    with pytest.raises(BugError):
        numbered(DocumentState.FINALISED)


def test_current_is_the_same_words_and_the_same_number() -> None:
    kept, given = document(), NumberGiven("14/KH-UBND", date(2026, 2, 12))
    assert is_current(kept, "a" * 64, given)
    assert not is_current(kept, "c" * 64, given)
    assert not is_current(kept, "a" * 64, replace(given, number="15"))
    assert not is_current(kept, "a" * 64, replace(given, issued_on=date(2026, 2, 13)))
    assert is_current(kept, "a" * 64, None), "the program keeps no number of such a document"
    unnumbered = document(given=NumberGiven(), state=DocumentState.SIGNED_NOT_NUMBERED)
    assert is_current(unnumbered, "a" * 64, given), "signed before it had its number"


def test_the_latest_export_and_the_latest_signed_file_are_apart() -> None:
    export = document(id="2", state=DocumentState.READY)
    older = document(id="3", created_at=AT.replace(year=2025))
    rows = (export, document(), older, document(id="4", kind=SignedKind.LETTER))
    assert latest(rows, SignedKind.PLAN, None, waits=True) == export
    assert latest(rows, SignedKind.PLAN, None, waits=False) == document()
    assert latest(rows, SignedKind.PLAN, "another plan", waits=False) is None
