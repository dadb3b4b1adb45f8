"""Plan templates on their way from the office's workbook to a unit."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_desktop.domain.pack import PackKind, PackRef
from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack.plan_codec import encode
from cchc_desktop.formpack.plan_compiler import compile_plan, is_plan_sheet
from cchc_desktop.formpack.workbook_writer_plan import plan_workbook
from cchc_desktop.intake.workbook import parse_workbook
from cchc_desktop.services import criteria_files, form_packs, packs
from cchc_desktop.services.profile import Profile
from tests.formpack.books import book_bytes
from tests.formpack.plan_books import small_plan
from tests.services.office import Office, office, unit

REF = PackRef("ke-hoach-thu", 2)


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return office(tmp_path_factory.mktemp("van-phong") / "khoa")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "khung.xlsx"
    sheets = small_plan()
    sheets["Thông tin"][4][1] = "năng lực cạnh tranh"
    path.write_bytes(book_bytes(sheets))
    return path


@pytest.fixture
def profile(data_folder: Path, issuer: Office) -> Iterator[Profile]:
    with unit(data_folder, issuer) as made:
        yield made


def test_a_signed_plan_workbook_is_taken_in_with_its_kind(
    profile: Profile, issuer: Office, book: Path, tmp_path: Path
) -> None:
    pack = criteria_files.open_pack(str(book)).pack
    assert pack is not None
    package, _written = form_packs.sign(pack, issuer.folder, tmp_path / "khung.asice")
    with zipfile.ZipFile(package) as parts:
        carried = parts.read("documents/formpack.xlsx")
    found = compile_plan(parse_workbook(carried, "thu.xlsx", is_plan_sheet)).template
    assert found == pack
    offered = form_packs.offer(profile, package)
    assert offered.verification is not None
    assert offered.verification.outcome in (Outcome.VALID, Outcome.VALID_WITH_WARNINGS)
    info = form_packs.take(profile, package)
    assert (info.ref, info.kind, info.plan_kind) == (REF, PackKind.PLAN, PlanKind.COMPETITIVENESS)
    assert packs.plan_template(REF, profile.folder) == pack
    listed = {entry.ref: entry.plan_kind for entry in packs.plan_templates(profile.folder)}
    assert listed[REF] is PlanKind.COMPETITIVENESS
    assert form_packs.check(profile, PackKind.PLAN, REF) == ()


def test_a_plan_workbook_may_be_tried_and_its_version_has_one_content(
    profile: Profile, book: Path, tmp_path: Path
) -> None:
    offered = form_packs.offer(profile, book)
    assert (offered.known, offered.verification) == (False, None)
    form_packs.take(profile, book)
    template = packs.plan_template(REF, profile.folder)
    assert form_packs.offer(profile, book).known
    sheets = small_plan()
    sheets["Thông tin"][3][1] = "Tên khác"
    other = tmp_path / "khác.xlsx"
    other.write_bytes(book_bytes(sheets))
    with pytest.raises(KnownError) as raised:
        form_packs.take(profile, other)
    assert raised.value.code == "formpack.version_taken"
    sheets["Thông tin"][2][1] = 1
    sheets["Đổi khóa"][1:] = []
    other.write_bytes(book_bytes(sheets))
    with pytest.raises(KnownError) as raised:
        form_packs.take(profile, other)
    assert raised.value.code == "formpack.older_than_installed"
    exported = tmp_path / "ra.xlsx"
    criteria_files.export_to(template, exported)
    assert exported.read_bytes() == plan_workbook(template)
    opened = criteria_files.open_workbook(exported)
    assert opened.pack == template
    assert encode(template) == (profile.folder / "forms" / "plan" / "ke-hoach-thu-2.json").read_bytes()


def test_a_plan_workbook_with_an_error_says_the_first_place(profile: Profile, tmp_path: Path) -> None:
    sheets = small_plan()
    sheets["Chỉ tiêu"][2][1] = "xyz"
    path = tmp_path / "sai.xlsx"
    path.write_bytes(book_bytes(sheets))
    with pytest.raises(KnownError) as raised:
        form_packs.take(profile, path)
    assert raised.value.code == "form_packs.not_compiled"
    assert (raised.value.message.args["sheet"], raised.value.message.args["cell"]) == ("Chỉ tiêu", "B3")
