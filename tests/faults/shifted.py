"""A clock that jumps: the program's `datetime` and `time.time` are moved together, the rest of it is real.

    python -m tests.faults.shifted DAYS FOLDER POST

does every moment's work with the clock that many days away from now, jumps back to the right time, edits once
more and prints {"said": {moment: told}, "notice": what the window would say, "after": what is wrong}. A
system clock can't be set in a test, and a time name space moves only clocks that nobody reads the date from.
"""

from __future__ import annotations

import datetime as real
import json
import sys
import time
from pathlib import Path
from typing import Any

_right = real.datetime
_right_time = time.time
_shift = real.timedelta()


class _Meta(type):
    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, _right)


class _Shifted(_right, metaclass=_Meta):
    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return _right.now(tz) + _shift


def jump(days: float) -> None:
    global _shift
    _shift = real.timedelta(days=days)


real.datetime = _Shifted  # type: ignore[misc]
time.time = lambda: _right_time() + _shift.total_seconds()


def main(days: float, folder: Path, post: Path) -> None:
    # Only now: every module takes its `datetime` when it is imported.
    from cchc_desktop.domain.vietnam_time import OFFSET, vietnam_now
    from cchc_desktop.language import render
    from cchc_desktop.services import backups
    from cchc_desktop.services.clock import wrong_clock
    from cchc_desktop.store import backup
    from cchc_desktop.store.profile import open_profile
    from tests.faults.moments import MOMENTS, Unit, faults, prepared, strike
    from tests.kills.later_version import pretend

    unit = Unit(folder, post, edits=5)
    prepared(unit)
    jump(days)
    with open_profile(folder) as profile:
        notice = wrong_clock(profile, vietnam_now(), OFFSET)
    said = {}
    for moment in MOMENTS:
        if moment == "migrate":
            continue  # once more at the end: a profile that was brought up is not opened by the older program
        if moment == "restore":
            for package in post.glob("*.asice"):  # exported after the backup: its row is put away
                package.unlink()
        said[moment] = strike(moment, unit, lambda: None, lambda: None, early=True)
        assert faults(unit) == [], (moment, faults(unit))
    jump(0)
    with open_profile(folder) as profile:
        unit.explain(profile, "lại đúng giờ", "x")
        newest = backups.back_up(profile).backup.content.number
    kept = [one.content.number for one in backup.backups(backup.own_root(folder))]
    jump(days)
    said["migrate"] = strike("migrate", unit, lambda: None, lambda: None)
    after = faults(unit)
    pretend(0)
    words = render(notice) if notice else ""
    told = {"said": said, "notice": words, "after": after, "newest first": kept[0] == newest}
    sys.stdout.write(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main(float(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
