"""Names, numbers, dates and signatures against Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cchc_desktop.documents.characters import clean
from cchc_desktop.documents.letterhead import (
    SignsAs,
    bare_title,
    full_name,
    grounds,
    issuer_symbol,
    number_line,
    place_date,
    recipients,
    signature,
)
from cchc_desktop.domain.unit import Person
from tests.documents.sample import COMMUNE, DEPARTMENT


@pytest.mark.parametrize(
    ("number", "line"),
    [
        ("5", "Số: 05/KH-UBND"),
        ("05", "Số: 05/KH-UBND"),
        ("123", "Số: 123/KH-UBND"),
        ("7/KH-UBND-VP", "Số: 7/KH-UBND-VP"),
        ("5a", "Số: 5a/KH-UBND"),
    ],
)
def test_number_below_ten_gets_its_zero(number: str, line: str) -> None:
    assert number_line(number, "KH-UBND") == line


def test_number_not_yet_given_leaves_room() -> None:
    line = number_line("", "KH-UBND")
    assert line.startswith("Số: ")
    assert line.endswith("/KH-UBND")
    assert len(line) == len("Số: /KH-UBND") + 7


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 5), "Ea Kao, ngày 05 tháng 02 năm 2026"),
        (date(2026, 1, 31), "Ea Kao, ngày 31 tháng 01 năm 2026"),
        (date(2026, 3, 9), "Ea Kao, ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 10), "Ea Kao, ngày 10 tháng 12 năm 2026"),
    ],
)
def test_days_below_ten_and_the_first_two_months_get_a_zero(day: date, words: str) -> None:
    assert place_date(COMMUNE, day, None) == words


def test_date_not_yet_given_leaves_room() -> None:
    assert " ".join(place_date(COMMUNE, None, 2026).split()) == "Ea Kao, ngày tháng năm 2026"
    assert " ".join(place_date(COMMUNE, None, None).split()) == "Ea Kao, ngày tháng năm"
    assert place_date(replace(COMMUNE, place=""), None, 2026).startswith("…………, ngày")


def test_committee_is_written_out() -> None:
    assert full_name("UBND xã Ea Kao") == "Ủy ban nhân dân xã Ea Kao"
    assert full_name("Sở Nội vụ") == "Sở Nội vụ"
    assert full_name("") == ""


def test_symbol_of_the_issuer() -> None:
    assert issuer_symbol(COMMUNE) == "UBND"
    assert issuer_symbol(DEPARTMENT) == "SGDĐT"
    assert issuer_symbol(replace(DEPARTMENT, name="Sở Nội vụ")) == "SNV"


def test_title_without_the_unit() -> None:
    assert bare_title("Chủ tịch UBND xã Ea Kao", COMMUNE) == "Chủ tịch"
    assert bare_title("Chủ tịch Ủy ban nhân dân", COMMUNE) == "Chủ tịch"
    assert bare_title("Giám đốc Sở Giáo dục và Đào tạo", DEPARTMENT) == "Giám đốc"
    assert bare_title("Chánh Văn phòng", DEPARTMENT) == "Chánh Văn phòng"
    assert bare_title("UBND", COMMUNE) == "UBND"


@pytest.mark.parametrize(
    ("signs_as", "signer", "lines", "name"),
    [
        (SignsAs.HEAD, None, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Nguyễn Văn Hòa"),
        (
            SignsAs.FOR_HEAD,
            None,
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
            "H'Yar Kbuôr",
        ),
        (SignsAs.ACTING, None, ("TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"), "Nguyễn Văn Hòa"),
        (
            SignsAs.BY_ORDER,
            Person("Y Bhăm Niê", "Chánh Văn phòng"),
            ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
            "Y Bhăm Niê",
        ),
    ],
)
def test_signature_of_a_commune(
    signs_as: SignsAs, signer: Person | None, lines: tuple[str, ...], name: str
) -> None:
    block = signature(COMMUNE, signer, signs_as)
    assert (block.authority, block.name) == (lines, name)


@pytest.mark.parametrize(
    ("signs_as", "lines", "name"),
    [
        (SignsAs.HEAD, ("GIÁM ĐỐC",), "Lê Thị Ẩn"),
        (SignsAs.FOR_HEAD, ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Trần Đỗ Ẵm"),
        (SignsAs.ACTING, ("Q. GIÁM ĐỐC",), "Lê Thị Ẩn"),
    ],
)
def test_signature_of_a_department(signs_as: SignsAs, lines: tuple[str, ...], name: str) -> None:
    block = signature(DEPARTMENT, None, signs_as)
    assert (block.authority, block.name) == (lines, name)


def test_signature_without_names_falls_back_to_the_office() -> None:
    nobody = replace(COMMUNE, head=Person(), deputy=Person())
    assert signature(nobody).authority == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert signature(nobody, signs_as=SignsAs.FOR_HEAD).authority[-1] == "PHÓ CHỦ TỊCH"
    assert signature(nobody).name == ""


def test_recipients_have_their_stops_and_the_archive_last() -> None:
    assert recipients(("Lưu: VT, VP", "- Sở Nội vụ;", " Các phòng. ", "", "-")) == (
        "Sở Nội vụ;",
        "Các phòng;",
        "Lưu: VT, VP.",
    )
    assert recipients(()) == ("Lưu: VT.",)


def test_grounds_begin_with_their_word() -> None:
    assert grounds(("Luật Thanh tra", "căn cứ Nghị định 30", "Theo đề nghị của Văn phòng", " ")) == (
        "Căn cứ Luật Thanh tra",
        "căn cứ Nghị định 30",
        "Theo đề nghị của Văn phòng",
    )


def test_text_is_composed_and_free_of_control_characters() -> None:
    assert clean("Ủy\x00 ban\r\ntỉnh\tHuế\u2028a\x0bb\ud800") == "Ủy ban\ntỉnh Huế\na\nb"
    assert clean("U\u0309y") == "Ủy"
