"""Every colour of the window, light and dark, by its role (visual.md "Colour roles").

No colour is written anywhere else. `install` sets the palette, the stylesheet and the fonts; a system
high-contrast theme wins over both. Widgets that paint ask `color(role)` while painting: Qt paints all of them
anew with a new stylesheet. Who keeps a colour follows `changes().changed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from ui import fonts


class Role(StrEnum):
    WINDOW = "window"
    SURFACE = "surface"
    INPUT = "input"
    COMPUTED = "computed"
    SELECTION = "selection"
    TEXT = "text"
    MUTED = "muted"
    LINE = "line"
    EDGE = "edge"
    ACCENT = "accent"
    ON_ACCENT = "on_accent"
    OK = "ok"
    OK_SOFT = "ok_soft"
    WARN = "warn"
    WARN_SOFT = "warn_soft"
    ERROR = "error"
    ERROR_SOFT = "error_soft"
    INFO = "info"
    INFO_SOFT = "info_soft"
    FOCUS = "focus"


class Appearance(StrEnum):
    """What the user chose in Thiết lập."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


Colors = Mapping[Role, QColor]


def _colors(table: str) -> Colors:
    return {
        Role(name): QColor(value) for name, value in (line.split() for line in table.strip().splitlines())
    }


LIGHT = _colors("""
    window #E8ECF0
    surface #F7F8FA
    input #FFFFFF
    computed #DFE4EA
    selection #D6E4F5
    text #1B2530
    muted #4F5B67
    line #C5CCD4
    edge #76818D
    accent #1A4F8F
    on_accent #FFFFFF
    ok #1C6838
    ok_soft #DCEFE2
    warn #854800
    warn_soft #FBEACF
    error #A5221B
    error_soft #FADEDB
    info #0B5F6E
    info_soft #D5ECEF
    focus #0B63CE
""")
DARK = _colors("""
    window #14181D
    surface #1D2228
    input #0C0F13
    computed #2D343C
    selection #233A56
    text #E6EAEE
    muted #A9B4BF
    line #39424C
    edge #788592
    accent #8FBCF4
    on_accent #0B1A2B
    ok #7FCB9A
    ok_soft #1A3425
    warn #EBB868
    warn_soft #3B2D14
    error #F49E94
    error_soft #46221F
    info #80C9D5
    info_soft #14363D
    focus #A6CBFF
""")


def _high_contrast(system: QPalette) -> Colors:
    """The system's own colours in our roles: shapes and borders stay, tints go."""
    base, text = system.color(QPalette.ColorRole.Base), system.color(QPalette.ColorRole.Text)
    window = system.color(QPalette.ColorRole.Window)
    highlight = system.color(QPalette.ColorRole.Highlight)
    ours = dict.fromkeys(Role, text)
    ours |= dict.fromkeys((Role.WINDOW, Role.SURFACE, Role.COMPUTED, Role.SELECTION), window)
    ours |= dict.fromkeys((Role.OK_SOFT, Role.WARN_SOFT, Role.ERROR_SOFT, Role.INFO_SOFT), window)
    ours |= {Role.INPUT: base, Role.ACCENT: highlight, Role.FOCUS: highlight}
    ours[Role.ON_ACCENT] = system.color(QPalette.ColorRole.HighlightedText)
    return ours


class _Changes(QObject):
    changed = Signal()


class _State:
    colors: Colors = LIGHT
    worn: Colors | None = None
    """What the application is dressed in; None before it is."""
    appearance: Appearance = Appearance.SYSTEM
    system: QPalette | None = None
    changes: _Changes | None = None


def color(role: Role) -> QColor:
    return _State.colors[role]


def colors() -> Colors:
    return _State.colors


def is_dark() -> bool:
    return _State.colors[Role.SURFACE].lightness() < 128


def appearance() -> Appearance:
    return _State.appearance


def changes() -> _Changes:
    """Its signal `changed` says that all colours are new: for those who keep one of them."""
    if _State.changes is None:
        _State.changes = _Changes()
    return _State.changes


def install(app: QApplication, chosen: Appearance = Appearance.SYSTEM) -> None:
    """Fonts and colours, on Fusion; called once, before the first widget."""
    _State.system = QGuiApplication.palette()
    fonts.load()
    app.setFont(fonts.font())
    # On Windows the application's font does not reach these (measured), so each class is told.
    for name in (
        "QAbstractItemView",
        "QMenu",
        "QMenuBar",
        "QStatusBar",
        "QHeaderView",
        "QMessageBox",
        "QTipLabel",
    ):
        QApplication.setFont(fonts.font(), name)  # type: ignore[arg-type]
    QToolTip.setFont(fonts.font())
    set_appearance(chosen)
    hints = app.styleHints()
    hints.colorSchemeChanged.connect(lambda _scheme: _follow_system())
    hints.accessibility().contrastPreferenceChanged.connect(lambda _contrast: _follow_system())


def set_appearance(chosen: Appearance) -> None:
    """Light, dark, or as the system is."""
    _State.appearance = chosen
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    hints = app.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast and _State.system:
        _State.colors = _high_contrast(_State.system)
    elif chosen is Appearance.SYSTEM:
        _State.colors = DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT
    else:
        _State.colors = DARK if chosen is Appearance.DARK else LIGHT
    if _State.colors is _State.worn:
        return  # else the start would dress the application twice
    _State.worn = _State.colors
    from ui import icons
    from ui.stylesheet import stylesheet

    icons.forget()
    app.setPalette(palette())
    QToolTip.setPalette(palette())
    app.setStyleSheet(stylesheet(_State.colors))
    changes().changed.emit()


def _follow_system() -> None:
    set_appearance(_State.appearance)


def palette() -> QPalette:
    """Our colours as Qt's palette, for everything that Fusion draws itself."""
    c, qt = _State.colors, QPalette.ColorRole
    made = QPalette(c[Role.SURFACE])
    for where, role in (
        (qt.Window, Role.SURFACE),
        (qt.WindowText, Role.TEXT),
        (qt.Base, Role.INPUT),
        (qt.AlternateBase, Role.SURFACE),
        (qt.Text, Role.TEXT),
        (qt.Button, Role.SURFACE),
        (qt.ButtonText, Role.TEXT),
        (qt.BrightText, Role.ERROR),
        (qt.Highlight, Role.ACCENT),
        (qt.HighlightedText, Role.ON_ACCENT),
        (qt.Accent, Role.ACCENT),
        (qt.Link, Role.ACCENT),
        (qt.LinkVisited, Role.ACCENT),
        (qt.ToolTipBase, Role.SURFACE),
        (qt.ToolTipText, Role.TEXT),
        (qt.PlaceholderText, Role.MUTED),
        (qt.Light, Role.INPUT),
        (qt.Midlight, Role.LINE),
        (qt.Mid, Role.EDGE),
        (qt.Dark, Role.EDGE),
        (qt.Shadow, Role.EDGE),
    ):
        made.setColor(where, c[role])
    for where in (qt.WindowText, qt.Text, qt.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, where, c[Role.MUTED])
    return made
