"""A program at work until it is killed: says, line by line, what it holds for saved, and what it began.

Lines: "saved KIND WHERE NUMBER" after each durable edit, "begin" when the moment's own work starts for the
first time, "round" each time it is through. Edits go on in between or, where the profile stays open,
meanwhile.
"""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path

from cchc_desktop.domain.backup import BackupReason
from cchc_desktop.domain.evidence import EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.services import backups, evidence, keys, plan, restoring, rounds, scoring, submissions
from cchc_desktop.services.profile import Profile, open_profile
from tests.kills.later_version import pretend

PASSPHRASE = "mật khẩu để ký thử"
BEFORE = 20
"""Edits that are acknowledged before the moment's own work begins."""


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


class Worker:
    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        self.profile: Profile = open_profile(folder)
        self.round_id = rounds.rounds(self.profile)[0].id
        sheet = scoring.sheet(self.profile, self.round_id)
        self.rows = [row.key for row in sheet.criteria.rows][:12]
        self.task = plan.add_task(self.profile, self.round_id, sheet_area(self.profile, self.round_id))[1].id
        self.number = 0
        self.begun = False

    def edit(self) -> None:
        self.number += 1
        number = self.number
        kind = self.chance.choice(("explanation", "explanation", "task"))
        if kind == "explanation":
            where = self.chance.choice(self.rows)
            scoring.set_explanation(self.profile, self.round_id, where, f"{number}")
        else:
            where = self.task
            plan.update_task(self.profile, where, title=f"{number}")
        say("saved", kind, where, number)

    def attach(self) -> None:
        self.number += 1
        source = self.folder.parent / f"{self.folder.name}.pdf"
        source.write_bytes(b"%PDF-1.7\n" + os.urandom(self.chance.randrange(1, 400_000)))
        link = EvidenceLink(LinkKind.ROW, self.rows[0])
        record = EvidenceRecord(f"{self.number}")
        added = evidence.add(self.profile, self.round_id, source, record, [link])[1]
        say("saved", "evidence", added.id, self.number)

    def begin(self) -> None:
        if not self.begun:
            self.begun = True
            say("begin")

    # The moments

    def editing(self) -> None:
        self.begin()
        for _ in count():
            self.edit()

    def adding(self) -> None:
        self.begin()
        for _ in count():
            self.attach()
            self.edit()

    def backing_up(self) -> None:
        self._beside(lambda: backups.back_up(self.profile, BackupReason.CLOSE, thorough=False))

    def exporting(self) -> None:
        keys.unlock(self.profile, PASSPHRASE)
        out = self.folder.parent / f"{self.folder.name} xuất"
        out.mkdir()
        self._beside(lambda: submissions.export(self.profile, self.round_id, "plan", out))

    def migrating(self) -> None:
        self.profile.close()
        self.begin()
        for steps in count(1):
            pretend(steps)
            self.profile = open_profile(self.folder)
            self.edit()
            self.profile.close()
            say("round")

    def restoring(self) -> None:
        self.begin()
        for _ in count():
            made = backups.back_up(self.profile, thorough=False).backup
            self.profile.close()
            restoring.restore_backup(self.folder, made)
            self.profile = open_profile(self.folder)
            self.edit()
            say("round")

    def _beside(self, work: Callable[[], object]) -> None:
        """The work again and again on a thread, edits meanwhile on this one."""

        def again() -> None:
            try:
                while True:
                    self.begin()
                    work()
                    say("round")
            except BaseException as error:
                say("failed", repr(error))
                os._exit(3)

        threading.Thread(target=again, daemon=True).start()
        for _ in count():
            self.edit()


def sheet_area(profile: Profile, round_id: str) -> str:
    return plan.plan(profile, round_id).tasks[0].area


MOMENTS: dict[str, Callable[[Worker], None]] = {
    "editing": Worker.editing,
    "adding evidence": Worker.adding,
    "migrating": Worker.migrating,
    "backing up": Worker.backing_up,
    "exporting": Worker.exporting,
    "restoring": Worker.restoring,
}


def work(moment: str, folder: Path, seed: int) -> None:
    """Never returns by itself."""
    worker = Worker(folder, random.Random(seed))
    for _ in range(BEFORE):
        worker.edit()
    MOMENTS[moment](worker)
