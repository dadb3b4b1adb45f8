"""At least one row in every journaled table, and ways past the program to change them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from cchc_desktop.domain.evidence import Evidence, EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.domain.handout import Handout, HandoutKind
from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan import PlanRecord
from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.domain.submission import Submission
from cchc_desktop.store import answers, evidence, handouts, plan, plans, submissions
from cchc_desktop.store.change import Change
from cchc_desktop.store.codec import text_time, time_text
from cchc_desktop.store.profile import Profile


def fill(profile: Profile, round_id: str) -> None:
    """At least one row in every journaled table."""

    def work(change: Change) -> None:
        answers.set_entry(change, round_id, "kh_ban_hanh", {"option": "Đúng hạn", "count": 2})
        plan.set_text(change, round_id, "muc_tieu", "Nâng cao chất lượng phục vụ")
        task = plan.add_task(change, round_id, "A", title="Kiểm tra “CCHC”", cost=Decimal("12.50"))
        plan.add_target(change, round_id, "A", title="Hồ sơ trực tuyến", value="≥ 80")
        links = (EvidenceLink(LinkKind.ROW, "kh_ban_hanh"), EvidenceLink(LinkKind.TASK, task.id))
        record = EvidenceRecord("12/KH-UBND", date(2026, 1, 31), "UBND xã", "Kế hoạch", "1")
        when = text_time("2026-02-01T08:00:00.123+00:00")
        evidence.add(change, Evidence("e" * 32, round_id, "a.pdf", 9, "0" * 64, record, when, links))
        submissions.add(
            change,
            Submission(
                *("s" * 32, round_id, "plan", 0, "p1", "f" * 64, "x.asice", 10, "/tmp", when),
                *(DocumentState.EXPORTED, 1),
            ),
        )
        ref = PackRef("ke-hoach-5-nam", 1)
        plans.insert(change, PlanRecord("p" * 32, round_id, PlanKind.FIVE_YEAR, ref, 2026, 2030))
        handouts.insert(
            change, Handout("h" * 32, round_id, None, HandoutKind.PLAN, "Văn phòng", "a.xlsx", when, 1)
        )
        delivery = {"id": "d" * 32, "round_id": round_id, "submission_id": "s" * 32, "channel": "folder"}
        sent = {"target": "/tmp", "state": "exported", "reason": None, "files": "[]", "receipt": None}
        times = {"created_at": time_text(when), "changed_at": time_text(when)}
        change.insert("deliveries", {**delivery, **sent, **times})
        document = {"id": "g" * 32, "round_id": round_id, "plan_id": None, "kind": "plan", "name": "kh.pdf"}
        content = {"content_sha256": "1" * 64, "sha256": "2" * 64, "size": 9, "signers": "[]"}
        numbered = {"state": "signed_not_numbered", "number": "", "issued_on": None}
        change.insert("signed_documents", {**document, **content, **numbered, "created_at": time_text(when)})

    profile.write(work)
    # So that none of them is the journal's newest row.
    profile.write(lambda change: answers.set_explanation(change, round_id, "kh_ban_hanh", "Đã ban hành"))


@contextmanager
def straight(profile: Profile) -> Iterator[sqlite3.Connection]:
    """A connection that goes past the program."""
    connection = sqlite3.connect(profile.folder / "cchc.sqlite3", isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def without_triggers(profile: Profile, statement: str, *values: object) -> None:
    """What someone with a database tool and bad intent does."""
    with straight(profile) as db:
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            db.execute(f"DROP TRIGGER {name}")
        db.execute(statement, values)
        for _name, sql in triggers:
            db.execute(sql)
