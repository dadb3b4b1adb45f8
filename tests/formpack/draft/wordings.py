"""Criteria with their rules, worded as decisions word them. Nothing here knows the parser.

Each rule is written out from its figures, so that the truth is there before the text is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from tests.formpack.draft import nouns
from tests.formpack.draft.printing import n
from tests.formpack.draft.unreadable import unreadable_text

Truth = dict[str, Any]


@dataclass
class Rule:
    """`text` as printed (empty: nothing printed), and what it means; kind "unknown" is left to a person.

    `options` are set where the text is only a list of cases, which a layout may print as rows of its own.
    """

    text: str
    truth: Truth
    options: list[tuple[str, Decimal]] = field(default_factory=list)
    evidence: str = ""


def make_rule(random: Random, maximum: Decimal) -> Rule:
    """A rule for a row of that maximum."""
    makers = (
        (choice, 22), (two_cases, 8), (bands, 16), (linear, 12), (threshold, 9), (target, 7), (deduction, 8),
        (weighted, 4), (items, 5), (per_item, 4), (external, 2), (survey, 2), (formula, 1), (unreadable, 6),
    )  # fmt: skip
    maker = random.choices([one for one, _ in makers], [weight for _, weight in makers])[0]
    rule = maker(random, maximum)
    rule.evidence = random.choice(nouns.EVIDENCE)
    return rule


def _points(random: Random, maximum: Decimal, value: Decimal, style: int) -> str:
    if style == 1 and value == maximum:
        return random.choice(("Điểm tối đa", "điểm tối đa"))
    if style == 1 and value and value * 2 == maximum:
        return random.choice(("1/2*Điểm tối đa", "50% điểm tối đa", "1/2 số điểm tối đa", "50% số điểm"))
    if style == 2:
        return f"{n(value)}đ"
    if style == 3:
        return n(value)
    if style == 4 and value < 10 and value == value.to_integral_value():
        return f"0{n(value)} điểm"
    return f"{n(value)} điểm"


def _listed(random: Random, maximum: Decimal, cases: list[tuple[str, Decimal]]) -> str:
    style = random.randrange(5)
    form = random.randrange(9)
    points = [_points(random, maximum, value, style) for _, value in cases]
    labels = [label for label, _ in cases]
    bullet = random.choice(("- ", "+ ", "", "• ", "* "))
    if form == 1 and style in (0, 2, 4):
        return "\n".join(f"{bullet}{label} ({worth})" for label, worth in zip(labels, points, strict=True))
    if form == 2 and style in (0, 4):
        word = random.choice(("đạt", "được", "chấm", "được tính"))
        lower = [labels[0], *(label[0].lower() + label[1:] for label in labels[1:])]
        return "; ".join(f"{label} {word} {worth}" for label, worth in zip(lower, points, strict=True)) + "."
    if form == 3:
        return "\n".join(
            f"{letter}) {label}: {worth}"
            for letter, label, worth in zip("abcdeg", labels, points, strict=False)
        )
    if form == 4 and style == 0:
        return "\n".join(f"{bullet}{label}, {worth}" for label, worth in zip(labels, points, strict=True))
    if form == 5 and style == 0:
        return ". ".join(f"{label}: {worth}" for label, worth in zip(labels, points, strict=True)) + "."
    if form == 7 and style == 0:
        return "\n".join(f"{bullet}{label} {worth}" for label, worth in zip(labels, points, strict=True))
    if form == 6 and style == 0 and bullet.strip():
        return "\n".join(f"{bullet}{worth}: {label}" for label, worth in zip(labels, points, strict=True))
    end = random.choice(("", ";", "."))
    head = random.choice(("", "", "", "Cách tính:\n", "Chấm điểm như sau:\n"))
    return head + "\n".join(
        f"{bullet}{label}: {worth}{end}" for label, worth in zip(labels, points, strict=True)
    )


def choice(random: Random, maximum: Decimal) -> Rule:
    labels = random.choice(nouns.CASES)
    cases = list(zip(labels, (maximum, maximum / 2, Decimal(0)), strict=True))
    truth = {"kind": "choice", "options": [{"label": label, "points": str(value)} for label, value in cases]}
    return Rule(_listed(random, maximum, cases), truth, cases)


def two_cases(random: Random, maximum: Decimal) -> Rule:
    cases = list(zip(random.choice(nouns.TWO_CASES), (maximum, Decimal(0)), strict=True))
    truth = {"kind": "yes_no", "options": [{"label": label, "points": str(value)} for label, value in cases]}
    return Rule(_listed(random, maximum, cases), truth, cases)


def _ratio(random: Random) -> tuple[str, str, Truth]:
    above, below = random.choice(nouns.RATIOS)
    return above, below, {"numerator": above, "denominator": below}


def _nothing(random: Random, text: str, truth: Truth, maximum: Decimal) -> str:
    roll = random.randrange(8)
    if roll == 0:
        truth["zero_denominator"] = "full"
        said = random.choice(
            (
                "(Trường hợp không phát sinh thì được tính điểm tối đa)", "Không phát sinh: điểm tối đa",
                f"Trong năm không phát sinh được tính {n(maximum)} điểm",
                "Ghi chú: đơn vị không có phát sinh được chấm điểm tối đa.",
            )
        )  # fmt: skip
        return f"{text}\n{said}"
    if roll == 1:
        truth["not_applicable"] = "rescale"
        said = random.choice(
            (
                "Đơn vị không được giao thực hiện thì không đánh giá tiêu chí này.",
                "Đối với đơn vị không có nội dung này thì không chấm điểm tiêu chí này.",
            )
        )
        return f"{text}\n{said}"
    return text


def bands(random: Random, maximum: Decimal) -> Rule:
    above, below, truth = _ratio(random)
    high, low = random.choice(((100, 80), (95, 80), (90, 70), (98, 90), (80, 50)))
    strict = random.random() < 0.2 and high < 100
    values = (maximum, maximum / 2, Decimal(0))
    style = random.randrange(5)
    points = [_points(random, maximum, value, style) for value in values]
    if points[2] == "0 điểm" and random.random() < 0.15:
        points[2] = random.choice(("không có điểm", "không tính điểm"))
    if strict:
        spans = [f"Trên {high}%", f"Từ {low}% đến {high}%", f"Dưới {low}%"]
    else:
        top = (
            "Đạt 100%"
            if high == 100
            else random.choice(
                (f"Từ {high}% trở lên", f"Đạt từ {high}% trở lên", f"≥ {high}%", f"Từ {high}% đến 100%")
            )
        )
        middle = random.choice(
            (f"Từ {low}% đến dưới {high}%", f"Từ {low}% - dưới {high}%", f"{low}% ≤ Tỷ lệ < {high}%",
             f"Đạt từ {low}% đến dưới {high}%", f"Từ {low} đến dưới {high}%", f"Từ {low}% đến < {high}%",
             f"Tỷ lệ đạt từ {low}% đến dưới {high}%")
        )  # fmt: skip
        bottom = random.choice((f"Dưới {low}%", f"< {low}%", f"Đạt dưới {low}%"))
        spans = [top, middle, bottom]
    bullet = random.choice(("- ", "+ ", ""))
    lines = [f"{bullet}{span}: {worth}" for span, worth in zip(spans, points, strict=True)]
    form = random.randrange(5)
    if form == 0:
        text = f"Tỷ lệ {above}/{below}:\n" + "\n".join(lines)
    elif form == 1:
        text = "\n".join(lines) + f"\n(Tỷ lệ = {above}/{below})"
    elif form == 2:
        text = f"Tỷ lệ % = ({above}/{below}) x 100%\n" + "\n".join(lines)
    elif form == 3:
        text = (
            f"Tính tỷ lệ % {above} so với {below}. "
            + "; ".join(f"{s}: {w}" for s, w in zip(spans, points, strict=True))
            + "."
        )
    else:
        text = f"Tỷ lệ {above} trên {below}:\n" + ";\n".join(lines)
    if random.random() < 0.2:
        lines.reverse()
        text = f"Tỷ lệ {above}/{below}:\n" + "\n".join(lines)
    steps = [(f">{high}%" if strict else f"{high}%", values[0]), (f"{low}%", values[1]), ("0%", values[2])]
    truth |= {
        "kind": "ratio_bands",
        "bands": [{"from": start, "points": str(value)} for start, value in steps],
    }
    return Rule(_nothing(random, text, truth, maximum), truth)


def linear(random: Random, maximum: Decimal) -> Rule:
    above, below, truth = _ratio(random)
    truth["kind"] = "ratio_linear"
    text = random.choice(
        (
            f"Điểm = ({above}/{below}) x {n(maximum)}.",
            f"Điểm số = {n(maximum)} × ({above} : {below})",
            f"Điểm đạt được tính theo tỷ lệ giữa {above} và {below}, nhân với điểm tối đa",
            f"a = {above};\nb = {below};\n- Tỷ lệ = a/b;\n- Điểm = Tỷ lệ*Điểm tối đa",
            f"Tỷ lệ % = ({above} / {below}) x 100%.\nĐiểm đánh giá = Tỷ lệ % x {n(maximum)} điểm",
            f"Tỷ lệ {above}/{below}\nĐiểm = Tỷ lệ x Điểm tối đa",
            f"Điểm = (a/b) x {n(maximum)}\nTrong đó: a là {above}; b là {below}",
            f"({above}/{below}) x {n(maximum)} điểm",
            f"Tính theo tỷ lệ {above} so với {below} nhân điểm tối đa",
            f"Điểm đánh giá = Tỷ lệ {above} trên {below} x {n(maximum)} điểm.",
            f"Lấy {above} chia cho {below} rồi nhân với {n(maximum)} điểm",
            f"{n(maximum)} x {above}/{below}",
        )
    )
    return Rule(_nothing(random, text, truth, maximum), truth)


def threshold(random: Random, maximum: Decimal) -> Rule:
    above, below, truth = _ratio(random)
    floor = random.choice((50, 60, 70, 80, 85, 90, 95))
    truth |= {"kind": "ratio_threshold", "floor": f"0.{floor}"}
    text = random.choice(
        (
            (
                f"Tính tỷ lệ % {above} so với {below}. Nếu tỷ lệ này đạt từ {floor}% trở lên thì điểm đánh"
                f" giá được tính "
                f"theo công thức: (tỷ lệ % x {n(maximum)})/100%; dưới {floor}% thì điểm đánh giá là 0."
            ),
            f"+ Tỷ lệ {above}/{below} ≥ {floor}%: tính theo tỷ lệ x {n(maximum)}đ\n+ < {floor}%: 0đ",
            f"Từ {floor}% - 100%: (a/b) x {n(maximum)}\nDưới {floor}%: 0\n(a: {above}; b: {below})",
            f"- Dưới {floor}%: 0 điểm;\n- Từ {floor}% trở lên: điểm tối đa x tỷ lệ {above} trên {below}.",
            (
                f"Tỷ lệ = {above}/{below}.\nĐạt từ {floor}% trở lên: Điểm = Tỷ lệ*Điểm tối đa; dưới {floor}%:"
                f" 0 điểm."
            ),
            (
                f"Trường hợp tỷ lệ {above} trên {below} thấp hơn {floor}%, chấm 0 điểm; "
                "các trường hợp còn lại: "
                f"{n(maximum)} x tỷ lệ đạt được."
            ),
            f"Điểm = ({above}/{below}) x {n(maximum)}; dưới {floor}%: 0 điểm",
            f"Điểm = Tỷ lệ {above} trên {below} x điểm tối đa. Tỷ lệ dưới {floor}% thì không tính điểm.",
            f"Dưới {floor}%: không có điểm. Từ {floor}% trở lên: ({above}/{below}) x {n(maximum)} điểm",
        )
    )
    return Rule(_nothing(random, text, truth, maximum), truth)


def target(random: Random, maximum: Decimal) -> Rule:
    above, below, truth = _ratio(random)
    goal = random.choice((30, 50, 60, 70, 80))
    truth |= {"kind": "ratio_to_target", "target": f"0.{goal}"}
    text = random.choice(
        (
            (
                f"Tỷ lệ {above}/{below} đạt từ {goal}% trở lên: {n(maximum)} điểm; dưới {goal}%: điểm = (tỷ"
                f" lệ đạt "
                f"được/{goal}%) x {n(maximum)}."
            ),
            (
                f"a = {above}; b = {below}; Tỷ lệ = a/b;\n- Tỷ lệ >= {goal}%: Điểm tối đa;\n- Tỷ lệ <"
                f" {goal}%: Điểm = Tỷ "
                f"lệ/{goal}%*Điểm tối đa"
            ),
            (
                f"+ ≥ {goal}%: {n(maximum)}đ\n+ < {goal}%: tỷ lệ thực tế ({above}/{below}) chia cho {goal}%"
                f" nhân {n(maximum)}đ"
            ),
            (
                f"Hoàn thành chỉ tiêu {goal}% trở lên đạt điểm tối đa; thấp hơn thì tính theo tỷ lệ hoàn"
                f" thành so với chỉ "
                f"tiêu ({above}/{below})"
            ),
            (
                f"Từ {goal}% trở lên: {n(maximum)}\nDưới {goal}%: (c/{goal}%) x {n(maximum)}; c ="
                f" {above}/{below}"
            ),
        )
    )
    return Rule(_nothing(random, text, truth, maximum), truth)


def deduction(random: Random, maximum: Decimal) -> Rule:
    unit = random.choice(nouns.COUNTED)
    cost = maximum / random.choice((2, 4, 5))
    truth = {"kind": "deduction_count", "per_unit": str(cost), "unit": unit}
    big = unit[0].upper() + unit[1:]
    text = random.choice(
        (
            (
                f"Thực hiện đầy đủ, đúng hạn: {n(maximum)} điểm. Mỗi {unit} trừ {n(cost)} điểm, trừ không quá"
                f" điểm tối đa."
            ),
            f"Mỗi {unit} trừ {n(cost)} điểm",
            f"Cứ 01 {unit} bị trừ {n(cost)} điểm, trừ đến hết số điểm của tiêu chí",
            f"{big}: trừ {n(cost)} điểm/01 trường hợp, tối đa trừ hết số điểm của tiêu chí",
            f"{big}: trừ {n(cost)} điểm/lần",
            f"Điểm = {n(maximum)} - (số {unit} x {n(cost)}); không thấp hơn 0 điểm",
            f"Trừ {n(cost)} điểm cho mỗi {unit}",
            f"Có {unit} thì trừ {n(cost)} điểm/lần",
            f"Điểm tối đa trừ đi {n(cost)} điểm nhân với số {unit}",
            f"Cứ mỗi {unit} sẽ bị trừ {n(cost)} điểm, nhưng không quá số điểm tối đa",
            f"- Không có {unit}: {n(maximum)} điểm\n- Mỗi {unit}: trừ {n(cost)} điểm",
        )
    )
    return Rule(text, truth)


def weighted(random: Random, maximum: Decimal) -> Rule:
    count = random.choice((2, 3))
    kinds = [(f"bị {nouns.FAULTS[place]}", maximum * (place + 1) / 8) for place in range(count)]
    truth = {
        "kind": "deduction_weighted",
        "items": [{"label": label, "points": str(cost)} for label, cost in kinds],
    }
    head = random.choice((f"Không có công chức vi phạm: {n(maximum)} điểm.\n", ""))
    bullet = random.choice(("- ", "+ ", ""))
    form = random.choice(("{b}Mỗi trường hợp {l}: trừ {p} điểm", "{b}Mỗi trường hợp {l} trừ {p} điểm"))
    return Rule(head + "\n".join(form.format(b=bullet, l=label, p=n(cost)) for label, cost in kinds), truth)


def items(random: Random, maximum: Decimal) -> Rule:
    labels = random.choice(nouns.ITEMS)
    worth = maximum / 4
    truth = {"kind": "sum_of_items", "items": [{"label": label, "points": str(worth)} for label in labels]}
    bullet = random.choice(("- ", "+ "))
    lines = "\n".join(f"{bullet}{label}: {n(worth)} điểm" for label in labels)
    text = random.choice(
        (
            f"{lines}\nCộng dồn các hình thức, tối đa {n(maximum)} điểm",
            f"{lines}\nĐiểm là tổng điểm của các nội dung đã thực hiện",
            "; ".join(f"{label} được {n(worth)} điểm" for label in labels) + " (cộng dồn).",
            f"{lines}\n(Được cộng dồn nhưng không quá {n(maximum)} điểm)",
            lines,
        )
    )
    return Rule(text, truth)


def per_item(random: Random, maximum: Decimal) -> Rule:
    unit = random.choice(
        ("sáng kiến được công nhận", "mô hình mới", "phương án đơn giản hóa", "cuộc đối thoại")
    )
    worth = maximum / 2
    truth = {"kind": "sum_of_items", "per_unit": str(worth), "unit": unit}
    text = random.choice(
        (
            f"Mỗi {unit} đạt {n(worth)} điểm, tối đa {n(maximum)} điểm.",
            f"Cứ 01 {unit} được {n(worth)} điểm; tổng điểm không quá {n(maximum)} điểm",
            f"{n(worth)} điểm/{unit}, không quá điểm tối đa",
            f"Mỗi {unit}: {n(worth)} điểm, tổng điểm không quá {n(maximum)} điểm",
            f"Mỗi {unit} được cộng {n(worth)} điểm",
        )
    )
    return Rule(text, truth)


def external(random: Random, maximum: Decimal) -> Rule:
    text = random.choice(
        (
            f"Điểm = (Điểm Bộ chỉ số 766 của đơn vị/100) x {n(maximum)}.",
            f"(Kết quả xếp loại theo thang 100)/100 x {n(maximum)}",
            "Quy đổi theo tỷ lệ từ kết quả công bố (thang điểm 100) về điểm tối đa",
            f"Điểm đạt = {n(maximum)}/100 × điểm của Bộ chỉ số",
        )
    )
    return Rule(text, {"kind": "external_score", "scale": "100"})


def survey(random: Random, maximum: Decimal) -> Rule:
    text = random.choice(
        (
            (
                f"Điểm = Chỉ số hài lòng (%) x {n(maximum)}.\nSở Nội vụ xác định qua điều tra xã hội học, đơn"
                f" vị không tự chấm."
            ),
            f"{n(maximum)} điểm × tỷ lệ hài lòng chung (Sở Nội vụ chấm)",
            "Tính theo kết quả khảo sát do tỉnh công bố: tỷ lệ hài lòng nhân điểm tối đa",
        )
    )
    return Rule(text, {"kind": "survey", "scored_by": "appraiser"})


def formula(random: Random, maximum: Decimal) -> Rule:
    text = (
        f"Điểm = (a x 0,6 + b x 0,4) x {n(maximum)}\nTrong đó: a là tỷ lệ hồ sơ được số hóa; "
        "b là tỷ lệ hồ sơ dùng lại dữ liệu"
    )
    figure = f"{maximum.normalize():f}"
    return Rule(text, {"kind": "formula", "formula": f"(a*0.6 + b*0.4)*{figure}"})


def unreadable(random: Random, maximum: Decimal) -> Rule:
    """What is left to a person."""
    return Rule(unreadable_text(random, maximum), {"kind": "unknown"})
