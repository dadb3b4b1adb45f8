"""The workbook of a plan: tasks, targets, a column for each year."""

from __future__ import annotations

from pathlib import Path

from cchc_desktop.documents.plan_xlsx import write_plan_xlsx
from tests.documents.plan_papers import five_years, sheet_rows, source


def test_the_workbook_carries_the_tasks_and_on_its_second_sheet_the_targets(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    made = source()
    write_plan_xlsx(path, made)
    rows = sheet_rows(path, 0)
    head = next(row for row in rows if row[0] == "TT")
    assert head == [
        *("TT", "Nhiệm vụ", "Kết quả, sản phẩm", "Chủ trì", "Phối hợp", "Thời gian hoàn thành"),
        *("Kinh phí (triệu đồng)", "Nguồn kinh phí", "Ghi chú"),
    ]
    tasks = [row for row in rows if isinstance(row[0], int)]
    assert len(tasks) == 6
    first = next(row for row in tasks if row[1] == "Nhiệm vụ đặt tên 001 về rà soát thủ tục")
    assert first[2:8] == [
        *("Báo cáo kết quả 001", "Phòng chủ trì 1", "Phòng Kinh tế", "30/06/2026"),
        *(10, "Ngân sách xã"),
    ]
    unpriced = next(row for row in tasks if row[1] == "Nhiệm vụ đặt tên 000 về rà soát thủ tục")
    assert unpriced[6] is None, "what nobody stated is no zero"
    targets = [row for row in sheet_rows(path, 1) if isinstance(row[0], int)]
    assert [row[1] for row in targets] == [f"Tỷ lệ hồ sơ đúng hạn nhóm {number}" for number in (0, 3, 1, 2)]
    assert targets[0][2:] == ["%", "97,2", "≥ 98", "Nghị quyết"]


def test_the_workbook_of_five_years_has_a_column_for_each(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_plan_xlsx(path, five_years())
    for sheet, at in ((0, 6), (1, 4)):
        rows = sheet_rows(path, sheet)
        head = next(row for row in rows if row[0] == "TT")
        assert head[at : at + 5] == [f"Năm {year}" for year in range(2026, 2031)]
        row = next(row for row in rows if isinstance(row[0], int))
        assert row[at] == "Mốc 2026"
        assert row[at + 4] == "Mốc 2030"
