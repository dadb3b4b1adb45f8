"""A unit's profile as the years leave it, written through services only, for every figure that needs one.

2 years are 3 rounds, as a merger leaves them: two communes' last year, and the merged commune's year now.
Each round is filled: texts, the sample's targets and tasks, scores, 100 evidence files of several kinds.
`times` multiplies tasks, targets and evidence of each round; the rows are the criteria set's and stay.
"""

from __future__ import annotations

import atexit
import random
import shutil
import struct
import tempfile
import zlib
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from cchc_desktop.domain.evidence import EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.domain.plan import Task
from cchc_desktop.domain.sample import Sample
from cchc_desktop.services import evidence, plan, plan_rows, rounds, samples, scoring
from cchc_desktop.services.profile import Profile, create_profile

FILES = 100
"""Evidence files in each round."""
YEARS = 2
_SEED = 2026


def make(folder: Path, times: int = 1, years: int = YEARS) -> None:
    """Make the profile in `folder`: `years` filled years, of which the last is the sample's own (2026).

    The year before a merger has two rounds, one of each old commune; earlier years have one. It is built
    once in a process, and copied.
    """
    shutil.copytree(_built(times, years), folder)


@cache
def _built(times: int, years: int) -> Path:
    kept = Path(tempfile.mkdtemp(prefix="cchc-bench-"))
    atexit.register(shutil.rmtree, kept, ignore_errors=True)
    _build(kept / "profile", times, years)
    return kept / "profile"


def _build(folder: Path, times: int, years: int) -> None:
    sample = samples.load("commune")
    with tempfile.TemporaryDirectory(prefix="cchc-bench-") as name:
        old = [Path(name) / "xã cũ A", Path(name) / "xã cũ B"]
        for number, old_folder in enumerate(old):
            first = sample.year - 1 if number else sample.year - years + 1
            _old_commune(old_folder, sample, range(first, sample.year), times)
        made = create_profile(
            *(folder, sample.unit, sample.year, sample.criteria, sample.plan_template), old_folders=old
        )
        with made as profile:
            _fill(profile, rounds.rounds(profile)[0].id, sample, sample.year, times)


def newest_round(profile: Profile) -> str:
    return rounds.rounds(profile)[0].id


def _old_commune(folder: Path, sample: Sample, years: range, times: int) -> None:
    unit = replace(sample.unit, name=f"UBND {folder.name}", code=f"XA-CU-{folder.name[-1]}")
    make_with = (sample.criteria, sample.plan_template)
    with create_profile(folder, unit, years[0], *make_with) as profile:
        for year in years:
            if year != years[0]:
                rounds.start_year(profile, year, newest_round(profile), *make_with)
            _fill(profile, newest_round(profile), sample, year, times)


def _fill(profile: Profile, round_id: str, sample: Sample, year: int, times: int) -> None:
    chance = random.Random(f"{_SEED} {year} {profile.folder.name[-1:]}")
    for section, words in sample.texts.items():
        plan.set_text(profile, round_id, section, words.replace(str(sample.year), str(year)))
    plan.set_issue(profile, round_id, sample.issue)
    _write_rows(profile, round_id, sample, year, times)
    for key, answer in sample.answers.items():
        if answer.entry is not None:
            scoring.set_answer(profile, round_id, key, answer.entry)
        if answer.explanation:
            scoring.set_explanation(profile, round_id, key, answer.explanation)
    tasks = plan.plan(profile, round_id).tasks
    keys = sorted(sample.answers)
    with tempfile.TemporaryDirectory(prefix="cchc-bench-") as name:
        for number in range(FILES * times):
            path = _file(Path(name), number, year, chance)
            links = [EvidenceLink(LinkKind.ROW, keys[number % len(keys)])]
            if number % 3 == 0:
                links.append(EvidenceLink(LinkKind.TASK, chance.choice(tasks).id))
            evidence.add(profile, round_id, path, _record(number, year, chance), links)
            path.unlink()


def _write_rows(profile: Profile, round_id: str, sample: Sample, year: int, times: int) -> None:
    """The sample's targets and tasks, `times` over; the further ones say which they are."""
    for kind, rows in ((plan_rows.Rows.TARGETS, sample.targets), (plan_rows.Rows.TASKS, sample.tasks)):
        edits = []
        for turn in range(times):
            for row in rows:
                fields = {name: value for name, value in vars(row).items() if name not in _PLACE}
                if turn:
                    fields |= {"title": f"{row.title} (đợt {turn + 1})", "preset": ""}
                if isinstance(row, Task):
                    fields["due"] = row.due.replace(str(sample.year), str(year))
                    fields["done_on"] = row.done_on and row.done_on.replace(year=year)
                edits.append(plan_rows.RowEdit(None, row.area, fields))
        plan_rows.write(profile, round_id, kind, edits)


_PLACE = ("id", "area", "position")
_KINDS = ("Báo cáo", "Kế hoạch", "Quyết định", "Công văn", "Biên bản", "Thông báo", "Giấy mời", "Danh sách")
_MATTERS = (
    "rà soát, đánh giá thủ tục hành chính thuộc lĩnh vực đất đai",
    "số hóa hồ sơ, kết quả giải quyết thủ tục hành chính",
    "tiếp nhận hồ sơ trực tuyến tại Trung tâm Phục vụ hành chính công",
    "kiểm tra công tác cải cách hành chính các buôn, thôn",
    "khảo sát mức độ hài lòng của người dân, tổ chức",
    "bồi dưỡng cán bộ, công chức về chuyển đổi số",
    "sắp xếp tổ chức bộ máy và vị trí việc làm",
    "giải ngân vốn đầu tư công và thu ngân sách",
    "trả lời phản ánh, kiến nghị của buôn Ẳng",
)
_ISSUERS = ("UBND xã Ea Kao", "Văn phòng HĐND và UBND", "Phòng Kinh tế", "Sở Nội vụ", "HĐND xã Ea Kao")


def _record(number: int, year: int, chance: random.Random) -> EvidenceRecord:
    return EvidenceRecord(
        number=f"{number + 1}/BC-UBND",
        issued_on=date(year, chance.randrange(1, 13), chance.randrange(1, 29)),
        issuer=chance.choice(_ISSUERS),
        abstract=f"{chance.choice(_KINDS)} {chance.choice(_MATTERS)} năm {year}",
        page=str(chance.randrange(1, 30)),
    )


def _file(folder: Path, number: int, year: int, chance: random.Random) -> Path:
    """A small file of one of five kinds, 1–24 kB, its content its own."""
    ending, content = (
        (".pdf", _pdf),
        (".txt", _text),
        (".csv", _table),
        (".png", _picture),
        (".pdf", _pdf),
    )[number % 5]
    path = folder / f"{number + 1:04d} {chance.choice(_KINDS)} {chance.choice(_MATTERS)} {year}{ending}"
    path.write_bytes(content(number, chance))
    return path


def _text(number: int, chance: random.Random) -> bytes:
    lines = (f"{number}.{line} {chance.choice(_MATTERS)}" for line in range(chance.randrange(20, 120)))
    return "\n".join(lines).encode()


def _table(number: int, chance: random.Random) -> bytes:
    lines = (f"{number};{line};{chance.randrange(5000)}" for line in range(chance.randrange(50, 600)))
    return ("hồ sơ;lần;số lượng\n" + "\n".join(lines)).encode()


def _picture(_number: int, chance: random.Random) -> bytes:
    side = chance.randrange(40, 90)
    rows = b"".join(b"\0" + chance.randbytes(3 * side) for _ in range(side))

    def chunk(name: bytes, content: bytes) -> bytes:
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _pdf(number: int, chance: random.Random) -> bytes:
    """One page that says its number, with a stream as long as a short letter's."""
    words = f"BT /F1 14 Tf 72 720 Td (So {number}: {chance.random()}) Tj ET".encode()
    stream = words + b"\n" + b" " * chance.randrange(500, 12_000)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Font << /F1 5 0 R >> >>",
    )
    content, places = b"%PDF-1.4\n", []
    for object_number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (object_number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(content)
    return content + b"xref\n0 7\n0000000000 65535 f \n" + table + end
