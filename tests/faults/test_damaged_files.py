"""Files beside the database: evidence removed, moved or changed, half copies; and what a rescue exports."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cchc_desktop.domain.profile_check import CheckReport
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.services import backups, checking, rescue
from cchc_desktop.store.profile import Profile, open_profile
from tests.faults.damages import FILES, cut, database, facts, fill
from tests.store.test_backup import add_file


def words(report: CheckReport) -> str:
    return " ".join(render(line.message) for line in report.lines)


def test_evidence_that_was_removed_is_found_by_its_digest(
    profile: Profile, round_id: str, tmp_path: Path
) -> None:
    """One is in the backup, one was moved to another place of the folder, one is gone."""
    fill(profile, round_id, with_backup=False)
    first, second, third = sorted(profile.folder.glob("evidence/??/*"))
    names = {str(row[4]): str(row[2]) for row in facts(profile.folder).rows["evidence"].values()}
    kept, third_content = tmp_path / "bản gốc.pdf", third.read_bytes()
    kept.write_bytes(third_content)
    with open_profile(profile.folder) as opened:
        backups.back_up(opened)
    pool = profile.folder / "backups" / "files"
    first_content = first.read_bytes()
    first.unlink()
    elsewhere = profile.folder / "cất nhầm chỗ.pdf"
    second.rename(elsewhere)
    (pool / second.name[:2] / second.name).unlink()
    third.unlink()
    (pool / third.name[:2] / third.name).unlink()
    found = checking.check(profile.folder)
    assert "Thiếu 3 tệp tài liệu" in words(found)
    report = checking.repair(profile.folder)
    assert "Đã tìm lại 2 tệp tài liệu" in words(report)
    assert f"Thiếu 1 tệp tài liệu: “{names[third.name]}”." in words(report)
    assert "chép vào thư mục hồ sơ (tên nào cũng được) rồi sửa chữa" in words(report)
    assert not report.sound
    assert first.read_bytes() == first_content
    assert second.read_bytes() == elsewhere.read_bytes()
    # As advised: the original is copied into the folder, under any name.
    shutil.copyfile(kept, profile.folder / "bất kỳ.pdf")
    assert checking.repair(profile.folder).sound
    assert third.read_bytes() == third_content


def test_changed_evidence_is_replaced_and_kept_beside(profile: Profile, round_id: str) -> None:
    fill(profile, round_id, with_backup=False)
    with open_profile(profile.folder) as opened:
        backups.back_up(opened)
    path = sorted(profile.folder.glob("evidence/??/*"))[0]
    good = path.read_bytes()
    path.unlink()
    path.write_bytes(b"%PDF-1.7 somebody edited it")
    assert "1 tệp tài liệu bị đổi nội dung" in words(checking.check(profile.folder))
    report = checking.repair(profile.folder)
    assert report.sound, words(report)
    assert path.read_bytes() == good
    assert path.with_name(f"{path.name}.changed").read_bytes() == b"%PDF-1.7 somebody edited it"


def test_a_long_list_of_missing_files_is_cut_with_its_rest_counted(profile: Profile, round_id: str) -> None:
    fill(profile, round_id, with_backup=False)
    with open_profile(profile.folder) as opened:
        for number in range(FILES, 8):
            add_file(opened, round_id, f"{number}.pdf", b"%PDF-1.7\n" + bytes([65 + number]) * 90)
    shutil.rmtree(profile.folder / "evidence")
    said = words(checking.repair(profile.folder))
    assert "Thiếu 8 tệp tài liệu: “0.pdf”" in said
    assert "và 3 tệp nữa" in said


def test_half_copies_are_swept_away(profile: Profile, round_id: str) -> None:
    fill(profile, round_id, with_backup=False)
    (profile.folder / "evidence" / "x.part").write_bytes(b"half")
    (profile.folder / "forms").mkdir()
    (profile.folder / "forms" / "y.part").write_bytes(b"half")
    assert "Có 2 tệp ghi dở" in words(checking.check(profile.folder))
    assert checking.repair(profile.folder).sound
    assert not list(profile.folder.rglob("*.part"))


def test_all_that_is_readable_is_exported(profile: Profile, round_id: str, tmp_path: Path) -> None:
    """The last tenth is gone; JSON and workbook hold the same rows, and none that was not there."""
    from openpyxl import load_workbook

    fill(profile, round_id, with_backup=False)
    before = {str(row[2]): row[4] for row in facts(profile.folder).rows["answers"].values()}
    cut(0.9)(profile.folder)
    damaged = database(profile.folder).read_bytes()
    workbook, plain = rescue.export(profile.folder, tmp_path / "xuất")
    assert database(profile.folder).read_bytes() == damaged, "the damaged profile is only read"
    written = json.loads(plain.read_text("utf-8"))
    said = {row["row_key"]: row["explanation"] for row in written["tables"]["answers"]}
    assert len(said) > 20
    for key, explanation in said.items():
        assert before[key] == explanation
    book = load_workbook(workbook, read_only=True)
    rows = list(book["Dòng tự chấm điểm"].iter_rows(values_only=True))
    column = rows[0].index("explanation")
    assert {row[column] for row in rows[1:]} == {explanation.strip() for explanation in said.values()}
    book.close()


def test_a_sound_profile_is_said_to_be_sound_and_not_touched(profile: Profile, round_id: str) -> None:
    fill(profile, round_id, with_backup=True)
    before = {path: path.read_bytes() for path in profile.folder.rglob("*") if path.is_file()}
    report = checking.check(profile.folder)
    assert report.sound
    assert "3 tệp tài liệu nguyên vẹn." in words(report)
    assert checking.repair(profile.folder).sound
    after = {path: path.read_bytes() for path in profile.folder.rglob("*") if path.is_file()}
    after[profile.folder / "cchc.lock"] = before[profile.folder / "cchc.lock"]
    assert after == before


def test_an_open_profile_is_not_checked_from_outside(profile: Profile) -> None:
    with pytest.raises(KnownError, match=r"store\.locked"):
        checking.check(profile.folder)
    with pytest.raises(KnownError, match=r"store\.locked"):
        checking.repair(profile.folder)
    assert checking.is_sound(profile)
