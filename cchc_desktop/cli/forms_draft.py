"""`cchc forms draft APPENDIX.docx|.xlsx -o FILE.xlsx`: an appendix as it was issued becomes a workbook."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from cchc_desktop.cli import DONE
from cchc_desktop.errors import KnownError
from cchc_desktop.language import text
from cchc_desktop.services.form_drafts import WrittenDraft, draft_appendix


def configure(draft: argparse.ArgumentParser) -> None:
    draft.add_argument("appendix", type=Path, metavar="PHỤ-LỤC", help=text("draft.cli_appendix"))
    draft.add_argument(
        "-o", "--output", type=Path, required=True, metavar="SỔ.xlsx", help=text("draft.cli_output")
    )


def run(arguments: argparse.Namespace) -> int:
    if arguments.output.suffix.lower() != ".xlsx":
        raise KnownError("draft.not_xlsx_target", name=arguments.output.name)
    written = draft_appendix(arguments.appendix, arguments.output)
    if arguments.json:
        print(json.dumps({"drafts": [_object(one) for one in written]}, ensure_ascii=False, indent=1))
        return DONE
    for one in written:
        _print(one)
    return DONE


def _print(one: WrittenDraft) -> None:
    if one.title:
        print(one.title)
    print(text("draft.cli_counts", criteria=one.criteria, rows=one.rows, rules=one.rules))
    if one.disagreements:
        print(text("draft.cli_sums", count=len(one.disagreements)))
        for told in one.disagreements:
            print(f"  {told}")
    if one.marked:
        print(text("draft.cli_marked", count=len(one.marked)))
        by_reason: dict[str, list[str]] = {}
        for row in one.marked:
            for reason in row.reasons:
                by_reason.setdefault(reason, []).append(row.code)
        for reason, codes in by_reason.items():
            print(text("draft.cli_marked_row", codes=tuple(codes), reason=reason))
    print(text("forms.written", name=str(one.path)))


def _object(one: WrittenDraft) -> dict[str, object]:
    return {
        "workbook": str(one.path),
        "title": one.title,
        "criteria": one.criteria,
        "rows": one.rows,
        "rules": one.rules,
        "disagreements": list(one.disagreements),
        "notes": list(one.notes),
        "review": [
            {"code": row.code, "label": row.label, "reasons": list(row.reasons)} for row in one.marked
        ],
    }
