"""What the plan itself suggests for rows of the scoring, and on what ground."""

TEXTS: dict[str, str] = {
    "option": "{label}",
    "yes": "Có",
    "no": "Không",
    "ratio": "{numerator:number}/{denominator:number}",
    "issued_on_time": "Ban hành số {number} ngày {on:date}, hạn {due:date} — theo kế hoạch năm {year}",
    "issued_on_time_unnumbered": "Ban hành ngày {on:date}, hạn {due:date} — theo kế hoạch năm {year}",
    "issued_late": "Ban hành số {number} ngày {on:date}, trễ {days} ngày so với hạn {due:date} — theo kế hoạch "
    "năm {year}",
    "issued_late_unnumbered": "Ban hành ngày {on:date}, trễ {days} ngày so với hạn {due:date} — theo kế hoạch "
    "năm {year}",
    "not_issued": "Hết năm {year} chưa ghi ngày ban hành — theo kế hoạch năm {year}",
    "covers_all": "{covered}/{areas} nội dung có nhiệm vụ, có kinh phí — theo kế hoạch năm {year}",
    "covers_missing": "{covered}/{areas} nội dung có nhiệm vụ — theo kế hoạch năm {year}",
    "covers_no_money": "{covered}/{areas} nội dung có nhiệm vụ, chưa ghi kinh phí — theo kế hoạch năm {year}",
    "clear": "{total}/{total} nhiệm vụ đủ sản phẩm, chủ trì, thời hạn — theo kế hoạch năm {year}",
    "unclear": "{count}/{total} nhiệm vụ thiếu hoặc chưa rõ sản phẩm, chủ trì, thời hạn — theo kế hoạch năm "
    "{year}",
    "tasks_done": "{done}/{total} nhiệm vụ hoàn thành — theo kế hoạch năm {year}",
}
