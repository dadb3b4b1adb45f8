"""What is no whole update pack, spoilt on its way or swapped while it is taken, is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.program import place
from cchc_desktop.program.place import Installation
from cchc_desktop.services import updates
from tests.program.refusals import reasons, refused
from tests.program.releases import OLD, Publisher, pack, shape, versions_in
from tests.services.office import office


class TestSpoilt:
    def test_at_every_fortieth_place(
        self, issuer: Publisher, program: Installation, releases: tuple[Path, Path], tmp_path: Path
    ) -> None:
        package = pack(tmp_path, issuer.signer, *releases)
        content, bent = package.read_bytes(), tmp_path / "hỏng.asice"
        before = shape(program.root)
        for at in range(0, len(content), max(1, len(content) // 40)):
            bent.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
            offer = updates.inspect(bent, place=program)
            assert not offer.can_be_taken, at
            assert offer.refusals
        for length in (0, 1, 100, len(content) // 2, len(content) - 1):
            bent.write_bytes(content[:length])
            assert not updates.inspect(bent, place=program).can_be_taken
        assert shape(program.root) == before

    def test_another_kind_of_package(
        self, issuer: Publisher, program: Installation, tmp_path: Path, data_folder: Path
    ) -> None:
        made = office(tmp_path / "sở")
        package = made.signed("bản 1")
        issuer.folder.joinpath("so.pem").write_bytes(made.file.read_bytes())
        assert reasons(package, program) == ["update.other_kind"]
        assert updates.inspect(package, place=program).verification.kind == PackageKind.FORMPACK.value

    def test_what_is_no_file(self, issuer: Publisher, program: Installation, tmp_path: Path) -> None:
        for path, code in ((tmp_path / "không có", "package.missing"), (tmp_path, "package.no_file")):
            with pytest.raises(KnownError) as fault:
                updates.inspect(path, place=program)
            assert fault.value.code == code


def test_a_pack_that_is_swapped_while_it_is_taken(
    program: Installation, update: Path, tmp_path: Path
) -> None:
    """What was checked is what goes in: what has arrived is compared with the signed list."""
    swapped = tmp_path / "gói.asice"
    swapped.write_bytes(update.read_bytes())
    progress = Progress()

    def swap(step: object, _done: int, _total: int) -> None:
        if "step_files" in str(step):
            content = swapped.read_bytes().replace(b"new scoring", b"EVIL scorng")
            with swapped.open("r+b") as file:
                file.write(content)

    progress.report = swap
    fault = refused("update.pack_damaged", lambda: updates.apply(swapped, progress, place=program))
    assert "cchc_desktop/scoring.pyc" in render(fault.message)
    assert versions_in(program) == [OLD]
    assert place.pointed(program.root) == OLD
