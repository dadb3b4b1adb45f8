"""Blocks that neither plan nor self-score use yet, and whatever text people may type."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_desktop.documents.model import (
    Addressees,
    Bar,
    BarChart,
    Block,
    Closing,
    Column,
    ColumnKind,
    Document,
    Figure,
    Grounds,
    Heading,
    Letterhead,
    NewPage,
    Orientation,
    Row,
    RowKind,
    Signature,
    Summary,
    Table,
    Text,
    TextKind,
    Title,
)
from cchc_desktop.documents.pdf import write_pdf
from tests.documents.reading import MM, flowing, page_texts, pieces, words

LETTERHEAD = Letterhead(
    "Tỉnh", "Xã", "Số: 12/UBND-VP", "Ea Kao, ngày 05 tháng 02 năm 2026", "V/v gửi kế hoạch"
)


def draw(folder: Path, *blocks: Block) -> Path:
    path = folder / "a.pdf"
    write_pdf(Document("Tên", "Tác giả", "Việc", blocks), path)
    return path


def test_a_letter_has_its_subject_under_the_number_and_its_addressees(tmp_path: Path) -> None:
    path = draw(
        tmp_path, LETTERHEAD, Addressees("Kính gửi:", ("Sở Nội vụ", "Sở Tài chính")), Text("Nội dung.")
    )
    found = {piece.text: piece for piece in pieces(path)}
    subject, number = found["V/v gửi kế hoạch"], found["Số: 12/UBND-VP"]
    assert subject.size in (12, 13) and not subject.bold
    assert number.top < subject.top < number.top + 25
    assert found["Kính gửi:"].size in (13, 14)
    assert "- Sở Nội vụ; - Sở Tài chính." in flowing(path)
    assert "Kính gửi: Sở Nội vụ" in flowing(draw(tmp_path, Addressees("Kính gửi:", ("Sở Nội vụ",))))


def test_pages_turn_both_ways_and_are_numbered_through(tmp_path: Path) -> None:
    blocks = [
        Text("một"),
        NewPage(Orientation.LANDSCAPE),
        Text("hai"),
        NewPage(Orientation.PORTRAIT),
        Text("ba"),
    ]
    path = draw(tmp_path, *blocks)
    pages, found = words(path)
    assert [round(page.width / MM) for page in pages] == [210, 297, 210]
    assert [(word.page, word.text) for word in found] == [
        (1, "một"),
        (2, "2"),
        (2, "hai"),
        (3, "3"),
        (3, "ba"),
    ]


def test_texts_other_than_the_body(tmp_path: Path) -> None:
    path = draw(tmp_path, Text("giữa", TextKind.CENTRED), Text("ghi chú", TextKind.NOTE), Heading("Mục", 3))
    _, found = words(path)
    middle, note = found[0], found[1]
    assert abs((middle.left + middle.right) / 2 - (30 + 195) / 2 * MM) < 1
    assert abs(note.left - 30 * MM) < 0.5
    assert "Mục" in flowing(path)


def test_joined_cells_stay_one_over_a_page_break(tmp_path: Path) -> None:
    columns = (Column("A", 1), Column("B", 2, ColumnKind.CENTRED), Column("C", 1, ColumnKind.NUMBER))
    rows = [Row((f"Nhóm {n} " + "dài " * 60, "", ""), RowKind.GROUP, span=(0, 2)) for n in range(40)]
    text = flowing(draw(tmp_path, Table(columns, tuple(rows))))
    assert [text.count(f"Nhóm {n} ") for n in range(40)] == [1] * 40
    assert text.count("dài") == 40 * 60


def test_joining_words_begin_a_line_of_a_title(tmp_path: Path) -> None:
    path = draw(
        tmp_path, Title("Kế hoạch", "Cải cách hành chính năm 2026 của Sở Khoa học và Công nghệ Đắk Lắk")
    )
    lines = [each.text for each in pieces(path)]
    assert lines[0] == "KẾ HOẠCH" and len(lines) == 3
    assert lines[2].startswith("của Sở Khoa học")
    # Where the next line has no room for it, the word stays.
    tight = draw(tmp_path, Title("Kế hoạch", "aa " + "M" * 20 + " của " + "M" * 30))
    assert "của" in flowing(tight)


def test_a_committee_s_name_breaks_before_its_place(tmp_path: Path) -> None:
    name = "Ủy ban nhân dân phường Buôn Ma Thuột"
    path = draw(tmp_path, Letterhead(name, name, "Số: 1/KH-UBND", "Buôn Ma Thuột"))
    lines = [each.text for each in pieces(path) if each.left < 100 * MM]
    assert lines[:4] == ["ỦY BAN NHÂN DÂN", "PHƯỜNG BUÔN MA THUỘT"] * 2


def test_a_table_without_rows_shows_its_head(tmp_path: Path) -> None:
    assert "A B (1) (2)" in flowing(
        draw(tmp_path, Table((Column("A", 1), Column("B", 1)), (), numbered=True))
    )


def test_long_chart_and_summary_break_over_pages(tmp_path: Path) -> None:
    bars = tuple(Bar(f"Mục {n}", Decimal(n), Decimal(0), Decimal(1), f"{n} điểm") for n in range(80))
    figures = tuple(Figure(f"Tên {n}", str(n)) for n in range(9))
    path = draw(tmp_path, Summary("Kết quả", figures), BarChart(bars, "đạt", "mở", "mất"))
    text = flowing(path)
    assert all(f"Mục {n}" in text and f"{n} điểm" in text for n in range(80))
    assert all(f"Tên {n}" in text for n in range(9))
    assert len(page_texts(path)) > 1


TYPED = st.text(st.characters(codec=None, categories=None, exclude_categories=()), max_size=300) | st.text(
    "aẲ <>&\"'\u0301\u200b\u00a0\n\t=-", max_size=300
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.lists(TYPED, min_size=4, max_size=4))
def test_no_text_stops_a_document(tmp_path: Path, typed: list[str]) -> None:
    one, two, three, four = typed
    columns = (Column(one, 1), Column(two, 0.2), Column(three, 3, ColumnKind.NUMBER))
    path = draw(
        tmp_path,
        Letterhead(one, two or "x", "Số: 1", three, four),
        Title(one, two),
        Grounds((three, four)),
        Heading(one, 1),
        Text(two),
        Table(columns, (Row((one, two, three)), Row((four, "", ""), RowKind.GROUP, span=(0, 2)))),
        Closing(Signature((one, two), three, four), one, (two, three)),
    )
    assert path.read_bytes().startswith(b"%PDF-")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 60), min_size=1, max_size=25), st.booleans())
def test_no_table_loses_a_word(tmp_path: Path, lengths: list[int], landscape: bool) -> None:
    counter = iter(range(10**6))
    rows = tuple(
        Row((" ".join(f"k{next(counter):05d}" for _ in range(length)), f"k{next(counter):05d}"))
        for length in lengths
    )
    start = (NewPage(Orientation.LANDSCAPE),) if landscape else ()
    path = draw(tmp_path, Text("mở đầu"), *start, Table((Column("A", 1), Column("B", 6)), rows))
    total = sum(lengths) + len(lengths)
    _, found = words(path)
    assert sorted(w.text for w in found if w.text.startswith("k")) == [f"k{n:05d}" for n in range(total)]
