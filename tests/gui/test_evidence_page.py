"""The evidence page: every file with its record, found, mended, linked, removed and opened."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.evidence import Evidence, EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.errors import KnownError
from cchc_desktop.services import evidence, plan, scoring
from tests.gui.hands import AnsweringDialogs, click, press, settle, type_text
from tests.gui.scoring_hands import NO_SECRET, SECRET, a_file, drop, in_front
from ui.main_window import MainWindow
from ui.pages.evidence.add_dialog import AddEvidence
from ui.pages.evidence.file_name_guess import guess
from ui.pages.evidence.page import Page

CONTROL = Qt.KeyboardModifier.ControlModifier


def opened(window: MainWindow, where: str = "") -> Page:
    in_front(window)
    window.go_to("evidence", where or None)
    page = window.page("evidence")
    assert isinstance(page, Page)
    settle()
    return page


def row_link(window: MainWindow, code: str) -> EvidenceLink:
    context = window.context
    criteria = scoring.sheet(context.profile, context.round_id).criteria
    return EvidenceLink(LinkKind.ROW, criteria.by_code[code].key)


def kept(window: MainWindow) -> tuple[Evidence, ...]:
    settle(lambda: window.edits.at_rest)
    return evidence.all_evidence(window.context.profile, window.context.round_id)


def add(window: MainWindow, path: Path, record: EvidenceRecord, *codes: str) -> Evidence:
    links = tuple(row_link(window, code) for code in codes)
    return evidence.add(window.context.profile, window.context.round_id, path, record, links)[1]


@pytest.fixture
def three(empty_window: MainWindow, tmp_path: Path) -> tuple[Evidence, ...]:
    return (
        add(
            empty_window,
            a_file(tmp_path, "bao cao.pdf"),
            EvidenceRecord("142/BC-UBND", date(2026, 12, 1), "UBND xã Ea Kao", "Kết quả giải quyết TTHC"),
            "3.3.1",
            "3.3.2",
        ),
        add(
            empty_window,
            a_file(tmp_path, "anh chup.pdf", 2000),
            EvidenceRecord("", date(2026, 12, 4), "Trung tâm PVHCC"),
            "1.7",
        ),
        add(empty_window, a_file(tmp_path, "ke hoach.pdf", 3000), EvidenceRecord("8/KH-UBND")),
    )


def shown_column(page: Page, key: str) -> list[str]:
    return [page.rows.shown(row, key) for row in range(page.rows.count())]


def test_the_table_lists_record_file_and_use(empty_window: MainWindow, three: tuple[Evidence, ...]) -> None:
    page = opened(empty_window)
    assert shown_column(page, "number") == ["142/BC-UBND", "", "8/KH-UBND"]
    assert shown_column(page, "date") == ["01/12/2026", "04/12/2026", ""]
    assert shown_column(page, "file") == ["bao cao.pdf", "anh chup.pdf", "ke hoach.pdf"]
    assert shown_column(page, "links") == ["3.3.1, 3.3.2", "1.7", "Chưa gắn dòng"]
    names = {chip.accessibleName() for chip in page.chips.findChildren(QWidget)}
    assert {"Tất cả: 3", "Chưa gắn dòng: 1", "Thiếu số, ngày: 2"} <= names


def test_filters_and_search_narrow_the_table(empty_window: MainWindow, three: tuple[Evidence, ...]) -> None:
    page = opened(empty_window, "unlinked")
    assert shown_column(page, "file") == ["ke hoach.pdf"]
    page.chips.set_value("incomplete")
    assert shown_column(page, "file") == ["anh chup.pdf", "ke hoach.pdf"]
    page.chips.set_value("all")
    press(None, Qt.Key.Key_F, CONTROL)
    type_text(page.search, "ket qua tthc")
    assert shown_column(page, "number") == ["142/BC-UBND"]
    page.search.clear()
    type_text(page.search, "3.3.2")
    assert shown_column(page, "number") == ["142/BC-UBND"], "by the row that it proves"
    page.search.clear()
    type_text(page.search, "không có")
    assert page.rows.count() == 0
    assert not page.table.isVisible()


def test_number_and_date_are_typed_into_the_table(
    empty_window: MainWindow, three: tuple[Evidence, ...]
) -> None:
    page = opened(empty_window)
    page.table.go_to_cell(1, "number")
    type_text(page.table, "15/QĐ-UBND")
    press(None, Qt.Key.Key_Return)
    page.table.go_to_cell(2, "date")
    type_text(page.table, "14/1/2026")
    press(None, Qt.Key.Key_Return)
    pieces = kept(empty_window)
    assert pieces[1].record.number == "15/QĐ-UBND"
    assert pieces[2].record.issued_on == date(2026, 1, 14)


def test_a_date_that_is_none_is_marked_and_not_lost(
    empty_window: MainWindow, three: tuple[Evidence, ...]
) -> None:
    page = opened(empty_window)
    page.table.go_to_cell(0, "date")
    type_text(page.table, "31/02/2026")
    press(None, Qt.Key.Key_Return)
    assert page.rows.shown(0, "date") == "31/02/2026"
    problem = page.rows.problem(0, "date")
    assert problem is not None
    assert "07/12/2026" in problem.words
    assert kept(empty_window)[0].record.issued_on == date(2026, 12, 1), "the old date stays stored"


def test_the_record_is_mended_at_the_right(empty_window: MainWindow, three: tuple[Evidence, ...]) -> None:
    page = opened(empty_window, three[2].id)
    form = page.details.form
    type_text(form.issuer, "UBND xã Ea Kao")
    type_text(form.abstract, "Kế hoạch cải cách hành chính")
    type_text(form.page, "2, mục III")
    click(form.personal)
    page.commit()
    record = kept(empty_window)[2].record
    assert (record.issuer, record.abstract) == ("UBND xã Ea Kao", "Kế hoạch cải cách hành chính")
    assert (record.page, record.personal_data) == ("2, mục III", True)
    assert shown_column(page, "issuer")[2] == "UBND xã Ea Kao"


def test_evidence_is_linked_to_rows_and_tasks(empty_window: MainWindow, three: tuple[Evidence, ...]) -> None:
    context = empty_window.context
    _changes, task = plan.add_task(context.profile, context.round_id, "procedures", title="Rà soát TTHC")
    page = opened(empty_window, three[0].id)
    click(page.details.links_button)
    placing = page.actions_.placing
    in_front(placing)
    placing.list.tick(row_link(empty_window, "3.3.2"))
    placing.list.tick(row_link(empty_window, "1.7"))
    placing.list.tick(EvidenceLink(LinkKind.TASK, task.id))
    click(placing.act)
    found = kept(empty_window)[0].links
    assert set(found) == {
        row_link(empty_window, "3.3.1"),
        row_link(empty_window, "1.7"),
        EvidenceLink(LinkKind.TASK, task.id),
    }
    settle(lambda: shown_column(page, "links")[0] == "3.3.1, 1.7, 1 nhiệm vụ")


def test_a_link_list_is_ticked_by_keyboard(empty_window: MainWindow, three: tuple[Evidence, ...]) -> None:
    page = opened(empty_window, three[2].id)
    page.actions_.choose_links(three[2])
    placing = page.actions_.placing
    in_front(placing)
    type_text(placing.list.search, "doi thoai")
    press(placing.list.search, Qt.Key.Key_Return)
    press(placing.list.view, Qt.Key.Key_Down)
    press(placing.list.view, Qt.Key.Key_Space)
    click(placing.act)
    assert kept(empty_window)[2].links == (row_link(empty_window, "1.7"),)


def test_removing_asks_with_the_consequence(
    empty_window: MainWindow, dialogs: AnsweringDialogs, three: tuple[Evidence, ...]
) -> None:
    page = opened(empty_window, three[0].id)
    dialogs.answers = [False]
    press(page.table, Qt.Key.Key_F6)
    assert dialogs.asked == [("ask", "Xóa tài liệu 142/BC-UBND?")]
    assert len(kept(empty_window)) == 3
    dialogs.answers = [True]
    press(page.table, Qt.Key.Key_F6)
    settle(lambda: page.rows.count() == 2)
    assert len(kept(empty_window)) == 2
    click(page.undo_button)
    settle(lambda: page.rows.count() == 3)
    assert "142/BC-UBND" in page.note.words() or "Đã hoàn tác" in page.note.words()
    assert {link.key for link in kept(empty_window)[0].links} == {
        row_link(empty_window, code).key for code in ("3.3.1", "3.3.2")
    }


def test_a_copy_is_opened_and_the_original_stays(
    empty_window: MainWindow, dialogs: AnsweringDialogs, three: tuple[Evidence, ...]
) -> None:
    page = opened(empty_window, three[0].id)
    click(page.details.open_button)
    settle(lambda: bool(dialogs.asked))
    kind, path = dialogs.asked[0]
    assert kind == "open_path"
    assert Path(path).name == "bao cao.pdf"
    assert Path(path).read_bytes().startswith(b"%PDF")
    assert empty_window.context.profile.folder not in Path(path).parents


def test_a_missing_file_is_advice_not_a_crash(
    empty_window: MainWindow, dialogs: AnsweringDialogs, three: tuple[Evidence, ...]
) -> None:
    for stored in (empty_window.context.profile.folder / "evidence").rglob("*"):
        if stored.is_file():
            stored.unlink()
    page = opened(empty_window, three[0].id)
    click(page.details.open_button)
    settle(lambda: bool(dialogs.asked))
    assert dialogs.asked[0][0] == "message"


def test_files_dropped_on_the_page_are_added_unlinked(
    empty_window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    page = opened(empty_window)
    assert page.rows.count() == 0
    dialogs.answers = [NO_SECRET]
    drop(page, a_file(tmp_path, "15-KH-UBND 14.01.2026 Kế hoạch tuyên truyền.pdf"))
    settle(lambda: page.actions_.adding.act.isEnabled())
    click(page.actions_.adding.act)
    settle(lambda: page.rows.count() == 1)
    (piece,) = kept(empty_window)
    assert piece.record == EvidenceRecord("15/KH-UBND", date(2026, 1, 14), "", "Kế hoạch tuyên truyền")
    assert piece.links == ()
    assert page.details.form.number.text() == "15/KH-UBND", "the new one is shown"


def test_more_files_than_fit_at_once_are_counted_not_dropped_in_silence(
    empty_window: MainWindow, tmp_path: Path
) -> None:
    one = a_file(tmp_path, "15-KH-UBND.pdf")
    dialog = AddEvidence(empty_window.context, [one] * 301, ())
    settle(lambda: dialog.act.isEnabled())
    assert dialog.files.count() == 300
    assert dialog.rest.isVisibleTo(dialog)
    assert "1 tệp sau cùng chưa được lấy" in dialog.rest.text()
    fits = AddEvidence(empty_window.context, [one], ())
    settle(lambda: fits.act.isEnabled())
    assert not fits.rest.isVisibleTo(fits)


def test_a_dropped_folder_and_a_file_that_is_gone_are_told(
    empty_window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    page = opened(empty_window)
    dialogs.answers = [NO_SECRET]
    (tmp_path / "văn bản quý I").mkdir()
    drop(page, tmp_path / "văn bản quý I", tmp_path / "đã xóa.pdf")
    adding = page.actions_.adding
    settle(lambda: adding.files.count() == 2)
    told = []
    for place in range(2):
        adding.files.setCurrentRow(place)
        told.append(adding.problem.words())
    assert '"văn bản quý I"' in told[0] and '"đã xóa.pdf"' in told[1]
    assert not adding.act.isEnabled()
    adding.reject()


def test_secrets_are_refused_here_too(
    empty_window: MainWindow, dialogs: AnsweringDialogs, tmp_path: Path
) -> None:
    page = opened(empty_window)
    dialogs.answers = [SECRET]
    press(None, Qt.Key.Key_F5)
    assert [kind for kind, _words in dialogs.asked] == ["choose", "message"]
    drop(page, a_file(tmp_path))
    assert [kind for kind, _words in dialogs.asked] == ["choose", "message", "choose"], (
        "asked again, not taken"
    )
    assert kept(empty_window) == ()


def test_adding_many_files_can_be_stopped(
    empty_window: MainWindow,
    dialogs: AnsweringDialogs,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = opened(empty_window)
    dialogs.answers = [NO_SECRET]
    page.add([a_file(tmp_path, f"tep {n}.pdf", 1000 + n) for n in range(5)])
    adding = page.actions_.adding
    settle(lambda: adding.files.count() == 5)
    real = evidence.add

    def slow(*args: object) -> object:
        time.sleep(0.2)
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(evidence, "add", slow)
    click(adding.act)
    settle(
        lambda: len(evidence.all_evidence(empty_window.context.profile, empty_window.context.round_id)) >= 2
    )
    adding.reject()
    settle(lambda: not adding.isVisible())
    settle(lambda: page.rows.count() == len(kept(empty_window)))
    assert 2 <= len(kept(empty_window)) < 5, "what was copied stays, the rest is not taken"


def test_a_fault_half_way_keeps_what_was_taken_and_says_what_happened(
    empty_window: MainWindow,
    dialogs: AnsweringDialogs,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = opened(empty_window)
    dialogs.answers = [NO_SECRET]
    page.add([a_file(tmp_path, f"tep {n}.pdf", 1000 + n) for n in range(3)])
    adding = page.actions_.adding
    settle(lambda: adding.files.count() == 3)
    real = evidence.add
    calls: list[object] = []

    def full(*args: object) -> object:
        calls.append(args)
        if len(calls) == 2:
            raise KnownError("evidence.missing", name="tep 1.pdf")
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(evidence, "add", full)
    click(adding.act)
    settle(lambda: bool(adding.problem.words()))
    assert "tep 1.pdf" in adding.problem.words()
    assert len(kept(empty_window)) == 1
    click(adding.act)
    settle(lambda: not adding.isVisible())
    assert sorted(piece.name for piece in kept(empty_window)) == ["tep 0.pdf", "tep 1.pdf", "tep 2.pdf"]


def test_three_hundred_files_are_listed_and_searched(empty_window: MainWindow, tmp_path: Path) -> None:
    link = row_link(empty_window, "3.3.1")
    profile, round_id = empty_window.context.profile, empty_window.context.round_id
    for n in range(300):
        record = EvidenceRecord(
            f"{n}/BC-UBND", date(2026, 1, 1 + n % 28), "UBND xã Ea Kao", f"Báo cáo số {n}"
        )
        evidence.add(profile, round_id, a_file(tmp_path, f"bao cao {n}.pdf", 500 + n), record, (link,))
    page = opened(empty_window)
    assert page.rows.count() == 300
    page.search.setText("bao cao 29")
    # 29, 129, 229 and 290 … 299; no day of the records is a 29th
    assert page.rows.count() == 13


# What a file's name says


@pytest.mark.parametrize(
    ("name", "number", "issued_on", "abstract"),
    [
        ("142-BC-UBND 01-12-2026 Kết quả TTHC.pdf", "142/BC-UBND", date(2026, 12, 1), "Kết quả TTHC"),
        ("QĐ 15_QĐ-UBND_2026-01-14.pdf", "15/QĐ-UBND", date(2026, 1, 14), "QĐ"),
        ("20260114_ke hoach nam.docx", "", date(2026, 1, 14), "Ke hoach nam"),
        ("ảnh màn hình.png", "", None, "Ảnh màn hình"),
        ("IMG_99999999.jpg", "", None, "IMG 99999999"),
        ("Bie\u0302n ba\u0309n\u0007\u202e ho\u0323p.pdf", "", None, "Biên bản họp"),
        ("Bao cao ngay 31.02.2026.pdf", "", None, "Bao cao ngay 31.02.2026"),
    ],
)
def test_the_name_of_a_file_fills_in_what_it_says(
    name: str, number: str, issued_on: date | None, abstract: str
) -> None:
    assert guess(name) == EvidenceRecord(number, issued_on, "", abstract)
