"""`data/plan.json` and `data/selfscore.json`, in both directions. Decimals are strings, days are ISO."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields as fields_of
from decimal import Decimal
from typing import Any

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.evidence import EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.package_content import (
    PackagedRecord,
    PackagedRow,
    PlanContent,
    SelfScoreContent,
)
from cchc_desktop.domain.plan import Milestone, PlanForm, PlanIssue, Target, Task, TaskState
from cchc_desktop.domain.round import HeadConfirmation
from cchc_desktop.domain.scoring import RowState, Total
from cchc_desktop.domain.signing_as import SignsAs
from cchc_desktop.domain.unit import Person, Unit, UnitKind
from cchc_desktop.package.faults import ProfileBroken
from cchc_desktop.package.json_fields import LONGEST_TEXT, Fields
from cchc_desktop.package.layout import PLAN_NAME, SELFSCORE_NAME
from cchc_desktop.package.strict_json import read_json, write_json

PLAN_FORM, SELFSCORE_FORM = "cchc-plan-1", "cchc-selfscore-1"
_PEOPLE = ("head", "focal_point", "deputy")
_UNIT_TEXTS = ("name", "code", "superior", "province", "place")
_TASK_TEXTS = ("title", "product", "lead", "coworkers", "due", "cost_source", "preset")
_TARGET_TEXTS = ("title", "unit", "baseline", "value", "source", "preset")


def write_plan(plan: PlanContent) -> bytes:
    return write_json(
        {
            "form": PLAN_FORM,
            "year": plan.year,
            "unit": _unit(plan.unit),
            "template": _pack(plan.template),
            "issue": _issue(plan.issue),
            "texts": dict(plan.texts),
            "targets": [_target(target) for target in plan.targets],
            "tasks": [_task(task) for task in plan.tasks],
        }
    )


def read_plan(content: bytes) -> PlanContent:
    """Raises `ProfileBroken`."""
    fields = _opened(content, PLAN_NAME, PLAN_FORM)
    plan = PlanContent(
        year=_read_year(fields),
        unit=_read_unit(fields.inner("unit")),
        template=_read_pack(fields.inner("template")),
        issue=_read_issue(fields.inner("issue")),
        texts=_read_texts(fields.mapping("texts"), PLAN_NAME),
        targets=fields.each("targets", _read_target),
        tasks=fields.each("tasks", _read_task),
    )
    fields.end()
    return plan


def write_selfscore(score: SelfScoreContent) -> bytes:
    return write_json(
        {
            "form": SELFSCORE_FORM,
            "year": score.year,
            "unit": _unit(score.unit),
            "criteria": _pack(score.criteria),
            "exclusions": list(score.exclusions),
            "answers": {key: _answer(answer) for key, answer in score.answers.items()},
            "rows": [_row(row) for row in score.rows],
            "total": _total(score.total),
            "confirmation": _confirmation(score.confirmation),
            "evidence": [_record(record) for record in score.evidence],
        }
    )


def read_selfscore(content: bytes) -> SelfScoreContent:
    """Raises `ProfileBroken`."""
    fields = _opened(content, SELFSCORE_NAME, SELFSCORE_FORM)
    confirmed = fields.optional("confirmation", fields.inner)
    score = SelfScoreContent(
        year=_read_year(fields),
        unit=_read_unit(fields.inner("unit")),
        criteria=_read_pack(fields.inner("criteria")),
        exclusions=fields.texts("exclusions"),
        answers={key: _read_answer(value, key) for key, value in fields.mapping("answers").items()},
        rows=fields.each("rows", _read_row),
        total=_read_total(fields.inner("total")),
        confirmation=_read_confirmation(confirmed) if confirmed is not None else None,
        evidence=fields.each("evidence", _read_record),
    )
    fields.end()
    return score


def _opened(content: bytes, name: str, form: str) -> Fields:
    fields = Fields(read_json(content, name), name)
    if fields.text("form") != form:
        raise ProfileBroken("package.json_field", name=name, field="form")
    return fields


def _iso(value: Any) -> str | None:
    return None if value is None else value.isoformat()


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _pack(pack: PackRef) -> dict[str, Any]:
    return {"id": pack.id, "version": pack.version}


def _read_pack(fields: Fields) -> PackRef:
    pack = PackRef(fields.name("id"), fields.integer("version"))
    fields.end()
    return pack


def _read_year(fields: Fields) -> int:
    return fields.integer("year", 2000, 2199)


def _unit(unit: Unit) -> dict[str, Any]:
    people = {
        who: {"name": person.name, "title": person.title, "contact": person.contact}
        for who in _PEOPLE
        for person in [getattr(unit, who)]
    }
    texts = {name: getattr(unit, name) for name in _UNIT_TEXTS}
    return {"kind": unit.kind.value, **texts, **people, "departments": list(unit.departments)}


def _read_unit(fields: Fields) -> Unit:
    people = {who: _read_person(fields.inner(who)) for who in _PEOPLE}
    known: dict[str, Any] = {name: fields.text(name) for name in _UNIT_TEXTS} | people
    unit = Unit(kind=fields.choice("kind", UnitKind), departments=fields.texts("departments"), **known)
    fields.end()
    return unit


def _issue(issue: PlanIssue) -> dict[str, Any]:
    signer = {"name": issue.signer.name, "title": issue.signer.title, "contact": issue.signer.contact}
    return {
        "number": issue.number,
        "issued_on": _iso(issue.issued_on),
        "form": issue.form.value,
        "signs_as": issue.signs_as.value,
        "signer": signer,
        "letter_number": issue.letter_number,
        "letter_on": _iso(issue.letter_on),
    }


def _read_issue(fields: Fields) -> PlanIssue:
    issue = PlanIssue(
        number=fields.text("number"),
        issued_on=fields.optional("issued_on", fields.day),
        form=fields.choice("form", PlanForm),
        signs_as=fields.choice("signs_as", SignsAs),
        signer=_read_person(fields.inner("signer")),
        letter_number=fields.text("letter_number"),
        letter_on=fields.optional("letter_on", fields.day),
    )
    fields.end()
    return issue


def _read_person(fields: Fields) -> Person:
    person = Person(fields.text("name"), fields.text("title"), fields.text("contact"))
    fields.end()
    return person


def _task(task: Task) -> dict[str, Any]:
    return {
        "id": task.id,
        "area": task.area,
        "position": task.position,
        **{name: getattr(task, name) for name in _TASK_TEXTS},
        "cost": _text(task.cost),
        "criteria": list(task.criteria),
        "state": task.state.value,
        "done_on": _iso(task.done_on),
        "percent": task.percent,
        "milestones": [_milestone(milestone) for milestone in task.milestones],
        "carried_from": task.carried_from,
    }


def _milestone(milestone: Milestone) -> dict[str, Any]:
    return {"year": milestone.year, "text": milestone.text}


def _read_milestone(fields: Fields) -> Milestone:
    return Milestone(_read_year(fields), fields.text("text"))


def _read_percent(fields: Fields) -> int | None:
    return fields.optional("percent", lambda name: fields.integer(name, 0, 100))


def _read_task(fields: Fields) -> Task:
    texts: dict[str, Any] = {name: fields.text(name) for name in _TASK_TEXTS}
    return Task(
        id=fields.name("id"),
        area=fields.name("area"),
        position=fields.integer("position", -(2**53)),
        **texts,
        cost=fields.optional("cost", fields.decimal),
        criteria=fields.texts("criteria"),
        state=fields.choice("state", TaskState),
        done_on=fields.optional("done_on", fields.day),
        percent=_read_percent(fields),
        milestones=fields.each("milestones", _read_milestone),
        carried_from=fields.optional("carried_from", lambda name: fields.integer(name, 2000, 2199)),
    )


def _target(target: Target) -> dict[str, Any]:
    texts = {name: getattr(target, name) for name in _TARGET_TEXTS}
    milestones = [_milestone(milestone) for milestone in target.milestones]
    return {
        "id": target.id,
        "area": target.area,
        "position": target.position,
        **texts,
        "milestones": milestones,
    }


def _read_target(fields: Fields) -> Target:
    texts: dict[str, Any] = {name: fields.text(name) for name in _TARGET_TEXTS}
    return Target(
        id=fields.name("id"),
        area=fields.name("area"),
        position=fields.integer("position", -(2**53)),
        **texts,
        milestones=fields.each("milestones", _read_milestone),
    )


def _read_texts(texts: Mapping[str, Any], name: str) -> dict[str, str]:
    for key, value in texts.items():
        if not isinstance(value, str) or len(value) > LONGEST_TEXT:
            raise ProfileBroken("package.json_field", name=name, field=f"texts.{ascii(key)[1:41]}")
    return dict(texts)


def _answer(answer: Answer) -> dict[str, Any]:
    return {"entry": answer.entry, "explanation": answer.explanation}


def _read_answer(value: Any, key: str) -> Answer:
    """The entry's own fields belong to its rule, which checks them when it scores."""
    fields = Fields(value, SELFSCORE_NAME, f"answers.{ascii(key)[1:41]}")
    answer = Answer(fields.optional("entry", fields.mapping), fields.text("explanation"))
    fields.end()
    return answer


def _row(row: PackagedRow) -> dict[str, Any]:
    return {
        "key": row.key,
        "code": row.code,
        "state": row.state.value,
        "points": _text(row.points),
        "max_points": _text(row.max_points),
    }


def _read_row(fields: Fields) -> PackagedRow:
    return PackagedRow(
        key=fields.name("key"),
        code=fields.name("code"),
        state=fields.choice("state", RowState),
        points=fields.optional("points", fields.decimal),
        max_points=fields.decimal("max_points"),
    )


_TOTAL_WHOLE = ("open_rows",)
_TOTAL_OTHER = ("class_label", "class_provisional", *_TOTAL_WHOLE)
_TOTAL_OPTIONAL = ("index", "final")
_TOTAL_DECIMALS = tuple(f.name for f in fields_of(Total) if f.name not in (*_TOTAL_OTHER, *_TOTAL_OPTIONAL))


def _total(total: Total) -> dict[str, Any]:
    points = {name: _text(getattr(total, name)) for name in (*_TOTAL_DECIMALS, *_TOTAL_OPTIONAL)}
    return {**points, **{name: getattr(total, name) for name in _TOTAL_OTHER}}


def _read_total(fields: Fields) -> Total:
    known: dict[str, Any] = {name: fields.decimal(name) for name in _TOTAL_DECIMALS}
    known |= {name: fields.optional(name, fields.decimal) for name in _TOTAL_OPTIONAL}
    known |= {name: fields.integer(name) for name in _TOTAL_WHOLE}
    known["class_label"] = fields.optional("class_label", fields.name)
    known["class_provisional"] = fields.yes_or_no("class_provisional")
    fields.end()
    return Total(**known)


def _confirmation(confirmed: HeadConfirmation | None) -> dict[str, Any] | None:
    if confirmed is None:
        return None
    return {
        "name": confirmed.name,
        "title": confirmed.title,
        "confirmed_on": _iso(confirmed.confirmed_on),
        "total_points": _text(confirmed.total_points),
    }


def _read_confirmation(fields: Fields) -> HeadConfirmation:
    confirmed = HeadConfirmation(
        name=fields.text("name"),
        title=fields.text("title"),
        confirmed_on=fields.day("confirmed_on"),
        total_points=fields.decimal("total_points"),
    )
    fields.end()
    return confirmed


def _record(packaged: PackagedRecord) -> dict[str, Any]:
    record = packaged.record
    return {
        "id": packaged.id,
        "number": record.number,
        "issued_on": _iso(record.issued_on),
        "issuer": record.issuer,
        "abstract": record.abstract,
        "page": record.page,
        "personal_data": record.personal_data,
        "links": [{"kind": link.kind.value, "key": link.key} for link in packaged.links],
    }


def _read_record(fields: Fields) -> PackagedRecord:
    return PackagedRecord(
        id=fields.name("id"),
        record=EvidenceRecord(
            number=fields.text("number"),
            issued_on=fields.optional("issued_on", fields.day),
            issuer=fields.text("issuer"),
            abstract=fields.text("abstract"),
            page=fields.text("page"),
            personal_data=fields.yes_or_no("personal_data"),
        ),
        links=fields.each("links", _read_link),
    )


def _read_link(fields: Fields) -> EvidenceLink:
    return EvidenceLink(fields.choice("kind", LinkKind), fields.name("key"))
