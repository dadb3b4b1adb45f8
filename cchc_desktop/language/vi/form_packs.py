"""Bộ biểu mẫu trên đường đi: ký, nhận, kiểm tra, gỡ, chuyển kỳ đánh giá sang bản mới."""

TEXTS = {
    "refused": "Không nhận bộ biểu mẫu {name}. {reasons:list}",
    "other_kind": "Tệp {name} là gói báo cáo, không phải bộ biểu mẫu. Chọn tệp bộ biểu mẫu do cơ quan ban hành gửi.",
    "not_from_office": "Không nhận {name}: người ký là {signer}, một đơn vị chứ không phải cơ quan ban hành. Xin lại tệp do cơ quan ký.",
    "wrong_content": (
        "Không nhận {name}: phần đầu ghi bộ {head_id} phiên bản {head_version} nhưng bên trong là {id} "
        "phiên bản {version}. Đề nghị cơ quan ban hành ký lại."
    ),
    "too_large": "Tệp {name} lớn {size:size}, vượt giới hạn {limit:size} của một bộ biểu mẫu. Xin lại tệp đúng.",
    "not_compiled": "Sổ {name} còn {count} lỗi nên chưa nhận được. Lỗi đầu tiên: sheet {sheet}, ô {cell}. {first}",
    "unsigned": "Bộ này lấy từ sổ Excel, chưa có cơ quan nào ký. Chỉ dùng để thử; bộ chính thức phải do cơ quan ban hành ký.",
    "in_use": (
        "Không gỡ được {id} phiên bản {version} vì kỳ đánh giá năm {years:list} đang dùng hoặc đã từng dùng. "
        "Giữ lại để kỳ đó luôn mở được."
    ),
    "changed_since": (
        "Bộ {id} phiên bản {version} trong máy không còn giống tệp đã ký. Sao lưu dữ liệu rồi xin lại tệp của cơ quan ban hành."
    ),
    "no_newer": "Chưa cài phiên bản {version} của bộ tiêu chí {id}. Nhận bộ biểu mẫu đó ở Thiết lập rồi thử lại.",
    # lệnh
    "cli_sign": "ký một bộ biểu mẫu để gửi cho các đơn vị",
    "cli_sign_set": "sổ Excel, bộ đã biên dịch (.json), khung kế hoạch (.json) hoặc khóa của bộ đã cài",
    "cli_package": "tệp bộ biểu mẫu đã ký sẽ ghi (.asice)",
    "cli_key": "thư mục giữ khóa ký của cơ quan",
    "cli_passphrase": "tệp chứa mật khẩu của khóa ký",
    "cli_make_key": "tạo khóa ký của cơ quan ban hành",
    "cli_key_name": "tên cơ quan, ví dụ Sở Nội vụ tỉnh Đắk Lắk",
    "cli_key_code": "mã cơ quan, ví dụ SNV-DAK-LAK",
    "cli_import": "nhận một bộ biểu mẫu đã ký vào hồ sơ của đơn vị",
    "cli_import_file": "tệp bộ biểu mẫu (.asice), hoặc sổ Excel để thử",
    "cli_remove": "gỡ một bộ biểu mẫu khỏi hồ sơ",
    "cli_remove_pack": "khóa và phiên bản, ví dụ xa-mau-2026@2",
    "cli_trust": "ghi nhận chứng thư của cơ quan ban hành",
    "cli_trust_file": "tệp chứng thư của cơ quan (.pem)",
    "cli_trust_code": "mã xác nhận 24 chữ đã nghe cơ quan đọc qua điện thoại",
    "signed": "Đã ký bộ {id} phiên bản {version} và ghi {name}.",
    "key_made": "Đã tạo khóa ký của {name}. Gửi tệp {file} cho các đơn vị và đọc mã xác nhận {code} qua điện thoại.",
    "imported": "Đã nhận bộ {id} phiên bản {version}: {title}.",
    "removed": "Đã gỡ bộ {id} phiên bản {version}.",
    "trusted": "Đã ghi nhận {name}. Từ nay nhận được bộ biểu mẫu do cơ quan này ký.",
    "bad_ref": "Ghi khóa và phiên bản của bộ, ví dụ xa-mau-2026@2, thay cho {found}.",
}
