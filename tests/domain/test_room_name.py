"""The room that a lead means, whether or not a person stands behind it."""

from __future__ import annotations

import pytest

from cchc_desktop.domain.room_name import room_key, room_of

ROOMS = ("Văn phòng", "Văn phòng HĐND và UBND", "Phòng Văn hóa – Xã hội")


@pytest.mark.parametrize(
    ("lead", "room"),
    [
        ("Văn phòng HĐND và UBND (Ngô Thị Kim Liên)", "Văn phòng HĐND và UBND"),
        ("VĂN PHÒNG HĐND VÀ UBND", "Văn phòng HĐND và UBND"),
        ("Văn phòng: Lê Văn Tám", "Văn phòng"),
        ("Phòng Văn hóa - Xã hội (H'Yui Bya)", "Phòng Văn hóa – Xã hội"),
        ("Phòng Văn hóa-Xã hội", "Phòng Văn hóa – Xã hội"),
        ("Công an xã (Đại úy Y Bhem)", "Công an xã"),
        ("Văn phòngkhác", "Văn phòngkhác"),
        ("Lê Văn Tám", "Lê Văn Tám"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_the_longest_known_room_that_the_lead_begins_with(lead: str, room: str) -> None:
    assert room_of(lead, ROOMS) == room


def test_a_name_has_one_key_however_it_is_spelt() -> None:
    assert room_key("Phòng  Văn hóa – Xã hội") == room_key("phòng văn hóa-xã hội")
    assert room_key("Phòng Kinh tế") != room_key("Phòng Kinh tế Hạ tầng")
