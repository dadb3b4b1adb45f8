"""A unit's name, number, date and signature as Nghị định 30/2020/NĐ-CP prints them."""

from __future__ import annotations

from datetime import date

from cchc_desktop.documents.characters import one_line
from cchc_desktop.documents.model import Letterhead, Signature
from cchc_desktop.domain.signing_as import SignsAs as SignsAs
from cchc_desktop.domain.unit import Person, Unit, UnitKind
from cchc_desktop.language import text


def is_committee(unit: Unit) -> bool:
    """Communes and districts are people's committees: their head signs on the committee's behalf (TM.)."""
    return unit.kind in (UnitKind.COMMUNE, UnitKind.DISTRICT)


def full_name(name: str) -> str:
    """ "UBND xã Ea Kao" → "Ủy ban nhân dân xã Ea Kao": a letterhead writes the words out."""
    short, long = text("documents.committee_short"), text("documents.committee_long")
    words = one_line(name).split(" ")
    return " ".join(long if word == short else word for word in words)


def issuer_symbol(unit: Unit) -> str:
    """The issuer in a document's symbol: UBND, or the first letters ("Sở Nội vụ" → SNV)."""
    if is_committee(unit):
        return text("documents.symbol_committee")
    small = text("documents.small_words").split()
    words = [word for word in one_line(unit.name).split(" ") if word and word.lower() not in small]
    return "".join(word[0].upper() for word in words if word[0].isalnum())


def number_line(number: str, symbol: str) -> str:
    """ "Số: 05/KH-UBND"; a number below 10 gets its 0, one not yet given leaves room for it."""
    given = one_line(number)
    if "/" in given:
        return text("documents.number_line_whole", number=given)
    if given.isdecimal():
        given = f"{int(given):02d}"
    return text("documents.number_line", number=given or text("documents.no_number"), symbol=symbol)


def place_date(unit: Unit, day: date | None, year: int | None) -> str:
    """ "Ea Kao, ngày 05 tháng 02 năm 2026". Days below 10 and the months 1 and 2 get a 0 (NĐ 30).

    Without a day there is room for it to be written in; without a year as well.
    """
    place = one_line(unit.place) or text("documents.no_place")
    if day is None:
        return text(
            "documents.place_date",
            place=place,
            day=text("documents.no_day"),
            month=text("documents.no_month"),
            year=str(year) if year else text("documents.no_day"),
        )
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return text("documents.place_date", place=place, day=f"{day.day:02d}", month=month, year=str(day.year))


def letterhead(
    unit: Unit, number: str, symbol: str, day: date | None, year: int | None, subject: str = ""
) -> Letterhead:
    """`subject` is the "V/v …" of a letter."""
    return Letterhead(
        superior=full_name(unit.superior),
        issuer=full_name(unit.name),
        number_line=number_line(number, symbol),
        place_date=place_date(unit, day, year),
        subject=subject,
    )


def bare_title(title: str, unit: Unit) -> str:
    """A title without the unit behind it: "Chủ tịch UBND xã Ea Kao" → "Chủ tịch"."""
    bare = one_line(title)
    folded = bare.casefold()
    for tail in (
        one_line(unit.name),
        text("documents.committee_short"),
        text("documents.committee_long"),
        text("documents.committee_other"),
    ):
        at = folded.find(f" {tail.casefold()}") if tail else -1
        if at > 0:
            bare, folded = bare[:at], folded[:at]
    return bare


def signature(
    unit: Unit, signer: Person | None = None, signs_as: SignsAs = SignsAs.HEAD, note: str = ""
) -> Signature:
    """The block above the signer's name. Without `signer`: the head, or for KT. the deputy."""
    if signer is None:
        signer = unit.deputy if signs_as is SignsAs.FOR_HEAD else unit.head
    committee = is_committee(unit)
    head = bare_title(unit.head.title, unit) or text(
        "documents.head_of_committee" if committee else "documents.head_of_department"
    )
    own = bare_title(signer.title, unit)
    match signs_as:
        case SignsAs.HEAD:
            lines = [own or head]
        case SignsAs.ACTING:
            lines = [text("documents.acting", title=own or head)]
        case SignsAs.FOR_HEAD:
            deputy = "documents.deputy_of_committee" if committee else "documents.deputy_of_department"
            lines = [text("documents.for_head", title=head), own or text(deputy)]
        case SignsAs.BY_ORDER:
            lines = [text("documents.by_order", title=head), own]
        case SignsAs.AUTHORISED:
            lines = [text("documents.authorised", title=head), own]
    if committee and signs_as not in (SignsAs.BY_ORDER, SignsAs.AUTHORISED):
        lines.insert(0, text("documents.on_behalf", body=text("documents.committee_long")))
    return Signature(
        authority=tuple(line.upper() for line in lines if line), name=one_line(signer.name), note=note
    )


def grounds(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Each line begins with "Căn cứ", "Theo", "Thực hiện" …; a bare title gets its "Căn cứ"."""
    openings = tuple(f"{word} ".casefold() for word in text("documents.grounds_openings").split("|"))
    lines = tuple(one_line(line) for line in lines)
    return tuple(
        line if line.casefold().startswith(openings) else text("documents.ground", title=line)
        for line in lines
        if line
    )


def recipients(names: tuple[str, ...]) -> tuple[str, ...]:
    """Nơi nhận with its stops: each line ends in ";", the last is the archive's and ends in "."."""
    lines = [one_line(name).lstrip("- ").rstrip(".;, ") for name in names if one_line(name).strip("-.;, ")]
    archive = text("documents.archive_word")
    kept = [line for line in lines if line.startswith(archive)]
    lines = [line for line in lines if not line.startswith(archive)]
    last = kept[0] if kept else text("documents.archive").rstrip(".")
    return (*(f"{line};" for line in lines), f"{last}.")
