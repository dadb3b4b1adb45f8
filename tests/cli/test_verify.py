"""`cchc verify` and `cchc export` as people call them: exit codes, JSON alone, no traceback."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from cchc_desktop.cli import Context, run_command
from cchc_desktop.trust.key_room import KeyRoom
from tests.package.samples import on_disk, packed, pinned, signer_of
from tests.services.handing_in import PASSPHRASE, sample_profile


def no_pictures(_data: Path, _out: Path) -> list[Path]:
    raise AssertionError("no pictures were asked for")


def call(name: str, *words: object, data: Path | None = None) -> int:
    return run_command(name, [str(word) for word in words], Context(data, no_pictures))


@pytest.mark.parametrize(
    ("spoil", "trusted", "status", "code"),
    [
        (None, True, "valid", 0),
        (None, False, "unknown_signer", 1),
        (b"mimetype", True, "unreadable", 2),
        (b"%PDF-1.4\n% a scan", True, "invalid", 1),
    ],
)
def test_json_and_exit_code(
    spoil: bytes | None,
    trusted: bool,
    status: str,
    code: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    content = bytearray(packed()[0])
    if spoil:
        content[content.index(spoil)] ^= 0x20
    package = on_disk(tmp_path, bytes(content))
    trust = ["--trust", pinned(tmp_path)] if trusted else []
    assert call("verify", package, *trust, "--json") == code
    printed = capsys.readouterr()
    assert json.loads(printed.out)["status"] == status
    assert printed.err == ""


def test_changed_content_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The checksum is repaired too, so that only the digest tells."""
    from tests.hostile.test_content import replaced

    package = on_disk(tmp_path, replaced().to_bytes())
    assert call("verify", package, "--trust", pinned(tmp_path), "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert found["status"] == "invalid"
    assert [file["name"] for file in found["files"] if not file["ok"]] == ["evidence/0001.pdf"]


def test_words_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = on_disk(tmp_path, packed()[0])
    assert call("verify", package, "--trust", pinned(tmp_path)) == 0
    said = capsys.readouterr().out
    assert said.startswith("Hợp lệ: nội dung nguyên vẹn")
    assert signer_of().certificate.spoken_code in said
    assert "Quyết định 12.pdf" in said


def test_several_trust_files(tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    other.write_bytes(signer_of("UBND xã Hòa Phú", "XA-HOA-PHU").certificate.pem)
    package = on_disk(tmp_path, packed()[0])
    assert call("verify", package, "--trust", other) == 1
    assert call("verify", package, "--trust", other, "--trust", pinned(tmp_path)) == 0


@pytest.mark.parametrize("words", [("none.asice",), ("empty",), ("p.asice", "--trust", "none.pem")])
def test_unusable_call_ends_with_2_and_a_sentence(
    words: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    on_disk(tmp_path, packed()[0], "p.asice")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    assert call("verify", *words) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.strip()
    assert "Traceback" not in printed.err


def test_no_package_named_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        call("verify")
    assert caught.value.code == 2
    assert capsys.readouterr().out == ""


# --- export -----------------------------------------------------------------------------------------------


def test_export_prints_the_package_that_verifies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, to = tmp_path / "xã", tmp_path / "ra"
    to.mkdir()
    with sample_profile(data):
        pass
    words = ["--what", "selfscore", "--year", 2026, "--to", to, "--certificate"]
    assert call("export", *words, data=data) == 0
    package = Path(capsys.readouterr().out.strip())
    assert package.parent == to
    assert call("verify", package, "--trust", to / "trust.pem") == 0


def test_export_makes_the_first_key_behind_a_passphrase(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "xã"
    with sample_profile(data, key=False):
        pass
    words = ["--what", "plan", "--year", 2026, "--to", tmp_path]
    assert call("export", *words, data=data) == 2
    assert "--passphrase-file" in capsys.readouterr().err
    secret = tmp_path / "pass.txt"
    secret.write_text(PASSPHRASE + "\n")
    assert call("export", *words, "--passphrase-file", secret, data=data) == 0
    printed = capsys.readouterr()
    assert "Mã xác nhận: " in printed.err
    assert PASSPHRASE not in printed.out + printed.err


def test_locked_key_without_a_terminal_names_the_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with sample_profile(tmp_path / "xã") as (profile, _round_id):
        KeyRoom(profile.folder).lock()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    words = ["--what", "plan", "--year", 2026, "--to", "."]
    assert call("export", *words, data=tmp_path / "xã") == 2
    assert "--passphrase-file" in capsys.readouterr().err
    Path("wrong.txt").write_text("một câu khác hẳn")
    assert call("export", *words, "--passphrase-file", "wrong.txt", data=tmp_path / "xã") == 1
    Path("right.txt").write_text(PASSPHRASE)
    assert call("export", *words, "--passphrase-file", "right.txt", data=tmp_path / "xã") == 0
    assert Path(capsys.readouterr().out.strip()).is_absolute()


def test_export_of_an_unknown_year_names_the_years(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with sample_profile(tmp_path / "xã"):
        pass
    words = ["--what", "plan", "--year", 2031, "--to", tmp_path]
    assert call("export", *words, data=tmp_path / "xã") == 2
    assert "2026" in capsys.readouterr().err


def test_export_without_a_profile_is_advice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--what", "plan", "--year", 2026, "--to", tmp_path]
    assert call("export", *words, data=tmp_path / "none") == 2
    assert capsys.readouterr().err.strip()
