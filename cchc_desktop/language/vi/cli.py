"""Sentences of the command line."""

TEXTS = {
    "bad_call": "Lệnh chưa đúng: {detail}\n{usage}",
    "bad_sample": "Sau --sample phải là tên một đơn vị mẫu: {samples}.",
    "cancelled": "Đã dừng theo yêu cầu. Việc đang làm dở đã được bỏ, dữ liệu giữ nguyên.",
    "option_without_value": "Sau {name} còn thiếu giá trị. Ví dụ: {name} /duong/dan.",
    "overview": (
        "CCHC Desktop: kế hoạch, tự chấm điểm, minh chứng và gói báo cáo có chữ ký.\n"
        "\n"
        "  cchc              mở cửa sổ chương trình\n"
        "  cchc GÓI.asice    mở xem một gói báo cáo, không nhập gì vào dữ liệu\n"
        "{commands}\n"
        "\n"
        "  --data THƯ-MỤC    chọn thư mục dữ liệu của đơn vị (mặc định: thư mục của người dùng)\n"
        "  --picture TỆP.png chụp cửa sổ vừa mở vào một tệp rồi đóng lại\n"
        "  --version         phiên bản\n"
        "\n"
        "Thêm --help sau tên lệnh để xem cách dùng lệnh đó."
    ),
    "picture_not_written": (
        "Chưa chụp được cửa sổ vào tệp {file}. Kiểm tra thư mục có tồn tại và ghi được không, rồi chạy lại."
    ),
    "unknown_command": "Không có lệnh {name}.\n\n{overview}",
    "backup.description": "sao lưu ngay, hoặc ghi cả hồ sơ thành một tệp để chuyển máy",
    "check.description": "kiểm tra hồ sơ có nguyên vẹn không, sửa những gì sửa được",
    "countersign.description": "ký thêm lên một gói đã ký: gói mới ghi bên cạnh, thứ tự ký chứng minh được",
    "demo.description": "chạy trọn việc chính trên dữ liệu mẫu: kế hoạch, chấm điểm, minh chứng, gói đã ký",
    "export.description": "xuất kế hoạch hoặc bảng tự chấm thành gói đã ký vào một thư mục",
    "find.description": "tìm trong mọi năm: nhiệm vụ, chỉ tiêu, tiêu chí cùng giải trình, minh chứng",
    "forms.description": "bộ biểu mẫu: liệt kê, kiểm tra, biên dịch, so sánh",
    "key.description": "khóa ký của đơn vị: đăng ký với cơ quan, nhận phản hồi, đổi khóa",
    "office.description": "việc của cơ quan tiếp nhận: cấp, ghi nhận, thu hồi chứng thư của đơn vị",
    "outbox.description": "các lần gửi và trạng thái; ghi nhận đã gửi, hủy, gửi lại",
    "receipt.description": "tiếp nhận gói của đơn vị và ký biên nhận; hoặc nhận biên nhận về",
    "update.description": "xem và nhận gói cập nhật chương trình; trở lại bản trước",
    "restore.description": "xem và khôi phục bản sao lưu; xem trước sẽ khác gì; hoàn tác",
    "rooms.description": "phát bảng nhiệm vụ, số liệu cho các phòng và nhận lại",
    "score.description": "chấm điểm một tệp số liệu theo một bộ tiêu chí",
    "screenshots.description": "chụp mọi trang của chương trình, nền sáng và nền tối",
    "send.description": "lập gói đã ký và gửi: vào USB, soạn thư điện tử, nộp qua mạng",
    "signed.description": "văn bản có chữ ký: xuất để ký, nhập bản đã ký, ký tại đây, ghi số, kiểm tra",
    "verify.description": "kiểm tra một gói báo cáo: còn nguyên vẹn không, ai ký",
}
