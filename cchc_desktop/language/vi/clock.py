"""What is said of a clock that can't be right."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "back": (
        "Đồng hồ của máy đang chỉ {time:time} ngày {day:date}, trước thay đổi gần nhất trong hồ sơ ({last_time:time} "
        "ngày {last_day:date}). Dữ liệu vẫn nguyên; chỉnh lại ngày giờ của máy trước khi ký và gửi, nếu không hạn và giờ "
        "ký sẽ sai."
    ),
    "zone": (
        "Múi giờ của máy đã đổi từ {before} sang {zone}. Chương trình vẫn tính hạn và ghi giờ theo giờ Việt Nam "
        "(UTC+07:00), dữ liệu không đổi; nếu không cố ý, chỉnh lại múi giờ của máy."
    ),
    "known": "Đã biết",
}
