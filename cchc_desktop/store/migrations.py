"""The schema's history. A new database runs 1 … N, so the way up from every release is always tested.

A migration, once released, is never edited. Statements are written out (not built from today's tables), but
for the triggers, whose column lists each migration names itself. sqlite-utils is imported only here and only
when there is something to migrate: opening an up-to-date profile must stay fast.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

APPLICATION_ID = 0x43434843  # "CCHC"

_JOURNAL = """
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY CHECK (seq > 0),
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  batch INTEGER NOT NULL,
  step INTEGER NOT NULL,
  round_id TEXT NOT NULL,
  table_name TEXT NOT NULL,
  key TEXT NOT NULL,
  old TEXT,
  new TEXT,
  undoes INTEGER,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  CHECK (old IS NOT NULL OR new IS NOT NULL)
) STRICT"""

_TABLES = (
    """
CREATE TABLE rounds (
  id TEXT PRIMARY KEY, round_id TEXT NOT NULL CHECK (round_id = id),
  year INTEGER NOT NULL, unit TEXT NOT NULL,
  criteria_id TEXT NOT NULL, criteria_version INTEGER NOT NULL,
  plan_template_id TEXT NOT NULL, plan_template_version INTEGER NOT NULL,
  exclusions TEXT NOT NULL, confirmation TEXT, plan_issue TEXT NOT NULL,
  archived INTEGER NOT NULL CHECK (archived IN (0, 1)), origin TEXT NOT NULL,
  journal_seq INTEGER NOT NULL
) STRICT""",
    """
CREATE TABLE answers (
  id TEXT PRIMARY KEY, round_id TEXT NOT NULL REFERENCES rounds (id),
  row_key TEXT NOT NULL, entry TEXT, explanation TEXT NOT NULL,
  journal_seq INTEGER NOT NULL, CHECK (id = round_id || '/' || row_key)
) STRICT""",
    """
CREATE TABLE plan_texts (
  id TEXT PRIMARY KEY, round_id TEXT NOT NULL REFERENCES rounds (id),
  section TEXT NOT NULL, content TEXT NOT NULL,
  journal_seq INTEGER NOT NULL, CHECK (id = round_id || '/' || section)
) STRICT""",
    """
CREATE TABLE tasks (
  id TEXT PRIMARY KEY, round_id TEXT NOT NULL REFERENCES rounds (id),
  area TEXT NOT NULL, position INTEGER NOT NULL, title TEXT NOT NULL, product TEXT NOT NULL,
  lead TEXT NOT NULL, coworkers TEXT NOT NULL, due TEXT NOT NULL, cost TEXT, cost_source TEXT NOT NULL,
  criteria TEXT NOT NULL, state TEXT NOT NULL, done_on TEXT, preset TEXT NOT NULL,
  journal_seq INTEGER NOT NULL
) STRICT""",
    """
CREATE TABLE targets (
  id TEXT PRIMARY KEY, round_id TEXT NOT NULL REFERENCES rounds (id),
  area TEXT NOT NULL, position INTEGER NOT NULL, title TEXT NOT NULL, unit TEXT NOT NULL,
  baseline TEXT NOT NULL, value TEXT NOT NULL, source TEXT NOT NULL, preset TEXT NOT NULL,
  journal_seq INTEGER NOT NULL
) STRICT""",
    """
CREATE TABLE evidence (
  id TEXT PRIMARY KEY, round_id TEXT NOT NULL REFERENCES rounds (id),
  name TEXT NOT NULL, size INTEGER NOT NULL CHECK (size > 0),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  number TEXT NOT NULL, issued_on TEXT, issuer TEXT NOT NULL, abstract TEXT NOT NULL, page TEXT NOT NULL,
  personal_data INTEGER NOT NULL CHECK (personal_data IN (0, 1)), added_at TEXT NOT NULL,
  journal_seq INTEGER NOT NULL
) STRICT""",
    """
CREATE TABLE evidence_links (
  id TEXT PRIMARY KEY, round_id TEXT NOT NULL REFERENCES rounds (id),
  evidence_id TEXT NOT NULL REFERENCES evidence (id), kind TEXT NOT NULL, key TEXT NOT NULL,
  journal_seq INTEGER NOT NULL, CHECK (id = evidence_id || '/' || kind || '/' || key)
) STRICT""",
    """
CREATE TABLE submissions (
  id TEXT PRIMARY KEY, round_id TEXT NOT NULL REFERENCES rounds (id),
  kind TEXT NOT NULL, revision INTEGER NOT NULL, package_id TEXT NOT NULL UNIQUE,
  manifest_sha256 TEXT NOT NULL, file_name TEXT NOT NULL, size INTEGER NOT NULL, folder TEXT NOT NULL,
  created_at TEXT NOT NULL, state TEXT NOT NULL, counter INTEGER NOT NULL UNIQUE,
  journal_seq INTEGER NOT NULL
) STRICT""",
    "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
)

_INDEXES = (
    "CREATE INDEX answers_by_round ON answers (round_id)",
    "CREATE INDEX plan_texts_by_round ON plan_texts (round_id)",
    "CREATE INDEX tasks_by_round ON tasks (round_id, area, position)",
    "CREATE INDEX targets_by_round ON targets (round_id, area, position)",
    "CREATE INDEX evidence_by_round ON evidence (round_id)",
    "CREATE INDEX evidence_by_content ON evidence (sha256)",
    "CREATE INDEX evidence_links_by_round ON evidence_links (round_id, kind, key)",
    "CREATE INDEX evidence_links_by_evidence ON evidence_links (evidence_id)",
    "CREATE INDEX submissions_by_round ON submissions (round_id)",
)


def _journal_triggers() -> Iterator[str]:
    """The journal grows at its end, each row hanging on the one before; nothing else."""
    yield """
CREATE TRIGGER journal_append BEFORE INSERT ON journal
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal)
  OR NEW.prev_hash IS NOT coalesce((SELECT hash FROM journal ORDER BY seq DESC LIMIT 1), '')
BEGIN SELECT RAISE(ABORT, 'the journal only grows at its end'); END"""
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER journal_no_{verb.lower()} BEFORE {verb} ON journal "
            "BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END"
        )


def _table_triggers(table: str, columns: tuple[str, ...]) -> Iterator[str]:
    """A row changes only as the newest journal row says: same table, key, old and new values."""

    def same(json: str, row: str) -> str:
        return " AND ".join(f"json_extract({json}, '$.{name}') IS {row}.{name}" for name in columns)

    def unless(row: str, seq: str, more: str) -> str:
        return (
            "WHEN NOT EXISTS (SELECT 1 FROM journal WHERE seq = (SELECT max(seq) FROM journal)"  # noqa: S608
            f" AND {seq} AND table_name = '{table}'"
            f" AND key = {row}.id AND round_id = {row}.round_id AND {more})"
        )

    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is written only through the journal'); END"
    new_seq = "seq = NEW.journal_seq"
    yield (
        f"CREATE TRIGGER {table}_insert AFTER INSERT ON {table} "
        f"{unless('NEW', new_seq, 'old IS NULL AND ' + same('new', 'NEW'))} {refuse}"
    )
    yield (
        f"CREATE TRIGGER {table}_update AFTER UPDATE ON {table} "
        f"{unless('NEW', new_seq, same('old', 'OLD') + ' AND ' + same('new', 'NEW'))} {refuse}"
    )
    yield (
        f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} "
        f"{unless('OLD', 'seq > OLD.journal_seq', 'new IS NULL AND ' + same('old', 'OLD'))} {refuse}"
    )


def m001_first_schema(db: Any) -> None:
    for statement in (_JOURNAL, *_TABLES, *_INDEXES, *_journal_triggers()):
        db.execute(statement)
    columns = {
        "rounds": "id round_id year unit criteria_id criteria_version plan_template_id plan_template_version"
        " exclusions confirmation plan_issue archived origin",
        "answers": "id round_id row_key entry explanation",
        "plan_texts": "id round_id section content",
        "tasks": "id round_id area position title product lead coworkers due cost cost_source criteria state"
        " done_on preset",
        "targets": "id round_id area position title unit baseline value source preset",
        "evidence": "id round_id name size sha256 number issued_on issuer abstract page personal_data"
        " added_at",
        "evidence_links": "id round_id evidence_id kind key",
        "submissions": "id round_id kind revision package_id manifest_sha256 file_name size folder created_at"
        " state counter",
    }
    for table, names in columns.items():
        for statement in _table_triggers(table, tuple(names.split())):
            db.execute(statement)


_FURTHER_PLANS = (
    """
CREATE TABLE plans (
  id TEXT PRIMARY KEY, round_id TEXT NOT NULL REFERENCES rounds (id), kind TEXT NOT NULL,
  template_id TEXT NOT NULL, template_version INTEGER NOT NULL,
  first_year INTEGER NOT NULL, last_year INTEGER NOT NULL CHECK (last_year >= first_year),
  starts_on TEXT, issue TEXT NOT NULL,
  journal_seq INTEGER NOT NULL
) STRICT""",
    """
CREATE TABLE handouts (
  id TEXT PRIMARY KEY, round_id TEXT NOT NULL REFERENCES rounds (id),
  plan_id TEXT, kind TEXT NOT NULL, room TEXT NOT NULL, file_name TEXT NOT NULL, made_at TEXT NOT NULL,
  base_seq INTEGER NOT NULL, handed_rows TEXT NOT NULL, taken_at TEXT,
  journal_seq INTEGER NOT NULL
) STRICT""",
    """
CREATE TABLE plan_texts_2 (
  id TEXT PRIMARY KEY, round_id TEXT NOT NULL REFERENCES rounds (id),
  section TEXT NOT NULL, content TEXT NOT NULL, plan_id TEXT REFERENCES plans (id),
  journal_seq INTEGER NOT NULL, CHECK (id = coalesce(plan_id, round_id) || '/' || section)
) STRICT""",
    """
INSERT INTO plan_texts_2 (id, round_id, section, content, journal_seq)
  SELECT id, round_id, section, content, journal_seq FROM plan_texts""",
    "DROP TABLE plan_texts",
    "ALTER TABLE plan_texts_2 RENAME TO plan_texts",
    "ALTER TABLE tasks ADD COLUMN plan_id TEXT REFERENCES plans (id)",
    "ALTER TABLE tasks ADD COLUMN percent INTEGER CHECK (percent BETWEEN 0 AND 100)",
    "ALTER TABLE tasks ADD COLUMN milestones TEXT",
    "ALTER TABLE tasks ADD COLUMN carried_from INTEGER",
    "ALTER TABLE targets ADD COLUMN plan_id TEXT REFERENCES plans (id)",
    "ALTER TABLE targets ADD COLUMN milestones TEXT",
    "CREATE INDEX plan_texts_by_round ON plan_texts (round_id)",
    "CREATE INDEX plan_texts_by_plan ON plan_texts (plan_id) WHERE plan_id IS NOT NULL",
    "CREATE INDEX tasks_by_plan ON tasks (plan_id) WHERE plan_id IS NOT NULL",
    "CREATE INDEX targets_by_plan ON targets (plan_id) WHERE plan_id IS NOT NULL",
    "CREATE INDEX plans_by_round ON plans (round_id)",
    "CREATE INDEX handouts_by_round ON handouts (round_id)",
)


def m002_further_plans(db: Any) -> None:
    """Plans beside the round's own, progress in percent, milestones, workbooks handed to rooms.

    A NULL `plan_id` is the round's own yearly plan, so no row of an older profile changes.
    """
    columns = {
        "plans": "id round_id kind template_id template_version first_year last_year starts_on issue",
        "handouts": "id round_id plan_id kind room file_name made_at base_seq handed_rows taken_at",
        "plan_texts": "id round_id section content plan_id",
        "tasks": "id round_id area position title product lead coworkers due cost cost_source criteria state"
        " done_on preset plan_id percent milestones carried_from",
        "targets": "id round_id area position title unit baseline value source preset plan_id milestones",
    }
    for table in ("plan_texts", "tasks", "targets"):
        for verb in ("insert", "update", "delete"):
            db.execute(f"DROP TRIGGER {table}_{verb}")
    for statement in _FURTHER_PLANS:
        db.execute(statement)
    for table, names in columns.items():
        for statement in _table_triggers(table, tuple(names.split())):
            db.execute(statement)


_DELIVERY = (
    """
CREATE TABLE deliveries (
  id TEXT PRIMARY KEY, round_id TEXT NOT NULL REFERENCES rounds (id),
  submission_id TEXT NOT NULL REFERENCES submissions (id),
  channel TEXT NOT NULL, target TEXT NOT NULL, state TEXT NOT NULL, reason TEXT, files TEXT NOT NULL,
  created_at TEXT NOT NULL, changed_at TEXT NOT NULL, receipt TEXT,
  journal_seq INTEGER NOT NULL
) STRICT""",
    """
CREATE TABLE signed_documents (
  id TEXT PRIMARY KEY, round_id TEXT NOT NULL REFERENCES rounds (id), plan_id TEXT,
  kind TEXT NOT NULL, content_sha256 TEXT NOT NULL CHECK (length(content_sha256) = 64),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64), size INTEGER NOT NULL CHECK (size > 0),
  name TEXT NOT NULL, state TEXT NOT NULL, number TEXT NOT NULL, issued_on TEXT, signers TEXT NOT NULL,
  created_at TEXT NOT NULL,
  journal_seq INTEGER NOT NULL
) STRICT""",
    """
CREATE TABLE transfers (
  delivery_id TEXT NOT NULL REFERENCES deliveries (id), part TEXT NOT NULL, url TEXT NOT NULL,
  offset INTEGER NOT NULL CHECK (offset BETWEEN 0 AND size), size INTEGER NOT NULL,
  sha256 TEXT NOT NULL, changed_at TEXT NOT NULL,
  PRIMARY KEY (delivery_id, part)
) STRICT""",
    "CREATE TABLE unfinished (path TEXT PRIMARY KEY, made_at TEXT NOT NULL) STRICT",
    "CREATE INDEX deliveries_by_round ON deliveries (round_id)",
    "CREATE INDEX deliveries_by_submission ON deliveries (submission_id)",
    "CREATE INDEX signed_documents_by_round ON signed_documents (round_id)",
)


def m003_delivery(db: Any) -> None:
    """How each package went out, documents signed elsewhere; uploads under way, files begun and not done.

    The last two are the program's own scratch, not the unit's record: no journal.
    """
    columns = {
        "deliveries": "id round_id submission_id channel target state reason files created_at changed_at"
        " receipt",
        "signed_documents": "id round_id plan_id kind content_sha256 sha256 size name state number issued_on"
        " signers created_at",
    }
    for statement in _DELIVERY:
        db.execute(statement)
    for table, names in columns.items():
        for statement in _table_triggers(table, tuple(names.split())):
            db.execute(statement)


MIGRATIONS: tuple[Callable[[Any], None], ...] = (m001_first_schema, m002_further_plans, m003_delivery)
SCHEMA_VERSION = len(MIGRATIONS)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the database up to `SCHEMA_VERSION`: all pending migrations or none. Needs autocommit mode."""
    from sqlite_utils import Database, Migrations

    steps = Migrations("cchc")
    for step in MIGRATIONS:
        steps()(step)
    db = Database(connection, execute_plugins=False)
    with db.atomic():
        steps.apply(db)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
