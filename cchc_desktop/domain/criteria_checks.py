"""Is a criteria set sound? Everything that can be checked without its workbook: keys, codes, sums, rules.

Each finding names its place by part and column, so that the compiler can turn it into a cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cchc_desktop.domain.criteria import CriteriaSet, Node, NodeType, Policy
from cchc_desktop.domain.rules.adjustment import Adjustment
from cchc_desktop.domain.text_shapes import is_row_code, is_row_key, is_set_id
from cchc_desktop.message import Message, message
from cchc_desktop.quick_dataclass import dataclass

LONGEST_KEY = 100
MOST_DECIMALS = 6
YEARS = (2000, 2100)
_MAXIMUM = Decimal(10) ** 9


@dataclass(frozen=True, slots=True)
class Finding:
    """`part` is the sheet's alias, `column` the column's or setting's alias, `index` the line in that part.

    `step` is the line among the criterion's steps where the fault stands there.
    """

    part: str
    column: str
    message: Message
    index: int = 0
    step: int | None = None
    warning: bool = False
    found: str = ""
    key: str = ""


def findings_of(
    criteria: CriteriaSet, *, complete: bool = True, unsure: frozenset[str] = frozenset()
) -> list[Finding]:
    """All findings at once.

    `complete` is False where lines are missing, so that hierarchy and sums would mislead. `unsure` are codes
    whose maximum is not known: what depends on it is left out.
    """
    found = [
        *_settings(criteria),
        *_keys_and_codes(criteria),
        *_rules(criteria, unsure),
        *_classes(criteria),
        *_exclusions(criteria, complete),
        *_renames(criteria, complete),
    ]
    if complete:
        found.extend(_parents(criteria))
        found.extend(_sums(criteria, unsure))
    return found


def _settings(criteria: CriteriaSet) -> Iterator[Finding]:
    def wrong(setting: str, id_: str, value: object, /, **args: object) -> Finding:
        return Finding("settings", setting, message(f"formpack.{id_}", **args), found=str(value))

    if not is_set_id(criteria.id) or len(criteria.id) > LONGEST_KEY:
        yield wrong("id", "set_id_shape", criteria.id, found=criteria.id)
    if not 1 <= criteria.version <= 9999:
        yield wrong("version", "version_range", criteria.version)
    if not criteria.title:
        yield wrong("title", "setting_empty", "", key="title")
    if not YEARS[0] <= criteria.year <= YEARS[1]:
        yield wrong("year", "year_range", criteria.year, lowest=YEARS[0], highest=YEARS[1])
    if not criteria.unit_kinds:
        yield wrong("unit_kinds", "setting_empty", "", key="unit_kinds")
    if criteria.effective_to is not None and criteria.effective_to < criteria.effective_from:
        yield wrong("effective_to", "effective_to_early", criteria.effective_to.isoformat())
    if not 0 < criteria.total_max <= _MAXIMUM:
        yield wrong("total_max", "total_max_range", criteria.total_max)
    if not 0 <= criteria.decimals <= MOST_DECIMALS:
        yield wrong("decimals", "decimals_range", criteria.decimals, most=MOST_DECIMALS)
    if criteria.not_applicable in (Policy.NO, Policy.YES):
        yield wrong("not_applicable", "set_policy", criteria.not_applicable.value)
    if criteria.final_cap is not None and not 0 < criteria.final_cap <= _MAXIMUM:
        yield wrong("final_cap", "final_cap_range", criteria.final_cap)


def _wrong(index: int, node: Node, column: str, id_: str, value: object, /, **args: object) -> Finding:
    told = message(f"formpack.{id_}", **args)
    return Finding("criteria", column, told, index, found=str(value), key=node.key)


def _keys_and_codes(criteria: CriteriaSet) -> Iterator[Finding]:
    keys: set[str] = set()
    codes: set[str] = set()
    for index, node in enumerate(criteria.nodes):
        if not is_row_key(node.key) or len(node.key) > LONGEST_KEY:
            yield _wrong(index, node, "name", "key_shape", node.key, found=node.key)
        elif node.key in keys:
            yield _wrong(index, node, "name", "key_repeated", node.key, key=node.key)
        if not is_row_code(node.code) or len(node.code) > LONGEST_KEY:
            yield _wrong(index, node, "code", "code_shape", node.code, found=node.code)
        elif node.code in codes:
            yield _wrong(index, node, "code", "code_repeated", node.code, code=node.code)
        if not node.label:
            yield _wrong(index, node, "label", "label_empty", "")
        keys.add(node.key)
        codes.add(node.code)


def _parents(criteria: CriteriaSet) -> Iterator[Finding]:
    for index, node in enumerate(criteria.nodes):
        if node.is_adjustment:
            continue
        above = node.code.rpartition(".")[0]
        parent = criteria.by_code.get(above)
        if node.type is NodeType.SECTION:
            if parent is not None:
                yield _wrong(index, node, "type", "section_inside", node.code, code=node.code, parent=above)
        elif not above:
            yield _wrong(index, node, "code", "outside_section", node.code, code=node.code)
        elif parent is None:
            yield _wrong(index, node, "code", "parent_missing", node.code, code=node.code, parent=above)
        elif parent.type not in (NodeType.SECTION, NodeType.GROUP):
            yield _wrong(index, node, "code", "parent_not_group", node.code, code=node.code, parent=above)


def _rules(criteria: CriteriaSet, unsure: frozenset[str]) -> Iterator[Finding]:
    for index, node in enumerate(criteria.nodes):
        if not 0 <= node.max_points <= _MAXIMUM:
            yield _wrong(index, node, "max_points", "maximum_range", node.max_points)
        if node.type in (NodeType.SECTION, NodeType.GROUP):
            if node.rule is not None:
                yield _wrong(index, node, "rule", "rule_on_group", node.rule.kind)
            continue
        if node.rule is None or isinstance(node.rule, Adjustment) != node.is_adjustment:
            yield _wrong(index, node, "rule", "rule_missing", "")
            continue
        for problem in () if node.code in unsure else node.rule.problems(node.max_points):
            yield Finding(
                "criteria" if problem.step is None else "steps",
                problem.column,
                problem.message,
                index,
                problem.step,
                problem.warning,
                problem.found,
                node.key,
            )
        yield from _doubts(criteria, index, node)


def _doubts(criteria: CriteriaSet, index: int, node: Node) -> Iterator[Finding]:
    if node.evidence_required and not node.evidence and not node.is_adjustment:
        told = message("formpack.evidence_empty", code=node.code)
        yield Finding("criteria", "evidence", told, index, warning=True, key=node.key)
    exponent = node.max_points.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > max(criteria.decimals, 0):
        told = message("formpack.maximum_finer", max=node.max_points, decimals=criteria.decimals)
        yield Finding(
            "criteria", "max_points", told, index, warning=True, found=str(node.max_points), key=node.key
        )


def _sums(criteria: CriteriaSet, unsure: frozenset[str]) -> Iterator[Finding]:
    sums = {node.code: Decimal(0) for node in criteria.nodes}
    rows = {node.code: 0 for node in criteria.nodes}
    total = Decimal(0)
    for node in criteria.rows:
        total += node.max_points
        above = node.code.rpartition(".")[0]
        while above:
            if above in sums:
                sums[above] += node.max_points
                rows[above] += 1
            above = above.rpartition(".")[0]
    for index, node in enumerate(criteria.nodes):
        if node.type not in (NodeType.SECTION, NodeType.GROUP):
            continue
        doubtful = any(code == node.code or code.startswith(f"{node.code}.") for code in unsure)
        if sums[node.code] != node.max_points and not doubtful:
            yield _wrong(
                index,
                node,
                "max_points",
                "group_sum" if rows[node.code] else "group_empty",
                node.max_points,
                code=node.code,
                declared=node.max_points,
                sum=sums[node.code],
            )
    if total != criteria.total_max and not unsure:
        told = message("formpack.total_sum", declared=criteria.total_max, sum=total)
        yield Finding("settings", "total_max", told, found=str(criteria.total_max))


def _classes(criteria: CriteriaSet) -> Iterator[Finding]:
    labels: set[str] = set()
    floors: set[Decimal] = set()
    for index, band in enumerate(criteria.classes):
        for column, id_, repeated in (
            ("label", "class_label_repeated", band.label in labels),
            ("from", "class_floor_repeated", band.floor in floors),
            ("from", "class_floor_range", not 0 <= band.floor <= 1000),
        ):
            if repeated:
                found = band.label if column == "label" else str(band.floor)
                told = message(f"formpack.{id_}", found=found)
                yield Finding("classes", column, told, index, found=found)
        labels.add(band.label)
        floors.add(band.floor)
    if criteria.classes and min(floors) > 0:
        told = message("formpack.class_floor_open", lowest=min(floors))
        yield Finding("classes", "from", told, len(criteria.classes) - 1, warning=True)


def _exclusions(criteria: CriteriaSet, complete: bool) -> Iterator[Finding]:
    ids: set[str] = set()
    for index, group in enumerate(criteria.exclusions):
        if group.id in ids:
            told = message("formpack.exclusion_repeated", id=group.id)
            yield Finding("exclusions", "id", told, index, found=group.id)
        ids.add(group.id)
        if not group.codes:
            told = message("formpack.exclusion_empty", id=group.id)
            yield Finding("exclusions", "codes", told, index)
        for code in group.codes:
            if complete and code not in criteria.by_code:
                told = message("formpack.exclusion_code", code=code)
                yield Finding("exclusions", "codes", told, index, found=code)


def _renames(criteria: CriteriaSet, complete: bool) -> Iterator[Finding]:
    olds = [rename.old for rename in criteria.renames]
    news: set[str] = set()
    for index, rename in enumerate(criteria.renames):

        def wrong(column: str, id_: str, found: str, at: int = index) -> Finding:
            return Finding("renames", column, message(f"formpack.{id_}", found=found), at, found=found)

        if not is_row_key(rename.old):
            yield wrong("old", "key_shape", rename.old)
        elif rename.old in olds[:index]:
            yield wrong("old", "rename_twice", rename.old)
        elif rename.old in criteria.by_key:
            yield wrong("old", "rename_still_there", rename.old)
        if rename.new in news and rename.new:
            yield wrong("new", "rename_collides", rename.new)
        elif rename.new and complete and rename.new not in criteria.by_key and rename.new not in olds:
            yield wrong("new", "rename_nowhere", rename.new)
        if not 1 <= rename.since <= max(criteria.version, 1):
            yield wrong("since", "rename_since", str(rename.since))
        news.add(rename.new)
    yield from _circles(criteria)


def _circles(criteria: CriteriaSet) -> Iterator[Finding]:
    next_of = {rename.old: rename.new for rename in criteria.renames}
    for index, rename in enumerate(criteria.renames):
        key, steps = rename.new, 0
        while key in next_of and key != rename.old and steps <= len(next_of):
            key, steps = next_of[key], steps + 1
        if key == rename.old:
            told = message("formpack.rename_circle", found=rename.old)
            yield Finding("renames", "new", told, index, found=rename.new)
