"""The help: every page renders, every link leads somewhere, every command exists, F1 finds the place."""

from __future__ import annotations

import pkgutil
import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from cchc_desktop.cli import COMMANDS
from cchc_desktop.cli.entry import take_option
from cchc_desktop.paths import resources_folder
from tests.gui.guards import clipped_texts, cut_by_parents, nameless
from tests.gui.hands import click, press, settle
from tests.test_readme import _parser
from ui import pages
from ui.help_pages import PAGES, HelpPage, explaining
from ui.help_window import HelpWindow, show_help
from ui.main_window import MainWindow

BLOCK = re.compile(r"^```[a-z]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")


def commands_of(page: HelpPage, program: str) -> list[str]:
    """Calls of a program, in blocks and in sentences."""
    words = page.markdown()
    blocks = [line for block in BLOCK.findall(words) for line in block.splitlines()]
    inline = [call for call in INLINE.findall(BLOCK.sub("", words)) if " " in call]
    return [line for line in (*blocks, *inline) if line.split()[:1] == [program]]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_page_renders_with_a_title_and_without_loose_marks(qapp: QApplication, page: HelpPage) -> None:
    document = QTextDocument()
    document.setMarkdown(page.markdown())
    assert document.begin().blockFormat().headingLevel() == 1
    shown = document.toPlainText()
    assert len(shown) > 1000
    for loose in ("](", "```", "**", "| ---", "|---"):
        assert loose not in shown, loose


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_every_link_leads_to_a_page_that_is_in_the_list(page: HelpPage) -> None:
    files = {f"{known.file}.md" for known in PAGES}
    assert set(LINK.findall(page.markdown())) <= files


def test_every_file_of_the_help_is_a_page_and_is_linked_from_the_first() -> None:
    files = {path.stem for path in (resources_folder() / "help").glob("*.md")}
    assert files == {page.file for page in PAGES}
    linked = {link.removesuffix(".md") for link in LINK.findall(PAGES[0].markdown())}
    assert linked == files - {PAGES[0].file}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_every_command_of_the_program_parses(page: HelpPage) -> None:
    for line in commands_of(page, "cchc"):
        rest = shlex.split(line)[1:]
        take_option(rest, "--data")
        assert rest[0] in COMMANDS, line
        _parser(rest[0]).parse_args(rest[1:])


def test_the_pages_name_the_commands_of_a_receiving_office() -> None:
    calls = {" ".join(line.split()[1:3]) for page in PAGES for line in commands_of(page, "cchc")}
    assert {"office create", "office enrol", "office pin", "office revoke", "office crl"} <= calls
    assert any(call.startswith("receipt") for call in calls)
    assert any(call.startswith("verify") for call in calls)


def test_every_page_of_the_window_has_its_part_of_the_help() -> None:
    headings = re.findall(r"^## (.+)$", PAGES[0].markdown(), re.MULTILINE)
    for entry in pages.PAGES:
        file, heading = explaining(entry.id)
        assert file == PAGES[0].file
        assert heading in headings, entry.id


def test_facts_that_were_not_checked_say_so() -> None:
    """domain.md, E: the law and the decree of 2025 are from memory only."""
    words = next(page for page in PAGES if page.file == "what-a-signature-proves").markdown()
    facts = [one.replace("\n", " ") for one in re.split(r"\n- |\n\n", words)]
    for number in ("20/2023/QH15", "23/2025/NĐ-CP"):
        (fact,) = [one for one in facts if number in one]
        assert "chưa đối chiếu" in fact
    assert "*không phải* chữ ký số chuyên dùng công vụ" in words


@pytest.mark.parametrize("size", [(1080, 720), (683, 384)], ids=["100", "200"])
def test_window_shows_every_page_whole(qapp: QApplication, size: tuple[int, int]) -> None:
    window = HelpWindow()
    window.resize(*size)
    window.show()
    try:
        for page in PAGES:
            window.pages.pick(page.file)
            settle()
            assert window.page() == page
            assert [*clipped_texts(window), *cut_by_parents(window), *nameless(window)] == []
            assert window.text.horizontalScrollBar().maximum() == 0, "nothing to scroll sideways"
        window.text.anchorClicked.emit(QUrl("receiving.md"))
        assert window.page().file == "receiving"
    finally:
        window.close()


def test_f1_and_the_button_open_the_help_at_the_page_that_is_shown(window: MainWindow) -> None:
    window.go_to("submit")
    click(window.rail.help)
    found = [top for top in QApplication.topLevelWidgets() if isinstance(top, HelpWindow)]
    (help_,) = found
    assert help_.isVisible()
    assert help_.text.textCursor().block().text() == "Gửi báo cáo"
    window.go_to("scoring")
    press(window, Qt.Key.Key_F1)
    assert help_.text.textCursor().block().text() == "Tự chấm điểm"
    assert [top for top in QApplication.topLevelWidgets() if isinstance(top, HelpWindow)] == [help_]
    help_.close()
    settle()
    assert show_help(window, "packages").page().file == "receiving"
    for top in QApplication.topLevelWidgets():
        if isinstance(top, HelpWindow):
            top.close()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_every_button_that_is_named_bears_that_name(page: HelpPage) -> None:
    """What stands in italics and ends in "…" is a button or an entry of a menu."""
    words = {word for room in catalogue() for word in room.values()}
    named = {name.replace("\n", " ") for name in re.findall(r"(?<!\*)\*([^*\n]+…)\*", page.markdown())}
    assert named <= words


def catalogue() -> list[dict[str, str]]:
    rooms = pkgutil.iter_modules(import_module("cchc_desktop.language.vi").__path__)
    return [import_module(f"cchc_desktop.language.vi.{room.name}").TEXTS for room in rooms]


def test_no_page_names_this_machine() -> None:
    for page in PAGES:
        words = page.markdown()
        assert str(Path.home()) not in words
        assert "/work" not in words
