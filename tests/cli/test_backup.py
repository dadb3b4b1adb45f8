"""`cchc backup`, `cchc restore` and `cchc check`: exit codes, sentences, --json, and the data afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_desktop.cli.entry import start
from cchc_desktop.services.evidence import all_evidence
from cchc_desktop.services.profile import open_profile
from cchc_desktop.services.rounds import rounds
from cchc_desktop.services.samples import make_profile
from tests.services.first_row import explain, explanation

Out = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    made = tmp_path / "xã"
    make_profile(made, "commune")
    yield made


def cchc(*words: object) -> int:
    return start([str(word) for word in words], lambda *_: 0, lambda *_: [], lambda *_: 0)


def test_backup_list_preview_restore_and_undo(folder: Path, capsys: Out) -> None:
    explain(folder, "lúc sao lưu")
    assert cchc("backup", "--data", folder, "--json") == 0
    made = json.loads(capsys.readouterr().out)
    assert made["number"] == 1
    assert made["files"] == 34
    assert made["second_fault"] is None
    explain(folder, "sau đó")
    assert cchc("--data", folder, "restore", "--from", "1", "--preview", "--json") == 0
    seen = json.loads(capsys.readouterr().out)
    assert seen["restored"] is False
    assert seen["lost"] == {"answers": 1}
    assert explanation(folder) == "sau đó", "a preview changes nothing"
    assert cchc("--data", folder, "restore", "--from", "1") == 0
    said = capsys.readouterr()
    assert "1 thay đổi sau bản sao lưu sẽ mất" in said.out
    assert "cchc restore --undo" in said.out
    assert "không đi theo" in said.err
    assert explanation(folder) == "lúc sao lưu"
    assert cchc("--data", folder, "restore", "--undo") == 0
    assert explanation(folder) == "sau đó"
    capsys.readouterr()
    assert cchc("--data", folder, "restore", "list", "--json") == 0
    listed = json.loads(capsys.readouterr().out)["backups"]
    assert sorted(one["reason"] for one in listed) == ["demand", "restore", "restore"]
    assert cchc("--data", folder, "restore", "list") == 0
    assert "Bản sao lưu số 1:" in capsys.readouterr().out


def test_one_file_to_a_new_pc_with_a_passphrase(folder: Path, tmp_path: Path, capsys: Out) -> None:
    explain(folder, "mang đi")
    secret, wrong = tmp_path / "mật khẩu", tmp_path / "sai"
    secret.write_text("một câu dễ nhớ\n", encoding="utf-8")
    wrong.write_text("một câu khác hẳn\n", encoding="utf-8")
    carried = tmp_path / "x.cchc-backup"
    assert cchc("--data", folder, "backup", "--to", carried, "--passphrase-file", secret) == 0
    said = capsys.readouterr()
    assert str(carried) in said.out
    assert "không đi theo" in said.err
    other = tmp_path / "máy mới"
    assert cchc("--data", other, "restore", "--from", carried, "--passphrase-file", wrong) == 1
    assert "mật khẩu này" in capsys.readouterr().err
    assert cchc("--data", other, "restore", "--from", carried, "--passphrase-file", secret) == 0
    assert explanation(other) == "mang đi"


def test_a_profile_folder_elsewhere_can_be_taken_over(folder: Path, tmp_path: Path) -> None:
    """The way out for a profile on a network drive or a stick."""
    explain(folder, "ở ổ mạng")
    here = tmp_path / "máy này"
    assert cchc("--data", here, "restore", "--from", folder) == 0
    assert explanation(here) == "ở ổ mạng"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("restore", "list"), 1, "Chưa có bản sao lưu nào"),
        (("restore", "--from", "7"), 2, "Không có bản sao lưu số 7"),
        (("restore", "--from", "không-có.cchc-backup"), 2, "Không đọc được tệp"),
        (("restore", "--undo"), 1, "Chưa có lần khôi phục nào"),
        (("backup", "--second-drive", "{folder}/backups"), 2, "nằm trong chính hồ sơ"),
    ],
)
def test_what_can_not_be_done_is_advice(
    words: tuple[str, ...], code: int, sentence: str, folder: Path, capsys: Out
) -> None:
    assert cchc("--data", folder, *(word.format(folder=folder) for word in words)) == code
    said = capsys.readouterr()
    assert sentence in said.err
    assert "Traceback" not in said.err


def test_no_profile_is_told(tmp_path: Path, capsys: Out) -> None:
    for words in (("backup",), ("check",), ("check", "--repair")):
        assert cchc("--data", tmp_path / "trống", *words) == 2
        assert "Chưa có hồ sơ" in capsys.readouterr().err
    assert not (tmp_path / "trống").exists()


def test_check_says_what_it_looked_at_and_mends(folder: Path, tmp_path: Path, capsys: Out) -> None:
    assert cchc("--data", folder, "check") == 0
    said = capsys.readouterr().out
    assert "Tốt: Cơ sở dữ liệu nguyên vẹn." in said
    assert "34 tệp tài liệu nguyên vẹn." in said
    database = folder / "cchc.sqlite3"
    database.write_bytes(bytes(4096) + database.read_bytes()[4096:])
    assert cchc("--data", folder, "check", "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert found["sound"] is False
    assert found["checks"][0]["step"] == "database"
    assert found["checks"][0]["state"] == "bad"
    out = tmp_path / "xuất"
    assert cchc("--data", folder, "check", "--repair", "--export", out) == 0
    said = capsys.readouterr().out
    assert "Đã sửa: Đã dựng lại cơ sở dữ liệu" in said
    assert len(list(out.iterdir())) == 2
    assert cchc("--data", folder, "check") == 0


def test_what_stays_broken_is_exit_1(folder: Path, capsys: Out) -> None:
    """A file of evidence is gone for good: everything else is sound, and its path is named."""
    lost = sorted(folder.glob("evidence/??/*"))[0]
    with open_profile(folder) as profile:
        pieces = all_evidence(profile, rounds(profile)[0].id)
    name = next(one.name for one in pieces if one.sha256 == lost.name)
    lost.unlink()
    assert cchc("--data", folder, "check", "--repair") == 1
    said = capsys.readouterr()
    assert f"“{name}”" in said.out
    assert "Còn lỗi chưa sửa được" in said.err
