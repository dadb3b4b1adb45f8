"""`cchc find TEXT… [--most N] [--json]`: what holds the words in plans, rows and evidence of all years."""

from __future__ import annotations

import argparse
import json
import sys

from cchc_desktop.cli import ANSWER_IS_NO, DONE, Context
from cchc_desktop.language import text
from cchc_desktop.services import profile as profiles
from cchc_desktop.services import search
from cchc_desktop.services.search import MOST_OF_A_KIND, Hit, YearHits


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="+", metavar="TỪ", help=text("search.cli_text"))
    parser.add_argument(
        "--most", type=int, default=MOST_OF_A_KIND, metavar="SỐ", help=text("search.cli_most")
    )
    parser.add_argument("--json", action="store_true", help=text("search.cli_json"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    typed = " ".join(arguments.text)
    with profiles.open_profile(profiles.default_folder(context.data)) as profile:
        years = search.find(profile, typed, most=max(1, arguments.most))
    if arguments.json:
        print(json.dumps(_json(years), ensure_ascii=False, indent=2))
    else:
        for year in years:
            for found in year.kinds:
                for hit in found.hits:
                    print(_line(year.round.year, hit))
                if left := found.total - len(found.hits):
                    kind = text(f"search.kinds_{found.kind}")
                    print(text("search.more_left", count=left, kind=kind), file=sys.stderr)
    if not years:
        print(text("search.none", typed=typed), text("search.none_hint"), sep="\n", file=sys.stderr)
    return DONE if years else ANSWER_IS_NO


def _line(year: int, hit: Hit) -> str:
    parts = (str(year), text(f"search.kind_{hit.kind}"), hit.place, f"{hit.code} {hit.title}".strip())
    return " | ".join(" ".join(part.split()) for part in parts)


def _json(years: tuple[YearHits, ...]) -> dict[str, object]:
    return {
        "total": sum(year.total for year in years),
        "years": [
            {
                "year": year.round.year,
                "unit": year.round.unit.name,
                "archived": year.round.archived,
                "kinds": [
                    {
                        "kind": found.kind.value,
                        "total": found.total,
                        "hits": [
                            {
                                "key": hit.key,
                                "code": hit.code,
                                "title": hit.title,
                                "place": hit.place,
                                "detail": hit.detail,
                            }
                            for hit in found.hits
                        ],
                    }
                    for found in year.kinds
                ],
            }
            for year in years
        ],
    }
