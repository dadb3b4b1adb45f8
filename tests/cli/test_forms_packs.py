"""`cchc forms key | sign | trust | import | remove`: from the office's workbook into a unit's profile."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.services.profile import create_profile
from tests.cli.commands import run
from tests.formpack.books import book_bytes, small_book
from tests.services.office import FIRST, UNIT

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "mật khẩu.txt"
    file.write_text("mật khẩu của văn phòng\n", "utf-8")
    return file


def test_from_the_workbook_into_a_profile(
    capsys: Capture, tmp_path: Path, data_folder: Path, secret: Path
) -> None:
    book, key, package = tmp_path / "sổ.xlsx", tmp_path / "khóa", tmp_path / "bộ.asice"
    book.write_bytes(book_bytes(small_book()))
    key.mkdir()
    names = ("--name", "Sở Nội vụ tỉnh mẫu", "--code", "SNV-MAU", "--passphrase-file", secret)
    made = run(capsys, "forms", "key", key, *names)
    assert (made.code, made.err) == (0, "")
    code = next(word for word in made.out.split() if word.count("-") == 5 and "/" not in word)
    assert run(capsys, "forms", "key", key, *names).code == 1
    sign = ("forms", "sign", book, "-o", package, "--key", key, "--passphrase-file", secret)
    signed = run(capsys, *sign)
    assert (signed.code, signed.err) == (0, "")
    assert "thu-2026 phiên bản 1" in signed.out
    assert run(capsys, "verify", package, "--trust", key / "SNV-MAU.pem").code == 0
    create_profile(data_folder, UNIT, 2026, *FIRST).close()
    refused = run(capsys, "forms", "import", package)
    assert (refused.code, refused.out) == (1, "")
    assert code in refused.err
    assert run(capsys, "forms", "trust", key / "SNV-MAU.pem", "--code", "A" * 24).code == 1
    assert run(capsys, "forms", "trust", key / "SNV-MAU.pem", "--code", code.lower()).code == 0
    assert run(capsys, "forms", "import", package).code == 0
    assert "thu-2026 phiên bản 1" in run(capsys, "forms", "list").out
    assert run(capsys, "forms", "remove", f"{FIRST[0]}").code == 1
    assert run(capsys, "forms", "remove", "thu-2026").code == 2
    assert run(capsys, "forms", "remove", str(PackRef("thu-2026", 1))).code == 0
    assert "thu-2026" not in run(capsys, "forms", "list").out


def test_a_workbook_with_errors_is_not_signed(capsys: Capture, tmp_path: Path) -> None:
    sheets = small_book()
    sheets["Tiêu chí"][1][4] = 7
    book = tmp_path / "sổ.xlsx"
    book.write_bytes(book_bytes(sheets))
    answer = run(capsys, "forms", "sign", book, "-o", tmp_path / "bộ.asice", "--key", tmp_path)
    assert (answer.code, answer.out) == (1, "")
    assert "ô E2" in answer.err
    book.write_bytes(book_bytes(small_book()))
    nobody = run(capsys, "forms", "sign", book, "-o", tmp_path / "bộ.asice", "--key", tmp_path)
    assert nobody.code == 1 and nobody.err
    assert not (tmp_path / "bộ.asice").exists()
