"""Packs on their way: signed, taken in or refused with the reason, listed, checked, removed."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cchc_desktop.domain.pack import PackKind, PackRef
from cchc_desktop.domain.package_kind import PackageKind
from cchc_desktop.domain.vietnam_time import vietnam_now
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import installing
from cchc_desktop.language import render
from cchc_desktop.package.layout import FORMPACK_NAME
from cchc_desktop.package.writer import Part, write_package
from cchc_desktop.services import criteria_files, form_packs, packs, rounds, scoring, trusted, verification
from cchc_desktop.services.form_packs import Origin
from cchc_desktop.services.profile import Profile, create_profile
from cchc_desktop.trust.key_room import KeyRoom
from tests.package.samples import head
from tests.services.office import FIRST, SET, UNIT, Book, Office, office, unit, version

REF = PackRef(SET, 1)
FORMS = Path(__file__).resolve().parents[2] / "forms"


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return office(tmp_path_factory.mktemp("văn phòng") / "khóa")


@pytest.fixture(scope="module")
def package(issuer: Office) -> Path:
    return issuer.signed("bản 1")


@pytest.fixture
def profile(data_folder: Path, issuer: Office) -> Iterator[Profile]:
    with unit(data_folder, issuer) as made:
        yield made


def refused(code: str, work: Callable[[], object]) -> str:
    with pytest.raises(KnownError) as fault:
        work()
    assert fault.value.code == code, fault.value
    return render(fault.value.message)


def files(profile: Profile) -> list[str]:
    return sorted(
        str(path.relative_to(profile.folder))
        for path in (profile.folder / "forms").rglob("*")
        if path.is_file()
    )


def test_the_package_is_one_that_standard_tools_verify(package: Path, issuer: Office, tmp_path: Path) -> None:
    found = verification.verify(package, [issuer.file])
    assert (found.outcome.value, found.kind, found.period) == ("valid", "formpack", "2026")
    assert [file.title for file in found.files] == ["Phần đầu của gói", "Bộ biểu mẫu", "thu-2026-1.xlsx"]
    subprocess.run(["unzip", "-q", str(package), "-d", str(tmp_path / "mở")], check=True)
    meta = tmp_path / "mở" / "META-INF"
    subprocess.run(
        [
            *("openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER"),
            *("-in", str(meta / "signature001.p7s"), "-content", str(meta / "ASiCManifest001.xml")),
            *("-CAfile", str(issuer.file), "-out", "/dev/null"),
        ],
        check=True,
        capture_output=True,
    )
    subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=tmp_path / "mở", check=True)


def test_a_good_pack_is_taken_in_and_found(profile: Profile, package: Path) -> None:
    offer = form_packs.offer(profile, package)
    assert (offer.info.ref, offer.info.title, offer.known, offer.warnings) == (REF, "Bộ thử", False, ())
    assert files(profile) == []
    assert form_packs.take(profile, package).ref == REF
    assert files(profile) == ["forms/criteria/thu-2026-1.json", "forms/signed/criteria-thu-2026-1.asice"]
    assert packs.criteria_set(REF, profile.folder).title == "Bộ thử"
    [mine] = [pack for pack in form_packs.listed(profile) if pack.info and pack.info.ref == REF]
    assert (mine.origin, mine.years) == (Origin.SIGNED, ())
    assert form_packs.check(profile, PackKind.CRITERIA, REF) == ()
    assert form_packs.offer(profile, package).known
    form_packs.take(profile, package)
    assert len(files(profile)) == 2


def test_a_signer_that_nobody_confirmed_is_refused(data_folder: Path, package: Path, issuer: Office) -> None:
    with unit(data_folder) as stranger:
        told = refused("form_packs.refused", lambda: form_packs.take(stranger, package))
        assert issuer.certificate.spoken_code in told
        assert files(stranger) == []
        trusted.confirm(stranger, issuer.file, issuer.certificate.spoken_code)
        form_packs.take(stranger, package)
        trusted.forget(stranger, issuer.certificate.fingerprint)
        assert trusted.certificates(stranger) == ()
        [why] = form_packs.check(stranger, PackKind.CRITERIA, REF)
        assert issuer.certificate.name in render(why)


def test_a_changed_package_is_refused_at_every_twentieth_byte(
    profile: Profile, package: Path, tmp_path: Path
) -> None:
    content, changed = package.read_bytes(), tmp_path / "sửa.asice"
    for at in range(0, len(content), max(1, len(content) // 20)):
        changed.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        refused("form_packs.refused", lambda: form_packs.take(profile, changed))
    changed.write_bytes(content[: len(content) // 2])
    refused("form_packs.refused", lambda: form_packs.take(profile, changed))
    refused("package.missing", lambda: form_packs.take(profile, tmp_path / "không có.asice"))
    assert files(profile) == []


def test_an_older_pack_and_another_content_of_the_same_version_are_refused(
    profile: Profile, issuer: Office
) -> None:
    def named(title: str, number: int) -> Callable[[Book], object]:
        def change(book: Book) -> None:
            version(number)(book)
            book["Thông tin"][3][1] = title

        return change

    form_packs.take(profile, issuer.signed("hai", named("Bộ hai", 2)))
    told = refused(
        "formpack.older_than_installed", lambda: form_packs.take(profile, issuer.signed("một", version(1)))
    )
    assert "phiên bản 1" in told and "phiên bản 2" in told
    other = issuer.signed("hai nữa", named("Bộ hai khác", 2))
    refused("formpack.version_taken", lambda: form_packs.take(profile, other))
    refused("formpack.version_taken", lambda: form_packs.offer(profile, other))
    form_packs.take(profile, issuer.signed("ba", named("Bộ ba", 3)))
    assert [path for path in files(profile) if "criteria/" in path] == [
        "forms/criteria/thu-2026-2.json",
        "forms/criteria/thu-2026-3.json",
    ]
    assert packs.newest_criteria_set(SET, profile.folder).title == "Bộ ba"


def test_the_programs_own_version_can_not_be_given_another_content(profile: Profile, issuer: Office) -> None:
    def same_as_own(book: Book) -> None:
        book["Thông tin"][1][1] = "xa-mau-2026"

    refused("formpack.version_taken", lambda: form_packs.take(profile, issuer.signed("trùng", same_as_own)))


def test_a_workbook_may_be_tried_and_gives_way(profile: Profile, issuer: Office, package: Path) -> None:
    trial = issuer.workbook("thử", lambda book: book["Thông tin"][3].__setitem__(1, "Bộ nháp"))
    offer = form_packs.offer(profile, trial)
    assert [warning.id for warning in offer.warnings] == ["form_packs.unsigned"]
    form_packs.take(profile, trial)
    [mine] = [pack for pack in form_packs.listed(profile) if pack.info and pack.info.ref == REF]
    assert mine.origin is Origin.TRIAL
    refused("formpack.version_taken", lambda: form_packs.take(profile, package))
    form_packs.remove(profile, PackKind.CRITERIA, REF)
    form_packs.take(profile, package)
    assert packs.criteria_set(REF, profile.folder).title == "Bộ thử"
    broken = issuer.workbook("lỗi", lambda book: book["Tiêu chí"][1].__setitem__(4, 7))
    told = refused("form_packs.not_compiled", lambda: form_packs.take(profile, broken))
    assert "ô E2" in told


def test_a_report_is_no_form_pack_and_a_head_that_lies_is_refused(
    profile: Profile, issuer: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cchc_desktop.formpack.installing import ReadPack

    monkeypatch.setattr(ReadPack, "ref", property(lambda self: PackRef("khac", 9)))
    lying = issuer.signed("dối")
    monkeypatch.undo()
    told = refused("form_packs.wrong_content", lambda: form_packs.take(profile, lying))
    assert "khac" in told and SET in told
    (tmp_path / "tệp.asice").write_bytes(b"PK")
    refused("form_packs.refused", lambda: form_packs.take(profile, tmp_path / "tệp.asice"))


def test_a_pack_in_use_stays_and_so_does_the_programs_own(profile: Profile, package: Path) -> None:
    form_packs.take(profile, package)
    round_ = rounds.rounds(profile)[0]
    rounds.start_year(profile, 2027, round_.id, REF, FIRST[1])
    told = refused("form_packs.in_use", lambda: form_packs.remove(profile, PackKind.CRITERIA, REF))
    assert "2027" in told
    own = PackRef("so-mau-2026", 1)
    refused("formpack.own_pack", lambda: form_packs.remove(profile, PackKind.CRITERIA, own))
    assert [pack.years for pack in form_packs.listed(profile) if pack.info and pack.info.ref == REF] == [
        (2027,)
    ]


def test_a_pack_changed_on_the_disk_and_a_broken_one_are_told(profile: Profile, package: Path) -> None:
    form_packs.take(profile, package)
    place = profile.folder / "forms" / "criteria" / "thu-2026-1.json"
    content = json.loads(place.read_bytes())
    content["title"] = "Bộ bị sửa"
    place.write_text(json.dumps(content, ensure_ascii=False))
    [why] = form_packs.check(profile, PackKind.CRITERIA, REF)
    assert why.id == "form_packs.changed_since"
    place.write_text("{}")
    [broken] = [pack for pack in form_packs.listed(profile) if pack.info is None]
    assert broken.file_name == place.name and broken.broken is not None and render(broken.broken)


def test_what_is_in_use_or_came_from_somebody_is_listed_without_the_rest(
    profile: Profile, package: Path
) -> None:
    form_packs.take(profile, package)
    everything, few = form_packs.listed(profile), form_packs.listed(profile, unused=False)
    assert few == tuple(one for one in everything if one.years or one.origin is not Origin.PROGRAM)
    assert REF in [one.info.ref for one in few if one.info]
    assert len(few) < len(everything) == form_packs.number(profile)


def test_rounds_of_an_old_profile_bring_the_packs_they_were_made_with(
    tmp_path: Path, profile: Profile, issuer: Office, package: Path
) -> None:
    with unit(tmp_path / "cũ", issuer) as old:
        form_packs.take(old, package)
        form_packs.take(old, issuer.signed("không dùng", version(2)))
        first = rounds.rounds(old)[0].id
        made = rounds.start_year(old, 2027, first, REF, FIRST[1])[1].id
        scoring.set_answer(old, made, "ke_hoach", {"option": "Đủ"})
    form_packs.take(profile, issuer.signed("mới hơn", version(3)))
    rounds.start_merged(profile, replace(UNIT, name="UBND xã AB"), 2028, *FIRST, [tmp_path / "cũ"])
    [archived] = [round_ for round_ in rounds.rounds(profile) if round_.archived and round_.year == 2027]
    assert str(scoring.sheet(profile, archived.id).score.rows["1.1"].points) == "2.00"
    assert [path for path in files(profile) if SET in path] == [
        "forms/criteria/thu-2026-1.json",
        "forms/criteria/thu-2026-3.json",
        "forms/signed/criteria-thu-2026-1.asice",
        "forms/signed/criteria-thu-2026-3.asice",
    ]
    assert form_packs.check(profile, PackKind.CRITERIA, REF) == ()
    with create_profile(tmp_path / "mới", UNIT, 2029, *FIRST, old_folders=[tmp_path / "cũ"]) as made_new:
        assert (tmp_path / "mới" / "forms" / "criteria" / "thu-2026-1.json").is_file()
        old_one = next(round_ for round_ in rounds.rounds(made_new) if round_.year == 2027)
        assert scoring.sheet(made_new, old_one.id).criteria.id == SET


def _no_pack(kind: PackageKind, files: list[Part]) -> Callable[[Office, Path], None]:
    """A package that the office signed, with whatever in it."""

    def write(issuer: Office, to: Path) -> None:
        signer = KeyRoom(issuer.folder).signer()
        code, name = signer.certificate.unit_code, signer.certificate.name
        made = head(
            kind=kind, sender_id=code, sender_name=name, documents=(), evidence=(), form_pack=PackRef(SET, 1)
        )
        with to.open("wb") as file:
            write_package(file, made, files, signer, vietnam_now())

    return write


DEEP = b'{"format":"cchc-criteria/1","a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
LONG = b'{"format":"cchc-criteria/1","version":' + b"9" * 4000 + b"}"
CLIMBING = b'{"format":"cchc-criteria/1","id":"../../x","version":1}'


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        (PackageKind.FORMPACK, None, "form_packs.refused"),
        (PackageKind.SELFSCORE, b"{}", "form_packs.refused"),
        (PackageKind.SELFSCORE, None, "form_packs.other_kind"),
        (PackageKind.FORMPACK, b"{}", "formpack.pack_unreadable"),
        (PackageKind.FORMPACK, b"\xff\xfe", "formpack.pack_unreadable"),
        (PackageKind.FORMPACK, DEEP, "formpack.pack_unreadable"),
        (PackageKind.FORMPACK, LONG, "formpack.pack_unreadable"),
        (PackageKind.FORMPACK, CLIMBING, "formpack.pack_unreadable"),
        (PackageKind.FORMPACK, b'{"format":"cchc-plan-template/1"}', "plan.template_unreadable"),
    ],
    ids=["no pack", "pack in a report", "a report", "empty", "no text", "deep", "long", "climbing", "plan"],
)
def test_what_a_trusted_office_signs_is_distrusted_all_the_same(
    profile: Profile, issuer: Office, tmp_path: Path, kind: PackageKind, content: bytes | None, code: str
) -> None:
    form_packs.take(profile, issuer.signed("lành"))  # the good one passes first
    form_packs.remove(profile, PackKind.CRITERIA, REF)
    parts = [] if content is None else [Part(FORMPACK_NAME, content)]
    _no_pack(kind, parts)(issuer, tmp_path / "độc.asice")
    begun = time.perf_counter()
    refused(code, lambda: form_packs.take(profile, tmp_path / "độc.asice"))
    assert time.perf_counter() - begun < 2
    assert files(profile) == []


def test_a_disk_that_fails_leaves_no_half_installed_pack(
    profile: Profile, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def full(descriptor: int) -> None:
        real(descriptor)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(installing.os, "fsync", full)
    refused("formpack.not_written", lambda: form_packs.take(profile, package))
    monkeypatch.undo()
    assert [path for path in files(profile) if path.startswith("forms/criteria")] == []
    assert REF not in [pack.info.ref for pack in form_packs.listed(profile) if pack.info]
    form_packs.take(profile, package)
    assert form_packs.check(profile, PackKind.CRITERIA, REF) == ()


def test_plan_templates_travel_the_same_way(profile: Profile, issuer: Office, tmp_path: Path) -> None:
    raw = json.loads((FORMS / "plan" / "ke-hoach-xa-2026.json").read_text("utf-8"))
    raw["version"] = 2
    file = tmp_path / "kế hoạch.json"
    file.write_text(json.dumps(raw, ensure_ascii=False), "utf-8")
    pack = criteria_files.open_pack(str(file)).pack
    assert pack is not None
    signed, _written = form_packs.sign(pack, issuer.folder, tmp_path / "kế hoạch.asice")
    info = form_packs.take(profile, signed)
    assert (info.kind, info.ref.version) == (PackKind.PLAN, 2)
    assert packs.plan_template(info.ref, profile.folder).version == 2


def test_the_spoken_code_is_heard_or_nothing_is_trusted(data_folder: Path, issuer: Office) -> None:
    with unit(data_folder) as made:
        code = issuer.certificate.spoken_code
        wrong = ("B" if code[0] != "B" else "C") + code[1:]
        refused("trust.code_differs", lambda: trusted.confirm(made, issuer.file, wrong))
        assert trusted.certificates(made) == ()
        heard = code.replace("-", " ").lower().replace("o", "0").replace("i", "1")
        assert trusted.confirm(made, issuer.file, heard) == issuer.certificate
        assert trusted.certificates(made) == (issuer.certificate,)
