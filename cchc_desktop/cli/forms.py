"""`cchc forms …`: form packs and the workbooks they are made of."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from cchc_desktop.cli import ANSWER_IS_NO, DONE, Context, forms_documents, forms_draft, forms_packs
from cchc_desktop.cli.findings import print_findings
from cchc_desktop.domain.criteria import CriteriaSet
from cchc_desktop.domain.pack import PackInfo, PackKind
from cchc_desktop.domain.plan_template import PlanTemplate
from cchc_desktop.domain.vietnam_time import vietnam_today
from cchc_desktop.language import render, text
from cchc_desktop.services import packs
from cchc_desktop.services.criteria_files import (
    Opened,
    annotate,
    compare,
    compile_to,
    export_to,
    finding_object,
    new_workbook,
    open_pack,
    open_workbook,
)

_NEW = {PackKind.CRITERIA: "starter.made", PackKind.PLAN: "plan_starter.made"}


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="VIỆC")
    listing = actions.add_parser("list", help=text("forms.cli_list"))
    check = actions.add_parser("check", help=text("forms.cli_check"))
    check.add_argument("workbook", type=Path, metavar="SỔ.xlsx", help=text("forms.cli_workbook"))
    check.add_argument("--annotate", type=Path, metavar="BẢN-SAO.xlsx", help=text("starter.cli_annotate"))
    new = actions.add_parser("new", help=text("starter.cli_new"))
    new.add_argument("workbook", type=Path, metavar="SỔ.xlsx", help=text("starter.cli_new_output"))
    kinds = [kind.value for kind in _NEW]
    new.add_argument("--kind", choices=kinds, default=kinds[0], help=text("plan_starter.cli_kind"))
    new.add_argument("--year", type=int, metavar="NĂM", help=text("starter.cli_year"))
    compiling = actions.add_parser("compile", help=text("forms.cli_compile"))
    compiling.add_argument("workbook", type=Path, metavar="SỔ.xlsx", help=text("forms.cli_workbook"))
    compiling.add_argument(
        "-o", "--output", type=Path, required=True, metavar="TỆP.json", help=text("forms.cli_output")
    )
    difference = actions.add_parser("diff", help=text("forms.cli_diff"))
    difference.add_argument("old", metavar="CŨ", help=text("forms.cli_set"))
    difference.add_argument("new", metavar="MỚI", help=text("forms.cli_set"))
    export = actions.add_parser("export", help=text("forms.cli_export"))
    export.add_argument("set", metavar="BỘ-TIÊU-CHÍ", help=text("forms.cli_set"))
    export.add_argument("output", type=Path, metavar="SỔ.xlsx", help=text("forms.cli_export_output"))
    draft = actions.add_parser("draft", help=text("draft.cli_draft"))
    forms_draft.configure(draft)
    for action in (listing, check, compiling, difference, export, draft):
        action.add_argument("--json", action="store_true", help=text("forms.cli_json"))
    forms_packs.configure(actions)
    forms_documents.configure(actions)


def run(arguments: argparse.Namespace, context: Context) -> int:
    further = forms_packs.ACTIONS | forms_documents.ACTIONS
    if (act := further.get(arguments.action)) is not None:
        return act(arguments, context)
    match arguments.action:
        case "list":
            return _list(context, arguments.json)
        case "check":
            return _check(arguments)
        case "new":
            return _new(arguments)
        case "compile":
            opened = compile_to(arguments.workbook, arguments.output)
            return _report(opened, arguments.output, arguments.json)
        case "export":
            return _export(arguments, context)
        case "draft":
            return forms_draft.run(arguments)
    return _diff(arguments, context)


def _print_json(content: dict[str, Any]) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=1))


def _list(context: Context, as_json: bool) -> int:
    criteria, plans = packs.criteria_sets(context.data), packs.plan_templates(context.data)
    if as_json:
        _print_json({"criteria": [_info(i) for i in criteria], "plan": [_info(i) for i in plans]})
        return DONE
    for head, infos in (("forms.criteria_sets", criteria), ("forms.plan_templates", plans)):
        print(text(head, count=len(infos)))
        for info in infos:
            print(text("forms.pack_line", id=info.ref.id, version=info.ref.version, title=info.title))
    return DONE


def _info(info: PackInfo) -> dict[str, Any]:
    return {
        "id": info.ref.id,
        "version": info.ref.version,
        "title": info.title,
        "year": info.year,
        "unit_kinds": [kind.value for kind in info.unit_kinds],
        **({"kind": info.plan_kind.value} if info.plan_kind else {}),
    }


def _check(arguments: argparse.Namespace) -> int:
    opened = open_workbook(arguments.workbook)
    code = _report(opened, None, arguments.json)
    if arguments.annotate is not None:
        count = annotate(arguments.workbook, opened, arguments.annotate)
        print(text("starter.annotated", count=count, name=str(arguments.annotate)), file=sys.stderr)
    return code


def _new(arguments: argparse.Namespace) -> int:
    year = arguments.year or vietnam_today().year
    kind = PackKind(arguments.kind)
    new_workbook(arguments.workbook, year, kind)
    print(text(_NEW[kind], name=str(arguments.workbook)))
    return DONE


def _report(opened: Opened, written: Path | None, as_json: bool) -> int:
    pack = opened.pack
    if as_json:
        content: dict[str, Any] = {
            "errors": [finding_object(error) for error in opened.errors],
            "warnings": [finding_object(warning) for warning in opened.warnings],
        }
        if pack is not None:
            content |= {"id": pack.id, "version": pack.version} | _counts(opened)
        if written is not None and pack is not None:
            content["pack"] = str(written)
        _print_json(content)
    if pack is None:
        print_findings(opened.errors, opened.warnings, sys.stderr)
        return ANSWER_IS_NO
    if not as_json:
        print_findings((), opened.warnings, sys.stdout)
        print(_sound(opened))
        if written is not None:
            print(text("forms.written", name=str(written)))
    return DONE


def _counts(opened: Opened) -> dict[str, Any]:
    """How much the pack holds."""
    pack = opened.pack
    if isinstance(pack, CriteriaSet):
        return {"rows": len(pack.rows)}
    if isinstance(pack, PlanTemplate):
        return {"kind": pack.kind.value, "tasks": len(pack.tasks), "targets": len(pack.targets)}
    return {}


def _sound(opened: Opened) -> str:
    pack = opened.pack
    assert pack is not None
    named: dict[str, Any] = {"id": pack.id, "version": pack.version}
    if isinstance(pack, CriteriaSet):
        return text("forms.sound", total=pack.total_max, rows=len(pack.rows), **named)
    if isinstance(pack, PlanTemplate):
        return text("forms.sound_plan", tasks=len(pack.tasks), targets=len(pack.targets), **named)
    return text("forms.sound_other", title=pack.title, **named)


def _two(arguments: argparse.Namespace, context: Context) -> tuple[Opened, Opened]:
    return open_pack(arguments.old, context.data), open_pack(arguments.new, context.data)


def _diff(arguments: argparse.Namespace, context: Context) -> int:
    old, new = _two(arguments, context)
    if old.pack is None or new.pack is None:
        for opened in (old, new):
            if opened.pack is None:
                print_findings(opened.errors, (), sys.stderr)
        if arguments.json:
            _print_json({"errors": [finding_object(e) for opened in (old, new) for e in opened.errors]})
        return ANSWER_IS_NO
    found = compare(old.pack, new.pack)
    if arguments.json:
        _print_json(
            {
                "changes": [
                    {
                        "kind": change.kind.value,
                        "key": change.key,
                        "code": change.code,
                        "old": change.old,
                        "new": change.new,
                        "message": render(change.message),
                    }
                    for change in found
                ]
            }
        )
        return DONE
    for change in found:
        print(render(change.message))
    if not found:
        print(text("forms.no_difference"))
    return DONE


def _export(arguments: argparse.Namespace, context: Context) -> int:
    opened = open_pack(arguments.set, context.data)
    if opened.pack is None:
        return _report(opened, None, arguments.json)
    export_to(opened.pack, arguments.output)
    if arguments.json:
        _print_json({"workbook": str(arguments.output)})
    else:
        print(text("forms.written", name=str(arguments.output)))
    return DONE
