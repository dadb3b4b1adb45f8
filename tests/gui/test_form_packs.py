"""Form packs in the window: taking in, the comparison, moving and undoing; what leads to the next class."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from cchc_desktop import paths
from cchc_desktop.domain.next_class import next_class
from cchc_desktop.domain.pack import PackKind
from cchc_desktop.formpack import criteria_codec
from cchc_desktop.services import form_packs, rounds, scoring
from cchc_desktop.services.profile import Profile
from tests.gui.guards import all_faults
from tests.gui.hands import AnsweringDialogs, click, settle
from tests.services.office import Office, office
from ui.main_window import MainWindow
from ui.pages.scoring.move_dialog import MoveRound
from ui.pages.scoring.next_class_dialog import ShowNextClass
from ui.pages.scoring.page import Page
from ui.pages.settings.page import Page as Settings
from ui.widgets.button import LinkLabel

FORMS = Path(__file__).resolve().parents[2] / "forms" / "criteria"
# PAR INDEX, PAPI and PCI are names of indices, as the templates for raising them bear.
SAMPLE_NAMES = frozenset(["Ea", "Kao", "Ket", "qua", "root", "INDEX", "PAPI", "PCI"])


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return office(tmp_path_factory.mktemp("văn phòng") / "khóa")


@pytest.fixture(scope="module")
def version_2(issuer: Office) -> Path:
    """The commune's set, re-issued: the first row is worth as much by another wording, one class moves."""
    raw = json.loads((FORMS / "xa-mau-2026.json").read_text("utf-8"))
    raw["version"], raw["tests"] = 2, []
    rows = [node for node in raw["nodes"] if node["type"] == "row"]
    rows[0]["label"] = "Ban hành kế hoạch đúng hạn (sửa)"
    dropped = copy.deepcopy(rows[1])
    dropped["key"], dropped["label"] = "dong_moi", "Tiêu chí mới thay tiêu chí cũ"
    raw["nodes"][raw["nodes"].index(rows[1])] = dropped
    criteria = criteria_codec.decode(json.dumps(raw).encode())
    return form_packs.sign(criteria, issuer.folder, issuer.folder / "bản 2.asice")[0]


class Opened:
    """Dialogs that open are kept, drawn and answered by `act`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, kind: type, act: object) -> None:
        self.titles: list[str] = []

        def answer(dialog: object) -> int:
            self.titles.append(dialog.windowTitle())  # type: ignore[attr-defined]
            dialog.show()  # type: ignore[attr-defined]
            QApplication.processEvents()
            act(dialog)  # type: ignore[operator]
            return 0

        monkeypatch.setattr(kind, "exec", answer)


def settings(window: MainWindow) -> Settings:
    window.go_to("settings")
    page = window.page("settings")
    assert isinstance(page, Settings)
    settle(lambda: not window.work.running)
    return page


def done(window: MainWindow) -> None:
    settle(lambda: not window.work.running)
    settle(lambda: window.edits.at_rest)
    settle(lambda: not window.work.running)


@pytest.fixture
def ready(
    window: MainWindow, issuer: Office, version_2: Path, dialogs: AnsweringDialogs
) -> Iterator[MainWindow]:
    """Version 2 is refused, the office confirmed by its spoken code, version 2 taken in."""
    page = settings(window)
    page.forms.take_file(version_2)
    done(window)
    assert issuer.certificate.spoken_code in page.forms.message.words()
    dialogs.answers = ["a" * 24]
    page.offices.add_file(issuer.file)
    done(window)
    assert "không phải mã" in page.offices.message.words()
    dialogs.answers = [issuer.certificate.spoken_code]
    page.offices.add_file(issuer.file)
    done(window)
    assert "Đã ghi nhận" in page.offices.message.words()
    page.forms.take_file(version_2)
    done(window)
    assert "xem thay đổi trước khi chuyển" in page.forms.message.words()
    yield window


def test_settings_list_check_and_keep_what_is_in_use(ready: MainWindow, dialogs: AnsweringDialogs) -> None:
    page = settings(ready)
    click(page.forms.more)  # the program's own packs that no year uses are folded away
    done(ready)
    names = {link.accessibleName(): link for link in page.forms.findChildren(LinkLabel)}
    checks = [name for name in names if name.startswith("Kiểm tra")]
    removes = [name for name in names if name.startswith("Gỡ")]
    own = sum(len(list((paths.forms_folder() / kind.value).glob("*.json"))) for kind in PackKind)
    assert len(checks) == own + 1  # those of the program, and the new one
    assert len(removes) == 1 and removes[0].endswith("bản 2")
    click(names[checks[0]])
    done(ready)
    assert "nguyên vẹn" in page.forms.message.words()
    dialogs.answers = [True]
    click(names[removes[0]])
    done(ready)
    assert "Đã gỡ" in page.forms.message.words()
    assert all_faults(ready, SAMPLE_NAMES) == []


def test_a_round_moves_after_the_comparison_and_undo_brings_it_back(
    ready: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile, round_id = ready.context.profile, ready.context.round_id
    before = scoring.sheet(profile, round_id)
    opened = Opened(monkeypatch, MoveRound, lambda dialog: click(dialog.act))
    ready.go_to("scoring", "version")
    page = ready.page("scoring")
    assert isinstance(page, Page)
    done(ready)
    assert opened.titles == ["Chuyển sang bản 2 của bộ tiêu chí"]
    settle(lambda: scoring.sheet(profile, round_id).criteria.version == 2)
    done(ready)
    assert page.sheet.criteria.version == 2
    assert "Đã chuyển sang bản 2" in page.note.words()
    assert page.version_note.words() == ""
    assert "Tiêu chí mới" in page.sheet.criteria.by_key["dong_moi"].label
    assert ready.context.round.criteria_version == 2
    page.actions_.undo()
    done(ready)
    assert scoring.sheet(profile, round_id).score == before.score
    assert page.sheet.criteria.version == 1
    assert "Chuyển sang bản 2" in page.note.words()
    settle(lambda: page.version_note.words() != "")
    assert page.version_note.words() == "Bộ tiêu chí có bản 2. Xem thay đổi trước khi chuyển."
    assert rounds.round_of(profile, round_id).criteria_version == 1
    assert all_faults(ready, SAMPLE_NAMES) == []


def test_later_changes_nothing(ready: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    profile, round_id = ready.context.profile, ready.context.round_id
    opened = Opened(monkeypatch, MoveRound, lambda dialog: dialog.reject())
    ready.go_to("scoring", "version")
    done(ready)
    assert len(opened.titles) == 1
    assert scoring.sheet(profile, round_id).criteria.version == 1


def test_the_next_class_is_a_list_of_ways_there(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, sample_profile: Profile
) -> None:
    sheet = scoring.sheet(sample_profile, window.context.round_id)
    found = next_class(sheet.criteria, sheet.score)
    assert found is not None
    wanted = found.gains[1].code
    opened = Opened(monkeypatch, ShowNextClass, lambda dialog: click(dialog.links[1]))
    window.go_to("overview")
    done(window)
    link = window.page("overview").score.next  # type: ignore[attr-defined]
    assert link.text().startswith("Còn thiếu ") and link.text().endswith(found.label)
    click(link)
    settle()
    assert len(opened.titles) == 1
    assert window.page_id() == "scoring"
    page = window.page("scoring")
    assert isinstance(page, Page) and page.place() == wanted
    page.actions_.show_next_class()
    assert len(opened.titles) == 2
