"""The words of the plan workbook: its sheets and columns, and what may stand in its cells.

Matched as those of the criteria workbook; the first word of each is the one that the writer uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from cchc_desktop.domain.plan_template import CheckLevel, PlanCheck, PlanKind, SectionKind
from cchc_desktop.domain.suggestion_line import Outcome, PlanQuestion
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.formpack.vocabulary import RENAMES, SETTINGS, Column, SheetWords, folded

T = TypeVar("T")


class Choice(Generic[T]):
    """Meanings and their words: `known` by folded word, `shown` the word that is written."""

    def __init__(self, table: Mapping[T, tuple[str, ...]]) -> None:
        self.table = table
        self.known = {folded(word): meaning for meaning, words in table.items() for word in words}

    def shown(self, meaning: T) -> str:
        return self.table[meaning][0]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(words[0] for words in self.table.values())


_ALIKE = ("key", "unit_kinds", "source", "valid_from", "valid_to", "slogan", "milestones", "area")


def note_name(name: str) -> str:
    """The name of a column's note: columns that mean the same on each sheet share theirs."""
    sheet, _, column = name.removeprefix("note_").partition("_")
    alike = name.startswith("note_") and column in _ALIKE and sheet not in ("settings", "checks")
    return f"note_{column}" if alike else name


KEY = Column("key", "Khóa", True)
UNIT_KINDS = Column("unit_kinds", "Đơn vị áp dụng")
SOURCE = Column("source", "Nguồn")
FROM, TO = Column("valid_from", "Từ ngày"), Column("valid_to", "Đến ngày")
SLOGAN, MILESTONES = Column("slogan", "Khẩu hiệu"), Column("milestones", "Mốc từng năm")

SECTIONS = SheetWords(
    "sections",
    "Các phần",
    (
        KEY,
        Column("code", "Mã"),
        Column("title", "Tên", True),
        Column("kind", "Loại", True),
        Column("text", "Nội dung mẫu"),
        Column("guidance", "Hướng dẫn"),
        UNIT_KINDS,
        SOURCE,
    ),
    required=True,
)
AREAS = SheetWords(
    "areas",
    "Lĩnh vực",
    (
        KEY,
        Column("code", "Mã", True),
        Column("title", "Tên", True),
        Column("short_title", "Tên ngắn", True),
        Column("required", "Bắt buộc"),
    ),
    required=True,
)
TASKS = SheetWords(
    "tasks",
    "Nhiệm vụ",
    (
        KEY,
        Column("area", "Lĩnh vực", True),
        Column("title", "Nhiệm vụ", True),
        Column("product", "Sản phẩm"),
        Column("lead", "Chủ trì"),
        Column("coworkers", "Phối hợp"),
        Column("due", "Thời gian"),
        Column("criteria", "Tiêu chí"),
        SLOGAN,
        MILESTONES,
        UNIT_KINDS,
        SOURCE,
    ),
)
TARGETS = SheetWords(
    "targets",
    "Chỉ tiêu",
    (
        KEY,
        Column("area", "Lĩnh vực", True),
        Column("title", "Chỉ tiêu", True),
        Column("unit", "Đơn vị tính"),
        Column("value", "Giá trị"),
        Column("level", "Cấp"),
        Column("increment", "Tăng mỗi năm"),
        Column("base_year", "Năm gốc"),
        Column("limit", "Giới hạn"),
        Column("exception", "Ngoại lệ"),
        Column("measure", "Cách đo"),
        SLOGAN,
        MILESTONES,
        Column("basis", "Căn cứ"),
        UNIT_KINDS,
        SOURCE,
    ),
)
DEADLINES = SheetWords(
    "deadlines",
    "Thời hạn",
    (
        KEY,
        Column("subject", "Việc", True),
        Column("title", "Tên", True),
        Column("day", "Ngày", True),
        Column("month", "Tháng", True),
        Column("recipient", "Nơi nhận"),
        Column("plan_kind", "Loại kế hoạch"),
        FROM,
        TO,
        UNIT_KINDS,
        SOURCE,
    ),
)
ROUTES = SheetWords(
    "routes",
    "Nơi gửi",
    (
        Column("plan_kind", "Loại kế hoạch", True),
        Column("addressee", "Gửi đến", True),
        Column("via", "Qua"),
        FROM,
        TO,
        UNIT_KINDS,
        SOURCE,
    ),
)
CITATIONS = SheetWords(
    "citations",
    "Căn cứ",
    (
        Column("text", "Văn bản", True),
        FROM,
        TO,
        Column("preset", "Đưa sẵn vào"),
        Column("replaced_by", "Thay bằng"),
        SOURCE,
    ),
)
RECIPIENTS = SheetWords("recipients", "Nơi nhận", (Column("text", "Nơi nhận", True),))
DEPARTMENTS = SheetWords("departments", "Bộ phận", (Column("text", "Bộ phận", True),))
BODIES = SheetWords(
    "bodies",
    "Cơ quan",
    (Column("name", "Tên", True), FROM, TO, Column("successor", "Thay bằng"), SOURCE),
)
CHECKS = SheetWords(
    "checks",
    "Kiểm tra",
    (Column("check", "Việc kiểm tra", True), Column("level", "Mức", True), SOURCE),
)
SUGGESTIONS = SheetWords(
    "suggestions",
    "Gợi ý chấm điểm",
    (
        Column("row", "Tiêu chí", True),
        Column("asks", "Câu hỏi", True),
        Column("outcome", "Kết quả"),
        Column("option", "Mức điểm"),
    ),
)
PLAN_SHEETS = (
    *(SETTINGS, SECTIONS, AREAS, TASKS, TARGETS, DEADLINES, ROUTES, CITATIONS),
    *(RECIPIENTS, DEPARTMENTS, BODIES, CHECKS, SUGGESTIONS, RENAMES),
)

PLAN_SETTING_KEYS = (
    "id",
    "version",
    "title",
    "kind",
    "unit_kinds",
    "effective_from",
    "effective_to",
    "criteria_set",
    "source",
)
PLAN_REQUIRED_KEYS = ("id", "version", "title", "kind", "unit_kinds")

_YEARLY = ("kế hoạch năm", "yearly", "năm", "hằng năm", "hàng năm")
_OTHERS = {
    PlanKind.COMPETITIVENESS: ("năng lực cạnh tranh", "competitiveness", "nâng cao năng lực cạnh tranh"),
    PlanKind.FIVE_YEAR: ("5 năm", "five_year", "năm năm", "giai đoạn", "kế hoạch 5 năm"),
    PlanKind.PART_YEAR: ("phần còn lại của năm", "part_year", "6 tháng cuối năm", "một phần năm"),
    PlanKind.INDICES: ("nâng cao chỉ số", "indices", "cải thiện chỉ số", "chỉ số"),
}
PLAN_KINDS: Choice[PlanKind] = Choice({PlanKind.YEARLY: _YEARLY, **_OTHERS})
ROUTE_KINDS: Choice[str] = Choice(
    {
        "plan": (_YEARLY[0], "plan", "kế hoạch", *_YEARLY[1:]),
        **{kind.value: words for kind, words in _OTHERS.items()},
    }
)
SECTION_KINDS: Choice[SectionKind] = Choice(
    {
        SectionKind.TEXT: ("lời văn", "text", "văn bản", "nội dung"),
        SectionKind.TARGETS: ("chỉ tiêu", "targets", "mục tiêu"),
        SectionKind.TASKS: ("nhiệm vụ", "tasks"),
        SectionKind.BUDGET: ("kinh phí", "budget"),
    }
)
SUBJECTS: Choice[str] = Choice(
    {
        "plan": ("kế hoạch", "plan", "ban hành kế hoạch"),
        "report-Q1": ("báo cáo quý I", "report-Q1", "báo cáo quý 1"),
        "report-H1": ("báo cáo 6 tháng", "report-H1", "báo cáo sáu tháng"),
        "report-Q3": ("báo cáo quý III", "report-Q3", "báo cáo quý 3", "báo cáo 9 tháng"),
        "report-year": ("báo cáo năm", "report-year"),
        "selfscore": ("tự chấm điểm", "selfscore"),
    }
)
UNITS: Choice[UnitKind] = Choice(
    {
        UnitKind.DEPARTMENT: ("sở", "department", "sở ngành"),
        UnitKind.DISTRICT: ("huyện", "district", "cấp huyện"),
        UnitKind.COMMUNE: ("xã", "commune", "cấp xã"),
        UnitKind.PARTY_BODY: ("cơ quan đảng", "party_body"),
    }
)
PLAN_CHECKS: Choice[PlanCheck] = Choice(
    {
        PlanCheck.TEXTS: ("các phần có nội dung", "texts"),
        PlanCheck.RECIPIENTS: ("nơi nhận", "recipients"),
        PlanCheck.AREAS: ("đủ lĩnh vực", "areas"),
        PlanCheck.TARGETS: ("chỉ tiêu đo được", "targets"),
        PlanCheck.TASKS: ("nhiệm vụ đủ thông tin", "tasks"),
        PlanCheck.DUPLICATES: ("nhiệm vụ trùng", "duplicates"),
        PlanCheck.ISSUE: ("ban hành đúng hạn", "issue"),
        PlanCheck.COST: ("kinh phí", "cost"),
        PlanCheck.BODIES: ("cơ quan còn tồn tại", "bodies"),
        PlanCheck.CITATIONS: ("căn cứ còn hiệu lực", "citations"),
        PlanCheck.PROGRESS: ("tiến độ hợp lý", "progress"),
        PlanCheck.PROGRESS: ("tiến độ khớp nhau", "progress"),
    }
)
LEVELS: Choice[CheckLevel] = Choice(
    {
        CheckLevel.ERROR: ("lỗi", "error"),
        CheckLevel.WARNING: ("lưu ý", "warning", "cảnh báo"),
        CheckLevel.OFF: ("bỏ qua", "off", "tắt", "không"),
    }
)
QUESTIONS: Choice[PlanQuestion] = Choice(
    {
        PlanQuestion.ISSUED_ON_TIME: ("ban hành đúng hạn", "issued_on_time"),
        PlanQuestion.COVERS_AREAS_AND_BUDGET: ("đủ lĩnh vực và kinh phí", "covers_areas_and_budget"),
        PlanQuestion.RESPONSIBILITIES_CLEAR: ("rõ trách nhiệm", "responsibilities_clear"),
        PlanQuestion.TASKS_DONE_RATIO: ("tỷ lệ nhiệm vụ hoàn thành", "tasks_done_ratio"),
    }
)
ANSWERS: Choice[Outcome] = Choice(
    {
        Outcome.ON_TIME: ("đúng hạn", "on_time"),
        Outcome.LATE: ("quá hạn", "late", "chậm"),
        Outcome.NOT_ISSUED: ("không ban hành", "not_issued", "chưa ban hành"),
        Outcome.YES: ("có", "yes", "đạt"),
        Outcome.NO: ("không", "no", "không đạt"),
    }
)
YES_NO: Choice[bool] = Choice({True: ("có", "yes", "x", "true"), False: ("không", "no", "false")})
