"""What argparse says, by its own English sentences (the keys are its gettext ids)."""

TEXTS = {
    "usage: ": "cách dùng: ",
    "positional arguments": "tham số",
    "options": "tùy chọn",
    "show this help message and exit": "in hướng dẫn này rồi thoát",
    "the following arguments are required: %s": "thiếu %s",
    "unrecognized arguments: %s": "không hiểu: %s",
    "expected one argument": "cần đúng một giá trị",
    "expected at least one argument": "cần ít nhất một giá trị",
    "expected at most one argument": "chỉ nhận một giá trị",
    "not allowed with argument %s": "không dùng cùng %s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "không có %(value)r, hãy chọn một trong: %(choices)s",
    "invalid %(type)s value: %(value)r": "giá trị không đúng: %(value)r",
    "one of the arguments %s is required": "cần một trong các tùy chọn %s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s chưa rõ, có thể là %(matches)s",
}
