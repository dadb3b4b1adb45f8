"""What the window reminds of."""

TEXTS: dict[str, str] = {
    "soon": "{title}: còn {days} ngày, hạn {due:date}.",
    "today": "{title}: hạn hôm nay, {due:date}.",
    "late": "{title}: trễ {days} ngày, hạn {due:date}.",
    "more": "{first} Còn {count} việc khác cũng đến hạn.",
    "open": "Mở",
    "tomorrow": "Nhắc lại ngày mai",
}
