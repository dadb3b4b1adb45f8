"""The words of the criteria workbook: its sheets and columns, and what may stand in its cells.

They are the format's own words in both languages, matched after NFC, case folding and collapsing of spaces.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import TypeVar

from cchc_desktop.domain.criteria import NodeType, Policy, ScoredBy
from cchc_desktop.domain.rules.rule import ZeroDenominator
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.quick_dataclass import dataclass

T = TypeVar("T")
_NEAR = 0.8


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its alias (the word in code), its Vietnamese header, and whether the sheet must have it."""

    alias: str
    header: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class SheetWords:
    alias: str
    name: str
    columns: tuple[Column, ...]
    required: bool = False
    remarks: tuple[Column, ...] = ()
    """Columns that say something to a person; the set takes nothing from them."""

    def column(self, alias: str) -> Column:
        return next(column for column in (*self.columns, *self.remarks) if column.alias == alias)


REVIEW = Column("review", "Cần xem")
SETTINGS = SheetWords(
    "settings",
    "Thông tin",
    (Column("key", "Khóa", True), Column("value", "Giá trị", True)),
    required=True,
)
CRITERIA = SheetWords(
    "criteria",
    "Tiêu chí",
    (
        Column("name", "Khóa", True),
        Column("code", "Mã", True),
        Column("type", "Loại", True),
        Column("label", "Tên", True),
        Column("max_points", "Điểm tối đa", True),
        Column("rule", "Cách chấm", True),
        Column("numerator", "Tử số"),
        Column("denominator", "Mẫu số"),
        Column("floor", "Ngưỡng"),
        Column("target", "Mục tiêu"),
        Column("per_unit", "Điểm mỗi lần"),
        Column("scale", "Thang"),
        Column("formula", "Công thức"),
        Column("figure", "Tên số liệu"),
        Column("allow_over", "Cho vượt"),
        Column("zero_denominator", "Mẫu số bằng 0"),
        Column("not_applicable", "Không áp dụng"),
        Column("scored_by", "Người chấm"),
        Column("evidence", "Minh chứng"),
        Column("evidence_required", "Bắt buộc minh chứng"),
        Column("guidance", "Hướng dẫn"),
        Column("legal_basis", "Căn cứ"),
        Column("source", "Nguồn"),
    ),
    required=True,
    remarks=(REVIEW,),
)
STEPS = SheetWords(
    "steps",
    "Mức điểm",
    (
        Column("name", "Khóa", True),
        Column("label", "Nhãn"),
        Column("from", "Từ"),
        Column("points", "Điểm"),
    ),
)
CLASSES = SheetWords("classes", "Xếp loại", (Column("label", "Nhãn", True), Column("from", "Từ", True)))
EXCLUSIONS = SheetWords(
    "exclusions",
    "Nhóm loại trừ",
    (Column("id", "Mã", True), Column("label", "Nhãn", True), Column("codes", "Tiêu chí", True)),
)
RENAMES = SheetWords(
    "renames",
    "Đổi khóa",
    (Column("old", "Cũ", True), Column("new", "Mới", True), Column("since", "Từ phiên bản", True)),
)
TESTS = SheetWords(
    "tests",
    "Kiểm thử",
    (
        Column("case", "Trường hợp", True),
        Column("code", "Mã", True),
        Column("field", "Số liệu", True),
        Column("value", "Giá trị", True),
    ),
)
SHEETS = (SETTINGS, CRITERIA, STEPS, CLASSES, EXCLUSIONS, RENAMES, TESTS)

SETTING_KEYS = (
    "id",
    "version",
    "title",
    "issuer",
    "decision_number",
    "decision_date",
    "year",
    "unit_kinds",
    "effective_from",
    "effective_to",
    "total_max",
    "decimals",
    "not_applicable",
    "final_cap",
)
REQUIRED_KEYS = ("id", "version", "title", "year", "unit_kinds", "effective_from", "total_max")


def folded(text: str) -> str:
    """How names and words are compared."""
    return unicodedata.normalize("NFC", " ".join(text.split())).casefold()


def bare(text: str) -> str:
    """Without accents too: what two spellings of one word share."""
    apart = unicodedata.normalize("NFD", folded(text).replace("đ", "d"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def near(written: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant; None when nothing is close."""
    wanted = bare(written)
    if not wanted or len(wanted) > 200:
        return None
    best, likeness = None, _NEAR
    for word in known:
        plain = bare(word)
        if plain == wanted:
            return word
        alike = SequenceMatcher(None, wanted, plain).ratio()
        if alike >= likeness:
            best, likeness = word, alike
    return best


def _words(table: Mapping[T, tuple[str, ...]]) -> dict[str, T]:
    return {folded(word): meaning for meaning, words in table.items() for word in words}


# The first word of each is the one that the workbook writer uses and that messages name.
NODE_TYPES = _words(
    {
        NodeType.SECTION: ("section", "lĩnh vực", "phần", "nội dung"),
        NodeType.GROUP: ("group", "nhóm", "nhóm tiêu chí", "tiêu chí"),
        NodeType.ROW: ("row", "dòng", "tiêu chí thành phần"),
        NodeType.BONUS: ("bonus", "thưởng", "điểm thưởng"),
        NodeType.PENALTY: ("penalty", "phạt", "điểm phạt", "điểm trừ"),
    }
)
RULE_WORDS = _words(
    {
        "choice": ("choice", "chọn", "chọn mức", "chọn một mức", "lựa chọn"),
        "yes_no": ("yes_no", "có/không", "có không", "có hoặc không"),
        "ratio_linear": ("ratio_linear", "tỷ lệ", "tỉ lệ", "tỷ lệ tuyến tính", "tỷ lệ × điểm tối đa"),
        "ratio_threshold": ("ratio_threshold", "tỷ lệ có ngưỡng", "tỉ lệ có ngưỡng", "ngưỡng"),
        "ratio_bands": ("ratio_bands", "tỷ lệ theo khoảng", "tỉ lệ theo khoảng", "theo khoảng", "khoảng"),
        "ratio_to_target": (
            "ratio_to_target",
            "tỷ lệ theo mục tiêu",
            "tỉ lệ theo mục tiêu",
            "theo mục tiêu",
            "mục tiêu",
        ),
        "deduction_count": ("deduction_count", "trừ theo lần", "trừ điểm theo lần", "trừ theo số lần"),
        "deduction_weighted": (
            "deduction_weighted",
            "trừ theo loại",
            "trừ điểm theo loại",
            "trừ có trọng số",
        ),
        "sum_of_items": ("sum_of_items", "cộng theo mục", "cộng các mục", "cộng điểm các mục"),
        "external_score": ("external_score", "điểm từ hệ thống khác", "điểm hệ thống khác", "điểm ngoài"),
        "survey": ("survey", "khảo sát", "điều tra", "điều tra xã hội học"),
        "formula": ("formula", "công thức"),
    }
)
POLICIES = _words(
    {
        Policy.NO: ("no", "không", "false"),
        Policy.YES: ("yes", "có", "x", "true"),
        Policy.RESCALE: ("rescale", "tính lại", "quy đổi", "loại ra"),
        Policy.FULL: ("full", "điểm tối đa", "tối đa", "đủ điểm"),
        Policy.ZERO: ("zero", "0 điểm", "không điểm", "0"),
    }
)
ZERO_DENOMINATORS = _words(
    {
        ZeroDenominator.EXCLUDE: ("exclude", "loại ra", "loại trừ", "không tính"),
        ZeroDenominator.FULL: ("full", "điểm tối đa", "tối đa", "đủ điểm"),
        ZeroDenominator.ZERO: ("zero", "0 điểm", "không điểm", "0"),
    }
)
SCORERS = _words(
    {
        ScoredBy.SELF: ("self", "đơn vị", "tự chấm"),
        ScoredBy.APPRAISER: ("appraiser", "thẩm định", "cơ quan thẩm định", "người thẩm định"),
    }
)
UNIT_KINDS = _words(
    {
        UnitKind.DEPARTMENT: ("department", "sở", "sở ngành"),
        UnitKind.DISTRICT: ("district", "huyện", "cấp huyện"),
        UnitKind.COMMUNE: ("commune", "xã", "cấp xã"),
        UnitKind.PARTY_BODY: ("party_body", "cơ quan đảng"),
    }
)
YES_NO = _words({True: ("yes", "có", "x", "true"), False: ("no", "không", "false")})
STATES = _words(
    {
        "scored": ("scored", "đã chấm"),
        "open": ("open", "chưa chấm"),
        "not_applicable": ("not_applicable", "không áp dụng"),
        "excluded": ("excluded", "loại trừ"),
        "error": ("error", "sai"),
    }
)
TOTAL_WORDS = tuple(folded(word) for word in ("TỔNG", "TOTAL"))
EXCLUSION_WORDS = tuple(folded(word) for word in ("LOẠI TRỪ", "EXCLUSIONS"))
