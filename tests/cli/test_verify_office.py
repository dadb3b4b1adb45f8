"""`cchc verify` at an office: whom it trusts, and what it took in, count with `--data` or `--office`."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from cchc_desktop.cli import Context, run_command
from cchc_desktop.services import office, office_certificates, office_enrolment
from tests.package.samples import NOW, head, on_disk, packed, pinned, signer_of

SECRET = "một câu của văn phòng"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """An office's data folder; it pinned the unit and took in the filing L01 of this morning."""
    data = tmp_path / "Sở"
    folder = office.office_folder(data)
    office_certificates.create(folder, "Sở Nội vụ tỉnh mẫu", "SNV-MAU", SECRET, SECRET)
    heard = signer_of().certificate.spoken_code
    office_enrolment.pin_certificate(folder, pinned(tmp_path), heard)
    package = on_disk(tmp_path, packed(head(revision=1), at=NOW - timedelta(hours=1))[0], "L01.asice")
    office.take_in(folder, package, tmp_path)
    return data


def checked(
    capsys: pytest.CaptureFixture[str], package: Path, *words: object, data: Path | None = None
) -> tuple[int, str, set[str]]:
    capsys.readouterr()
    arguments = [str(package), *map(str, words), "--json"]
    code = run_command("verify", arguments, Context(data, lambda _data, _out: []))
    found = json.loads(capsys.readouterr().out)
    return code, found["status"], {reason["code"] for reason in found["reasons"]}


def test_one_file_knows_no_history_without_a_register(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older = on_disk(tmp_path, packed()[0], "L00.asice")
    code, status, reasons = checked(capsys, older, "--trust", tmp_path / "trust.pem")
    assert (code, status) == (0, "valid")
    assert "package.older_revision" not in reasons
    assert checked(capsys, older)[1] == "unknown_signer"


def test_older_revision_is_named_from_the_register(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older = on_disk(tmp_path, packed()[0], "L00.asice")
    code, status, reasons = checked(capsys, older, data=desk)
    assert (code, status) == (0, "valid_with_warnings")
    assert "package.older_revision" in reasons
    assert checked(capsys, older, "--office", desk / "office") == (code, status, reasons)


def test_replay_and_clock_going_back_are_named_from_the_register(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "package.repeated_id" in checked(capsys, tmp_path / "L01.asice", data=desk)[2]
    back = on_disk(tmp_path, packed(head(revision=2), at=NOW - timedelta(hours=2))[0], "L02.asice")
    code, status, reasons = checked(capsys, back, data=desk)
    assert (code, status) == (0, "valid_with_warnings")
    assert "package.time_goes_back" in reasons
    good = on_disk(tmp_path, packed(head(revision=2))[0], "L02-good.asice")
    assert checked(capsys, good, data=desk)[:2] == (0, "valid")


def test_folder_with_the_register_knows_what_was_superseded_before(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    on_disk(folder, packed()[0], "L00.asice")
    capsys.readouterr()
    assert run_command("verify", [str(folder), "--json"], Context(desk, lambda _data, _out: [])) == 0
    (one,) = json.loads(capsys.readouterr().out)["packages"]
    assert (one["status"], one["standing"]) == ("valid_with_warnings", "superseded")


def test_named_office_that_is_not_there_is_advice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = on_disk(tmp_path, packed()[0])
    arguments = [str(package), "--office", str(tmp_path / "none")]
    assert run_command("verify", arguments, Context(None, lambda _data, _out: [])) == 2
    assert capsys.readouterr().err.strip()
