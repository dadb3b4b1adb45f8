"""The journaled tables as the newest migration leaves them, and the statements that write them.

Every journaled table has `id` (its key in the journal), `round_id`, the columns below and `journal_seq`, the
journal row that last wrote it. Columns of `later` came with a later schema: they may be NULL, and its JSON
leaves such a NULL out, so that what an older program wrote into the journal still reads as its row does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache
from json.encoder import encode_basestring
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from cchc_desktop.quick_dataclass import dataclass

if TYPE_CHECKING:
    from sqlite3 import Connection

Value = str | int | None
Row = dict[str, Value]


def json_value(value: Value) -> str:
    """A column's value as JSON, non-ASCII letters as they are."""
    return JSON_BY_TYPE[type(value)](value)


class _ByType(dict[type, Callable[[Any], str]]):
    """How a value of that type is written; a kind of text or number (an enum's member) as what it is."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        return encode_basestring if issubclass(kind, str) else int.__repr__


JSON_BY_TYPE = _ByType({str: encode_basestring, int: int.__repr__, type(None): lambda _nothing: "null"})


@dataclass(frozen=True)
class Table:
    name: str
    columns: tuple[str, ...]
    later: tuple[str, ...] = ()

    @cached_property
    def all_columns(self) -> tuple[str, ...]:
        return ("id", "round_id", *self.columns)

    @cached_property
    def _sorted_columns(self) -> tuple[tuple[str, str], ...]:
        return tuple((name, f'"{name}":') for name in sorted(self.all_columns))

    @cached_property
    def _sorted_values(self) -> Callable[[Row], tuple[Value, ...]]:
        return itemgetter(*sorted(self.all_columns))

    @cached_property
    def _whole_json(self) -> str:
        return "{" + ",".join(f"{head}%s" for _name, head in self._sorted_columns) + "}"

    def json(self, row: Row) -> str:
        """The row as canonical JSON: sorted keys, no blanks."""
        if not self.later:
            return self._whole_json % tuple(
                [JSON_BY_TYPE[type(value)](value) for value in self._sorted_values(row)]
            )
        written = [
            head + json_value(row[name])
            for name, head in self._sorted_columns
            if row[name] is not None or name not in self.later
        ]
        return "{" + ",".join(written) + "}"

    def whole(self, row: Row) -> Row:
        """A row of the journal with the columns that its JSON left out."""
        return {**dict.fromkeys(self.later), **row}

    @cached_property
    def select(self) -> str:
        return f"SELECT {', '.join(self.all_columns)} FROM {self.name}"  # noqa: S608 - our own names

    @cached_property
    def select_one(self) -> str:
        return f"{self.select} WHERE id = ?"

    @cached_property
    def insert(self) -> str:
        names = (*self.all_columns, "journal_seq")
        marks = ", ".join("?" * len(names))
        return f"INSERT INTO {self.name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608

    def update(self, columns: tuple[str, ...]) -> str:
        return _update(self.name, columns)

    @cached_property
    def delete(self) -> str:
        return f"DELETE FROM {self.name} WHERE id = ?"  # noqa: S608


@lru_cache(maxsize=256)  # which columns people edit together is soon known
def _update(table: str, columns: tuple[str, ...]) -> str:
    sets = ", ".join(f"{column} = ?" for column in columns)
    return f"UPDATE {table} SET {sets}, journal_seq = ? WHERE id = ?"  # noqa: S608 - our own names


def fetch(db: Connection, table: Table, key: str) -> Row | None:
    """The row with that key."""
    values = db.execute(table.select_one, (key,)).fetchone()
    return None if values is None else dict(zip(table.all_columns, values, strict=True))


_ALL = (
    Table(
        "rounds",
        (
            *("year", "unit", "criteria_id", "criteria_version", "plan_template_id", "plan_template_version"),
            *("exclusions", "confirmation", "plan_issue", "archived", "origin"),
        ),
    ),
    Table("answers", ("row_key", "entry", "explanation")),
    Table("plan_texts", ("section", "content", "plan_id"), later=("plan_id",)),
    Table(
        "plans",
        ("kind", "template_id", "template_version", "first_year", "last_year", "starts_on", "issue"),
    ),
    Table(
        "handouts",
        ("plan_id", "kind", "room", "file_name", "made_at", "base_seq", "handed_rows", "taken_at"),
    ),
    Table(
        "tasks",
        (
            *("area", "position", "title", "product", "lead", "coworkers", "due", "cost", "cost_source"),
            *("criteria", "state", "done_on", "preset"),
            *("plan_id", "percent", "milestones", "carried_from"),
        ),
        later=("plan_id", "percent", "milestones", "carried_from"),
    ),
    Table(
        "targets",
        (
            *("area", "position", "title", "unit", "baseline", "value", "source", "preset"),
            *("plan_id", "milestones"),
        ),
        later=("plan_id", "milestones"),
    ),
    Table(
        "evidence",
        (
            *("name", "size", "sha256", "number", "issued_on", "issuer", "abstract", "page"),
            *("personal_data", "added_at"),
        ),
    ),
    Table("evidence_links", ("evidence_id", "kind", "key")),
    Table(
        "submissions",
        (
            *("kind", "revision", "package_id", "manifest_sha256", "file_name", "size", "folder"),
            *("created_at", "state", "counter"),
        ),
    ),
    Table(
        "deliveries",
        (
            *("submission_id", "channel", "target", "state", "reason", "files"),
            *("created_at", "changed_at", "receipt"),
        ),
    ),
    Table(
        "signed_documents",
        (
            *("plan_id", "kind", "content_sha256", "sha256", "size", "name", "state", "number"),
            *("issued_on", "signers", "created_at"),
        ),
    ),
)
TABLES = {table.name: table for table in _ALL}
