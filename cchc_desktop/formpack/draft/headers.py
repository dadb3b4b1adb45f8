"""What the columns of an appendix table hold, by the words of their headers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from cchc_desktop.formpack.draft.codes import read_code
from cchc_desktop.formpack.draft.plain import folded, one_line
from cchc_desktop.intake.tables import TableRow
from cchc_desktop.quick_dataclass import dataclass, field

_LONGEST_HEADER = 90


class Role(Enum):
    CODE = "code"
    NAME = "name"
    POINTS = "points"
    RULE = "rule"
    EVIDENCE = "evidence"
    REMARK = "remark"
    FILLED_LATER = "filled_later"
    OTHER = "other"


# In this order: "điểm tự chấm" is no maximum, "cách chấm điểm" is no self-score.
_WORDS: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        (Role.CODE, r"^(?:stt|tt|so tt|so thu tu|ma|ma so|ma hieu|ma tieu chi|muc|so)\.?$"),
        (
            Role.RULE,
            (
                r"^(?:cach|phuong phap|huong dan|can cu|quy dinh|nguyen tac|tieu chuan)(?: \w+){0,6}? (?:tinh"
                r"|cham|xac dinh|danh gia|cho)\b"
                r"|^cach (?:tinh|cham|xac dinh|danh gia)|^thang diem (?:danh gia )?chi tiet|^noi dung cham"
                r"|^muc (?:cham|danh gia)|^dien giai"
                r"|^cac muc diem|^tieu chuan (?:cham|tinh)|^cong thuc"
            ),
        ),
        (
            Role.EVIDENCE,
            (
                r"kiem chung|minh chung|^tlkc$|^tai lieu|^ho so|^van ban(?: \w+){0,3}$|can cu chung minh|^san"
                r" pham"
            ),
        ),
        (Role.REMARK, r"^ghi chu|^luu y|^giai thich"),
        (
            Role.FILLED_LATER,
            (
                r"tu cham|tu danh gia|tu dg|tham dinh|phuc tra|phuc khao|diem cham|diem dat|\bcham$|cum cham"
                r"|hoi dong|y kien|chu ky"
                r"|ket qua|diem danh gia|danh gia$(?<!noi dung danh gia)(?<!tieu chi danh gia)|xhh|snv|so"
                r" lieu|diem thuc|giai trinh|lop danh gia"
            ),
        ),
        (
            Role.POINTS,
            (
                r"^(?:thang |so |muc |tong |khung )?diem(?: so)?(?: toi da| chuan| quy dinh| cua tieu chi|"
                r" thanh phan| tieu chi| tung muc| tung noi dung| moi muc)?"
                r"(?: \(.*\))?$|diem (?:so )?(?:toi da|chuan)|^toi da$|^diem tieu chi$"
            ),
        ),
        (
            Role.NAME,
            r"tieu chi|noi dung|chi so|linh vuc|chi tieu|nhiem vu|^ten |hang muc|cong viec|danh muc",
        ),
    )
)
_OUTER = re.compile(r"^(?:linh vuc|nhom|nhom tieu chi|phan|noi dung chinh|linh vuc danh gia|nhom noi dung)$")


@dataclass(frozen=True)
class Columns:
    """The columns of a table by what they hold, counted from 0.

    `step_points` holds the points of each option beside its text. `outer_code` and `outer_name` are columns
    of their own for the sections. `others` are columns that no place in a workbook fits, with their headers.
    """

    headers: tuple[str, ...]
    code: int | None = None
    name: int = 0
    points: int | None = None
    rule: int | None = None
    evidence: tuple[int, ...] = ()
    remarks: tuple[int, ...] = ()
    outer_code: int | None = None
    outer_name: int | None = None
    detail: int | None = None
    step_points: int | None = None
    others: tuple[tuple[int, str], ...] = ()
    later: tuple[int, ...] = field(default=())

    @property
    def width(self) -> int:
        return len(self.headers)


def role_of(header: str) -> Role:
    """What a column with that header holds."""
    plain = folded(one_line(header)).strip(" .:")
    if not plain or len(plain) > _LONGEST_HEADER:
        return Role.OTHER
    for role, words in _WORDS:
        if words.search(plain):
            return role
    return Role.OTHER


def read_header(rows: Sequence[TableRow], width: int) -> tuple[Columns, int] | None:
    """The columns that the rows begin with, and over how many rows their header goes; None for other rows."""
    first = rows[0]
    texts = _spread(first, width)
    roles = [role_of(text) for text in texts]
    if not _is_header(first, roles):
        return None
    height = 1
    while height < min(3, len(rows)) and _goes_on(rows[height], roles):
        below = _spread(rows[height], width)
        for column, text in enumerate(below):
            if text and text != texts[column]:
                texts[column] = f"{texts[column]} {text}".strip()
        height += 1
    if height > 1:
        above = roles
        roles = [
            above[column] if above[column] is Role.FILLED_LATER else role_of(text)
            for column, text in enumerate(texts)
        ]
        roles = [(above[column] if role is Role.OTHER else role) for column, role in enumerate(roles)]
    columns = _columns(texts, roles)
    return None if columns is None else (columns, height)


def _spread(row: TableRow, width: int) -> list[str]:
    """The text over each column, merged cells over all of theirs."""
    texts = [""] * width
    for cell in row.cells:
        for column in cell.columns:
            if column < width:
                texts[column] = one_line(cell.text)
    return texts


def _is_header(row: TableRow, roles: Sequence[Role]) -> bool:
    texts = [one_line(cell.text) for cell in row.cells if cell.text.strip()]
    if len(texts) < 2 or any(len(text) > _LONGEST_HEADER for text in texts):
        return False
    if any(re.search(r"[=]|\d\s*(?:điểm|đ)\b", text) for text in texts) or any(
        _is_number(text) for text in texts
    ):
        return False
    present = set(roles)
    return Role.NAME in present and bool(present & {Role.POINTS, Role.RULE})


def _is_number(text: str) -> bool:
    code = read_code(text)
    return code is not None and (any(letter.isdigit() for letter in text) or code.style == "roman")


def _goes_on(row: TableRow, roles: Sequence[Role]) -> bool:
    """Whether the row only names parts of the columns above: what names the rows is merged or empty there."""
    named = [
        cell
        for cell in row.cells
        if cell.column < len(roles) and roles[cell.column] in (Role.CODE, Role.NAME)
    ]
    filled = [cell for cell in row.cells if cell.text.strip()]
    if not named or any(cell.text.strip() for cell in named) or not filled:
        return False
    if any(len(cell.text) >= _LONGEST_HEADER or re.search(r"[\d(:]", cell.text) for cell in filled):
        return False
    merged = all(cell.continues for cell in named)
    return merged or all(len(cell.text) < 30 and role_of(cell.text) is not Role.OTHER for cell in filled)


def _columns(texts: Sequence[str], roles: Sequence[Role]) -> Columns | None:
    starts = [c for c in range(len(texts)) if c == 0 or texts[c] != texts[c - 1] or roles[c] is Role.POINTS]

    def of(role: Role) -> list[int]:
        return [column for column in starts if roles[column] is role]

    names, codes, points = of(Role.NAME), of(Role.CODE), of(Role.POINTS)
    if not names:
        return None
    outer_name = outer_code = detail = None
    if len(names) > 1 and _OUTER.match(folded(texts[names[0]])):
        outer_name, names = names[0], names[1:]
        if len(codes) > 1 and codes[0] < outer_name < codes[1]:
            outer_code, codes = codes[0], codes[1:]
    if len(names) > 1:
        detail = names[1]
    best = sorted(
        points, key=lambda c: ("toi da" not in folded(texts[c]) and "chuan" not in folded(texts[c]), c)
    )
    rules = of(Role.RULE)
    steps = next((column for column in points if column != best[0] and rules and column > rules[0]), None)
    used = {outer_name, outer_code, detail, steps, *names[:1], *codes[:1], *best[:1], *rules[:1]}
    used |= {*of(Role.EVIDENCE), *of(Role.REMARK), *of(Role.FILLED_LATER)}
    return Columns(
        tuple(texts),
        codes[0] if codes else None,
        names[0],
        best[0] if best else None,
        rules[0] if rules else None,
        tuple(of(Role.EVIDENCE)),
        tuple(of(Role.REMARK)),
        outer_code,
        outer_name,
        detail,
        steps,
        tuple((c, texts[c]) for c in starts if c not in used and texts[c]),
        tuple(c for c in range(len(texts)) if roles[c] is Role.FILLED_LATER),
    )
