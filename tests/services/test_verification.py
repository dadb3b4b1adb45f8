"""The object that `cchc verify --json` prints has the agreed names, whatever was verified."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_desktop.errors import KnownError
from cchc_desktop.services.verification import as_json, verify
from tests.package.samples import NOW, on_disk, packed, pinned, signer_of

KEYS = [
    *("status", "reasons", "package_id", "kind", "period", "sender", "revision", "manifest_sha256"),
    *("signers", "files"),
]


def test_valid_package_in_full(tmp_path: Path) -> None:
    content, written = packed()
    found = as_json(verify(on_disk(tmp_path, content), [pinned(tmp_path)]))
    assert list(found) == KEYS
    assert found["status"] == "valid"
    assert (found["kind"], found["period"], found["sender"]) == ("selfscore", "2026", "XA-EA-KAO")
    assert found["revision"] == 0
    assert found["manifest_sha256"] == written.manifest_sha256
    (signer,) = found["signers"]
    assert signer["fingerprint"] == signer_of().certificate.fingerprint
    assert (signer["name"], signer["status"]) == ("UBND xã Ea Kao", "valid")
    assert signer["signed_at"][-6:] == "+07:00"
    assert [file["name"] for file in found["files"]] == [f.name for f in written.files[:-1]]
    assert all(file["ok"] for file in found["files"])
    assert {reason["aspect"] for reason in found["reasons"]} == {"integrity", "signer", "revocation", "time"}
    assert all(reason["message"] for reason in found["reasons"])


def test_unreadable_file_has_the_same_names(tmp_path: Path) -> None:
    found = as_json(verify(on_disk(tmp_path, b"no package")))
    assert list(found) == KEYS
    assert found["status"] == "unreadable"
    assert [found[key] for key in KEYS[2:8]] == [None] * 6
    assert (found["signers"], found["files"]) == ([], [])


def test_package_from_a_clock_ahead_is_invalid(tmp_path: Path) -> None:
    from datetime import timedelta

    ahead = on_disk(tmp_path, packed(at=NOW + timedelta(days=365))[0])
    found = as_json(verify(ahead, [pinned(tmp_path)]))
    assert found["status"] == "invalid"
    bad = [reason["code"] for reason in found["reasons"] if reason["leads_to"] == "invalid"]
    assert bad == ["trust.signed_in_future"]


@pytest.mark.parametrize(("name", "code"), [("none.asice", "package.missing"), (".", "package.no_file")])
def test_what_can_not_be_opened_is_advice(name: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        verify(tmp_path / name)
    assert caught.value.code == code


def test_pipe_does_not_keep_us_waiting(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "p.asice")
    with pytest.raises(KnownError) as caught:
        verify(tmp_path / "p.asice")
    assert caught.value.code == "package.no_file"
