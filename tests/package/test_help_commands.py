"""The format's page in the help: its commands, run as they stand there, verify a real package and refuse bad
ones. Nothing of this program takes part in the verdict."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.package.samples import PDF, on_disk, packed, pinned, signer_of

PAGE = (Path(__file__).resolve().parents[2] / "resources/help/package-format.md").read_text("utf-8")
BLOCK = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMANDS = BLOCK.findall(PAGE)
UNPACK, VERIFY, DIGEST, CERTTOOL, NSS, WHO = COMMANDS


def shell(lines: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", lines], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def post(tmp_path: Path) -> Path:
    """A folder with `goi.asice` and `trust.pem`, as the page has them."""
    on_disk(tmp_path, packed()[0], "goi.asice")
    pinned(tmp_path)
    return tmp_path


def test_page_has_the_commands_that_it_promises() -> None:
    first = [lines.split()[0] for lines in COMMANDS]
    assert first == ["unzip", "openssl", "openssl", "certtool", "mkdir", "openssl"]
    for program in ("sha256sum --strict -c SHA256SUMS", "openssl cms -verify -cades", "certtool --p7-verify"):
        assert program in PAGE


def test_every_command_accepts_the_good_package(post: Path) -> None:
    answer = shell(UNPACK, post)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.count(": OK") == 4
    inside = post / "goi"
    for lines in (VERIFY, DIGEST, CERTTOOL, NSS, WHO):
        answer = shell(lines, inside)
        assert answer.returncode == 0, f"{lines}\n{answer.stdout}{answer.stderr}"


def test_digest_of_the_sums_stands_in_the_manifest(post: Path) -> None:
    shell(UNPACK, post)
    said = shell(DIGEST, post / "goi").stdout.splitlines()
    assert said[0] in "".join(said[1:])


def test_code_that_is_read_out_is_the_programs(post: Path) -> None:
    shell(UNPACK, post)
    shell(VERIFY, post / "goi")
    code = shell(WHO, post / "goi").stdout.splitlines()[-1].strip()
    assert code == signer_of().certificate.spoken_code.replace("-", "")


def test_changed_evidence_is_refused_by_the_first_commands(post: Path) -> None:
    content = bytearray((post / "goi.asice").read_bytes())
    content[content.index(PDF) + 10] ^= 0x20
    (post / "goi.asice").write_bytes(bytes(content))
    assert shell(UNPACK, post).returncode != 0


@pytest.mark.parametrize("lines", [VERIFY, CERTTOOL, NSS], ids=["openssl", "certtool", "cmsutil"])
def test_changed_manifest_and_strangers_are_refused(post: Path, lines: str) -> None:
    shell(UNPACK, post)
    manifest = post / "goi/META-INF/ASiCManifest001.xml"
    good = manifest.read_bytes()
    manifest.write_bytes(good.replace(b"0001.pdf", b"0003.pdf"))
    assert shell(lines, post / "goi").returncode != 0
    manifest.write_bytes(good)
    shutil.rmtree(post / "goi/nss", ignore_errors=True)  # what the NSS commands made
    (post / "trust.pem").write_bytes(signer_of("UBND xã Hòa Phú", "XA-HOA-PHU").certificate.pem)
    assert shell(lines, post / "goi").returncode != 0


def test_every_field_of_the_head_is_told() -> None:
    """A field that other implementers do not know of would make their packages unreadable here."""
    import json
    from dataclasses import replace

    from cchc_desktop.domain.package_head import PackOf
    from cchc_desktop.package.head_codec import write_head
    from tests.package.samples import head

    whole = replace(head(), pack_of=PackOf(head().package_id, "ab" * 32, 1, 2))
    written = json.loads(write_head(whole))
    keys = {*written, *written["evidence"][0], *written["documents"][0], *written["pack_of"]}
    told = set(re.findall(r"`([a-z0-9_]+)`", PAGE))
    assert keys <= told


def test_every_part_of_a_receipt_and_of_the_contents_is_told() -> None:
    import json
    from datetime import UTC, datetime

    from cchc_desktop.domain.receipt import Receipt
    from cchc_desktop.domain.verification import Outcome
    from cchc_desktop.package import layout
    from cchc_desktop.package.receipt_codec import write_receipt

    at = datetime(2026, 1, 5, tzinfo=UTC)
    receipt = Receipt("id", "ab" * 32, "x.asice", at, "SNV", "Sở Nội vụ", Outcome.VALID)
    told = set(re.findall(r"`([A-Za-z0-9_./…-]+)`", PAGE))
    assert set(json.loads(write_receipt(receipt))) <= told
    values = vars(layout).items()
    names = {value for name, value in values if name.endswith("_NAME") and isinstance(value, str)}
    assert names <= told
