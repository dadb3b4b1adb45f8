"""Each attack on the container by its name, validly signed, refused for its own reason; the twin passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_desktop.domain.verification import Outcome
from cchc_desktop.package.head_codec import write_head
from cchc_desktop.package.verifier import verify_package
from cchc_desktop.trust.trusted import Trusted
from tests.hostile.forge import data_files, forge
from tests.package.samples import NOW, head, packed, signer_of

TRUSTED = Trusted((signer_of().certificate,))


def test_the_untampered_twin_passes(tmp_path: Path) -> None:
    """The forge writes, byte for byte, what the writer writes: every attack starts from a good file."""
    same = head()
    written, _ = packed(same)
    files = [("head.json", write_head(same)), *data_files()[1:]]
    forged = forge(files)
    path = tmp_path / "good.asice"
    path.write_bytes(forged.to_bytes())
    assert verify_package(path, TRUSTED, NOW).outcome is Outcome.VALID
    signature = written.index(b"PK\x03\x04", written.index(b"</asic:ASiCManifest>"))
    assert forged.to_bytes()[:signature] == written[:signature]


@pytest.mark.parametrize("keep", [0, 1, 3, 21, 22, 100, 0.5, 0.9, 0.99])
def test_truncated_file_is_unreadable(keep: float, tmp_path: Path) -> None:
    whole = forge().to_bytes()
    cut = whole[: int(keep if keep >= 1 or keep == 0 else len(whole) * keep)]
    path = tmp_path / "cut.asice"
    path.write_bytes(cut)
    found = verify_package(path, TRUSTED, NOW)
    assert found.outcome is Outcome.UNREADABLE
    assert found.reasons[0].code in ("package.empty_file", "package.not_zip", "package.cut_off")


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\n" + bytes(500), b"\x00" * 10_000, b"PK\x03\x04" + b"\xff" * 500, b"PK\x05\x06" * 90],
)
def test_other_files_are_unreadable(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "other.asice"
    path.write_bytes(content)
    assert verify_package(path, TRUSTED, NOW).outcome is Outcome.UNREADABLE


def test_every_data_name_of_the_good_file_is_on_the_list() -> None:
    assert [name for name, _content in data_files()] == [
        "head.json",
        "documents/selfscore.pdf",
        "evidence/0001.pdf",
        "evidence/0002.png",
    ]
