"""Where the program is installed: no checkout, a system's program and the user's, a broken pointer."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_desktop import paths
from cchc_desktop.program import place, switching
from cchc_desktop.program.place import Installation
from cchc_desktop.services import updates
from tests.program.refusals import refused
from tests.program.releases import (
    NEW,
    NEW_FILES,
    OLD,
    Publisher,
    expected,
    install,
    lay,
    shape,
    version_files,
    versions_in,
)


class TestPlace:
    def test_a_checkout_is_not_installed(self) -> None:
        assert place.installed() is None
        assert updates.state().fixed is not None
        refused("update.not_installed", updates.back)

    def test_found_from_anywhere_within_a_version(self, program: Installation) -> None:
        inside = program.running / "_internal"
        inside.mkdir()
        found = place.installed(inside)
        assert found == program
        assert found is not None and found.launcher() == program.root / "cchc-desktop"

    @pytest.mark.parametrize(
        ("within", "is_one"),
        [
            ("versions/1.0.0", True),
            ("versions/1.0.0/_internal/resources", True),
            ("versions/1.0.0/user/checkout/of/somebody", False),
            ("versions/thử", True),
            ("versions/thiếu danh sách", False),
            ("other/1.0.0", False),
        ],
    )
    def test_updates_and_the_portable_data_agree_on_where_it_is(
        self, tmp_path: Path, within: str, is_one: bool
    ) -> None:
        root = install(tmp_path / "USB").root
        for other in ("versions/thử", "other/1.0.0"):
            (root / other).mkdir(parents=True)
            (root / other / "files.json").write_text("{}")
        here = root / within
        here.mkdir(parents=True, exist_ok=True)
        found = place.installed(here)
        assert (found.root if found else None) == (root if is_one else None)
        assert paths.installation_folder(here) == (root if is_one else None)

    def test_updates_of_a_system_program_go_to_the_user(
        self, tmp_path: Path, update: Path, releases: tuple[Path, Path], issuer: Publisher
    ) -> None:
        system = install(tmp_path / "opt/cchc-desktop").root
        before = shape(system)
        from_system = place.installed(system / "versions" / OLD, system)
        assert from_system is not None and from_system.root == place.user_folder()
        updates.apply(update, place=from_system)
        assert shape(system) == before
        assert place.pointed(place.user_folder()) == NEW
        assert version_files(place.user_folder() / "versions" / NEW) == expected(NEW_FILES)

        from_user = place.installed(place.user_folder() / "versions" / NEW, system)
        assert from_user is not None
        assert from_user.launcher() == system / "cchc-desktop"
        assert updates.state(from_user).before == OLD
        assert updates.back(from_user) == OLD
        assert not (place.user_folder() / "current").exists(), "the launcher takes the system's own then"
        assert from_user.current() == (OLD, system / "versions" / OLD)

        updates.apply(update, place=from_user)
        third = lay(system, "1.2.0", NEW_FILES)
        (system / "current").write_text("1.2.0\n")
        assert from_user.current() == ("1.2.0", third), "a newer package of the system's wins"
        assert from_user.before() is None, "the launcher would not take the user's older one"
        refused("update.no_way_back", lambda: updates.back(from_user))
        switching.tidy(Installation(place.user_folder(), third, system))
        assert versions_in(from_user) == []
        assert sorted(path.name for path in (system / "versions").iterdir()) == [OLD, "1.2.0"]

    @pytest.mark.parametrize(
        "spoilt", [b"", b"1.1.0\n", b"../../evil\n", b"\xff\xfe1\x00", b"1.0.0" * 400, None]
    )
    def test_a_broken_pointer_is_no_version(
        self, program: Installation, update: Path, spoilt: bytes | None
    ) -> None:
        pointer = program.root / "current"
        if spoilt is None:
            pointer.unlink()
        else:
            pointer.write_bytes(spoilt)
        assert program.current() is None
        assert updates.state(program).fixed is not None
        assert "update.no_current" in [
            reason.id for reason in updates.inspect(update, place=program).refusals
        ]
