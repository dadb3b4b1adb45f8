"""Cập nhật chương trình bằng gói cập nhật: gói mang gì, vì sao không nhận, và đường quay lại."""

_KEPT = "Chương trình vẫn như trước."
_SETUP = "cài lại bằng bộ cài đặt đầy đủ"

TEXTS = {
    "target_windows": "Windows",
    "target_linux": "Linux",
    "target_other": "hệ thống khác ({target})",
    "step_files": "Ghép bản mới",
    "step_checking": "Đọc lại từng tệp của bản mới",
    # vì sao không nhận
    "refused": "Chưa cập nhật bằng “{name}”. {reasons:list}",
    "other_kind": "“{name}” là gói báo cáo hay bộ biểu mẫu, không phải gói cập nhật chương trình. Chọn tệp khác.",
    "other_target": "Gói này dành cho {target}, máy này chạy {here}. Xin gói dành cho {here}.",
    "same_version": "Máy đang dùng đúng bản {version}. Không cần cập nhật.",
    "lower_version": (
        "Gói này là bản {version}, cũ hơn bản {here} đang dùng. Muốn về bản trước thì dùng mục Trở lại bản trước."
    ),
    "other_base": (
        "Gói này chỉ chứa phần khác giữa bản {wanted} và bản {version}, còn máy đang dùng bản {here}. Xin gói cập "
        f"nhật từ bản {{here}}, hoặc {_SETUP}."
    ),
    "base_differs": (
        "Bản {version} đang dùng không giống bản {version} đã phát hành nên gói này không ghép vào được. Xin bộ cài "
        "đặt đầy đủ rồi cài đè lên; dữ liệu vẫn giữ."
    ),
    "base_damaged": (
        "Tệp “{name}” của chương trình trong “{folder}” thiếu hoặc đã bị thay đổi, nên không ghép được bản mới. "
        "Cài đè bằng bộ cài đặt đầy đủ rồi cập nhật lại; dữ liệu vẫn giữ."
    ),
    "no_listing": (
        "Không đọc được danh sách tệp của chương trình trong “{folder}”. Cài đè bằng bộ cài đặt đầy đủ; dữ liệu vẫn giữ."
    ),
    "no_current": (
        "Chương trình trong “{folder}” không ghi đang dùng bản nào. Cài đè bằng bộ cài đặt đầy đủ; dữ liệu vẫn giữ."
    ),
    "unknown_signer": (
        "Người ký gói này là {name} (mã {code}), không phải nhà phát hành mà chương trình này biết. Không dùng gói "
        "này; xin lại gói từ nơi đã đưa bộ cài đặt."
    ),
    "no_publisher": (
        "Bản chương trình này chưa mang chứng thư của nhà phát hành nên không nhận được gói cập nhật nào (gói này do "
        "{name} ký, mã {code}). Dùng bộ cài đặt đầy đủ để cài đè; dữ liệu vẫn giữ."
    ),
    "not_publisher": (
        "Người ký gói này là {name}, được nơi khác bảo lãnh chứ không phải chính nhà phát hành. Xin lại gói do nhà "
        "phát hành ký."
    ),
    "pack_damaged": (
        f"Tệp “{{name}}” lấy từ gói cập nhật không đúng mã đối chiếu: gói vừa bị thay hoặc USB đọc lỗi. {_KEPT} "
        "Chép lại gói rồi thử lại."
    ),
    "wrong_list": (
        f"Danh sách tệp của bản mới không khớp gói cập nhật. {_KEPT} Không dùng gói này; xin lại gói từ nơi đã đưa."
    ),
    "bad_path": f"Gói cập nhật có đường dẫn không hợp lệ: “{{name}}”. {_KEPT} Không dùng gói này.",
    "not_installed": (
        "Chương trình này không được cài bằng bộ cài đặt nên không nhận gói cập nhật. Cập nhật theo cách đã cài, "
        "hoặc cài bằng bộ cài đặt."
    ),
    "no_room": (
        "Ổ đĩa chứa “{folder}” còn {free:size}, bản mới cần {needed:size}. Xóa bớt tệp trên ổ đĩa đó rồi thử lại."
    ),
    "disk_full": f"Ổ đĩa chứa “{{folder}}” đã đầy. {_KEPT} Xóa bớt tệp trên ổ đĩa đó rồi thử lại.",
    "read_only": (
        "Không ghi được vào thư mục chương trình “{folder}”: thư mục hoặc ổ đĩa chỉ cho đọc, hoặc tài khoản này không "
        f"có quyền ghi. {_KEPT} Nhờ người đã cài chương trình cập nhật, hoặc mở khóa ghi của USB rồi thử lại."
    ),
    "input_output": (
        f"Ổ đĩa chứa “{{folder}}” báo lỗi khi đọc hoặc ghi. {_KEPT} Kiểm tra ổ đĩa rồi thử lại."
    ),
    "busy": (
        f"Chương trình đang được cập nhật ở một cửa sổ khác, hoặc vừa cập nhật xong. {_KEPT} Chờ một phút rồi xem lại."
    ),
    "no_way_back": "Máy không còn bản nào trước bản đang dùng. Muốn dùng bản cũ thì cài bằng bộ cài đặt của bản đó.",
    # dòng lệnh
    "cli_pack": "tệp gói cập nhật (.asice)",
    "cli_check": "chỉ xem gói, không cập nhật",
    "cli_back": "trở lại bản trước",
    "cli_json": "in một đối tượng JSON",
    "cli_what": "Chỉ ra gói cập nhật, hoặc --back để trở lại bản trước. Ví dụ: cchc update goi.asice --check",
    "cli_both": "Chọn một trong hai: gói cập nhật, hoặc --back.",
    "cli_state": "Bản đang dùng: {current}.",
    "cli_state_before": "Bản đang dùng: {current}. Trở lại được bản {before}: cchc update --back",
    "cli_brings": (
        "Bản {version} cho {target}, từ bản {from_version}; {count:number} tệp thay đổi, gói {size:size}."
    ),
    "cli_signed": "Người ký: {name}, {at:time} ngày {at:date}.",
    "cli_notes": "Có gì mới:",
    "cli_can": "Gói này dùng được trên máy này.",
    "cli_done": "Đã cập nhật lên bản {version}. Bản mới chạy từ lần mở tới; trở lại bản {before}: cchc update --back",
    "cli_went_back": (
        "Từ lần mở tới chương trình chạy bản {version}. Nếu bản này báo hồ sơ được ghi bởi bản mới hơn: khôi phục bản "
        "sao lưu tự làm trước khi nâng cấp (cchc restore)."
    ),
}
