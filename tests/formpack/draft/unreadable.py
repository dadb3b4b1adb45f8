"""Wordings that no rule of the workbook says, or that leave out the figure that decides."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.formpack.draft.printing import n


def unreadable_text(random: Random, maximum: Decimal) -> str:
    """One of them; sometimes nothing is printed at all."""
    small = n(maximum / 4)
    return random.choice(
        (
            "Có vi phạm: Trừ điểm theo mức độ",
            f"Không thực hiện đúng chế độ báo cáo: Trừ từ {small}-{n(maximum / 2)} điểm",
            "Thực hiện đầy đủ các nhiệm vụ được giao: Điểm tối đa\nThực hiện chưa đầy đủ: Trừ điểm tương ứng",
            f"Mỗi báo cáo chậm trừ {small} điểm, tối đa trừ {n(maximum / 2)} điểm",
            f"Từ báo cáo chậm thứ 2 trở đi, mỗi báo cáo trừ {small} điểm",
            f"Báo cáo thiếu trừ {small} điểm mỗi lần nhưng chỉ tính từ quý II; quý I không trừ",
            (
                "Điểm = Tỷ lệ chuẩn hóa * Điểm tối đa. Trong đó: Tỷ lệ chuẩn hóa = tỷ lệ của đơn vị/tỷ lệ"
                " của đơn vị có giá "
                "trị lớn nhất"
            ),
            "Hội đồng thẩm định chấm theo hồ sơ minh chứng",
            f"Hoàn thành 100%: {n(maximum)} điểm; cứ giảm 10% trừ {small} điểm",
            (
                f"Có kế hoạch: {n(maximum)} điểm\nKhông có kế hoạch: 0 điểm\nNếu ban hành chậm thì trừ"
                f" {small} điểm"
            ),
            f"Đạt: {n(maximum)} điểm; không đạt: 0 điểm (không quá {small} điểm với xã miền núi)",
            (
                f"Mỗi mô hình cấp tỉnh được {small} điểm, cấp xã được {n(maximum / 8)} điểm, tối đa"
                f" {n(maximum)} điểm"
            ),
            f"Điểm = (số hồ sơ đúng hạn/tổng số hồ sơ) x {n(maximum)} - số hồ sơ trễ x {small}",
            f"Có từ 90% ý kiến hài lòng: {n(maximum)} điểm, còn lại chấm theo mức độ",
            f"Đơn vị xếp thứ nhất được {n(maximum)} điểm, các đơn vị sau giảm dần {small} điểm theo thứ hạng",
            (
                f"Từ 80% trở lên: {n(maximum)} điểm; từ 50% đến dưới 70%: {n(maximum / 2)} điểm; dưới 50%: 0"
                f" điểm"
            ),
            f"Tỷ lệ số hồ sơ đúng hạn/tổng số hồ sơ x {n(maximum * 2)}",
            f"Gửi chậm quá 05 ngày trừ {small} điểm",
            "Theo hướng dẫn của Sở Nội vụ",
            f"Kết quả năm sau cao hơn năm trước: {n(maximum)} điểm, nếu thấp hơn thì trừ tương ứng",
            f"Các hoạt động khác: từ {small} đến {n(maximum / 2)} điểm/lần tùy mức độ tham gia",
            "",
        )
    )
