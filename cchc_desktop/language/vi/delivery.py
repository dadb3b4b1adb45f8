"""Gửi gói đi: thư mục hoặc USB, thư điện tử; trạng thái của từng lần gửi."""

TEXTS = {
    "no_folder": "Không có thư mục {folder}. Kiểm tra USB đã cắm chưa, hoặc chọn thư mục khác.",
    "no_space": "Không ghi được vào {folder}: thiếu {missing:size} chỗ trống. Xóa bớt tệp ở đó hoặc chọn nơi khác rồi xuất lại.",
    "fat_limit": "Không ghi được vào {folder}: đĩa kiểu FAT32 chỉ chứa tệp dưới 4 GB, gói này lớn {size:size}. Dùng USB kiểu exFAT hoặc NTFS, hoặc bớt minh chứng rồi xuất lại.",
    "file_too_large": "Không ghi được “{name}” vào {folder}: đĩa ở đó không chứa được tệp lớn như vậy. Chọn nơi khác hoặc bớt minh chứng rồi xuất lại.",
    "exists": "Trong {folder} đã có tệp “{name}”. Tệp cũ được giữ nguyên; chuyển tệp đó đi hoặc chọn thư mục khác rồi xuất lại.",
    "disk_full": "Đĩa ở {folder} đã đầy giữa chừng, nên tệp dở dang đã được bỏ đi. Xóa bớt tệp ở đó hoặc chọn nơi khác rồi xuất lại.",
    "read_only": "Không ghi được vào {folder} vì đĩa chỉ cho đọc. Gạt khóa chống ghi của USB hoặc chọn nơi khác rồi xuất lại.",
    "not_allowed": "Không ghi được vào {folder} vì tài khoản này không có quyền ghi ở đó. Chọn thư mục khác rồi xuất lại.",
    "gone": "Không còn thấy {folder}, có lẽ USB đã bị rút. Cắm lại USB rồi xuất lại từ đầu.",
    "not_written": "Không ghi được “{name}” vào {folder}. Thử thư mục khác; nếu vẫn không được, xem Chi tiết và báo người hỗ trợ.",
    "read_back_differs": "Đã ghi vào {folder} nhưng đọc lại không đúng nội dung, nên tệp dở dang đã được bỏ đi. Dùng USB khác hoặc chọn nơi khác rồi xuất lại.",
    # từng lần gửi
    "under_way": "Gói này đã được gửi đến {target} ngày {at:date} và chưa có kết quả. Xem lần gửi đó ở danh sách các lần gửi; nếu cần gửi lại, bấm Hủy lần gửi này trước.",
    "arrived": "Nơi nhận {target} đã có biên nhận cho gói này ngày {at:date}, không cần gửi lại. Nếu số liệu đã sửa, gửi bản bổ sung.",
    "called_off": "Đã hủy theo yêu cầu.",
    "said_failed": "Không đến nơi nhận: {words}",
    "superseded": "Gói này đã có bản bổ sung thay thế nên không gửi nữa. Gửi bản mới nhất.",
    "package_gone": "Không còn tệp “{name}” ở {folder}. Cắm lại USB hoặc chép tệp về chỗ đó rồi gửi lại, hoặc lập bản bổ sung.",
    "package_changed": "Tệp “{name}” đã khác so với lúc ký nên không gửi. Chép lại tệp gốc về chỗ cũ, hoặc lập bản bổ sung.",
    "too_large_for_channel": "Gói lớn {size:size}, một thư điện tử không chở được. Gửi bằng USB hoặc tải lên mạng; hoặc lập bản bổ sung gửi bằng thư, minh chứng sẽ được chia thành nhiều thư.",
    "not_queued": "Lần gửi đến {target} không còn chờ gửi. Xem trạng thái ở danh sách các lần gửi.",
    "no_address": "“{address}” không phải là địa chỉ thư điện tử. Ghi đúng một địa chỉ, ví dụ vanthu@tinh.gov.vn.",
    "copying": "Chép gói",
    "reading_back": "Đọc lại và đối chiếu",
    "drafting": "Soạn thư nháp",
}
