"""A fault of the program in a page: the others live, the edit is safe, a report without the unit's data."""

from __future__ import annotations

import getpass
import re
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.evidence import EvidenceRecord
from cchc_desktop.domain.plan import Task
from cchc_desktop.domain.progress import Progress
from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.message import Message
from cchc_desktop.services import backups, evidence, keys, plan, rounds, scoring, submissions
from cchc_desktop.services.profile import Profile, open_profile
from tests.gui.guards import all_faults
from tests.gui.hands import AnsweringDialogs, button, click, settle
from ui import pages
from ui.app import first_window
from ui.crash import MOST_WORDS, CrashReport
from ui.crashed_page import CrashedPage
from ui.main_window import MainWindow

PERSON, WORDS, FIGURE = "Nguyễn Thị Bích Hằng", "Chưa niêm yết thủ tục đất đai", "730519"
PAGES = [entry.id for entry in pages.PAGES]


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
    assert "test_crash, Careless" in written or slip == "foreign"
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
    here = Path(__file__).read_text("utf-8").splitlines()
    line = next(number for number, text in enumerate(here, 1) if "raise KeyError(explanation)" in text)
    assert f"  test_crash, Careless.key, dòng {line}" in [one.replace("tests.gui.", "") for one in lines]


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


def raise_through(hook: CrashReport, error: Exception) -> None:
    try:
        raise error
    except Exception as raised:
        hook.report(type(raised), raised, raised.__traceback__)


def test_a_log_gets_nothing_and_a_terminal_the_traceback(
    hook: CrashReport, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Standard error of a program started from a menu ends in the system's log."""
    raise_through(hook, ValueError(PERSON))
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    raise_through(hook, ValueError(PERSON))
    assert PERSON in capsys.readouterr().err


def slip_of(what: str) -> Callable[..., None]:
    def slip(*_arguments: object) -> None:
        raise ValueError(f"{what} {PERSON} {WORDS} {FIGURE}")

    return slip


@pytest.mark.parametrize("page_id", PAGES)
def test_one_page_at_fault_leaves_the_others(
    page_id: str, window: MainWindow, hook: CrashReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says so in its place, another opens, and it comes back when it works again."""
    other = PAGES[PAGES.index(page_id) - 1]
    made = type(window.page(page_id))
    window.go_to(other)
    with monkeypatch.context() as broken:
        broken.setattr(made, "refresh", slip_of("read"))
        window.reload()
        window.go_to(page_id)
        page = window.page(page_id)
        assert window.page_id() == page_id
        assert isinstance(page, CrashedPage)
        assert "các trang khác vẫn dùng được" in page.message.words()
        assert not [fault for fault in all_faults(page) if "foreign word" not in fault]
        window.go_to(other)
        assert window.page_id() == other
        assert not isinstance(window.page(other), CrashedPage)
        window.go_to(page_id)
    click(button(page, "Mở lại trang"))
    settle(lambda: window.at_rest)
    assert window.page_id() == page_id
    assert type(window.page(page_id)) is made


def test_a_page_that_can_not_even_be_built_offers_its_report(
    window: MainWindow,
    dialogs: AnsweringDialogs,
    hook: CrashReport,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """By a click on the rail, which builds it in turns."""
    seeded, target = seed(window.context.profile), tmp_path / "báo cáo.txt"
    made = type(window.page("evidence"))
    monkeypatch.setattr(made, "__init__", slip_of("built"))
    window.reload()
    window.open_page("evidence")
    settle(lambda: not window.opening)
    page = window.page("evidence")
    assert isinstance(page, CrashedPage)
    dialogs.answers = [target]
    click(button(page, "Lưu báo cáo sự cố…"))
    written = target.read_text("utf-8")
    assert "Lỗi: ValueError" in written
    assert not [one for one in seeded if one in written]


def test_the_page_that_was_open_last_may_be_at_fault_at_the_start(
    sample_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or the program would never open again."""
    first = first_window(sample_folder, None, AnsweringDialogs())
    assert first is not None
    first.go_to("plan")
    first.close()
    from ui.pages.plan import Page

    def slip(*_arguments: object) -> None:
        raise ValueError(PERSON)

    monkeypatch.setattr(Page, "refresh", slip)
    second = first_window(sample_folder, None, AnsweringDialogs())
    assert second is not None
    second.show()
    settle(lambda: second.at_rest)
    assert isinstance(second.page("plan"), CrashedPage)
    second.go_to("scoring")
    assert second.page_id() == "scoring"
    second.close()


@pytest.mark.parametrize("what", ["refresh", "commit", "place", "go_to"])
def test_an_edit_before_the_fault_is_on_the_disk(
    what: str,
    window: MainWindow,
    dialogs: AnsweringDialogs,
    hook: CrashReport,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The page in sight fails at what the window asks of it after the edit; closing works all the same."""
    profile, folder = window.context.profile, window.folder
    round_id = window.context.round_id
    window.go_to("plan")
    settle(lambda: window.at_rest)
    page, calls = window.page("plan"), list[str]()

    def slip(*_arguments: object) -> str:
        calls.append(what)
        raise ValueError(WORDS)

    monkeypatch.setattr(page, what, slip)
    area = plan.plan(profile, round_id).tasks[0].area

    def edit() -> tuple[Changes, Task]:
        return plan.add_task(profile, round_id, area, title=WORDS)

    window.edits.save(edit)
    settle(lambda: window.edits.at_rest)
    assert window.strip.state().startswith("Đã lưu lúc")
    window.go_to("scoring")
    assert window.page_id() == "scoring"
    window.go_to("plan", "issue")
    window.close()
    assert window.closed
    assert calls
    settle(lambda: what == "place" or bool(dialogs.asked))
    with open_profile(folder) as again:
        assert WORDS in [task.title for task in plan.plan(again, round_id).tasks]


def test_a_fault_in_a_save_is_told_and_the_next_edit_is_saved(
    window: MainWindow, dialogs: AnsweringDialogs, hook: CrashReport
) -> None:
    profile, round_id = window.context.profile, window.context.round_id
    row = scoring.sheet(profile, round_id).criteria.rows[0].key

    def slip() -> Changes:
        raise ValueError(WORDS)

    window.edits.save(slip)
    window.edits.save(lambda: scoring.set_explanation(profile, round_id, row, "sau đó"))
    settle(lambda: window.edits.at_rest and bool(dialogs.asked))
    assert [kind for kind, _words in dialogs.asked] == ["offer"]
    assert scoring.sheet(profile, round_id).answer(row).explanation == "sau đó"


def test_a_fault_in_work_beside_the_window_is_told(
    window: MainWindow, dialogs: AnsweringDialogs, hook: CrashReport
) -> None:
    def slip(_progress: object) -> None:
        raise ValueError(WORDS)

    window.work.start(slip)
    settle(lambda: not window.work.running and bool(dialogs.asked))
    assert [kind for kind, _words in dialogs.asked] == ["offer"]
    assert WORDS not in dialogs.detail


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


WORKS = ("add evidence", "back up", "export")


@pytest.mark.parametrize("what", WORKS)
def test_work_under_way_goes_on_when_a_page_fails(
    what: str,
    window: MainWindow,
    dialogs: AnsweringDialogs,
    hook: CrashReport,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """The page fails in the middle of it, by its own progress; it ends as if nothing had been."""
    profile, round_id = window.context.profile, window.context.round_id
    made, begun, failed = type(window.page("plan")), threading.Event(), threading.Event()
    post = tmp_path / "ổ rời"
    post.mkdir()
    source = tmp_path / "minh-chung.pdf"
    source.write_bytes(b"%PDF-1.7\n" + b"x" * 3_000_000)
    if what == "export":
        keys.create_key(profile, window.context.round.unit, "một câu chỉ tôi biết")

    def work(progress: Progress) -> object:
        report = progress.report

        def at(step: Message, done: int, total: int) -> None:
            report(step, done, total)
            begun.set()
            assert failed.wait(20)

        progress.report = at
        match what:
            case "add evidence":
                return evidence.add(profile, round_id, source, EvidenceRecord(), (), progress)[1].name
            case "back up":
                return backups.back_up(profile, progress=progress).backup.content.number
            case _:
                return submissions.export(profile, round_id, "plan", post, progress).file_name

    results: list[object] = []
    window.work.start(work, results.append)
    assert begun.wait(20)
    monkeypatch.setattr(made, "refresh", slip_of(what))
    window.reload()
    window.go_to("plan")
    assert isinstance(window.page("plan"), CrashedPage)
    failed.set()
    settle(lambda: not window.work.running, seconds=60)
    assert len(results) == 1
    if what == "add evidence":
        assert "minh-chung.pdf" in [one.name for one in evidence.all_evidence(profile, round_id)]
    elif what == "back up":
        assert [one.content.number for one in backups.backups(profile)] == results
    else:
        assert [path.name for path in post.iterdir()] == results
