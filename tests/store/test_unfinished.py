"""What a killed program began and did not finish is removed at its next start, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_desktop.store.profile import Profile, open_profile
from cchc_desktop.store.unfinished import Beginnings, sweep


def noted(profile: Profile) -> list[str]:
    found = profile.read(lambda db: db.execute("SELECT path FROM unfinished ORDER BY path").fetchall())
    return [Path(path).name for (path,) in found]


def killed(profile: Profile, *paths: Path) -> Profile:
    """The profile as the next start finds it, after a kill in the middle of these files."""
    begun = Beginnings(profile)
    for path in paths:
        begun.note(path)
        path.write_bytes(b"half")
    profile.close()
    # A new process knows of nothing that is being written.
    begun.__exit__(RuntimeError, None, None)
    return open_profile(profile.folder)


def test_what_was_begun_is_removed_at_the_next_start(profile: Profile, tmp_path: Path) -> None:
    usb = tmp_path / "USB"
    usb.mkdir()
    (usb / "other.part").write_bytes(b"of another program")
    with killed(profile, usb / "x.asice.part", usb / "x.asice") as again:
        assert noted(again) == ["x.asice", "x.asice.part"]
        assert {path.name for path in sweep(again)} == {"x.asice", "x.asice.part"}
        assert [path.name for path in usb.iterdir()] == ["other.part"]
        assert noted(again) == []
        assert sweep(again) == ()


def test_a_stick_that_is_not_plugged_in_keeps_its_note(profile: Profile, tmp_path: Path) -> None:
    usb = tmp_path / "USB"
    usb.mkdir()
    with killed(profile, usb / "x.asice.part") as again:
        usb.rename(tmp_path / "pulled out")
        assert sweep(again) == ()
        assert noted(again) == ["x.asice.part"]
        (tmp_path / "pulled out").rename(usb)
        assert [path.name for path in sweep(again)] == ["x.asice.part"]
        assert list(usb.iterdir()) == []


def test_what_is_being_written_now_stays(profile: Profile, tmp_path: Path) -> None:
    with Beginnings(profile) as begun:
        begun.note(tmp_path / "x.part")
        (tmp_path / "x.part").write_bytes(b"half")
        assert sweep(profile) == ()
        assert (tmp_path / "x.part").exists()
        (tmp_path / "x.part").unlink()
    assert noted(profile) == []


def test_only_plain_files_are_removed(profile: Profile, tmp_path: Path) -> None:
    precious = tmp_path / "báo cáo.docx"
    precious.write_bytes(b"precious")
    usb = tmp_path / "USB"
    (usb / "folder.part").mkdir(parents=True)
    with Beginnings(profile) as begun:
        begun.note(usb / "folder.part")
        begun.note(usb / "link.part")
        (usb / "link.part").symlink_to(precious)
    with pytest.raises(RuntimeError), Beginnings(profile) as begun:
        begun.note(usb / "folder.part")
        begun.note(usb / "link.part")
        raise RuntimeError
    assert noted(profile) == ["folder.part", "link.part"]
    assert sweep(profile) == ()
    assert precious.read_bytes() == b"precious"
    assert sorted(path.name for path in usb.iterdir()) == ["folder.part", "link.part"]
    assert noted(profile) == []


def test_what_has_its_row_is_struck_out_in_the_same_transaction(profile: Profile, tmp_path: Path) -> None:
    path = tmp_path / "x.asice"
    with pytest.raises(RuntimeError), Beginnings(profile) as begun:
        begun.note(path)
        path.write_bytes(b"whole")
        profile.write(begun.settle)
        raise RuntimeError  # even when what follows fails
    assert noted(profile) == []
    with pytest.raises(RuntimeError), Beginnings(profile) as begun:
        begun.note(path)

        def fails(change: object) -> None:
            begun.settle(change)  # type: ignore[arg-type]
            raise RuntimeError

        profile.write(fails)
    assert noted(profile) == ["x.asice"], "rolled back with its transaction"
