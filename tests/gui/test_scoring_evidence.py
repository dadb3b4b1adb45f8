"""Tự chấm điểm, the row's evidence at the right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from cchc_desktop.domain.evidence import EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.services import evidence
from tests.gui.hands import AnsweringDialogs, button, click, press, settle, type_text
from tests.gui.scoring_hands import NO_SECRET, SECRET, a_file, answer, cells, drop, in_front, node, opened
from ui.main_window import MainWindow
from ui.marks import Mark


def test_files_dropped_on_the_pane_become_evidence_of_the_row(
    empty_window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    page = opened(empty_window, "3.3.1")
    dialogs.answers = [NO_SECRET]
    drop(page.evidence_pane.drop, a_file(tmp_path), a_file(tmp_path, "bao cao.pdf", 2000))
    adding = page.evidence_actions.adding
    settle(lambda: adding.files.count() == 2)
    assert adding.form.record() == EvidenceRecord("142/BC-UBND", date(2026, 12, 1), "", "Ket qua")
    in_front(adding)
    type_text(adding.form.issuer, "UBND xã Ea Kao")
    click(adding.act)
    settle(lambda: len(page.evidence_pane.cards()) == 2)
    context = empty_window.context
    link = EvidenceLink(LinkKind.ROW, node(page, "3.3.1").key)
    first, second = evidence.evidence_of(context.profile, context.round_id, link)
    assert (first.record.number, first.record.issuer) == ("142/BC-UBND", "UBND xã Ea Kao")
    assert (second.name, second.record.number) == ("bao cao.pdf", "")
    assert [kind for kind, _words in dialogs.asked] == ["choose"], "asked once"


def test_f5_asks_for_files_and_a_second_time_not_for_secrets(
    empty_window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    page = opened(empty_window, "3.3.1")
    dialogs.answers = [NO_SECRET, (a_file(tmp_path),)]
    press(None, Qt.Key.Key_F5)
    settle(lambda: page.evidence_actions.adding.act.isEnabled())
    click(page.evidence_actions.adding.act)
    settle(lambda: len(page.evidence_pane.cards()) == 1)
    dialogs.answers = [()]
    in_front(empty_window)
    cells(page)[0].setFocus()
    press(None, Qt.Key.Key_F5)
    assert [kind for kind, _words in dialogs.asked] == ["choose", "choose_files", "choose_files"]


def test_a_state_secret_is_refused(
    empty_window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    page = opened(empty_window, "3.3.1")
    dialogs.answers = [SECRET]
    drop(page.evidence_pane.drop, a_file(tmp_path))
    assert not hasattr(page.evidence_actions, "adding")
    assert [kind for kind, _words in dialogs.asked] == ["choose", "message"]
    assert "Không thêm tài liệu mật" in dialogs.asked[1][1]
    context = empty_window.context
    assert evidence.all_evidence(context.profile, context.round_id) == ()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("trong.pdf", b"", "rỗng"),
        ("may.exe", b"MZ", "không nhận làm minh chứng"),
        ("anh.png", b"%PDF-1.4", "không phải là tệp"),
    ],
)
def test_a_file_that_can_not_be_taken_says_why(
    empty_window: MainWindow,
    dialogs: AnsweringDialogs,
    tmp_path: Path,
    name: str,
    content: bytes,
    words: str,
) -> None:
    page = opened(empty_window, "3.3.1")
    (tmp_path / name).write_bytes(content)
    dialogs.answers = [NO_SECRET]
    page.evidence_pane.add((tmp_path / name,))
    adding = page.evidence_actions.adding
    settle(lambda: adding.files.count() == 1)
    assert words in adding.problem.words()
    assert not adding.act.isEnabled()


def test_likely_personal_data_is_warned_of(
    empty_window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    page = opened(empty_window, "3.3.1")
    dialogs.answers = [NO_SECRET]
    page.evidence_pane.add((a_file(tmp_path, "Danh sách cán bộ 0912345678.pdf"),))
    adding = page.evidence_actions.adding
    settle(lambda: adding.files.count() == 1)
    assert "dữ liệu cá nhân" in adding.warning.words()
    assert adding.act.isEnabled(), "the user decides"


def test_evidence_takes_the_warning_from_the_row_and_can_be_unlinked(
    empty_window: MainWindow, tmp_path: Path
) -> None:
    answer(empty_window, "1.7", {"yes": True})
    page = opened(empty_window, "1.7")
    row = node(page, "1.7")
    assert page.sheet.mark(row) is Mark.NO_EVIDENCE
    context = empty_window.context
    link = EvidenceLink(LinkKind.ROW, row.key)
    changes, _piece = evidence.add(
        context.profile,
        context.round_id,
        a_file(tmp_path),
        EvidenceRecord("5/BC-UBND", date(2026, 5, 4)),
        (link,),
    )
    empty_window.edits.changed.emit(changes)
    settle()
    assert page.sheet.mark(row) is Mark.DONE
    click(button(page, "Gỡ: 5/BC-UBND"))
    settle(lambda: not page.evidence_pane.cards())
    assert page.sheet.mark(row) is Mark.NO_EVIDENCE
    assert len(evidence.all_evidence(context.profile, context.round_id)) == 1, "the file stays"


def test_missing_number_and_date_are_filled_in_from_the_card(
    empty_window: MainWindow, tmp_path: Path
) -> None:
    page = opened(empty_window, "3.3.1")
    context = empty_window.context
    link = EvidenceLink(LinkKind.ROW, node(page, "3.3.1").key)
    changes, piece = evidence.add(
        context.profile, context.round_id, a_file(tmp_path, "anh.pdf"), EvidenceRecord(), (link,)
    )
    empty_window.edits.changed.emit(changes)
    settle()
    click(button(page, "Điền số, ngày: anh.pdf"))
    form = page.evidence_actions.editing.form
    in_front(page.evidence_actions.editing)
    type_text(form.number, "142/BC-UBND")
    type_text(form.issued_on, "1/12/2026")
    click(page.evidence_actions.editing.done_button)
    settle(lambda: empty_window.edits.at_rest)
    (kept,) = evidence.all_evidence(context.profile, context.round_id)
    assert (kept.record.number, kept.record.issued_on) == ("142/BC-UBND", date(2026, 12, 1))
    assert kept.id == piece.id


def test_evidence_of_another_row_is_used_again(empty_window: MainWindow, tmp_path: Path) -> None:
    page = opened(empty_window, "3.3.1")
    context = empty_window.context
    one, other = (EvidenceLink(LinkKind.ROW, node(page, code).key) for code in ("1.7", "3.3.1"))
    _changes, piece = evidence.add(
        context.profile, context.round_id, a_file(tmp_path), EvidenceRecord("7/KH-UBND"), (one,)
    )
    click(button(page, "Dùng tài liệu đã có"))
    picking = page.evidence_actions.picking
    picking.list.tick(piece.id)
    click(picking.act)
    settle(lambda: len(page.evidence_pane.cards()) == 1)
    (kept,) = evidence.all_evidence(context.profile, context.round_id)
    assert set(kept.links) == {one, other}
