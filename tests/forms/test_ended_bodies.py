"""Bodies that ended, as the country's calendar names them: by hand from domain facts of 2025."""

from __future__ import annotations

from datetime import date

import pytest

from cchc_desktop import paths
from cchc_desktop.domain.body_names import BodyNames
from cchc_desktop.domain.routing import Routing
from cchc_desktop.formpack import calendar_codec, plan_codec

MARCH, JULY = date(2025, 3, 1), date(2025, 7, 1)
ROUTING: Routing = calendar_codec.decode((paths.forms_folder() / "calendar" / "quoc-gia.json").read_bytes())


def told(text: str, day: date) -> list[tuple[str, str]]:
    found = BodyNames(ROUTING.ended_bodies(day), ROUTING.all_past_marks()).named_in(text)
    return [(body.name, body.successor) for body in found]


@pytest.mark.parametrize(
    ("name", "heir", "gone"),
    [
        ("Sở Kế hoạch và Đầu tư", "Sở Tài chính", MARCH),
        ("Sở KH&ĐT", "Sở Tài chính", MARCH),
        ("Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Môi trường", MARCH),
        ("Sở Nông nghiệp và Phát triển nông thôn", "Sở Nông nghiệp và Môi trường", MARCH),
        ("Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ", MARCH),
        ("Sở Lao động - Thương binh và Xã hội", "Sở Nội vụ", MARCH),
        ("Sở Giao thông vận tải", "Sở Xây dựng", MARCH),
        ("Ban Dân tộc", "Sở Dân tộc và Tôn giáo", MARCH),
        ("UBND huyện", "UBND tỉnh", JULY),
        ("phòng Nội vụ", "Sở Nội vụ", JULY),
        ("phòng Tài chính - Kế hoạch", "Sở Tài chính", JULY),
        ("phòng TC-KH", "Sở Tài chính", JULY),
        ("UBND tỉnh Bắc Kạn", "UBND tỉnh Thái Nguyên", JULY),
        ("UBND tỉnh Quảng Bình", "UBND tỉnh Quảng Trị", JULY),
        ("UBND tỉnh Kon Tum", "UBND tỉnh Quảng Ngãi", JULY),
        ("UBND tỉnh Phú Yên", "UBND tỉnh Đắk Lắk", JULY),
    ],
)
def test_a_body_is_told_from_the_day_after_its_last(name: str, heir: str, gone: date) -> None:
    text = f"Gửi {name} trước ngày 30/01."
    assert [successor for _, successor in told(text, gone)] == [heir]
    assert told(text, date.fromordinal(gone.toordinal() - 1)) == []
    assert told(f"Gửi {name} (cũ) trước ngày 30/01.", gone) == []


@pytest.mark.parametrize(
    "text",
    [
        *("Sở Tài chính", "Sở Nội vụ", "Sở Nông nghiệp và Môi trường", "Sở Khoa học và Công nghệ"),
        *("Sở Xây dựng", "UBND tỉnh Đắk Lắk", "UBND xã Ea Kao", "Phòng Kinh tế", "Văn phòng HĐND và UBND"),
        *("Văn phòng Tỉnh ủy", "Phòng Văn hóa – Xã hội", "Trung tâm Phục vụ hành chính công"),
    ],
)
def test_a_body_of_today_is_not_told(text: str) -> None:
    assert told(text, date(2026, 1, 1)) == []


def test_what_the_seeds_do_not_say_is_marked_as_unchecked() -> None:
    for body in ROUTING.bodies:
        assert body.valid_to in (date(2025, 2, 28), date(2025, 6, 30))
        assert body.successor
        ministry_or_party = body.name.startswith(("Bộ ", "Ban Tuyên giáo", "Ban Dân vận"))
        assert ("chưa kiểm chứng" in body.source) == (ministry_or_party and "một cửa" not in body.name)


def test_no_template_names_an_ended_body_in_what_it_prints() -> None:
    for path in sorted((paths.forms_folder() / "plan").glob("*.json")):
        found = plan_codec.decode(path.read_bytes())
        printed = [*found.recipients, *found.departments, *(section.text for section in found.sections)]
        printed += [text for task in found.tasks for text in (task.title, task.product, task.lead)]
        printed += [text for target in found.targets for text in (target.title, target.basis)]
        for text in printed:
            assert told(text, date(2026, 1, 1)) == [], (path.name, text)
