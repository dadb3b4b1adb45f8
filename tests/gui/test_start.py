"""Starting: light at first, advice for every profile that can't be opened, nothing lost on a crash."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render
from cchc_desktop.message import Message
from cchc_desktop.paths import forms_folder
from cchc_desktop.services import packs
from cchc_desktop.services.profile import Profile, create_profile, open_profile
from tests.gui.hands import AnsweringDialogs, settle
from ui.app import first_window
from ui.crash import CrashReport
from ui.opening import open_or_advise
from ui.pages.overview.page import Page as OverviewPage

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    *("reportlab", "openpyxl", "docx", "pyhanko", "keyring", "cryptography", "asn1crypto", "sqlite_utils"),
    *("PIL", "lxml"),
)
FIRST_PAINT = """
import sys
from pathlib import Path
from ui.app import application, first_window
from ui.dialogs import Dialogs
app = application()
window = first_window(Path(sys.argv[1]), None, Dialogs())
window.show()
app.processEvents()
window.grab()
assert window.page_id() == "overview"
while not window.at_rest:  # what the overview reads beside the window belongs to the start too
    app.processEvents()
window.grab()
print(",".join(name for name in sys.argv[2].split(",") if name in sys.modules))
window.close()
"""


def test_nothing_heavy_before_the_first_paint(sample_folder: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    call = [sys.executable, "-c", FIRST_PAINT, str(sample_folder), ",".join(HEAVY)]
    answer = subprocess.run(call, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip() == ""


NOT_YET = (
    *("cchc_desktop.documents", "cchc_desktop.package", "cchc_desktop.delivery", "cchc_desktop.trust"),
    *("cchc_desktop.intake", "cchc_desktop.domain.document_template", "cchc_desktop.domain.readiness"),
    *("cchc_desktop.domain.delivery", "cchc_desktop.domain.package_head", "cchc_desktop.domain.formula"),
    *("cchc_desktop.domain.expression", "cchc_desktop.domain.plan_template_checks"),
    *("cchc_desktop.store.writer", "cchc_desktop.store.change", "cchc_desktop.store.journal"),
    *("ui.pages.plan", "ui.pages.scoring", "ui.pages.evidence", "ui.pages.submit", "ui.pages.settings"),
    *("ui.outbox_at_start", "ui.packages", "ui.widgets.drop_zone", "ui.health", "ui.tidying", "ui.preview"),
    *("ui.clock_notice", "ui.reminders", "ui.widgets.message_bar", "ui.widgets.option_card"),
    *("ui.wizard", "ui.signing", "ui.rescue", "ui.dialog_box", "ui.widgets.edit_table", "ui.widgets.fields"),
    *("argparse", "asyncio", "calendar", "dataclasses", "difflib", "inspect", "logging", "subprocess"),
)
"""What the first page does not show, and what of Python's own is heavy for what it gives."""
AT_FIRST_PAINT = """
import gc, json, sys
from pathlib import Path
from ui.app import application, first_window
from ui.dialogs import Dialogs
app = application()
window = first_window(Path(sys.argv[1]), None, Dialogs())
window.resize(1366, 768)
window.grab()
here = [module for name, module in sys.modules.items() if name.startswith(("cchc_desktop", "ui"))]
classes = {one for module in here for one in vars(module).values() if isinstance(one, type)}
slow = {one.__qualname__ for one in classes if "__dataclass_params__" in vars(one)}
def below(kind):
    return {name for one in type.__subclasses__(kind) for name in (one.__name__, *below(one))}
from PySide6.QtCore import QEvent
events = sorted(below(QEvent) & {"QDropEvent", "QGraphicsSceneEvent", "QTabletEvent", "QTouchEvent"})
print(json.dumps([window.page_id(), sorted(sys.modules), sorted(slow), gc.isenabled(), events]))
window.close()
"""


def test_only_what_the_first_page_shows_is_there_when_it_is_painted(sample_folder: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    call = [sys.executable, "-c", AT_FIRST_PAINT, str(sample_folder)]
    answer = subprocess.run(call, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 0, answer.stderr
    page, modules, slow, searches, events = json.loads(answer.stdout)
    assert page == "overview" and "ui.pages.overview.page" in modules
    assert [name for name in modules if name.startswith(NOT_YET)] == []
    assert slow == [], "their methods were compiled: take cchc_desktop.quick_dataclass"
    assert events == [], "a method in Python was asked about any kind of event, and PySide made all of them"
    assert not searches, "the search for unreachable objects waits until the window is there"


class Watching(AnsweringDialogs):
    """Also keeps the words of a choice."""

    words = ""

    def choose(self, heading, words: Message | str, options, mark=None):  # type: ignore[no-untyped-def,override]
        self.words = render(words)
        return super().choose(heading, words, options, mark)


def test_a_second_program_is_told_who_holds_the_profile(sample_profile: Profile) -> None:
    dialogs = Watching()
    dialogs.answers = [0, 2]  # again, then give up
    assert open_or_advise(sample_profile.folder, dialogs) == (None, None)
    assert [kind for kind, _ in dialogs.asked] == ["choose", "choose"]
    assert str(sample_profile.folder) in dialogs.words
    assert "Đóng chương trình" in dialogs.words


def test_a_locked_profile_opens_once_it_is_free(sample_profile: Profile) -> None:
    class Freeing(Watching):
        def choose(self, heading, words, options, mark=None):  # type: ignore[no-untyped-def,override]
            sample_profile.close()
            return 0

    opened, folder = open_or_advise(sample_profile.folder, Freeing())
    assert opened is not None and folder == sample_profile.folder
    opened.close()


def test_a_damaged_profile_stays_as_it_is_and_another_folder_may_be_taken(
    sample_folder: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "hỏng"
    broken.mkdir()
    (broken / "cchc.sqlite3").write_bytes(b"not a database" * 1000)
    dialogs = Watching()
    dialogs.answers = [3, sample_folder]
    opened, folder = open_or_advise(broken, dialogs)
    assert opened is not None and folder == sample_folder
    opened.close()
    assert (broken / "cchc.sqlite3").read_bytes() == b"not a database" * 1000


def test_no_profile_asks_nothing_when_the_wizard_is_left(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.wizard.frame import WizardFrame

    monkeypatch.setattr(WizardFrame, "exec", lambda self: 0)
    assert first_window(data_folder, None, AnsweringDialogs()) is None
    assert not data_folder.exists()


def test_window_comes_back_where_it_was_left(sample_folder: Path, qapp: QApplication) -> None:
    first = first_window(sample_folder, None, AnsweringDialogs())
    assert first is not None
    first.show()
    first.resize(780, 600)
    first.go_to("settings")
    first.close()
    second = first_window(sample_folder, None, AnsweringDialogs())
    assert second is not None
    assert (second.page_id(), second.width(), second.height()) == ("settings", 780, 600)
    second.close()
    open_profile(sample_folder).close()  # the lock is free again


def test_a_lost_form_pack_leaves_the_data_open_until_it_is_back(data_folder: Path) -> None:
    """The unit's own pack goes missing from the data folder: advice, and Thiết lập to take it in again."""
    _, template = packs.for_unit_kind(UnitKind.COMMUNE, 2026)
    own = json.loads((forms_folder() / "criteria" / "xa-mau-2026.json").read_bytes())
    lost = data_folder / "forms" / "criteria" / "xa-rieng.json"
    lost.parent.mkdir(parents=True)
    content = json.dumps({**own, "id": "xa-rieng"}, ensure_ascii=False)
    lost.write_text(content, encoding="utf-8")
    unit = Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO", province="Đắk Lắk")
    create_profile(data_folder, unit, 2026, PackRef("xa-rieng", 1), template).close()
    lost.unlink()

    dialogs = AnsweringDialogs()
    window = first_window(data_folder, None, dialogs)
    assert window is not None
    window.show()
    settle(lambda: not window.work.running and bool(dialogs.asked))
    assert window.page_id() == "settings"
    assert ["pack_version_unknown" in words for _kind, words in dialogs.asked] == [True]

    lost.write_text(content, encoding="utf-8")
    window.go_to("overview")
    settle(lambda: not window.work.running)
    assert window.page_id() == "overview"
    overview = window.page("overview")
    assert isinstance(overview, OverviewPage)
    assert len(overview.score.sections()) == 8, "what could not be read before is read now"
    window.close()


def test_a_known_fault_that_nobody_met_is_said_as_advice(qapp: QApplication) -> None:
    class Reading(AnsweringDialogs):
        told: list[tuple[str, str]]

        def message(self, heading, words, mark=None, detail=""):  # type: ignore[no-untyped-def,override]
            self.told = [*getattr(self, "told", []), (render(words), detail)]

    dialogs = Reading()
    known = KnownError("store.disk_full", folder="D")
    CrashReport(dialogs).report(KnownError, known, None)
    settle(lambda: hasattr(dialogs, "told"))
    assert dialogs.told == [(render(known.message), "")]
