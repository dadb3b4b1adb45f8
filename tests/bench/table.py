"""The figures as a line on the screen and as README's table, which nobody types."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from pathlib import Path

from tests.bench.measuring import Found

BEGIN, END = "<!-- bench: written by `dev.py bench --readme` -->", "<!-- /bench -->"
README = Path(__file__).resolve().parents[2] / "README.md"


def machine() -> str:
    system = f"{platform.system()} {platform.machine()}"
    return f"{system}, {os.cpu_count()} cores{_processor()}{_memory()}, Python {platform.python_version()}"


def line(found: Found) -> str:
    """One figure on the screen."""
    if "lacking" in found:
        return f"–   {found['figure']:<52} not measured: {found['lacking']}"
    sign = "ok " if found["holds"] else "NO "
    least, most = (_number(value, found["unit"]) for value in found["spread"])
    took = f"{amount(found['value'], found['unit']):>11} ({least} – {most})"
    if "ratio" in found:
        of = amount(found["reference_value"], found["unit"])
        took += f" = {found['ratio']:.2f} × {found['reference']} ({of})"
    grown = f"; {growth(found)}" if "growth" in found else ""
    return f"{sign} {found['figure']:<52} {took}; wanted {wanted(found)}{grown}"


def growth(found: Found) -> str:
    unit, told = found["unit"], found["growth"]
    small, large = (amount(value, unit) for value in told["values"])
    return f"{small} → {large} at ten times the data, exponent {told['exponent']:.2f}"


def amount(value: float, unit: str) -> str:
    return f"{_number(value, unit)} {'MB' if unit == 'MB' else 'ms'}"


def _number(value: float, unit: str) -> str:
    shown = value if unit == "MB" else value * 1000
    return f"{shown:.2f}" if shown < 1 else f"{shown:.1f}" if shown < 100 else f"{shown:.0f}"


def wanted(found: Found) -> str:
    if not found["reference"]:
        return f"≤ {amount(found['wanted'], found['unit'])}"
    more = f" + {found['plus']:.1f} s" if found["plus"] else ""
    times = "1/3" if abs(found["wanted"] - 1 / 3) < 0.01 else f"{found['wanted']:.1f}"
    return f"≤ {times} ×{more}"


def readme_table(on: str, how: str, figures: Sequence[Found]) -> str:
    """What stands between the marks: the machine, the day, a line for each figure."""
    days = sorted({found["at"][:10] for found in figures})
    when = days[0] if len(days) == 1 else f"{days[0]} … {days[-1]}"
    lines = [
        BEGIN,
        f"Measured {when} on {on}; {how}, each side of a ratio in processes of its own, in turn.",
        "A ratio is the median of the turns' own ratios: a machine slows down for both runs of a turn.",
        "The last column: ten times the data, and the exponent of the growth (0 none, 1 in proportion).",
        "",
        "| figure | against | wanted | measured | ten times the data |",
        "|---|---|---|---|---|",
    ]
    lines += [_row(found) for found in figures]
    return "\n".join([*lines, END])


def _row(found: Found) -> str:
    if "lacking" in found:
        measured, grown = f"not measured: {found['lacking']}", "–"
    else:
        measured = amount(found["value"], found["unit"])
        if "ratio" in found:
            measured += f" = **{found['ratio']:.2f} ×**"
        measured += "" if found["holds"] else " (does not hold)"
        grown = _grown(found)
    return f"| {found['figure']} | {found['reference'] or '–'} | {wanted(found)} | {measured} | {grown} |"


def _grown(found: Found) -> str:
    if "growth" not in found:
        return "–"
    told = found["growth"]
    small, large = (amount(value, found["unit"]) for value in told["values"])
    return f"{small} → {large} ({told['exponent']:.2f})"


def write_readme(table: str, readme: Path = README) -> None:
    """Put the table between the marks; the rest of the file stays as it is."""
    text = readme.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{readme.name} has no place for the table: {BEGIN} … {END}")
    readme.write_text(before + table + after, "utf-8")


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return ""
    names = [line.partition(":")[2].strip() for line in told.splitlines() if line.startswith("model name")]
    return f" of {names[0]}" if names else ""


def _memory() -> str:
    try:
        pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return ""
    return f", {pages / 1e9:.0f} GB of memory"
