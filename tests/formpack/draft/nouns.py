"""What criteria of administrative reform are about: names, figures, cases and faults."""

RATIOS = [
    ("số nhiệm vụ hoàn thành đúng hạn", "tổng số nhiệm vụ được giao"),
    ("số hồ sơ giải quyết trước và đúng hạn", "tổng số hồ sơ đã giải quyết trong năm"),
    ("số văn bản được ký số", "tổng số văn bản đi"),
    ("số cuộc kiểm tra đã thực hiện", "tổng số cuộc kiểm tra theo kế hoạch"),
    ("số công chức được bồi dưỡng", "tổng số công chức của đơn vị"),
    ("số thủ tục hành chính được niêm yết", "tổng số thủ tục hành chính thuộc thẩm quyền"),
    ("số kiến nghị đã trả lời", "tổng số kiến nghị tiếp nhận"),
    ("số vốn đã giải ngân", "tổng số vốn được giao"),
    ("số hồ sơ số hóa", "tổng số hồ sơ tiếp nhận tại Bộ phận Một cửa"),
    ("số giao dịch trực tuyến", "tổng số giao dịch phát sinh"),
]
NAMES = [
    "Ban hành kế hoạch cải cách hành chính năm", "Mức độ hoàn thành kế hoạch năm", "Thực hiện chế độ báo cáo",
    "Kiểm tra việc thực hiện nhiệm vụ", "Tuyên truyền cải cách hành chính", "Xử lý kiến nghị của người dân",
    "Công khai thủ tục hành chính", "Giải quyết hồ sơ thủ tục hành chính",
    "Rà soát văn bản quy phạm pháp luật",
    "Sắp xếp tổ chức bộ máy", "Bố trí công chức theo vị trí việc làm", "Chấp hành kỷ luật, kỷ cương",
    "Giải ngân vốn đầu tư công", "Sử dụng kinh phí quản lý hành chính", "Xử lý văn bản trên môi trường mạng",
    "Cung cấp dịch vụ công trực tuyến", "Số hóa hồ sơ, giấy tờ", "Sáng kiến trong cải cách hành chính",
    "Phân cấp, ủy quyền", "Đào tạo, bồi dưỡng công chức", "Tiếp nhận phản ánh tại trụ sở",
    "Lưu trữ hồ sơ công việc", "Chất lượng tham mưu (văn bản, đề án)", "Duy trì Hệ thống quản lý chất lượng",
    "Đối thoại với tổ chức, cá nhân", "Phối hợp với cấp tỉnh và cấp xã", "Thực hiện kết luận thanh tra",
    "Tỷ lệ hồ sơ trễ hạn có thư xin lỗi", "Mức độ hài lòng của tổ chức, cá nhân", "Khai thác dữ liệu dân cư",
]  # fmt: skip
SECTIONS = [
    "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", "CẢI CÁCH THỂ CHẾ", "CẢI CÁCH THỦ TỤC HÀNH CHÍNH", "TỔ CHỨC BỘ MÁY",
    "CHẾ ĐỘ CÔNG VỤ", "TÀI CHÍNH CÔNG", "CHÍNH QUYỀN SỐ", "TÁC ĐỘNG CỦA CẢI CÁCH HÀNH CHÍNH",
]  # fmt: skip
GROUPS = [
    "Kế hoạch và tổ chức thực hiện", "Chế độ thông tin, báo cáo", "Kiểm tra, giám sát", "Công bố, công khai",
    "Kết quả giải quyết công việc", "Quản lý công chức, viên chức", "Ứng dụng công nghệ thông tin",
    "Quản lý tài chính, tài sản", "Thi hành pháp luật",
]  # fmt: skip
EVIDENCE = [
    "Quyết định, kế hoạch (số, ngày ban hành)", "Báo cáo năm; bảng tổng hợp số liệu",
    "Đường dẫn trang thông tin",
    "Số liệu trên Hệ thống thông tin", "Văn bản phân công, biên bản họp", "Ảnh chụp, tài liệu kèm theo",
]  # fmt: skip
CASES = [
    (
        "Ban hành trước ngày 31/12 năm trước",
        "Ban hành trong tháng 01 năm kế hoạch",
        "Ban hành sau thời gian trên",
    ),
    ("Thực hiện đầy đủ, kịp thời", "Thực hiện chưa đầy đủ hoặc chưa kịp thời", "Không thực hiện"),
    ("Có quy chế và tổ chức thực hiện tốt", "Có quy chế, tổ chức thực hiện chưa tốt", "Không có quy chế"),
    ("Công khai tại trụ sở và trên trang thông tin", "Chỉ công khai tại trụ sở", "Không công khai"),
    ("Họp từ 4 lần trong năm", "Họp từ 2 đến 3 lần trong năm", "Họp dưới 2 lần trong năm"),
    ("Vượt chỉ tiêu từ 5% trở lên", "Hoàn thành chỉ tiêu", "Không hoàn thành chỉ tiêu"),
    ("Hồ sơ lưu trữ đầy đủ, khoa học", "Hồ sơ lưu trữ chưa đầy đủ", "Không lưu trữ hồ sơ"),
]
TWO_CASES = [
    ("Gửi báo cáo đúng hạn", "Gửi báo cáo chậm"),
    ("Có ban hành văn bản triển khai", "Không ban hành văn bản triển khai"),
    ("Đạt yêu cầu", "Không đạt yêu cầu"),
    ("Sử dụng biên chế trong số được giao", "Sử dụng biên chế vượt số được giao"),
]
COUNTED = [
    "báo cáo gửi chậm", "văn bản ban hành sai thể thức", "hồ sơ trễ hạn", "nhiệm vụ quá hạn",
    "kiến nghị chưa xử lý",
    "lần không cử người dự họp",
]  # fmt: skip
FAULTS = ["khiển trách", "cảnh cáo", "cách chức", "buộc thôi việc"]
ITEMS = [
    (
        "Đăng tin, bài trên trang thông tin",
        "Phát thanh trên đài truyền thanh",
        "Tổ chức hội nghị",
        "Phát tờ rơi",
    ),
    ("Có bảng niêm yết", "Có máy tra cứu", "Có camera giám sát", "Có ghế chờ cho người dân"),
    ("Kế hoạch có mục tiêu", "Kế hoạch có phân công", "Kế hoạch có thời hạn", "Kế hoạch có kinh phí"),
]
