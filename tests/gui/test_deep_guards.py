"""The guards over what lies behind a page's first sight: every step, and the word on a package."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.services import keys, submissions
from tests.gui.guards import all_faults
from tests.gui.hands import settle
from tests.gui.test_guards import SAMPLE_NAMES, SCREENS
from ui.main_window import MainWindow
from ui.pages.plan.page import Page as PlanPage
from ui.pages.submit.page import Page as SubmitPage

PASSPHRASE = "ruộng lúa Ea Kao 2026"


NAMES = SAMPLE_NAMES | {"Bhem", "Bya", "Wang", "Yui", "QR"}
CHECK_CODE = re.compile(r".*foreign word: [a-f]{1,4}")


def look(window: MainWindow, what: str) -> list[str]:
    settle()
    faults = [f"{what}: {fault}" for fault in all_faults(window, NAMES)]
    return [fault for fault in faults if not CHECK_CODE.fullmatch(fault)]


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_every_step_of_the_plan(window: MainWindow, screen: tuple[int, int]) -> None:
    window.resize(*screen)
    window.go_to("plan")
    page = window.page("plan")
    assert isinstance(page, PlanPage)
    faults = []
    for key in page.steps.keys():  # noqa: SIM118 - not a dict
        page.open_step(key)
        settle(lambda: page.at_rest)
        faults += look(window, key)
    page.run_checks()
    settle(lambda: page.at_rest)
    faults += look(window, "checks")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
def test_every_step_of_handing_in(window: MainWindow, tmp_path: Path, screen: tuple[int, int]) -> None:
    target = tmp_path / "USB"
    target.mkdir()
    window.resize(*screen)
    window.go_to("submit")
    page = window.page("submit")
    assert isinstance(page, SubmitPage)
    settle(lambda: page.found is not None)
    faults = []
    for name in ("check", "sign", "place"):
        page.show_step(name)
        faults += look(window, name)
    keys.create_key(window.context.profile, window.context.round.unit, PASSPHRASE)
    page.refresh(None)
    settle(lambda: page.found is not None and page.found.key.certificate is not None)
    page.show_step("sign")
    faults += look(window, "sign with a key")
    page.show_step("place")
    for channel in page.place_step.cards:
        page.place_step.choose_channel(channel)
        settle(lambda: not window.work.running)
        faults += look(window, f"place {channel}")
    submissions.set_email_limit(window.context.profile, 1_000_000)
    page.refresh(None)
    page.place_step.choose_channel("email")
    settle(lambda: "4 thư" in page.place_step.email.words.text())
    faults += look(window, "mail in parts")
    page.sending.send(PackageKind.PLAN)
    settle(lambda: page.step_name() == "done", 60.0)
    faults += look(window, "drafts written")
    page.show_step("place")
    page.place_step.choose_channel("folder")
    page.place_step.folder.choose(target)
    page.sending.send(PackageKind.SELFSCORE)
    settle(lambda: page.step_name() == "progress")
    faults += look(window, "progress")
    settle(lambda: page.step_name() == "done", 60.0)
    settle(lambda: bool(page.history.made()))
    faults += look(window, "done")
    page.menu.do("another", page.history.lines()[0])
    faults += look(window, "once more")
    made = submissions.submissions_of(window.context.profile, window.context.round_id)
    page.show_check_of(target / made[0].file_name)
    settle(lambda: page.package.isVisible(), 60.0)
    faults += look(window, "package")
    assert not faults, "\n".join(faults)
