"""Văn bản đã ký: out to be signed and back, numbered, signed here, dropped; by the window's own buttons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QWidget

from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.signed_document import SignedKind
from cchc_desktop.domain.signer_choice import SignWith
from cchc_desktop.services import keys, plan, signed_documents
from cchc_desktop.services.profile import Profile
from cchc_desktop.services.rounds import rounds
from tests.gui.guards import all_faults
from tests.gui.hands import AnsweringDialogs, click, settle, type_text
from tests.services.test_signed_documents import signed_elsewhere
from ui import theme
from ui.context import Context
from ui.marks import Mark
from ui.pages.submit.found import look_at_content
from ui.pages.submit.signed_card import state_of
from ui.pages.submit.signed_desk import SignedDesk
from ui.pages.submit.signed_dialog import SignedDialog
from ui.pages.submit.signed_here import SignedHere
from ui.pages.submit.signed_number import SignedNumber
from ui.work import Edits, Work

KIND = SignedKind.PLAN
PASSPHRASE = "ruộng lúa Ea Kao 2026"


@pytest.fixture
def context(sample_profile: Profile, dialogs: AnsweringDialogs, qapp: object) -> Iterator[Context]:
    edits = Edits()
    yield Context(
        sample_profile,
        rounds(sample_profile)[0],
        edits,
        Work(),
        dialogs,
        today=lambda: date(2026, 12, 7),
    )
    edits.close()


def opened(context: Context, shown: list[QWidget]) -> SignedDialog:
    found = signed_documents.signings(context.profile, context.round_id)
    dialog = SignedDialog(context, found, SignWith)
    shown.append(dialog)
    dialog.show()
    settle()
    return dialog


def idle(context: Context) -> None:
    settle(lambda: not context.work.running, 30.0)


def sent_out(dialog: SignedDialog, context: Context, dialogs: AnsweringDialogs, folder: Path) -> Path:
    dialogs.answers = [folder]
    click(dialog.cards[KIND].export)
    settle(lambda: "Đã ghi" in dialog.says.words(), 30.0)
    idle(context)
    (file,) = folder.glob("ke-hoach*.pdf")
    return file


def come_back(dialog: SignedDialog, context: Context, dialogs: AnsweringDialogs, folder: Path) -> None:
    back = signed_elsewhere(sent_out(dialog, context, dialogs, folder))
    dialogs.answers = [back]
    click(dialog.cards[KIND].take_in)
    settle(lambda: dialog.cards[KIND].look.isVisible(), 30.0)
    idle(context)


def test_out_signed_back_and_into_the_package(
    context: Context, dialogs: AnsweringDialogs, shown: list[QWidget], tmp_path: Path
) -> None:
    dialog = opened(context, shown)
    card = dialog.cards[KIND]
    assert card.words == "Chưa xuất để ký"
    assert not card.take_in.isEnabled() and "Xuất để ký trước" in card.take_in.toolTip()
    come_back(dialog, context, dialogs, tmp_path)
    card = dialog.cards[KIND]
    assert card.words.startswith("Đã ký, số 14/KH-UBND ngày 12/02/2026")
    assert "chưa rõ người ký" in dialog.says.words() or "chữ ký" in dialog.says.words()
    assert dialog.changed and not card.number.isVisible()
    dialogs.asked.clear()
    click(card.look)
    settle(lambda: dialogs.asked != [], 30.0)
    assert dialogs.asked[0][0] == "open_path" and dialogs.asked[0][1].endswith(".signed.pdf")


def test_wrong_file_says_why_and_nothing_is_kept(
    context: Context, dialogs: AnsweringDialogs, shown: list[QWidget], tmp_path: Path
) -> None:
    dialog = opened(context, shown)
    file = sent_out(dialog, context, dialogs, tmp_path)
    dialogs.answers = [file]
    click(dialog.cards[KIND].take_in)
    settle(lambda: "không có chữ ký số nào" in dialog.says.words(), 30.0)
    assert signed_documents.signings(context.profile, context.round_id)[0].signed is None
    assert dialog.cards[KIND].isEnabled()


def test_number_comes_after_the_signature(
    context: Context,
    dialogs: AnsweringDialogs,
    shown: list[QWidget],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Signed, not numbered: the state stays in sight until the clerk's number is there."""
    issue = plan.plan(context.profile, context.round_id).issue
    plan.set_issue(context.profile, context.round_id, replace(issue, number="", issued_on=None))
    dialog = opened(context, shown)
    come_back(dialog, context, dialogs, tmp_path)
    assert dialog.cards[KIND].words == "Đã ký, chưa có số"
    assert state_of(signed_documents.signings(context.profile, context.round_id)[0])[0] is Mark.DOING

    def typed(asked: SignedNumber) -> int:
        assert not asked.act.isEnabled()
        type_text(asked.number, "15/KH-UBND")
        assert asked.act.isEnabled() and asked.day.value() == date(2026, 12, 7)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(SignedNumber, "exec", typed)
    click(dialog.cards[KIND].number)
    settle(lambda: "15/KH-UBND" in dialog.cards[KIND].words, 30.0)
    (kept, *_others) = signed_documents.signings(context.profile, context.round_id)
    assert kept.signed is not None and kept.signed.state is DocumentState.FINALISED
    idle(context)


def test_signed_here_then_dropped(
    context: Context, dialogs: AnsweringDialogs, shown: list[QWidget], monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.create_key(context.profile, context.round.unit, PASSPHRASE)
    monkeypatch.setattr(SignedHere, "exec", lambda asked: QDialog.DialogCode.Accepted)
    dialog = opened(context, shown)
    click(dialog.cards[KIND].here)
    settle(lambda: "1 chữ ký" in dialog.says.words(), 30.0)
    idle(context)
    click(dialog.cards[KIND].here)
    settle(lambda: "2 chữ ký" in dialog.says.words(), 30.0)
    idle(context)
    dialogs.answers = [False]
    click(dialog.cards[KIND].drop)
    assert dialog.cards[KIND].look.isVisible(), "the user kept it"
    dialogs.answers = [True]
    click(dialog.cards[KIND].drop)
    settle(lambda: not dialog.cards[KIND].look.isVisible(), 30.0)
    idle(context)


def test_without_a_key_signing_here_says_what_to_do(
    context: Context, shown: list[QWidget], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SignedHere, "exec", lambda asked: QDialog.DialogCode.Accepted)
    dialog = opened(context, shown)
    click(dialog.cards[KIND].here)
    settle(lambda: "chưa có khóa" in dialog.says.words(), 30.0)


def test_wish_to_sign_drawn_documents_is_kept(context: Context, shown: list[QWidget]) -> None:
    dialog = opened(context, shown)
    click(dialog.drawn_too)
    assert signed_documents.signs_drawn(context.profile)
    assert opened(context, shown).drawn_too.isChecked()


def test_line_of_the_check_step_tells_what_is_signed(
    context: Context, dialogs: AnsweringDialogs, shown: list[QWidget], tmp_path: Path
) -> None:
    desk = SignedDesk(context, SignWith, lambda: None)

    def words(kind: PackageKind) -> str:
        desk.show_signings(look_at_content(context, kind).signings, kind)
        return desk.words()

    assert words(PackageKind.PLAN) == "Gói đang mang văn bản chưa ký."
    come_back(opened(context, shown), context, dialogs, tmp_path)
    for kind in (PackageKind.PLAN, PackageKind.SELFSCORE):
        assert words(kind) == "Gói mang bản đã ký của: kế hoạch."
        now = signed_documents.signings(context.profile, context.round_id)
        assert look_at_content(context, kind).signings == now, "what the dialog reads by itself"


@pytest.mark.parametrize("shade", (theme.Appearance.LIGHT, theme.Appearance.DARK))
def test_nothing_is_cut_and_everything_has_a_name(
    shade: theme.Appearance,
    context: Context,
    dialogs: AnsweringDialogs,
    shown: list[QWidget],
    tmp_path: Path,
) -> None:
    theme.set_appearance(shade)
    dialog = opened(context, shown)
    come_back(dialog, context, dialogs, tmp_path)
    here = SignedHere(dialogs, "Kế hoạch năm 2026", second=False)
    number = SignedNumber(None, "Kế hoạch năm 2026", date(2026, 12, 7))
    for one in (dialog, here, number):
        shown.append(one)
        one.show()
        settle()
        assert all_faults(one, frozenset({"png"})) == []
