"""Domain values ↔ rows: what goes in comes out, exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_desktop.domain.answers import Answer
from cchc_desktop.domain.evidence import Evidence, EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.domain.lifecycle import DocumentState
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plain_text import stored
from cchc_desktop.domain.plan import PlanIssue, TaskState
from cchc_desktop.domain.round import HeadConfirmation
from cchc_desktop.domain.submission import Submission
from cchc_desktop.domain.unit import Person, Unit, UnitKind
from cchc_desktop.errors import BugError, KnownError
from cchc_desktop.store import answers, codec, evidence, plan, plans, rounds, settings, submissions
from cchc_desktop.store.profile import Profile
from cchc_desktop.store.tables import TABLES, json_value
from tests.store.conftest import CRITERIA, TEMPLATE, UNIT

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=30).map(stored)
PERSON = st.builds(Person, name=TEXT, title=TEXT, contact=TEXT)
UNITS = st.builds(
    Unit,
    kind=st.sampled_from(UnitKind),
    name=TEXT,
    code=TEXT,
    superior=TEXT,
    province=TEXT,
    place=TEXT,
    head=PERSON,
    focal_point=PERSON,
    deputy=PERSON,
    departments=st.lists(TEXT, max_size=3).map(tuple),
)


@given(UNITS)
def test_a_unit_survives(unit: Unit) -> None:
    assert codec.decode_unit(codec.encode_unit(unit)) == unit


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_a_decimal_keeps_its_digits(value: Decimal) -> None:
    text = codec.decimal_text(value)
    assert text is not None
    assert "E" not in text
    again = codec.text_decimal(text)
    assert again == value
    assert str(again) == text


def test_decimals_are_never_written_with_an_exponent() -> None:
    assert codec.decimal_text(Decimal("1E+3")) == "1000"
    assert codec.decimal_text(Decimal("1E-7")) == "0.0000001"
    assert codec.decimal_text(None) is None


@given(
    st.dictionaries(
        TEXT,
        st.one_of(TEXT, st.integers(), st.booleans(), st.none(), st.lists(TEXT), st.dictionaries(TEXT, TEXT)),
    )
)
def test_an_entry_survives(entry: dict[str, object]) -> None:
    assert codec.decode_entry(codec.encode_entry(entry)) == entry


def test_an_entry_holds_decimals_as_text_and_no_floats() -> None:
    text = codec.encode_entry({"numerator": Decimal("12.50"), "counts": {"Khiển trách": Decimal(2)}})
    assert text == '{"counts":{"Khiển trách":"2"},"numerator":"12.50"}'
    with pytest.raises(TypeError):
        codec.encode_entry({"numerator": 12.5})
    assert codec.encode_entry(None) is None
    assert codec.decode_entry(codec.encode_entry({})) == {}


@given(st.one_of(st.text(), st.integers(), st.none()))
def test_the_short_way_to_json_is_json(value: str | int | None) -> None:
    assert json_value(value) == codec.canonical(value)


@given(st.text(), st.text(), st.text())
def test_a_row_is_canonical_json(section: str, content: str, round_id: str) -> None:
    row: dict[str, str | int | None]
    row = {"id": f"{round_id}/{section}", "round_id": round_id, "section": section, "content": content}
    of_today = {**row, "plan_id": "p"}
    assert TABLES["plan_texts"].json(of_today) == codec.canonical(of_today)
    assert TABLES["plan_texts"].json({**row, "plan_id": None}) == codec.canonical(row)  # as schema 1 wrote it


def test_times_are_kept_in_utc_and_read_in_the_local_zone() -> None:
    hanoi = timezone(timedelta(hours=7))
    when = datetime(2026, 2, 28, 23, 30, 15, 250_000, tzinfo=hanoi)
    assert codec.time_text(when) == "2026-02-28T16:30:15.250+00:00"
    again = codec.text_time(codec.time_text(when))
    assert again == when
    assert again.tzinfo is not None


def test_a_round_survives_with_all_its_parts(profile: Profile, round_id: str) -> None:
    confirmation = HeadConfirmation("Y Thịnh Niê", "Chủ tịch", date(2026, 11, 30), Decimal("76.50"))
    issue = PlanIssue("12/KH-UBND", date(2026, 1, 31))

    def work(change: object) -> None:
        rounds.set_exclusions(change, round_id, ("khong_tthc", "b"))  # type: ignore[arg-type]
        rounds.set_confirmation(change, round_id, confirmation)  # type: ignore[arg-type]
        plans.set_issue(change, round_id, issue)  # type: ignore[arg-type]

    profile.write(work)
    found = profile.read(lambda db: rounds.one(db, round_id))
    assert found.unit == UNIT
    assert (found.criteria_id, found.criteria_version) == (CRITERIA.id, 1)
    assert (found.plan_template_id, found.plan_template_version) == (TEMPLATE.id, 1)
    assert found.exclusions == ("khong_tthc", "b")
    assert found.confirmation == confirmation
    assert str(found.confirmation.total_points) == "76.50"
    assert profile.read(lambda db: plans.record(db, round_id)).issue == issue
    with pytest.raises(KnownError, match=r"rounds\.unknown"):
        profile.read(lambda db: rounds.one(db, "không có"))


def test_a_year_has_one_living_round(profile: Profile) -> None:
    other = PackRef("khac", 2)
    with pytest.raises(KnownError, match=r"rounds\.year_exists"):
        profile.write(lambda change: rounds.add(change, UNIT, 2026, other, TEMPLATE))
    profile.write(lambda change: rounds.add(change, UNIT, 2025, other, TEMPLATE))
    profile.write(lambda change: rounds.add(change, UNIT, 2027, other, TEMPLATE))
    assert [found.year for found in profile.read(rounds.all_rounds)] == [2027, 2026, 2025]


def test_answers_by_row_and_the_confirmation_they_withdraw(profile: Profile, round_id: str) -> None:
    confirmation = HeadConfirmation("A", "Chủ tịch", date(2026, 11, 30), Decimal("1"))

    def confirmed() -> bool:
        return profile.read(lambda db: rounds.one(db, round_id)).confirmation is not None

    def confirm() -> None:
        profile.write(lambda change: rounds.set_confirmation(change, round_id, confirmation))

    for edit in (
        lambda change: answers.set_entry(change, round_id, "a", {"yes": True}),
        lambda change: answers.set_entry(change, round_id, "a", None),
        lambda change: answers.set_explanation(change, round_id, "b", "vì"),
        lambda change: rounds.set_exclusions(change, round_id, ("x",)),
    ):
        confirm()
        before = profile.read(lambda db: db.execute("SELECT max(batch) FROM journal").fetchone()[0])
        changes, _ = profile.write(edit)
        assert not confirmed()
        assert changes.batch == before + 1
        assert "rounds" in changes.subjects
    confirm()
    profile.write(lambda change: answers.set_explanation(change, round_id, "b", "vì"))
    assert confirmed(), "an edit that changes nothing withdraws nothing"
    stated = profile.read(lambda db: answers.of_round(db, round_id))
    assert stated == {"a": Answer(None, ""), "b": Answer(None, "vì")}


def test_tasks_keep_their_places(profile: Profile, round_id: str) -> None:
    def add(title: str, area: str = "A", position: int | None = None) -> str:
        return profile.write(lambda change: plan.add_task(change, round_id, area, position, title=title))[
            1
        ].id

    def titles(area: str) -> list[str]:
        found = [task for task in profile.read(lambda db: plan.tasks(db, round_id)) if task.area == area]
        assert [task.position for task in found] == list(range(1, len(found) + 1))
        return [task.title for task in found]

    first, second, third = add("một"), add("hai"), add("ba")
    add("không", position=1)
    other = add("khác", "B")
    assert titles("A") == ["không", "một", "hai", "ba"]
    profile.write(lambda change: plan.move_task(change, third, 1))
    assert titles("A") == ["ba", "không", "một", "hai"]
    profile.write(lambda change: plan.move_task(change, first, 99))
    assert titles("A") == ["ba", "không", "hai", "một"]
    profile.write(lambda change: plan.move_task(change, second, 1, "B"))
    assert (titles("A"), titles("B")) == (["ba", "không", "một"], ["hai", "khác"])
    changes, _ = profile.write(lambda change: plan.remove_tasks(change, (third, other)))
    assert (titles("A"), titles("B")) == (["không", "một"], ["hai"])
    assert {third, other} <= set(changes.keys)
    with pytest.raises(KnownError, match=r"store\.row_gone"):
        profile.write(lambda change: plan.update_task(change, third, title="x"))


def test_a_task_survives_with_every_field(profile: Profile, round_id: str) -> None:
    fields = {
        "title": "Rà soát thủ tục",
        "product": "Báo cáo",
        "lead": "Văn phòng",
        "coworkers": "Các phòng",
        "due": "Quý II",
        "cost": Decimal("12.50"),
        "cost_source": "Ngân sách xã",
        "criteria": ("kh_ban_hanh", "tt_ra_soat"),
        "state": TaskState.DONE,
        "done_on": date(2026, 6, 30),
        "preset": "A-1",
    }
    made = profile.write(lambda change: plan.add_task(change, round_id, "A", **fields))[1]
    found = profile.read(lambda db: plan.task(db, made.id))
    assert found == made
    assert {name: getattr(found, name) for name in fields} == fields
    profile.write(
        lambda change: plan.update_task(change, made.id, cost=None, state=TaskState.DOING, done_on=None)
    )
    assert profile.read(lambda db: plan.task(db, made.id)) == replace(
        made, cost=None, state=TaskState.DOING, done_on=None
    )
    assert profile.read(lambda db: plan.plan_of_task(db, made.id)) == round_id
    with pytest.raises(BugError):
        profile.write(lambda change: plan.update_task(change, made.id, position=3))


def test_targets_and_texts(profile: Profile, round_id: str) -> None:
    made = profile.write(
        lambda change: plan.add_target(
            *(change, round_id, "B"),
            title="Trực tuyến",
            unit="%",
            baseline="70",
            value="≥ 80",
            source="NQ",
            preset="t1",
        )
    )[1]
    assert profile.read(lambda db: plan.targets(db, round_id)) == (made,)
    assert profile.read(lambda db: plan.target(db, made.id)) == made
    second = profile.write(lambda change: plan.add_target(change, round_id, "B", 1, title="Một cửa"))[1]
    profile.write(lambda change: plan.move_target(change, second.id, 2))
    profile.write(lambda change: plan.update_target(change, made.id, value="85"))
    values = [(target.title, target.value) for target in profile.read(lambda db: plan.targets(db, round_id))]
    assert values == [("Trực tuyến", "85"), ("Một cửa", "")]
    profile.write(lambda change: plan.remove_targets(change, (made.id,)))
    assert [t.position for t in profile.read(lambda db: plan.targets(db, round_id))] == [1]
    profile.write(lambda change: plan.set_text(change, round_id, "muc_dich", "Một\nhai"))
    profile.write(lambda change: plan.set_text(change, round_id, "muc_dich", ""))
    assert profile.read(lambda db: plan.texts(db, round_id)) == {"muc_dich": ""}


RECORD = EvidenceRecord("12/KH-UBND", date(2026, 1, 31), "UBND xã Ea Kao", "Kế hoạch CCHC", "trang 3", True)
WHEN = datetime(2026, 2, 1, 8, 0, 0, 123_000, tzinfo=timezone(timedelta(hours=7)))


def piece(round_id: str, id_: str, *links: EvidenceLink) -> Evidence:
    return Evidence(id_, round_id, f"{id_}.pdf", 10, "a" * 64, RECORD, WHEN, links)


def test_evidence_its_links_and_counts(profile: Profile, round_id: str) -> None:
    row, row2 = EvidenceLink(LinkKind.ROW, "kh_ban_hanh"), EvidenceLink(LinkKind.ROW, "tt_1")
    task = profile.write(lambda change: plan.add_task(change, round_id, "A", title="x"))[1]
    on_task = EvidenceLink(LinkKind.TASK, task.id)
    first, second = piece(round_id, "e1", row, on_task), piece(round_id, "e2", row)
    profile.write(lambda change: evidence.add(change, first))
    profile.write(lambda change: evidence.add(change, second))
    assert profile.read(lambda db: evidence.of_round(db, round_id)) == (first, second)
    assert profile.read(lambda db: evidence.one(db, "e1")) == first
    assert profile.read(lambda db: evidence.counts(db, round_id, LinkKind.ROW)) == {"kh_ban_hanh": 2}
    assert profile.read(lambda db: evidence.counts(db, round_id, LinkKind.TASK)) == {task.id: 1}
    profile.write(lambda change: evidence.link(change, round_id, "e2", (row, row2)))
    profile.write(lambda change: evidence.unlink(change, "e2", (row, on_task)))
    assert profile.read(lambda db: evidence.one(db, "e2")).links == (row2,)
    profile.write(lambda change: evidence.update_record(change, "e2", EvidenceRecord(number="1")))
    assert profile.read(lambda db: evidence.one(db, "e2")).record == EvidenceRecord(number="1")
    profile.write(lambda change: plan.remove_tasks(change, (task.id,)))
    assert profile.read(lambda db: evidence.one(db, "e1")).links == (row,), "the evidence itself stays"
    changes, _ = profile.write(lambda change: evidence.remove(change, "e1"))
    assert changes.subjects == {"evidence", "evidence_links"}
    assert [found.id for found in profile.read(lambda db: evidence.of_round(db, round_id))] == ["e2"]
    with pytest.raises(KnownError, match=r"store\.row_gone"):
        profile.read(lambda db: evidence.one(db, "e1"))


def test_submissions_are_numbered(profile: Profile, round_id: str) -> None:
    def hand_in(kind: str) -> Submission:
        new = Submission(
            *(submissions.new_id(), round_id, kind),
            profile.read(lambda db: submissions.next_revision(db, round_id, kind)),
            *(submissions.new_id(), "f" * 64, "x.asice", 10, "E:\\", WHEN, DocumentState.EXPORTED),
            profile.read(submissions.next_counter),
        )
        profile.write(lambda change: submissions.add(change, new))
        return new

    made = [hand_in("plan"), hand_in("plan"), hand_in("selfscore")]
    assert [(one.revision, one.counter) for one in made] == [(0, 1), (1, 2), (0, 3)]
    profile.write(lambda change: submissions.set_state(change, made[0].id, DocumentState.SUPERSEDED))
    made[0] = replace(made[0], state=DocumentState.SUPERSEDED)
    assert profile.read(lambda db: submissions.of_round(db, round_id)) == tuple(reversed(made))
    assert profile.read(lambda db: submissions.one(db, made[1].id)) == made[1]


def test_settings_are_kept_but_are_no_history(profile: Profile) -> None:
    before = profile.read(lambda db: db.execute("SELECT count(*) FROM journal").fetchone())
    profile.write(lambda change: change.set_setting("window.state", "a"))
    changes, _ = profile.write(lambda change: change.set_setting("window.state", "b"))
    assert not changes
    assert profile.read(lambda db: settings.setting(db, "window.state")) == "b"
    assert profile.read(lambda db: settings.setting(db, "không có", "mặc định")) == "mặc định"
    assert profile.read(lambda db: db.execute("SELECT count(*) FROM journal").fetchone()) == before
