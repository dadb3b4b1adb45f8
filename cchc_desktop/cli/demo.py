"""`cchc demo`: the whole main job on a sample unit, through the services that the window uses.

Everything happens in a temporary profile with a key of its own behind a generated passphrase: neither the
user's profile nor the keyring is touched.
"""

from __future__ import annotations

import argparse
import json
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cchc_desktop.cli import DONE, Context
from cchc_desktop.cli.score_json import total_object
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.plan_checks import Severity
from cchc_desktop.domain.round import HeadConfirmation
from cchc_desktop.domain.sample import Sample
from cchc_desktop.domain.scoring import Total
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.quick_dataclass import dataclass, field
from cchc_desktop.services import (
    documents,
    evidence,
    keys,
    plan,
    profile,
    rounds,
    samples,
    scoring,
    submissions,
    verification,
)
from cchc_desktop.services.documents import DocumentKind
from cchc_desktop.services.profile import Profile

# What the last run wrote into the folder, so that the next one replaces that and nothing else.
LIST_NAME = "demo.json"
PICTURES_FOLDER = "pictures"
_STEPS = (
    *("step_profile", "step_plan", "step_answers", "step_evidence", "step_confirm"),
    *("step_documents", "step_package", "step_verify", "step_pictures"),
)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--unit", choices=samples.KINDS, default="commune", help=text("demo.option_unit"))
    parser.add_argument(
        "--out",
        type=Path,
        metavar="THƯ-MỤC",
        default=Path("demo-output"),
        help=text("demo.option_out"),
    )
    parser.add_argument("--json", action="store_true", help=text("demo.option_json"))


def run(arguments: argparse.Namespace, context: Context) -> int:
    """Do the job and say what came out. Raises what the services raise: the job succeeds whole or not."""
    tell: Callable[[str], None] = (lambda _step: None) if arguments.json else _tell
    sample = samples.load(arguments.unit)
    with _out_folder(arguments.out) as out, tempfile.TemporaryDirectory(prefix="cchc-demo-") as scratch:
        folder = Path(scratch) / "profile"
        result = _main_job(sample, folder, out, tell)
        tell("step_pictures")
        result.pictures = context.draw_pages(folder, out.subfolder(PICTURES_FOLDER))
        out.wrote(*result.pictures)
    if arguments.json:
        print(json.dumps(result.as_json(), ensure_ascii=False))
    else:
        print(result.as_text(sample))
    return DONE


@dataclass
class Result:
    package: Path
    trust: Path
    documents: list[Path]
    tasks: int
    evidence: int
    total: Total
    pictures: list[Path] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "package": str(self.package),
            "trust": str(self.trust),
            "documents": [str(path) for path in self.documents],
            "pictures": [str(path) for path in self.pictures],
            "tasks": self.tasks,
            "evidence": self.evidence,
            "total": total_object(self.total),
        }

    def as_text(self, sample: Sample) -> str:
        return text(
            "demo.result",
            unit=sample.unit.name,
            tasks=self.tasks,
            evidence=self.evidence,
            points=self.total.self_points,
            self_max=self.total.self_max,
            open=self.total.open_points,
            package=str(self.package),
            trust=str(self.trust),
            documents=[str(path) for path in self.documents],
            pictures=len(self.pictures),
        )


def _tell(step: str) -> None:
    number = _STEPS.index(step) + 1
    line = text("demo.progress", number=number, count=len(_STEPS), step=text(f"demo.{step}"))
    print(line, file=sys.stderr, flush=True)


def _main_job(sample: Sample, folder: Path, out: _Out, tell: Callable[[str], None]) -> Result:
    tell("step_profile")
    with profile.create_profile(
        folder, sample.unit, sample.year, sample.criteria, sample.plan_template, sample.unit.focal_point.name
    ) as opened:
        round_id = rounds.rounds(opened)[0].id
        tell("step_plan")
        task_ids = _write_plan(opened, round_id, sample)
        tell("step_answers")
        _answer(opened, round_id, sample)
        tell("step_evidence")
        attached = _attach(opened, round_id, sample, task_ids)
        tell("step_confirm")
        total = _confirm(opened, round_id, sample)
        tell("step_documents")
        written = _write_documents(opened, round_id, out)
        tell("step_package")
        keys.create_key(opened, sample.unit, secrets.token_urlsafe(24))
        submission = submissions.export(opened, round_id, PackageKind.SELFSCORE, out.folder)
        package = out.folder / submission.file_name
        out.wrote(package)
        trust = keys.export_certificate(opened, out.folder)
        out.wrote(trust)
    tell("step_verify")
    found = verification.verify(package, [trust])
    if found.outcome is not Outcome.VALID:
        reasons = [render(reason.message) for reason in found.reasons]
        raise KnownError("demo.not_valid", unusable_input=False, reasons=reasons, out=str(out.folder))
    return Result(package, trust, written, len(task_ids), attached, total)


def _write_plan(opened: Profile, round_id: str, sample: Sample) -> dict[str, str]:
    """Write texts, targets, tasks and issue; give the new id of each task of the sample."""
    for section, words in sample.texts.items():
        plan.set_text(opened, round_id, section, words)
    for target in sample.targets:
        plan.add_target(
            *(opened, round_id, target.area),
            title=target.title,
            unit=target.unit,
            baseline=target.baseline,
            value=target.value,
            source=target.source,
            preset=target.preset,
        )
    task_ids = {}
    for task in sample.tasks:
        _changes, added = plan.add_task(
            *(opened, round_id, task.area),
            title=task.title,
            product=task.product,
            lead=task.lead,
            coworkers=task.coworkers,
            due=task.due,
            cost=task.cost,
            cost_source=task.cost_source,
            criteria=task.criteria,
            state=task.state,
            done_on=task.done_on,
            preset=task.preset,
        )
        task_ids[task.id] = added.id
    plan.set_issue(opened, round_id, sample.issue)
    errors = [f for f in plan.findings(opened, round_id) if f.severity is Severity.ERROR]
    if errors:
        raise KnownError("demo.plan_incomplete", count=len(errors), first=errors[0].message)
    return task_ids


def _answer(opened: Profile, round_id: str, sample: Sample) -> None:
    for key, answer in sample.answers.items():
        scoring.set_answer(opened, round_id, key, answer.entry)
        if answer.explanation:
            scoring.set_explanation(opened, round_id, key, answer.explanation)
    faults = scoring.sheet(opened, round_id).score.errors
    if faults:
        raise KnownError("demo.answers_wrong", count=len(faults), first=faults[0].message)


def _attach(opened: Profile, round_id: str, sample: Sample, task_ids: dict[str, str]) -> int:
    with tempfile.TemporaryDirectory(prefix="cchc-") as made:
        for piece in sample.evidence:
            path = samples.make_evidence_file(sample, piece, Path(made))
            links = samples.links_of(piece, task_ids)
            evidence.add(opened, round_id, path, piece.record, links)
    return len(evidence.all_evidence(opened, round_id))


def _confirm(opened: Profile, round_id: str, sample: Sample) -> Total:
    total = scoring.sheet(opened, round_id).score.total
    head = sample.unit.head
    confirmation = HeadConfirmation(head.name, head.title, vietnam_now().date(), total.points)
    rounds.confirm(opened, round_id, confirmation)
    return total


def _write_documents(opened: Profile, round_id: str, out: _Out) -> list[Path]:
    written = []
    for kind in (
        *(DocumentKind.PLAN_PDF, DocumentKind.PLAN_DOCX),
        *(DocumentKind.SELFSCORE_PDF, DocumentKind.SELFSCORE_XLSX),
    ):
        to = out.folder / documents.file_name(opened, round_id, kind)
        path = documents.write(opened, round_id, kind, to)
        out.wrote(path)
        written.append(path)
    return written


class _Out:
    """The folder of results. It remembers what this run wrote, for the next run to replace."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._written: list[str] = []

    def subfolder(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        return folder

    def wrote(self, *paths: Path) -> None:
        self._written += [path.relative_to(self.folder).as_posix() for path in paths]
        listed = json.dumps({"files": self._written}, ensure_ascii=False, indent=1)
        (self.folder / LIST_NAME).write_text(listed + "\n", encoding="utf-8")

    def clear(self) -> None:
        """Remove what an earlier run wrote here, and nothing else."""
        for name in self._listed():
            path = self.folder / name
            if path.is_file() and path.resolve().is_relative_to(self.folder.resolve()):
                path.unlink()

    def _listed(self) -> list[str]:
        try:
            found = json.loads((self.folder / LIST_NAME).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return []
        names = found.get("files") if isinstance(found, dict) else None
        return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


@contextmanager
def _out_folder(chosen: Path) -> Iterator[_Out]:
    folder = chosen.expanduser().absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        out = _Out(folder)
        out.clear()
        out.wrote()
    except (FileExistsError, NotADirectoryError) as error:
        raise KnownError("demo.out_not_folder", out=str(folder)) from error
    except OSError as error:
        raise KnownError("demo.out_not_writable", out=str(folder), detail=error.strerror or "") from error
    yield out
