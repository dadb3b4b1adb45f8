"""What anyone has on any Linux machine agrees with us: openssl, unzip, sha256sum."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.package.samples import on_disk, packed, pinned, signer_of


def run(*words: str | Path, folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([str(word) for word in words], cwd=folder, capture_output=True, check=False)


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    package = on_disk(tmp_path, packed()[0])
    pinned(tmp_path).rename(tmp_path / "ca.pem")
    answer = run("unzip", "-q", package, "-d", tmp_path / "out", folder=tmp_path)
    assert answer.returncode == 0, answer.stderr
    return tmp_path / "out"


def openssl(unpacked: Path, authority: Path) -> subprocess.CompletedProcess[bytes]:
    line = (
        "openssl cms -verify -cades -binary -inform DER -in META-INF/signature001.p7s "
        "-content META-INF/ASiCManifest001.xml -out /dev/null -signer who.pem -CAfile"
    )
    return run(*line.split(), authority, folder=unpacked)


def test_openssl_verifies_the_signature(unpacked: Path, tmp_path: Path) -> None:
    answer = openssl(unpacked, tmp_path / "ca.pem")
    assert answer.returncode == 0, answer.stderr
    assert b"CAdES Verification successful" in answer.stderr
    shown = run("openssl", "x509", "-in", "who.pem", "-noout", "-fingerprint", "-sha256", folder=unpacked)
    digest = shown.stdout.decode().partition("=")[2].strip().replace(":", "").lower()
    assert digest == signer_of().certificate.fingerprint


def test_openssl_refuses_a_changed_manifest(unpacked: Path, tmp_path: Path) -> None:
    manifest = unpacked / "META-INF/ASiCManifest001.xml"
    manifest.write_bytes(manifest.read_bytes().replace(b"0001.pdf", b"0003.pdf"))
    assert openssl(unpacked, tmp_path / "ca.pem").returncode != 0


def test_openssl_refuses_another_units_certificate(unpacked: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    other.write_bytes(signer_of("UBND xã Hòa Phú", "XA-HOA-PHU").certificate.pem)
    assert openssl(unpacked, other).returncode != 0


def test_sha256sum_agrees_on_the_unpacked_files(unpacked: Path) -> None:
    good = run("sha256sum", "--strict", "-c", "SHA256SUMS", folder=unpacked)
    assert good.returncode == 0, good.stdout
    assert good.stdout.count(b": OK") == 4
    (unpacked / "evidence/0001.pdf").write_bytes(b"another")
    assert run("sha256sum", "--strict", "-c", "SHA256SUMS", folder=unpacked).returncode != 0


def test_unzip_tests_the_archive_and_lists_the_entries_in_order(tmp_path: Path) -> None:
    package = on_disk(tmp_path, packed()[0])
    assert run("unzip", "-tqq", package, folder=tmp_path).returncode == 0
    names = run("unzip", "-Z1", package, folder=tmp_path).stdout.decode().split()
    assert names == [
        "mimetype",
        "head.json",
        "documents/selfscore.pdf",
        "evidence/0001.pdf",
        "evidence/0002.png",
        "SHA256SUMS",
        "META-INF/ASiCManifest001.xml",
        "META-INF/signature001.p7s",
    ]


def test_the_mimetype_stands_where_file_1_looks_for_it() -> None:
    """ETSI EN 319 162-1, A.1: stored first and without extra field, it begins at byte 38."""
    content, _ = packed()
    assert content[30:38] == b"mimetype"
    assert content[38:69] == b"application/vnd.etsi.asic-e+zip"
