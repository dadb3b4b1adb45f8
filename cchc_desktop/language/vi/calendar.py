"""The year's deadlines among what is left to do."""

TEXTS: dict[str, str] = {
    "ics_title": "Lịch CCHC {year}: {unit}",
    "ics_file": "Lich-CCHC-{year}-{unit}.ics",
    "ics_recipient": "Gửi {recipient}.",
    "ics_done": "Đã xong ngày {on}.",
    "ics_source": "Theo: {source}.",
    "to_do": "{title}",
    "send_to": "Gửi {recipient}.",
    "due": "Hạn {due:date}.",
    "overdue": "Đã quá hạn {days} ngày (hạn {due:date}).",
}
