"""Installed form packs: which there are, one of them, and which fit a unit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.pack import PackInfo, PackKind, PackRef
from cchc_desktop.domain.plan_template import PlanKind, PlanTemplate
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import registry


def criteria_sets(data: Path | None = None) -> tuple[PackInfo, ...]:
    return tuple(entry.info for entry in _installed(PackKind.CRITERIA, data))


def plan_templates(data: Path | None = None, kind: PlanKind | None = None) -> tuple[PackInfo, ...]:
    """Of that kind of plan, or all of them."""
    found = (entry.info for entry in _installed(PackKind.PLAN, data))
    return tuple(info for info in found if kind is None or info.plan_kind is kind)


def criteria_set(ref: PackRef, data: Path | None = None) -> CriteriaSet:
    """The set of that id and version; read once, then kept."""
    return registry.criteria_set(ref, data)


def plan_template(ref: PackRef, data: Path | None = None) -> PlanTemplate:
    """The template of that id and version; read once, then kept."""
    return registry.plan_template(ref, data)


def _installed(kind: PackKind, data: Path | None) -> tuple[registry.Installed, ...]:
    return registry.installed(registry.pack_folders(data), kind)


def newest_criteria_set(id_: str, data: Path | None = None) -> CriteriaSet:
    """The highest installed version of that id."""
    found = registry.newest(registry.pack_folders(data), PackKind.CRITERIA, id_)
    if found is None or not isinstance(found.pack, CriteriaSet):
        raise KnownError("formpack.pack_unknown", id=id_)
    return found.pack


def for_unit_kind(kind: UnitKind, year: int, data: Path | None = None) -> tuple[PackRef, PackRef]:
    """The criteria set and the template of the yearly plan for such a unit in that year.

    The set of the year itself, else the latest one before it, else the nearest after it; of one year the
    highest version. The template that names that set goes before others.
    """
    sets = [info for info in criteria_sets(data) if kind in info.unit_kinds]
    templates = [
        entry.pack
        for entry in _installed(PackKind.PLAN, data)
        if kind in entry.info.unit_kinds
        and isinstance(entry.pack, PlanTemplate)
        and entry.pack.kind is PlanKind.YEARLY
    ]
    if not sets or not templates:
        raise KnownError("formpack.no_pack_for_unit", year=str(year))

    def set_rank(info: PackInfo) -> tuple[bool, int, int]:
        distance = year - (info.year or 0)
        return (distance < 0, abs(distance), -info.ref.version)

    criteria = min(sets, key=set_rank).ref

    def template_rank(template: PlanTemplate) -> tuple[bool, bool, int]:
        return (template.criteria_set != criteria.id, not _covers(template, year), -template.version)

    template = min(templates, key=template_rank)
    return criteria, PackRef(template.id, template.version)


def _covers(template: PlanTemplate, year: int) -> bool:
    first, last = date(year, 1, 1), date(year, 12, 31)
    begins = template.effective_from is None or template.effective_from <= last
    return begins and (template.effective_to is None or template.effective_to >= first)
