"""What stands where: numbers of every kind, merged cells, cut tables, footnotes, several appendices."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from cchc_desktop.errors import KnownError
from cchc_desktop.formpack.draft.draft import Draft, draft_document
from cchc_desktop.intake.tables import Document, Paragraph, Table, TableCell, TableRow

HEADER = ("STT", "Tiêu chí", "Điểm tối đa", "Cách tính điểm", "Tài liệu kiểm chứng")


def table(*rows: Sequence[str], header: Sequence[str] = HEADER, number: int = 1) -> Table:
    lines = [header, *rows] if header else list(rows)
    return Table(
        tuple(
            TableRow(place, tuple(TableCell(column, text) for column, text in enumerate(row)))
            for place, row in enumerate(lines, start=1)
        ),
        number,
    )


def drafted(*blocks: Table | Paragraph) -> tuple[Draft, ...]:
    return draft_document(Document(blocks), "phu-luc.docx")


def codes(draft: Draft) -> list[tuple[str, str, str]]:
    return [(node.code, node.printed, node.type.value) for node in draft.nodes]


def reasons(draft: Draft, code: str) -> list[str]:
    return [one.id for node in draft.nodes if node.code == code for one in node.doubts]


def test_dotted_numbers_with_stray_dots_and_spaces() -> None:
    (draft,) = drafted(
        table(("1.", "LĨNH VỰC", "1,5"), ("1. 1.", "Nhóm", "1 ,5"), (" 1.1.1", "Dòng", "1.5đ"))
    )
    assert [code for code, _, _ in codes(draft)] == ["1", "1.1", "1.1.1"]
    assert [node.max_points for node in draft.nodes] == [Decimal("1.5")] * 3
    assert [kind for _, _, kind in codes(draft)] == ["section", "group", "row"]


def test_roman_sections_with_numbers_that_begin_again() -> None:
    (draft,) = drafted(
        table(("I", "A", "2"), ("1", "a", "2"), ("II", "B", "3"), ("1", "b", "1"), ("2", "c", "2"))
    )
    assert codes(draft) == [
        ("I", "I", "section"),
        ("I.1", "1", "row"),
        ("II", "II", "section"),
        ("II.1", "1", "row"),
        ("II.2", "2", "row"),
    ]


def test_numbers_counted_through_under_numbers_with_a_dot() -> None:
    rows = [
        ("I.", "A", "9"),
        ("1.", "B", "4"),
        ("1", "c", "2"),
        ("2", "d", "2"),
        ("2.", "E", "5"),
        ("2.a)", "F", "5"),
    ]
    (draft,) = drafted(table(*rows, ("3", "g", "5"), ("3a", "h", "2"), ("3b", "i", "3")))
    assert [code for code, _, _ in codes(draft)] == [
        *("I", "I.1", "I.1.1", "I.1.2", "I.2", "I.2.2a", "I.2.2a.3", "I.2.2a.3.3a", "I.2.2a.3.3b"),
    ]
    assert draft.disagreements == ()


def test_a_dash_is_numbered_and_a_letter_in_the_name_is_a_number() -> None:
    header = ("Nội dung đánh giá", "Điểm tối đa")
    rows = [
        ("Điều 4. Ý thức học tập", "3"),
        ("a) Chuyên cần", ""),
        ("- Đi học đều", "1"),
        ("- Đúng giờ", "2"),
    ]
    (draft,) = drafted(table(*rows, header=header))
    assert codes(draft) == [
        ("4", "Điều 4", "section"),
        ("4.a", "a", "group"),
        ("4.a.1", "", "row"),
        ("4.a.2", "", "row"),
    ]
    group = draft.nodes[1]
    assert (group.label, group.max_points, group.derived) == ("Chuyên cần", Decimal(3), True)


def test_a_total_is_no_criterion_but_a_name_that_begins_like_one_is() -> None:
    rows = [("V", "TỔNG ĐIỀU TRA KINH TẾ NĂM 2026 (Tổng 30 điểm)", "30"), ("1", "Lập danh sách", "30")]
    (draft,) = drafted(table(*rows, ("", "TỔNG CỘNG", "30")))
    assert [node.label for node in draft.nodes] == ["TỔNG ĐIỀU TRA KINH TẾ NĂM 2026", "Lập danh sách"]
    assert (draft.total, draft.total_derived) == (Decimal(30), False)


def test_sums_that_differ_are_named_and_left_alone() -> None:
    rows = [("1", "A", "16"), ("1.1", "b", "12"), ("1.2", "c", "8"), ("2", "D", "4"), ("2.1", "e", "4")]
    (draft,) = drafted(table(*rows, ("", "Tổng cộng", "24")))
    assert [(one.code, one.declared, one.found) for one in draft.disagreements] == [
        ("1", Decimal(16), Decimal(20)),
        ("TOTAL", Decimal(24), Decimal(20)),
    ]
    assert draft.nodes[0].max_points == 16
    assert "draft.sum_differs" in reasons(draft, "1")


def test_a_table_cut_over_pages_is_one() -> None:
    rule = "Có: 1 điểm\nKhông: 0 điểm"
    first = table(("1", "LĨNH VỰC", "2"), ("1.1", "Một", "1", rule))
    second = table(("", "", "", "Không phát sinh: điểm tối đa"), ("1.2", "Hai", "1", rule), number=2)
    third = table(("2", "LĨNH VỰC KHÁC", "1"), ("2.1", "Ba", "1", rule, ""), header=(), number=3)
    (draft,) = drafted(first, Paragraph("1"), second, Paragraph("Trang 2/3"), third)
    assert [node.code for node in draft.nodes] == ["1", "1.1", "1.2", "2", "2.1"]
    assert draft.nodes[1].reading.not_applicable == "full"


def test_several_appendices_are_several_drafts() -> None:
    one = table(("1", "A", "1"), ("1.1", "b", "1"))
    two = table(("1", "C", "2"), ("1.1", "d", "2"), number=2)
    drafts = drafted(Paragraph("Phụ lục I"), one, Paragraph("Phụ lục II"), Paragraph("BỘ TIÊU CHÍ B"), two)
    assert [draft.total for draft in drafts] == [1, 2]
    assert drafts[1].titles.title == "BỘ TIÊU CHÍ B"


def test_options_in_rows_of_their_own() -> None:
    header = ("TT", "Tiêu chí", "Điểm", "Điểm chấm")
    rows = [
        ("", "PHẦN A: SẢN PHẨM (4 ĐIỂM)"), ("1", "Nguồn gốc", ""), ("", "☐ Trong tỉnh", "3"),
        ("", "☐ Ngoài tỉnh", "1"),
        ("2", "Bao bì", ""), ("", "☐ Đẹp", "1"), ("", "☐ Xấu", "0"),
    ]  # fmt: skip
    (draft,) = drafted(table(*rows, header=header))
    assert codes(draft) == [("A", "A", "section"), ("A.1", "1", "row"), ("A.2", "2", "row")]
    steps = [[(s.label, s.points) for s in getattr(n.reading.rule, "steps", ())] for n in draft.nodes[1:]]
    assert steps == [[("Trong tỉnh", 3), ("Ngoài tỉnh", 1)], [("Đẹp", 1), ("Xấu", 0)]]
    assert [node.max_points for node in draft.nodes] == [4, 3, 1]
    assert draft.disagreements == ()


def test_options_and_points_in_two_cells_line_beside_line() -> None:
    name = "Xếp loại\n- Xuất sắc\n- Tốt\n- Không đạt"
    header = ("TT", "Nội dung đánh giá", "Thang điểm")
    (draft,) = drafted(
        table(("1", "LĨNH VỰC", "10"), ("1.1", name, "10 điểm\n7 điểm\n0 điểm"), header=header)
    )
    row = draft.nodes[1]
    steps = [(step.label, step.points) for step in getattr(row.reading.rule, "steps", ())]
    assert (row.label, row.max_points, row.derived) == ("Xếp loại", 10, True)
    assert steps == [("Xuất sắc", 10), ("Tốt", 7), ("Không đạt", 0)]
    assert "draft.review_points_by_line" in reasons(draft, "1.1")


def test_points_of_options_in_a_column_of_their_own() -> None:
    header = ("TT", "Tiêu chí", "Điểm tối đa", "Cách chấm", "Điểm từng mức")
    rows = [
        ("1", "A", "2", "", ""),
        ("1.1", "b", "2", "Đúng hạn", "2"),
        ("", "", "", "chậm", "1"),
        ("", "", "", "Không", "0"),
    ]
    (draft,) = drafted(table(*rows, header=header))
    steps = [(step.label, step.points) for step in getattr(draft.nodes[1].reading.rule, "steps", ())]
    assert steps == [("Đúng hạn", 2), ("Chậm", 1), ("Không", 0)]
    assert reasons(draft, "1.1") == []


def test_a_table_that_is_left_out_is_named() -> None:
    strange = table(("x", "y", "z"), ("u", "v", "w"), header=("Xếp hạng", "Đơn vị", "Năm"), number=1)
    (draft,) = drafted(strange, table(("1", "A", "1"), ("1.1", "b", "1"), number=2))
    assert "draft.note_table_left_out" in [note.id for note in draft.notes]


def test_what_hangs_on_nothing_is_marked() -> None:
    (draft,) = drafted(table(("1", "A", "2"), ("1.1", "b", "1"), ("1.1", "c", "1"), ("3.2.1", "d", "1")))
    assert "draft.review_code_repeated" in reasons(draft, "1.1-2")
    assert "draft.review_parent_missing" in [one.id for one in draft.nodes[-1].doubts]


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("1.000", "draft.review_points_thousands"),
        ("2-3", "draft.review_points_unread"),
        ("5*", "draft.review_starred"),
        ("", "draft.review_maximum_missing"),
    ],
)
def test_a_doubtful_maximum_is_marked(printed: str, reason: str) -> None:
    (draft,) = drafted(
        table(("1", "A", "2"), ("1.1", "b", printed, "Có: 5 điểm; không: 0 điểm"), ("1.2", "c", "1"))
    )
    assert reason in reasons(draft, "1.1")


def test_a_name_and_a_cell_that_say_different_points() -> None:
    (draft,) = drafted(table(("1", "LĨNH VỰC (20 điểm)", "10"), ("1.1", "b", "10")))
    assert (draft.nodes[0].label, draft.nodes[0].max_points) == ("LĨNH VỰC", 10)
    assert reasons(draft, "1") == ["draft.review_points_differ"]


def test_the_text_of_a_rule_and_its_evidence_are_kept() -> None:
    (draft,) = drafted(table(("1", "A", "1"), ("1.1", "b", "1", "Theo hướng dẫn của Sở", "Báo cáo năm")))
    row = draft.nodes[1]
    assert (row.rule_text, row.evidence, row.reading.rule) == ("Theo hướng dẫn của Sở", "Báo cáo năm", None)
    assert reasons(draft, "1.1") == ["draft.review_rule_unread"]


def test_letterhead_and_signatures_are_no_appendix() -> None:
    head = table(("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), header=("TỈNH X", "Độc lập"))
    with pytest.raises(KnownError) as caught:
        drafted(head, Paragraph("QUYẾT ĐỊNH"))
    assert caught.value.code == "draft.no_table"


def test_the_decision_is_read_from_the_titles() -> None:
    titles = (
        "PHỤ LỤC",
        "BỘ TIÊU CHÍ CCHC NĂM 2026",
        "(Kèm theo Quyết định số 45/QĐ-UBND ngày 12 tháng 3 năm 2026 của UBND tỉnh X)",
    )
    (draft,) = drafted(*(Paragraph(text) for text in titles), table(("1", "A", "1"), ("1.1", "b", "1")))
    assert (draft.titles.title, draft.titles.decision_number) == ("BỘ TIÊU CHÍ CCHC NĂM 2026", "45/QĐ-UBND")
    assert str(draft.titles.decision_date) == "2026-03-12"
    assert (draft.titles.issuer, draft.titles.year) == ("UBND tỉnh X", 2026)
