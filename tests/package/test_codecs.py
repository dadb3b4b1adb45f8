"""Every signed form comes back as it went in, and nothing of it is forgotten."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.evidence import EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.package_content import PackagedRecord, PackagedRow, PlanContent, SelfScoreContent
from cchc_desktop.domain.plan import Milestone, PlanForm, PlanIssue, Target, Task, TaskState
from cchc_desktop.domain.round import HeadConfirmation
from cchc_desktop.domain.scoring import RowState, Total
from cchc_desktop.domain.signing_as import SignsAs
from cchc_desktop.domain.unit import Person, Unit, UnitKind
from cchc_desktop.package.content_codec import read_plan, read_selfscore, write_plan, write_selfscore
from cchc_desktop.package.faults import ProfileBroken
from cchc_desktop.package.head_codec import read_head, write_head
from cchc_desktop.package.strict_json import DEEPEST, read_json
from tests.package.samples import head

UNIT = Unit(
    UnitKind.COMMUNE,
    "UBND xã Ea Kao",
    "XA-EA-KAO",
    "UBND tỉnh Đắk Lắk",
    "Đắk Lắk",
    "Ea Kao",
    Person("Nguyễn Văn A", "Chủ tịch", "0900"),
    Person("Trần Thị B", "Công chức", "0901"),
    Person("Lê C", "Phó Chủ tịch", "0902"),
    ("Văn phòng", "Phòng Kinh tế"),
)
TASK = Task(
    "t1",
    "B1",
    3,
    "Rà soát văn bản",
    "Báo cáo",
    "Văn phòng",
    "Các phòng",
    "Quý II",
    Decimal("12.50"),
    "Ngân sách xã",
    ("ke_hoach",),
    TaskState.DONE,
    date(2026, 5, 1),
    "preset-1",
    60,
    (Milestone(2026, "Ban hành đề án"), Milestone(2027, "Hoàn thành")),
    carried_from=2025,
)
TARGET = Target(
    *("g1", "B2", 1, "Hồ sơ đúng hạn", "%", "95", "từ 98", "Nghị quyết 01", "preset-2"),
    milestones=(Milestone(2026, "95"), Milestone(2027, "98")),
)
PLAN = PlanContent(
    2026,
    UNIT,
    PackRef("ke-hoach-xa-2026", 1),
    PlanIssue(
        *("05/QĐ-UBND", date(2026, 2, 5), PlanForm.DECISION, SignsAs.BY_ORDER),
        *(Person("Trần D", "Chánh Văn phòng", "0903"), "17/UBND-VP", date(2026, 2, 6)),
    ),
    {"muc_dich": "Dòng một\nDòng hai"},
    (TARGET,),
    (TASK,),
)
TOTAL = Total(
    points=Decimal("76.50"),
    max_points=Decimal(100),
    applicable_max=Decimal("97.5"),
    self_points=Decimal("76.5"),
    self_max=Decimal(88),
    index=Decimal("78.46"),
    bonus=Decimal(1),
    penalty=Decimal("0.5"),
    final=Decimal("78.96"),
    class_label="Khá",
    class_provisional=True,
    open_rows=4,
    open_points=Decimal(12),
)
SCORE = SelfScoreContent(
    2026,
    UNIT,
    PackRef("xa-mau-2026", 1),
    ("no_market",),
    {
        "ho_so": Answer(
            {"n": "2847", "d": "2913", "items": ["a"], "counts": {"Khiển trách": 2}}, "Vì lỗi mạng"
        ),
        "open": Answer(None, "Chờ số liệu"),
    },
    (
        PackagedRow("ho_so", "3.3.1", RowState.SCORED, Decimal("4.89"), Decimal(5)),
        PackagedRow("open", "3.3.2", RowState.OPEN, None, Decimal("1.5")),
    ),
    TOTAL,
    HeadConfirmation("Nguyễn Văn A", "Chủ tịch", date(2026, 12, 7), Decimal("76.5")),
    (
        PackagedRecord(
            "e1",
            EvidenceRecord("142/BC-UBND", date(2026, 11, 30), "UBND xã", "Báo cáo “hồ sơ”", "3", True),
            (EvidenceLink(LinkKind.ROW, "ho_so"), EvidenceLink(LinkKind.TASK, "t1")),
        ),
    ),
)


def test_head_comes_back() -> None:
    one = head()
    assert read_head(write_head(one)) == one


def test_plan_comes_back() -> None:
    assert read_plan(write_plan(PLAN)) == PLAN


def test_selfscore_comes_back() -> None:
    assert read_selfscore(write_selfscore(SCORE)) == SCORE


def test_open_and_missing_stay_none() -> None:
    content = json.loads(write_selfscore(SCORE))
    assert content["rows"][1]["points"] is None
    assert content["answers"]["open"]["entry"] is None
    assert content["rows"][0]["points"] == "4.89"


@pytest.mark.parametrize("sample", [PLAN, SCORE, TOTAL, TASK, TARGET, UNIT])
def test_samples_leave_no_field_at_its_default(sample: Any) -> None:
    """So that the round trip would see a field that a codec forgot."""
    assert is_dataclass(sample)
    for field in fields(sample):
        value = getattr(sample, field.name)
        assert value not in ("", None, (), {}), field.name
        assert value != field.default, field.name


# --- strict JSON ------------------------------------------------------------------------------------------

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(plain)
def test_plain_json_is_read_as_python_reads_it(value: Any) -> None:
    try:
        content = json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return
    assert read_json(content, "x.json") == value


def test_depth_is_counted_outside_of_strings() -> None:
    deep = b"[" * DEEPEST + b"]" * DEEPEST
    assert read_json(deep, "x.json")
    with pytest.raises(ProfileBroken, match="json_depth"):
        read_json(b"[" + deep + b"]", "x.json")
    assert read_json(b'["' + b"[" * 500 + b'\\""]', "x.json") == ["[" * 500 + '"']


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        read_json(content, "x.json")
    except ProfileBroken as broken:
        assert broken.code.startswith("package.json_")
