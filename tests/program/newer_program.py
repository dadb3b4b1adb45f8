"""What a later version of the program does with a profile: it brings it up to date, works on, backs up.

newer_program.py FOLDER WORDS     the first row's explanation becomes WORDS
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.kills.later_version import pretend

pretend(2)

from cchc_desktop.domain.backup import BackupReason  # noqa: E402 - only now are there more migrations
from cchc_desktop.services import backups, scoring  # noqa: E402
from cchc_desktop.services.profile import open_profile  # noqa: E402
from cchc_desktop.services.rounds import rounds  # noqa: E402

if __name__ == "__main__":
    with open_profile(Path(sys.argv[1])) as profile:
        round_ = rounds(profile)[0]
        key = scoring.sheet(profile, round_.id).criteria.rows[0].key
        for number in range(6):
            scoring.set_explanation(profile, round_.id, key, f"{sys.argv[2]} {number}")
            backups.back_up(profile, BackupReason.CLOSE)
