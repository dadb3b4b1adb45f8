"""Search as people type: no accents, any order, found at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cchc_desktop.domain.evidence import EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plain_text import folded, where_found
from cchc_desktop.domain.unit import Unit, UnitKind
from cchc_desktop.errors import KnownError
from cchc_desktop.formpack import registry
from cchc_desktop.services import evidence, plan, rounds, scoring, search
from cchc_desktop.services.profile import Profile, create_profile
from cchc_desktop.services.search import HitKind
from cchc_desktop.store import plan as plan_store
from cchc_desktop.store.change import Change

PACKS = (PackRef("xa-mau-2026", 1), PackRef("ke-hoach-xa", 1))


@pytest.fixture
def profile(data_folder: Path) -> Iterator[Profile]:
    unit = Unit(UnitKind.COMMUNE, "UBND xã Ea Kao", "XA-EA-KAO")
    with create_profile(data_folder, unit, 2026, *PACKS) as made:
        yield made


@pytest.fixture
def round_id(profile: Profile, tmp_path: Path) -> str:
    found = rounds.rounds(profile)[0].id
    plan.add_task(profile, found, "direction", title="Đối thoại với người dân", lead="Văn phòng HĐND và UBND")
    plan.add_task(
        profile, found, "direction", title="Rà soát thủ tục hành chính", product="Báo cáo đối thoại"
    )
    plan.add_target(profile, found, "direction", title="Tỷ lệ hồ sơ trực tuyến", value="≥ 80")
    source = tmp_path / "scan0001.pdf"
    source.write_bytes(b"%PDF-1.7\n")
    record = EvidenceRecord("12/KH-UBND", date(2026, 1, 31), "UBND xã", "Kế hoạch đối thoại năm 2026")
    evidence.add(profile, found, source, record, [EvidenceLink(LinkKind.ROW, "ke_hoach_ban_hanh")])
    scoring.set_explanation(profile, found, "ke_hoach_hoan_thanh", "Mưa lũ tháng 10")
    return found


def found_in(profile: Profile, round_id: str, typed: str) -> list[search.Hit]:
    """Of one round; the kind with the best hit first."""
    years = search.find(profile, typed, round_id)
    assert not years or years[0].round.id == round_id
    return [hit for year in years[:1] for kind in year.kinds for hit in kind.hits]


def test_folding() -> None:
    assert folded("Đề án SỐ HÓA ưỡn") == "de an so hoa uon"
    assert folded("Hồ") == folded("Ho\u0302\u0300") == "ho"


def test_folding_is_that_of_the_standard() -> None:
    """Every letter of Unicode: decomposed, its marks off, its case off; đ, which stays whole, as d."""

    def by_the_book(text: str) -> str:
        parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "d"))
        return "".join(c for c in parts if not unicodedata.combining(c)).casefold()

    letters = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    for begin in range(0, len(letters), 4096):
        block = "".join(letters[begin : begin + 4096])
        assert folded(block) == by_the_book(block)
    for letter in letters[: 0x10000 - 0x800]:  # by itself: what a text is made of decides how it is folded
        assert folded(letter) == by_the_book(letter)


@pytest.mark.parametrize("typed", ["đối thoại", "doi thoai", "ĐỐI  THOẠI", "thoai doi", "Do\u0302\u0301i"])
def test_accents_case_and_order_do_not_matter(profile: Profile, round_id: str, typed: str) -> None:
    found = [(hit.kind, hit.title) for hit in found_in(profile, round_id, typed)]
    in_title = found.index((HitKind.TASK, "Đối thoại với người dân"))
    elsewhere = found.index((HitKind.TASK, "Rà soát thủ tục hành chính"))
    assert in_title < elsewhere, "the title counts most"
    assert (HitKind.EVIDENCE, "scan0001.pdf") in found


def test_rows_by_code_label_and_explanation(profile: Profile, round_id: str) -> None:
    first = found_in(profile, round_id, "1.1.4")[0]
    assert (first.kind, first.key, first.code) == (HitKind.ROW, "ke_hoach_hoan_thanh", "1.1.4")
    assert first.title == "Mức độ hoàn thành kế hoạch"
    assert [hit.code for hit in found_in(profile, round_id, "1.1.")][:4] == [
        *("1.1.1", "1.1.2", "1.1.3", "1.1.4"),
    ]
    assert [hit.key for hit in found_in(profile, round_id, "mua lu")] == ["ke_hoach_hoan_thanh"]


def test_evidence_by_number_date_and_abstract(profile: Profile, round_id: str) -> None:
    for typed in ("12/KH-UBND", "31/01/2026", "ke hoach doi thoai nam", "scan0001"):
        assert found_in(profile, round_id, typed)[0].kind is HitKind.EVIDENCE, typed


def test_targets_and_leads(profile: Profile, round_id: str) -> None:
    (hit,) = [hit for hit in found_in(profile, round_id, "ho so truc tuyen") if hit.kind is HitKind.TARGET]
    assert (hit.title, hit.area) == ("Tỷ lệ hồ sơ trực tuyến", "direction")
    assert any(hit.kind is HitKind.TASK for hit in found_in(profile, round_id, "van phong hdnd"))


def test_nothing_and_what_is_not_there(profile: Profile, round_id: str) -> None:
    assert found_in(profile, round_id, "   ") == []
    assert found_in(profile, round_id, "xyzzy") == []


def test_a_large_round_gives_the_best_hits_only(profile: Profile, round_id: str) -> None:
    def many(change: Change) -> None:
        for number in range(500):
            plan_store.add_task(
                *(change, round_id, "procedures", number + 1),
                title=f"Nhiệm vụ số {number} về đơn giản hóa thủ tục hành chính trong lĩnh vực đất đai",
                product=f"Báo cáo kết quả thực hiện nhiệm vụ {number} gửi Sở Nội vụ",
                lead="Phòng Kinh tế, Hạ tầng và Đô thị",
            )

    profile.write(many)
    found = next(kind for kind in search.find(profile, "dat dai")[0].kinds if kind.kind is HitKind.TASK)
    assert (len(found.hits), found.total) == (search.MOST_OF_A_KIND, 500)
    one = "Nhiệm vụ số 499 về đơn giản hóa thủ tục hành chính trong lĩnh vực đất đai"
    assert [hit.title for hit in found_in(profile, round_id, "nhiem vu 499")] == [one]


def test_all_years_are_searched_and_the_newest_comes_first(profile: Profile, round_id: str) -> None:
    _changes, later = rounds.start_year(profile, 2027, round_id, *PACKS)
    plan.add_task(profile, later.id, "direction", title="Đối thoại với doanh nghiệp")
    found = [hit for year in search.find(profile, "doi thoai") for kind in year.kinds for hit in kind.hits]
    tasks = [(hit.round_id, hit.title) for hit in found if hit.kind is HitKind.TASK]
    assert tasks == [
        (later.id, "Đối thoại với doanh nghiệp"),
        (round_id, "Đối thoại với người dân"),
        (round_id, "Rà soát thủ tục hành chính"),
    ]
    assert {year.round.id for year in search.find(profile, "1.1.4")} == {later.id, round_id}


def test_by_year_and_kind_with_the_place(profile: Profile, round_id: str) -> None:
    _changes, later = rounds.start_year(profile, 2027, round_id, *PACKS)
    plan.add_task(profile, later.id, "direction", title="Đối thoại với doanh nghiệp")
    years = search.find(profile, "DOI thoai")
    assert [(year.round.year, year.total) for year in years] == [
        (2027, sum(found.total for found in years[0].kinds)),
        (2026, sum(found.total for found in years[1].kinds)),
    ]
    shown_first = search.find(profile, "doi thoai", round_id)
    assert [year.round.year for year in shown_first] == [2026, 2027]
    found = {kind.kind: kind for kind in shown_first[0].kinds}
    assert [hit.title for hit in found[HitKind.TASK].hits] == [
        *("Đối thoại với người dân", "Rà soát thủ tục hành chính"),
    ]
    assert {hit.place for hit in found[HitKind.TASK].hits} == {
        "A Công tác chỉ đạo, điều hành cải cách hành chính"
    }
    (piece,) = found[HitKind.EVIDENCE].hits
    assert piece.place == "Tiêu chí 1.1.1"
    ((row,),) = (kind.hits for kind in search.find(profile, "mua lu")[0].kinds)
    assert (row.code, row.place) == ("1.1.4", "1.1 Kế hoạch CCHC năm")
    assert search.find(profile, " ") == search.find(profile, "xyzzy") == ()


def test_by_year_counts_what_it_leaves_out(profile: Profile, round_id: str) -> None:
    for number in range(7):
        plan.add_task(profile, round_id, "direction", title=f"Tuyên truyền đợt {number + 1}")
    (year,) = search.find(profile, "tuyen truyen dot", most=3)
    (tasks,) = year.kinds
    assert [hit.title[-1] for hit in tasks.hits] == ["1", "2", "3"]
    assert tasks.total == year.total == 7


def test_the_kind_with_the_best_hit_comes_first(profile: Profile, round_id: str) -> None:
    plan.add_task(profile, round_id, "direction", title="Làm theo dòng 1.1.4")
    assert [kind.kind for kind in search.find(profile, "1.1.4")[0].kinds] == [
        *(HitKind.ROW, HitKind.TASK),
    ]
    assert search.find(profile, "lam theo dong")[0].kinds[0].kind is HitKind.TASK


def test_evidence_says_its_rows(profile: Profile, round_id: str, tmp_path: Path) -> None:
    rows = ["ke_hoach_hoan_thanh", "ke_hoach_ban_hanh"]
    for name, keys in (("nhieu.pdf", rows), ("khong.pdf", [])):
        source = tmp_path / name
        source.write_bytes(b"%PDF-1.7\n" + name.encode())
        links = [EvidenceLink(LinkKind.ROW, key) for key in keys]
        evidence.add(profile, round_id, source, EvidenceRecord(), links)
    (many,), (none,) = (search.find(profile, name)[0].kinds[0].hits for name in ("nhieu.pdf", "khong.pdf"))
    assert many.place == "Tiêu chí 1.1.4, 1.1.1"
    assert none.place == "Chưa gắn với tiêu chí"


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Đối thoại với dân", ["doi", "thoai"], ["Đối thoại"]),
        ("Đối thoại với dân", ["dan", "doi"], ["Đối", "dân"]),
        ("Báo cáo, báo cáo", ["bao"], ["Báo", "báo"]),
        ("Ho\u0302\u0300 sơ", ["ho"], ["Ho\u0302\u0300"]),
        ("Straße mới", ["strasse"], ["Straße"]),
        ("gì đó", ["khác", ""], []),
        ("luật lũ", ["lu", "luat"], ["luật lũ"]),
    ],
)
def test_where_words_were_found(text: str, words: list[str], found: list[str]) -> None:
    assert [text[begin:end] for begin, end in where_found(text, words)] == found


def test_a_form_pack_that_is_gone_takes_only_the_place_away(
    profile: Profile, round_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_of: object) -> None:
        raise KnownError("formpack.pack_unknown", id="x")

    monkeypatch.setattr(registry, "plan_template", gone)
    monkeypatch.setattr(registry, "criteria_set", gone)
    found = {hit.kind: hit.place for hit in found_in(profile, round_id, "doi thoai")}
    assert found == {HitKind.TASK: "", HitKind.EVIDENCE: "Chưa gắn với tiêu chí"}
