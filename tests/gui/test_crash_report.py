"""The report that is offered after a fault of the program: without the unit's data, and never in a storm."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from cchc_desktop.language import text
from tests.gui import slips
from tests.gui.guards import all_faults
from tests.gui.hands import AnsweringDialogs, button, settle
from tests.gui.slips import PERSON, SLIPS, WORDS, Careless, hook, raise_through, seed
from ui import theme
from ui.crash import MOST_WORDS, CrashReport, written
from ui.dialogs import Dialogs
from ui.main_window import MainWindow
from ui.marks import Mark

__all__ = ["hook"]


@pytest.mark.parametrize("slip", SLIPS)
def test_a_saved_report_holds_nothing_of_the_unit(
    slip: str, window: MainWindow, dialogs: AnsweringDialogs, hook: CrashReport, tmp_path: Path
) -> None:
    """The file is grepped for everything that was seeded; the code's own places are in it."""
    seeded = seed(window.context.profile)
    target = tmp_path / "nơi khác" / "báo cáo.txt"
    target.parent.mkdir()
    dialogs.answers = [True, target]
    try:
        getattr(Careless(window.context.profile), slip)()
    except Exception as error:
        hook.report(type(error), error, error.__traceback__)
    settle(lambda: target.exists())
    written = target.read_text("utf-8")
    found = [one for one in seeded if one.casefold() in written.casefold()]
    assert found == []
    assert not re.search(r"[/\\]home|[A-Z]:\\|\.py\b|/tmp", written)
    assert "tests.gui.slips, Careless" in written or slip == "foreign"
    assert "Đã lưu báo cáo sự cố" in dialogs.asked[-1][1]
    assert [kind for kind, _words in dialogs.asked] == ["offer", "save_file", "message"]


def test_the_report_names_kind_code_and_place_of_every_cause(
    window: MainWindow, dialogs: AnsweringDialogs, hook: CrashReport
) -> None:
    """KeyError led to a known error, which led to ValueError: in this order, each with its line here."""
    try:
        Careless(window.context.profile).nested()
    except ValueError as error:
        hook.report(type(error), error, error.__traceback__)
    settle(lambda: bool(dialogs.asked))
    lines = dialogs.detail.splitlines()
    kinds = [line for line in lines if line.startswith("Lỗi: ")]
    assert kinds == [
        "Lỗi: KeyError",
        "Lỗi: cchc_desktop.errors.KnownError (store.locked)",
        "Lỗi: ValueError",
    ]
    here = Path(slips.__file__).read_text("utf-8").splitlines()
    line = next(number for number, text in enumerate(here, 1) if "raise KeyError(explanation)" in text)
    assert f"  tests.gui.slips, Careless.key, dòng {line}" in lines


@pytest.mark.parametrize("shade", [theme.Appearance.LIGHT, theme.Appearance.DARK])
def test_the_offer_is_whole_on_the_screen(shade: theme.Appearance, qapp: QApplication) -> None:
    """Its words, its buttons, and with Chi tiết the very report that would be saved."""
    theme.set_appearance(shade)
    dialogs, seen = Dialogs(), list[str]()

    def look() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QDialog)
        seen.extend(all_faults(box, frozenset({"KeyError", "Qt", "Linux", "Python"})))
        button(box, "Chi tiết").click()
        settle()
        (report,) = [field for field in box.findChildren(QPlainTextEdit) if field.isVisible()]
        assert "Lỗi: KeyError" in report.toPlainText()
        seen.extend(fault for fault in all_faults(box) if "foreign word" not in fault)
        button(box, "Lưu báo cáo sự cố…").click()

    QTimer.singleShot(50, look)
    report = written(KeyError(PERSON))
    assert dialogs.offer(text("window.bug"), text("crash.words"), Mark.ERROR, report, text("crash.save"))
    assert seen == []


def test_nobody_has_to_save_it(dialogs: AnsweringDialogs, hook: CrashReport) -> None:
    raise_through(hook, ZeroDivisionError("x"))
    settle(lambda: bool(dialogs.asked))
    assert [kind for kind, _words in dialogs.asked] == ["offer"]


def test_a_folder_that_can_not_be_written_is_told_and_asked_again(
    dialogs: AnsweringDialogs, hook: CrashReport, tmp_path: Path
) -> None:
    good = tmp_path / "báo cáo.txt"
    dialogs.answers = [True, tmp_path / "không có" / "x.txt", None, good]
    raise_through(hook, ZeroDivisionError("x"))
    settle(lambda: good.exists())
    assert [kind for kind, _words in dialogs.asked] == [
        "offer",
        "save_file",
        "message",
        "save_file",
        "message",
    ]
    assert "crash.not_saved" in dialogs.asked[2][1]


def test_a_log_gets_nothing_and_a_terminal_the_traceback(
    hook: CrashReport, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Standard error of a program started from a menu ends in the system's log."""
    raise_through(hook, ValueError(PERSON))
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    raise_through(hook, ValueError(PERSON))
    assert PERSON in capsys.readouterr().err


class Painted(QWidget):
    """Fails with each paint."""

    times = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.times += 1
        raise ValueError(WORDS)


def test_a_fault_in_painting_is_told_a_few_times_and_not_with_each_paint(
    dialogs: AnsweringDialogs, hook: CrashReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr("ui.crash.time.monotonic", lambda: now[0])
    painted = Painted()
    painted.show()

    def paint(times: int, apart: float) -> None:
        for _ in range(times):
            now[0] += apart
            before = painted.times
            painted.update()  # a repaint would hand the fault to us instead
            settle(lambda before=before: painted.times > before)

    paint(20, 0.1)
    assert len(dialogs.asked) == 1, "one word for a storm"
    paint(10, 60)
    assert len(dialogs.asked) == MOST_WORDS
    painted.close()


def test_a_command_at_fault_ends_in_words_without_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, sample_folder: Path
) -> None:
    from cchc_desktop.cli import check, entry

    def slip(*_arguments: object) -> int:
        raise ValueError(f"{PERSON} {sample_folder}")

    monkeypatch.setattr(check, "run", slip)
    nothing: Callable[..., int] = lambda *_: 0  # noqa: E731
    assert entry.start(["--data", str(sample_folder), "check"], nothing, lambda *_: [], nothing) == 2
    said = capsys.readouterr().err
    assert "Lệnh dừng lại do trục trặc trong chương trình" in said
    assert "Lỗi: ValueError" in said
    assert "Traceback" not in said and PERSON not in said and str(sample_folder) not in said
