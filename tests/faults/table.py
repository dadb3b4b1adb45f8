"""Every fault at every moment, and every damage, with the tests that show what becomes of it.

`test_table.py` asks pytest whether each of these tests is there.
"""

from __future__ import annotations

from tests.faults.damages import DAMAGES, LOG_DAMAGES
from tests.faults.moments import MOMENTS as WORK

MOMENTS = ("edit", "add evidence", "migrate", "back up", "export", "restore")
"""Of the issue; `carry` (one file for a new PC) is tested wherever backing up is."""
assert set(MOMENTS) | {"carry"} == set(WORK)

HERE = "tests/faults"
_DISKS, _CLOCK, _DRIVES = f"{HERE}/test_disks.py", f"{HERE}/test_clock.py", f"{HERE}/test_drives.py"
_CRASH = "tests/gui/test_crash.py"
_KILLS = "tests/kills/test_kills.py::test_nothing_said_to_be_saved_is_lost_at_any_moment"
_EVERY = f"{_DISKS}::test_every_moment_ends_in_a_sentence_and_a_sound_profile"
_FAILS = f"{_DISKS}::test_a_disk_that_fails_is_told_and_nothing_is_lost"
_FAILS_ANYWHERE = f"{_DISKS}::test_a_disk_that_fails_anywhere"
_FAILS_ONCE = f"{_DISKS}::test_one_call_that_fails_and_then_none"
_REFUSED = f"{_DRIVES}::test_a_profile_there_is_refused_with_a_way_out"
_TWO = f"{HERE}/test_two_programs.py::test_the_second_program_is_told_at_every_moment"
_JUMPS = f"{_CLOCK}::test_whatever_the_clock_says_nothing_is_lost_and_order_stays"
_WORK_GOES_ON = f"{_CRASH}::test_work_under_way_goes_on_when_a_page_fails"

_KILLED = {
    "edit": "tests/store/test_durability.py::test_nothing_said_to_be_saved_is_lost_by_a_kill[12]",
    "add evidence": "tests/store/test_durability.py::test_nothing_said_to_be_saved_is_lost_by_a_kill[12]",
    "migrate": "tests/store/test_upgrades.py::test_killed_in_the_middle_it_is_the_old_or_the_new_profile",
    "export": "tests/delivery/test_killed_packages.py"
    "::test_killed_at_any_step_leaves_nothing_after_the_next_start[folder-package.writing-1]",
}
# A page is never open while a profile is brought up or restored: the window comes after, or is closed before.
_PAGE = {
    "edit": f"{_CRASH}::test_an_edit_before_the_fault_is_on_the_disk[refresh]",
    "add evidence": f"{_WORK_GOES_ON}[add evidence]",
    "back up": f"{_WORK_GOES_ON}[back up]",
    "export": f"{_WORK_GOES_ON}[export]",
    "migrate": f"{_CRASH}::test_the_page_that_was_open_last_may_be_at_fault_at_the_start",
    "restore": f"{_CRASH}::test_the_page_that_was_open_last_may_be_at_fault_at_the_start",
}


def _failing(moment: str, call: str) -> tuple[str, ...]:
    return tuple(f"{test}[{moment}-{call}]" for test in (_FAILS, _FAILS_ANYWHERE, _FAILS_ONCE))


FAULTS: dict[str, dict[str, tuple[str, ...]]] = {
    "SIGKILL": {moment: (_KILLS, *filter(None, [_KILLED.get(moment)])) for moment in MOMENTS},
    "disk full": dict.fromkeys(MOMENTS, (f"{_EVERY}[full]",)),
    "quota": dict.fromkeys(MOMENTS, (f"{_EVERY}[quota]",)),
    "fsync fails": {moment: _failing(moment, "fsync") for moment in MOMENTS},
    "write fails": {moment: _failing(moment, "write") for moment in MOMENTS},
    "read-only folder": dict.fromkeys(MOMENTS, (f"{_EVERY}[read_only]",)),
    "network drive": dict.fromkeys(MOMENTS, (f"{_REFUSED}[network]",)),
    "removable drive": dict.fromkeys(MOMENTS, (f"{_REFUSED}[removable]",)),
    "two programs": dict.fromkeys(MOMENTS, (_TWO,)),
    "clock jumps back": dict.fromkeys(MOMENTS, (f"{_JUMPS}[43 minutes back]", f"{_JUMPS}[years back]")),
    "time zone changed": dict.fromkeys(
        MOMENTS,
        (
            f"{_CLOCK}::test_the_zone_changes_in_the_middle_of_every_moment",
            f"{_CLOCK}::test_the_zone_changes_between_two_runs",
        ),
    ),
    "crash in a page": {moment: (_PAGE[moment],) for moment in MOMENTS},
}

MORE: dict[str, tuple[str, ...]] = {
    "times shown in another zone": (
        f"{_CLOCK}::test_the_zone_changes_while_the_profile_is_open",
        f"{_CLOCK}::test_a_moment_is_shown_on_the_vietnamese_clock",
        f"{_CLOCK}::test_today_is_the_vietnamese_day_in_every_zone",
    ),
    "a disk that fills up at closing": (
        f"{HERE}/test_small_disks.py::test_closing_on_a_full_disk_loses_nothing",
    ),
    "a disk too full for a new profile": (
        f"{HERE}/test_small_disks.py::test_a_full_disk_is_told_and_loses_nothing",
    ),
    "an edit typed on a faulty disk": tuple(
        f"tests/gui/test_edits.py::test_a_faulty_disk_keeps_the_edit_and_its_order[store.{code}]"
        for code in ("disk_full", "input_output", "folder_gone")
    ),
    "somebody else's folder": (f"{HERE}/test_small_disks.py::test_a_folder_of_someone_else_is_told",),
    "a folder that vanishes": (
        f"{HERE}/test_small_disks.py::test_a_folder_that_vanishes_while_open_is_told",
    ),
    "a full second drive": (
        f"{HERE}/test_small_disks.py::test_a_full_second_drive_does_not_hinder_the_backup_here",
    ),
    "a full stick": (
        "tests/services/test_submission_refusals.py::test_full_stick_leaves_neither_file_nor_row",
    ),
    "programs that start at once": (
        f"{HERE}/test_two_programs.py::test_of_programs_that_start_at_once_exactly_one_gets_it",
    ),
    "a drive's way out": (
        f"{_DRIVES}::test_the_way_out_can_be_taken",
        f"{_DRIVES}::test_real_mounts_are_seen_for_what_they_are",
        "tests/gui/test_backup_panel.py::test_a_profile_on_a_network_drive_is_copied_here",
        "tests/cli/test_backup.py::test_a_profile_folder_elsewhere_can_be_taken_over",
    ),
    "a clock's word in the window": (
        "tests/gui/test_clock_notice.py::test_a_clock_that_jumps_back_is_told_and_goes",
    ),
    "a crash's report": tuple(
        f"tests/gui/test_crash_report.py::test_a_saved_report_holds_nothing_of_the_unit[{slip}]"
        for slip in ("key", "value", "file", "ours", "nested", "deep", "foreign")
    ),
    "a failed upgrade": (
        "tests/store/test_upgrades.py::test_a_failing_migration_leaves_the_old_profile_to_the_old_program",
    ),
}
"""Faults that are of one moment only, and what else of a fault is worth a test."""

_MENDED = f"{HERE}/test_damage.py::test_it_is_mended_and_what_was_lost_is_said_exactly"
_FILES = f"{HERE}/test_damaged_files.py"

DAMAGED: dict[str, tuple[str, ...]] = {
    **{name: (f"{_MENDED}[with a backup-{name}]", f"{_MENDED}[without-{name}]") for name in DAMAGES},
    **{
        name: (f"{HERE}/test_damage.py::test_a_killed_program_s_damaged_log[{name}]",) for name in LOG_DAMAGES
    },
    "evidence removed": (f"{_FILES}::test_evidence_that_was_removed_is_found_by_its_digest",),
    "evidence moved or renamed": (f"{_FILES}::test_evidence_that_was_removed_is_found_by_its_digest",),
    "evidence changed": (f"{_FILES}::test_changed_evidence_is_replaced_and_kept_beside",),
    "all evidence removed": (f"{_FILES}::test_a_long_list_of_missing_files_is_cut_with_its_rest_counted",),
    "half copies left": (f"{_FILES}::test_half_copies_are_swept_away",),
}
