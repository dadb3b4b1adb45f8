"""The rows of an appendix: criteria, the lines that belong to them, subtotals, and notes."""

from __future__ import annotations

import re
from decimal import Decimal

from cchc_desktop.formpack.draft.codes import Code, leading_code, read_code
from cchc_desktop.formpack.draft.headers import Columns
from cchc_desktop.formpack.draft.plain import folded, has_bullet, is_capitals, one_line, without_bullet
from cchc_desktop.formpack.draft.points import CellPoints, cell_points, split_suffix, without_star
from cchc_desktop.formpack.draft.tables import RawAppendix, is_numbering, is_repeated_header
from cchc_desktop.formpack.draft.wording.phrase import Clause, Phrase
from cchc_desktop.formpack.draft.wording.reading import doubt
from cchc_desktop.formpack.draft.wording.scale import option_of
from cchc_desktop.intake.tables import Table, TableRow
from cchc_desktop.message import Message
from cchc_desktop.quick_dataclass import dataclass, field, replace

_BOX = re.compile(r"^\s*[☐☑☒□■▢◻]\s*")
_TOTAL = re.compile(
    r"^(?:tong|cong)(?: cong| diem| so| so diem| cong diem| chung| toan bo)*(?: toi da)?"
    r"(?:\s*(?:linh vuc|phan|muc|nhom|tieu chi|noi dung|cac|dieu"
    r"|\()?[\s0-9ivxlabcdefghk.,+:=()\-&]*(?:linh vuc|phan|muc)?)\s*(?P<points>\d.*)?$"
)
_GRAND = re.compile(
    r"^(?:tong|cong)(?: cong| diem| so| so diem| cong diem| chung| toan bo)*(?: toi"
    r" da)?\s*:?\s*(?:\([\sivx0-9a-d+]*\))?\s*(?:\d.*)?$"
)
_SIGNATURE = re.compile(
    r"^(?:noi nhan|tm\.|kt\.|tl\.|tuq\.|q\.|chu tich|pho chu tich|giam doc|thu truong|truong phong|nguoi"
    r" (?:lap|cham)|thu ky"
    r"|xac nhan|dai dien|\(?(?:ky|da ky)\b|.{0,40}ngay \.* ?\d* ?\.* ?thang)"
)
_CLOSES = re.compile(r"^(?:noi nhan|tm\.|kt\.|tl\.|tuq\.)")
_NOTE = re.compile(r"^(?:ghi chu|luu y|\(?\*+\)?|chu thich|giai thich)")
_EXTRA = re.compile(
    r"^(?:[(\[]|ghi chu|luu y|chi ap dung|lua chon|trong do|cach|truong hop|gom|bao gom|phieu|neu|doi voi)",
    re.I,
)


@dataclass
class Entry:
    """One criterion as it is printed. `place` says where, `more` are further lines of its name."""

    label: str
    code: Code | None
    points: CellPoints
    place: str
    rule_text: str = ""
    evidence: str = ""
    remark: str = ""
    more: list[str] = field(default_factory=list)
    options: list[tuple[str, Decimal]] = field(default_factory=list)
    boxed: bool = False
    outer: bool = False
    doubts: list[Message] = field(default_factory=list)
    by_excel: str = ""
    whole_name: str = ""

    @property
    def maximum(self) -> Decimal | None:
        return self.points.value


@dataclass(frozen=True, slots=True)
class Total:
    """A printed sum: of the section before it, or (`grand`) of the whole."""

    label: str
    points: Decimal
    grand: bool
    after: int


@dataclass
class Lines:
    entries: list[Entry] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)


class _Reader:
    def __init__(self) -> None:
        self.lines = Lines()
        self._outer = ""
        self._closed = False

    def row(self, table: Table, row: TableRow, columns: Columns) -> None:
        if not row.texts and not any(cell.notes for cell in row.cells):
            return
        if is_repeated_header(row, columns) or is_numbering(row):
            return
        texts = _by_column(row, columns)

        def at(column: int | None) -> str:
            return texts.get(column, "") if column is not None else ""

        if self._signed(row, at(columns.code)):
            return
        place = f"{table.sheet}!{row.number}" if table.sheet else f"{table.number}.{row.number}"
        self._outer_entry(columns, at(columns.outer_code), at(columns.outer_name), place)
        code, name, points = at(columns.code), at(columns.name), at(columns.points)
        rule = _with_points(at(columns.rule), at(columns.step_points))
        evidence = "\n".join(text for column in columns.evidence if (text := at(column)))
        remark = "\n".join(text for column in columns.remarks if (text := at(column)))
        for column, header in columns.others:
            if at(column):
                self.lines.left_out[header] = self.lines.left_out.get(header, 0) + 1
        if self._total(code, name, points) or self._note(row, code, name, points, rule):
            return
        if not code and not name and not points:
            self._goes_on(rule, evidence, remark)
            return
        if not name and not points and not rule and read_code(code) is None:
            name, code = code, ""
        pairs, name, rule = _points_by_line(name, rule, points)
        entry = self._entry(code, name, "" if pairs else points, place)
        if pairs:
            entry.options = pairs
            entry.points = CellPoints(max(worth for _, worth in pairs), False)
            entry.doubts.append(doubt("points_by_line"))
        entry.rule_text, entry.evidence, entry.remark = rule, evidence, remark
        if columns.detail is not None and at(columns.detail):
            entry.more.append(at(columns.detail))
        self._excel(entry, row, columns)
        self._footnotes(entry, row)
        self._add(entry)

    def _outer_entry(self, columns: Columns, code: str, name: str, place: str) -> None:
        if columns.outer_name is None or not name.strip() or folded(one_line(name)) == self._outer:
            return
        if self._total("", name, "") or _TOTAL.match(folded(one_line(name))):
            return
        self._outer = folded(one_line(name))
        entry = self._entry(code, name, "", place)
        entry.outer = True
        self.lines.entries.append(entry)

    def _total(self, code: str, name: str, points: str) -> bool:
        label = one_line(name) or one_line(code)
        if (name.strip() and code.strip()) or not label:
            return False
        plain = folded(label).rstrip(" :")
        if not _TOTAL.match(plain):
            return False
        value = cell_points(points).value
        if value is None:
            value = split_suffix(label, bare_too=True)[1]
        if value is not None:
            grand = bool(_GRAND.match(plain))
            self.lines.totals.append(Total(label, value, grand, len(self.lines.entries)))
        return True

    def _note(self, row: TableRow, code: str, name: str, points: str, rule: str) -> bool:
        text = one_line(name) or one_line(code)
        if points or rule or not _NOTE.match(folded(text)) or (name.strip() and code.strip()):
            return False
        self.lines.notes.append(text)
        return True

    def _signed(self, row: TableRow, code: str) -> bool:
        """Whether who signs and who receives stands in the row, below the criteria."""
        texts = [folded(one_line(text)) for text in row.texts]
        if read_code(code) is not None or any(len(text) > 200 for text in texts):
            self._closed = False
            return False
        signs = [bool(_SIGNATURE.match(text)) for text in texts]
        self._closed = self._closed or any(_CLOSES.match(text) for text in texts) or all(signs)
        return self._closed and (any(signs) or not any(re.search(r"\d", text) for text in texts))

    def _goes_on(self, rule: str, evidence: str, remark: str) -> None:
        """A row under an empty number goes on with the one above, which a page has cut."""
        if not self.lines.entries:
            return
        last = self.lines.entries[-1]
        last.rule_text = _joined(last.rule_text, rule)
        last.evidence = _joined(last.evidence, evidence)
        last.remark = _joined(last.remark, remark)

    def _entry(self, code: str, name: str, points: str, place: str) -> Entry:
        read = read_code(code)
        boxed = bool(_BOX.match(name))
        label, more = _name_lines(_BOX.sub("", name))
        doubts: list[Message] = []
        if code.strip() and read is None:
            doubts.append(doubt("code_unread", found=one_line(code)[:60]))
        if read is None and not boxed and (led := leading_code(label)) is not None:
            read, label = replace(led[0], printed=_bare_code(led[0].printed)), led[1]
        elif (
            read is not None
            and read.style != "dash"
            and (led := leading_code(label)) is not None
            and (led[0].style == "dash" or led[0].parts == read.parts)
        ):
            label = led[1]
        whole = one_line(label)
        label, starred = without_star(label)
        at = cell_points(points)
        label, stated = split_suffix(label, bare_too=not at.printed)
        if at.value is None and not at.printed and stated is not None:
            at = CellPoints(stated, True)
        elif stated is not None and at.value is not None and stated != at.value:
            doubts.append(doubt("points_differ", name=stated, cell=at.value))
        if at.printed and at.value is None:
            doubts.append(doubt("points_unread", found=one_line(points)[:60]))
        if at.doubtful:
            doubts.append(doubt("points_thousands", found=one_line(points), read=at.value))
        if starred or at.starred:
            doubts.append(doubt("starred"))
        return Entry(
            one_line(label), read, at, place, more=more, boxed=boxed, doubts=doubts, whole_name=whole
        )

    def _add(self, entry: Entry) -> None:
        entries = self.lines.entries
        bare = entry.code is None and not entry.points.printed and not entry.boxed and not entry.options
        if bare and entries and not entry.rule_text:
            last = entries[-1]
            clause = Clause(Phrase(entry.label), 0)
            option = option_of(clause, last.maximum)
            if option is not None:
                last.options.append((option.label.text, option.points))
                return
            if entry.label[:1].islower() or (
                last.label.endswith((",", "và", "-")) and not is_capitals(entry.label)
            ):
                last.label = f"{last.label} {entry.label}"
                last.evidence = _joined(last.evidence, entry.evidence)
                return
            if not is_capitals(entry.label):
                last.more.append(entry.label)
                last.evidence = _joined(last.evidence, entry.evidence)
                last.doubts.append(doubt("line_without_code", text=entry.label[:120]))
                return
        if entry.code is not None and entry.code.style == "dash" and not entry.points.printed and entries:
            option = option_of(Clause(Phrase(entry.label), 0), entries[-1].maximum)
            if option is not None and not entry.rule_text:
                entries[-1].options.append((option.label.text, option.points))
                return
        entries.append(entry)

    def _excel(self, entry: Entry, row: TableRow, columns: Columns) -> None:
        cell = row.at(columns.code) if columns.code is not None else None
        changed = cell is not None and (
            cell.by_excel == "date" or (cell.by_excel == "number" and "." in cell.text)
        )
        if cell is not None and changed and entry.code is not None:
            entry.by_excel = cell.by_excel
        points = row.at(columns.points) if columns.points is not None else None
        if points is not None and points.by_excel == "formula":
            entry.doubts.append(doubt("points_formula"))
        elif points is not None and points.by_excel in ("date", "error"):
            entry.doubts.append(doubt("points_unread", found=points.text[:60]))

    def _footnotes(self, entry: Entry, row: TableRow) -> None:
        for cell in row.cells:
            for note in cell.notes:
                entry.doubts.append(doubt("footnote", text=note[:300]))


def _by_column(row: TableRow, columns: Columns) -> dict[int, str]:
    """The text of each known column; a cell over several of them is a name."""
    known = {columns.name, *columns.evidence, *columns.remarks, *columns.later}
    known |= {c for c, _ in columns.others}
    named = (
        columns.code,
        columns.points,
        columns.rule,
        columns.step_points,
        columns.outer_code,
        columns.outer_name,
        columns.detail,
    )
    known |= {column for column in named if column is not None}
    texts: dict[int, str] = {}
    for cell in row.cells:
        if not cell.text.strip():
            continue
        covered = [column for column in cell.columns if column in known]
        if not covered:
            continue
        into = columns.name if columns.name in covered else covered[0]
        texts[into] = _joined(texts.get(into, ""), cell.text)
    return texts


def _bare_code(printed: str) -> str:
    """ "PHẦN A:" → "A", "Điều 4." → "Điều 4", "a)" → "a": the code of a name without its punctuation."""
    found = re.match(r"(?:phần|lĩnh vực|mục|nhóm|nội dung|tiêu chí)\s+", printed, re.IGNORECASE)
    return printed[found.end() if found else 0 :].strip(" .):/-") or printed


def _joined(first: str, second: str) -> str:
    if not first or not second:
        return first or second
    if second[0].islower() and not first.rstrip().endswith((".", ";", ":")) and not has_bullet(second):
        return f"{first} {second}"
    return f"{first}\n{second}"


def _name_lines(name: str) -> tuple[str, list[str]]:
    """The name, and the lines under it that are remarks or options."""
    lines = [one_line(line) for line in name.split("\n") if one_line(line)]
    if not lines:
        return "", []
    label = lines[0]
    rest = lines[1:]
    while rest and _wraps(label, rest[0]):
        label = f"{label} {rest.pop(0)}"
    return label, rest


def _wraps(label: str, line: str) -> bool:
    """Whether the line only goes on with the name above it."""
    if _EXTRA.match(folded(line)) and not line[0].islower():
        return line.startswith("(") and is_capitals(label) and is_capitals(line)
    if has_bullet(line) or re.search(r"\d\s*điểm", line):
        return False
    if line[0].islower() or label.endswith((",", "-", " và", "/")):
        return True
    return is_capitals(label) and is_capitals(line)


def read_rows(appendix: RawAppendix) -> Lines:
    """The criteria of the appendix in their order."""
    reader = _Reader()
    for table, row, columns in appendix.rows:
        reader.row(table, row, columns)
    lines = reader.lines
    for text in appendix.below:
        plain = folded(text).rstrip(" .")
        value = split_suffix(text, bare_too=True)[1]
        if _TOTAL.match(plain) and value is not None and _GRAND.match(plain):
            lines.totals.append(Total(text, value, True, len(lines.entries)))
        elif _NOTE.match(plain):
            lines.notes.append(text)
    return lines


def _with_points(rule: str, points: str) -> str:
    """The texts of options with the points that stand beside them in a column of their own."""
    if not points.strip() or not rule.strip():
        return rule
    texts = [one_line(line) for line in rule.split("\n") if line.strip()]
    worths = [one_line(line) for line in points.split("\n") if line.strip()]
    if len(texts) != len(worths):
        return f"{rule}\n{points}"
    return "\n".join(
        f"- {without_bullet(line).rstrip(' :;.')}: {worth}" for line, worth in zip(texts, worths, strict=True)
    )


def _points_by_line(name: str, rule: str, points: str) -> tuple[list[tuple[str, Decimal]], str, str]:
    """Options and their points in two cells, line beside line; then the name and the rule without them."""
    values = [cell_points(line) for line in points.split("\n") if line.strip()]
    if len(values) < 2 or any(value.value is None or value.sign for value in values):
        return [], name, rule
    for place, whole in enumerate((rule, name)):
        lines = [line for line in whole.split("\n") if line.strip()]
        own = lines[-len(values) :]
        if len(lines) >= len(values) + place and all(has_bullet(line) for line in own):
            labels = [without_bullet(one_line(line)).rstrip(" :;.") for line in own]
            pairs = [(label, value.value or Decimal(0)) for label, value in zip(labels, values, strict=True)]
            rest = "\n".join(lines[: -len(values)])
            return pairs, (rest if place else name), (rule if place else rest)
    return [], name, rule
