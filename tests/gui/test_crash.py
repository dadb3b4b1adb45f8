"""A fault of the program in a page: the others live, the edit is safe, work under way goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cchc_desktop.domain.changes import Changes
from cchc_desktop.domain.evidence import EvidenceRecord
from cchc_desktop.domain.plan import Task
from cchc_desktop.domain.progress import Progress
from cchc_desktop.message import Message
from cchc_desktop.services import backups, evidence, keys, plan, scoring, submissions
from cchc_desktop.services.profile import open_profile
from tests.gui.guards import all_faults
from tests.gui.hands import AnsweringDialogs, button, click, settle
from tests.gui.slips import FIGURE, PERSON, WORDS, hook, seed, slip_of
from ui import pages
from ui.app import first_window
from ui.crash import CrashReport
from ui.crashed_page import CrashedPage
from ui.main_window import MainWindow

__all__ = ["hook"]
PAGES = [entry.id for entry in pages.PAGES]


@pytest.mark.parametrize("page_id", PAGES)
def test_one_page_at_fault_leaves_the_others(
    page_id: str, window: MainWindow, hook: CrashReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says so in its place, another opens, and it comes back when it works again."""
    other = PAGES[PAGES.index(page_id) - 1]
    made = type(window.page(page_id))
    window.go_to(other)
    with monkeypatch.context() as broken:
        broken.setattr(made, "read", slip_of("read"))
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


def in_turns(what: str) -> Callable[..., Iterator[None]]:
    """The same in the second turn of building."""

    def slip(*_arguments: object) -> Iterator[None]:
        yield
        raise ValueError(f"{what} {PERSON} {WORDS} {FIGURE}")

    return slip


@pytest.mark.parametrize("where", ["__init__", "build"])
def test_a_page_that_can_not_even_be_built_offers_its_report(
    where: str,
    window: MainWindow,
    dialogs: AnsweringDialogs,
    hook: CrashReport,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """By a click on the rail, which builds it in turns."""
    seeded, target = seed(window.context.profile), tmp_path / "báo cáo.txt"
    made = type(window.page("evidence"))
    monkeypatch.setattr(made, where, slip_of("built") if where == "__init__" else in_turns("built"))
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
    from ui.pages.plan.page import Page

    def slip(*_arguments: object) -> None:
        raise ValueError(PERSON)

    monkeypatch.setattr(Page, "read", slip)
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
    monkeypatch.setattr(made, "read", slip_of(what))
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
