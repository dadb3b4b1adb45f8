"""Packs that a publisher signed, and that are wrong in one thing, are refused; nothing is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cchc_desktop.domain.update import applied, clash, path_fault
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.package.update_codec import read_update, write_update
from cchc_desktop.program import listing
from cchc_desktop.program.place import Installation
from cchc_desktop.services import updates
from tests.program.refusals import reasons
from tests.program.releases import NEW, Publisher, difference, forged, shape

HOSTILE = {
    "../evil.pyc": "package.update_path_outside",
    "cchc_desktop/../../evil.pyc": "package.update_path_outside",
    "./a.pyc": "package.update_path_outside",
    "/etc/cron.d/evil": "package.update_path_absolute",
    "C:/Windows/evil.dll": "package.update_path_absolute",
    "\\\\server\\share\\evil.dll": "package.update_path_absolute",
    "..\\..\\evil.dll": "package.update_path_outside",
    "lib\\evil.dll": "package.update_path_form",
    "lib/evil.dll:stream": "package.update_path_form",
    "lib/con": "package.update_path_device",
    "lib/AUX.txt": "package.update_path_device",
    "lib/Com1 .pyc": "package.update_path_device",
    "nul/a.pyc": "package.update_path_device",
    "lib/evil.": "package.update_path_form",
    "lib /evil.pyc": "package.update_path_form",
    "lib//evil.pyc": "package.update_path_form",
    "lib/": "package.update_path_form",
    "": "package.update_path_form",
    "lib/e\u0300vil.pyc": "package.update_path_form",
    "lib/evil\u202egnp.pyc": "package.update_path_form",
    "lib/a\nb": "package.update_path_form",
    "lib/what?": "package.update_path_form",
    "d/" * 130 + "a": "package.update_path_form",
}


class TestHostile:
    """A publisher whose key was stolen, or who has lost his mind: signed well, and wrong in one thing."""

    @pytest.fixture
    def words(self, releases: tuple[Path, Path]) -> dict[str, Any]:
        return dict(json.loads(write_update(difference(*releases))))

    @pytest.fixture
    def forge(
        self, issuer: Publisher, words: dict[str, Any], releases: tuple[Path, Path], tmp_path: Path
    ) -> Callable[[], Path]:
        contents = {
            file["entry"]: (releases[1] / file["path"]).read_bytes()
            for file in words["files"]
            if "entry" in file
        }
        return lambda: forged(tmp_path, issuer.signer, words, contents)

    def test_the_untouched_twin_is_taken(self, program: Installation, forge: Callable[[], Path]) -> None:
        updates.apply(forge(), place=program)
        assert program.current() == (NEW, program.root / "versions" / NEW)

    @pytest.mark.parametrize("path", HOSTILE)
    @pytest.mark.parametrize("action", ["write", "remove"])
    def test_paths(
        self,
        program: Installation,
        words: dict[str, Any],
        forge: Callable[[], Path],
        path: str,
        action: str,
    ) -> None:
        file = next(file for file in words["files"] if file["action"] == action)
        file["path"] = path
        assert reasons(forge(), program) == [HOSTILE[path]]

    @pytest.mark.parametrize(
        "path", ["CCHC_Desktop/Scoring.pyc", "cchc_desktop/scoring.pyc", "cchc_desktop/scoring.pyc/a"]
    )
    def test_paths_that_take_each_others_place(
        self, program: Installation, words: dict[str, Any], forge: Callable[[], Path], path: str
    ) -> None:
        next(file for file in words["files"] if file["action"] == "remove")["path"] = path
        assert reasons(forge(), program) == ["package.update_path_clash"]

    @pytest.mark.parametrize(
        "path", ["LIB/new.so", "lib/libqt6core.SO.6", "lib/libQt6Core.so.6/a", "Files.JSON"]
    )
    def test_paths_that_take_the_place_of_what_is_there(
        self,
        program: Installation,
        words: dict[str, Any],
        forge: Callable[[], Path],
        path: str,
    ) -> None:
        """The list of the new version fits too: only comparing new with old finds it."""
        next(file for file in words["files"] if file["path"].endswith("new_rule.pyc"))["path"] = path
        update = read_update(json.dumps(words).encode())
        merged = listing.as_bytes(applied(listing.read(program.running)[0], update))
        words["listing"] = hashlib.sha256(merged).hexdigest()
        before = shape(program.root)
        package = forge()
        assert updates.inspect(package, place=program).can_be_taken
        with pytest.raises(KnownError) as fault:
            updates.apply(package, place=program)
        assert fault.value.code == "update.bad_path"
        assert render(fault.value.message)
        after = shape(program.root)
        after.pop("versions/update.lock")
        assert after == before

    def test_a_list_that_does_not_come_out(
        self, program: Installation, words: dict[str, Any], forge: Callable[[], Path]
    ) -> None:
        words["listing"] = "0" * 64
        with pytest.raises(KnownError) as fault:
            updates.apply(forge(), place=program)
        assert fault.value.code == "update.wrong_list"
        assert not (program.versions_folder / NEW).exists()

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"form": "cchc-update-2"}, "package.update_form"),
            ({"version": "0.9"}, "package.update_backwards"),
            ({"version": "1.1.0-rc1"}, "package.json_field"),
            ({"version": "../1.1"}, "package.json_field"),
            ({"from_listing": "0"}, "package.json_field"),
            ({"target": "Windows 10"}, "package.json_field"),
            ({"files": {}}, "package.json_field"),
            ({"more": 1}, "package.json_field"),
            ({"notes": "x" * 20_001}, "package.json_field"),
        ],
    )
    def test_fields(
        self,
        program: Installation,
        words: dict[str, Any],
        forge: Callable[[], Path],
        change: dict[str, Any],
        said: str,
    ) -> None:
        words.update(change)
        assert reasons(forge(), program) == [said]

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"sha256": "0" * 64}, "package.head_file_other"),
            ({"size": 7}, "package.head_file_other"),
            ({"size": -1}, "package.json_field"),
            ({"entry": "files/0009.bin"}, "package.head_file_missing"),
            ({"entry": "files/0002.bin"}, "package.head_file_twice"),
            ({"entry": "data/update.json"}, "package.update_path_form"),
            ({"entry": "../files/0001.bin"}, "package.name_traversal"),
            ({"executable": 1}, "package.json_field"),
            ({"action": "run"}, "package.json_field"),
        ],
    )
    def test_files_and_contents_that_do_not_belong_together(
        self,
        program: Installation,
        words: dict[str, Any],
        forge: Callable[[], Path],
        change: dict[str, Any],
        said: str,
    ) -> None:
        words["files"][0].update(change)
        assert reasons(forge(), program) == [said]

    def test_a_file_that_nobody_names(
        self, issuer: Publisher, program: Installation, words: dict[str, Any], tmp_path: Path, forge: Any
    ) -> None:
        brought = [file for file in words["files"] if "entry" in file]
        dropped = brought[-1]
        words["files"].remove(dropped)
        assert reasons(forge(), program) == ["package.head_file_unnamed"]


def test_the_files_of_a_real_program_are_all_good_paths() -> None:
    root = Path(__file__).resolve().parents[2]
    names = [
        path.relative_to(root).as_posix()
        for folder in ("cchc_desktop", "ui", "forms", "resources")
        for path in (root / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    assert len(names) > 500
    assert [name for name in names if path_fault(name)] == []
    assert clash(names) is None
