"""`cchc demo` as a user calls it; the package it leaves is checked with openssl and sha256sum, not by us."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_desktop.cli import Context, run_command
from cchc_desktop.services import profile, rounds, verification
from cchc_desktop.services.evidence import all_evidence

TOTALS = {
    # worked out by hand in tests/services/test_samples.py
    "commune": {"points": "80.75", "self_max": "88", "open_points": "12", "open_rows": 1, "class": "Tốt"},
    "department": {"points": "79.09", "self_max": "84", "open_points": "16", "open_rows": 2, "class": "Khá"},
}


class Camera:
    """Stands in for the window: it opens the profile as the window does and says what it saw."""

    def __init__(self) -> None:
        self.data: Path | None = None
        self.seen: tuple[int, int] | None = None

    def __call__(self, data: Path, out: Path) -> list[Path]:
        self.data = data
        with profile.open_profile(data) as opened:
            round_ = rounds.rounds(opened)[0]
            self.seen = (round_.year, len(all_evidence(opened, round_.id)))
        picture = out / "tong-quan-light.png"
        picture.write_bytes(b"\x89PNG")
        return [picture]


@dataclass
class Demo:
    out: Path
    result: dict[str, Any]
    camera: Camera
    stderr: str


def run(out: Path, *arguments: str) -> tuple[int, Camera]:
    camera = Camera()
    return run_command("demo", [*arguments, "--out", str(out)], Context(None, camera)), camera


@pytest.fixture(scope="module", params=list(TOTALS))
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    out = tmp_path_factory.mktemp("kết quả") / "demo"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CCHC_DATA_DIR", str(out.parent / "hồ sơ"))
        printed = _Printed()
        patch.setattr(sys, "stdout", printed.out)
        patch.setattr(sys, "stderr", printed.err)
        code, camera = run(out, "--unit", request.param, "--json")
        patch.undo()
    assert code == 0, printed.err.getvalue()
    yield Demo(
        out, json.loads(printed.out.getvalue()) | {"unit": request.param}, camera, printed.err.getvalue()
    )


class _Printed:
    def __init__(self) -> None:
        self.out, self.err = io.StringIO(), io.StringIO()


def test_the_object_has_the_contracts_fields(demo: Demo) -> None:
    fields = {"package", "trust", "documents", "pictures", "tasks", "evidence", "total"}
    assert set(demo.result) - {"unit"} == fields
    assert demo.result["tasks"] >= 25
    assert demo.result["evidence"] >= 20
    total = demo.result["total"]
    wanted = TOTALS[demo.result["unit"]]
    assert Decimal(total["self_points"]) == Decimal(total["points"]) == Decimal(str(wanted["points"]))
    assert Decimal(total["self_max"]) == Decimal(str(wanted["self_max"]))
    assert Decimal(total["open_points"]) == Decimal(str(wanted["open_points"]))
    assert Decimal(total["max"]) == Decimal(total["applicable_max"]) == 100
    assert total["open_rows"] == wanted["open_rows"]
    assert (total["class"], total["class_provisional"]) == (wanted["class"], True)
    assert (Decimal(total["bonus"]), Decimal(total["penalty"])) == (0, 0)
    assert set(total) == {
        *("points", "max", "applicable_max", "self_points", "self_max", "index", "bonus", "penalty", "final"),
        *("class", "class_provisional", "open_rows", "open_points"),
    }


def test_with_json_nothing_else_is_said(demo: Demo) -> None:
    assert demo.stderr == ""


def test_all_files_are_there_and_exactly_one_package(demo: Demo) -> None:
    listed = [
        demo.result["package"],
        demo.result["trust"],
        *demo.result["documents"],
        *demo.result["pictures"],
    ]
    assert all(Path(path).is_file() for path in listed)
    assert [str(path) for path in demo.out.rglob("*.asice")] == [demo.result["package"]]
    assert Path(demo.result["trust"]).name == "trust.pem"
    assert sorted(Path(path).suffix for path in demo.result["documents"]) == [
        *(".docx", ".pdf", ".pdf", ".xlsx"),
    ]
    assert not list(demo.out.rglob("*.part"))


def test_the_window_got_the_whole_profile_and_nothing_of_it_stays(demo: Demo) -> None:
    assert demo.camera.seen == (2026, demo.result["evidence"])
    assert demo.camera.data is not None
    assert not demo.camera.data.exists()
    assert not list(demo.out.rglob("*.sqlite3"))


def test_the_users_own_profile_is_not_touched(demo: Demo) -> None:
    assert not (demo.out.parent / "hồ sơ").exists()


def test_our_verification_says_valid_only_with_the_trust_file(demo: Demo) -> None:
    package, trust = Path(demo.result["package"]), Path(demo.result["trust"])
    assert verification.as_json(verification.verify(package, [trust]))["status"] == "valid"
    assert verification.as_json(verification.verify(package))["status"] == "unknown_signer"


@pytest.mark.parametrize("place", [0.0001, 0.3, 0.7, 0.9999])
def test_a_changed_byte_is_seen(demo: Demo, place: float, tmp_path: Path) -> None:
    content = bytearray(Path(demo.result["package"]).read_bytes())
    content[int(len(content) * place)] ^= 1
    changed = tmp_path / "changed.asice"
    changed.write_bytes(content)
    status = verification.as_json(verification.verify(changed, [Path(demo.result["trust"])]))["status"]
    assert status in ("invalid", "unreadable")


def test_openssl_and_sha256sum_agree(demo: Demo, tmp_path: Path) -> None:
    with zipfile.ZipFile(demo.result["package"]) as package:
        package.extractall(tmp_path)
    sums = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert sums.returncode == 0, sums.stdout + sums.stderr
    assert len(sums.stdout.splitlines()) >= demo.result["evidence"] + 3
    line = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER"]
    line += ["-in", "META-INF/signature001.p7s", "-content", "META-INF/ASiCManifest001.xml"]
    line += ["-CAfile", demo.result["trust"], "-out", os.devnull, "-signer", "who.pem"]
    answer = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert (tmp_path / "who.pem").read_text().startswith("-----BEGIN CERTIFICATE-----")


def test_the_workbook_opens_and_the_package_carries_all_evidence(demo: Demo) -> None:
    (workbook,) = (path for path in demo.result["documents"] if path.endswith(".xlsx"))
    book = openpyxl.load_workbook(workbook)
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    book.close()
    assert any("3.3.1" in cell for cell in cells)
    found = verification.verify(Path(demo.result["package"]), [Path(demo.result["trust"])])
    assert len(found.files) >= demo.result["evidence"] + 3
    assert all(file.ok for file in found.files)


@pytest.mark.slow
def test_again_in_the_same_folder_replaces_its_own_results_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, content = tmp_path / "kết quả", "của người dùng"
    assert run(out, "--unit", "department", "--json")[0] == 0
    first = json.loads(capsys.readouterr().out)
    (out / "của tôi.txt").write_text(content, encoding="utf-8")
    (out / "pictures" / "của tôi.png").write_text(content, encoding="utf-8")
    outside = tmp_path / "ngoài.txt"
    outside.write_text(content, encoding="utf-8")
    listed = json.loads((out / "demo.json").read_text(encoding="utf-8"))
    listed["files"] += ["../ngoài.txt", str(outside), 3]
    (out / "demo.json").write_text(json.dumps(listed), encoding="utf-8")

    assert run(out, "--unit", "commune")[0] == 0
    told = capsys.readouterr()
    assert [path.name for path in out.rglob("*.asice")] == ["XA-EA-KAO_TCD_2026_L00.asice"]
    assert not any(Path(path).exists() for path in first["documents"])
    for kept in (out / "của tôi.txt", out / "pictures" / "của tôi.png", outside):
        assert kept.read_text(encoding="utf-8") == content
    assert "UBND xã Ea Kao (mẫu)" in told.out
    assert "80,75/88,00" in told.out
    assert str(out / "XA-EA-KAO_TCD_2026_L00.asice") in told.out
    steps = told.err.splitlines()
    assert [line.split("]")[0] for line in steps] == [f"[{number}/9" for number in range(1, 10)]


def test_a_file_in_the_way_is_advice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tệp").write_text("x", encoding="utf-8")
    assert run(tmp_path / "tệp")[0] == 2
    assert run(tmp_path / "tệp" / "trong")[0] == 2
    told = capsys.readouterr()
    assert told.err.count("không phải thư mục") == 2
    assert "Traceback" not in told.err


def test_an_unknown_unit_is_a_bad_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        run(tmp_path, "--unit", "village")
    assert raised.value.code == 2
    assert capsys.readouterr().out == ""
