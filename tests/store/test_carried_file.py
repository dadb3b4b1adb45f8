"""One file to a new PC: whole, sealed where asked for, and nothing foreign in it is believed."""

from __future__ import annotations

import io
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc_desktop.domain.backup import Backup
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.services import backups, restoring
from cchc_desktop.store import backup, carried_file
from cchc_desktop.store.profile import Profile
from cchc_desktop.trust.sealed_file import BLOCK, SealBrokenError, SealedReader, SealingWriter
from tests.store.conftest import new_profile
from tests.store.test_backup import add_file, explain
from tests.store.test_restore import said

PASSPHRASE = "mật khẩu của văn thư"


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["plain", "encrypted"])
def test_one_file_carries_the_profile_to_another_pc(
    profile: Profile, round_id: str, tmp_path: Path, passphrase: str | None
) -> None:
    explain(profile, round_id, "mang đi")
    add_file(profile, round_id, "a.pdf", b"%PDF-1.7\n" + os.urandom(3_000_000))
    add_file(profile, round_id, "b.pdf", b"%PDF-1.7\n1")
    carried = backups.carry(profile, tmp_path, passphrase)
    assert carried.name.startswith("UBND xã Ea Kao ")
    assert carried.suffix == ".cchc-backup"
    other = tmp_path / "máy mới"
    taken = restoring.take_file(other, carried, passphrase)
    assert restoring.restore_backup(other, taken) == ()
    assert said(other) == "mang đi"
    for path in profile.folder.glob("evidence/??/*"):
        assert (other / path.relative_to(profile.folder)).read_bytes() == path.read_bytes()
    if passphrase is None:
        assert b"mang \xc4\x91i" in carried.read_bytes()
    else:
        assert b"mang \xc4\x91i" not in carried.read_bytes()


def test_any_tar_program_opens_an_unsealed_file(profile: Profile, round_id: str, tmp_path: Path) -> None:
    """The data can be had without this program."""
    import subprocess

    explain(profile, round_id, "mang đi")
    add_file(profile, round_id, "a.pdf", b"%PDF-1.7\n" + b"a" * 5000)
    carried = backups.carry(profile, tmp_path / "x.cchc-backup")
    out = tmp_path / "mở"
    out.mkdir()
    subprocess.run(["tar", "-xf", carried, "-C", out], check=True, capture_output=True)
    assert sorted(entry.name for entry in out.iterdir()) == ["backup.json", "cchc.sqlite3", "files"]
    plain = sqlite3.connect(out / "cchc.sqlite3")
    assert plain.execute("SELECT explanation FROM answers").fetchall() == [("mang đi",)]
    plain.close()


def test_a_wrong_passphrase_is_told(profile: Profile, tmp_path: Path) -> None:
    carried = backups.carry(profile, tmp_path / "x.cchc-backup", PASSPHRASE)
    with pytest.raises(KnownError, match=r"backup\.sealed"):
        restoring.take_file(tmp_path / "mới", carried)
    with pytest.raises(KnownError) as fault:
        restoring.take_file(tmp_path / "mới", carried, PASSPHRASE + "x")
    assert fault.value.code == "backup.wrong_passphrase"
    assert backup.backups(tmp_path / "mới" / "backups") == ()
    with pytest.raises(KnownError, match=r"backup\.passphrase_short"):
        backups.carry(profile, tmp_path / "y.cchc-backup", "ngắn")
    with pytest.raises(KnownError, match=r"backup\.target_exists"):
        backups.carry(profile, carried)


def _manifest(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """Replace within `backup.json`, same length, so that the tar stays well-formed."""
    assert len(old) == len(new)

    def work(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return work


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: content[:300],
        lambda content: content[: len(content) // 2],
        lambda content: content[:-512],
        lambda content: content + b"x",
        lambda content: content[:-3000] + b"y" + content[-2999:],
        lambda content: b"PK\x03\x04" + content[4:],
        _manifest(b"forms/pack.json", b"../../pack.json"),
        _manifest(b"forms/pack.json", b"/orms/pack.json"),
        _manifest(b"forms/pack.json", b"cchc.sqlite3-wa"),
        _manifest(b"forms/pack.json", b"forms\\\\pack.jso"),
        _manifest(b"forms/pack.json", b"forms/../a.json"),
        _manifest(b"forms/pack.json", b"backups/01/a.bb"),
        _manifest(b'"size": 7', b'"size": 8'),
        _manifest(b'"reason": "carry"', b'"reason": "xarry"'),
        lambda content: content[:124] + b"77777777777" + content[135:],
    ],
    ids=[
        *("empty", "head only", "half", "no end", "more after the end", "a byte in a file", "other file"),
        *("up", "absolute", "database log", "backslash", "up within", "into the backups"),
        *("size", "reason", "announced 8 GB"),
    ],
)
def test_a_foreign_file_is_not_believed(
    profile: Profile, round_id: str, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    """Bounds, paths and digests: nothing is written but below the folder, and no backup comes of it."""
    (profile.folder / "forms").mkdir()
    (profile.folder / "forms" / "pack.json").write_bytes(b"content")
    add_file(profile, round_id, "a.pdf", b"%PDF-1.7\n" + b"a" * 5000)
    carried = backups.carry(profile, tmp_path / "x.cchc-backup")
    carried.write_bytes(spoil(carried.read_bytes()))
    target = tmp_path / "đích" / "mới"
    before = {path for path in tmp_path.rglob("*") if target not in path.parents}
    with pytest.raises(KnownError) as fault:
        restoring.take_file(target, carried)
    assert fault.value.code == "backup.not_a_backup"
    assert "x.cchc-backup" in render(fault.value.message)
    assert backup.backups(backup.own_root(target)) == ()
    after = {path for path in tmp_path.rglob("*") if target not in path.parents}
    assert after - before <= {target.parent, target}
    assert not target.exists() or [path.name for path in target.rglob("*.part")] == []


def sealed(content: bytes) -> bytes:
    out = io.BytesIO()
    writer = SealingWriter(out, PASSPHRASE)
    for start in range(0, len(content), 700_001):
        writer.write(content[start : start + 700_001])
    writer.finish()
    return out.getvalue()


def opened(content: bytes) -> bytes:
    reader = SealedReader(io.BytesIO(content), PASSPHRASE)
    found = bytearray()
    while part := reader.read(300_000):
        found += part
    return bytes(found)


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK])
def test_a_seal_opens_to_what_was_sealed(size: int) -> None:
    content = os.urandom(size)
    assert opened(sealed(content)) == content


def test_a_seal_shows_every_change() -> None:
    """Blocks left out, swapped, cut off, appended, and any changed byte."""
    head, block = 14 + 16 + 7, BLOCK + 16
    whole = sealed(os.urandom(2 * BLOCK + 5))
    first, second, third = whole[head : head + block], whole[head + block : head + 2 * block], whole[-21:]
    start = whole[:head]
    bad = [
        start + second + third,
        start + second + first + third,
        start + first + second,
        start + first + first + second + third,
        whole[:-1],
        whole + b"x",
        start,
        whole[: head - 1] + bytes([whole[head - 1] ^ 1]) + whole[head:],
        whole[:20] + bytes([whole[20] ^ 1]) + whole[21:],
        whole[:-5] + bytes([whole[-5] ^ 1]) + whole[-4:],
    ]
    for content in bad:
        with pytest.raises(SealBrokenError):
            opened(content)


def test_reading_and_writing_a_large_file_needs_little_memory(tmp_path: Path) -> None:
    """200 MB through a seal: the peak stays below 40 MB more than before (scrypt's 128 MB come and go)."""
    import subprocess
    import sys

    code = (
        "import sys, resource, pathlib\n"
        "from cchc_desktop.trust.sealed_file import SealingWriter, SealedReader\n"
        "path = pathlib.Path(sys.argv[1]); block = b'x' * 1_000_000\n"
        "def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "with path.open('wb') as file:\n"
        "    w = SealingWriter(file, 'mật khẩu dài'); before = peak()\n"
        "    [w.write(block) for _ in range(200)]; w.finish()\n"
        "with path.open('rb') as file:\n"
        "    r = SealedReader(file, 'mật khẩu dài'); total = 0\n"
        "    while part := r.read(1 << 20): total += len(part)\n"
        "print(total, peak() - before)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "x"], capture_output=True, text=True, check=True
    )
    total, more = map(int, answer.stdout.split())
    assert total == 200_000_000
    assert more < 40_000


def test_a_second_profile_s_file_is_said_to_be_another(
    profile: Profile, round_id: str, tmp_path: Path
) -> None:
    carried = backups.carry(profile, tmp_path / "x.cchc-backup")
    other, _first = new_profile(tmp_path / "khác")
    other.close()
    taken = restoring.take_file(other.folder, carried)
    assert not restoring.preview(other.folder, taken).same_profile


def test_carried_names_are_safe(tmp_path: Path, profile: Profile) -> None:
    made: Backup = backups.back_up(profile).backup
    assert backups.file_stem(made).startswith("UBND xã Ea Kao ")
    assert carried_file.ENDING == backups.ENDING
