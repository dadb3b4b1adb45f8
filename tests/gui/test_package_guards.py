"""The guards hold over a package and a folder of them, in their own window and in the main one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.gui.guards import all_faults
from tests.gui.hands import settle
from tests.gui.package_hands import at_rest, look
from tests.gui.test_deep_guards import NAMES as SHOWN_NAMES
from tests.package.samples import head, on_disk, packed, pinned
from ui.main_window import MainWindow
from ui.package_window import PackageWindow
from ui.pages.submit.page import Page as SubmitPage

CHECK_CODE = re.compile(r"foreign word: [a-f]{1,4}")
NAMES = frozenset(["Ea", "Kao", "asice", "CSV"])
GUARDED = NAMES | SHOWN_NAMES


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)], ids=["100", "200"])
def test_guards_hold_for_package_and_folder(
    viewer: PackageWindow, package: Path, size: tuple[int, int]
) -> None:
    viewer.resize(*size)
    on_disk(package.parent, packed(head(revision=1))[0], "L01.asice")
    on_disk(package.parent, b"x", "hong.asice")
    viewer.desk.reading.add([pinned(package.parent)])
    faults = []
    for path in (package, package.parent):
        look(viewer, path)
        faults += [fault for fault in all_faults(viewer, NAMES) if not CHECK_CODE.fullmatch(fault)]
    assert faults == []


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)], ids=["100", "200"])
def test_guards_hold_in_the_main_window(window: MainWindow, package: Path, size: tuple[int, int]) -> None:
    window.resize(*size)
    on_disk(package.parent, packed(head(revision=1))[0], "L01.asice")
    page = window.page("submit")
    assert isinstance(page, SubmitPage)
    faults = []
    for path in (package, package.parent):
        window.go_to("submit", (path,))
        at_rest(window)
        settle(page.package.isVisible)
        faults += [fault for fault in all_faults(window, GUARDED) if not CHECK_CODE.fullmatch(fault)]
    assert faults == []
