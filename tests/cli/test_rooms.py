"""`cchc rooms out|in`: files out, differences shown, taken over only when asked, exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_desktop.services import plan
from cchc_desktop.services.profile import open_profile
from tests.cli.commands import run
from tests.services.room_office import edit, office, small_plan


def test_out_and_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "p"
    profile, round_id = office(data)
    with profile:
        key = small_plan(profile, round_id)["Rà soát thủ tục"]
    folder = tmp_path / "ra"
    folder.mkdir()
    answer = run(capsys, "rooms", "out", "--to", folder, data=data)
    paths = [Path(line) for line in answer.out.splitlines()]
    assert (answer.code, len(paths), answer.err.strip()) == (0, 4, "Đã phát 4 bảng.")
    first = next(path for path in paths if "Kinh tế" in path.name)
    second = folder / "Nhiệm vụ CCHC 2026 - Văn phòng.xlsx"
    edit(first, lambda sheet: (sheet.put(key, "due", "Quý I"), sheet.put(key, "cost", "nhiều")))
    edit(second, lambda sheet: sheet.put(key, "due", "Quý III"))

    def due() -> str:
        with open_profile(data) as opened:
            return next(task for task in plan.plan(opened, round_id).tasks if task.id == key).due

    answer = run(capsys, "rooms", "in", first, data=data)
    assert answer.code == 0
    assert answer.out.splitlines() == [
        (
            "Nhiệm vụ CCHC 2026 - Phòng Kinh tế.xlsx · Phòng Kinh tế: 0 dòng đổi, 0 dòng thêm, "
            "0 dòng xung đột, 0 dòng thiếu, 1 dòng có ô không đọc được"
        ),
        "  [không đọc được] Rà soát thủ tục",
        "      I5 Hoàn thành: “Quý II” → “Quý I”",
        "      J5 Kinh phí (triệu đồng): “nhiều”. “nhiều” không phải số. Ghi số, ví dụ 12,5.",
    ]
    assert "Chưa nhận gì" in answer.err
    assert due() == "Quý II"
    # The second file clashes with what the first brought: without a choice it waits, and nothing is lost.
    answer = run(capsys, "rooms", "in", first, second, "--yes", data=data)
    assert answer.code == 1
    assert "      I5 Hoàn thành: lúc phát “Quý II”, ở đây “Quý I”, của phòng “Quý III”" in answer.out
    assert "Còn 1 ô xung đột chưa chọn" in answer.err
    assert due() == "Quý I"
    answer = run(capsys, "rooms", "in", second, "--yes", "--prefer", "theirs", data=data)
    assert (answer.code, due()) == (0, "Quý III")
    answer = run(capsys, "rooms", "in", tmp_path / "không có.xlsx", data=data)
    assert (answer.code, answer.err.splitlines()[0][:14]) == (2, "Không tìm thấy")


def test_figures_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "p"
    office(data)[0].close()
    answer = run(capsys, "rooms", "out", "--to", tmp_path, "--figures", "1.1.1,1.2.1", data=data)
    assert (answer.code, answer.err.strip()) == (2, "Phát số liệu cần đúng một phòng: thêm --room TÊN.")
    told = ("--room", "Văn phòng", "--figures")
    answer = run(capsys, "rooms", "out", "--to", tmp_path, *told, "9.9.9", data=data)
    assert answer.code == 2
    assert "không có dòng 9.9.9" in answer.err
    answer = run(capsys, "rooms", "out", "--to", tmp_path, *told, "1.1.1, 1.2.1", data=data)
    assert (answer.code, Path(answer.out.strip()).name) == (0, "Số liệu CCHC 2026 - Văn phòng.xlsx")
