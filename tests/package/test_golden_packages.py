"""Packages that earlier versions wrote: valid for ever, to the last file.

`tests/golden/packages/<version>/` holds a plan and a self-score with two files of evidence, as that version
of the program wrote them, and the unit's certificate. They are never written anew.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from cchc_desktop.services.verification import as_json, verify

GOLDEN = Path(__file__).parent.parent / "golden" / "packages"
PACKAGES = sorted(GOLDEN.glob("*/*.asice"))


def test_there_are_packages_of_every_version_that_was_kept() -> None:
    for folder in GOLDEN.iterdir():
        kinds = {package.name.split("_")[1] for package in folder.glob("*.asice")}
        assert kinds == {"KH", "TCD"}, folder.name
        assert (folder / "trust.pem").is_file()
    assert PACKAGES


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: f"{path.parent.name} {path.stem}")
def test_it_is_valid_with_the_unit_s_certificate(package: Path) -> None:
    found = as_json(verify(package, [package.parent / "trust.pem"]))
    assert found["status"] == "valid", found["reasons"]
    assert (found["sender"], found["period"], found["revision"]) == ("XA-EA-KAO", "2026", 0)
    assert all(file["ok"] for file in found["files"])
    names = [file["name"] for file in found["files"]]
    evidence = [name for name in names if name.startswith("evidence/")]
    assert len(evidence) == (2 if "_TCD_" in package.name else 0)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: f"{path.parent.name} {path.stem}")
def test_one_changed_byte_is_still_seen(package: Path, tmp_path: Path) -> None:
    content = bytearray(package.read_bytes())
    content[len(content) // 2] ^= 1
    spoilt = tmp_path / package.name
    spoilt.write_bytes(content)
    found = as_json(verify(spoilt, [package.parent / "trust.pem"]))
    assert found["status"] in ("invalid", "unreadable")


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: f"{path.parent.name} {path.stem}")
def test_unzip_reads_it_too(package: Path) -> None:
    """Without this program."""
    answer = subprocess.run(["unzip", "-tq", package], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout
