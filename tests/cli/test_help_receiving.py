"""The commands of the help for an office, typed one after the other as they stand there, do what it says."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc_desktop.cli import COMMANDS, Context, run_command
from cchc_desktop.paths import resources_folder
from cchc_desktop.services import encryption, keys, office, submissions
from cchc_desktop.services.profile import open_profile
from cchc_desktop.trust import key_room
from tests.services.handing_in import PASSPHRASE, sample_profile

PAGE = (resources_folder() / "help/receiving.md").read_text("utf-8")
BLOCK = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CALLS = [shlex.split(line) for block in BLOCK.findall(PAGE) for line in block.splitlines()]
SECRET = "một câu của văn phòng"
Type = Callable[..., int]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Types a call of the page, in the office's folder; passphrases come from files instead of a terminal."""
    secret = tmp_path / "mật khẩu.txt"
    secret.write_text(SECRET, encoding="utf-8")
    own = tmp_path / "office"
    own.mkdir()
    monkeypatch.chdir(own)
    with_ca = {"create", "enrol", "revoke", "crl", "encryption-key"}
    with_own = {"create", "enrol", "pin", "encryption-key", "decrypt"}

    def type_(*begins: str, swap: dict[str, str] | None = None) -> int:
        (call,) = [found for found in CALLS if found[1 : 1 + len(begins)] == list(begins)]
        words = [(swap or {}).get(word, word) for word in call[1:]]
        name, action = words[0], words[1]
        if name == "receipt" or action in with_own:
            words += ["--passphrase-file", str(secret)]
        if name == "office" and action in with_ca:
            words += ["--ca-passphrase-file", str(secret)]
        assert name in COMMANDS
        key_room._unlocked.clear()
        return run_command(name, words[1:], Context(None, lambda _data, _out: []))

    return type_


def test_the_whole_walk(typed: Type, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = Path.cwd()
    assert typed("office", "create") == 0
    assert typed("office", "export-trust") == 0
    assert (here / "co-quan.pem").read_text().startswith("-----BEGIN CERTIFICATE-----")

    inbox = here / "nhan-thang-1"
    for folder in (inbox, here / "tra-loi", here / "bien-nhan"):
        folder.mkdir()
    with sample_profile(tmp_path / "xã") as (profile, round_id):
        sent = submissions.export(profile, round_id, "selfscore", inbox)
        own = keys.key_state(profile).certificate
    assert own is not None
    (asked,) = _request(tmp_path / "xã", tmp_path)
    asked.rename(here / "dang-ky.asice")
    assert typed("office", "pin", swap={"B2MC-ITIW-5UHR-CAW2-RCPV-I33K": own.spoken_code}) == 0
    assert len(list((here / "tra-loi").glob("*.asice"))) == 1

    assert typed("verify", "nhan-thang-1", "--office", "co-quan", "--xlsx") == 0
    assert (here / "bang-ke.xlsx").read_bytes().startswith(b"PK")
    assert typed("verify", "nhan-thang-1", "--office", "co-quan", "--json") == 0

    package = {"XA-EA-KAO_TCD_2026_L00.asice": str(inbox / sent.file_name)}
    assert typed("receipt", "XA-EA-KAO_TCD_2026_L00.asice", swap=package) == 0
    assert len(list((here / "bien-nhan").glob("*.asice"))) == 1
    assert [row.sender_id for row in office.received(here / "co-quan")] == ["XA-EA-KAO"]

    assert typed("office", "encryption-key") == 0
    hidden = _encrypted(tmp_path / "xã", inbox / sent.file_name, here / "ma-hoa.pem")
    hidden.with_suffix("").unlink()
    swapped = {"XA-EA-KAO_TCD_2026_L00.asice.p7m": str(hidden)}
    assert typed("office", "decrypt", swap=swapped) == 0
    assert (inbox / sent.file_name).is_file()
    hidden.unlink()

    capsys.readouterr()
    assert typed("office", "revoke") == 0
    assert typed("office", "crl") == 0
    assert (here / "thu-hoi.pem").read_text().startswith("-----BEGIN X509 CRL-----")
    assert typed("verify", "nhan-thang-1", "--office", "co-quan", "--json") == 1, "it counts no more"


def _request(data: Path, to: Path) -> list[Path]:
    """What the unit does: a file that asks to be enrolled."""
    secret = to / "unit.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    folder = to / "gui-so"
    folder.mkdir()
    words = ["request", "--to", str(folder), "--passphrase-file", str(secret)]
    context = Context(data, lambda _data, _out: [])
    assert run_command("key", words, context) == 0
    return list(folder.glob("*.asice"))


def test_every_call_of_the_page_is_typed_above_or_named_here() -> None:
    """`enrol` is the other way to `pin`, `--take` the unit's end: held by tests/cli/test_office.py."""
    begun = [" ".join(call[1:3]) for call in CALLS]
    assert sorted(begun) == sorted(
        [
            *("office create", "office export-trust", "office enrol", "office pin"),
            *("verify nhan-thang-1", "verify nhan-thang-1"),
            *("receipt XA-EA-KAO_TCD_2026_L00.asice", "office revoke", "office crl"),
            *("office encryption-key", "office decrypt"),
        ]
    )


def _encrypted(unit: Path, package: Path, certificate: Path) -> Path:
    """As the unit's program does it, once it heard the certificate's code."""
    with open_profile(unit) as profile:
        seen = encryption.needs_code(profile, certificate)
        assert seen is not None
        taken = encryption.add_receiver(profile, certificate, seen.spoken_code)
        return encryption.encrypt(profile, package, taken.fingerprint)
