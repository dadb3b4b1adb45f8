"""An appendix taken over as it was issued: criteria with their printed numbers, points, rules and doubts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from cchc_desktop.domain.criteria import NodeType
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack.draft.hierarchy import Item, build_tree
from cchc_desktop.formpack.draft.options_below import fold_options
from cchc_desktop.formpack.draft.plain import folded, is_capitals, one_line
from cchc_desktop.formpack.draft.rows import Entry, Lines, read_rows
from cchc_desktop.formpack.draft.sums import Disagreement, disagreements
from cchc_desktop.formpack.draft.tables import RawAppendix, find_appendices
from cchc_desktop.formpack.draft.titles import Titles, read_titles
from cchc_desktop.formpack.draft.wording.listed import read_listed
from cchc_desktop.formpack.draft.wording.reading import Reading, doubt
from cchc_desktop.formpack.draft.wording.registry import read_rule
from cchc_desktop.intake.tables import Document
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass, field, replace

_BONUS = re.compile(r"\b(?:diem (?:thuong|cong)|thuong diem|cong diem thuong)\b")
_PENALTY = re.compile(r"\b(?:diem (?:tru|phat)|tru diem|phat diem)\b")
_MOST_TEXT = 100_000
_MOST_NOTES = 50


@dataclass(frozen=True)
class DraftNode:
    """A line of the draft. `printed` is the number as printed, `code` the one that carries the hierarchy.

    `max_points` is None where none is printed and none follows from the rows below; `derived` says that it is
    not printed. `doubts` are the reasons for a person to look at it.
    """

    key: str
    code: str
    printed: str
    type: NodeType
    label: str
    max_points: Decimal | None
    derived: bool
    reading: Reading
    rule_text: str
    evidence: str
    place: str
    doubts: tuple[Message, ...]


@dataclass(frozen=True)
class Draft:
    """One appendix. `total` is the printed total, or else (`total_derived`) the sum of the sections."""

    titles: Titles
    nodes: tuple[DraftNode, ...]
    total: Decimal | None
    total_derived: bool
    disagreements: tuple[Disagreement, ...]
    notes: tuple[Message, ...] = field(default=())

    @property
    def rows(self) -> tuple[DraftNode, ...]:
        return tuple(node for node in self.nodes if node.type not in (NodeType.SECTION, NodeType.GROUP))


def draft_document(document: Document, name: str) -> tuple[Draft, ...]:
    """Every appendix of the document. Raises `KnownError` "draft.no_table" where there is none."""
    budget = _Budget(_MOST_TEXT)
    found, left_out = find_appendices(document)
    drafts = tuple(draft for raw in found if (draft := _draft(raw, budget)) is not None)
    if not drafts:
        raise KnownError("draft.no_table", name=name, unusable_input=False)
    notes = tuple(
        message("draft.note_table_left_out", number=table.number) for table in left_out[:_MOST_NOTES]
    )
    return tuple(replace(draft, notes=(*draft.notes, *notes)) for draft in drafts)


def _draft(raw: RawAppendix, budget: _Budget) -> Draft | None:
    lines = read_rows(raw)
    if not any(entry.maximum is not None or entry.options for entry in lines.entries):
        return None
    inferred = fold_options(lines)
    roots = build_tree(lines.entries)
    sums = disagreements(roots, lines.totals)
    titles = read_titles(raw.titles)
    notes = _notes(raw, lines, roots, inferred)
    nodes = tuple(_node(item, budget, sums) for root in roots for item in root.walk())
    printed = next((total.points for total in reversed(lines.totals) if total.grand), None)
    tops = [root.entry.maximum for root in roots]
    known = sum((top for top in tops if top is not None), start=Decimal(0))
    total = printed if printed is not None else known if None not in tops and known else None
    if printed is None and total is not None:
        notes.append(message("draft.note_total_derived", total=total))
    return Draft(titles, _unique_keys(nodes), total, printed is None, sums, tuple(notes))


@dataclass
class _Budget:
    """How many letters of rules may still be read, so that a huge table ends in time."""

    left: int

    def allows(self, text: str) -> bool:
        self.left -= len(text)
        return self.left >= 0


def _notes(raw: RawAppendix, lines: Lines, roots: list[Item], inferred: bool) -> list[Message]:
    notes: list[Message] = []
    items = [item for root in roots for item in root.walk()]
    if any(item.entry.code is not None and item.code != ".".join(item.parts) for item in items):
        notes.append(message("draft.note_codes_joined"))
    if any(item.entry.code is None or not item.parts for item in items):
        notes.append(message("draft.note_codes_given"))
    if inferred:
        notes.append(message("draft.note_maximum_of_options"))
    if any(item.children and item.entry.maximum is None for item in items):
        notes.append(message("draft.note_maximum_of_groups"))
    if len(raw.tables) > 1:
        notes.append(message("draft.note_tables_joined", count=len(raw.tables)))
    notes.extend(message("draft.note_column", header=h, count=n) for h, n in lines.left_out.items())
    notes.extend(message("draft.note_text", text=one_line(text)[:500]) for text in lines.notes)
    return notes


def _node(item: Item, budget: _Budget, sums: tuple[Disagreement, ...]) -> DraftNode:
    entry = item.entry
    kind = _type(item)
    doubts = list(entry.doubts)
    maximum, derived = entry.maximum, False
    if item.children and maximum is None:
        known = [_worth(child) for child in item.children]
        if None not in known:
            maximum, derived = sum((worth for worth in known if worth is not None), start=Decimal(0)), True
    elif maximum is not None and not entry.points.printed:
        derived = True
    if not entry.label:
        doubts.append(doubt("label_missing"))
    if maximum is None:
        doubts.append(doubt("maximum_missing"))
    if item.parent is None and not item.children and kind is NodeType.ROW:
        doubts.append(doubt("row_without_section"))
    if kind in (NodeType.BONUS, NodeType.PENALTY):
        doubts.append(doubt("bonus" if kind is NodeType.BONUS else "penalty"))
    doubts.extend(one.message for one in sums if one.item is item)
    entry, label, text = _rule_text(item)
    reading = Reading()
    if kind is NodeType.ROW:
        if budget.allows(text):
            reading = read_listed(entry.options, text, maximum) if entry.options else read_rule(text, maximum)
        else:
            doubts.append(doubt("rule_too_long"))
        if label != entry.label:
            doubts.append(doubt("label_of_parent"))
        doubts.extend(reading.doubts)
    elif text and item.children:
        doubts.append(doubt("rule_of_group"))
    printed = entry.code.printed if entry.code is not None and entry.code.style != "dash" else ""
    return DraftNode(
        _key(item.code),
        item.code,
        printed,
        kind,
        label,
        maximum,
        derived,
        reading,
        text,
        entry.evidence,
        entry.place,
        tuple(_once(doubts)),
    )


def _rule_text(item: Item) -> tuple[Entry, str, str]:
    """The entry, its name and the text of its rule: also what stands under the name, or instead of it."""
    entry = item.entry
    text = "\n".join(part for part in (*entry.more, entry.rule_text) if part.strip())
    if entry.remark:
        text = f"{text}\n{entry.remark}".strip()
    label = entry.label
    if not entry.rule_text and not item.children and item.parent is not None and not entry.options:
        whole = read_rule("\n".join((entry.whole_name, *entry.more)), entry.maximum)
        if whole.rule is not None and entry.more and len(item.parent.children) == 1:
            only = read_rule("\n".join(entry.more), entry.maximum)
            if only.rule is None or len(getattr(only.rule, "steps", ())) < len(
                getattr(whole.rule, "steps", ())
            ):
                return entry, item.parent.entry.label, "\n".join((entry.whole_name, *entry.more))
    return entry, label, text


def _once(doubts: list[Message]) -> Iterator[Message]:
    seen: list[Message] = []
    for one in doubts:
        if one not in seen:
            seen.append(one)
            yield one


def _worth(item: Item) -> Decimal | None:
    if item.entry.maximum is not None:
        return item.entry.maximum
    known = [_worth(child) for child in item.children]
    if not known or None in known:
        return None
    return sum((worth for worth in known if worth is not None), start=Decimal(0))


def _type(item: Item) -> NodeType:
    if item.children:
        return NodeType.SECTION if item.parent is None else NodeType.GROUP
    above = item.parent
    names = [folded(item.entry.label)] if item.entry.points.sign else []
    while above is not None:
        names.append(folded(above.entry.label))
        above = above.parent
    if item.entry.points.sign == "-" or any(_PENALTY.search(name) for name in names):
        return NodeType.PENALTY
    if item.entry.points.sign == "+" or any(_BONUS.search(name) for name in names):
        return NodeType.BONUS
    if item.parent is None and not item.entry.rule_text and not item.entry.options:
        return NodeType.SECTION if is_capitals(item.entry.label) else NodeType.ROW
    return NodeType.ROW


def _key(code: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", folded(code)).strip("_")
    return f"tc_{plain or 'x'}"[:90]


def _unique_keys(nodes: tuple[DraftNode, ...]) -> tuple[DraftNode, ...]:
    taken: set[str] = set()
    renamed: list[DraftNode] = []
    for node in nodes:
        key, number = node.key, 2
        while key in taken:
            key = f"{node.key}_{number}"
            number += 1
        taken.add(key)
        renamed.append(node if key == node.key else replace(node, key=key))
    return tuple(renamed)
