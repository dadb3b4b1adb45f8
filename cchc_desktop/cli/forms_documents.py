"""The actions of `cchc forms` on an office's own document templates: a workbook to change, and its check."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cchc_desktop.cli import ANSWER_IS_NO, DONE, Context
from cchc_desktop.cli.findings import print_findings
from cchc_desktop.language import text
from cchc_desktop.services import document_templates


def configure(actions: Any) -> None:
    new = actions.add_parser("new-document", help=text("document_template.cli_new"))
    new.add_argument("workbook", type=Path, metavar="SỔ.xlsx", help=text("document_template.cli_book"))
    new.add_argument("--from", dest="base", metavar="MÃ", help=text("document_template.cli_from"))
    check = actions.add_parser("check-document", help=text("document_template.cli_check"))
    check.add_argument("workbook", type=Path, metavar="SỔ.xlsx", help=text("document_template.cli_book"))


def _new(arguments: argparse.Namespace, context: Context) -> int:
    written = document_templates.write_workbook(arguments.workbook, arguments.base or "", context.data)
    print(text("document_template.made", name=str(written)))
    return DONE


def _check(arguments: argparse.Namespace, _context: Context) -> int:
    found = document_templates.check_workbook(arguments.workbook)
    if found.template is None:
        print_findings(found.errors, found.warnings, sys.stderr)
        return ANSWER_IS_NO
    print_findings((), found.warnings, sys.stdout)
    print(text("document_template.sound", id=found.template.id, version=str(found.template.version)))
    return DONE


ACTIONS: dict[str, Callable[[argparse.Namespace, Context], int]] = {
    "new-document": _new,
    "check-document": _check,
}
