"""The year's deadlines among what is left to do."""

TEXTS: dict[str, str] = {
    "to_do": "{title}",
    "send_to": "Gửi {recipient}.",
    "due": "Hạn {due:date}.",
    "overdue": "Đã quá hạn {days} ngày (hạn {due:date}).",
}
