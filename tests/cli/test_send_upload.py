"""`cchc send --channel upload`: to the real tus server, receipted by the office's command; encrypted too."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_desktop.delivery import upload_access
from cchc_desktop.domain.delivery import DeliveryState
from cchc_desktop.services import encryption, keys, office_certificates, office_enrolment, outbox, trusted
from cchc_desktop.services.profile import Profile, open_profile
from tests.cli.commands import run
from tests.delivery.office_server import TOKEN, office_server, receipt_command
from tests.services.handing_in import PASSPHRASE, sample_profile

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

SECRET = "mật khẩu của văn phòng"


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    with sample_profile(tmp_path / "xã"):
        pass
    (tmp_path / "khóa.txt").write_text(PASSPHRASE, encoding="utf-8")
    (tmp_path / "mã.txt").write_text(TOKEN + "\n", encoding="utf-8")
    return tmp_path / "xã"


def know_each_other(profile: Profile, place: Path, folder: Path) -> None:
    office_certificates.create(place, "Sở Nội vụ tỉnh mẫu", "SNV-MAU", SECRET, SECRET)
    (folder / "sở.txt").write_text(SECRET, encoding="utf-8")
    pem = office_certificates.export_trust(place, folder / "tin.pem").read_text()
    (folder / "ca.pem").write_text(pem[: pem.index("-----BEGIN X509 CRL")])
    trusted.confirm(profile, folder / "ca.pem", trusted.look_at(folder / "ca.pem").spoken_code)
    own = keys.export_certificate(profile, folder)
    known = keys.key_state(profile).certificate
    assert known is not None
    office_enrolment.pin_certificate(place, own, known.spoken_code)


def test_one_call_to_delivered(capsys: pytest.CaptureFixture[str], unit: Path, tmp_path: Path) -> None:
    place = tmp_path / "sở"
    with open_profile(unit) as profile:
        know_each_other(profile, place, tmp_path)
    command = receipt_command(
        *("-m", "cchc_desktop", "receipt", "{package}", "--to", "{folder}"),
        *("--office", str(place), "--passphrase-file", str(tmp_path / "sở.txt")),
    )
    asked = ("send", "--what", "plan", "--year", "2026", "--channel", "upload")
    secret = ("--passphrase-file", tmp_path / "khóa.txt")
    refused = run(capsys, *asked, *secret, data=unit)
    assert refused.code != 0
    assert "địa chỉ máy chủ" in refused.err
    with office_server(tmp_path / "máy chủ", RECEIPT_COMMAND=command) as server:
        without = run(capsys, *asked, "--to", server.address, *secret, data=unit)
        assert without.code != 0
        assert "mã truy cập" in without.err
        with open_profile(unit) as profile:
            assert outbox.deliveries_of(profile, _round(profile)) == (), "nothing was made in vain"
        done = run(capsys, *asked, "--token-file", tmp_path / "mã.txt", *secret, data=unit)
        assert done.code == 0, done.err
        assert TOKEN not in done.out + done.err
        assert "Đã nhận" in done.err
    with open_profile(unit) as profile:
        (delivery,) = outbox.deliveries_of(profile, _round(profile))
        assert delivery.state is DeliveryState.DELIVERED
    upload_access._known.clear()


def test_encrypted_to_a_folder_only_with_a_code_that_was_heard(
    capsys: pytest.CaptureFixture[str], unit: Path, tmp_path: Path
) -> None:
    made, pem = encryption.make_key(tmp_path / "sở", "Phòng Nội vụ", "PNV", SECRET)
    (tmp_path / "mã hóa.pem").write_bytes(pem)
    stick = tmp_path / "USB"
    stick.mkdir()
    asked = ("send", "--what", "plan", "--year", "2026", "--channel", "folder", "--to", stick)
    hidden = ("--encrypt-for", tmp_path / "mã hóa.pem", "--passphrase-file", tmp_path / "khóa.txt")
    refused = run(capsys, *asked, *hidden, data=unit)
    assert refused.code == 1
    assert "mã xác nhận" in refused.err
    assert list(stick.iterdir()) == []
    done = run(capsys, *asked, *hidden, "--encrypt-code", made.spoken_code, data=unit)
    assert done.code == 0, done.err
    (out,) = stick.iterdir()
    assert out.name.endswith(".asice.p7m")
    assert done.out.strip() == str(out)
    post = tmp_path / "mở"
    post.mkdir()
    opened = encryption.decrypt(tmp_path / "sở", out, post, SECRET)
    assert run(capsys, "verify", opened).code == 1, "unchanged, of a signer that is not known here"


def _round(profile: Profile) -> str:
    from cchc_desktop.services import rounds

    return rounds.rounds(profile)[0].id
