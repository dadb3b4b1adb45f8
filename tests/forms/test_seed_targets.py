"""Every numeric target of the seeds stands in some template with its figure, level, source and exception.

The list is written by hand from seeds 000, 001, 003 and 004 (II.3, targets 1 to 14), not from the templates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from cchc_desktop import paths
from cchc_desktop.domain.preset import PresetTarget
from cchc_desktop.formpack import plan_codec

PACKS = {
    path.stem: plan_codec.decode(path.read_bytes())
    for path in sorted((paths.forms_folder() / "plan").glob("*.json"))
}
YEARLY = ("ke-hoach-xa-2026", "ke-hoach-so-2026")
FIVE = ("giai-doan-xa-2026", "giai-doan-so-2026")
SO_FIVE = ("giai-doan-so-2026",)


@dataclass(frozen=True)
class Seed:
    """`words` of the indicator, the `figure` that the seed states, whose it is, in which `packs`."""

    number: str
    words: str
    figure: str
    level: str
    seed: str
    packs: tuple[str, ...]
    exception: str = ""


S4 = "Quảng Ngãi"
SEEDS = (
    Seed("1", "PAR INDEX, PAPI của tỉnh tăng", "5 - 8", "tỉnh", f"{S4}.*(1)", SO_FIVE),
    Seed("1", "PAR INDEX, PAPI của tỉnh vào năm cuối", "25 - 30", "tỉnh", f"{S4}.*(1)", SO_FIVE),
    Seed("1", "PCI của tỉnh năm đầu", "20 - 30", "tỉnh", f"{S4}.*(1)", SO_FIVE),
    Seed("1", "PCI của tỉnh vào năm cuối", "10 - 20", "tỉnh", f"{S4}.*(1)", SO_FIVE),
    Seed("3", "PAR INDEX của tỉnh thuộc nhóm", "20", "tỉnh", "Đắk Lắk.*mục 3", SO_FIVE),
    Seed("2", "Đảng, Mặt trận Tổ quốc, đoàn thể", "100", "khối Đảng, Mặt trận", f"{S4}.*(2).*2021", SO_FIVE),
    Seed("2", "cấp tỉnh, cấp huyện được duyệt lại", "100", "tỉnh, huyện", f"{S4}.*(2).*2022", SO_FIVE),
    Seed("3", "đúng quy trình, quy định", "100", "tỉnh", f"{S4}.*(3)", (*YEARLY, *FIVE)),
    Seed("5", "luân chuyển nội bộ", "80", "tỉnh", f"{S4}.*(5)", (*YEARLY, *FIVE)),
    Seed("6", "nghĩa vụ tài chính được triển khai", "80", "tỉnh", f"{S4}.*(6)", (*YEARLY, *FIVE)),
    Seed("6", "Giao dịch thanh toán trực tuyến", "30", "tỉnh", f"{S4}.*(6)", FIVE),
    Seed("7", "cấp tỉnh còn hiệu lực được số hóa", "30", "tỉnh", f"{S4}.*(7).*20 điểm", SO_FIVE),
    Seed("7", "cấp huyện còn hiệu lực được số hóa", "20", "huyện", f"{S4}.*(7).*20 điểm", SO_FIVE),
    Seed(
        *("7", "cấp xã.*còn hiệu lực được số hóa", "15", "xã", f"{S4}.*(7).*20 điểm", FIVE),
        exception="trừ xã vùng sâu, vùng xa, đặc biệt khó khăn",
    ),
    Seed("8", "Văn bản đi.*ký số", "100", "tỉnh", f"{S4}.*(8)", (*YEARLY, *FIVE), "trừ văn bản mật"),
    Seed("8", "nội bộ được công bố, công khai", "90", "tỉnh", f"{S4}.*(8)", (*YEARLY, *FIVE)),
    Seed("8", "kiểm tra thực hiện qua môi trường số", "50", "tỉnh", f"{S4}.*(8)", (*YEARLY, *FIVE)),
    Seed("9", "cấp tỉnh xử lý trên môi trường mạng", "90", "tỉnh", f"{S4}.*(9)", SO_FIVE, "bí mật nhà nước"),
    Seed(
        "9", "cấp huyện xử lý trên môi trường mạng", "80", "huyện", f"{S4}.*(9)", SO_FIVE, "bí mật nhà nước"
    ),
    Seed("9", "cấp xã.*xử lý trên môi trường mạng", "60", "xã", f"{S4}.*(9)", FIVE, "bí mật nhà nước"),
    Seed("10", "đủ điều kiện được cung cấp trực tuyến", "80", "tỉnh", f"{S4}.*(10)", (*YEARLY, *FIVE)),
    Seed("10", "Cổng Dịch vụ công quốc gia", "80", "tỉnh", f"{S4}.*(10)", (*YEARLY, *FIVE)),
    Seed("10", "giải quyết trực tuyến", "50", "tỉnh", f"{S4}.*(10)", FIVE),
    Seed("11", "không phải cung cấp lại", "80", "tỉnh", f"{S4}.*(11)", (*YEARLY, *FIVE)),
    Seed("12", "đơn vị sự nghiệp công lập giảm", "10", "tỉnh", f"{S4}.*(12)", ("ke-hoach-so-2026", *SO_FIVE)),
    Seed("12", "tự bảo đảm chi thường xuyên", "20", "tỉnh", f"{S4}.*(12)", ("ke-hoach-so-2026", *SO_FIVE)),
    Seed("12", "đủ điều kiện chuyển thành", "100", "tỉnh", f"{S4}.*(12)", ("ke-hoach-so-2026", *SO_FIVE)),
    Seed("12", "Tinh giản biên chế", "100", "tỉnh", f"{S4}.*(12)", YEARLY),
    Seed("13", "kỹ năng số cơ bản", "100", "tỉnh", f"{S4}.*(13)", (*YEARLY, *FIVE)),
    Seed("13", "phân tích, khai thác dữ liệu", "50", "tỉnh", f"{S4}.*(13)", (*YEARLY, *FIVE)),
    Seed("14", "hài lòng.*về giải quyết thủ tục", "90", "tỉnh", f"{S4}.*(14)", (*YEARLY, *FIVE)),
    Seed("14", "thủ tục đất đai, xây dựng, đầu tư", "85", "tỉnh", f"{S4}.*(14)", (*YEARLY, *FIVE)),
    Seed("14", "đối với sự phục vụ hành chính", "90", "tỉnh", f"{S4}.*(14)", (*YEARLY, *FIVE)),
    Seed("14", "dịch vụ y tế, giáo dục công lập", "85", "tỉnh", f"{S4}.*(14)", (*YEARLY, *FIVE)),
    Seed("1e", "nội bộ được công bố, công khai", "100", "tỉnh", "Đắk Lắk.*điểm e", (*YEARLY, *FIVE)),
    Seed("1e", "nội bộ có phương án đơn giản hóa", "50", "tỉnh", "Đắk Lắk.*điểm e", (*YEARLY, *FIVE)),
    Seed("1e", "Số thủ tục hành chính nội bộ được cắt", "20", "tỉnh", "Đắk Lắk.*điểm e", (*YEARLY, *FIVE)),
    Seed("1e", "Chi phí tuân thủ.*nội bộ được cắt", "20", "tỉnh", "Đắk Lắk.*điểm e", (*YEARLY, *FIVE)),
    Seed("2a", "Họp giao ban hằng tháng", "12", "", "Bắc Kạn.*mục 2 điểm a", YEARLY),
    Seed("5d", "trễ hẹn có văn bản xin lỗi", "100", "", "Bắc Kạn.*mục 5 điểm d", YEARLY),
)


def stated(target: PresetTarget) -> set[str]:
    """The figures of the value, and those that the source states after it was raised since."""
    text = " ".join((target.value, target.source))
    return set(re.findall(r"\d+ - \d+|\d+(?:,\d+)?", text))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"{seed.number}-{seed.words[:24]}")
def test_a_target_of_the_seeds_stands_in_its_templates(seed: Seed) -> None:
    for name in seed.packs:
        found = [target for target in PACKS[name].targets if re.search(seed.words, target.title)]
        assert found, (name, seed.words)
        fitting = [
            target
            for target in found
            if seed.figure in stated(target)
            and target.level.startswith(seed.level)
            and re.search(seed.seed.replace("(", r"\(").replace(")", r"\)"), target.source)
            and seed.exception in target.exception
        ]
        assert fitting, [(target.title, target.value, target.level, target.source) for target in found]


# The programme's values for 2030, not compared with its text yet: kept, and said to be unchecked.
BY_2030 = {
    "gt_flow": "90",
    "gt_payment_services": "100",
    "gt_payment": "50",
    "gt_check": "70",
    "gt_provided": "100",
    "gt_integrated": "90",
    "gt_online": "80",
    "gt_satisfied": "95",
    "gt_satisfied_land": "90",
    "gt_sipas": "95",
    "gt_services": "90",
}


@pytest.mark.parametrize(("name", "files"), [(FIVE[0], "80"), (FIVE[1], "100")])
def test_what_is_wanted_by_2030(name: str, files: str) -> None:
    targets = {target.key: target for target in PACKS[name].targets}
    for key, value in (BY_2030 | {"gt_files": files}).items():
        last = targets[key].milestones[-1]
        assert (last.year, last.text) == (2030, value), key
        assert "chưa kiểm chứng" in targets[key].source
        figures = [int(milestone.text) for milestone in targets[key].milestones]
        assert figures == sorted(figures)
        assert targets[key].value == value  # printed as what the period is to reach
