"""Rules as they are worded: what each says, and that what can't be told is left to a person."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from cchc_desktop.domain.criteria import Policy
from cchc_desktop.domain.rules.rule import Rule, ZeroDenominator
from cchc_desktop.formpack.draft.wording.registry import read_rule


def figures(rule: Rule) -> dict[str, Any]:
    """What the rule says, without what is left as it was."""
    told: dict[str, Any] = {"kind": rule.kind}
    for name in ("numerator", "denominator", "floor", "target", "per_unit", "figure", "formula"):
        if getattr(rule, name, None) not in (None, ""):
            told[name] = str(getattr(rule, name))
    steps = getattr(rule, "steps", ())
    if rule.kind == "ratio_bands":
        told["bands"] = [(str(s.floor), s.above, str(s.points)) for s in steps]
    elif steps:
        told["steps"] = [(s.label, None if s.points is None else str(s.points)) for s in steps]
    return told


HALF = {"numerator": "số việc xong", "denominator": "tổng số việc"}
PLAIN: list[tuple[str, str, dict[str, Any]]] = [
    (
        "1",
        "Ban hành kịp thời: 1\nBan hành không kịp thời: 0,5\nKhông ban hành: 0",
        {
            "kind": "choice",
            "steps": [
                ("Ban hành kịp thời", "1"),
                ("Ban hành không kịp thời", "0.5"),
                ("Không ban hành", "0"),
            ],
        },
    ),
    (
        "4",
        "Tuân thủ đầy đủ: Điểm tối đa\nVi phạm nhẹ: Trừ 50% điểm\nVi phạm nặng: 0 điểm",
        {"kind": "choice", "steps": [("Tuân thủ đầy đủ", "4"), ("Vi phạm nhẹ", "2"), ("Vi phạm nặng", "0")]},
    ),
    (
        "2",
        "Gửi đúng hạn đạt 2 điểm; gửi chậm 1 điểm; không gửi: không có điểm.",
        {"kind": "choice", "steps": [("Gửi đúng hạn", "2"), ("Gửi chậm", "1"), ("Không gửi", "0")]},
    ),
    (
        "2",
        "Nếu đạt thì được 2 điểm, không đạt thì không được điểm",
        {"kind": "choice", "steps": [("Nếu đạt", "2"), ("Không đạt", "0")]},
    ),
    ("10", "(Không tham gia bảo hiểm bị trừ 10 điểm)", {"kind": "yes_no"}),
    (
        "3",
        "Tỷ lệ số việc xong/tổng số việc: Đạt 100%: 3 điểm; Từ 80% - dưới 100%: 1,5đ; < 80%: 0",
        {
            "kind": "ratio_bands",
            **HALF,
            "bands": [("1", False, "3"), ("0.8", False, "1.5"), ("0", False, "0")],
        },
    ),
    (
        "2",
        "- Trên 90%: 2 điểm\n- Từ 70% đến 90%: 1 điểm\n- Dưới 70%: 0\n(Tỷ lệ = số việc xong/tổng số việc)",
        {
            "kind": "ratio_bands",
            **HALF,
            "bands": [("0.9", True, "2"), ("0.7", False, "1"), ("0", False, "0")],
        },
    ),
    ("2", "Điểm = (số việc xong/tổng số việc) x 2.", {"kind": "ratio_linear", **HALF}),
    (
        "2",
        "Tính điểm theo công thức: [b/a*điểm tối đa]. Trong đó: a là tổng số việc; b là số việc xong",
        {"kind": "ratio_linear", **HALF},
    ),
    (
        "2",
        (
            "Tính điểm theo công thức: (b/a)*điểm tối đa\nTrong đó: a là tổng số việc; b là số việc xong\n"
            "Nếu tỷ lệ b/a < 0,8 thì điểm đánh giá là 0"
        ),
        {"kind": "ratio_threshold", **HALF, "floor": "0.8"},
    ),
    (
        "2",
        (
            "Tính tỷ lệ % giữa số việc xong so với tổng số việc. Nếu tỷ lệ này đạt từ 80% - 100% thì điểm "
            "đánh giá được tính theo công thức: [Tỷ lệ % x 2.00]/100%. Nếu tỷ lệ này < 80% thì điểm là 0."
        ),
        {"kind": "ratio_threshold", **HALF, "floor": "0.8"},
    ),
    (
        "2",
        (
            "Tỷ lệ = số việc xong/tổng số việc\na) Đạt 100%: 2 điểm\nb) Từ 80% đến dưới 100%: "
            "(Tỷ lệ đạt được x 2)/100%\nc) Dưới 80%: 0 điểm"
        ),
        {"kind": "ratio_threshold", **HALF, "floor": "0.8"},
    ),
    (
        "4",
        "Tỷ lệ số việc xong/tổng số việc đạt từ 70% trở lên: 4 điểm; dưới 70%: (tỷ lệ đạt được/70%) x 4.",
        {"kind": "ratio_to_target", **HALF, "target": "0.7"},
    ),
    (
        "5",
        "- Không vi phạm: 100% quỹ điểm\n- Trừ 0,5 điểm/1 lần vi phạm",
        {"kind": "deduction_count", "per_unit": "0.5", "figure": "lần vi phạm"},
    ),
    (
        "1",
        "Mỗi báo cáo gửi chậm trừ 0,25 điểm, trừ không quá điểm tối đa.",
        {"kind": "deduction_count", "per_unit": "0.25", "figure": "báo cáo gửi chậm"},
    ),
    (
        "5",
        "Chậm đôn đốc: trừ 0,5 điểm/việc; không thực hiện: trừ 1 điểm/việc.",
        {"kind": "deduction_weighted", "steps": [("Chậm đôn đốc", "0.5"), ("không thực hiện", "1")]},
    ),
    (
        "3",
        "- Đăng tin: 1 điểm\n- Phát thanh: 1 điểm\n- Hội nghị: 1 điểm\nĐiểm là tổng điểm của các hình thức",
        {"kind": "sum_of_items", "steps": [("Đăng tin", "1"), ("Phát thanh", "1"), ("Hội nghị", "1")]},
    ),
    (
        "4",
        "Cứ 01 phương án được 2 điểm; tổng điểm không quá 4 điểm",
        {
            "kind": "sum_of_items",
            "per_unit": "2",
            "steps": [("Phương án thứ 1", None), ("Phương án thứ 2", None)],
        },
    ),
    ("6", "Điểm = (Điểm Bộ chỉ số của đơn vị/100) x 6.", {"kind": "external_score"}),
    ("18", "18 điểm × tỷ lệ hài lòng chung (Sở Nội vụ chấm)", {"kind": "survey"}),
]


@pytest.mark.parametrize(("maximum", "text", "said"), PLAIN, ids=[text[:40] for _, text, _ in PLAIN])
def test_plain_wording_is_read_without_a_doubt(maximum: str, text: str, said: dict[str, Any]) -> None:
    reading = read_rule(text, Decimal(maximum))
    assert reading.rule is not None
    assert figures(reading.rule) == said
    assert reading.doubts == ()


DOUBTFUL = [
    ("2", "Có vi phạm: Trừ điểm theo mức độ"),
    ("5", "Không đúng chế độ báo cáo: Trừ từ 1-3 điểm"),
    ("1", "Mỗi báo cáo chậm trừ 0,25 điểm, tối đa trừ 0,5 điểm"),
    ("1", "Từ báo cáo chậm thứ 2 trở đi, mỗi báo cáo trừ 0,25 điểm"),
    ("2", "Từ 80% trở lên: 2 điểm; từ 50% đến 80%: 1 điểm; dưới 50%: 0 điểm"),
    (
        "2",
        "Tỷ lệ = số việc xong/tổng số việc. Từ 80% trở lên: 2 điểm; từ 50% đến dưới 70%: 1 điểm; dưới 50%: 0",
    ),
    ("2", "Điểm = Tỷ lệ * điểm tối đa"),
    ("2", "Tỷ lệ số việc xong/tổng số việc x 4"),
    ("2", "Điểm = tỷ lệ % số việc xong/tổng số việc x 2 điểm, tối đa 1,5 điểm"),
    ("5", "Điểm = Tỷ lệ chuẩn hóa * Điểm tối đa. Trong đó: Tỷ lệ chuẩn hóa = tỷ lệ của Bộ/tỷ lệ lớn nhất"),
    ("2", "Hoàn thành 100%: 2 điểm; cứ giảm 10% trừ 0,5 điểm"),
    ("1", "Có kế hoạch: 1 điểm\nKhông có kế hoạch: 0 điểm\nNếu ban hành chậm thì trừ 0,5 điểm"),
    ("2", "Đạt: 2 điểm; không đạt: 0 điểm (chỉ áp dụng với xã miền núi)"),
    ("2", "Hoàn thành: 2 điểm\nKhông hoàn thành: 0 điểm\nKhông có nhiệm vụ: không chấm điểm"),
    ("2", "Không phát sinh khiếu kiện: 2 điểm. Mỗi vụ khiếu kiện trừ 0,5 điểm"),
    ("1.5", "Đủ số lượng: 0,5 điểm; đủ nội dung: 0,5 điểm; đúng hạn: 0,5 điểm"),
    ("4", "Vi phạm 01 lần bị trừ 02 điểm, từ lần thứ hai trở đi bị trừ hết số điểm còn lại của tiêu chí"),
    ("2", "Thực hiện trên 90% kế hoạch: 2\nTừ 70% - 90% kế hoạch: 1\nDưới 70% kế hoạch: 0"),
    ("10", "Các hoạt động khác: từ 3 - 5 điểm/lần (tùy vào mức độ tham gia)"),
    ("1", "Gửi chậm quá 05 ngày trừ 0,25 điểm"),
    ("2", "Điểm = (số việc xong/tổng số việc) x 2 - số việc trễ x 0,1"),
    ("2", "Mỗi mô hình cấp tỉnh được 1 điểm, cấp xã được 0,5 điểm, tối đa 2 điểm"),
    ("2", "điểm cộng các mục"),
    ("2", ""),
]


@pytest.mark.parametrize(("maximum", "text"), DOUBTFUL, ids=[text[:40] for _, text in DOUBTFUL])
def test_what_is_not_certain_is_left_to_a_person(maximum: str, text: str) -> None:
    assert read_rule(text, Decimal(maximum)).doubts


def test_accents_tell_words_apart() -> None:
    """ "Lưu trữ" is not "trừ", "môi trường" not "mỗi", "gửi chậm" not "chấm"."""
    reading = read_rule("Hồ sơ lưu trữ đủ: 2 điểm\nBảo vệ môi trường: 1 điểm\nGửi chậm 0 điểm", Decimal(2))
    assert reading.rule is not None
    assert figures(reading.rule)["steps"] == [
        ("Hồ sơ lưu trữ đủ", "2"),
        ("Bảo vệ môi trường", "1"),
        ("Gửi chậm", "0"),
    ]


@pytest.mark.parametrize(
    ("said", "zero"),
    [
        ("(Trường hợp không phát sinh thì được tính điểm tối đa)", ZeroDenominator.FULL),
        ("Trong năm không phát sinh được tính 2 điểm", ZeroDenominator.FULL),
        ("Ghi chú: đơn vị không có phát sinh được chấm điểm tối đa.", ZeroDenominator.FULL),
        ("Trường hợp không phát sinh thì không đánh giá tiêu chí này", ZeroDenominator.EXCLUDE),
        ("Không phát sinh: 0 điểm", ZeroDenominator.ZERO),
    ],
)
def test_when_nothing_arose(said: str, zero: ZeroDenominator) -> None:
    reading = read_rule(f"Điểm = (số việc xong/tổng số việc) x 2\n{said}", Decimal(2))
    assert getattr(reading.rule, "zero_denominator", None) is zero
    assert reading.doubts == ()


def test_who_has_nothing_to_do_with_it_is_left_out() -> None:
    text = "Có: 1 điểm\nKhông: 0 điểm\nĐơn vị không được giao vốn thì không đánh giá tiêu chí này."
    assert read_rule(text, Decimal(1)).not_applicable is Policy.RESCALE


def test_a_survey_is_for_the_appraiser() -> None:
    reading = read_rule(
        "Điểm = Chỉ số hài lòng (%) x 5. Sở Nội vụ xác định, đơn vị không tự chấm.", Decimal(5)
    )
    assert reading.by_appraiser
    assert reading.doubts == ()


def test_a_formula_is_read_and_always_looked_at() -> None:
    text = "Điểm = (a x 0,6 + b x 0,4) x 4\nTrong đó: a là tỷ lệ số hóa; b là tỷ lệ dùng lại"
    reading = read_rule(text, Decimal(4))
    assert reading.rule is not None
    assert figures(reading.rule) == {
        "kind": "formula",
        "formula": "(a*0.6 + b*0.4)*4",
        "steps": [("a", None), ("b", None)],
    }
    assert [one.id for one in reading.doubts] == ["draft.review_formula"]


def test_without_a_maximum_no_rule_is_read() -> None:
    assert read_rule("Có: 1 điểm\nKhông: 0 điểm", None).rule is None
