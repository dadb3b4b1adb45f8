"""What an office can get wrong in a plan workbook, each with the sheet and cell where it is reported."""

from __future__ import annotations

import copy
import time
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_desktop.domain.dated_rule import Citation
from cchc_desktop.domain.plan_template import CheckLevel, PlanCheck, PlanKind
from cchc_desktop.domain.preset import Milestone
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.formpack import plan_codec, plan_vocabulary
from cchc_desktop.formpack.plan_starter import plan_starter
from cchc_desktop.formpack.plan_vocabulary import PLAN_SHEETS, Choice
from cchc_desktop.formpack.workbook_writer_plan import plan_workbook
from cchc_desktop.language import render, text
from tests.formpack.book_edits import all_of, drop, drop_column, drop_row, put, rename
from tests.formpack.books import Rows, book_bytes
from tests.formpack.plan_books import compiled, plan_of, small_plan

I, P, L, N, C, D = ("Thông tin", "Các phần", "Lĩnh vực", "Nhiệm vụ", "Chỉ tiêu", "Thời hạn")  # noqa: E741
G, A, R, K, S, X = ("Nơi gửi", "Căn cứ", "Nơi nhận", "Kiểm tra", "Gợi ý chấm điểm", "Đổi khóa")
Edit = Callable[[dict[str, Rows]], object]
COMMUNE = Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO", "UBND tỉnh Đắk Lắk")

CORPUS: dict[str, tuple[Edit, list[tuple[str, str, str]]]] = {
    # sheets and columns
    "no settings": (drop(I), [("sheet_missing", I, "")]),
    "no sections": (drop(P), [("sheet_missing", P, "")]),
    "no areas": (drop(L), [("sheet_missing", L, "")]),
    "sheet nearly named": (rename(N, "Nhiêm vụ"), [("sheet_near", "Nhiêm vụ", "")]),
    "sheet twice": (lambda b: b.update({"tasks": []}), [("sheet_twice", "tasks", "")]),
    "column missing": (drop_column(N, 1), [("column_missing", N, "A1")]),
    "column nearly named": (put(N, "E1", "Chủ trí"), [("column_near", N, "E1")]),
    "column twice": (put(N, "I1", "title"), [("column_twice", N, "I1")]),
    # settings
    "key missing": (drop_row(I, 5), [("setting_missing", I, "A1")]),
    "key nearly named": (put(I, "A5", "kinds"), [("setting_near", I, "A5")]),
    "kind unknown": (put(I, "B5", "tháng"), [("word_unknown", I, "B5")]),
    "kind nearly right": (put(I, "B5", "năng lực canh tranhh"), [("word_near", I, "B5")]),
    "unit kind unknown": (put(I, "B6", "xã, tỉnh"), [("word_unknown", I, "B6")]),
    "unit kind twice": (put(I, "B6", "xã, commune"), [("unit_kind_twice", I, "B6")]),
    "id with capitals": (put(I, "B2", "Kế hoạch"), [("id_shape", I, "B2")]),
    "version 0": (put(I, "B3", 0), [("version_range", I, "B3")]),
    "day that is none": (put(I, "B7", "31/02/2026"), [("not_a_date", I, "B7")]),
    "ends before it begins": (
        all_of(put(I, "A9", "effective_to"), put(I, "B9", date(2025, 1, 1))),
        [("effective_to_early", I, "B9")],
    ),
    # sections and areas
    "section key twice for one kind": (put(P, "F3", "xã"), [("key_repeated", P, "A3")]),
    "section kind": (put(P, "D4", "bảng"), [("word_unknown", P, "D4")]),
    "two task sections": (put(P, "D4", "nhiệm vụ"), [("section_kind_twice", P, "D5")]),
    "section code as a number": (put(P, "B4", 2), [("code_is_number", P, "B4")]),
    "no task section": (put(P, "D5", "lời văn"), [("no_task_section", P, "A2")]),
    "unknown placeholder": (put(P, "E2", "Của {don_vi}."), [("placeholder_unknown", P, "E2")]),
    "area key twice": (put(L, "A3", "chi_dao"), [("area_key_repeated", L, "A3")]),
    "area code twice": (put(L, "B3", "A"), [("area_code_repeated", L, "B3")]),
    "area code as a date": (
        put(L, "B3", date(2026, 1, 2)),
        [("code_is_date", L, "B3")],
    ),
    "no short title": (put(L, "D3", None), [("cell_empty", L, "D3")]),
    # tasks and targets
    "key with accents": (put(N, "A2", "họp"), [("key_shape", N, "A2"), ("rename_nowhere", X, "B2")]),
    "no key": (put(C, "A2", None), [("cell_empty", C, "A2")]),
    "task key twice": (put(N, "A3", "hop"), [("preset_key_repeated", N, "A3")]),
    "target's key is a task's": (put(C, "A3", "hop"), [("preset_key_repeated", C, "A3")]),
    "area unknown": (put(N, "B2", "moi_truong"), [("area_unknown", N, "B2")]),
    "area nearly right": (put(N, "B2", "chi_dạo"), [("word_near", N, "B2")]),
    "no title": (put(N, "C2", None), [("cell_empty", N, "C2")]),
    "criterion by its printed code": (put(N, "G2", "1.1.1"), [("criterion_shape", N, "G2")]),
    "formula in a cell": (put(N, "C2", "=A1"), [("cell_formula", N, "C2")]),
    "increment in words": (put(C, "F2", "nhiều"), [("not_a_number", C, "F2")]),
    "increment without a base year": (put(C, "G2", None), [("no_base_year", C, "G2")]),
    "base year without an increment": (put(C, "F2", None), [("no_increment", C, "F2")]),
    "base year far away": (put(C, "G2", 20), [("year_range", C, "G2")]),
    "value that can't rise": (put(C, "E2", "tăng 5 đến 8 bậc"), [("value_cannot_rise", C, "E2")]),
    # the other sheets
    "29 February": (put(D, "D2", 29), [("day_range", D, "D2")]),
    "13th month": (put(D, "E2", 13), [("month_range", D, "E2")]),
    "day in words": (put(D, "D2", "cuối tháng"), [("not_a_number", D, "D2")]),
    "what is due": (put(D, "B2", "họp"), [("word_unknown", D, "B2")]),
    "route's kind": (put(G, "A2", "kế hoach năm"), [("word_near", G, "A2")]),
    "route ends first": (put(G, "E2", "2024-01-01"), [("period_ends_early", G, "E2")]),
    "citation ends first": (put(A, "C2", "2020-01-01"), [("period_ends_early", A, "C2")]),
    "citation twice": (put(A, "A3", "Nghị quyết số 76/NQ-CP"), [("line_repeated", A, "A3")]),
    "preset neither yes nor no": (put(A, "D3", "có lẽ"), [("word_unknown", A, "D3")]),
    "recipient's placeholder": (put(R, "A2", "{superiors};"), [("placeholder_unknown", R, "A2")]),
    "check unknown": (put(K, "A2", "chính tả"), [("word_unknown", K, "A2")]),
    "level unknown": (put(K, "B2", "nghiêm"), [("word_unknown", K, "B2")]),
    "outcome of another question": (put(S, "C2", "có"), [("outcome_unknown", S, "C2")]),
    "outcome without option": (put(S, "D2", None), [("outcome_and_option", S, "D2")]),
    "old key still there": (put(X, "A2", "hop"), [("rename_still_there", X, "A2")]),
    "new key nowhere": (put(X, "B2", "hop_moi"), [("rename_nowhere", X, "B2")]),
    "renamed twice": (put(X, "A3", "hop_cu"), [("rename_twice", X, "A3")]),
    "since a later version": (put(X, "C2", 3), [("rename_since", X, "C2")]),
}

WARNINGS: dict[str, tuple[Edit, list[tuple[str, str, str]]]] = {
    "due in strange words": (put(N, "F2", "khi rảnh"), [("due_not_understood", N, "F2")]),
    "due as a date of one year": (put(N, "F2", date(2026, 6, 30)), [("due_fixed", N, "F2")]),
    "lead of no department": (put(N, "E2", "Phòng Tổng hợp"), [("lead_unknown", N, "E2")]),
    "target without a figure": (put(C, "E3", "tất cả"), [("no_figure", C, "E3")]),
    "strange setting": (all_of(put(I, "A9", "màu"), put(I, "B9", "đỏ")), [("setting_unknown", I, "A9")]),
}


def test_the_small_book_is_sound_and_means_what_it_says() -> None:
    found = plan_of(small_plan())
    assert (found.errors, found.warnings) == ((), ())
    plan = found.template
    assert plan is not None
    assert (plan.id, plan.version, plan.kind) == ("ke-hoach-thu", 2, PlanKind.YEARLY)
    assert plan.unit_kinds == (UnitKind.COMMUNE, UnitKind.DEPARTMENT)
    assert [(area.key, area.required) for area in plan.areas] == [("chi_dao", True), ("the_che", False)]
    assert [task.area for task in plan.tasks] == ["chi_dao", "the_che"]
    assert (plan.tasks[0].criteria, plan.tasks[1].slogan) == (("k_1", "k_2"), "4 tăng")
    rising = plan.targets[0]
    assert (rising.increment, rising.base_year, rising.limit) == (Decimal(20), 2021, Decimal(100))
    assert plan.targets[1].value == "100"
    assert plan.citations == ("Nghị quyết số 76/NQ-CP",)
    assert plan.grounds[1] == Citation("Văn bản cũ", None, date(2020, 12, 31), preset=False)
    assert plan.level_of(PlanCheck.COST) is CheckLevel.OFF
    assert [route.plan_kind for route in plan.routes] == ["plan", "competitiveness"]
    own = plan.for_unit(COMMUNE, 2023)
    assert [section.text for section in own.sections[:2]] == ["Của xã UBND xã Ea Kao năm 2023.", ""]
    # 15 and twice 20 more
    assert own.targets[0].value == "≥ 55"


@pytest.mark.parametrize("name", CORPUS)
def test_each_error_has_its_sheet_and_cell(name: str) -> None:
    edit, expected = CORPUS[name]
    book = copy.deepcopy(small_plan())
    edit(book)
    found = plan_of(book)
    assert [(e.code, e.sheet, e.cell) for e in found.errors] == expected
    assert found.template is None
    for error in found.errors:
        assert render(error.message)


@pytest.mark.parametrize("name", WARNINGS)
def test_what_is_doubtful_is_said_and_compiles(name: str) -> None:
    edit, expected = WARNINGS[name]
    book = copy.deepcopy(small_plan())
    edit(book)
    found = plan_of(book)
    assert found.errors == ()
    assert [(w.code, w.sheet, w.cell) for w in found.warnings] == expected
    assert all(render(warning.message) for warning in found.warnings)


def test_all_errors_are_told_at_once_in_the_order_of_the_sheets() -> None:
    book = small_plan()
    edits = [put(X, "A2", "hop"), put(N, "B2", "moi_truong"), put(P, "D4", "bảng"), put(I, "B3", "hai")]
    for edit in edits:
        edit(book)
    told = [(e.code, e.sheet, e.cell) for e in plan_of(book).errors]
    assert told == [
        ("not_a_number", I, "B3"),
        ("word_unknown", P, "D4"),
        ("area_unknown", N, "B2"),
        ("rename_still_there", X, "A2"),
    ]


def test_merged_cells_and_hidden_rows() -> None:
    merged = plan_of(small_plan(), lambda book: book[N].merge_cells("C2:C3"))
    assert ("cells_merged", N, "C2") in [(e.code, e.sheet, e.cell) for e in merged.errors]

    def hide(book: Any) -> None:
        book[N].row_dimensions[2].hidden = True

    hidden = plan_of(small_plan(), hide)
    assert (hidden.errors, [(w.code, w.cell) for w in hidden.warnings]) == ((), [("row_hidden", "A2")])


def test_english_names_nfd_and_any_order_of_columns_give_the_same_template() -> None:
    plain = plan_of(small_plan()).template
    assert plain is not None
    apart: dict[str, Rows] = {
        unicodedata.normalize("NFD", name): [
            [unicodedata.normalize("NFD", cell) if isinstance(cell, str) else cell for cell in row]
            for row in rows
        ]
        for name, rows in reversed(small_plan().items())
    }
    assert plan_of(apart).template == plain
    english: dict[str, Rows] = {}
    by_name = {words.name: words for words in PLAN_SHEETS}
    for name, (head, *rows) in small_plan().items():
        words = by_name[name]
        aliases = {column.header: column.alias for column in words.columns}
        width = len(head)
        full = [[*row, *[None] * (width - len(row))] for row in rows]
        english[words.alias.upper()] = [
            [aliases[str(title)] for title in head][::-1],
            *(r[::-1] for r in full),
        ]
    assert plan_of(english).template == plain


def test_milestones_are_a_line_or_a_list_and_a_year_comes_once() -> None:
    def with_milestones(written: str) -> Any:
        book = small_plan()
        book[N][0].append("Mốc từng năm")
        book[N][2].append(written)
        return plan_of(book)

    wanted = (Milestone(2026, "60"), Milestone(2027, "70; cả xã"))
    for written in ("2026: 60; 2027: 70; cả xã", "2026: 60\n2027:70; cả xã"):
        found = with_milestones(written)
        assert found.errors == ()
        assert found.template.tasks[1].milestones == wanted
    for written, code in (
        ("60 rồi 70", "milestone_shape"),
        ("2027: 70; 2026: 60", "milestones_order"),
        ("2026: 60; 2026: 61", "milestones_order"),
        ("1026: 60", "year_range"),
    ):
        assert [(e.code, e.sheet, e.cell) for e in with_milestones(written).errors] == [(code, N, "I3")]


def test_more_rows_than_a_template_may_hold() -> None:
    book = small_plan()
    line = ["Họp", "Thông báo", "Văn phòng", "Quý I"]
    book[N][1:] = [[f"k{n}", "chi_dao", f"{line[0]} {n}", *line[1:]] for n in range(1_001)]
    book[X].pop(1)
    found = plan_of(book)
    assert [(e.code, e.sheet, e.cell) for e in found.errors] == [("too_many_parts", N, "A1002")]
    book[N][1:] = [[f"k{n}", "chi_dao", f"{line[0]} {n}", *line[1:]] for n in range(6_000)]
    content = book_bytes(book)
    begin = time.process_time()
    found = compiled(content)
    assert time.process_time() - begin < 3
    assert [(e.code, e.sheet, e.cell) for e in found.errors] == [("too_many_rows", N, "A5002")]


def test_a_thousand_tasks_compile_to_a_pack_that_can_be_read() -> None:
    book = small_plan()
    book[N][1:] = [[f"k{n}", "chi_dao", f"Họp {n}", "Thông báo", "Văn phòng", "Quý I"] for n in range(1_000)]
    book[X].pop(1)
    found = plan_of(book)
    assert found.errors == ()
    assert found.template is not None
    assert plan_codec.decode(plan_codec.encode(found.template)) == found.template


def test_a_long_cell_is_refused_where_it_stands_and_texts_may_be_longer() -> None:
    book = small_plan()
    book[P][1][4] = "Chữ " * 2_499
    assert plan_of(book).errors == ()
    book[P][1][4] = "Chữ " * 2_501
    book[N][1][4] = "Phòng " * 1_000
    told = [(e.code, e.sheet, e.cell) for e in plan_of(book).errors]
    assert told == [("text_too_long", P, "E2"), ("text_too_long", N, "E2")]


def test_the_same_workbook_gives_the_same_bytes_and_export_gives_it_back() -> None:
    template = plan_of(small_plan()).template
    assert template is not None
    pack = plan_codec.encode(template)
    assert plan_codec.encode(plan_of(small_plan()).template or template) == pack
    again = compiled(plan_workbook(template))
    assert (again.errors, again.warnings) == ((), ())
    assert again.template is not None
    assert plan_codec.encode(again.template) == pack
    assert plan_codec.decode(pack) == template


words = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=30)


@settings(max_examples=30)
@given(
    title=words,
    value=words,
    increment=st.decimals(-100, 100, places=2),
    base=st.integers(2000, 2100),
    kinds=st.lists(st.sampled_from(list(UnitKind)), unique=True),
    years=st.lists(st.integers(2000, 2100), unique=True, max_size=5).map(sorted),
    kind=st.sampled_from(list(PlanKind)),
)
def test_any_words_come_back_from_their_workbook(
    title: str, value: str, increment: Decimal, base: int, kinds: Any, years: list[int], kind: PlanKind
) -> None:
    """What a template may say, its workbook says too: a text that looks like a formula stays a text."""
    plain = plan_of(small_plan()).template
    assert plain is not None
    title, value = (unicodedata.normalize("NFC", one.replace("{", "(")) for one in (title, value))
    first, second = plain.targets
    changed = replace(
        plain,
        kind=kind,
        title=title,
        tasks=(replace(plain.tasks[0], title=f"={title}", product=value), *plain.tasks[1:]),
        targets=(
            replace(first, increment=increment, base_year=base, limit=None, slogan=title, measure=value),
            replace(
                second,
                value=value,
                unit_kinds=tuple(kinds),
                milestones=tuple(Milestone(year, title) for year in years),
            ),
        ),
    )
    found = compiled(plan_workbook(changed))
    assert found.errors == ()
    assert found.template == changed
    assert plan_codec.decode(plan_codec.encode(changed)) == changed


def test_every_meaning_has_a_word_and_no_word_has_two() -> None:
    for name, choice in vars(plan_vocabulary).items():
        if isinstance(choice, Choice):
            count = sum(len(known) for known in choice.table.values())
            assert len(choice.known) == count, name
            # Excel's longest list to choose from
            assert len(",".join(choice.words)) <= 253, name
            enum: Any = type(next(iter(choice.table)))
            if enum not in (str, bool):
                assert set(choice.table) == set(enum), name
    assert all(
        len(",".join(choice.words)) <= 253
        for choice in vars(plan_vocabulary).values()
        if isinstance(choice, Choice)
    )


def test_the_starter_is_sound() -> None:
    starter = plan_starter(2027, lambda name: text(f"plan_starter.{name}"))
    found = compiled(plan_workbook(starter))
    assert (found.errors, found.warnings) == ((), ())
    assert found.template == starter


_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1900, 3, 1), date(2200, 1, 1)),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40),
    st.sampled_from(
        ["=1+1", "#N/A", "{year}", "{lạ}", "2026: 60", "xã, sở", "kế hoạch năm", "chi_dao", "100%"]
    ),
)


@settings(max_examples=30)
@given(
    changes=st.lists(
        st.tuples(st.sampled_from(sorted(small_plan())), st.integers(0, 6), st.integers(0, 8), _CELLS),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_stands_in_a_cell_is_reported_or_makes_a_pack_that_can_be_read(
    changes: list[tuple[str, int, int, Any]],
) -> None:
    book = small_plan()
    for sheet, row, column, value in changes:
        put(sheet, f"{'ABCDEFGHI'[column]}{row + 1}", value)(book)
    found = plan_of(book)
    assert all(render(finding.message) for finding in (*found.errors, *found.warnings))
    assert (found.template is None) == bool(found.errors)
    if found.template is not None:
        assert plan_codec.decode(plan_codec.encode(found.template)) == found.template
        again = compiled(plan_workbook(found.template))
        assert again.errors == ()
        assert again.template == found.template
