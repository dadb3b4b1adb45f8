"""How an appendix is typed: its columns and lines, with the quirks of whoever typed it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from tests.formpack.draft.appendix import Appendix, Node
from tests.formpack.draft.printing import n
from tests.formpack.draft.wordings import Rule


class Typist:
    """The quirks of whoever typed the file."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.messy = random.random() < 0.4
        self.point = random.random() < 0.15
        self.suffix = random.choice(("", "", "", "đ", " điểm"))

    def text(self, text: str) -> str:
        if not self.messy:
            return text
        roll = self.random.randrange(7)
        if roll == 0:
            return unicodedata.normalize("NFD", text)
        if roll == 1:
            return text.replace(" ", "\u00a0", 3)
        if roll == 2:
            return f"  {text} "
        if roll == 3:
            return text.replace("- ", "– ")
        if roll == 4:
            return text.replace("  ", " ").replace(", ", ",  ")
        return text

    def code(self, code: str, form: str) -> str:
        if not self.messy or form in ("levels", "roman") or not code:
            return code
        roll = self.random.randrange(5)
        if roll == 0 and "." in code:
            return f"{code}."
        if roll == 1 and "." in code:
            return code.replace(".", ". ", 1)
        if roll == 2:
            return f" {code}\u00a0"
        return code

    def points(self, value: Decimal) -> str:
        text = n(value)
        if self.point:
            text = text.replace(",", ".")
        if self.messy and "," in text and self.random.random() < 0.4:
            text = text.replace(",", " ,")
        if self.messy and self.random.random() < 0.2:
            return f"{text}đ"
        return f"{text}{self.suffix}"


HEADS = {
    "code": ("STT", "TT", "Số TT", "Mã số"),
    "name": (
        "Lĩnh vực, tiêu chí, tiêu chí thành phần", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần",
        "Nội dung đánh giá",
        "Tiêu chí, nội dung đánh giá", "Chỉ số/Chỉ số thành phần", "Nội dung tiêu chí",
    ),
    "points": ("Điểm tối đa", "Điểm chuẩn", "Điểm số tối đa", "Thang điểm", "Điểm"),
    "rule": ("Cách tính điểm", "Cách chấm", "Cách xác định và tính điểm", "Phương pháp chấm điểm"),
    "evidence": ("Tài liệu kiểm chứng", "Hồ sơ minh chứng", "Minh chứng", "TLKC",
                 "Các yêu cầu và tài liệu kiểm chứng"),
    "later": ("Điểm tự chấm", "Tự đánh giá", "Điểm thẩm định", "Ý kiến hội đồng thẩm định"),
    "remark": ("Ghi chú",),
    "steps": ("Mức điểm", "Điểm từng mức", "Điểm"),
}  # fmt: skip


@dataclass
class Line:
    """A printed row: cells by column kind; `span` is a text over the whole row."""

    cells: dict[str, str] = field(default_factory=dict)
    span: str = ""
    section: Node | None = None
    nested: list[tuple[str, str]] = field(default_factory=list)
    total_over: str = ""
    carried: str = ""


class Printer:
    """The lines of an appendix, before they are a Word or Excel table."""

    def __init__(self, random: Random, typist: Typist, appendix: Appendix) -> None:
        self.random, self.typist, self.appendix = random, typist, appendix
        self.form = appendix.form
        self.columns = self._columns()
        self.heads = {
            kind: random.choice(HEADS[kind.rstrip("2")])
            for kind in self.columns
            if kind in HEADS or kind[:-1] in HEADS
        }
        if self.form == "merged":
            self.heads |= {"outer_code": "TT", "outer": "Lĩnh vực", "code": "Mã"}
        self.box = random.random() < 0.5
        self.noted = random.random() < 0.15

    def _columns(self) -> list[str]:
        columns = ["code", "name", "points", "rule", "evidence"]
        if self.form in ("options_below", "no_maximum", "points_by_line"):
            columns = ["code", "name", "points", "evidence"]
        if self.form in ("step_column", "step_rows"):
            columns.insert(4, "steps")
        if self.form == "merged":
            columns = ["outer_code", "outer", *columns]
        if self.form in ("in_name", "articles"):
            columns.remove("code")
        if self.random.random() < 0.3:
            columns.insert(columns.index("points") + 1, "later")
        if self.random.random() < 0.2:
            columns.append("remark")
        return columns

    def lines(self) -> list[Line]:
        lines: list[Line] = []
        subtotals = self.form == "merged" or self.random.random() < 0.15
        for place, root in enumerate(self.appendix.roots, start=1):
            lines.extend(self._section(root))
            if subtotals:
                points = self.typist.points(root.maximum)
                lines.append(Line({"points": points}, total_over=f"Cộng lĩnh vực {place}"))
        if subtotals or self.random.random() < 0.4:
            total = self.random.choice(("TỔNG CỘNG", "Tổng điểm", "TỔNG ĐIỂM", "Tổng cộng"))
            lines.append(Line({"points": self.typist.points(self.appendix.total)}, total_over=total))
        return lines

    def _section(self, root: Node) -> Iterator[Line]:
        typist = self.typist
        if self.form == "parts":
            yield Line(span=typist.text(f"PHẦN {root.printed}: {root.label} ({n(root.maximum)} ĐIỂM)"))
        elif self.form != "merged":
            yield Line(self._cells(root))
        first = True
        for node in (one for child in root.children for one in child.walk()):
            line = Line(self._cells(node))
            if self.form == "merged":
                line.section = root if first else None
                line.cells["outer_code"] = root.printed if first else ""
                line.cells["outer"] = typist.text(f"{root.label} ({n(root.maximum)} điểm)") if first else ""
            first = False
            if node.rule is not None and self.form in ("step_column", "step_rows", "points_by_line"):
                yield from self._beside(line, node.rule)
                continue
            if node.rule is not None and self.form in ("options_below", "no_maximum"):
                if self.form == "no_maximum":
                    line.cells["points"] = ""
                yield line
                mark = "☐ " if self.box else "- "
                for label, value in node.rule.options:
                    yield Line({"code": "", "name": mark + label, "points": typist.points(value)})
                continue
            if node.rule is not None and node.rule.options and self.random.random() < 0.06:
                line.cells["rule"] = ""
                line.nested = [(label, f"{n(value)} điểm") for label, value in node.rule.options]
            yield line

    def _beside(self, line: Line, rule: Rule) -> Iterator[Line]:
        """Options and their points in two cells, in one row or in a row for each."""
        labels = [f"- {label}" for label, _ in rule.options]
        worths = [f"{n(value)}{self.random.choice(('', ' điểm'))}" for _, value in rule.options]
        if self.form == "points_by_line":
            line.cells["name"] = "\n".join((line.cells["name"].strip(), *labels))
            line.cells["points"] = "\n".join(worths)
            yield line
        elif self.form == "step_column":
            line.cells["rule"], line.cells["steps"] = "\n".join(labels), "\n".join(worths)
            yield line
        else:
            line.cells["rule"], line.cells["steps"] = labels[0], worths[0]
            yield line
            for label, worth in zip(labels[1:], worths[1:], strict=True):
                yield Line({"rule": label, "steps": worth})

    def _cells(self, node: Node) -> dict[str, str]:
        typist = self.typist
        cells = {
            "code": typist.code(node.shown_code or node.printed, self.form),
            "name": typist.text(node.label),
            "points": typist.points(node.maximum),
        }
        if self.form == "merged" and node.level == 3:
            cells["name"] = f"- {cells['name'].strip()}"
        if self.form == "articles":
            mark = {1: f"{node.printed}. ", 2: f"{node.printed}) ", 3: "- "}[node.level]
            cells["name"] = mark + cells["name"].strip()
        if self.form == "in_name":
            mark = node.printed + (". " if node.level == 1 or self.random.random() < 0.5 else " ")
            cells["name"] = mark + cells["name"].strip()
        if node.rule is not None:
            cells["rule"] = typist.text(node.rule.text)
            cells["evidence"] = typist.text(node.rule.evidence)
        return cells

    def header(self) -> list[str]:
        return [self.heads[kind] for kind in self.columns]
