"""Rounds (kỳ đánh giá): years, mergers, archived years."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "archived": "Kỳ đánh giá năm {year} đã lưu trữ, chỉ xem được. Muốn sửa, chọn kỳ đánh giá đang làm.",
    "unknown": "Không tìm thấy kỳ đánh giá này trong hồ sơ. Chọn lại năm ở trang Tổng quan.",
    "year_exists": "Hồ sơ đã có kỳ đánh giá năm {year}. Mở kỳ đó, hoặc chọn năm khác.",
    "appraiser_row": "Tiêu chí {row} do cơ quan thẩm định chấm. Đơn vị chỉ ghi giải trình và gắn minh chứng.",
    "no_such_row": (
        "Bộ tiêu chí của năm này không có dòng {key}. Mở lại trang Tự chấm điểm để xem các dòng hiện có."
    ),
    "own_folder": (
        'Thư mục "{folder}" là hồ sơ đang mở, không phải hồ sơ cũ. Chọn thư mục hồ sơ của đơn vị trước khi '
        "sắp xếp, sáp nhập."
    ),
}
