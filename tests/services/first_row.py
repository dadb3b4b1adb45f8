"""The explanation of a profile's first row, written and read, mostly with the profile opened for it alone."""

from __future__ import annotations

from pathlib import Path

from cchc_desktop.services import scoring
from cchc_desktop.services.profile import Profile, open_profile
from cchc_desktop.services.rounds import rounds


def explain(folder: Path, words: str) -> None:
    with open_profile(folder) as profile:
        explain_open(profile, words)


def explain_open(profile: Profile, words: str) -> None:
    round_ = rounds(profile)[0]
    key = scoring.sheet(profile, round_.id).criteria.rows[0].key
    scoring.set_explanation(profile, round_.id, key, words)


def explanation(folder: Path) -> str:
    with open_profile(folder) as profile:
        round_ = rounds(profile)[0]
        sheet = scoring.sheet(profile, round_.id)
        return sheet.answer(sheet.criteria.rows[0].key).explanation
