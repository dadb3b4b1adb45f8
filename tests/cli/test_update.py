"""`cchc update` on this very program, installed as a build lays it out: real files, keys and starts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import real_program
from tests.program.releases import NEW, OLD, Publisher, publisher
from tests.trust.test_pkcs12 import made as pkcs12

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "Mật khẩu của nhà phát hành"
NOTES = "Sửa cách làm tròn điểm của tiêu chí 1.3.\nThêm mẫu kế hoạch của sở."


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Publisher:
    return publisher(tmp_path_factory.mktemp("nhà phát hành"))


@pytest.fixture(scope="module")
def pristine(issuer: Publisher, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return real_program.install(tmp_path_factory.mktemp("cài") / "CCHC Desktop", OLD, issuer.certificate.pem)


@pytest.fixture(scope="module")
def update(pristine: Path, issuer: Publisher, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made by the command of the build, with the release key out of a PKCS#12 file that openssl wrote."""
    folder = tmp_path_factory.mktemp("phát hành")
    newer = folder / "mới"
    real_program.change(pristine / "versions" / OLD, newer, NEW, "\n\nCHANGED = 'một chỗ'\n")
    key = pkcs12(folder, issuer.signer._key, issuer.certificate, password=PASSPHRASE)  # type: ignore[attr-defined]
    (folder / "passphrase").write_text(f"{PASSPHRASE}\n", "utf-8")
    (folder / "notes").write_text(NOTES, "utf-8")
    made = subprocess.run(
        [
            *(sys.executable, str(ROOT / "build_installer.py"), "update"),
            *("--from", str(pristine / "versions" / OLD / "files.json"), "--to", str(newer)),
            *("--key", str(key), "--passphrase-file", str(folder / "passphrase")),
            *("--notes", str(folder / "notes"), "--out", str(folder / "dist")),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    assert f"{OLD} to {NEW} for linux, 2 files written, 0 removed" in made.stdout
    [pack] = (folder / "dist").iterdir()
    assert pack.name == f"cchc-desktop_{OLD}-{NEW}_linux.asice"
    return pack


@pytest.fixture
def program(pristine: Path, tmp_path: Path) -> Path:
    to = tmp_path / "Chương trình"
    subprocess.run(["cp", "-a", str(pristine), str(to)], check=True)
    return to


def said(run: subprocess.CompletedProcess[str], code: int) -> str:
    assert run.returncode == code, run.stdout + run.stderr
    assert "Traceback" not in run.stderr
    return run.stdout


def test_a_change_in_one_module_is_small(update: Path) -> None:
    assert update.stat().st_size <= 2_000_000


def test_looked_at_taken_and_gone_back_from(program: Path, update: Path) -> None:
    assert said(real_program.call(program, "--version"), 0) == f"cchc {OLD}\n"
    words = said(real_program.call(program, "update", str(update), "--check"), 0)
    assert f"Bản {NEW} cho Linux, từ bản {OLD}; 2 tệp thay đổi" in words
    assert "Người ký: Nhà phát hành CCHC" in words
    assert "  Thêm mẫu kế hoạch của sở." in words
    assert said(real_program.call(program, "--version"), 0) == f"cchc {OLD}\n"

    words = said(real_program.call(program, "update", str(update)), 0)
    assert f"Đã cập nhật lên bản {NEW}" in words
    assert said(real_program.call(program, "--version"), 0) == f"cchc {NEW}\n"
    assert f"Trở lại được bản {OLD}" in said(real_program.call(program, "update"), 0)
    changed = program / "versions" / NEW / "cchc_desktop/domain/scorer.pyc"
    assert "một chỗ".encode() in changed.read_bytes()
    assert said(real_program.call(program, "forms", "list"), 0)

    again = real_program.call(program, "update", str(update))
    assert said(again, 1).startswith(f"Bản {NEW}")
    assert f"Máy đang dùng đúng bản {NEW}" in again.stderr

    assert f"chạy bản {OLD}" in said(real_program.call(program, "update", "--back"), 0)
    assert said(real_program.call(program, "--version"), 0) == f"cchc {OLD}\n"
    back = real_program.call(program, "update", "--back")
    assert said(back, 1) == ""
    assert "không còn bản nào trước" in back.stderr


def test_as_json(program: Path, update: Path) -> None:
    seen = json.loads(said(real_program.call(program, "update", str(update), "--check", "--json"), 0))
    assert (seen["version"], seen["from_version"], seen["target"]) == (NEW, OLD, "linux")
    assert (seen["files"], seen["removed"], seen["taken"], seen["refusals"]) == (2, 0, False, [])
    assert (seen["notes"], seen["signature"], seen["size"]) == (NOTES, "valid", update.stat().st_size)
    taken = json.loads(said(real_program.call(program, "update", str(update), "--json"), 0))
    assert taken == seen | {"taken": True}
    state = json.loads(said(real_program.call(program, "update", "--json"), 0))
    assert (state["running"], state["current"], state["before"]) == (NEW, NEW, OLD)
    assert json.loads(said(real_program.call(program, "update", "--back", "--json"), 0)) == {"version": OLD}


def test_refused_with_all_reasons_and_the_right_exit_codes(
    program: Path, update: Path, tmp_path: Path, issuer: Publisher
) -> None:
    bent = tmp_path / "hỏng.asice"
    content = update.read_bytes()
    bent.write_bytes(content[: len(content) // 2])
    cut = real_program.call(program, "update", str(bent), "--json")
    assert json.loads(said(cut, 2))["taken"] is False
    assert "cắt cụt" in cut.stderr or "gửi lại" in cut.stderr
    missing = real_program.call(program, "update", str(tmp_path / "không có.asice"))
    assert said(missing, 2) == ""
    (program / f"versions/{OLD}/resources/trusted/publishers/publisher.pem").unlink()
    stranger = real_program.call(program, "update", str(update))
    said(stranger, 1)
    assert stranger.stderr.count("\n- ") == 1, stranger.stderr
    assert "chưa mang chứng thư của nhà phát hành" in stranger.stderr
    assert "thiếu hoặc đã bị thay đổi" in stranger.stderr
    both = real_program.call(program, "update", str(update), "--back")
    assert said(both, 2) == ""


def test_a_checkout_is_told_how_it_is_updated() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "cchc_desktop", "update", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "không được cài bằng bộ cài đặt" in json.loads(said(run, 0))["fixed"]
