"""Văn bản đã ký: xuất để ký ở phần mềm khác, nhập lại, ký tại đây, ghi số."""

TEXTS = {
    "not_exported": "Văn bản này chưa được xuất để ký, nên không đối chiếu được. Bấm Xuất để ký, ký đúng tệp vừa xuất rồi nhập lại.",
    "content_changed": "Nội dung đã được sửa sau lần xuất để ký, nên bản đã ký không còn khớp. Xuất lại để ký, ký rồi nhập lại.",
    "refused": "Chưa nhập “{name}”. {why}",
    "other_document": "“{name}” không phải bản đã xuất từ chương trình: các trang không giống bản xuất. Ký đúng tệp vừa xuất, không in ra quét lại, không chỉnh sửa, rồi nhập lại.",
    "written_anew": "Phần mềm ký đã ghi lại toàn bộ tệp. Các trang giống hệt bản xuất, nhưng không chứng minh được từng byte như khi ký nối tiếp.",
    "no_plan": "Kế hoạch chưa có nhiệm vụ nào nên chưa có văn bản để ký. Thêm nhiệm vụ ở trang Kế hoạch rồi thử lại.",
    "number_missing": "Chưa có số văn bản. Nhập số do văn thư cấp.",
    "number_long": "Số văn bản dài quá {limit:number} ký tự. Nhập đúng số và ký hiệu do văn thư cấp.",
    "has_number": "Văn bản này đã có số {number}. Muốn đổi số, bỏ bản đã ký rồi xuất lại để ký.",
    # khi gửi gói
    "not_current": "Bản đã ký ({document}) không còn khớp với nội dung hiện nay, nên gói sẽ dùng bản chưa ký. Xuất lại để ký rồi nhập bản mới.",
    "not_numbered": "Bản đã ký ({document}) chưa có số. Ghi số và ngày do văn thư cấp.",
    "document_plan": "kế hoạch",
    "document_letter": "công văn gửi kế hoạch",
    "document_selfscore": "báo cáo tự chấm điểm",
}
