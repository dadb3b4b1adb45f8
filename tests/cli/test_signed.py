"""What the window's Văn bản đã ký can do, a command can do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cchc_desktop.services import plan, signed_documents
from cchc_desktop.services.profile import Profile, open_profile
from tests.cli.commands import Answer, run
from tests.services.handing_in import PASSPHRASE, YEAR, sample_profile
from tests.services.test_signed_documents import signed_elsewhere

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """The sample commune, whose plan has no number yet; closed, as a command finds it."""
    with sample_profile(tmp_path / "xã") as (profile, round_id):
        _without_number(profile, round_id)
    yield tmp_path / "xã"


def _without_number(profile: Profile, round_id: str) -> None:
    issue = plan.plan(profile, round_id).issue
    plan.set_issue(profile, round_id, replace(issue, number="", issued_on=None))


def signed(capsys: Capture, data: Path, action: str, *words: object, what: str = "plan") -> Answer:
    about = () if action == "list" else ("--what", what)
    return run(capsys, "signed", action, *words, "--year", YEAR, *about, data=data)


def states(capsys: Capture, data: Path) -> dict[str, str]:
    found = signed(capsys, data, "list", "--json").json["documents"]
    return {one["what"]: one["state"] for one in found}


def test_out_back_numbered_and_dropped(capsys: Capture, data: Path, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    assert states(capsys, data) == {"plan": "none", "letter": "none", "selfscore": "none"}
    out = signed(capsys, data, "export", "--to", usb)
    assert out.code == 0
    file = Path(out.out.strip())
    assert file.parent == usb and states(capsys, data)["plan"] == "exported"
    unsigned = signed(capsys, data, "import", file)
    assert (unsigned.code, "không có chữ ký số nào" in unsigned.err) == (2, True)
    back = signed(capsys, data, "import", signed_elsewhere(file))
    assert back.code == 0 and "Lê Đình Khải, ký lúc" in back.out
    assert states(capsys, data)["plan"] == "signed_not_numbered"
    assert signed(capsys, data, "number", "15/KH-UBND", "--date", "hôm qua").code == 2
    assert signed(capsys, data, "number", "15/KH-UBND", "--date", "07/12/2026").code == 0
    (row, *_others) = signed(capsys, data, "list", "--json").json["documents"]
    assert (row["state"], row["number"], row["date"]) == ("signed", "15/KH-UBND", "2026-12-07")
    assert [one["name"] for one in row["signers"]] == ["Lê Đình Khải"]
    again = signed(capsys, data, "number", "16", "--date", "2026-12-07")
    assert (again.code, "đã có số" in again.err) == (1, True)
    assert signed(capsys, data, "drop").code == 0
    assert (signed(capsys, data, "drop").code, states(capsys, data)["plan"]) == (1, "exported")


def test_signed_here_and_checked(capsys: Capture, data: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE)
    one = signed(capsys, data, "sign", "--passphrase-file", secret)
    assert one.code == 0 and "xã Ea Kao" in one.out
    two = signed(capsys, data, "sign", "--as", "organisation", "--passphrase-file", secret)
    assert two.out.count("ký lúc") == 2
    assert "đã ký, chưa có số" in signed(capsys, data, "list").out
    files = [file for file in (data / "documents").rglob("*") if file.is_file()]
    kept = max(files, key=lambda file: file.stat().st_size)
    told = run(capsys, "signed", "check", kept, "--json")
    assert (told.code, told.json["status"]) == (1, "unknown_signer"), (
        "nobody told this command whom to believe"
    )
    assert {reason["code"] for reason in told.json["reasons"]} >= {"pades.unchanged", "trust.unknown_signer"}
    assert "Chưa rõ người ký" in run(capsys, "signed", "check", kept).out


def test_wish_to_sign_drawn_documents(capsys: Capture, data: Path) -> None:
    for wanted in ("on", "off"):
        assert run(capsys, "signed", "drawn", wanted, data=data).code == 0
        with open_profile(data) as profile:
            assert signed_documents.signs_drawn(profile) is (wanted == "on")


def test_check_of_no_pdf(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_text("không phải")
    assert run(capsys, "signed", "check", tmp_path / "x.pdf").code == 2
    assert run(capsys, "signed", "check", tmp_path / "y.pdf", "--json").json["status"] == "unreadable"
