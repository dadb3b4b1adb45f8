"""`cchc export --what calendar`: a province's dates taken in, and the year's file on the command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cchc_desktop.domain.pack import PackKind, PackRef
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.formpack import calendar_codec
from cchc_desktop.services import form_packs, packs
from cchc_desktop.services.profile import create_profile
from tests.cli.commands import run
from tests.formpack.test_calendar_pack import PROVINCE


def test_the_file_follows_the_provinces_own_dates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, to = tmp_path / "xã", tmp_path / "ra"
    to.mkdir()
    criteria, template = packs.for_unit_kind(UnitKind.COMMUNE, 2026)
    unit = Unit(UnitKind.COMMUNE, "UBND xã Ea H'Leo/2", "XA/EA'H", "UBND tỉnh Đắk Lắk")
    calendar = tmp_path / "lich-dak-lak.json"
    calendar.write_bytes(calendar_codec.encode(PROVINCE))
    with create_profile(data, unit, 2026, criteria, template) as profile:
        offered = form_packs.offer(profile, calendar)
        assert (offered.info.kind, offered.known) == (PackKind.CALENDAR, False)
        assert form_packs.take(profile, calendar).ref == PackRef("lich-dak-lak", 1)
        again = tmp_path / "sua.json"
        again.write_bytes(calendar_codec.encode(replace(PROVINCE, title="Khác")))
        with pytest.raises(Exception, match="version_taken"):
            form_packs.take(profile, again)
    answer = run(capsys, "export", "--what", "calendar", "--year", 2026, "--to", to, data=data)
    assert answer.code == 0
    written = Path(answer.out.strip())
    assert written.parent == to
    content = written.read_bytes()
    assert b"DTSTART;VALUE=DATE:20260115\r\n" in content
    assert b"DTSTART;VALUE=DATE:20261130\r\n" in content
    assert b"20260228" not in content
    assert run(capsys, "export", "--what", "calendar", "--year", 2031, "--to", to, data=data).code == 2
    assert run(capsys, "export", "--what", "calendar", "--year", 2026, "--to", to / "x", data=data).code == 2
