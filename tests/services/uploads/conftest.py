"""The unit, the office and its server of these tests; pieces that fit tests."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cchc_desktop.delivery import upload, upload_access
from cchc_desktop.domain.delivery import DeliveryState
from cchc_desktop.services import (
    enrolment,
    evidence,
    office_certificates,
    office_enrolment,
    rounds,
    submissions,
)
from cchc_desktop.services.profile import Profile, open_profile
from tests.delivery.office_server import OfficeServer
from tests.services.handing_in import sample_profile
from tests.services.uploads.handing_over import SECRET, Both, receiving

LARGE = 6_000_000


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Both:
    folder = tmp_path_factory.mktemp("both")
    place, post = folder / "sở", folder / "đường đi"
    post.mkdir()
    office_certificates.create(place, "Sở Nội vụ tỉnh mẫu", "SNV-MAU", SECRET, SECRET)
    with sample_profile(folder / "xã") as (profile, round_id):
        add_large_evidence(profile, round_id, post)
        unit = rounds.round_of(profile, round_id).unit
        request, asked = enrolment.write_enrolment(profile, unit, post)
        _row, answer = office_enrolment.enrol(place, request, asked.code, post)
        code = office_certificates.state(place).authority.spoken_code
        enrolment.take_answer(profile, answer, code)
        port = free_port()
        address = f"http://127.0.0.1:{port}/files"
        made, delivery = submissions.prepare(profile, round_id, "selfscore", "upload", address)
        assert delivery.state is DeliveryState.QUEUED
    return Both(folder / "xã", place, round_id, port, made.package_id, delivery.id)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as asked:
        return int(asked.getsockname()[1])


def add_large_evidence(profile: Profile, round_id: str, folder: Path) -> None:
    """So that the package takes a few pieces."""
    from cchc_desktop.domain.evidence import EvidenceRecord

    file = folder / "bản quét.txt"
    file.write_bytes(b"".join(b"%09d\n" % number for number in range(LARGE // 10)))
    evidence.add(profile, round_id, file, EvidenceRecord(), ())


@pytest.fixture
def both(made_once: Both, tmp_path: Path) -> Both:
    shutil.copytree(made_once.unit, tmp_path / "xã")
    shutil.copytree(made_once.office, tmp_path / "sở")
    return replace(made_once, unit=tmp_path / "xã", office=tmp_path / "sở")


@pytest.fixture(autouse=True)
def no_access_left() -> Iterator[None]:
    yield
    upload_access._known.clear()


@pytest.fixture
def server(both: Both, tmp_path: Path) -> Iterator[OfficeServer]:
    with receiving(both, tmp_path, both.port) as started:
        yield started


@pytest.fixture
def unit(both: Both) -> Iterator[Profile]:
    with open_profile(both.unit) as profile:
        yield profile


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the program sends, but in pieces that fit tests, and without long pauses."""
    real = upload.send

    def send(*arguments: object, **more: object) -> None:
        patience = upload.Patience(first=0.02, longest=0.2)
        real(*arguments, **(more | {"piece": 512 * 1024, "patience": patience}))  # type: ignore[arg-type]

    monkeypatch.setattr(upload, "send", send)
