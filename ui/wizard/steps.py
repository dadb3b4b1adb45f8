"""What the start-up wizards ask, in which order, and what is still wrong. Plain Python; pages draw it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.signing_key import SHORTEST_PASSPHRASE
from cchc_desktop.domain.unit import Person, Unit, UnitKind, suggested_code
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass, field

FIRST_YEAR, LAST_YEAR = 2020, 2100
LONGEST = 200

Problems = dict[str, Message]


class Step(StrEnum):
    START = "start"
    UNIT = "unit"
    PEOPLE = "people"
    FORMS = "forms"
    OLD = "old"
    FOLDER = "folder"
    KEY = "key"


class Way(StrEnum):
    """Which way the wizard goes."""

    FIRST = "first"
    NEW_YEAR = "new_year"
    MERGED = "merged"


STEPS: Mapping[Way, tuple[Step, ...]] = {
    Way.FIRST: (Step.UNIT, Step.PEOPLE, Step.FORMS, Step.FOLDER, Step.KEY),
    Way.NEW_YEAR: (Step.START, Step.FORMS),
    Way.MERGED: (Step.START, Step.UNIT, Step.PEOPLE, Step.FORMS, Step.OLD),
}


class Protection(StrEnum):
    """Where the signing key's secret lies. LATER: no key yet; Thiết lập and Gửi báo cáo offer one."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - a way, no secret
    LATER = "later"


@dataclass
class Draft:
    """What has been answered so far. Texts are as typed; `unit()` cleans them."""

    year: int
    folder: Path
    way: Way = Way.FIRST
    kind: UnitKind = UnitKind.COMMUNE
    province: str = ""
    name: str = ""
    code: str = ""
    superior: str = ""
    place: str = ""
    head_name: str = ""
    head_title: str = ""
    focal_name: str = ""
    focal_title: str = ""
    focal_contact: str = ""
    criteria: PackRef | None = None
    plan_template: PackRef | None = None
    old_folders: tuple[Path, ...] = ()
    protection: Protection = Protection.KEYRING
    passphrase: str = ""
    passphrase_again: str = ""
    taken_years: frozenset[int] = field(default_factory=frozenset)

    @property
    def steps(self) -> tuple[Step, ...]:
        return STEPS[self.way]

    def shown_code(self) -> str:
        """What was typed, else the suggestion."""
        return clean(self.code) or suggested_code(clean(self.name))

    def unit(self) -> Unit:
        return Unit(
            kind=self.kind,
            name=clean(self.name),
            code=self.shown_code(),
            superior=clean(self.superior),
            province=clean(self.province),
            place=clean(self.place) or clean(self.province),
            head=Person(clean(self.head_name), clean(self.head_title)),
            focal_point=Person(clean(self.focal_name), clean(self.focal_title), clean(self.focal_contact)),
        )

    def take_unit(self, unit: Unit) -> None:
        """Begin from a unit that is known (last year's)."""
        self.kind, self.province, self.name, self.code = unit.kind, unit.province, unit.name, unit.code
        self.superior, self.place = unit.superior, unit.place
        self.head_name, self.head_title = unit.head.name, unit.head.title
        self.focal_name, self.focal_title = unit.focal_point.name, unit.focal_point.title
        self.focal_contact = unit.focal_point.contact


def clean(typed: str) -> str:
    """One line, NFC, without control characters or doubled spaces."""
    printable = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", typed))
    return " ".join(printable.split())


def problems(step: Step, draft: Draft) -> Problems:
    """Field → what is wrong, for one step. Empty: the user may go on."""
    return _CHECKS[step](draft)


def _start(draft: Draft) -> Problems:
    found = _year(draft)
    if not found and draft.way is Way.NEW_YEAR and draft.year in draft.taken_years:
        found["year"] = message("wizard.year_taken", year=str(draft.year))
    return found


def _year(draft: Draft) -> Problems:
    if FIRST_YEAR <= draft.year <= LAST_YEAR:
        return {}
    return {"year": message("wizard.year_range", first=str(FIRST_YEAR), last=str(LAST_YEAR))}


def _unit(draft: Draft) -> Problems:
    found: Problems = {}
    if not clean(draft.name):
        found["name"] = message("wizard.name_missing")
    if not clean(draft.province):
        found["province"] = message("wizard.province_missing")
    code = draft.shown_code()
    if len(code) > 24 or not all(c.isascii() and (c.isalnum() or c == "-") for c in code):
        found["code"] = message("wizard.code_bad")
    for key in ("name", "province", "superior", "place"):
        if len(clean(getattr(draft, key))) > LONGEST:
            found[key] = message("wizard.too_long", most=LONGEST)
    return found


def _people(draft: Draft) -> Problems:
    keys = ("head_name", "head_title", "focal_name", "focal_title", "focal_contact")
    return {
        key: message("wizard.too_long", most=LONGEST)
        for key in keys
        if len(clean(getattr(draft, key))) > LONGEST
    }


def _forms(draft: Draft) -> Problems:
    found = _year(draft)
    if draft.criteria is None:
        found["criteria"] = message("wizard.criteria_missing")
    if draft.plan_template is None:
        found["plan_template"] = message("wizard.plan_missing")
    return found


def _old(draft: Draft) -> Problems:
    return {} if draft.old_folders else {"old": message("wizard.old_missing")}


def _folder(draft: Draft) -> Problems:
    from cchc_desktop.services.profile import exists

    if draft.folder.exists() and not draft.folder.is_dir():
        return {"folder": message("wizard.folder_is_file", folder=str(draft.folder))}
    if exists(draft.folder):
        return {"folder": message("wizard.folder_taken", folder=str(draft.folder))}
    return {}


def _key(draft: Draft) -> Problems:
    if draft.protection is not Protection.PASSPHRASE:
        return {}
    if len(draft.passphrase) < SHORTEST_PASSPHRASE:
        return {"passphrase": message("wizard.passphrase_short", least=SHORTEST_PASSPHRASE)}
    if draft.passphrase != draft.passphrase_again:
        return {"passphrase_again": message("wizard.passphrase_differs")}
    return {}


_CHECKS: Mapping[Step, Callable[[Draft], Problems]] = {
    Step.START: _start,
    Step.UNIT: _unit,
    Step.PEOPLE: _people,
    Step.FORMS: _forms,
    Step.OLD: _old,
    Step.FOLDER: _folder,
    Step.KEY: _key,
}
