"""Undo and redo are new changes; the history tells all in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.evidence import EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import PlanIssue
from cchc_desktop.domain.round import HeadConfirmation
from cchc_desktop.domain.submission import Submission
from cchc_desktop.domain.unit import Person, Unit, UnitKind
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.services import evidence, history, plan, rounds, scoring
from cchc_desktop.services.profile import Profile, create_profile, open_profile
from cchc_desktop.store import journal, submissions
from cchc_desktop.store import writer as store_writer
from cchc_desktop.store.tables import TABLES

ISSUED, DONE = "ke_hoach_ban_hanh", "ke_hoach_hoan_thanh"
UNIT = Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO")
PACKS = (PackRef("xa-mau-2026", 1), PackRef("ke-hoach-xa", 1))


@pytest.fixture
def profile(data_folder: Path) -> Iterator[Profile]:
    with create_profile(data_folder, UNIT, 2026, *PACKS, "Văn thư") as made:
        yield made


@pytest.fixture
def round_id(profile: Profile) -> str:
    return rounds.rounds(profile)[0].id


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a while passed between any two edits."""
    monkeypatch.setattr(store_writer, "SAME_STEP_SECONDS", -1.0)


def state(profile: Profile) -> dict[str, list[object]]:
    """All journaled rows but their journal numbers."""
    return {
        name: profile.read(lambda db, t=table: db.execute(f"{t.select} ORDER BY id").fetchall())
        for name, table in TABLES.items()
    }


def test_nothing_to_undo_at_first(profile: Profile, round_id: str) -> None:
    assert history.can_undo(profile, round_id) is None
    assert history.can_redo(profile, round_id) is None
    for step, code in ((history.undo, "nothing_to_undo"), (history.redo, "nothing_to_redo")):
        with pytest.raises(KnownError) as fault:
            step(profile, round_id)
        assert fault.value.code == f"history.{code}"
        assert render(fault.value.message)


def every_edit(profile: Profile, round_id: str, folder: Path) -> list[tuple[str, Callable[[], object]]]:
    """What a user can do to a round, with the words that undo names it by."""
    source = folder / "Kế hoạch.pdf"
    source.write_bytes(b"%PDF-1.7\n")
    head = HeadConfirmation("Lê Đình Khải", "Chủ tịch", date(2026, 11, 30), Decimal("1.35"))

    def task(number: int = 0) -> str:
        return plan.plan(profile, round_id).area_tasks("direction")[number].id

    def piece() -> str:
        return evidence.all_evidence(profile, round_id)[0].id

    row = EvidenceLink(LinkKind.ROW, DONE)
    return [
        ("Số liệu tiêu chí 1.1.4", lambda: scoring.set_answer(profile, round_id, DONE, {"numerator": "27"})),
        (
            "Số liệu tiêu chí 1.1.4",
            lambda: scoring.set_answer(profile, round_id, DONE, {"numerator": "27", "denominator": "30"}),
        ),
        ("Giải trình tiêu chí 1.1.1", lambda: scoring.set_explanation(profile, round_id, ISSUED, "Vì")),
        ("Nội dung kế hoạch", lambda: plan.set_text(profile, round_id, "purpose", "Mục đích")),
        ("Thêm nhiệm vụ “Một”", lambda: plan.add_task(profile, round_id, "direction", title="Một")),
        ("Thêm nhiệm vụ “Hai”", lambda: plan.add_task(profile, round_id, "direction", 1, title="Hai")),
        ("Đổi thứ tự nhiệm vụ", lambda: plan.move_task(profile, task(), 2)),
        ("Sửa nhiệm vụ “Một”", lambda: plan.update_task(profile, task(), lead="Văn phòng")),
        ("Thêm chỉ tiêu “Tỷ lệ”", lambda: plan.add_target(profile, round_id, "direction", title="Tỷ lệ")),
        ("Số, ngày ban hành kế hoạch", lambda: plan.set_issue(profile, round_id, PlanIssue("1/KH"))),
        ("Thêm minh chứng “Kế hoạch.pdf”", lambda: evidence.add(profile, round_id, source, EvidenceRecord())),
        ("Gắn minh chứng vào tiêu chí 1.1.4", lambda: evidence.link(profile, piece(), [row])),
        (
            "Gắn minh chứng vào nhiệm vụ",
            lambda: evidence.link(profile, piece(), [EvidenceLink(LinkKind.TASK, task())]),
        ),
        (
            "Sửa thông tin minh chứng “Kế hoạch.pdf”",
            lambda: evidence.update_record(profile, piece(), EvidenceRecord(number="1")),
        ),
        ("Gỡ minh chứng khỏi tiêu chí 1.1.4", lambda: evidence.unlink(profile, piece(), [row])),
        ("Xác nhận của thủ trưởng", lambda: rounds.confirm(profile, round_id, head)),
        ("Số liệu tiêu chí 1.1.4", lambda: scoring.set_answer(profile, round_id, DONE, None)),
        ("Chọn nhóm tiêu chí loại trừ", lambda: rounds.set_exclusions(profile, round_id, ["x"])),
        (
            "Sửa thông tin đơn vị",
            lambda: rounds.update_unit(profile, round_id, Unit(UNIT.kind, "Mới", "M", head=Person("A"))),
        ),
        ("Xóa nhiệm vụ “Một”", lambda: plan.remove_tasks(profile, [task(0)])),
        ("Xóa minh chứng “Kế hoạch.pdf”", lambda: evidence.remove(profile, [piece()])),
    ]


@pytest.mark.usefixtures("slowly")
def test_everything_can_be_undone_and_redone_in_order(
    profile: Profile, round_id: str, tmp_path: Path
) -> None:
    states = [state(profile)]
    names = []
    for name, edit in every_edit(profile, round_id, tmp_path):
        edit()
        told = history.can_undo(profile, round_id)
        assert told is not None
        assert render(told) == name
        names.append(name)
        states.append(state(profile))
    seq = profile.read(journal.head).seq
    for number in reversed(range(len(names))):
        told = history.can_undo(profile, round_id)
        assert told is not None
        assert render(told) == names[number]
        assert history.undo(profile, round_id)
        assert state(profile) == states[number], names[number]
    assert history.can_undo(profile, round_id) is None
    assert profile.read(journal.head).seq > seq, "undo is new history, not less"
    for number in range(len(names)):
        told = history.can_redo(profile, round_id)
        assert told is not None
        assert render(told) == names[number]
        history.redo(profile, round_id)
        assert state(profile) == states[number + 1], names[number]
    assert history.can_redo(profile, round_id) is None
    history.undo(profile, round_id)
    assert state(profile) == states[-2]
    assert profile.read(journal.verify_chain) is None
    assert profile.read(journal.verify_rows) is None


@pytest.mark.usefixtures("slowly")
def test_an_edit_after_an_undo_ends_the_redo(profile: Profile, round_id: str) -> None:
    scoring.set_explanation(profile, round_id, ISSUED, "một")
    scoring.set_explanation(profile, round_id, ISSUED, "hai")
    history.undo(profile, round_id)
    scoring.set_explanation(profile, round_id, ISSUED, "ba")
    assert history.can_redo(profile, round_id) is None
    history.undo(profile, round_id)
    assert scoring.sheet(profile, round_id).answer(ISSUED).explanation == "một"


def test_quick_typing_into_one_field_is_one_step(profile: Profile, round_id: str) -> None:
    scoring.set_explanation(profile, round_id, DONE, "x")
    for typed in ("Đ", "Đã", "Đã l", "Đã làm"):
        scoring.set_explanation(profile, round_id, ISSUED, typed)
    for typed in ("2", "28", "284"):
        scoring.set_answer(profile, round_id, DONE, {"numerator": typed, "denominator": "300"})
    scoring.set_answer(profile, round_id, DONE, {"numerator": "284", "denominator": "310"})

    def seen() -> tuple[object, str]:
        sheet = scoring.sheet(profile, round_id)
        return sheet.answer(DONE).entry, sheet.answer(ISSUED).explanation

    history.undo(profile, round_id)
    assert seen() == ({"numerator": "284", "denominator": "300"}, "Đã làm")
    history.undo(profile, round_id)
    assert seen() == ({"numerator": "2", "denominator": "300"}, "Đã làm"), "back to the field's first filling"
    history.undo(profile, round_id)
    assert seen() == (None, "Đã làm")
    history.undo(profile, round_id)
    assert seen() == (None, "Đ")
    history.undo(profile, round_id)
    assert seen() == (None, "")
    history.redo(profile, round_id)
    history.redo(profile, round_id)
    assert seen() == (None, "Đã làm")


def test_typing_right_after_an_undo_is_a_step_of_its_own(profile: Profile, round_id: str) -> None:
    for typed in ("a", "b"):
        scoring.set_explanation(profile, round_id, ISSUED, typed)
    history.undo(profile, round_id)
    scoring.set_explanation(profile, round_id, ISSUED, "c")
    history.undo(profile, round_id)
    assert scoring.sheet(profile, round_id).answer(ISSUED).explanation == "a"


def test_each_round_has_its_own_undo(profile: Profile, round_id: str) -> None:
    scoring.set_explanation(profile, round_id, ISSUED, "2026")
    _changes, other = rounds.start_year(profile, 2027, round_id, *PACKS)
    assert history.can_undo(profile, other.id) is None, "a year is not undone"
    scoring.set_explanation(profile, other.id, ISSUED, "2027")
    history.undo(profile, round_id)
    assert scoring.sheet(profile, round_id).answers == {}
    assert scoring.sheet(profile, other.id).answer(ISSUED).explanation == "2027"


@pytest.mark.usefixtures("slowly")
def test_a_last_step_of_many_rows_is_told_whole(profile: Profile, round_id: str) -> None:
    """More of them than mostly tell what the last step was."""
    for number in range(120):
        plan.add_task(profile, round_id, "direction", title=f"Việc {number}")
    tasks = plan.plan(profile, round_id).area_tasks("direction")
    one = history.can_undo(profile, round_id)
    plan.remove_tasks(profile, [task.id for task in tasks])
    many = history.can_undo(profile, round_id)
    assert one is not None and render(one) == "Thêm nhiệm vụ “Việc 119”"
    assert many is not None and "120" in render(many)
    history.undo(profile, round_id)
    assert plan.plan(profile, round_id).area_tasks("direction") == tasks


@pytest.mark.usefixtures("slowly")
def test_what_was_handed_in_is_not_undone(profile: Profile, round_id: str) -> None:
    scoring.set_explanation(profile, round_id, ISSUED, "trước")
    handed_in = Submission(
        *("s", round_id, "plan", 0, "p", "f" * 64, "x.asice", 1, "/x"),
        *(datetime.now().astimezone(), DocumentState.EXPORTED, 1),
    )
    profile.write(lambda change: submissions.add(change, handed_in))
    told = history.can_undo(profile, round_id)
    assert told is not None
    assert render(told) == "Giải trình tiêu chí 1.1.1"
    history.undo(profile, round_id)
    assert profile.read(lambda db: len(submissions.of_round(db, round_id))) == 1


@pytest.mark.usefixtures("slowly")
def test_undo_survives_closing(profile: Profile, round_id: str) -> None:
    scoring.set_explanation(profile, round_id, ISSUED, "một")
    scoring.set_explanation(profile, round_id, ISSUED, "hai")
    profile.close()
    with open_profile(profile.folder) as again:
        history.undo(again, round_id)
        assert scoring.sheet(again, round_id).answer(ISSUED).explanation == "một"


@pytest.mark.usefixtures("slowly")
def test_the_history_names_who_when_what_old_and_new(profile: Profile, round_id: str) -> None:
    scoring.set_answer(profile, round_id, DONE, {"numerator": "27", "denominator": "30"})
    scoring.set_explanation(profile, round_id, DONE, "cũ")
    scoring.set_explanation(profile, round_id, DONE, "mới")
    history.undo(profile, round_id)
    history.redo(profile, round_id)
    found = history.entries(profile, round_id)
    assert [render(entry.what) for entry in found] == [
        "Làm lại: Giải trình tiêu chí 1.1.4",
        "Hoàn tác: Giải trình tiêu chí 1.1.4",
        "Giải trình tiêu chí 1.1.4",
        "Giải trình tiêu chí 1.1.4",
        "Số liệu tiêu chí 1.1.4",
        "Lập kỳ đánh giá năm 2026",
    ]
    assert {entry.actor for entry in found} == {"Văn thư"}
    assert all(entry.at.tzinfo is not None for entry in found)
    assert abs((datetime.now().astimezone() - found[0].at).total_seconds()) < 60
    (detail,) = found[2].details
    assert (render(detail.field), detail.old, detail.new) == ("giải trình", "cũ", "mới")
    (detail,) = [shown for shown in found[4].details if shown.field.id == "history.field_entry"]
    assert (detail.old, detail.new) == ("", "30, 27")
    assert [entry.undone for entry in found] == [False, True, True, False, False, False]
    assert len(history.entries(profile, round_id, limit=2)) == 2


@pytest.mark.usefixtures("slowly")
def test_every_entry_and_detail_has_words(profile: Profile, round_id: str, tmp_path: Path) -> None:
    for _name, edit in every_edit(profile, round_id, tmp_path):
        edit()
    for entry in history.entries(profile, round_id):
        assert render(entry.what)
        assert all(render(detail.field) for detail in entry.details)


def test_changes_of_an_undo_name_what_to_look_at_again(profile: Profile, round_id: str) -> None:
    scoring.set_explanation(profile, round_id, ISSUED, "một")
    changes = history.undo(profile, round_id)
    assert isinstance(changes, Changes)
    assert (changes.subjects, changes.keys, changes.round_id) == ({"answers"}, (ISSUED,), round_id)


def test_undo_reaches_back_hundreds_of_steps_quickly(
    profile: Profile, round_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_writer, "SAME_STEP_SECONDS", -1.0)
    for number in range(600):
        scoring.set_explanation(profile, round_id, ISSUED, f"{number}")
    for _ in range(300):
        history.undo(profile, round_id)
    assert scoring.sheet(profile, round_id).answer(ISSUED).explanation == "299"
