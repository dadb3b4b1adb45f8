"""Columns, rows or sheets of a workbook moved, copied, merged, hidden or gone: told, and nothing is lost."""

from __future__ import annotations

from openpyxl import load_workbook

from cchc_desktop.domain.room_merge import CellState, RowState
from cchc_desktop.domain.room_work import RoomReturn
from cchc_desktop.language import render
from cchc_desktop.services import plan, rooms
from tests.services.room_office import HEAD_ROW, Desk, Sheet, choices, differences, states


def told(returned: RoomReturn) -> str:
    return " ".join(render(finding) for finding in returned.findings)


def test_a_deleted_column_changes_nothing_and_is_told(desk: Desk) -> None:
    returned = desk.returned(lambda sheet: sheet.sheet.delete_cols(sheet.column("product")))
    assert returned.differing == ()
    assert told(returned) == (
        "Bảng “Nhiệm vụ” thiếu cột Kết quả, sản phẩm. Nội dung các cột đó được giữ nguyên."
    )


def test_columns_in_another_order_and_a_strange_one(desk: Desk) -> None:
    def turn(sheet: Sheet) -> None:
        own, due, product = sheet.sheet, sheet.column("due"), sheet.column("product")
        for row in range(1, own.max_row + 1):
            left, right = own.cell(row, due), own.cell(row, product)
            left.value, right.value = right.value, left.value
        own.cell(HEAD_ROW, 20).value = "Ý kiến"
        own.cell(HEAD_ROW + 1, 20).value = "đồng ý"

    returned = desk.returned(turn)
    assert returned.differing == ()
    assert told(returned) == "Bảng “Nhiệm vụ” có cột lạ “Ý kiến” (cột T). Cột này không được đọc."


def test_without_the_marks_the_heads_tell_the_columns(desk: Desk) -> None:
    def strip(sheet: Sheet) -> None:
        sheet.put(desk.key, "due", "Quý IV")
        sheet.sheet.delete_rows(HEAD_ROW - 1)

    returned = desk.returned(strip)
    # The heads of the key column say nothing then: rows are known by their names.
    assert differences(returned) == {("Rà soát thủ tục", "due"): ("changed", "Quý II", "Quý II", "Quý IV")}
    assert "mất cột mã dòng" in told(returned)


def test_without_keys_rows_are_known_by_name(desk: Desk) -> None:
    def strip(sheet: Sheet) -> None:
        sheet.put(desk.key, "due", "Quý IV")
        other = desk.ids["Công khai kết quả"]
        sheet.put(other, "title", "Công khai mọi kết quả")
        sheet.sheet.delete_cols(1)

    returned = desk.returned(strip)
    assert states(returned) == {
        "Rà soát thủ tục": RowState.CHANGED,
        "Công khai kết quả": RowState.MISSING,
        "Công khai mọi kết quả": RowState.ADDED,
    }
    # A row that may be an old one under another name is not advised.
    assert choices(returned).rows == frozenset()


def test_a_copied_row_is_offered_as_new_and_the_original_stays(desk: Desk) -> None:
    def copy(sheet: Sheet) -> None:
        row, free = sheet.row(desk.key), sheet.free_row()
        for cell in sheet.sheet[row]:
            sheet.sheet.cell(free, cell.column).value = cell.value
        sheet.sheet.cell(row, sheet.column("title")).value = "Việc khác"

    returned = desk.returned(copy)
    (added,) = (row for row in returned.differing if row.state is RowState.ADDED)
    # The line that nobody changed is the original, wherever it stands.
    assert added.name == "Việc khác"
    assert "Mã dòng này còn có ở hàng" in render(added.remarks[0])
    assert choices(returned).rows == frozenset()
    assert returned.count(RowState.CHANGED) == 0


def test_merged_cells_lose_nothing(desk: Desk) -> None:
    other = desk.ids["Công khai kết quả"]
    rows: list[int] = []

    def merge(sheet: Sheet) -> None:
        rows[:] = sorted((sheet.row(desk.key), sheet.row(other)))
        column = sheet.column("product")
        sheet.sheet.merge_cells(start_row=rows[0], end_row=rows[1], start_column=column, end_column=column)

    returned = desk.returned(merge)
    (row,) = returned.differing
    (cell,) = row.having(CellState.UNREADABLE)
    assert cell.column == "product"
    assert "bị gộp với ô" in render(cell.fault)  # type: ignore[arg-type]
    rooms.take_over(desk.profile, returned, choices(returned))
    assert {one.product for one in plan.plan(desk.profile, desk.round_id).tasks} == {"Báo cáo"}


def test_hidden_rows_are_read_and_told(desk: Desk) -> None:
    def hide(sheet: Sheet) -> None:
        sheet.put(desk.key, "due", "Quý IV")
        sheet.sheet.row_dimensions[sheet.row(desk.key)].hidden = True

    returned = desk.returned(hide)
    assert states(returned) == {"Rà soát thủ tục": RowState.CHANGED}
    assert "có hàng bị ẩn" in told(returned)


def test_a_sheet_that_is_gone_or_endless_changes_nothing(desk: Desk) -> None:
    book = load_workbook(desk.path)
    del book["Chỉ tiêu"]
    sheet = book["Nhiệm vụ"]
    for row in range(HEAD_ROW + 100, HEAD_ROW + 5_200):
        sheet.cell(row, 5).value = "x"
    book.save(desk.path)
    returned = rooms.preview(desk.profile, desk.path, desk.round_id)
    assert returned.differing == ()
    assert "“Nhiệm vụ” có quá nhiều hàng" in told(returned)
    assert "Không tìm thấy bảng “Chỉ tiêu”" in told(returned)
