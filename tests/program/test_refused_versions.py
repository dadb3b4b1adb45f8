"""Packs from or to a version that does not fit the installed one are refused; 1.10 comes after 1.9."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_desktop.domain.update import version_order
from resources.installer import BuildError
from tests.program.refusals import reasons
from tests.program.releases import NEW, NEW_FILES, Publisher, difference, install, lay, pack


class TestVersions:
    @pytest.mark.parametrize(
        ("here", "said"),
        [
            ("1.1.0", "update.same_version"),
            ("1.1", "update.same_version"),
            ("1.10.0", "update.lower_version"),
            ("2.0", "update.lower_version"),
            ("0.9.9", "update.other_base"),
            ("1.0.1", "update.other_base"),
        ],
    )
    def test_that_do_not_fit(
        self, issuer: Publisher, releases: tuple[Path, Path], tmp_path: Path, here: str, said: str
    ) -> None:
        program = install(tmp_path / "đây", here)
        assert reasons(pack(tmp_path, issuer.signer, *releases), program) == [said]

    def test_are_numbers_and_not_words(self) -> None:
        ordered = ["0.9", "0.9.1", "0.10", "1.0.0", "1.0.1", "1.2", "1.10", "2.0.0.1"]
        assert sorted(sorted(ordered), key=version_order) == ordered
        assert version_order("1.2") == version_order("1.2.0.0")

    def test_a_pack_out_of_the_wrong_order_is_not_made(
        self, releases: tuple[Path, Path], tmp_path: Path
    ) -> None:
        with pytest.raises(BuildError, match="no update of"):
            difference(releases[1], releases[0])
        with pytest.raises(BuildError, match="can't become"):
            difference(releases[0], lay(tmp_path / "w", NEW, NEW_FILES, "windows"))
