"""Words of the printed documents, and what may go wrong while they are written."""

TEXTS = {
    # Blanks for what is still to come are no-break spaces: they neither collapse nor break.
    # Letterhead, number, date, signature (Nghị định 30/2020/NĐ-CP, Phụ lục I)
    "nation": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "motto": "Độc lập - Tự do - Hạnh phúc",
    "number_line": "Số: {number}/{symbol}",
    "number_line_whole": "Số: {number}",
    "no_number": "\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0",
    "symbol_plan": "KH-{issuer}",
    "symbol_report": "BC-{issuer}",
    "symbol_decision": "QĐ-{issuer}",
    "symbol_letter": "{issuer}-{drafter}",
    "addressed": "Kính gửi:",
    "symbol_committee": "UBND",
    "place_date": "{place}, ngày {day} tháng {month} năm {year}",
    "no_day": "\u00a0\u00a0\u00a0\u00a0\u00a0",
    "no_month": "\u00a0\u00a0\u00a0\u00a0\u00a0",
    "no_place": "…………",
    "committee_short": "UBND",
    "committee_long": "Ủy ban nhân dân",
    "committee_other": "Uỷ ban nhân dân",
    "small_words": "và của các",
    # In a title over several lines these begin a line rather than end one.
    "joining_words": "và của về cho theo do tại với",
    "on_behalf": "TM. {body}",
    "for_head": "KT. {title}",
    "acting": "Q. {title}",
    "by_order": "TL. {title}",
    "authorised": "TUQ. {title}",
    "head_of_committee": "Chủ tịch",
    "deputy_of_committee": "Phó Chủ tịch",
    "head_of_department": "Giám đốc",
    "deputy_of_department": "Phó Giám đốc",
    "recipients": "Nơi nhận:",
    "archive": "Lưu: VT.",
    "archive_word": "Lưu",
    "as_above": "Như trên",
    "ground": "Căn cứ {title}",
    "grounds_openings": "Căn cứ|Theo|Thực hiện|Xét|Trên cơ sở|Sau khi",
    "end_mark": "./.",
    "annex_one": "Phụ lục I",
    "annex_two": "Phụ lục II",
    "annex_only": "Phụ lục",
    "order": "TT",
    "none": "–",
    # What a plan is called
    "period_year": "năm {year}",
    "period_years": "giai đoạn {first}\u00a0-\u00a0{last}",
    "period_months": "{months} tháng cuối năm {year}",
    "period_from": "từ ngày {day} đến hết năm {year}",
    "subject_yearly": "cải cách hành chính {period}",
    "subject_competitiveness": "nâng cao năng lực cạnh tranh {period}",
    "subject_five_year": "cải cách hành chính {period}",
    "subject_part_year": "cải cách hành chính {period}",
    "subject_indices": "nâng cao các Chỉ số PAR INDEX, PAPI, PCI {period}",
    # Plan. What an office may word for itself stands in domain/document_template.py.
    "plan.kind": "Kế hoạch",
    "plan.abstract": "{subject} của {unit}",
    "plan.opening": "{unit} ban hành Kế hoạch {subject} với các nội dung sau:",
    "plan.no_text": "Chưa có nội dung.",
    "plan.targets_intro": "Các chỉ tiêu cụ thể {period}:",
    "plan.targets_heading": "Chỉ tiêu cụ thể",
    "plan.target": "Chỉ tiêu",
    "plan.unit": "Đơn vị tính",
    "plan.baseline": "Hiện trạng",
    "plan.goal": "Mục tiêu năm {goal_year}",
    "plan.goal_by": "Mục tiêu đến năm {goal_year}",
    "plan.milestone": "Năm {milestone_year}",
    "plan.source": "Nguồn, căn cứ",
    "plan.no_targets": "Chưa có chỉ tiêu nào.",
    "plan.area": "{area}: {count} nhiệm vụ{leads}.",
    "plan.tasks_annex": (
        "Tổng số {count} nhiệm vụ; kết quả, sản phẩm, bộ phận chủ trì, phối hợp, thời gian hoàn thành và kinh phí "
        "của từng nhiệm vụ nêu tại {annex} kèm theo."
    ),
    "plan.area_leads": ", chủ trì: {leads}",
    "plan.no_tasks": "Chưa có nhiệm vụ nào.",
    "plan.other_area": "Nội dung khác",
    "plan.budget_known": (
        "Tổng kinh phí của {count} nhiệm vụ đã xác định mức chi: {cost} triệu đồng{sources}."
    ),
    "plan.budget_sources": ", nguồn: {sources}",
    "plan.budget_unknown": "Còn {count} nhiệm vụ chưa nêu kinh phí.",
    "plan.annex_title": "Danh mục nhiệm vụ {subject}",
    "plan.annex_reference": "(Kèm theo Kế hoạch số {number} ngày {date} của {unit})",
    "plan.no_date": "\u00a0\u00a0\u00a0\u00a0/\u00a0\u00a0\u00a0\u00a0/{year}",
    "plan.task": "Nhiệm vụ",
    "plan.product": "Kết quả, sản phẩm",
    "plan.lead": "Chủ trì",
    "plan.coworkers": "Phối hợp",
    "plan.due": "Thời gian hoàn thành",
    "plan.cost": "Kinh phí (triệu đồng), nguồn",
    "plan.note": "Ghi chú",
    "plan.note_criteria": "Tiêu chí {codes}",
    "plan.sheet_tasks": "Nhiệm vụ",
    "plan.sheet_targets": "Chỉ tiêu",
    "plan.sheet_cost": "Kinh phí (triệu đồng)",
    "plan.sheet_cost_source": "Nguồn kinh phí",
    # Decision with the plan attached
    "decision.kind": "Quyết định",
    "decision.abstract": "Về việc ban hành Kế hoạch {subject} của {unit}",
    "decision.authority": "{authority}",
    "decision.request": "",
    "decision.order": "QUYẾT ĐỊNH:",
    "decision.articles": (
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch {subject} của {unit}.\n"
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.\n"
        "Điều 3. Thủ trưởng các phòng, đơn vị trực thuộc và các tổ chức, cá nhân có liên quan chịu trách nhiệm "
        "thi hành Quyết định này."
    ),
    "decision.article": "Điều",
    "decision.recipient": "Như Điều 3",
    "decision.plan_reference": "(Ban hành kèm theo Quyết định số {number} ngày {date} của {unit})",
    "decision.annex_reference": (
        "(Kèm theo Kế hoạch ban hành theo Quyết định số {number} ngày {date} của {unit})"
    ),
    # Letter that carries the plan
    "letter.title": "Công văn {subject}",
    "letter.subject": "V/v gửi Kế hoạch {subject}",
    "letter.drafter": "VP",
    "letter.through": "{addressee} (qua {via})",
    "letter.body": (
        "{unit} đã ban hành Kế hoạch {subject} ({document} số {number} ngày {date}), gồm {targets} chỉ tiêu và "
        "{tasks} nhiệm vụ.\n"
        "{unit} gửi Kế hoạch kèm theo Công văn này để theo dõi, chỉ đạo và tổng hợp theo quy định."
    ),
    "letter.recipients": "Như trên\nLưu: VT, VP",
    # Self-score
    "selfscore.kind": "Báo cáo",
    "selfscore.abstract": "Kết quả tự chấm điểm Chỉ số cải cách hành chính năm {year}\ncủa {unit}",
    "selfscore.title": "Tự chấm điểm Chỉ số cải cách hành chính năm {year} – {unit}",
    "selfscore.opening": (
        "{unit} báo cáo kết quả tự chấm điểm Chỉ số cải cách hành chính năm {year} theo {criteria}{decision}."
    ),
    "selfscore.decision": " (ban hành kèm theo {number} ngày {date:date} của {issuer})",
    "selfscore.summary_heading": "I. Tổng hợp kết quả",
    "selfscore.headline_open": "Tự chấm {points:points}/{max:number}{own} · {waiting}",
    "selfscore.headline_own": " · {points:number} điểm chưa chấm",
    "selfscore.headline_waiting": "{points:number} điểm chờ thẩm định",
    "selfscore.headline_own_only": "Tự chấm {points:points}/{max:number} · {open:number} điểm chưa chấm",
    "selfscore.headline_final": "Điểm đạt {final:points}/{max:number} · Xếp loại {label}",
    "selfscore.headline_unclassed": "Điểm đạt {final:points}/{max:number}",
    "selfscore.headline_none": "Không có tiêu chí nào áp dụng với đơn vị",
    "selfscore.points_of": "{points:points}/{max:number}",
    "selfscore.figure_self": "Điểm tự chấm",
    "selfscore.figure_open": "Điểm còn mở",
    "selfscore.figure_bonus": "Điểm thưởng",
    "selfscore.figure_penalty": "Điểm phạt",
    "selfscore.figure_max": "Điểm tối đa áp dụng",
    "selfscore.figure_index": "Chỉ số",
    "selfscore.figure_index_open": "Chỉ số tạm tính",
    "selfscore.figure_final": "Điểm cuối",
    "selfscore.figure_final_open": "Điểm cuối tạm tính",
    "selfscore.figure_class": "Xếp loại",
    "selfscore.not_classed": "Chưa xếp loại",
    "selfscore.index": "{index}%",
    "selfscore.provisional": (
        "Còn {count} tiêu chí mở, ứng với {points:number} điểm: chỉ số và điểm cuối là số tạm tính, "
        "xếp loại chỉ xác định khi các tiêu chí này có điểm."
    ),
    "selfscore.chart_heading": "Điểm theo lĩnh vực",
    "selfscore.reached": "đã đạt",
    "selfscore.open": "còn mở",
    "selfscore.lost": "đã mất",
    "selfscore.bar": "{points:points}/{max:number}",
    "selfscore.bar_open": "{points:points}/{max:number} (còn mở {open:number})",
    "selfscore.bar_none": "không áp dụng",
    "selfscore.bar_label": "{code}. {label}",
    "selfscore.missing_heading": "II. Tiêu chí chưa có tài liệu kiểm chứng",
    "selfscore.missing_nothing_scored": "Chưa có tiêu chí nào được chấm điểm nên chưa có tài liệu kiểm chứng nào phải kèm theo.",
    "selfscore.missing_none": "Mọi tiêu chí đã chấm và cần tài liệu kiểm chứng đều đã có tài liệu kèm theo.",
    "selfscore.missing_intro": (
        "{count} tiêu chí đã chấm nhưng chưa có tài liệu kiểm chứng, ứng với {points:points} điểm:"
    ),
    "selfscore.no_explanation": "Chưa giải trình",
    "selfscore.open_heading": "III. Tiêu chí còn mở",
    "selfscore.open_none": "Không còn tiêu chí nào mở.",
    "selfscore.open_intro": "{count} tiêu chí chưa có điểm, ứng với {points:number} điểm:",
    "selfscore.reason": "Tình trạng",
    "selfscore.waiting_appraiser": "Chờ cơ quan thẩm định chấm",
    "selfscore.confirmation_heading": "IV. Xác nhận của người đứng đầu",
    "selfscore.confirmed": (
        "{name}, {title}, đã xác nhận kết quả tự chấm {points:points} điểm ngày {date:date} và chịu trách nhiệm "
        "về tính chính xác của số liệu kê khai, tài liệu kiểm chứng kèm theo báo cáo này"
    ),
    "selfscore.not_confirmed": "Người đứng đầu đơn vị chưa xác nhận kết quả tự chấm này",
    "selfscore.sign_note": "(Đã xác nhận kết quả tự chấm ngày {date:date})",
    "selfscore.annex_title": "Bảng tự chấm điểm chi tiết",
    "selfscore.annex_evidence_title": "Danh mục tài liệu kiểm chứng",
    "selfscore.annex_reference": "(Kèm theo Báo cáo kết quả tự chấm điểm năm {year} của {unit})",
    "selfscore.no_evidence": "Chưa có tài liệu kiểm chứng nào.",
    "selfscore.code": "Mã",
    "selfscore.criterion": "Tiêu chí",
    "selfscore.max": "Điểm tối đa",
    "selfscore.stated": "Số liệu kê khai",
    "selfscore.calculation": "Cách tính điểm",
    "selfscore.points": "Điểm tự chấm",
    "selfscore.evidence": "Tài liệu kiểm chứng",
    "selfscore.explanation": "Giải trình",
    "selfscore.total": "Tổng điểm (chưa gồm điểm thưởng, điểm phạt)",
    "selfscore.bonus": "Điểm thưởng (cộng ngoài tổng điểm)",
    "selfscore.penalty": "Điểm phạt (trừ ngoài tổng điểm)",
    "selfscore.evidence_number": "Số, ký hiệu",
    "selfscore.evidence_date": "Ngày",
    "selfscore.evidence_issuer": "Cơ quan ban hành",
    "selfscore.evidence_abstract": "Trích yếu",
    "selfscore.evidence_file": "Tên tệp",
    "selfscore.evidence_rows": "Tiêu chí",
    "selfscore.evidence_full": "{number} ngày {date:date}",
    "selfscore.evidence_unnumbered": "ngày {date:date}",
    "selfscore.evidence_of": "{head} của {issuer}",
    "selfscore.evidence_about": "{head}: {abstract}",
    "selfscore.evidence_page": "{head} (trang {page})",
    "selfscore.evidence_place": "{head} ({page})",
    "selfscore.sheet_table": "Bảng tự chấm",
    "selfscore.sheet_summary": "Tổng hợp",
    "selfscore.sheet_evidence": "Tài liệu kiểm chứng",
    "selfscore.section": "Lĩnh vực",
    "selfscore.applicable": "Điểm tối đa áp dụng",
    "selfscore.lost_points": "Điểm mất",
    "selfscore.item": "Nội dung",
    "selfscore.value": "Giá trị",
    # What a unit states for a row
    "stated.not_applicable": "Không áp dụng",
    "stated.yes": "Có",
    "stated.no": "Không",
    "stated.pair": "{label}: {value}",
    "stated.with_unit": "{value} {unit}",
    "stated.with_percent": "{value}%",
    "stated.no_items": "Không có mục nào",
    "stated.no_counts": "Không có trường hợp nào",
    # Sample evidence of the demonstration
    "sample.note": "Tài liệu mẫu để minh họa chương trình, không phải văn bản do cơ quan ban hành.",
    "sample.seal": "BẢN MẪU",
    "sample.system": "Hệ thống thông tin báo cáo (ảnh màn hình mẫu)",
    "sample.number_date": "Số {number} ngày {date}",
    "sample.sheet": "Số liệu",
    "sample.content": "Nội dung",
    # Suggested file names
    "file_yearly": "cchc",
    "file_competitiveness": "nlct",
    "file_five_year": "cchc",
    "file_part_year": "cchc-tu",
    "file_indices": "chi-so",
    "file.plan_pdf": "ke-hoach-{plan}-{unit}.pdf",
    "file.plan_docx": "ke-hoach-{plan}-{unit}.docx",
    "file.decision_pdf": "quyet-dinh-ke-hoach-{plan}-{unit}.pdf",
    "file.decision_docx": "quyet-dinh-ke-hoach-{plan}-{unit}.docx",
    "file.letter_pdf": "cong-van-gui-ke-hoach-{plan}-{unit}.pdf",
    "file.letter_docx": "cong-van-gui-ke-hoach-{plan}-{unit}.docx",
    "file.tasks_xlsx": "nhiem-vu-{plan}-{unit}.xlsx",
    "file.selfscore_pdf": "tu-cham-diem-cchc-{year}-{unit}.pdf",
    "file.selfscore_xlsx": "tu-cham-diem-cchc-{year}-{unit}.xlsx",
    # Progress
    "step_layout": "Đang dựng nội dung văn bản",
    "step_pages": "Đang trình bày các trang",
    "step_sheet": "Đang ghi bảng tính",
    "step_save": "Đang ghi tệp xuống đĩa",
    # Known faults
    "disk_full": (
        'Chưa ghi được "{name}" vào {folder} vì ổ đĩa đã đầy. Xóa bớt tệp trên ổ đĩa đó hoặc chọn thư mục khác '
        "rồi xuất lại."
    ),
    "no_permission": (
        'Chưa ghi được "{name}" vào {folder} vì thư mục không cho ghi. Chọn thư mục khác, hoặc đóng tệp cũ '
        "cùng tên nếu tệp đang mở ở chương trình khác, rồi xuất lại."
    ),
    "no_folder": 'Chưa ghi được "{name}" vì không có thư mục {folder}. Chọn thư mục khác rồi xuất lại.',
    "is_folder": (
        'Chưa ghi được "{name}" vì trong {folder} đã có một thư mục mang tên đó. Đặt tên khác rồi xuất lại.'
    ),
    "scratch_full": (
        "Chưa lập được gói vì ổ đĩa chứa thư mục tạm {folder} đã đầy. Dữ liệu đã lưu vẫn nguyên. Xóa bớt tệp trên ổ "
        "đĩa đó rồi làm lại."
    ),
    "scratch_failed": (
        "Chưa lập được gói vì không ghi được vào thư mục tạm {folder}. Dữ liệu đã lưu vẫn nguyên. Kiểm tra ổ đĩa và "
        "quyền ghi rồi làm lại."
    ),
    "not_written": (
        'Chưa ghi được "{name}" vào {folder}. Kiểm tra ổ đĩa hoặc chọn thư mục khác rồi xuất lại.'
    ),
}
