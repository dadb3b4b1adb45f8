"""Khung của phần trợ giúp; lời của từng trang nằm trong resources/help."""

TEXTS = {
    "title": "Trợ giúp",
    "pages_list": "Các trang trợ giúp",
    "text": "Nội dung trợ giúp",
    "pages": "Các trang của chương trình",
    "receiving": "Nhận báo cáo ở cơ quan",
    "updating": "Cập nhật, chuyển máy",
    "what_a_signature_proves": "Chữ ký chứng minh điều gì",
    "package_format": "Định dạng gói báo cáo",
    "licences": "Giấy phép của các phần",
}
