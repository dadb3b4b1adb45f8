"""The PC's clock jumps back, its zone is changed: order, deadlines and times stay, and a sentence says it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cchc_desktop.domain.backup import BackupReason
from cchc_desktop.domain.vietnam_time import OFFSET, VIETNAM, in_vietnam, vietnam_now, vietnam_today
from cchc_desktop.language import format_date, format_time, render
from cchc_desktop.services import backups, rounds, verification
from cchc_desktop.services.clock import SLACK, accept_zone, wrong_clock
from cchc_desktop.services.profile import Profile, open_profile
from cchc_desktop.store import answers, backup, journal
from tests.faults.moments import MOMENTS, Unit, faults, prepared, strike
from tests.faults.mounted import ROOT
from tests.services.handing_in import sample_profile
from tests.store.test_backup import explain

PACIFIC, KIRITIMATI, ADJACENT = "PST8PDT,M3.2.0,M11.1.0", "XXX-14", "ICT-7"
"""POSIX zones: they need no zone files. 8 or 7 hours behind UTC, 14 before, Viet Nam's own."""


def in_a_process(module: str, *words: object, **environment: str) -> dict[str, Any]:
    answer = subprocess.run(
        [sys.executable, "-m", module, *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    assert answer.returncode == 0, answer.stderr
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


@pytest.fixture
def unit(tmp_path: Path) -> Iterator[tuple[Profile, str]]:
    with sample_profile(tmp_path / "xã", key=False) as made:
        yield made


@pytest.mark.slow
@pytest.mark.parametrize("days", [-0.03, -2000, 2000], ids=["43 minutes back", "years back", "years ahead"])
def test_whatever_the_clock_says_nothing_is_lost_and_order_stays(
    days: float, template: Path, tmp_path: Path
) -> None:
    """Every moment's work under the wrong clock, and an edit and a backup under the right one after it."""
    folder = Path(shutil.copytree(template, tmp_path / "hồ sơ"))
    told = in_a_process("tests.faults.shifted", days, folder, tmp_path / "ổ rời")
    assert told["after"] == []
    assert told["newest first"], "backups are numbered, not dated"
    said = told["said"]
    assert {moment for moment, found in said.items() if found is not None} <= {"export"}
    if abs(days) > 1:  # the key's certificate is not yet, or no longer, good
        code, sentence = said["export"]
        assert code == "trust.clock"
        assert "Chỉnh lại ngày giờ của máy" in sentence
    else:
        assert said["export"] is None
    if days < 0:
        assert "trước thay đổi gần nhất trong hồ sơ" in told["notice"]
        assert "Dữ liệu vẫn nguyên; chỉnh lại ngày giờ của máy" in told["notice"]
    else:
        assert told["notice"] == ""


def test_a_clock_that_jumps_back_keeps_order_and_every_edit(profile: Profile, round_id: str) -> None:
    """The newest backup is the one made last, although the clock says 2010; nothing newer is thinned away."""
    root = backup.own_root(profile.folder)
    times = [vietnam_now() + timedelta(days=day) for day in range(5)]
    back = datetime(2010, 1, 1, 7, tzinfo=times[0].tzinfo)
    for number, at in enumerate([*times, *(back + timedelta(minutes=n) for n in range(5))]):
        explain(profile, round_id, f"{number}")
        profile.read(
            lambda db, at=at: backup.make(db, profile.folder, root, BackupReason.CLOSE, now=lambda: at)
        )
    newest = backup.backups(root)[0]
    assert newest.content.made_at == back + timedelta(minutes=4)
    assert newest.content.head.seq == profile.read(journal.head).seq
    assert not backups.is_due(profile)
    assert profile.read(journal.verify_chain) is None


def test_the_journal_takes_edits_whatever_the_clock_says(profile: Profile, round_id: str) -> None:
    """A clock that jumps back five years between two edits."""
    from cchc_desktop.store import change

    class Past(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime(2021, 1, 1, tzinfo=tz)

    explain(profile, round_id, "hôm nay")
    real = change.datetime
    try:
        change.datetime = Past  # type: ignore[misc]
        explain(profile, round_id, "năm 2021", where="b")
    finally:
        change.datetime = real  # type: ignore[misc]
    explain(profile, round_id, "lại hôm nay", where="c")
    assert profile.read(journal.verify_chain) is None
    assert sorted(profile.read(lambda db: answers.of_round(db, round_id))) == ["a", "b", "c"]


def test_a_jump_back_is_told_only_beyond_what_setting_the_clock_does(unit: tuple[Profile, str]) -> None:
    profile, round_id = unit
    profile.write(lambda change: answers.set_explanation(change, round_id, "a", "x"))
    last = profile.read(journal.newest_at)
    assert last is not None
    second = timedelta(seconds=1)
    assert wrong_clock(profile, last - SLACK, OFFSET) is None
    found = wrong_clock(profile, last - SLACK - second, OFFSET)
    assert found is not None and found.id == "clock.back"
    assert format_time(last) in render(found)
    assert wrong_clock(profile, last + timedelta(days=4000), OFFSET) is None


def test_another_zone_is_told_until_the_user_knows(unit: tuple[Profile, str]) -> None:
    profile, _round_id = unit
    now, behind, half = vietnam_now(), timedelta(hours=-8), timedelta(hours=5, minutes=45)
    assert wrong_clock(profile, now, OFFSET) is None, "the first is taken"
    for _ in range(2):
        found = wrong_clock(profile, now, behind)
        assert found is not None
        said = render(found)
        assert "đã đổi từ UTC+07:00 sang UTC-08:00" in said
        assert "vẫn tính hạn và ghi giờ theo giờ Việt Nam" in said
    accept_zone(profile, behind)
    assert wrong_clock(profile, now, behind) is None
    found = wrong_clock(profile, now, half)
    assert found is not None and "UTC-08:00 sang UTC+05:45" in render(found)
    assert wrong_clock(profile, now, OFFSET) is None, "set right: nothing to say"
    assert wrong_clock(profile, now, behind) is not None


@pytest.fixture
def set_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    def change(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield change
    monkeypatch.undo()
    time.tzset()


def test_today_is_the_vietnamese_day_in_every_zone(set_zone: Any) -> None:
    """At any moment one of the two extreme zones has another date than Viet Nam."""
    days = set()
    for zone in ("XXX12", KIRITIMATI, ADJACENT):
        set_zone(zone)
        days.add(date.today())  # noqa: DTZ011 - what the system calls today
        assert vietnam_today() == (datetime.now(UTC) + timedelta(hours=7)).date()
        assert vietnam_now().utcoffset() == timedelta(hours=7)
    assert len(days) > 1, "the zone was really changed"


def test_a_moment_is_shown_on_the_vietnamese_clock(set_zone: Any) -> None:
    """31/12/2026 17:30 UTC is half past midnight of New Year's Day in Ea Kao, and 9:30 in California."""
    moment = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)
    set_zone(PACIFIC)
    for same in (moment, moment.astimezone(), moment.astimezone(VIETNAM)):
        assert (format_date(same), format_time(same)) == ("01/01/2027", "00:30")
        assert in_vietnam(same).date() == date(2027, 1, 1)


def test_the_zone_changes_while_the_profile_is_open(set_zone: Any, unit: tuple[Profile, str]) -> None:
    """Edits right after each other in zones 22 hours apart: the journal goes on, what is shown stays."""
    from tests.faults.zones_job import shown

    profile, round_id = unit
    set_zone(ADJACENT)
    profile.write(lambda change: answers.set_explanation(change, round_id, "a", "một"))
    before = shown(profile, round_id)
    set_zone(PACIFIC)
    assert shown(profile, round_id) == before
    profile.write(lambda change: answers.set_explanation(change, round_id, "a", "hai"))
    set_zone(KIRITIMATI)
    profile.write(lambda change: answers.set_explanation(change, round_id, "b", "ba"))
    times = [datetime.fromisoformat(one.at) for one in profile.read(lambda db: list(journal.entries(db)))]
    assert times == sorted(times)
    assert {one.utcoffset() for one in times} == {timedelta()}, "UTC in the file"
    assert profile.read(journal.verify_chain) is None


def test_the_zone_changes_in_the_middle_of_every_moment(
    set_zone: Any, template: Path, tmp_path: Path
) -> None:
    """The program runs on in California, looks at what it did in Kiritimati; signing times are moments."""
    begun = datetime.now(UTC).replace(microsecond=0)
    for moment in MOMENTS:
        place = tmp_path / moment
        place.mkdir()
        unit = Unit(Path(shutil.copytree(template, place / "hồ sơ")), place / "ổ rời", edits=3)
        set_zone(ADJACENT)
        prepared(unit)
        said = strike(moment, unit, lambda: set_zone(PACIFIC), lambda: set_zone(KIRITIMATI))
        assert said is None, moment
        assert faults(unit) == [], moment
    (package,) = tmp_path.rglob("*.asice")
    (signer,) = verification.verify(package, []).signers
    assert begun <= signer.signed_at <= datetime.now(UTC)
    assert signer.signed_at.utcoffset() is not None


@pytest.mark.slow
def test_the_zone_changes_between_two_runs(template: Path, tmp_path: Path) -> None:
    """Written in the zone of Viet Nam; shown alike in California and Kiritimati, and written on there."""
    folder = Path(shutil.copytree(template, tmp_path / "hồ sơ"))
    with open_profile(folder) as profile:
        round_id = rounds.rounds(profile)[0].id
    job = "tests.faults.zones_job"
    first = in_a_process(job, folder, round_id, "write", TZ=ADJACENT)
    assert in_a_process(job, folder, round_id, "show", TZ=PACIFIC) == first
    second = in_a_process(job, folder, round_id, "write", TZ=PACIFIC)
    assert in_a_process(job, folder, round_id, "show", TZ=KIRITIMATI) == second
    assert second["journal"][: len(first["journal"])] == first["journal"]
    assert second["deadlines"] == first["deadlines"]
