"""`cchc export --what … --year Y --to DIR`: one signed package from the profile in `--data`, or one document.

Without `--format` it is the signed package of the plan or the self-score; with it the document itself.
`calendar` is the year's calendar as an .ics file.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cchc_desktop.cli import DONE, Context
from cchc_desktop.cli.passphrase import passphrase_from
from cchc_desktop.cli.signer_options import add_signer_options, choice_from, with_secret
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.domain.round import Round
from cchc_desktop.domain.signer_choice import SignerChoice, SignerKind, SignWith
from cchc_desktop.domain.signing_key import KeyState, Protection
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.language import render, text
from cchc_desktop.services import documents, keys, overview, plans, rounds, signers, submissions
from cchc_desktop.services import profile as profiles
from cchc_desktop.services.documents import DocumentKind
from cchc_desktop.services.profile import Profile

PACKAGES = (PackageKind.PLAN.value, PackageKind.SELFSCORE.value)
DOCUMENTS = tuple(dict.fromkeys(kind.rpartition("_")[0] for kind in DocumentKind))
CALENDAR = "calendar"
FORMATS = tuple(dict.fromkeys(kind.ending for kind in DocumentKind))


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--what", choices=(*DOCUMENTS, CALENDAR), required=True, help=text("submissions.cli_what")
    )
    parser.add_argument("--year", type=int, required=True, metavar="NĂM", help=text("submissions.cli_year"))
    parser.add_argument("--to", type=Path, required=True, metavar="THƯ-MỤC", help=text("submissions.cli_to"))
    parser.add_argument("--format", choices=FORMATS, help=text("submissions.cli_format"))
    parser.add_argument(
        "--plan-kind",
        choices=[kind.value for kind in PlanKind],
        default=PlanKind.YEARLY.value,
        help=text("submissions.cli_plan_kind"),
    )
    parser.add_argument("--certificate", action="store_true", help=text("submissions.cli_certificate"))
    add_signer_options(parser)
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="TỆP", help=text("submissions.cli_passphrase")
    )


def run(arguments: argparse.Namespace, context: Context) -> int:
    with profiles.open_profile(profiles.default_folder(context.data)) as profile:
        round_ = round_of_year(profile, arguments.year)
        if arguments.what == CALENDAR:
            target = arguments.to / overview.calendar_file_name(profile, round_.id)
            overview.write_calendar(profile, round_.id, target, vietnam_now().date())
            print(target)
            return DONE
        if arguments.format is not None:
            print(_document(profile, round_, arguments))
            return DONE
        if arguments.what not in PACKAGES:
            what = arguments.what
            raise KnownError("submissions.needs_format", what=what, formats=_formats(what))
        sign_with = signer_for(profile, round_, arguments)
        readiness = submissions.readiness(profile, round_.id, arguments.what)
        for gap in (*readiness.missing, *readiness.warnings):
            if gap.id.startswith(("trust.", "signers.")):
                continue  # of the signer that is remembered, not of this one; signing says what is wrong
            print(f"- {render(gap)}", file=sys.stderr)
        submission = submissions.export(
            profile,
            round_.id,
            arguments.what,
            arguments.to,
            with_certificate=arguments.certificate,
            sign_with=sign_with,
        )
        print(Path(submission.folder) / submission.file_name)
    return DONE


def _formats(what: str) -> tuple[str, ...]:
    return tuple(kind.ending for kind in DocumentKind if kind.rpartition("_")[0] == what)


def _document(profile: Profile, round_: Round, arguments: argparse.Namespace) -> Path:
    """Write one document into the folder, under the name that the window suggests."""
    what, ending = arguments.what, arguments.format
    if ending not in _formats(what):
        raise KnownError("submissions.no_such_format", what=what, format=ending, formats=_formats(what))
    kind = DocumentKind(f"{what}_{ending}")
    about = round_.id
    if kind.of_plan:
        found = [one for one in plans.plans(profile, round_.id) if one.kind.value == arguments.plan_kind]
        if not found:
            raise KnownError("submissions.no_such_plan", kind=arguments.plan_kind, year=str(round_.year))
        about = found[0].id
    return documents.write(profile, about, kind, arguments.to / documents.file_name(profile, about, kind))


def round_of_year(profile: Profile, year: int) -> Round:
    living = [round_ for round_ in rounds.rounds(profile) if not round_.archived]
    for round_ in living:
        if round_.year == year:
            return round_
    years = tuple(str(round_.year) for round_ in living)
    raise KnownError("submissions.no_such_year", year=str(year), years=years)


def signer_for(profile: Profile, round_: Round, arguments: argparse.Namespace) -> SignWith:
    """The signer of the options, else the chosen one; a PIN is asked for before anything is drawn."""
    choice = choice_from(arguments)
    if choice == SignerChoice():
        choice = signers.chosen(profile)
    if choice.kind is SignerKind.SOFTWARE:
        _ready_key(profile, round_, arguments.passphrase_file)
        return SignWith(choice)
    return with_secret(choice, arguments.passphrase_file)


def _ready_key(profile: Profile, round_: Round, passphrase_file: Path | None) -> None:
    """Unlock the key, or make the first one. A lost key is replaced on purpose only, not from here."""
    status = keys.key_state(profile)
    if status.state is KeyState.LOCKED and status.protection is Protection.PASSPHRASE:
        keys.unlock(profile, passphrase_from(passphrase_file))
    elif status.state is KeyState.NONE:
        chosen = passphrase_from(passphrase_file) if passphrase_file else None
        try:
            keys.create_key(profile, round_.unit, chosen)
        except KnownError as error:
            if error.code != "trust.keyring_absent":
                raise
            raise KnownError("submissions.cli_no_keyring", detail=error.detail) from error
        print(keys.enrolment_text(profile), file=sys.stderr)
