"""An official works for four hours, each hour in a fraction of a minute: edits, evidence, pages, documents.

The window is the real one, offscreen. After each hour it is written down what the program holds; the first
hour fills its caches, what grows after that is lost for good. Any word of Qt ends it.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.soak.left_over import LeftOver, left_over

# An hour at the desk: what an official did when watched is less than this.
EDITS, PAGES, FILES, DOCUMENTS, PACKAGES, LOOKS = 90, 60, 12, 4, 1, 6
HOURS = 4
# MiB, handles, threads, timers, widgets that may be more at the end than after the first hour.
MAY_GROW = LeftOver(memory=8 * 1024, handles=2, threads=1, timers=1, widgets=40)


@contextmanager
def no_word_of_qt() -> Iterator[list[str]]:
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    said: list[str] = []

    def hear(kind: QtMsgType, _context: object, words: str) -> None:
        # What the offscreen platform says of itself is no fault of ours.
        if kind is not QtMsgType.QtDebugMsg and "This plugin does not support" not in words:
            said.append(words)

    before = qInstallMessageHandler(hear)
    try:
        yield said
    finally:
        qInstallMessageHandler(before)


class Official:
    """Works by services and pages as the tests' official does, at random, from a seed."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        from cchc_desktop.domain.unit import Unit
        from cchc_desktop.services import keys, samples
        from cchc_desktop.services.profile import open_profile
        from tests.gui.official import ChosenFiles
        from ui.app import application
        from ui.main_window import MainWindow

        self.folder, self.chance, self.count = folder, chance, 0
        samples.make_profile(folder / "profile", "commune")
        application()
        self.dialogs = ChosenFiles()
        profile = open_profile(folder / "profile")
        self.window = MainWindow(profile, self.dialogs, remember=False)
        unit: Unit = self.window.context.round.unit
        keys.create_key(profile, unit, "một mật khẩu đủ dài cho khóa này")
        self.window.resize(1366, 768)
        self.window.show()
        self.rest()

    def rest(self) -> None:
        from tests.gui.hands import settle

        settle(lambda: self.window.at_rest, 60.0)

    def hour(self) -> None:
        """Everything of an hour, in an order that differs every time."""
        acts: list[Callable[[], None]] = [
            *[self.edit] * EDITS,
            *[self.page] * PAGES,
            *[self.file] * FILES,
            *[self.document] * DOCUMENTS,
            *[self.look] * LOOKS,
            *[self.package] * PACKAGES,
        ]
        self.chance.shuffle(acts)
        for act in acts:
            act()
            self.rest()

    def edit(self) -> None:
        """A figure, an explanation or a cell of a task; now and then it is taken back."""
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

        from tests.gui.hands import press, type_text
        from tests.gui.official import shown

        self.count += 1
        kind = self.chance.choice(("figure", "words", "task"))
        if kind != "task":
            self.window.go_to("scoring", self.chance.choice(("3.3.1", "2.2", "7.1", "3.5", "1.2.1")))
            page = self.window.page("scoring")
            self.rest()
            if kind == "figure":
                cell = page.row_pane.figures.fields()[0].focus_widget()  # type: ignore[attr-defined]
                assert isinstance(cell, QLineEdit)
                cell.setFocus()
                cell.selectAll()
                type_text(cell, str(self.chance.randrange(1, 90)))
            else:
                box = shown(page, QPlainTextEdit, "Giải trình")
                box.setFocus()
                box.selectAll()
                type_text(box, f"Giải trình lần {self.count}: rà soát buôn Ẳng")
            page.commit()
        else:
            self.window.go_to("plan", "procedures")
            self.rest()
            page = self.window.page("plan")
            table = page.step("area:procedures").table  # type: ignore[attr-defined]
            table.go_to_cell(self.chance.randrange(table.model().rowCount() - 1), "product")
            table.model().setData(table.currentIndex(), f"Báo cáo số {self.count}")
        if self.chance.random() < 0.3:
            self.rest()
            press(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    def page(self) -> None:
        self.window.open_page(
            self.chance.choice(("overview", "plan", "scoring", "evidence", "submit", "settings"))
        )

    def file(self) -> None:
        """A file becomes evidence of a row and is taken out again: a year with more files holds more."""
        from cchc_desktop.domain.evidence import EvidenceLink, EvidenceRecord, LinkKind
        from cchc_desktop.services import evidence, scoring

        self.count += 1
        context = self.window.context
        path = self.folder / f"142-BC-UBND {self.count}.pdf"
        path.write_bytes(b"%PDF-1.4\n" + os.urandom(20_000) + b"\n%%EOF\n")
        key = scoring.sheet(context.profile, context.round_id).criteria.by_code["3.3.1"].key
        changes, kept = evidence.add(
            context.profile,
            context.round_id,
            path,
            EvidenceRecord(number=f"{self.count}/BC-UBND"),
            (EvidenceLink(LinkKind.ROW, key),),
        )
        path.unlink()
        context.edits.changed.emit(changes)
        self.window.go_to(*self.chance.choice((("evidence", None), ("scoring", "3.3.1"))))
        self.rest()
        context.edits.changed.emit(evidence.remove(context.profile, [kept.id]))

    def document(self) -> None:
        self.dialogs.opened.clear()
        self.window.go_to("plan" if self.chance.random() < 0.5 else "scoring")
        self.rest()
        page = self.window.page(self.window.page_id())
        if self.window.page_id() == "plan":
            page.show_preview()  # type: ignore[attr-defined]
        else:
            page.actions_.print_out()  # type: ignore[attr-defined]

    def look(self) -> None:
        """Everything in another appearance and size."""
        from ui import theme

        theme.set_appearance(self.chance.choice((theme.Appearance.LIGHT, theme.Appearance.DARK)))
        self.window.resize(*self.chance.choice(((1366, 768), (1180, 700), (860, 768))))

    def package(self) -> None:
        """Write and sign the whole package, and look at it."""
        from cchc_desktop.services import submissions
        from cchc_desktop.services.verification import verify

        self.count += 1
        context = self.window.context
        to = self.folder / f"usb {self.count}"
        to.mkdir()
        made = submissions.export(context.profile, context.round_id, "plan", to)
        verify(to / made.file_name)
        self.window.go_to("submit")

    def close(self) -> None:
        self.window.close()


def grown(first: LeftOver, last: LeftOver) -> list[str]:
    return [
        f"{name}: {getattr(first, name)} → {getattr(last, name)}"
        for name in vars(first)
        if getattr(last, name) - getattr(first, name) > getattr(MAY_GROW, name)
    ]


def work(hours: int, seed: int, told: Callable[[str], object]) -> list[str]:
    """What grew and what Qt said; nothing is what it should be."""
    with tempfile.TemporaryDirectory(prefix="cchc-soak-") as name, no_word_of_qt() as said:
        official = Official(Path(name), random.Random(seed))
        held: list[LeftOver] = []
        for hour in range(1, hours + 1):
            begin = time.perf_counter()
            official.hour()
            held.append(left_over(official.window))
            told(f"hour {hour}: {held[-1]}; took {time.perf_counter() - begin:.0f} s")
        official.close()
        return [*grown(held[0], held[-1]), *(f"Qt: {words}" for words in said)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py soak", description=__doc__)
    parser.add_argument("--hours", type=int, default=HOURS)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}, {arguments.hours} hours")
    faults = work(arguments.hours, arguments.seed, lambda words: print(words, flush=True))
    print("\n".join(faults) or "nothing grew, and Qt said nothing")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
