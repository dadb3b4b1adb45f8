"""Mục Cập nhật chương trình trong cửa sổ."""

TEXTS = {
    "version": "Bản đang chạy: {version}",
    "hint": "Nhận gói cập nhật qua USB hoặc thư, chọn tệp ở đây. Dữ liệu giữ nguyên; bản đang dùng được giữ lại để trở về.",
    "choose": "Chọn gói cập nhật…",
    "packs": "Gói cập nhật",
    "take": "Cập nhật",
    "leave": "Để sau",
    "back": "Trở lại bản {version}…",
    "back_act": "Trở lại bản trước",
    "back_words": (
        "Từ lần mở tới, chương trình chạy bản {version}. Dữ liệu giữ nguyên; nếu bản mới đã nâng cấp hồ sơ thì bản "
        "{version} không mở hồ sơ đó và sẽ chỉ cách khôi phục bản sao lưu tự làm trước khi nâng cấp."
    ),
    "went_back": "Bản {version} chạy từ lần mở tới.",
    "brings": "Gói này mang bản {version}",
    "facts": "Từ bản {from_version}, cho {system}",
    "amount": "{count:number} tệp thay đổi, gói {size:size}",
    "signed": "{name} ký ngày {at:date}",
    "notes": "Có gì mới",
    "refused": "Không dùng được {name}",
    "taken": "Đã cập nhật lên bản {version}. Bản mới chạy từ lần mở tới.",
    "waiting": "Bản {version} đã sẵn sàng, chạy từ lần mở tới.",
    "restart": "Khởi động lại",
    "restart_by_hand": "Chưa tự mở lại được chương trình. Mở chương trình từ lối tắt như mọi khi.",
    "under_way": "Đang làm, chờ một lát.",
    "stopped": "Đã dừng. Chương trình vẫn như trước.",
    "view_title": "Cập nhật chương trình",
    "view_under": "Tệp vừa mở là gói cập nhật. Xem bản mới có gì rồi quyết định.",
    "close": "Đóng",
}
