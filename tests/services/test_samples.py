"""The sample units: their evidence opens in each format's own tool, and the whole fills a real profile."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from PIL import Image

from cchc_desktop.domain.evidence import LinkKind
from cchc_desktop.domain.plan_checks import Severity
from cchc_desktop.domain.progress import Progress
from cchc_desktop.domain.sample import FileKind, SampleEvidence
from cchc_desktop.errors import Cancelled, KnownError
from cchc_desktop.language import render
from cchc_desktop.message import Message
from cchc_desktop.services import evidence, overview, plan, rounds, samples, scoring
from cchc_desktop.services.profile import Profile, create_profile


def words_of(path: Path, kind: FileKind) -> str:
    if kind is FileKind.PDF:
        answer = subprocess.run(
            ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
        )
        found = answer.stdout
    elif kind is FileKind.DOCX:
        opened = docx.Document(str(path))
        cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
        found = "\n".join([*(p.text for p in opened.paragraphs), *cells])
    else:
        book = openpyxl.load_workbook(path)
        found = "\n".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value)
        book.close()
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", found))


def dated(day: date) -> tuple[str, str]:
    """The two ways in which a document writes its day; months from March have no leading zero."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day:%d/%m/%Y}", f"ngày {day.day:02d} tháng {month} năm {day.year}"


def check_file(path: Path, piece: SampleEvidence) -> None:
    if piece.kind in (FileKind.JPG, FileKind.PNG):
        with Image.open(path) as picture:
            picture.load()
            assert picture.format == {"jpg": "JPEG", "png": "PNG"}[piece.kind.value]
            assert min(picture.size) >= 500
            assert len(picture.convert("L").getcolors(256) or []) > 20
        return
    words = words_of(path, piece.kind)
    assert piece.record.number in words
    assert piece.record.issued_on is not None
    assert any(day in words for day in dated(piece.record.issued_on)), words


@pytest.mark.parametrize("kind", samples.KINDS)
def test_each_evidence_file_opens_and_shows_its_number_and_date(kind: str, tmp_path: Path) -> None:
    sample = samples.load(kind)
    contents = set()
    for piece in sample.evidence:
        path = samples.make_evidence_file(sample, piece, tmp_path)
        assert path.name == piece.name
        check_file(path, piece)
        contents.add(path.read_bytes())
    assert len(contents) == len(sample.evidence) >= 20


# What each sample loses, worked out by hand from its answers and the sets' rules; all other rows are full.
LOST = {
    "commune": {
        "1.1.4": "0.17",  # 32/36 × 1.5 = 1.333
        "1.2.1": "0.25",  # one report late
        "1.3.1": "0.10",  # 9/10 × 1
        "1.3.2": "0.17",  # 5/6 × 1 = 0.833
        "1.5": "0.50",  # not yet acknowledged
        "1.6": "0.75",  # finished, some late
        "2.2": "0.08",  # 17/18 × 1.5 = 1.417
        "2.3.2": "0.12",  # 7/8 × 1 = 0.875
        "3.1.1": "0.05",  # 362/371 × 2 = 1.951
        "3.2.2": "0.50",  # in part
        "3.3.1": "0.11",  # 2847/2913 × 5 = 4.887
        "3.3.2": "0.15",  # 61/66 × 2 = 1.848
        "3.3.3": "0.60",  # 3 × 0.2
        "3.5": "0.54",  # 86.45/100 × 4 = 3.458
        "5.1": "0.11",  # 54/57 × 2 = 1.895
        "5.3.1": "0.08",  # 46/50 × 1
        "5.3.2": "0.04",  # 55/57 × 1 = 0.965
        "5.5": "0.04",  # 56/57 × 2 = 1.965
        "6.1": "1.00",  # 38250/41500 = 92.2 %: 2 of 3
        "7.1": "0.03",  # 1986/2014 × 2.5 = 2.465
        "7.3.1": "0.17",  # 1398/2140 / 0.7 × 2.5 = 2.333
        "7.3.4": "0.19",  # 1203/2979 / 0.5 × 1 = 0.808
        "7.5": "0.50",  # one of two
        "8.2": "1.00",  # 17/18 = 94.4 %: 2 of 3
    },
    "department": {
        "1.1.4": "0.50",  # 32/36 = 88.9 %, not above 90 %
        "1.3": "0.19",  # 7/8 × 1.5 = 1.3125
        "1.6": "0.75",  # finished, some late
        "2.1": "0.43",  # 6/7 × 3 = 2.571
        "2.2": "0.18",  # 31/34 × 2 = 1.824
        "2.4.2": "0.50",  # two of three
        "3.1.3": "0.12",  # 11/24 / 0.5 × 1.5 = 1.375
        "3.2.2": "0.02",  # 95/96 × 1.5 = 1.484
        "3.4.1": "0.07",  # 1318/1342 × 4 = 3.928
        "3.4.2": "0.17",  # 22/24 × 2 = 1.833
        "3.6": "0.75",  # in part
        "5.1": "0.11",  # 88/92 × 2.5 = 2.391
        "5.5.1": "0.05",  # 76/80 × 1
        "5.5.2": "0.02",  # 90/92 × 1 = 0.978
        "5.6": "0.50",  # one reprimand
        "6.1": "0.50",  # 57300/64800 = 88.4 %: 1.5 of 2
        "7.1": "0.01",  # 3127/3150 × 2 = 1.985
        "7.3.2": "0.04",  # 402/688 / 0.6 × 1.5 = 1.461
    },
}


@pytest.mark.parametrize(
    ("kind", "points", "self_max", "open_points"),
    # 88 − 7.25 and 84 − 4.91; the appraiser's rows are 12 and 10 + 6
    [("commune", "80.75", "88", "12"), ("department", "79.09", "84", "16")],
)
def test_the_whole_sample_fills_a_profile(
    kind: str, points: str, self_max: str, open_points: str, tmp_path: Path
) -> None:
    sample = samples.load(kind)
    steps: list[tuple[int, int]] = []
    with _profile(tmp_path, kind) as opened:
        samples.fill(opened, sample, Progress(lambda _step, done, total: steps.append((done, total))))
        round_id = rounds.rounds(opened)[0].id
        score = scoring.sheet(opened, round_id).score
        lost = {
            code: row.max_points - row.points for code, row in score.rows.items() if row.points is not None
        }
        adjustments = {"9.1", "9.2", "9.3", "9.4", "9.5"}
        assert {
            code: str(value) for code, value in lost.items() if value and code not in adjustments
        } == LOST[kind]
        total = score.total
        assert (total.self_points, total.self_max, total.open_points) == (
            Decimal(points),
            Decimal(self_max),
            Decimal(open_points),
        )
        written = plan.plan(opened, round_id)
        assert len(written.tasks) == len(sample.tasks)
        assert [f for f in plan.findings(opened, round_id) if f.severity is Severity.ERROR] == []
        kept = evidence.all_evidence(opened, round_id)
        assert [piece.name for piece in kept] == [piece.name for piece in sample.evidence]
        task_ids = {task.id for task in written.tasks}
        linked = {link.key for piece in kept for link in piece.links if link.kind is LinkKind.TASK}
        assert linked
        assert linked <= task_ids
        copy = evidence.open_copy(opened, kept[0].id)
        assert copy.stat().st_size == kept[0].size
        assert overview.todo(opened, round_id, date(2026, 11, 22))
    assert steps[-1] == (len(sample.evidence) + 2, len(sample.evidence) + 2)
    assert steps == sorted(steps)


def test_stopping_leaves_a_profile_that_opens(tmp_path: Path) -> None:
    sample = samples.load("commune")
    progress = Progress()

    def stop_at_evidence(_step: Message, done: int, _total: int) -> None:
        if done == 4:
            progress.stop()

    progress.report = stop_at_evidence
    with _profile(tmp_path, "commune") as opened:
        with pytest.raises(Cancelled):
            samples.fill(opened, sample, progress)
        assert evidence.all_evidence(opened, rounds.rounds(opened)[0].id) == ()


def test_an_unknown_sample_is_advice() -> None:
    with pytest.raises(KnownError) as raised:
        samples.load("../secret")
    assert "commune, department" in render(raised.value.message)


def _profile(tmp_path: Path, kind: str) -> Profile:
    sample = samples.load(kind)
    return create_profile(tmp_path / "p", sample.unit, sample.year, sample.criteria, sample.plan_template)
