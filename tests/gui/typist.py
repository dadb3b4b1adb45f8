"""Somebody who types into the real window until the process is killed, and says on standard output what was
typed when, and what the window then showed as saved.

python -m tests.gui.typist FOLDER SEED

Begins when a line comes in on standard input, so that the next typist can get ready while one still types.

Lines of JSON: ["key", time, edit, place, what stands there now], ["done", time, edit] after the last key of
an edit, ["saved", time, [edits]] when the status strip says so.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

from tests.gui.hands import click, press, rest, settle, type_text
from tests.gui.official import click_cell, pick, shown
from ui.app import application, first_window
from ui.dialogs import Dialogs
from ui.main_window import MainWindow
from ui.pages.plan.page import Page as PlanPage
from ui.pages.plan.tasks_step import TasksStep
from ui.pages.scoring.page import Page as ScoringPage

# Row → how many figures it takes.
ROWS = {"1.2.1": 1, "3.3.3": 1, "3.3.1": 2, "2.2": 2, "3.4": 2, "7.1": 2, "7.2": 2, "3.5": 1}
AREAS = ("direction", "procedures", "digital")
WORDS = "rà soát thủ tục niêm yết buôn Ẳng Ỗ đúng hạn kết quả Đắk Lắk ỷ ữ ậ số hóa".split()  # noqa: SIM905
CELLS = (("title", 1), ("product", 2))


class Typist:
    def __init__(self, window: MainWindow, chance: random.Random) -> None:
        self._window, self._chance = window, chance
        self._edit = 0
        self._waiting: list[int] = []
        window.edits.saved.connect(self._saved)

    def _say(self, *words: object) -> None:
        os.write(1, json.dumps(words, ensure_ascii=False).encode() + b"\n")

    def _saved(self, _at: object) -> None:
        """The strip was told before: whoever connects first is called first."""
        assert self._window.strip.state().startswith("Đã lưu lúc"), self._window.strip.state()
        self._say("saved", time.monotonic(), self._waiting)
        self._waiting = []

    def work(self) -> None:
        """For ever; now on one page, now on the other."""
        places: tuple[Callable[[], None], ...] = (self._score, self._explain, self._plan, self._plan_text)
        while True:
            self._chance.choice(places)()

    def _open(self, name: str) -> None:
        click(shown(self._window.rail, QAbstractButton, name))
        settle(lambda: not self._window.opening)

    def _score(self) -> None:
        self._open("Tự chấm điểm")
        page = self._window.page("scoring")
        assert isinstance(page, ScoringPage)
        for code in self._chance.sample(sorted(ROWS), 4):
            pick(page.tree_pane.tree, code)
            settle()
            for widget in page.row_pane.figures.fields()[: ROWS[code]]:
                cell = widget.focus_widget()
                assert isinstance(cell, QLineEdit)
                click(cell)
                cell.selectAll()
                place = f"answer {code} {widget.field.path}"
                self._type(cell, place, self._other(cell.text(), lambda: str(self._chance.randrange(1, 90))))
                self._leave(Qt.Key.Key_Tab)

    def _explain(self) -> None:
        self._open("Tự chấm điểm")
        page = self._window.page("scoring")
        assert isinstance(page, ScoringPage)
        code = self._chance.choice(sorted(ROWS))
        pick(page.tree_pane.tree, code)
        settle()
        self._text(shown(page, QPlainTextEdit, "Giải trình"), f"explanation {code}")

    def _plan_text(self) -> None:
        self._open("Kế hoạch")
        page = self._window.page("plan")
        assert isinstance(page, PlanPage)
        pick(page.steps, "solutions")
        settle()
        self._text(shown(page, QPlainTextEdit, "Giải pháp"), "text solutions")

    def _text(self, box: QPlainTextEdit, place: str) -> None:
        """A long text is left with Tab, or the official just stops typing and looks out of the window."""
        pausing = self._chance.random() < 0.3
        if pausing:
            settle(lambda: not self._waiting)
        click(box.viewport())
        box.selectAll()
        self._type(box, place, self._other(box.toPlainText(), self._words))
        if pausing:
            self._done()
            settle(lambda: not self._waiting)
        else:
            self._leave(Qt.Key.Key_Tab)

    def _plan(self) -> None:
        self._open("Kế hoạch")
        page = self._window.page("plan")
        assert isinstance(page, PlanPage)
        area = self._chance.choice(AREAS)
        pick(page.steps, f"area:{area}")
        settle()
        step = page.step(f"area:{area}")
        assert isinstance(step, TasksStep)
        for row in self._chance.sample(range(step.rows.count()), 3):
            id_ = step.rows.lines[row].id
            for key, column in CELLS:
                click_cell(step.table, row, column)
                self._type(
                    step.table, f"task {id_} {key}", self._other(step.rows.shown(row, key), self._words)
                )
                self._leave(Qt.Key.Key_Return)

    # Keys

    def _other(self, standing: str, choose: Callable[[], str]) -> str:
        """Something new: what stands there already would be no edit."""
        while (chosen := choose()) == standing:
            pass
        return chosen

    def _words(self) -> str:
        """Mostly one word, so that many edits come together before the kill."""
        return " ".join(self._chance.sample(WORDS, self._chance.choice((1, 1, 1, 2))))

    def _type(self, widget: QWidget, place: str, words: str) -> None:
        self._edit += 1
        typed = ""
        for letter in words:
            type_text(widget if not typed else QApplication.focusWidget() or widget, letter)
            typed += letter
            self._say("key", time.monotonic(), self._edit, place, typed)
            rest(self._chance.randrange(1, 5))

    def _leave(self, key: Qt.Key) -> None:
        press(None, key)
        self._done()

    def _done(self) -> None:
        self._say("done", time.monotonic(), self._edit)
        self._waiting.append(self._edit)


def main() -> None:
    folder, chance = Path(sys.argv[1]), random.Random(int(sys.argv[2]))
    application()
    sys.stdin.readline()
    window = first_window(folder, None, Dialogs())
    assert window is not None
    window.show()
    window.resize(1366, 768)
    window.activateWindow()
    settle(window.isActiveWindow)
    Typist(window, chance).work()


if __name__ == "__main__":
    main()
