"""The database edited behind the program's back with the sqlite3 shell: nothing is signed that the journal
does not tell, and the first bad row is named.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.services import evidence, keys, profile, rounds, scoring, submissions
from cchc_desktop.services.profile import Profile
from cchc_desktop.store import journal
from tests.services.handing_in import PASSPHRASE, sample_profile

TRIGGERS = "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_master WHERE type = 'trigger';"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed profile that could hand in."""
    with sample_profile(tmp_path / "xã"):
        pass
    return tmp_path / "xã"


def shell(folder: Path, *statements: str) -> str:
    """What somebody does who has Debian's `sqlite3` and no respect."""
    database = folder / "cchc.sqlite3"
    answer = subprocess.run(
        ["sqlite3", str(database)],
        input="\n".join([".bail on", *statements]) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout


def without_triggers(folder: Path, *statements: str) -> None:
    shell(folder, *shell(folder, TRIGGERS).splitlines(), *statements)


def refusal(folder: Path, usb: Path) -> KnownError:
    usb.mkdir()
    with opened(folder) as (found, round_id):
        with pytest.raises(KnownError) as refused:
            submissions.export(found, round_id, "selfscore", usb)
        assert submissions.submissions_of(found, round_id) == (), "and no row"
    assert list(usb.iterdir()) == []
    assert render(refused.value.message)
    return refused.value


class opened:  # noqa: N801 - used like a function
    """The profile with its key unlocked."""

    def __init__(self, folder: Path) -> None:
        self._profile = profile.open_profile(folder)

    def __enter__(self) -> tuple[Profile, str]:
        keys.unlock(self._profile, PASSPHRASE)
        return self._profile, rounds.rounds(self._profile)[0].id

    def __exit__(self, *_: object) -> None:
        self._profile.close()


def one_answer(folder: Path) -> tuple[str, str, str]:
    """Id, row key and code of an answer with an entry."""
    row_id, key = (
        shell(folder, "SELECT id, row_key FROM answers WHERE entry IS NOT NULL LIMIT 1;").strip().split("|")
    )
    with opened(folder) as (found, round_id):
        return row_id, key, scoring.sheet(found, round_id).criteria.by_key[key].code


def test_the_shell_is_stopped_by_the_triggers(folder: Path) -> None:
    for statement in ("UPDATE answers SET entry = NULL;", "DELETE FROM journal;", "DELETE FROM evidence;"):
        with pytest.raises(subprocess.CalledProcessError) as stopped:
            shell(folder, statement)
        assert "journal" in stopped.value.stderr


def test_untouched_profile_hands_in_again(folder: Path, tmp_path: Path) -> None:
    without_triggers(folder)
    usb = tmp_path / "usb"
    usb.mkdir()
    with opened(folder) as (found, round_id):
        assert submissions.export(found, round_id, "selfscore", usb).revision == 0


def test_changed_row_is_named_and_blocks(folder: Path, tmp_path: Path) -> None:
    row_id, _key, code = one_answer(folder)
    without_triggers(folder, f"UPDATE answers SET explanation = 'lén sửa' WHERE id = '{row_id}';")
    error = refusal(folder, tmp_path / "usb")
    assert error.code == "store.row_edited"
    assert render(error.message).startswith(f"Số liệu tiêu chí {code} đã bị sửa")


def test_changed_row_typed_in_again_is_mended(folder: Path, tmp_path: Path) -> None:
    """What was there in between stands in the journal as the old value."""
    row_id, key, _code = one_answer(folder)
    without_triggers(folder, f"UPDATE answers SET explanation = 'lén sửa' WHERE id = '{row_id}';")
    refusal(folder, tmp_path / "usb")
    with opened(folder) as (found, round_id):
        scoring.set_explanation(found, round_id, key, "như đã ghi")
        submissions.export(found, round_id, "selfscore", tmp_path / "usb")
        told = [entry for entry in found.read(lambda db: list(journal.entries(db))) if entry.key == row_id]
        assert json.loads(told[-1].old or "")["explanation"] == "lén sửa"


def test_row_that_can_no_longer_be_read_is_named_too(folder: Path, tmp_path: Path) -> None:
    row_id, _key, code = one_answer(folder)
    without_triggers(folder, f"UPDATE answers SET entry = '{{broken' WHERE id = '{row_id}';")
    error = refusal(folder, tmp_path / "usb")
    assert (error.code, code in render(error.message)) == ("store.row_edited", True)


def test_removed_and_added_rows_are_named(folder: Path, tmp_path: Path) -> None:
    with opened(folder) as (found, round_id):
        name = evidence.all_evidence(found, round_id)[0].name
    gone = f"(SELECT id FROM evidence WHERE name = '{name}')"
    without_triggers(
        folder,
        f"DELETE FROM evidence_links WHERE evidence_id IN {gone};",
        f"DELETE FROM evidence WHERE id IN {gone};",
    )
    error = refusal(folder, tmp_path / "usb")
    assert render(error.message).startswith(f"Minh chứng “{name}” đã bị sửa, thêm hoặc xóa")


def test_changed_journal_row_is_named_and_blocks(folder: Path, tmp_path: Path) -> None:
    without_triggers(folder, "UPDATE journal SET actor = 'người khác' WHERE seq = 7;")
    error = refusal(folder, tmp_path / "usb")
    assert error.code == "store.journal_edited"
    assert "từ dòng 7 (ghi tên người khác, " in render(error.message)


def test_removed_journal_row_is_named_and_blocks(folder: Path, tmp_path: Path) -> None:
    without_triggers(folder, "DELETE FROM journal WHERE seq = 7;")
    error = refusal(folder, tmp_path / "usb")
    assert error.code == "store.journal_edited"
    assert "từ dòng 8 (" in render(error.message)


def test_journal_row_with_a_time_that_is_none_is_named(folder: Path, tmp_path: Path) -> None:
    without_triggers(folder, "UPDATE journal SET at = 'hôm qua' WHERE seq = 7;")
    assert "không rõ giờ" in render(refusal(folder, tmp_path / "usb").message)


def test_journal_cut_off_at_its_end_is_noticed_by_the_rows(folder: Path, tmp_path: Path) -> None:
    """The chain alone can't know that more stood behind it; the rows that those lines wrote do."""
    without_triggers(folder, "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal);")
    assert refusal(folder, tmp_path / "usb").code == "store.row_edited"


def test_journal_that_was_emptied_is_noticed(folder: Path, tmp_path: Path) -> None:
    without_triggers(folder, "DELETE FROM journal;")
    assert refusal(folder, tmp_path / "usb").code == "store.row_edited"
