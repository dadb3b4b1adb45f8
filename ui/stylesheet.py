"""The one stylesheet of the application, built from the colour roles.

It dresses what Qt draws: fields, scroll bars, menus, tooltips, tables. Widgets that paint themselves
(buttons, marks, bars) take their colours from `theme.color`.

What a label or a frame looks like is said by its object's name: Qt looks that up, while it would ask each of
them for a property once for every rule (measured: a seventieth of the start).
"""

from __future__ import annotations

import re

from ui.theme import Colors

_SHEET = """
QWidget { color: $text; }
QToolTip { color: $text; background: $input; border: 1px solid $edge; padding: 6px; }
QMainWindow, QDialog { background: $surface; }

QLabel#muted { color: $muted; }
QLabel#accent { color: $accent; }
QLabel#ok { color: $ok; }
QLabel#warn { color: $warn; }
QLabel#error { color: $error; }
QLabel#info { color: $info; }

QFrame#panel { background: $surface; border: 1px solid $line; border-radius: 4px; }
QFrame#card { background: $surface; border: 1px solid $edge; border-radius: 4px; }
QFrame#guidance { background: $surface; border: none; border-left: 3px solid $line; }

QLineEdit, QPlainTextEdit, QTextBrowser, QComboBox, QDateEdit, QSpinBox {
  background: $input; color: $text; border: 1px solid $edge; border-radius: 2px;
  selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit { padding: 1px 9px; placeholder-text-color: $muted; }
QPlainTextEdit, QTextBrowser { padding: 5px 6px; placeholder-text-color: $muted; }
QLineEdit:focus, QPlainTextEdit:focus, QTextBrowser:focus, QDateEdit:focus, QSpinBox:focus {
  border: 2px solid $focus; padding: 0px 8px;
}
QPlainTextEdit:focus, QTextBrowser:focus { padding: 4px 5px; }
QLineEdit[bad="true"], QPlainTextEdit[bad="true"], QComboBox[bad="true"] {
  border: 2px solid $error; padding: 0px 8px; background: $error_soft;
}
QPlainTextEdit[bad="true"] { padding: 4px 5px; }
QLineEdit:read-only, QPlainTextEdit:read-only, QLineEdit:disabled, QPlainTextEdit:disabled {
  background: $computed; border-color: $line;
}
QLineEdit:read-only:focus, QPlainTextEdit:read-only:focus { border-color: $focus; }
QLineEdit[cell="true"], QLineEdit[cell="true"]:focus {
  border: 2px solid $focus; border-radius: 0px; padding: 0px 5px;
}
QPlainTextEdit[cell="true"], QPlainTextEdit[cell="true"]:focus {
  border: 2px solid $focus; border-radius: 0px; padding: 0px 0px;
}

QCalendarWidget QWidget#qt_calendar_navigationbar { background: $window; }
QCalendarWidget QToolButton { color: $text; background: transparent; border: none; padding: 2px 6px; }
QCalendarWidget QToolButton:hover, QCalendarWidget QToolButton:focus { background: $selection; }
QComboBox { padding: 1px 30px 1px 9px; }
QComboBox:focus, QComboBox:on { border: 2px solid $focus; padding: 0px 29px 0px 8px; }
QComboBox[quiet="true"] { background: $surface; font-weight: bold; border-radius: 3px; }
QComboBox:disabled { background: $computed; border-color: $line; color: $muted; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView {
  background: $input; border: 1px solid $edge; outline: none;
  selection-background-color: $selection; selection-color: $text;
}
QComboBox QAbstractItemView::item { padding: 4px 8px; min-height: 24px; color: $text; }
QComboBox QAbstractItemView::item:selected { background: $selection; color: $text; }

QAbstractItemView { background: $surface; border: none; outline: none; gridline-color: $line;
  selection-background-color: $selection; selection-color: $text; }
QTableView { background: $surface; }
QListView::item, QTreeView::item { border: none; }
QHeaderView { background: $window; border: none; }
QHeaderView::section {
  background: $window; color: $text; border: none;
  border-right: 1px solid $line; border-bottom: 1px solid $line;
  padding: 4px 7px;
}
QTableCornerButton::section { background: $window; border: none; }

QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollBar:vertical { background: $window; width: 12px; margin: 0; border-left: 1px solid $line; }
QScrollBar:horizontal { background: $window; height: 12px; margin: 0; border-top: 1px solid $line; }
QScrollBar::handle { background: $edge; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: $input; border: 1px solid $edge; padding: 4px 0; }
QMenu::item { padding: 6px 24px 6px 16px; background: transparent; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 4px 0; }

QSplitter::handle { background: $line; }
QProgressBar { background: $input; border: 1px solid $edge; border-radius: 0; text-align: center; }
QProgressBar::chunk { background: $accent; }
"""

_SURFACES = ("", "window", "surface")
_EDGES = {"": "", "below": "bottom", "above": "top", "left": "left", "right": "right"}


def strip_name(surface: str = "", side: str = "") -> str:
    """The name of a frame with that colour behind it and a line on that side ("below", "above", …)."""
    return f"strip-{surface}-{side}"


def _strip(surface: str, side: str) -> str:
    ground = f"background: ${surface};" if surface else ""
    line = f"border: none; border-{_EDGES[side]}: 1px solid $line;" if side else ""
    return f"QFrame#{strip_name(surface, side)} {{ {ground} {line} }}"


def stylesheet(colors: Colors) -> str:
    names = {role.value: value.name() for role, value in colors.items()}
    strips = "\n".join(_strip(surface, side) for surface in _SURFACES for side in _EDGES if surface or side)
    return re.sub(r"\$(\w+)", lambda found: names[found[1]], f"{_SHEET}\n{strips}\n")
