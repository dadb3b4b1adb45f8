"""Parts, their licences' folder, and the bill of materials against its published schema."""

from __future__ import annotations

import importlib.metadata
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.model.bom import Bom
from jsonschema import Draft7Validator
from referencing import Registry, Resource

from resources.installer import ROOT, BuildError, licences, linux_origins, listing, parts, sbom
from tests.installer.a_program import some_parts, version_folder

SCHEMAS = Path(
    str(importlib.metadata.distribution("cyclonedx-python-lib").locate_file("cyclonedx/schema/_res"))
)


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.SNAPSHOT.schema.json").read_text("utf-8"))
    return found


@pytest.fixture
def bill(tmp_path: Path) -> dict[str, Any]:
    listed = listing.of_folder(version_folder(tmp_path / "0.2.0"), "0.2.0", "linux")
    found: dict[str, Any] = json.loads(sbom.as_json(listed, some_parts()))
    return found


def faults(document: dict[str, Any]) -> list[str]:
    names = ("spdx", "jsf-0.82", "cryptography-defs")
    registry: Registry[Any] = Registry().with_resources(
        [
            (f"http://cyclonedx.org/schema/{name}.SNAPSHOT.schema.json", Resource.from_contents(schema(name)))
            for name in names
        ]
    )
    validator = Draft7Validator(schema("bom-1.6"), registry=registry)
    return [error.message for error in validator.iter_errors(document)]


def test_the_bill_keeps_to_cyclonedx(bill: dict[str, Any]) -> None:
    assert faults(bill) == []


def test_the_schema_would_see_a_fault(bill: dict[str, Any]) -> None:
    bill["components"][0]["licenses"] = [{"license": {"id": "MITT"}}]
    del bill["components"][1]["name"]
    assert len(faults(bill)) >= 2


def test_an_independent_reader_finds_parts_licences_and_digests(bill: dict[str, Any]) -> None:
    read = Bom.from_json(bill)
    assert str(read.metadata.component.purl) == "pkg:generic/cchc-desktop@0.2.0"
    found = {component.name: component for component in read.components}
    assert set(found) == {"attrs", "Noto Sans", "shiboken6"}
    assert [str(hash_.content) for hash_ in found["shiboken6"].hashes] == ["11" * 32]
    assert [licence.value for licence in found["shiboken6"].licenses] == ["LGPL-3.0-only OR GPL-2.0-only"]
    assert [licence.id for licence in found["attrs"].licenses] == ["MIT"]
    files = {component.name: component for component in read.metadata.component.components}
    assert set(files) == {"cchc", "cchc_desktop/paths.pyc", "forms/xã.json", "libssl.so.3"}
    # printf 'abc' | sha256sum
    (content,) = files["cchc_desktop/paths.pyc"].hashes
    assert content.content == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_the_same_program_gives_the_same_bill(tmp_path: Path) -> None:
    listed = listing.of_folder(version_folder(tmp_path / "0.2.0"), "0.2.0", "linux")
    one = sbom.as_json(listed, some_parts())
    assert sbom.as_json(listed, reversed(some_parts())) == one
    other = listing.Listing("0.2.0", "windows", listed.files)
    assert json.loads(sbom.as_json(other, some_parts()))["serialNumber"] != json.loads(one)["serialNumber"]


def test_every_text_lies_in_the_licences_folder_and_in_the_overview(tmp_path: Path) -> None:
    folder = licences.write(some_parts(), "linux", tmp_path)
    texts = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert texts == {
        *("doc-truoc.txt", "cchc-desktop-0.2.0/LICENSE.txt", "attrs-26.1.0/LICENSE"),
        *("shiboken6-6.12.0/LGPL-3.0.txt", "shiboken6-6.12.0/qt.txt", "Noto-Sans-2.006/OFL.txt"),
    }
    overview = (folder / "doc-truoc.txt").read_text("utf-8")
    assert "attrs 26.1.0 | MIT | attrs-26.1.0\n" in overview
    assert "thay các tệp đó" in overview
    assert "PySide6/Qt" in overview
    whole = licences.debian_copyright(some_parts(), "linux")
    for part in some_parts():
        for text in part.texts.values():
            assert text.decode() in whole


def test_a_part_without_a_text_is_refused() -> None:
    with pytest.raises(BuildError, match=r"x 1\.0 comes without the text of its licence"):
        parts.Part("x", "1.0", "MIT", "pkg:pypi/x@1.0", {})


@pytest.mark.parametrize(
    ("expression", "licence", "classifiers", "spdx"),
    [
        ("MIT", None, (), "MIT"),
        ("Apache-2.0 OR BSD-3-Clause", "whatever", (), "Apache-2.0 OR BSD-3-Clause"),
        (None, "Apache 2.0", (), "Apache-2.0"),
        (None, "BSD license (see x)", ["License :: OSI Approved :: BSD License"], "BSD-3-Clause"),
        (None, "", ["Topic :: Software", "License :: OSI Approved :: MIT License"], "MIT"),
    ],
)
def test_licences_by_their_spdx_names(
    expression: str | None, licence: str | None, classifiers: list[str], spdx: str
) -> None:
    assert parts.spdx(expression, licence, classifiers, "x") == spdx


def test_an_unclear_licence_stops_the_build() -> None:
    with pytest.raises(BuildError, match="mystery says of its licence only"):
        parts.spdx(None, "see the web site", [], "mystery")


def run_time_libraries() -> set[str]:
    """The libraries that the program asks for, and what those ask for, without extras and other systems'."""
    waiting = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    found: set[str] = set()
    while waiting:
        words = waiting.pop()
        name = linux_origins.normal(re.split(r"[^A-Za-z0-9._-]", words)[0])
        if name in found or "extra ==" in words:
            continue
        try:
            waiting += importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            assert ";" in words, words  # for another system
            continue
        found.add(name)
    return found


def test_every_library_of_the_program_has_a_licence_and_its_text(tmp_path: Path) -> None:
    """A new dependency shows here first, before a build of an hour."""
    lines = linux_origins.lock_lines((ROOT / "requirements.lock").read_text("utf-8"))
    known = []
    for name in sorted(run_time_libraries()):
        distribution = importlib.metadata.distribution(name)
        part = parts.of_dist_info(Path(str(distribution._path)))
        assert name in lines
        assert part.purl == f"pkg:pypi/{name}@{distribution.version}"
        assert part.texts
        known.append(part)
    assert len(known) > 40
    listed = listing.of_folder(version_folder(tmp_path / "0.2.0"), "0.2.0", "linux")
    assert faults(json.loads(sbom.as_json(listed, [*known, *parts.of_checkout()]))) == []


def test_qt_brings_the_lgpl_and_how_to_replace_it() -> None:
    distribution = importlib.metadata.distribution("PySide6_Essentials")
    part = parts.of_dist_info(Path(str(distribution._path)), ("ab" * 32,))
    assert part.licence.startswith("LGPL-3.0-only")
    assert {"LGPL-3.0.txt", "GPL-3.0.txt", "qt.txt"} <= set(part.texts)
    assert b"GNU LESSER GENERAL PUBLIC LICENSE" in part.texts["LGPL-3.0.txt"]
    assert part.sha256 == ("ab" * 32,)


def test_the_checkout_brings_the_program_its_fonts_and_icons() -> None:
    found = {part.name: part for part in parts.of_checkout()}
    assert set(found) == {"cchc-desktop", "Liberation Serif", "Noto Sans", "Lucide"}
    assert b"Open Font License" in next(iter(found["Noto Sans"].texts.values()))


def test_a_debian_library_is_known_by_its_package() -> None:
    library = next(Path("/usr/lib/x86_64-linux-gnu").glob("libz.so.1"))
    part = parts.of_debian_file(library)
    assert (part.name, part.licence) == ("zlib1g", "Zlib")
    assert re.fullmatch(r"pkg:deb/debian/zlib1g@\S+\?arch=amd64", part.purl)
    with pytest.raises(BuildError, match="no Debian package or library is known"):
        parts.of_debian_file(Path("/nowhere/libmystery.so.1"))


def test_lines_of_the_lock_keep_their_hashes() -> None:
    lock = (
        "attrs==26.1.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n"
        "cffi==2.1.1 ; x != 'y' \\\n    --hash=sha256:cc\n"
    )
    assert linux_origins.lock_lines(lock) == {
        "attrs": "attrs==26.1.0 --hash=sha256:aa --hash=sha256:bb",
        "cffi": "cffi==2.1.1 ; x != 'y' --hash=sha256:cc",
    }


def test_a_library_that_was_changed_after_installing_stops_the_build(tmp_path: Path) -> None:
    module = tmp_path / "attr.py"
    module.write_bytes(b"abc")
    # printf abc | openssl dgst -sha256 -binary | base64
    wheel = linux_origins.Wheel("00" * 32, {"attr.py": "sha256=ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"})
    linux_origins._hold_against(wheel, "attrs", {"attr.py": module})
    module.write_bytes(b"abd")
    with pytest.raises(BuildError, match=r"attr\.py of attrs is not the pinned wheel's"):
        linux_origins._hold_against(wheel, "attrs", {"attr.py": module})


def test_the_help_lists_every_library_of_the_program() -> None:
    """`tzdata` and `pywin32-ctypes` come along on Windows alone, pip nowhere."""
    words = (ROOT / "resources/help/licences.md").read_text("utf-8")
    rows = [line.split("|")[1] for line in words.splitlines() if line.startswith("| ")]
    listed = {linux_origins.normal(name.strip()) for row in rows for name in row.split(",")}
    assert run_time_libraries() - listed == {"pip"}
