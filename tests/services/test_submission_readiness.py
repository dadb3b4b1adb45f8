"""What is missing before a package is handed in, how large it will be, and what is warned of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_desktop.domain.evidence import EvidenceRecord
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.readiness import DEFAULT_EMAIL_LIMIT, email_size
from cchc_desktop.domain.round import HeadConfirmation
from cchc_desktop.domain.scoring import RowState
from cchc_desktop.language import render
from cchc_desktop.package.content_codec import read_selfscore
from cchc_desktop.services import evidence, rounds, scoring, submissions
from tests.services.handing_in import Opened, sample_profile, unpacked


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Read-only use: nothing may be handed in on this one."""
    with sample_profile(tmp_path_factory.mktemp("shared") / "hồ sơ") as found:
        yield found


@pytest.mark.parametrize("kind", submissions.KINDS)
def test_size_is_about_right_and_fits_an_email(kind: PackageKind, opened: Opened, usb: Path) -> None:
    profile, round_id = opened
    told = submissions.readiness(profile, round_id, kind)
    sent = submissions.export(profile, round_id, kind, usb)
    assert abs(told.size - sent.size) < 60_000
    assert told.email_limit == DEFAULT_EMAIL_LIMIT == 20_000_000
    assert told.fits_email is (sent.size * 137 // 100 <= 20_000_000)
    assert told.ready


def test_email_limit_can_be_set(opened: Opened) -> None:
    profile, round_id = opened
    size = submissions.readiness(profile, round_id, "plan").size
    submissions.set_email_limit(profile, email_size(size))
    assert submissions.readiness(profile, round_id, "plan").fits_email
    submissions.set_email_limit(profile, email_size(size) - 1)
    assert not submissions.readiness(profile, round_id, "plan").fits_email


def test_email_grows_by_the_measured_factor() -> None:
    """25 MB carry 18.2 MB (measured: base64 in lines of 76 letters)."""
    assert email_size(18_200_000) <= 25_000_000 < email_size(18_300_000)


def test_sample_unit_lacks_only_what_it_lacks(shared: Opened) -> None:
    profile, round_id = shared
    told = submissions.readiness(profile, round_id, "selfscore")
    confirmed = rounds.round_of(profile, round_id).confirmation is not None
    expected = [] if confirmed else ["submissions.not_confirmed"]
    assert [message.id for message in told.missing] == expected
    assert told.evidence_count == len(evidence.all_evidence(profile, round_id))
    assert all(render(message) for message in (*told.missing, *told.warnings))


def test_open_rows_and_rows_without_evidence_are_counted(opened: Opened) -> None:
    profile, round_id = opened
    sheet = scoring.sheet(profile, round_id)
    emptied = [n for n in sheet.criteria.rows if n.scored_by == "self" and n.key in sheet.answers][:2]
    for node in emptied:
        scoring.set_answer(profile, round_id, node.key, None)
    evidence.remove(profile, [item.id for item in evidence.all_evidence(profile, round_id)])
    told = submissions.readiness(profile, round_id, "selfscore")
    by_id = {message.id.removesuffix("_more"): message for message in told.missing}
    assert by_id["submissions.open_rows"].args["rows"] == tuple(node.code for node in emptied)
    assert by_id["submissions.open_rows"].args["points"] == sum((n.max_points for n in emptied), Decimal(0))
    wanting = [
        node
        for node in sheet.criteria.rows
        if node.evidence_required
        and node not in emptied
        and sheet.score.rows[node.code].state is RowState.SCORED
        and (sheet.score.rows[node.code].points or 0) > 0
        and not sheet.answer(node.key).explanation.strip()
    ]
    assert by_id["submissions.rows_without_evidence"].args["count"] == len(wanting) > 12
    assert by_id["submissions.rows_without_evidence"].args["rest"] == len(wanting) - 12
    assert told.ready


def test_personal_data_is_warned_of(opened: Opened, tmp_path: Path) -> None:
    profile, round_id = opened
    before = sum(item.record.personal_data for item in evidence.all_evidence(profile, round_id))
    scan = tmp_path / "danh sách.pdf"
    scan.write_bytes(b"%PDF-1.4\n% names\n%%EOF\n")
    evidence.add(profile, round_id, scan, EvidenceRecord(number="1", personal_data=True), ())
    warned = submissions.readiness(profile, round_id, "selfscore").warnings
    told = [(message.id, message.args["count"]) for message in warned]
    assert told == [("submissions.personal_data", before + 1)]


def test_confirmed_score_lacks_no_confirmation(opened: Opened, usb: Path, tmp_path: Path) -> None:
    profile, round_id = opened
    total = scoring.sheet(profile, round_id).score.total.points
    told = HeadConfirmation("Nguyễn Văn A", "Chủ tịch", date(2026, 12, 7), total)
    rounds.confirm(profile, round_id, told)
    missing = submissions.readiness(profile, round_id, "selfscore").missing
    assert "submissions.not_confirmed" not in [message.id for message in missing]
    sent = submissions.export(profile, round_id, "selfscore", usb)
    out = unpacked(usb / sent.file_name, tmp_path / "out")
    assert read_selfscore((out / "data/selfscore.json").read_bytes()).confirmation == told
