"""The office of a test: its key, its workbook in two versions, and a unit that trusts it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.signing_key import CertificateSummary
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.services import criteria_files, form_packs, office_keys, trusted
from cchc_desktop.services.profile import Profile, create_profile
from tests.formpack.books import Rows, book_bytes, small_book

PASSPHRASE = "mật khẩu của văn phòng"
UNIT = Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO")
FIRST = (PackRef("xa-mau-2026", 1), PackRef("ke-hoach-xa", 1))
SET = "thu-2026"
Book = dict[str, Rows]


@dataclass(frozen=True)
class Office:
    folder: Path
    certificate: CertificateSummary
    file: Path

    def workbook(self, name: str, change: Callable[[Book], object] = lambda book: None) -> Path:
        book = copy.deepcopy(small_book())
        change(book)
        path = self.folder / f"{name}.xlsx"
        path.write_bytes(book_bytes(book))
        return path

    def signed(self, name: str, change: Callable[[Book], object] = lambda book: None) -> Path:
        """The workbook, compiled and signed."""
        opened = criteria_files.open_workbook(self.workbook(name, change))
        assert opened.criteria is not None, opened.errors
        target = self.folder / f"{name}.asice"
        target.unlink(missing_ok=True)  # another test's
        return form_packs.sign(opened.criteria, self.folder, target)[0]


def office(folder: Path, name: str = "Sở Nội vụ tỉnh mẫu", code: str = "SNV-MAU") -> Office:
    folder.mkdir()
    certificate, file = office_keys.make(folder, name, code, PASSPHRASE)
    return Office(folder, certificate, file)


def unit(folder: Path, *offices: Office) -> Profile:
    """A unit's profile that took those offices' certificates as known."""
    made = create_profile(folder, UNIT, 2026, *FIRST, "Văn thư")
    for known in offices:
        trusted.confirm(made, known.file, known.certificate.spoken_code)
    return made


def version(number: int) -> Callable[[Book], object]:
    return lambda book: book["Thông tin"][2].__setitem__(1, number)


def reissued(book: Book) -> None:
    """Version 2: 1.2 has another key, code and threshold; 2.1.2 is gone; 1.3 is new; 1.1's options swap."""
    version(2)(book)
    criteria = book["Tiêu chí"]
    criteria[3][:7] = ["dung_han_moi", "1.4", "row", "Đúng hạn", 4, "ratio_threshold", "95%"]
    criteria[7:8] = [["them", "2.1.3", "row", "Thêm", 3, "yes_no", *[None] * 4, "x"]]
    book["Mức điểm"][1:] = [["ke_hoach", "Thiếu", None, "0,5"], ["ke_hoach", "Đủ", None, 2]]
    book["Đổi khóa"] = [
        ["Cũ", "Mới", "Từ phiên bản"],
        ["dung_han", "dung_han_moi", 2],
        ["cong_thuc", None, 2],
    ]
    book.pop("Kiểm thử")
