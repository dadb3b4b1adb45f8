"""`cchc score SET --answers FILE.json [--json]`: points of every row, sections, total, and answer errors."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from cchc_desktop.cli import ANSWER_IS_NO, DONE, Context
from cchc_desktop.cli.findings import print_findings
from cchc_desktop.cli.score_json import decimal_text, total_object
from cchc_desktop.domain.criteria import CriteriaSet, NodeType
from cchc_desktop.domain.scoring import ScoreSheet
from cchc_desktop.language import text
from cchc_desktop.services.answers_file import error_objects, explanations, score_file
from cchc_desktop.services.criteria_files import finding_object, open_set


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("set", metavar="BỘ-TIÊU-CHÍ", help=text("forms.cli_set"))
    parser.add_argument("--answers", type=Path, required=True, metavar="TỆP", help=text("forms.cli_answers"))
    parser.add_argument("--json", action="store_true", help=text("forms.cli_json"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    opened = open_set(arguments.set, context.data)
    if opened.criteria is None:
        if arguments.json:
            _print_json({"errors": [finding_object(error) for error in opened.errors]})
        print_findings(opened.errors, (), sys.stderr)
        return ANSWER_IS_NO
    sheet = score_file(opened.criteria, arguments.answers)
    if arguments.json:
        _print_json(score_object(sheet))
    else:
        _print_table(opened.criteria, sheet)
    for error in error_objects(sheet):
        place = " ".join(part for part in (error["code"], error["field"]) if part)
        print(text("forms.answer_error", place=place, message=error["message"]), file=sys.stderr)
    return ANSWER_IS_NO if sheet.errors else DONE


def score_object(sheet: ScoreSheet) -> dict[str, Any]:
    """The score as design.md's contract for `cchc score --json` says."""
    told = explanations(sheet)
    return {
        "rows": {
            code: {
                "points": decimal_text(row.points),
                "max": decimal_text(row.max_points),
                "state": row.state.value,
                "explanation": told[code],
            }
            for code, row in sheet.rows.items()
        },
        "sections": {
            code: {
                "points": decimal_text(section.points),
                "max": decimal_text(section.max_points),
                "applicable_max": decimal_text(section.applicable_max),
            }
            for code, section in sheet.sections.items()
        },
        "total": total_object(sheet.total),
        "errors": error_objects(sheet),
    }


def _print_json(content: dict[str, Any]) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=1))


def _print_table(criteria: CriteriaSet, sheet: ScoreSheet) -> None:
    told = explanations(sheet)
    for node in criteria.nodes:
        if node.type in (NodeType.SECTION, NodeType.GROUP):
            section = sheet.sections[node.code]
            print(
                text(
                    "forms.section_line",
                    code=node.code,
                    label=node.label,
                    points=section.points,
                    max=section.applicable_max,
                )
            )
            continue
        row = sheet.rows[node.code]
        points = "–" if row.points is None else text("forms.points", points=row.points)
        print(
            text(
                "forms.row_line",
                code=node.code,
                label=node.label,
                points=points,
                max=row.max_points,
                told=told[node.code],
            )
        )
    total = sheet.total
    print()
    print(text("forms.total_line", points=total.points, max=total.applicable_max))
    if total.open_rows:
        print(text("forms.open_line", rows=total.open_rows, points=total.open_points))
    if total.index is not None and total.final is not None:
        print(
            text(
                "forms.final_line",
                index=total.index,
                bonus=total.bonus,
                penalty=total.penalty,
                final=total.final,
            )
        )
    if total.class_label is not None:
        id_ = "forms.class_provisional" if total.class_provisional else "forms.class_line"
        print(text(id_, label=total.class_label))
