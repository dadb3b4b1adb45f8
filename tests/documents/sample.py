"""A small commune with a plan and a self-score whose figures are worked out by hand.

Self-score: 2 + 3,6 + 3,5 + 1 + 1,5 = 11,6 of 20; open are row 2.2 (2 points, the unit's own) and row 3.1
(4 points, the appraiser's), so the unit can reach 16 by itself. Index 11,6 / 20 = 58 %; final
58 × 20 / 100 + 1 − 0,75 = 11,85.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from cchc_desktop.documents.plan import PlanInput
from cchc_desktop.documents.selfscore_lines import SelfScoreInput
from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.criteria import ClassBand, CriteriaSet, Node, NodeType, ScoredBy
from cchc_desktop.domain.evidence import Evidence, EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.domain.plan import Plan, PlanIssue, Target, Task
from cchc_desktop.domain.plan_template import Area, PlanTemplate, SectionKind, TemplateSection
from cchc_desktop.domain.round import HeadConfirmation
from cchc_desktop.domain.rules.adjustment import Adjustment
from cchc_desktop.domain.rules.choice import Choice
from cchc_desktop.domain.rules.deduction_count import DeductionCount
from cchc_desktop.domain.rules.ratio_threshold import RatioThreshold
from cchc_desktop.domain.rules.rule import Step
from cchc_desktop.domain.rules.sum_of_items import SumOfItems
from cchc_desktop.domain.rules.survey import Survey
from cchc_desktop.domain.rules.yes_no import YesNo
from cchc_desktop.domain.scorer import score
from cchc_desktop.domain.unit import Person, Unit, UnitKind

COMMUNE = Unit(
    UnitKind.COMMUNE,
    "UBND xã Ea Kao",
    "EA-KAO",
    superior="UBND tỉnh Đắk Lắk",
    place="Ea Kao",
    head=Person("Nguyễn Văn Hòa", "Chủ tịch UBND xã"),
    deputy=Person("H'Yar Kbuôr", "Phó Chủ tịch UBND xã"),
)
DEPARTMENT = Unit(
    UnitKind.DEPARTMENT,
    "Sở Giáo dục và Đào tạo",
    "SO-GDDT",
    superior="UBND tỉnh Đắk Lắk",
    place="Buôn Ma Thuột",
    head=Person("Lê Thị Ẩn", "Giám đốc Sở Giáo dục và Đào tạo"),
    deputy=Person("Trần Đỗ Ẵm", "Phó Giám đốc"),
)

AREAS = (
    Area("direction", "A", "Chỉ đạo, điều hành", "Chỉ đạo"),
    Area("institutions", "B.1", "Cải cách thể chế", "Thể chế"),
    Area("digital", "B.2", "Xây dựng chính quyền số", "Chính quyền số"),
)
SECTIONS = (
    TemplateSection(
        "aim", "1", "Mục đích, yêu cầu", SectionKind.TEXT, "1. Mục đích\nNâng chất lượng phục vụ."
    ),
    TemplateSection("targets", "2", "Mục tiêu", SectionKind.TARGETS),
    TemplateSection("tasks", "3", "Nhiệm vụ", SectionKind.TASKS),
    TemplateSection("budget", "4", "Kinh phí", SectionKind.BUDGET, "Ngân sách xã bảo đảm."),
    TemplateSection("doing", "5", "Tổ chức thực hiện", SectionKind.TEXT, "Văn phòng theo dõi, đôn đốc."),
)
TEMPLATE = PlanTemplate(
    "mau",
    1,
    "Khung",
    (UnitKind.COMMUNE,),
    ("Luật Tổ chức chính quyền địa phương;", "Căn cứ Nghị quyết số 76/NQ-CP"),
    SECTIONS,
    AREAS,
    (),
    (),
    (),
    ("Sở Nội vụ;", "- Các phòng, đơn vị.", "Lưu: VT, VP."),
    (),
)


def task(number: int, **fields: object) -> Task:
    base = Task(
        id=f"t{number}",
        area=AREAS[number % 3].key,
        position=number,
        title=f"Nhiệm vụ đặt tên {number:03d} về rà soát thủ tục",
        product=f"Báo cáo kết quả {number:03d}",
        lead=f"Phòng chủ trì {number % 4}",
        coworkers="Phòng Kinh tế",
        due="30/06/2026",
        cost=Decimal(10) if number % 2 else None,
        cost_source="Ngân sách xã" if number % 2 else "",
    )
    return replace(base, **fields)  # type: ignore[arg-type]


def target(number: int) -> Target:
    title = f"Tỷ lệ hồ sơ đúng hạn nhóm {number}"
    return Target(f"m{number}", AREAS[number % 3].key, number, title, "%", "97,2", "≥ 98", "Nghị quyết")


def plan_input(
    tasks: tuple[Task, ...] = tuple(task(number) for number in range(6)),
    *,
    unit: Unit = COMMUNE,
    template: PlanTemplate = TEMPLATE,
    texts: dict[str, str] | None = None,
    issue: PlanIssue = PlanIssue("5", date(2026, 2, 5)),  # noqa: B008 - a frozen value
) -> PlanInput:
    targets = tuple(target(number) for number in range(4))
    return PlanInput(unit, Plan("r", 2026, template, texts or {}, targets, tasks, issue), {})


def _row(
    code: str, label: str, points: str, rule: object, by: ScoredBy = ScoredBy.SELF, needed: bool = True
) -> Node:
    key = f"c{code.replace('.', '_')}"
    return Node(
        key,
        code,
        NodeType.ROW,
        label,
        Decimal(points),
        rule,  # type: ignore[arg-type]
        scored_by=by,
        evidence_required=needed,
    )


def _node(code: str, label: str, points: str, kind: NodeType) -> Node:
    return Node(f"c{code.replace('.', '_')}", code, kind, label, Decimal(points))


def _adjustment(code: str, label: str, cap: str, per_unit: str, kind: NodeType) -> Node:
    rule = Adjustment(per_unit=Decimal(per_unit))
    return Node(f"c{code.replace('.', '_')}", code, kind, label, Decimal(cap), rule)


CRITERIA = CriteriaSet(
    "xa-thu",
    1,
    "Bộ tiêu chí thử",
    2026,
    (UnitKind.COMMUNE,),
    date(2026, 1, 1),
    Decimal(20),
    (
        _node("1", "Chỉ đạo điều hành", "10", NodeType.SECTION),
        _row(
            "1.1",
            "Ban hành kế hoạch",
            "2",
            Choice(
                steps=(Step("Đúng hạn", points=Decimal(2)), Step("Trễ hạn", points=Decimal(1))),
            ),
        ),
        _row(
            "1.2",
            "Hoàn thành kế hoạch",
            "4",
            RatioThreshold(
                numerator="số nhiệm vụ hoàn thành", denominator="tổng số nhiệm vụ", floor=Decimal("0.8")
            ),
        ),
        _row("1.3", "Báo cáo đúng hạn", "4", DeductionCount(per_unit=Decimal("0.5"), figure="báo cáo trễ")),
        _node("2", "Thủ tục hành chính", "6", NodeType.SECTION),
        _node("2.1", "Công khai", "4", NodeType.GROUP),
        _row("2.1.1", "Niêm yết tại trụ sở", "1", YesNo()),
        _row(
            "2.1.2",
            "Quy chế",
            "3",
            SumOfItems(steps=(Step("Chi tiêu"), Step("Tài sản")), per_unit=Decimal("1.5")),
        ),
        _row("2.2", "Đối thoại", "2", YesNo()),
        _node("3", "Tác động", "4", NodeType.SECTION),
        _row("3.1", "Chỉ số hài lòng", "4", Survey(figure="SIPAS"), ScoredBy.APPRAISER),
        _adjustment("9.1", "Sáng kiến cấp tỉnh", "2", "1", NodeType.BONUS),
        _adjustment("9.2", "Nộp trễ mỗi ngày", "1", "0.25", NodeType.PENALTY),
    ),
    classes=(ClassBand("Tốt", Decimal(50)), ClassBand("Yếu", Decimal(0))),
)
ANSWERS = {
    "c1_1": Answer({"option": "Đúng hạn"}),
    "c1_2": Answer({"numerator": "45", "denominator": "50"}),
    "c1_3": Answer({"count": "1"}, "Một báo cáo trễ vì mất điện."),
    "c2_1_1": Answer({"yes": True}),
    "c2_1_2": Answer({"items": ["Chi tiêu"]}),
    "c9_1": Answer({"count": 1}),
    "c9_2": Answer({"count": 3}),
}


def evidence(order: int, *keys: str, **record: object) -> Evidence:
    base = EvidenceRecord(
        f"{order:02d}/KH-UBND", date(2026, 2, 5), "UBND xã Ea Kao", f"Kế hoạch mẫu số {order}", "3"
    )
    return Evidence(
        f"e{order:04d}",
        "r",
        f"ke-hoach-{order}.pdf",
        1000,
        "0" * 64,
        replace(base, **record),  # type: ignore[arg-type]
        datetime(2026, 12, 1, 8, 0, order % 60, tzinfo=UTC),
        tuple(EvidenceLink(LinkKind.ROW, key) for key in keys),
    )


CONFIRMED = HeadConfirmation("Nguyễn Văn Hòa", "Chủ tịch UBND xã", date(2027, 1, 5), Decimal("11.6"))


def selfscore_input(
    answers: dict[str, Answer] | None = None,
    found: tuple[Evidence, ...] = (evidence(1, "c1_1", "c1_2"), evidence(2, "c1_2"), evidence(3, "c2_1_1")),
    *,
    unit: Unit = COMMUNE,
    criteria: CriteriaSet = CRITERIA,
    confirmation: HeadConfirmation | None = CONFIRMED,
) -> SelfScoreInput:
    given = ANSWERS if answers is None else answers
    sheet = score(criteria, {key: answer.entry for key, answer in given.items()})
    return SelfScoreInput(unit, 2026, criteria, sheet, given, found, confirmation)
