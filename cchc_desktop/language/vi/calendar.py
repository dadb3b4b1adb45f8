"""The year's deadlines, and how near or far they are."""

TEXTS: dict[str, str] = {
    "done": "xong {on:date}",
    "done_late": "xong {on:date}, trễ {days} ngày",
    "overdue": "Đã quá hạn {days} ngày (hạn {due:date}).",
    "overdue_short": "trễ {days} ngày",
    "passed": "đã qua hạn",
    "due": "Hạn {due:date}.",
    "send_to": "Gửi {recipient}.",
    "to_do": "{title}",
    "today": "hôm nay",
    "days_left": "còn {days} ngày",
    "state_done": "Đúng hạn",
    "state_done_late": "Xong trễ hạn",
    "state_overdue": "Trễ hạn",
    "state_soon": "Sắp đến hạn",
    "state_later": "Chưa đến",
    "state_passed": "Đã qua, chưa ghi trong chương trình",
}
