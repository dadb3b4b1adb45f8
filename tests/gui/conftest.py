"""The window's fixtures: one application, dialogs that answer, a sample profile, the window, a package."""

from __future__ import annotations

import gc
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QApplication, QWidget

from cchc_desktop.domain.unit import Person, Unit, UnitKind
from cchc_desktop.services.packs import for_unit_kind
from cchc_desktop.services.profile import Profile, create_profile, open_profile
from cchc_desktop.services.samples import make_profile
from tests.gui.hands import AnsweringDialogs, settle
from tests.gui.package_hands import light_package
from ui import ahead, theme
from ui.app import application
from ui.main_window import MainWindow
from ui.package_window import PackageWindow

TODAY = date(2026, 12, 7)
SCREEN = (1366, 768)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What the offscreen platform says of itself (size hints, raising, grabbing) is no fault of ours."""
    for item in items:
        if "gui" in item.path.parts:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    return application()


@pytest.fixture(autouse=True, scope="module")
def ending_here() -> Iterator[None]:
    """What tests of the window leave ends on this thread, not on one of a later test (`ui.collecting`)."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    """Every test begins in the light appearance and leaves no window behind."""
    hook = sys.excepthook
    theme.set_appearance(theme.Appearance.LIGHT)
    yield
    for left in QApplication.topLevelWidgets():
        if left.windowType() == Qt.WindowType.Popup:
            continue  # a list of suggestions: its field deletes it
        if not isinstance(left, MainWindow):
            left.close()
        left.deleteLater()
    qapp.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
    sys.excepthook = hook


@pytest.fixture(autouse=True)
def nothing_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine must not meet other pages than a fast one: none is built before it is asked for."""
    monkeypatch.setattr(ahead, "QUIET", 3_600_000)


@pytest.fixture
def dialogs() -> AnsweringDialogs:
    return AnsweringDialogs()


@pytest.fixture(scope="session")
def sample_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample commune, made once; tests get copies."""
    folder = tmp_path_factory.mktemp("sample") / "xã mẫu"
    make_profile(folder, "commune")
    return folder


@pytest.fixture
def sample_folder(sample_template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_template, tmp_path / "xã mẫu"))


@pytest.fixture
def sample_profile(sample_folder: Path) -> Iterator[Profile]:
    with open_profile(sample_folder) as profile:
        yield profile


@pytest.fixture
def empty_profile(data_folder: Path) -> Iterator[Profile]:
    """A commune that has filled in nothing yet."""
    criteria, plan = for_unit_kind(UnitKind.COMMUNE, 2026)
    unit = Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO", province="Đắk Lắk", head=Person("Lê Văn Á"))
    with create_profile(data_folder, unit, 2026, criteria, plan) as profile:
        yield profile


def _opened(profile: Profile, dialogs: AnsweringDialogs) -> MainWindow:
    window = MainWindow(profile, dialogs, lambda: TODAY)
    window.resize(*SCREEN)
    window.show()
    settle(lambda: window.at_rest)
    return window


def _closed(window: MainWindow) -> None:
    window.dialogs.answers = [True, True]  # type: ignore[attr-defined]
    window.close()
    settle()


@pytest.fixture
def window(sample_profile: Profile, dialogs: AnsweringDialogs) -> Iterator[MainWindow]:
    """The window on the sample commune, on 7 December 2026."""
    opened = _opened(sample_profile, dialogs)
    yield opened
    _closed(opened)


@pytest.fixture
def empty_window(empty_profile: Profile, dialogs: AnsweringDialogs) -> Iterator[MainWindow]:
    """The window of a unit that begins."""
    opened = _opened(empty_profile, dialogs)
    yield opened
    _closed(opened)


@pytest.fixture
def shown(qapp: QApplication) -> Iterator[list[QWidget]]:
    """Put a widget into this list to have it shown (and taken away)."""
    kept: list[QWidget] = []
    yield kept
    for widget in kept:
        widget.close()


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return light_package(tmp_path)


@pytest.fixture
def viewer(qapp: QApplication, tmp_path: Path, dialogs: AnsweringDialogs) -> Iterator[PackageWindow]:
    """The window that a double-clicked package gets, still without one."""
    made = PackageWindow([], tmp_path / "no profile", dialogs)
    made.resize(1100, 768)
    made.show()
    yield made
    made.close()
