"""Options that stand in rows of their own under a criterion, told apart from criteria without a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from cchc_desktop.formpack.draft.points import CellPoints
from cchc_desktop.formpack.draft.rows import Entry, Lines
from cchc_desktop.formpack.draft.wording.reading import doubt
from cchc_desktop.quick_dataclass import dataclass

_LISTED = ("small)", "small")


@dataclass
class _Group:
    """The rows under a criterion that may be its options. `verdict` None is open."""

    owner: int
    members: list[int]
    verdict: bool | None = None


def fold_options(lines: Lines) -> bool:
    """Take rows that are options into their criteria. True where maxima had to be taken from options."""
    entries = lines.entries
    groups = list(_groups(entries))
    for group in groups:
        group.verdict = _verdict(entries[group.owner], [entries[n] for n in group.members])
    open_groups = [group for group in groups if group.verdict is None]
    if open_groups:
        _by_sums(entries, groups, open_groups)
    gone: set[int] = set()
    inferred = False
    for group in groups:
        if not group.verdict:
            continue
        owner = entries[group.owner]
        for member in group.members:
            option = entries[member]
            owner.options.append((option.label, option.maximum or Decimal(0)))
            owner.more.extend(option.more)
            owner.doubts.extend(option.doubts)
            gone.add(member)
        if owner.maximum is None and not owner.points.printed:
            owner.points = CellPoints(max(points for _, points in owner.options), False)
            inferred = True
    lines.totals = [
        type(total)(total.label, total.points, total.grand, total.after - sum(n < total.after for n in gone))
        for total in lines.totals
    ]
    lines.entries = [entry for place, entry in enumerate(entries) if place not in gone]
    return inferred


def _groups(entries: Sequence[Entry]) -> Iterator[_Group]:
    place = 0
    while place < len(entries):
        owner = place
        members: list[int] = []
        place += 1
        while place < len(entries) and _may_be_option(entries[place]):
            members.append(place)
            place += 1
        if members and not entries[owner].boxed:
            yield _Group(owner, members)


def _may_be_option(entry: Entry) -> bool:
    if entry.outer:
        return False
    return entry.boxed or entry.code is None or entry.code.style in ("dash", *_LISTED)


def _verdict(owner: Entry, members: Sequence[Entry]) -> bool | None:
    values = [member.maximum for member in members]
    if all(member.boxed for member in members):
        return all(value is not None for value in values)
    if any(value is None for value in values) or any(m.rule_text or m.options for m in members):
        return False
    if any(member.code is None and member.outer for member in members):
        return False
    known = [value for value in values if value is not None]
    listed = any(member.code is not None and member.code.style in _LISTED for member in members)
    if owner.maximum is not None:
        if len(known) > 1 and max(known) == owner.maximum and (sum(known) != owner.maximum or 0 in known):
            return not owner.rule_text
        return False
    if listed:
        return False
    if len(known) > 1 and Decimal(0) in known:
        return True
    return None if len(known) > 1 else False


def _by_sums(entries: Sequence[Entry], groups: Sequence[_Group], open_groups: Sequence[_Group]) -> None:
    """Which of both readings makes more of the printed sums of sections come out."""
    as_options, as_criteria = (_matches(entries, groups, verdict) for verdict in (True, False))
    for group in open_groups:
        group.verdict = as_options > as_criteria
        if as_options == as_criteria:
            entries[group.owner].doubts.append(doubt("options_or_rows"))


def _matches(entries: Sequence[Entry], groups: Sequence[_Group], verdict: bool) -> int:
    worth: dict[int, Decimal] = {}
    members = {member for group in groups for member in group.members}
    for group in groups:
        known = [entries[n].maximum or Decimal(0) for n in group.members]
        options = verdict if group.verdict is None else group.verdict
        worth[group.owner] = max(known) if options else sum(known, start=Decimal(0))
    sections = [
        n for n, entry in enumerate(entries)
        if entry.maximum is not None and n not in members and (entry.outer or n not in worth)
        and entry.code is not None and entry.code.style in ("roman", "letter", "word", "number.", "number")
        and entry.maximum > 0 and _heads(entries, n, worth, members)
    ]  # fmt: skip
    count = 0
    for place, section in enumerate(sections):
        end = sections[place + 1] if place + 1 < len(sections) else len(entries)
        total = sum((worth.get(n, Decimal(0)) for n in range(section + 1, end)), start=Decimal(0))
        count += total == entries[section].maximum
    return count


def _heads(entries: Sequence[Entry], place: int, worth: dict[int, Decimal], members: set[int]) -> bool:
    """Whether the entry is followed by other criteria without points of their own."""
    after = place + 1
    return after < len(entries) and after not in members and entries[after].maximum is None
