"""Errors and warnings of a workbook as lines: sheet, cell, what is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TextIO

from cchc_desktop.language import render, text
from cchc_desktop.message import Message


class Finding(Protocol):
    @property
    def sheet(self) -> str: ...
    @property
    def cell(self) -> str: ...
    @property
    def message(self) -> Message: ...


def print_findings(errors: Sequence[Finding], warnings: Sequence[Finding], to: TextIO) -> None:
    for head, findings in (("forms.errors", errors), ("forms.warnings", warnings)):
        if findings:
            print(text(head, count=len(findings)), file=to)
        for finding in findings:
            id_ = "forms.finding" if finding.cell else "forms.finding_sheet"
            told = render(finding.message)
            print(text(id_, sheet=finding.sheet, cell=finding.cell, message=told), file=to)
