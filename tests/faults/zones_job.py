"""What the program shows of its times, in whatever zone the system is set to.

TZ=… python -m tests.faults.zones_job FOLDER ROUND write|show
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

from cchc_desktop.domain.backup_words import backup_message
from cchc_desktop.domain.vietnam_time import vietnam_today
from cchc_desktop.language import format_date, format_time, render
from cchc_desktop.services import backups, evidence, history, overview, plan, submissions
from cchc_desktop.services.profile import Profile, open_profile
from cchc_desktop.store import journal


def shown(profile: Profile, round_id: str) -> dict[str, object]:
    """Every kind of time that a user meets: history, evidence, backups, submissions, deadlines."""
    entries = history.entries(profile, round_id, 5)
    pieces = evidence.all_evidence(profile, round_id)
    calendar = overview.calendar(profile, round_id, vietnam_today())
    return {
        "history": [f"{format_time(one.at)} {format_date(one.at)}" for one in entries],
        "evidence": [format_date(one.added_at) for one in pieces],
        "backups": [render(backup_message(one)) for one in backups.backups(profile)],
        "submissions": [format_time(one.created_at) for one in submissions.submissions_of(profile, round_id)],
        "deadlines": [(one.due.isoformat(), one.days_left) for one in calendar],
        "journal": [one.at for one in profile.read(lambda db: list(journal.entries(db)))],
        "today": format_date(vietnam_today()),
    }


def main(folder: Path, round_id: str, what: str) -> None:
    with open_profile(folder) as profile:
        if what == "write":
            area = plan.plan(profile, round_id).tasks[0].area
            plan.add_task(profile, round_id, area, title=f"lúc {datetime.now().astimezone().tzname()}")
            backups.back_up(profile)
        sys.stdout.write(json.dumps(shown(profile, round_id), ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
