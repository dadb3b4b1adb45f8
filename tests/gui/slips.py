"""Faults of the program that hold what a report may not tell, and the unit's data that they could tell."""

from __future__ import annotations

import getpass
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cchc_desktop.domain.evidence import EvidenceRecord
from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.services import evidence, plan, rounds, scoring
from cchc_desktop.services.profile import Profile
from tests.gui.hands import AnsweringDialogs
from ui.crash import CrashReport
from ui.main_window import MainWindow

PERSON, WORDS, FIGURE = "Nguyễn Thị Bích Hằng", "Chưa niêm yết thủ tục đất đai", "730519"


@pytest.fixture
def hook(window: MainWindow, dialogs: AnsweringDialogs) -> Iterator[CrashReport]:
    """As `ui.app.run` installs it, in place of the test tool's own."""
    before = sys.excepthook
    report = CrashReport(dialogs)
    sys.excepthook = report.report
    yield report
    sys.excepthook = before


def seed(profile: Profile) -> list[str]:
    """Names, texts, figures and paths into the profile; whatever may not be in a report."""
    round_id = rounds.rounds(profile)[0].id
    row = scoring.sheet(profile, round_id).criteria.rows[0]
    scoring.set_explanation(profile, round_id, row.key, f"{WORDS}, {PERSON} báo {FIGURE}")
    area = plan.plan(profile, round_id).tasks[0].area
    plan.add_task(profile, round_id, area, title=WORDS, lead=PERSON)
    source = profile.folder.parent / f"{PERSON} {FIGURE}.pdf"
    source.write_bytes(b"%PDF-1.7\n" + FIGURE.encode())
    evidence.add(profile, round_id, source, EvidenceRecord("12/BC", None, PERSON, WORDS))
    unit = rounds.rounds(profile)[0].unit
    person = unit.head
    return [
        *(PERSON, WORDS, FIGURE, *PERSON.split(), str(profile.folder), str(profile.folder.parent)),
        *(str(Path.home()), getpass.getuser(), socket.gethostname(), unit.name, unit.code),
        *((person.name,) if person else ()),
    ]


class Careless:
    """Faults whose words, causes and local variables hold what may not be told."""

    def __init__(self, profile: Profile) -> None:
        self.folder = profile.folder

    def key(self) -> None:
        explanation = f"{WORDS}, {PERSON}"
        raise KeyError(explanation)

    def value(self) -> None:
        figures = {"numerator": FIGURE, "who": PERSON}
        raise ValueError(f"{figures} in {self.folder}")

    def file(self) -> None:
        (self.folder / f"{PERSON}.pdf").read_bytes()

    def ours(self) -> None:
        raise BugError(f"no row {WORDS}")

    def caused(self) -> None:
        try:
            self.key()
        except KeyError as error:
            raise KnownError("store.locked", folder=str(self.folder), who=PERSON) from error

    def nested(self) -> None:
        try:
            self.caused()
        except KnownError:
            int(f"{FIGURE} {PERSON}")

    def deep(self) -> None:
        self.deep()

    def foreign(self) -> None:
        name = type(PERSON, (Exception,), {"__module__": str(self.folder)})
        exec(compile(f"raise kind({PERSON!r})", str(self.folder / "x.py"), "exec"), {"kind": name})


SLIPS = ("key", "value", "file", "ours", "nested", "deep", "foreign")


def raise_through(hook: CrashReport, error: Exception) -> None:
    try:
        raise error
    except Exception as raised:
        hook.report(type(raised), raised, raised.__traceback__)


def slip_of(what: str) -> Callable[..., None]:
    def slip(*_arguments: object) -> None:
        raise ValueError(f"{what} {PERSON} {WORDS} {FIGURE}")

    return slip
