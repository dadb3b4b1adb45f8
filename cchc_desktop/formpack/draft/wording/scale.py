"""The statements of a rule's text, each understood for itself; the families put them together."""

from __future__ import annotations

import re
from decimal import Decimal

from cchc_desktop.formpack.draft.points import NUMBER, UNIT, VALUE, VALUE_WITH_UNIT, points_value
from cchc_desktop.formpack.draft.wording.expression import Product, product
from cchc_desktop.formpack.draft.wording.interval import Found, find_interval
from cchc_desktop.formpack.draft.wording.phrase import LONGEST_CLAUSE, Clause, Phrase, clauses_of
from cchc_desktop.formpack.draft.wording.quotient import Quotient, quotient, starts_ratio
from cchc_desktop.formpack.draft.wording.remarks import Remarks
from cchc_desktop.quick_dataclass import dataclass, field, replace

_LEADS = (
    r"(?:(?:thi\s+)?(?:(?:so )?diem(?: so)?(?: danh gia| dat(?: duoc)?)?(?: la| =|=)?|duoc (?:tinh|cham"
    r"|huong)(?: la)?|"
    r"duoc|dat|cham|tinh|cho|tuong ung)|thi)\s+"
)
_OPTIONS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?P<label>.+?)\s*\((?:{_LEADS})?(?P<value>{VALUE_WITH_UNIT})\)$",
        rf"^(?P<label>co|khong|dat|khong dat)\s*=\s*(?P<value>{VALUE_WITH_UNIT})$",
        rf"^(?P<label>.+?)\s*(?::|=>|->|→|\.\.+)\s*(?:{_LEADS})?(?P<value>{VALUE})$",
        (
            rf"^(?P<label>.+?),?\s+(?:thi\s+)?(?:so )?diem(?: so)?(?: danh gia| dat(?: duoc)?)?"
            rf" la\s+(?P<value>{VALUE})$"
        ),
        rf"^(?P<label>.+?),?\s+{_LEADS}(?P<value>{VALUE_WITH_UNIT}|0)$",
        rf"^(?P<label>.+?),?\s+thi\s+{_LEADS}(?P<value>{VALUE_WITH_UNIT}|0)$",
        rf"^(?P<label>.+?)\s*(?:\s-|,)\s+(?P<value>{VALUE_WITH_UNIT})$",
        rf"^(?P<label>.+?)\s+(?P<value>{NUMBER}\s*{UNIT})$",
        (
            rf"^(?:{_LEADS})?(?P<value>{VALUE_WITH_UNIT})\s*(?::|neu|khi|doi voi(?: truong hop)?|cho truong"
            rf" hop)\s*(?P<label>.+)$"
        ),
    )
)
_NO_OPTION = re.compile(
    rf"^(?:(?:so )?diem(?: so| dat(?: duoc)?| danh gia)*\s*(?:=|:|$)|toi da|moi\b|cu\b|tru\b|bi tru\b)"
    rf"|\btru\s+(?:di\s+)?(?:{NUMBER}(?![\d\s]*%)|tu)|"
    rf"(?:{UNIT})\s*/|\b(?:tu|moi)\s+{NUMBER}\s*(?:-|den)\s*{NUMBER}\s*{UNIT}"
)
_LETTER = re.compile(
    r"^(?:trong do:?\s*|voi:?\s*|o do:?\s*)?\(?(?P<name>[a-z])\)?\s*(?:=|:|\bla\b)\s*(?P<rest>.+)$"
)
_POINTS_INSIDE = re.compile(rf"{NUMBER}\s*{UNIT}")
_HANGING = re.compile(
    r"(?:\b(?:về|với|nhân|x|theo|từ|đến|của|bằng|hoặc|và|chia|không|chưa|nếu|được|thì)|[*/+=(])$",
    re.IGNORECASE,
)
_ADDED = re.compile(r"(?<=[a-z0-9])[\s,]*\(?(?:duoc )?cong don\)?$")
_REST = re.compile(
    r"^(?:cac )?(?:truong hop )?(?:con lai|khac|thap hon|chua dat|khong dat|nguoc lai|duoi muc (?:nay|tren))"
    r"(?: thi)?(?: duoc)?$"
)


@dataclass(frozen=True, slots=True)
class Option:
    """A case with its points; `listed_below` where it stands in a row of its own."""

    label: Phrase
    points: Decimal
    bulleted: bool = False
    listed_below: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A case whose points are a product. `found` is its interval, None for "the other cases"."""

    found: Found | None
    product: Product


@dataclass
class Scale:
    """All statements of a text. `unread` are those that nothing understands."""

    maximum: Decimal
    remarks: Remarks = field(default_factory=Remarks)
    options: list[Option] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    products: list[Product] = field(default_factory=list)
    quotients: list[Quotient] = field(default_factory=list)
    letters: dict[str, Phrase] = field(default_factory=dict)
    unread: list[Clause] = field(default_factory=list)
    clauses: tuple[Clause, ...] = ()

    def ratio(self, *others: Quotient | None) -> Quotient | None:
        """The one ratio that the text is about; None where it names none or several."""
        named = [q for q in (*others, *self.quotients) if q is not None]
        if not named and len(self.letters) == 1:
            named = [q for q in [quotient(next(iter(self.letters.values())))] if q is not None]
        if not named and len(self.letters) == 2:
            above, below = self.letters.values()
            return Quotient(above.text, below.text, set(self.letters) in ({"a", "b"}, {"m", "n"}, {"x", "y"}))
        distinct = {(q.numerator.casefold(), q.denominator.casefold()) for q in named}
        return named[0] if len(distinct) == 1 else None


def read_scale(text: str, maximum: Decimal) -> Scale:
    """Understand the statements of the text one by one."""
    scale = Scale(maximum, clauses=clauses_of(text))
    letters = [clause for clause in scale.clauses if _take_letter(scale, clause)]
    for clause in scale.clauses:
        if clause not in letters and not _take(scale, clause):
            scale.unread.append(clause)
    return scale


def _take_letter(scale: Scale, clause: Clause) -> bool:
    found = _LETTER.match(clause.plain)
    if not found or points_value(found["rest"], scale.maximum) is not None:
        return False
    scale.letters[found["name"]] = clause.phrase.cut(found.start("rest"), found.end("rest"))
    return True


def _take(scale: Scale, clause: Clause) -> bool:
    maximum = scale.maximum
    if len(clause.text) > LONGEST_CLAUSE:
        return False
    added = _ADDED.search(clause.plain)
    if added:
        scale.remarks.adds_up = True
        clause = replace(clause, phrase=clause.phrase.cut(0, added.start()))
    if scale.remarks.take(clause, maximum):
        return True
    share = _share(clause.phrase, scale)
    if share is not None:
        scale.shares.append(share)
        return True
    alone = product(clause.phrase, maximum, scale.letters)
    if alone is not None:
        scale.products.append(alone)
        return True
    option = option_of(clause, maximum)
    if option is not None:
        scale.options.append(option)
        return True
    if starts_ratio(clause.plain):
        defined = quotient(clause.phrase, needs_head=True)
        if defined is not None:
            scale.quotients.append(defined)
            return True
        # "Tỷ lệ = a/b" says nothing that the letters do not say.
        return (
            re.fullmatch(
                r"(?:ty|ti) le(?: %)?\s*=\s*\(?[a-z]\s*/\s*[a-z]\)?(?:\s*[x*]\s*100\s*%?)?", clause.plain
            )
            is not None
        )
    return False


def option_of(clause: Clause, maximum: Decimal | None) -> Option | None:
    """The case and its points, where the statement is one."""
    plain = clause.plain
    if _NO_OPTION.search(plain):
        return None
    for pattern in _OPTIONS:
        found = pattern.match(plain)
        if not found:
            continue
        value = points_value(found["value"], maximum)
        label = clause.phrase.cut(found.start("label"), found.end("label")).trimmed(":-=")
        if value is None or not any(letter.isalpha() or letter == "%" for letter in label.text):
            continue
        if (_HANGING.search(label.text) and " " in label.text) or _POINTS_INSIDE.search(label.plain):
            return None
        return Option(label, value, clause.bulleted)
    return None


def _share(phrase: Phrase, scale: Scale) -> Share | None:
    """ "Từ 80% trở lên: tỷ lệ × 2 điểm": an interval (or the rest) before a product."""
    plain = phrase.plain
    cuts = [(place, place + 1) for place in phrase.top_level(":")]
    cuts += [
        (found.start(), found.end()) for found in re.finditer(r",?\s+thi\s+|,\s+(?=tinh\b|cham\b)", plain)
    ]
    for start, stop in sorted(cuts):
        left, right = phrase.cut(0, start), phrase.cut(stop)
        rest = _REST.match(left.plain)
        found = None if rest else find_interval(left)
        if found is None and not rest:
            continue
        if (
            found is not None
            and found.after.text
            and not re.match(r"^(?:tong |so |thi|duoc|tro len)", found.after.plain)
        ):
            continue
        result = product(right, scale.maximum, scale.letters)
        if result is not None:
            return Share(found, result)
    return None
