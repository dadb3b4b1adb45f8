"""The sheet of settings, whichever kind of pack: one key and one value in each row."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cchc_desktop.formpack.grid import Line, Report, Table
from cchc_desktop.formpack.vocabulary import folded, near
from cchc_desktop.message import message
from cchc_desktop.quick_dataclass import dataclass, field


@dataclass
class SettingLines:
    """The line of each key. `wrong` are keys that are reported already."""

    lines: dict[str, Line] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)


def setting_lines(
    table: Table, known: Sequence[str], required: Collection[str], report: Report
) -> SettingLines:
    """Keys that are missing, there twice, nearly right, without a value or unknown are reported."""
    found = SettingLines()
    for line in table.lines():
        _place(found, line, known)
    for key in known:
        if key not in required or key in found.wrong:
            continue
        if key not in found.lines:
            told = message("compile.setting_missing", key=key)
            report.add(table.name, "A1", told, code="setting_missing")
            found.wrong.add(key)
    for key, line in found.lines.items():
        if key in required and line.is_empty("value"):
            told = message("compile.setting_empty", key=key)
            report.add(line.table.name, line.place("value"), told, code="cell_empty")
            found.wrong.add(key)
    return found


def _place(found: SettingLines, line: Line, known: Sequence[str]) -> None:
    written = line.label("key", required=True)
    if written is None:
        return
    key = folded(written)
    if key in found.lines:
        line.wrong("key", "setting_twice", key=key)
    elif key in known:
        found.lines[key] = line
    elif (meant := near(written, known)) is not None:
        line.wrong("key", "setting_near", found=written, meant=meant)
        found.wrong.add(meant)
    else:
        line.doubtful("key", "setting_unknown", found=written)
