"""`cchc verify FOLDER`: who handed in what, the newest of each, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cchc_desktop.cli import Context, run_command
from cchc_desktop.domain.package_head import PackagedEvidence, PackagedFile
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.message import Message
from cchc_desktop.package import countersign
from cchc_desktop.package import folder as folder_room
from cchc_desktop.package.writer import Part
from cchc_desktop.services.verification import look_over
from cchc_desktop.trust.signer import SoftwareSigner
from cchc_desktop.trust.trusted import Trusted
from tests.package.samples import NOW, PDF, head, on_disk, packed, pinned, signer_of

SECOND = ("UBND xã Hòa Phú", "XA-HOA-PHU")
LOOSE = b"%PDF-1.4\n% travels apart\n%%EOF\n"


def call(*words: object) -> int:
    return run_command("verify", [str(word) for word in words], Context(None, lambda _data, _out: []))


@pytest.fixture
def received(tmp_path: Path) -> Path:
    """What lies on an office's disk in January: two filings of one unit, one of another, and rubbish."""
    folder = tmp_path / "Nhận tháng 1"
    (folder / "xã" / "Hòa Phú").mkdir(parents=True)
    loose = PackagedEvidence("e3", "Biên bản.pdf", len(LOOSE), hashlib.sha256(LOOSE).hexdigest())
    first = head()
    first = replace(first, evidence=(*first.evidence, loose))
    on_disk(folder, packed(first, at=NOW - timedelta(hours=2))[0], "a.asice")
    second = replace(head(revision=1), evidence=first.evidence)
    on_disk(folder / "xã", packed(second, at=NOW - timedelta(hours=1))[0], "b.asice")
    other = head(sender_id=SECOND[1], sender_name=SECOND[0])
    on_disk(folder / "xã" / "Hòa Phú", packed(other, signer=signer_of(*SECOND))[0], "c.ASICE")
    changed = bytearray(packed(head(sender_id="XA-KHAC"))[0])
    changed[changed.index(PDF)] ^= 0x20
    on_disk(folder, bytes(changed), "d.asice")
    on_disk(folder, b"no package", "e.asice")
    on_disk(folder, packed()[0], "readme.txt")
    return folder


def trust(tmp_path: Path) -> list[object]:
    other = tmp_path / "other.pem"
    other.write_bytes(signer_of(*SECOND).certificate.pem)
    return ["--trust", pinned(tmp_path), "--trust", other]


def as_json(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_table_of_who_handed_in_what(
    received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(received, *trust(tmp_path), "--json") == 2
    found = as_json(capsys)
    assert [(one["file"], one["status"], one["standing"]) for one in found["packages"]] == [
        ("a.asice", "valid_with_warnings", "superseded"),
        ("d.asice", "invalid", "none"),
        ("e.asice", "unreadable", "none"),
        ("xã/Hòa Phú/c.ASICE", "valid", "newest"),
        ("xã/b.asice", "valid", "newest"),
    ]
    assert found["summary"] == {
        "packages": 5,
        "senders": 2,
        "newest": 2,
        "superseded": 1,
        "evidence_missing": 2,
        "status": {
            "valid": 2,
            "valid_with_warnings": 1,
            "unknown_signer": 0,
            "invalid": 1,
            "unreadable": 1,
        },
    }
    assert "package.older_revision" in [reason["code"] for reason in found["packages"][0]["reasons"]]
    assert found["packages"][0]["sender_name"] == "UBND xã Ea Kao"
    assert found["packages"][0]["evidence"] == {
        "listed": 3,
        "missing": [
            {"name": "Biên bản.pdf", "size": len(LOOSE), "sha256": hashlib.sha256(LOOSE).hexdigest()}
        ],
    }


def test_bad_file_never_stops_the_others_and_the_worst_decides(
    received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for bad in ("d.asice", "e.asice"):
        (received / bad).unlink()
    assert call(received, *trust(tmp_path)) == 0
    capsys.readouterr()
    assert call(received) == 1  # nobody is trusted: unknown signers
    (received / "broken.asice").touch()
    capsys.readouterr()
    assert call(received, *trust(tmp_path), "--json") == 2
    assert len(as_json(capsys)["packages"]) == 4


def test_strangers_package_never_supersedes_a_units_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Threat: whoever can put a file into the folder claims a later revision of someone else's filing."""
    folder = tmp_path / "in"
    folder.mkdir()
    on_disk(folder, packed()[0], "own.asice")
    forged = head(revision=7)
    on_disk(folder, packed(forged, signer=signer_of("UBND xã Ea Kao", "XA-EA-KAO-2"))[0], "forged.asice")
    assert call(folder, "--trust", pinned(tmp_path), "--json") == 1
    found = {one["file"]: (one["status"], one["standing"]) for one in as_json(capsys)["packages"]}
    assert found == {"own.asice": ("valid", "newest"), "forged.asice": ("invalid", "none")}


def test_replayed_copy_is_named_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    content = packed()[0]
    on_disk(folder, content, "1.asice")
    on_disk(folder, content, "2.asice")
    assert call(folder, "--trust", pinned(tmp_path), "--json") == 0
    first, second = as_json(capsys)["packages"]
    assert (first["status"], first["standing"]) == ("valid", "newest")
    assert (second["status"], second["standing"]) == ("valid_with_warnings", "superseded")
    assert "package.repeated_copy" in [reason["code"] for reason in second["reasons"]]


def test_countersigned_copy_counts_rather_than_the_first_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The focal point's file and the head's signature over it: one package, and two people behind it."""
    folder = tmp_path / "in"
    folder.mkdir()
    first = on_disk(folder, packed(at=NOW - timedelta(minutes=5))[0], "1.asice")
    leader = signer_of("Lê Văn Á", "XA-EA-KAO")
    there = countersign.countersignable(first, Trusted(), NOW)
    with (folder / "2.asice").open("w+b") as to:
        countersign.countersign(there, to, leader, NOW)
    pem = tmp_path / "leader.pem"
    pem.write_bytes(leader.certificate.pem)
    assert call(folder, "--trust", pinned(tmp_path), "--trust", pem, "--json") == 0
    found = {one["file"]: (one["status"], one["standing"]) for one in as_json(capsys)["packages"]}
    assert found == {"1.asice": ("valid_with_warnings", "superseded"), "2.asice": ("valid", "newest")}


def test_evidence_that_came_in_another_package_is_ticked_off_by_its_digest(
    received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Names don't count, and neither does a package of another unit."""

    def carrying(signer: SoftwareSigner, name: str) -> bytes:
        carried = head(
            kind=PackageKind.PLAN,
            sender_id=signer.certificate.unit_code,
            sender_name=signer.certificate.name,
            documents=(PackagedFile("documents/plan.pdf", name),),
            evidence=(),
        )
        return packed(carried, [Part("documents/plan.pdf", LOOSE, name)], signer)[0]

    on_disk(received, carrying(signer_of(*SECOND), "Biên bản.pdf"), "pack.asice")
    call(received, *trust(tmp_path), "--json")
    assert as_json(capsys)["summary"]["evidence_missing"] == 2
    on_disk(received, carrying(signer_of(), "tên khác.pdf"), "pack.asice")
    call(received, *trust(tmp_path), "--json")
    assert as_json(capsys)["summary"]["evidence_missing"] == 0


def test_encrypted_package_is_listed_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    on_disk(tmp_path, packed()[0], "a.asice")
    on_disk(tmp_path, b"\x30\x82 sealed", "b.asice.p7m")
    assert call(tmp_path, "--trust", pinned(tmp_path), "--json") == 2
    first, second = as_json(capsys)["packages"]
    assert (first["status"], second["status"]) == ("valid", "unreadable")
    assert [reason["code"] for reason in second["reasons"]] == ["package.encrypted"]


def test_links_are_not_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "in"
    outside.mkdir()
    folder.mkdir()
    secret = on_disk(outside, packed()[0], "secret.asice")
    on_disk(folder, packed()[0], "own.asice")
    (folder / "link.asice").symlink_to(secret)
    (folder / "folder").symlink_to(outside, target_is_directory=True)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "pipe.asice")
    (folder / "folder.asice").mkdir()
    call(folder, "--json")
    assert [one["file"] for one in as_json(capsys)["packages"]] == ["own.asice"]


def test_search_has_an_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in "abc":
        on_disk(tmp_path, b"", f"{name}.asice")
    monkeypatch.setattr(folder_room, "MOST_PACKAGES", 3)
    assert call(tmp_path) == 2
    capsys.readouterr()
    monkeypatch.setattr(folder_room, "MOST_PACKAGES", 2)
    assert call(tmp_path) == 2
    assert "quá nhiều tệp" in capsys.readouterr().err


def test_folder_without_packages_is_advice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(tmp_path) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Không có gói báo cáo nào" in printed.err


def test_several_files_are_a_table_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = on_disk(tmp_path, packed()[0], "1.asice")
    two = on_disk(tmp_path, packed(head(kind=PackageKind.PLAN))[0], "2.asice")
    assert call(one, two, one, "--trust", pinned(tmp_path), "--json") == 0
    assert [each["file"] for each in as_json(capsys)["packages"]] == ["1.asice", "2.asice"]


def test_words_for_people(received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(received, *trust(tmp_path))
    said = capsys.readouterr().out
    summary, _empty, titles, *_rest = said.splitlines()
    assert summary.startswith("5 gói của 2 đơn vị có người ký đã biết: 2 hợp lệ; 1 hợp lệ, có lưu ý; 1 ")
    assert titles.split("  ")[0] == "Đơn vị"
    assert "UBND xã Hòa Phú" in said
    assert "a.asice: Đây là bản L00; đơn vị đã gửi bản mới hơn là L01." in said


# --- the table as a file ----------------------------------------------------------------------------------

FORMULA = '=HYPERLINK("http://example.invalid";"bấm vào đây")'


def test_csv_for_excel(received: Path, tmp_path: Path) -> None:
    call(received, *trust(tmp_path), "--csv", tmp_path / "bang.csv")
    raw = (tmp_path / "bang.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert [(row["Tệp"], row["Bản"], row["So với bản khác"]) for row in rows] == [
        ("a.asice", "L00", "đã thay"),
        ("d.asice", "L00", ""),
        ("e.asice", "", ""),
        ("xã/Hòa Phú/c.ASICE", "L00", "mới nhất"),
        ("xã/b.asice", "L01", "mới nhất"),
    ]
    assert (rows[0]["TLKC có"], rows[0]["TLKC thiếu"]) == ("2", "1")


def test_names_never_become_formulas(tmp_path: Path) -> None:
    """Threat: a unit's name or a file's that a spreadsheet would run as a formula at the office."""
    folder = tmp_path / "in"
    folder.mkdir()
    on_disk(folder, packed(head(sender_name=FORMULA))[0], "+1.asice")
    call(folder, "--trust", pinned(tmp_path), "--csv", tmp_path / "b.csv", "--xlsx", tmp_path / "b.xlsx")
    (row,) = csv.DictReader((tmp_path / "b.csv").read_text("utf-8-sig").splitlines(), delimiter=";")
    assert row["Đơn vị"] == f"'{FORMULA}"
    assert row["Tệp"] == "'+1.asice"
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets[0]
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value in (FORMULA, "+1.asice")]
    assert len(cells) == 2
    assert all((cell.data_type, cell.quotePrefix) == ("s", True) for cell in cells)


def test_xlsx_greys_what_was_superseded_and_lists_what_is_missing(received: Path, tmp_path: Path) -> None:
    call(received, *trust(tmp_path), "--xlsx", tmp_path / "bang.xlsx")
    packages, missing = openpyxl.load_workbook(tmp_path / "bang.xlsx").worksheets
    titles = [cell.value for cell in packages[3]]
    assert packages["A2"].value.startswith("5 gói của 2 đơn vị")
    by_file = {row[titles.index("Tệp")].value: row for row in packages.iter_rows(min_row=4)}
    assert by_file["a.asice"][1].font.color.rgb == "0076818D"
    assert by_file["xã/b.asice"][1].font.color is None
    names = [[cell.value for cell in row] for row in missing.iter_rows(min_row=2)]
    assert [(row[3], row[4], row[5]) for row in names] == [
        ("a.asice", "Biên bản.pdf", len(LOOSE)),
        ("xã/b.asice", "Biên bản.pdf", len(LOOSE)),
    ]


def test_other_endings_are_advice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = on_disk(tmp_path, packed()[0])
    assert call(package, "--trust", pinned(tmp_path), "--csv", tmp_path / "bang.doc") == 2
    assert ".csv hoặc .xlsx" in capsys.readouterr().err
    assert not (tmp_path / "bang.doc").exists()


# --- progress and stopping --------------------------------------------------------------------------------


def test_progress_counts_bytes_of_all_and_stops_in_between(received: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    progress = Progress(lambda step, done, total: seen.append((step.id, done, total)))
    look_over([received], progress=progress)
    total = sum(path.stat().st_size for path in received.rglob("*") if path.suffix.lower() == ".asice")
    amounts = [done for name, done, of in seen if name.startswith("verification.") and of == total]
    assert amounts == sorted(amounts)
    assert amounts[0] == 0
    assert amounts[-1] == total

    def stop_at_second(step: Message, _done: int, _total: int) -> None:
        if step.args.get("number") == 2:
            stopping.stop()

    stopping = Progress(stop_at_second)
    with pytest.raises(Cancelled):
        look_over([received], progress=stopping)


def test_trust_file_that_is_none_stops_before_anything_is_read(received: Path, tmp_path: Path) -> None:
    (tmp_path / "no.pem").write_text("no certificate")
    with pytest.raises(KnownError) as caught:
        look_over([received], [tmp_path / "no.pem"])
    assert caught.value.code == "trust.file_not_pem"


def test_package_that_may_not_be_read_is_one_line(
    received: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def refuse(self: Path, *args: Any, **more: Any) -> Any:
        if self.name == "a.asice":
            raise PermissionError(13, "no")
        return real(self, *args, **more)

    monkeypatch.setattr(Path, "open", refuse)
    looks = look_over([received], [pinned(tmp_path)])
    first = looks.packages[0]
    assert first.problem is not None
    assert first.problem.id == "package.unreadable"
    assert len(looks.packages) == 5
