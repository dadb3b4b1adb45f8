"""A sample unit as canonical JSON (UTF-8, sorted keys) and back, read within the same bounds as a pack."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.evidence import EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import PlanIssue, Target, Task, TaskState
from cchc_desktop.domain.sample import FileKind, Sample, SampleEvidence
from cchc_desktop.domain.text_shapes import is_key, is_pack_id
from cchc_desktop.domain.unit import Person, Unit, UnitKind
from cchc_desktop.formpack.json_object import JsonObject, decode_object
from cchc_desktop.quick_dataclass import replace

FORMAT = "cchc-sample/1"
Item = TypeVar("Item", Task, Target)
_COST = re.compile(r"(\d{1,12}(\.\d{1,6})?)?")


def encode(sample: Sample) -> bytes:
    """The one way this sample is written."""
    content = {
        "format": FORMAT,
        "key": sample.key,
        "year": sample.year,
        "unit": _unit_fields(sample.unit),
        "criteria": {"id": sample.criteria.id, "version": sample.criteria.version},
        "plan_template": {"id": sample.plan_template.id, "version": sample.plan_template.version},
        "texts": dict(sample.texts),
        "issue": {"number": sample.issue.number, "issued_on": _text(sample.issue.issued_on)},
        "tasks": [_task_fields(task) for task in sample.tasks],
        "targets": [
            {name: getattr(target, name) for name in _TARGET_FIELDS} | {"id": target.id}
            for target in sample.targets
        ],
        "answers": [
            {"row": key, "entry": answer.entry, "explanation": answer.explanation}
            for key, answer in sample.answers.items()
        ],
        "evidence": [_evidence_fields(piece) for piece in sample.evidence],
    }
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


_TASK_TEXTS = ("area", "title", "product", "lead", "coworkers", "due", "cost_source", "preset")
_TARGET_FIELDS = ("area", "title", "unit", "baseline", "value", "source", "preset")
_SIGNED_FIELDS = ("superior", "signer_title", "signer")
_PERSON_FIELDS = ("name", "title", "contact")


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _unit_fields(unit: Unit) -> dict[str, Any]:
    people = {
        who: {name: getattr(getattr(unit, who), name) for name in _PERSON_FIELDS}
        for who in ("head", "focal_point", "deputy")
    }
    names = {name: getattr(unit, name) for name in ("name", "code", "superior", "province", "place")}
    return {**names, **people, "kind": unit.kind.value, "departments": list(unit.departments)}


def _task_fields(task: Task) -> dict[str, Any]:
    return {
        **{name: getattr(task, name) for name in _TASK_TEXTS},
        "id": task.id,
        "cost": _text(task.cost),
        "criteria": list(task.criteria),
        "state": task.state.value,
        "done_on": _text(task.done_on),
    }


def _evidence_fields(piece: SampleEvidence) -> dict[str, Any]:
    record = piece.record
    return {
        "name": piece.name,
        "kind": piece.kind.value,
        "number": record.number,
        "issued_on": _text(record.issued_on),
        "issuer": record.issuer,
        "abstract": record.abstract,
        "page": record.page,
        "personal_data": record.personal_data,
        "title": piece.title,
        "lines": list(piece.lines),
        "table": [list(row) for row in piece.table],
        **{name: getattr(piece, name) for name in _SIGNED_FIELDS},
        "rows": [link.key for link in piece.links if link.kind is LinkKind.ROW],
        "tasks": [link.key for link in piece.links if link.kind is LinkKind.TASK],
    }


def decode(content: bytes) -> Sample:
    """The sample, or `KnownError("plan.template_unreadable")` with every fault and its place."""
    return decode_object(content, _sample)


def _sample(reader: JsonObject) -> Sample:
    reader.one_of("format", (FORMAT,))
    tasks = _numbered(reader.objects("tasks", _task))
    evidence = reader.objects("evidence", _evidence)
    known = {task.id for task in tasks}
    reader.distinct("tasks", [task.id for task in tasks])
    linked = [link.key for piece in evidence for link in piece.links if link.kind is LinkKind.TASK]
    reader.refer("evidence tasks", "", linked, known)
    answers = reader.objects("answers", _answer)
    reader.distinct("answers", [key for key, _ in answers])
    return Sample(
        key=reader.text("key", is_key),
        unit=reader.object("unit", _unit),
        year=reader.number("year", 2000, 2100),
        criteria=reader.object("criteria", _pack),
        plan_template=reader.object("plan_template", _pack),
        texts=reader.object("texts", _texts),
        issue=reader.object("issue", _issue),
        tasks=tasks,
        targets=_numbered(reader.objects("targets", _target)),
        answers=dict(answers),
        evidence=evidence,
    )


def _numbered(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Positions from 1 within each area, in the order of the file."""
    places: dict[str, int] = {}
    numbered: list[Item] = []
    for item in items:
        places[item.area] = places.get(item.area, 0) + 1
        numbered.append(replace(item, position=places[item.area]))
    return tuple(numbered)


def _unit(reader: JsonObject) -> Unit:
    return Unit(
        kind=reader.member("kind", UnitKind, UnitKind.COMMUNE),
        name=reader.needed("name"),
        code=reader.needed("code"),
        superior=reader.text("superior"),
        province=reader.text("province"),
        place=reader.text("place"),
        head=reader.object("head", _person),
        focal_point=reader.object("focal_point", _person),
        deputy=reader.object("deputy", _person),
        departments=reader.texts("departments"),
    )


def _person(reader: JsonObject) -> Person:
    return Person(reader.needed("name"), reader.needed("title"), reader.text("contact"))


def _pack(reader: JsonObject) -> PackRef:
    return PackRef(reader.text("id", is_pack_id), reader.number("version", 1, 9_999))


def _texts(reader: JsonObject) -> Mapping[str, str]:
    return {name: reader.text(name) for name in reader.names()}


def _issue(reader: JsonObject) -> PlanIssue:
    return PlanIssue(reader.text("number"), reader.day("issued_on"))


def _is_cost(text: str) -> bool:
    return _COST.fullmatch(text) is not None


def _task(reader: JsonObject) -> Task:
    texts: dict[str, Any] = {name: reader.text(name) for name in _TASK_TEXTS}
    cost = reader.text("cost", _is_cost)
    state = reader.member("state", TaskState, TaskState.NOT_STARTED)
    return Task(
        id=reader.text("id", is_key),
        position=0,
        cost=Decimal(cost) if cost and _is_cost(cost) else None,
        criteria=reader.texts("criteria", is_key),
        state=state,
        done_on=reader.day("done_on"),
        **texts,
    )


def _target(reader: JsonObject) -> Target:
    texts: dict[str, Any] = {name: reader.text(name) for name in _TARGET_FIELDS}
    return Target(id=reader.text("id", is_key), position=0, **texts)


def _answer(reader: JsonObject) -> tuple[str, Answer]:
    row = reader.text("row", is_key)
    return row, Answer(reader.entry("entry"), reader.text("explanation"))


def _evidence(reader: JsonObject) -> SampleEvidence:
    kind = reader.member("kind", FileKind, FileKind.PDF)
    rows, tasks = reader.texts("rows", is_key), reader.texts("tasks", is_key)
    return SampleEvidence(
        name=reader.needed("name"),
        kind=kind,
        record=EvidenceRecord(
            number=reader.needed("number"),
            issued_on=reader.day("issued_on"),
            issuer=reader.needed("issuer"),
            abstract=reader.needed("abstract"),
            page=reader.text("page"),
            personal_data=reader.yes("personal_data"),
        ),
        title=reader.needed("title"),
        lines=reader.texts("lines"),
        table=reader.table("table"),
        **{name: reader.text(name) for name in _SIGNED_FIELDS},
        links=(
            *(EvidenceLink(LinkKind.ROW, key) for key in rows),
            *(EvidenceLink(LinkKind.TASK, key) for key in tasks),
        ),
    )
