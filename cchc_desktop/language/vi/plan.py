"""What the plan's checks, its pack and its service say."""

TEXTS: dict[str, str] = {
    "gone": "Kế hoạch này không còn nữa. Chọn một kế hoạch khác ở đầu trang Kế hoạch.",
    "one_yearly_only": "Mỗi năm chỉ có một kế hoạch CCHC năm và kế hoạch đó đã có sẵn. Chọn loại kế hoạch khác.",
    "own_stays": "Kế hoạch CCHC năm đi cùng năm làm việc nên không xóa được. Xóa từng nhiệm vụ nếu muốn làm lại.",
    "area_without_tasks": "Nội dung {code} {title} chưa có nhiệm vụ nào. Thêm ít nhất một nhiệm vụ hoặc lấy từ "
    "nhiệm vụ mẫu.",
    "area_without_target": "Nội dung {code} {title} chưa có chỉ tiêu đo được. Thêm một chỉ tiêu có giá trị bằng số.",
    "no_cost": "Kế hoạch chưa có dòng kinh phí nào. Ghi số tiền ở mục Kinh phí hoặc ở cột Kinh phí của nhiệm vụ; "
    "không tốn kinh phí thì ghi 0.",
    "empty_section": "Mục {code}. {title} còn trống. Viết nội dung hoặc lấy lại câu chữ mẫu.",
    "no_citations": "Kế hoạch chưa có căn cứ ban hành. Ghi các văn bản làm căn cứ, mỗi dòng một văn bản.",
    "recipient_missing": "Nơi nhận chưa có {office}, nơi theo dõi việc thực hiện kế hoạch. Thêm vào nơi nhận.",
    "no_recipients": "Kế hoạch chưa có nơi nhận. Ghi các cơ quan nhận kế hoạch, mỗi dòng một nơi.",
    "body_ended": "{name} đã kết thúc hoạt động ngày {on:date}. Thay bằng {successor}, hoặc ghi thêm (cũ) nếu nhắc "
    "đến cơ quan trước đây.",
    "body_ended_without_heir": "{name} đã kết thúc hoạt động ngày {on:date}. Thay bằng cơ quan đang đảm nhiệm việc "
    "này, hoặc ghi thêm (cũ) nếu nhắc đến cơ quan trước đây.",
    "citation_ended": "{text} hết hiệu lực từ sau ngày {on:date}. Bỏ căn cứ này hoặc thay bằng văn bản còn hiệu lực.",
    "citation_replaced": "{text} hết hiệu lực từ sau ngày {on:date}. Thay bằng {successor}.",
    "citation_early": "{text} chỉ có hiệu lực từ ngày {on:date}, sau ngày của kế hoạch. Kiểm tra lại căn cứ này.",
    "due_outside_period": 'Thời gian "{due}" nằm ngoài thời kỳ của kế hoạch, từ {first:date} đến {last:date}. Sửa lại '
    "thời gian.",
    "milestone_outside": "Có mốc của năm {years:list} nằm ngoài giai đoạn {first}–{last}. Sửa hoặc xóa mốc đó.",
    "target_without_milestones": "Chưa có mốc phải đạt của năm {years:list}. Ghi mốc cho từng năm để kế hoạch năm lấy "
    "theo.",
    "task_without_milestones": "Nhiệm vụ kéo dài nhiều năm nhưng chưa có mốc của năm nào. Ghi kết quả phải có của "
    "từng năm.",
    "no_title": "Chưa ghi tên nhiệm vụ. Gõ tên nhiệm vụ hoặc xóa dòng này.",
    "no_product": "Chưa ghi kết quả, sản phẩm. Ghi văn bản, số liệu hoặc kết quả phải có khi xong việc.",
    "no_lead": "Chưa chọn bộ phận chủ trì. Mỗi nhiệm vụ phải có đúng một bộ phận chủ trì.",
    "several_leads": 'Có nhiều hơn một chủ trì: "{lead}". Giữ một bộ phận chủ trì, chuyển các bộ phận khác sang '
    "cột Phối hợp.",
    "no_due": "Chưa ghi thời gian hoàn thành. Ghi ngày, tháng, quý hoặc Thường xuyên.",
    "due_not_understood": 'Chưa đọc được thời gian "{due}". Ghi như 30/06/2026, Tháng 6, Quý II, 6 tháng đầu năm '
    "hoặc Thường xuyên.",
    "due_outside": "Thời gian hoàn thành {due} nằm ngoài năm kế hoạch {year}. Sửa lại ngày trong năm {year}.",
    "negative_cost": "Kinh phí nhỏ hơn 0. Ghi số tiền từ 0 trở lên, tính bằng triệu đồng.",
    "same_title": "Trùng tên với nhiệm vụ ở {code}, dòng {line}. Gộp hai dòng hoặc ghi rõ điểm khác nhau.",
    "target_without_title": "Chưa ghi tên chỉ tiêu. Gõ tên chỉ tiêu hoặc xóa dòng này.",
    "target_without_value": 'Chỉ tiêu "{title}" chưa có giá trị bằng số. Ghi giá trị phải đạt trong năm.',
    "not_issued": "Chưa ghi ngày ban hành kế hoạch; hạn ban hành là {due:date}. Khi văn thư cấp số, ghi số và ngày.",
    "issued_late": "Kế hoạch ban hành ngày {on:date}, trễ {days} ngày so với hạn {due:date}. Kiểm tra lại ngày; "
    "nếu đúng, ghi giải trình ở dòng chấm điểm về ban hành kế hoạch.",
    "issued_in_other_year": "Ngày ban hành {on:date} không hợp với kế hoạch năm {year}. Sửa lại ngày ban hành.",
    "no_number": "Kế hoạch đã có ngày ban hành nhưng chưa có số. Ghi số, ký hiệu do văn thư cấp.",
    "no_such_section": "Mẫu kế hoạch của năm này không có mục {key}. Mở lại trang Kế hoạch rồi nhập lại.",
    "no_such_area": "Mẫu kế hoạch của năm này không có nội dung {key}. Chọn một nội dung trong danh sách.",
    "no_such_preset": "Mẫu kế hoạch của năm này không có nhiệm vụ, chỉ tiêu mẫu {key}. Mở lại danh sách mẫu rồi "
    "chọn lại.",
    "cell_too_long": "Ô này dài {length} ký tự, quá mức {limit} ký tự nên chưa được lưu. Rút gọn, hoặc đưa phần "
    "chi tiết vào tệp minh chứng.",
    "cost_out_of_range": "Kinh phí phải là số từ 0 đến dưới 1.000.000.000.000, tính bằng triệu đồng. Kiểm tra "
    "lại số vừa nhập.",
    "template_unreadable": "Chưa dùng được tệp biểu mẫu: có {count} chỗ sai. Lấy lại tệp từ nơi phát hành. "
    "Các chỗ sai: {faults:list}",
    "template_too_large": "tệp dài {size:size}, quá mức {limit:size}",
    "template_no_json": "tệp không đúng dạng dữ liệu",
    "template_wrong_type": "{place}: thiếu hoặc sai kiểu",
    "template_bad_text": "{place}: chữ quá dài hoặc có ký tự không lưu được",
    "template_bad_key": "{place}: khóa sai dạng",
    "template_bad_date": "{place}: ngày sai",
    "template_bad_number": "{place}: số sai",
    "template_empty": "{place}: còn trống",
    "template_out_of_range": "{place}: số ngoài khoảng cho phép",
    "template_unknown_value": "{place}: giá trị chưa biết",
    "template_unknown_field": "{place}: trường chưa biết",
    "template_list_too_long": "{place}: danh sách quá dài",
    "template_key_twice": "{place}: khóa dùng hai lần",
}
