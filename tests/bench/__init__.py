"""How fast it is: `python3 dev.py bench`. Speed is measured here and asserted in no test.

One file per figure with `prepare(folder)`, `measure(folder)` in seconds (or MB) and, where a figure is a
ratio, `reference(folder)`; one line in `FIGURES`. A figure that is also measured at ten times the data takes
`times`: `prepare(folder, times=1)`. What can't be measured on a machine raises `NotHereError` in `prepare`.
"""

from __future__ import annotations

from dataclasses import dataclass


class NotHereError(Exception):
    """Says what this machine lacks for a figure."""


@dataclass(frozen=True)
class Figure:
    """`wanted` is the most it may be: seconds, or a multiple of the reference where one is named, and then
    `plus` seconds more. A figure in `megabytes` is memory, not time. What is large already (`from_a_tenth`)
    grows from a tenth of its size up to it.
    """

    module: str
    title: str
    wanted: float
    reference: str = ""
    plus: float = 0.0
    megabytes: bool = False
    from_a_tenth: bool = False


FIGURES = (
    Figure("first_paint", "start to the first painted page", 1.5, "an empty window with a 100-row tree"),
    Figure("score_page", "start to the score page in use", 1 / 3, "LibreOffice Calc, the same sheet"),
    Figure(
        "first_paint_memory",
        *("most memory until the first painted page", 1.5, "the same empty window"),
        megabytes=True,
    ),
    Figure(
        "one_edit", "one edit made durable, journal row included", 2.0, "raw sqlite3, same rows, WAL + FULL"
    ),
    Figure("score_rows", "score 120 rows", 0.005),
    Figure("total_on_screen", "totals on screen after an edit", 0.016),
    Figure("page_change", "page change, first visit at once after the start: the slowest page", 0.100),
    Figure("page_change_ahead", "page change, first visit some seconds later: the slowest page", 0.100),
    Figure("page_change_again", "page change, later visit: the slowest page", 0.100),
    Figure("ahead_pause", "the other pages built meanwhile: longest pause", 0.050),
    Figure("plan_500_open", "plan page, 500 tasks: longest pause in opening", 0.050),
    Figure("plan_500_scroll", "plan page, 500 tasks: longest pause in scrolling", 0.050),
    Figure("plan_500_edit", "plan page, 500 tasks: longest pause in an edit", 0.050),
    Figure("three_hundred_files", "evidence page with 300 files drawn anew", 0.100),
    Figure("search_years", "search 5 years of tasks, rows, evidence: the slowest", 0.050),
    Figure("compile_set", "read and compile a workbook of 120 rows", 1.0),
    Figure("plan_pdf", "plan PDF, 500 tasks", 2.0),
    Figure("plan_docx", "plan DOCX, 500 tasks", 5.0),
    Figure(
        "package_write",
        *("write a package of 500 MB, 200 files", 2.5, "cp -r and sync"),
        plus=0.5,
        from_a_tenth=True,
    ),
    Figure(
        "package_verify",
        *("verify a package of 500 MB, 200 files", 2.0, "openssl dgst -sha256"),
        plus=0.5,
        from_a_tenth=True,
    ),
    Figure("package_write_memory", "memory for writing 500 MB", 32, megabytes=True),
    Figure("package_verify_memory", "memory for verifying 500 MB", 32, megabytes=True),
    Figure("frozen_start", "installed: start to the painted window", 1.2, "the same from source"),
    Figure(
        "frozen_memory",
        *("installed: most memory until the window is painted", 1.2, "the same from source"),
        megabytes=True,
    ),
)
