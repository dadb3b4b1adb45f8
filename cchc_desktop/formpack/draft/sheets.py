"""A draft as the sheets of a criteria workbook, with the column of what a person has to look at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from cchc_desktop.domain.criteria import Policy
from cchc_desktop.formpack.draft.draft import Draft, DraftNode
from cchc_desktop.formpack.draft.wording.reading import doubt
from cchc_desktop.formpack.grid import LONGEST_TEXT
from cchc_desktop.formpack.vocabulary import (
    CLASSES,
    CRITERIA,
    REVIEW,
    SETTING_KEYS,
    SETTINGS,
    STEPS,
    TESTS,
    Column,
    SheetWords,
)
from cchc_desktop.formpack.workbook_writer import parameters_of, step_lines, write_sheets
from cchc_desktop.message import Message, message

Say = Callable[[Message], str]

PRINTED = Column("printed", "Mã in")
DRAFT_CRITERIA = SheetWords(
    CRITERIA.alias,
    CRITERIA.name,
    (*CRITERIA.columns[:6], REVIEW, PRINTED, *CRITERIA.columns[6:]),
    required=True,
)
NOTES = SheetWords("_notes", "_Ghi chú", (Column("kind", "Mục"), Column("note", "Nội dung")))
_NOT_TEXT = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# The sheets whose columns the office fills in or looks over.
OFFICE_SHEETS = (SETTINGS, DRAFT_CRITERIA, STEPS, CLASSES, TESTS)


def write_draft(draft: Draft, source: str, say: Say) -> bytes:
    """The .xlsx of the draft; `say` turns messages into sentences, `source` names the file it comes from."""
    return write_sheets(
        (
            (SETTINGS, _settings(draft)),
            (DRAFT_CRITERIA, (_criterion(node, source, say) for node in draft.nodes)),
            (STEPS, _steps(draft)),
            (CLASSES, ()),
            (TESTS, ()),
            (NOTES, _notes(draft, source, say)),
        )
    )


def _settings(draft: Draft) -> Iterator[Sequence[Any]]:
    titles = draft.titles
    known: dict[str, Any] = {
        "version": 1,
        "title": _text(titles.title),
        "issuer": _text(titles.issuer),
        "decision_number": titles.decision_number,
        "decision_date": titles.decision_date,
        "year": titles.year,
        "total_max": draft.total,
    }
    for key in SETTING_KEYS:
        yield (key, known.get(key))


def reasons(node: DraftNode, say: Say) -> list[str]:
    """Why a person has to look at the row, in sentences."""
    told = [say(one) for one in node.doubts]
    if len(node.rule_text) > LONGEST_TEXT or len(node.evidence) > LONGEST_TEXT:
        told.append(say(doubt("text_cut", longest=LONGEST_TEXT)))
    return told


def _criterion(node: DraftNode, source: str, say: Say) -> Sequence[Any]:
    rule = node.reading.rule
    policy = node.reading.not_applicable
    own: dict[str, Any] = {
        "name": node.key,
        "code": _text(node.code),
        "type": node.type,
        "label": _text(node.label),
        "max_points": node.max_points,
        "rule": rule.kind if rule is not None else None,
        "review": _text("\n".join(reasons(node, say)))[:LONGEST_TEXT],
        "printed": _text(node.printed),
        "not_applicable": None if policy is Policy.NO else policy,
        "scored_by": "appraiser" if node.reading.by_appraiser else None,
        "evidence": _text(node.evidence)[:LONGEST_TEXT],
        "guidance": _text(node.rule_text)[:LONGEST_TEXT],
        "source": say(_place(node, source)),
        **({name: _text(value) for name, value in parameters_of(rule).items()} if rule is not None else {}),
    }
    return [own.get(column.alias) for column in DRAFT_CRITERIA.columns]


def _steps(draft: Draft) -> Iterable[Sequence[Any]]:
    for node in draft.nodes:
        for line in step_lines(node.key, node.reading.rule):
            yield [_text(value) for value in line]


def _text(value: Any) -> Any:
    """Text without the signs that a workbook can't hold."""
    return _NOT_TEXT.sub("", value) if isinstance(value, str) else value


def _place(node: DraftNode, source: str) -> Message:
    table, _, row = node.place.rpartition("!")
    if table:
        return message("draft.place_excel", name=source, sheet=_text(table), row=row)
    table, _, row = node.place.partition(".")
    return message("draft.place_word", name=source, table=table, row=row)


def _notes(draft: Draft, source: str, say: Say) -> Iterator[Sequence[Any]]:
    yield (say(message("draft.head_source")), _text(source))
    marked = sum(bool(node.doubts) for node in draft.nodes)
    told = message("draft.head_marked_text", rows=len(draft.nodes), marked=marked)
    yield (say(message("draft.head_marked")), say(told))
    for one in draft.disagreements:
        yield (say(message("draft.head_sum")), _text(say(one.message)))
    for note in draft.notes:
        yield (say(message("draft.head_note")), _text(say(note)))
    yield (say(message("draft.head_next")), say(message("draft.next_steps", column=REVIEW.header)))


def rule_count(draft: Draft) -> tuple[int, int]:
    """How many rows have a rule, and how many rows there are."""
    rows = draft.rows
    return sum(node.reading.rule is not None for node in rows), len(rows)
