"""The sheet of settings: one key and one value in each row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cchc_desktop.domain.criteria import Policy
from cchc_desktop.domain.unit import UnitKind
from cchc_desktop.formpack.grid import Line, Report, Table
from cchc_desktop.formpack.setting_lines import setting_lines
from cchc_desktop.formpack.vocabulary import (
    POLICIES,
    REQUIRED_KEYS,
    SETTING_KEYS,
    UNIT_KINDS,
)
from cchc_desktop.formpack.word_lists import word_list
from cchc_desktop.quick_dataclass import dataclass, field

_SET_POLICIES = {word: policy for word, policy in POLICIES.items() if policy not in (Policy.NO, Policy.YES)}


@dataclass
class Settings:
    """What was read; None where a value is absent or wrong. `wrong` are keys already reported."""

    id: str | None = None
    version: int | None = None
    title: str | None = None
    year: int | None = None
    unit_kinds: tuple[UnitKind, ...] = ()
    effective_from: date | None = None
    effective_to: date | None = None
    total_max: Decimal | None = None
    issuer: str = ""
    decision_number: str = ""
    decision_date: date | None = None
    decimals: int = 2
    not_applicable: Policy | None = None
    final_cap: Decimal | None = None
    lines: dict[str, Line] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)


def compile_settings(table: Table | None, report: Report) -> Settings:
    settings = Settings()
    if table is None or not table.complete:
        return settings
    placed = setting_lines(table, SETTING_KEYS, REQUIRED_KEYS, report)
    settings.lines, settings.wrong = placed.lines, placed.wrong
    _read(settings, report)
    return settings


def _read(settings: Settings, report: Report) -> None:
    for key, line in settings.lines.items():
        before = len(report.errors)
        required = key in REQUIRED_KEYS
        if required and line.is_empty("value"):
            continue
        match key:
            case "id":
                settings.id = line.text("value", required)
            case "version":
                settings.version = line.whole("value", required)
            case "year":
                settings.year = line.whole("value", required)
            case "title":
                settings.title = line.label("value", required)
            case "issuer":
                settings.issuer = line.label("value") or ""
            case "decision_number":
                settings.decision_number = line.label("value") or ""
            case "decision_date":
                settings.decision_date = line.day("value")
            case "effective_from":
                settings.effective_from = line.day("value", required)
            case "effective_to":
                settings.effective_to = line.day("value")
            case "total_max":
                settings.total_max = line.number("value", required)
            case "decimals":
                value = line.whole("value")
                settings.decimals = 2 if value is None else value
            case "not_applicable":
                settings.not_applicable = line.word("value", _SET_POLICIES)
            case "final_cap":
                settings.final_cap = line.number("value")
            case "unit_kinds":
                settings.unit_kinds = word_list(line, "value", UNIT_KINDS, required) or ()
        if len(report.errors) > before:
            settings.wrong.add(key)
