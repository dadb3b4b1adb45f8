"""What is said beside the scale: nothing arose, not assessed, a cap, adding up, who scores."""

from __future__ import annotations

import re
from decimal import Decimal

from cchc_desktop.domain.criteria import Policy
from cchc_desktop.domain.rules.rule import ZeroDenominator
from cchc_desktop.formpack.draft.points import NUMBER, UNIT, VALUE, points_value
from cchc_desktop.formpack.draft.wording.phrase import Clause
from cchc_desktop.formpack.draft.wording.reading import doubt
from cchc_desktop.message import Message
from cchc_desktop.quick_dataclass import dataclass, field

_NOTHING = re.compile(
    r"khong (?:co )?phat sinh|khong co .{1,100} phat sinh|trong nam (?:danh gia )?khong co|nam danh gia"
    r" khong co"
)
# Said of whatever the row is about; "không phát sinh khiếu kiện: 2 điểm" is a case of its own.
_GENERAL = re.compile(
    r"^(?:ghi chu:? )?(?:neu |truong hop |trong nam |trong ky |doi voi |don vi |xa |phuong |co quan |cac "
    r"|nao )*"
    r"khong (?:co )?phat sinh(?: thi| duoc| van| diem| toi da| cham| tinh| trong nam|[\s:,]|\d.*|$)*"
)
_FULL = re.compile(
    rf"(?:^|[\s,:])(?:van |thi )*(?:duoc |duoc tinh |duoc cham |tinh |cham |dat |huong |cho |duoc huong )+"
    rf"(?:la )?(?P<value>{VALUE})$|:\s*(?P<after>{VALUE})$"
)
_OUT = re.compile(
    r"khong (?:danh gia|cham diem|cham|tinh diem|ap dung|xem xet|xet)(?: diem)?(?: doi voi)?"
    r"(?: (?:tieu chi|noi dung|muc|chi tieu|chi so)(?: thanh phan)?(?: nay)?)?$"
)
_CAP = re.compile(
    rf"^(?:nhung |va |tuy nhien )*(?:(?:tong (?:so )?|so )?diem (?:tru |cong |dat |duoc |cac \w+ |toi da "
    rf"|cho cac [a-z ]{{1,40}}? )?)?"
    rf"(?:cong don )?(?:nhung )?(?:tru )?(?:toi da|khong (?:qua|vuot qua|vuot)|cao nhat)"
    rf"(?: la| bang| khong qua)?\s*(?:cong )?(?:so )?(?P<value>{VALUE}|{NUMBER}\s*{UNIT})"
    rf"(?: (?:cua )?(?:tieu chi|muc|noi dung)(?: nay)?)?$"
)
_FLOOR = re.compile(
    r"tru (?:het|den het|cho den khi het|den khi het|toi da het)|den khi het|"
    r"khong (?:thap hon|nho hon|duoi|am)(?: 0)?|thap nhat (?:la )?0|toi thieu (?:la )?0"
)
_CAP_START = re.compile(r"^(?:nhung |va )*(?:tru|toi da|khong|diem|tong|cho den|den|thap|cao)\b")
_ADDS = re.compile(
    r"cong don|(?:diem|so diem) (?:la|bang) tong|la tong (?:so )?diem|tinh tong|tong diem cac|cong"
    r" (?:diem )?cac"
)
_ADDS_ONLY = re.compile(
    rf"^(?:\(?(?:duoc )?(?:cong don|cong (?:diem )?cac|diem (?:la|bang) tong|la tong|tinh tong|tong diem"
    rf" cac).{{0,90}}?)"
    rf"(?:,?\s*(?:nhung )?(?:toi da|khong qua)\s*(?P<value>{VALUE}))?\)?$"
)
_APPRAISER = re.compile(
    r"(?:don vi|xa|co quan) khong t[u~] cham|(?:so noi vu|hoi dong tham dinh|co quan tham dinh|to tham dinh|"
    r"so, nganh|tin[h~]) (?:cham|xac dinh|danh gia|tham dinh|tong hop)|khong t[u~] cham"
)
_HEADING = re.compile(
    r"^(?:(?:cach|phuong phap) (?:tinh|cham)(?: diem)?|trong do|c[u~] the(?: nhu sau)?|nhu sau|(?:tinh"
    r"|cham) diem"
    r"(?: nhu sau| theo cac muc(?: sau)?)?|diem (?:duoc )?(?:tinh|cham)(?: nhu sau)?|thang diem|muc diem|"
    r"(?:lua )?chon (?:mot|1) trong cac (?:muc|truong hop)(?: sau)?|cac muc(?: diem)?|ghi chu)$"
)


@dataclass
class Remarks:
    """`caps` are printed upper bounds, in points."""

    when_nothing: ZeroDenominator | None = None
    not_applicable: Policy = Policy.NO
    caps: list[Decimal] = field(default_factory=list)
    adds_up: bool = False
    not_below_zero: bool = False
    by_appraiser: bool = False
    doubts: list[Message] = field(default_factory=list)
    special: str = ""

    def take(self, clause: Clause, maximum: Decimal | None) -> bool:
        """Whether the clause is a remark, which is then kept."""
        plain = clause.plain
        if _HEADING.match(plain):
            return True
        return (
            self._nothing_arose(clause, maximum)
            or self._not_assessed(plain)
            or self._added_up(plain, maximum)
            or self._capped(plain, maximum)
            or self._appraised(plain)
        )

    def _nothing_arose(self, clause: Clause, maximum: Decimal | None) -> bool:
        if not _NOTHING.search(clause.plain):
            return False
        plain = clause.plain
        if _OUT.search(plain):
            self.when_nothing = ZeroDenominator.EXCLUDE
            return True
        found = _FULL.search(plain)
        value = points_value(found["value"] or found["after"], maximum) if found else None
        if value is None or (found and "%" in plain[: found.start()]):
            return False
        if not _GENERAL.fullmatch(plain):
            self.special = clause.text
        if value == maximum:
            self.when_nothing = ZeroDenominator.FULL
        elif value == 0:
            self.when_nothing = ZeroDenominator.ZERO
        else:
            self.doubts.append(doubt("nothing_arose", text=clause.text))
        return True

    def _not_assessed(self, plain: str) -> bool:
        if not _OUT.search(plain) or not re.match(
            r"^(?:\(|ghi chu:? )?(?:cac )?(?:don vi|co quan|xa|phuong|truong hop|doi voi|neu|dia phuong)",
            plain,
        ):
            return False
        self.not_applicable = Policy.RESCALE
        return True

    def _added_up(self, plain: str, maximum: Decimal | None) -> bool:
        found = _ADDS_ONLY.match(plain)
        if not found:
            return False
        self.adds_up = True
        if found["value"] and (cap := points_value(found["value"], maximum)) is not None:
            self.caps.append(cap)
        return True

    def _capped(self, plain: str, maximum: Decimal | None) -> bool:
        if _FLOOR.search(plain) and _CAP_START.match(plain) and ":" not in plain:
            self.not_below_zero = True
            return True
        found = _CAP.match(plain)
        value = points_value(found["value"], maximum) if found else None
        if value is None:
            return False
        self.caps.append(value)
        self.adds_up = self.adds_up or "cong don" in plain
        return True

    def _appraised(self, plain: str) -> bool:
        if not _APPRAISER.search(plain) or re.search(rf"{NUMBER}\s*{UNIT}|%", plain):
            return False
        self.by_appraiser = True
        return True


def says_adding_up(plain: str) -> bool:
    return _ADDS.search(plain) is not None


def says_appraiser(plain: str) -> bool:
    return _APPRAISER.search(plain) is not None
