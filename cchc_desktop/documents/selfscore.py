"""The self-score as a report: result, sections as bars, what is missing, and the whole table as annex."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from cchc_desktop.documents.characters import clean, one_line
from cchc_desktop.documents.letterhead import (
    bare_title,
    full_name,
    issuer_symbol,
    letterhead,
    recipients,
    signature,
)
from cchc_desktop.documents.model import (
    AnnexHead,
    Bar,
    BarChart,
    Block,
    Closing,
    Column,
    ColumnKind,
    Document,
    Figure,
    Heading,
    NewPage,
    Orientation,
    Row,
    RowKind,
    Signature,
    Summary,
    Table,
    Text,
    TextKind,
    Title,
)
from cchc_desktop.documents.pdf import write_pdf
from cchc_desktop.documents.selfscore_lines import (
    ScoreLine,
    SelfScoreInput,
    headline,
    lines,
    open_rows,
    without_evidence,
)
from cchc_desktop.domain.criteria import Node, NodeType, ScoredBy
from cchc_desktop.domain.evidence import Evidence, LinkKind
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.scoring import RowState, SectionScore
from cchc_desktop.domain.unit import Person
from cchc_desktop.language import format_date, format_number, format_points, render, text


def _t(name: str, /, **args: object) -> str:
    return text(f"documents.selfscore.{name}", **args)


def _points(value: Decimal | None) -> str:
    return text("documents.none") if value is None else format_points(value)


def figures(source: SelfScoreInput) -> tuple[Figure, ...]:
    """The result's figures with their words, as the summary prints them."""
    total = source.score.total
    provisional = bool(total.open_rows) or total.class_provisional
    mark = "_open" if provisional else ""
    class_words = (
        _t("not_classed") if provisional or total.class_label is None else one_line(total.class_label)
    )
    index = text("documents.none")
    if total.index is not None:
        index = _t("index", index=format_points(total.index, source.criteria.decimals))
    return (
        Figure(_t("figure_self"), _t("points_of", points=total.self_points, max=total.self_max)),
        Figure(_t("figure_open"), format_points(total.open_points)),
        Figure(_t("figure_max"), format_number(total.applicable_max)),
        Figure(_t(f"figure_index{mark}"), index),
        Figure(_t("figure_bonus"), format_points(total.bonus)),
        Figure(_t("figure_penalty"), format_points(total.penalty)),
        Figure(_t(f"figure_final{mark}"), _points(total.final)),
        Figure(_t("figure_class"), class_words),
    )


def lost_points(section: SectionScore) -> Decimal:
    return max(section.applicable_max - section.points - section.open_points, Decimal(0))


def _bar(node: Node, section: SectionScore) -> Bar:
    if not section.applicable_max:
        words = _t("bar_none")
    else:
        words = _t(
            "bar_open" if section.open_points else "bar",
            points=section.points,
            max=section.applicable_max,
            open=section.open_points,
        )
    label = _t("bar_label", code=node.code, label=clean(node.label))
    return Bar(label, section.points, section.open_points, lost_points(section), words)


def _chart(source: SelfScoreInput) -> BarChart:
    bars = tuple(_bar(node, source.score.sections[node.code]) for node in source.criteria.sections)
    return BarChart(bars, _t("reached"), _t("open"), _t("lost"))


def _missing(source: SelfScoreInput) -> Iterator[Block]:
    nodes = without_evidence(source)
    yield Heading(_t("missing_heading").upper(), 1)
    if not nodes:
        scored = any(row.state is RowState.SCORED and row.points for row in source.score.rows.values())
        yield Text(_t("missing_none" if scored else "missing_nothing_scored"))
        return
    points = sum((source.rows[node.key].points or Decimal(0) for node in nodes), Decimal(0))
    yield Text(_t("missing_intro", count=f"{len(nodes):02d}", points=points))
    columns = (
        Column(_t("code"), 1.2, ColumnKind.CENTRED),
        Column(_t("criterion"), 7),
        Column(_t("points"), 1.7, ColumnKind.NUMBER),
        Column(_t("explanation"), 6),
    )
    rows = []
    for node in nodes:
        answer = source.answers.get(node.key)
        told = clean(answer.explanation) if answer else ""
        rows.append(
            Row((node.code, node.label, _points(source.rows[node.key].points), told or _t("no_explanation")))
        )
    yield Table(columns, tuple(rows))


def _open(source: SelfScoreInput) -> Iterator[Block]:
    nodes = open_rows(source)
    yield Heading(_t("open_heading").upper(), 1)
    if not nodes:
        yield Text(_t("open_none"))
        return
    yield Text(_t("open_intro", count=f"{len(nodes):02d}", points=source.score.total.open_points))
    columns = (
        Column(_t("code"), 1.2, ColumnKind.CENTRED),
        Column(_t("criterion"), 7),
        Column(_t("max"), 1.7, ColumnKind.NUMBER),
        Column(_t("reason"), 6),
    )
    yield Table(
        columns,
        tuple(
            Row((node.code, node.label, format_points(node.max_points), _reason(source, node)))
            for node in nodes
        ),
    )


def _reason(source: SelfScoreInput, node: Node) -> str:
    waiting = node.scored_by is ScoredBy.APPRAISER
    parts = [_t("waiting_appraiser") if waiting else render(source.rows[node.key].explanation)]
    answer = source.answers.get(node.key)
    if answer and answer.explanation.strip():
        parts.append(clean(answer.explanation))
    return "\n".join(parts)


def _confirmation(source: SelfScoreInput) -> Iterator[Block]:
    mark = text("documents.end_mark")
    confirmed = source.confirmation
    yield Heading(_t("confirmation_heading").upper(), 1)
    if confirmed is None:
        yield Text(_t("not_confirmed") + mark)
        return
    yield Text(
        _t(
            "confirmed",
            title=one_line(confirmed.title),
            name=one_line(confirmed.name),
            points=confirmed.total_points,
            date=confirmed.confirmed_on,
        )
        + mark
    )


def _signature(source: SelfScoreInput) -> Signature:
    confirmed = source.confirmation
    if confirmed is None:
        return signature(source.unit)
    signer = Person(confirmed.name, confirmed.title)
    note = _t("sign_note", date=confirmed.confirmed_on)
    if not bare_title(confirmed.title, source.unit):
        signer = Person(confirmed.name, source.unit.head.title)
    return signature(source.unit, signer, note=note)


def _table_row(line: ScoreLine) -> Row:
    cells = (
        line.code,
        line.label,
        format_points(line.max_points),
        line.stated,
        line.calculation,
        _points(line.points),
        line.evidence,
        line.explanation,
    )
    return Row(cells, RowKind.PLAIN if line.is_row else RowKind.GROUP)


def _table(source: SelfScoreInput, table_lines: tuple[ScoreLine, ...]) -> Table:
    columns = (
        Column(_t("code"), 1.3, ColumnKind.CENTRED),
        Column(_t("criterion"), 4.3),
        Column(_t("max"), 1.5, ColumnKind.NUMBER),
        Column(_t("stated"), 3.5),
        Column(_t("calculation"), 4.2),
        Column(_t("points"), 1.5, ColumnKind.NUMBER),
        Column(_t("evidence"), 5),
        Column(_t("explanation"), 3.6),
    )
    total = source.score.total
    blank = ("",) * 2
    rows = [_table_row(line) for line in table_lines if line.type not in _ADJUSTMENTS]
    rows.append(
        Row(
            (
                "",
                _t("total"),
                format_points(total.max_points),
                *blank,
                format_points(total.points),
                *blank,
            ),
            RowKind.TOTAL,
        )
    )
    for kind, name in _ADJUSTMENTS.items():
        adjusted = [_table_row(line) for line in table_lines if line.type is kind]
        if adjusted:
            rows += [Row((_t(name), *("",) * 7), RowKind.GROUP, span=(0, 7)), *adjusted]
    return Table(columns, tuple(rows), numbered=True, compact=True)


_ADJUSTMENTS = {NodeType.BONUS: "bonus", NodeType.PENALTY: "penalty"}


def codes_of(source: SelfScoreInput, each: Evidence) -> str:
    """The printed codes of the rows that a file is evidence for, in the set's order."""
    keys = {link.key for link in each.links if link.kind is LinkKind.ROW}
    return ", ".join(node.code for node in source.criteria.nodes if node.key in keys)


def _evidence_table(source: SelfScoreInput) -> Table:
    columns = (
        Column(text("documents.order"), 1, ColumnKind.CENTRED),
        Column(_t("evidence_number"), 3.2),
        Column(_t("evidence_date"), 2, ColumnKind.CENTRED),
        Column(_t("evidence_issuer"), 3.6),
        Column(_t("evidence_abstract"), 7),
        Column(_t("evidence_file"), 5),
        Column(_t("evidence_rows"), 2.6),
    )
    rows = tuple(
        Row(
            (
                str(number),
                each.record.number,
                format_date(each.record.issued_on) if each.record.issued_on else "",
                each.record.issuer,
                each.record.abstract,
                each.name,
                codes_of(source, each),
            )
        )
        for number, each in enumerate(sorted(source.evidence, key=lambda e: (e.added_at, e.id)), 1)
    )
    return Table(columns, rows, numbered=True, compact=True)


def _opening(source: SelfScoreInput) -> str:
    criteria = source.criteria
    decision = ""
    if criteria.decision_number and criteria.decision_date and criteria.issuer:
        decision = _t(
            "decision",
            number=criteria.decision_number,
            date=criteria.decision_date,
            issuer=criteria.issuer,
        )
    return _t(
        "opening",
        unit=full_name(source.unit.name),
        year=str(source.year),
        criteria=one_line(criteria.title),
        decision=decision,
    )


def selfscore_document(source: SelfScoreInput) -> Document:
    unit, year = source.unit, str(source.year)
    name = full_name(unit.name)
    symbol = text("documents.symbol_report", issuer=issuer_symbol(unit))
    reference = _t("annex_reference", year=year, unit=name)
    total = source.score.total
    blocks: list[Block] = [
        letterhead(unit, source.number, symbol, source.issued_on, None),
        Title(_t("kind"), _t("abstract", year=year, unit=name)),
        Text(_opening(source)),
        Heading(_t("summary_heading").upper(), 1),
        Summary(headline(source), figures(source)),
    ]
    if total.open_rows:
        blocks.append(
            Text(_t("provisional", count=f"{total.open_rows:02d}", points=total.open_points), TextKind.NOTE)
        )
    blocks += [Heading(_t("chart_heading"), 2), _chart(source)]
    blocks += [*_missing(source), *_open(source), *_confirmation(source)]
    blocks.append(
        Closing(
            _signature(source),
            text("documents.recipients"),
            recipients((full_name(unit.superior),) if unit.superior else ()),
        )
    )
    blocks += [
        NewPage(Orientation.LANDSCAPE),
        AnnexHead(text("documents.annex_one"), _t("annex_title"), reference),
        _table(source, lines(source)),
        NewPage(Orientation.LANDSCAPE),
        AnnexHead(text("documents.annex_two"), _t("annex_evidence_title"), reference),
        _evidence_table(source) if source.evidence else Text(_t("no_evidence")),
    ]
    return Document(
        title=_t("title", year=year, unit=name),
        author=name,
        subject=one_line(_t("abstract", year=year, unit=name)),
        blocks=tuple(blocks),
    )


def write_selfscore_pdf(path: Path, source: SelfScoreInput, progress: Progress | None = None) -> None:
    """The self-score report as PDF in `path` (written in place: see `output.whole_file` for the safe way)."""
    write_pdf(selfscore_document(source), path, progress)
