"""Tìm kiếm: what is typed finds in all years, and Enter goes to the place."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cchc_desktop.domain.evidence import EvidenceLink, EvidenceRecord, LinkKind
from cchc_desktop.domain.pack import PackRef
from cchc_desktop.domain.plan_template import PlanKind
from cchc_desktop.services import evidence, packs, plan, plans, rounds, scoring, search
from cchc_desktop.services.profile import Profile
from cchc_desktop.services.search import HitKind, YearHits
from tests.gui.guards import all_faults
from tests.gui.hands import click, press, settle, type_text
from tests.gui.test_guards import SAMPLE_NAMES, SCREENS
from ui import theme
from ui.main_window import MainWindow
from ui.pages.evidence.page import Page as EvidencePage
from ui.pages.plan.page import Page as PlanPage
from ui.pages.plan.table_step import TableStep
from ui.pages.scoring.page import Page as ScoringPage
from ui.search.hit_list import Found, Heading, More
from ui.search.search_dialog import SearchDialog
from ui.widgets.found_text import _in_sight

NAMES = SAMPLE_NAMES | {"Bya", "Yui"}
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def filled(empty_window: MainWindow, tmp_path: Path) -> MainWindow:
    """2026 with a task, a target, a piece of evidence and an explanation, and 2027 with a task."""
    profile, of = empty_window.context.profile, empty_window.context.round_id
    plan.add_task(profile, of, "direction", title="Đối thoại già làng", lead="Văn phòng")
    plan.add_task(profile, of, "direction", title="Rà soát thủ tục", product="Tờ trình cà phê")
    plan.add_target(profile, of, "direction", title="Tỷ lệ hồ sơ trực tuyến", value="80")
    source = tmp_path / "scan0001.pdf"
    source.write_bytes(b"%PDF-1.7\n")
    record = EvidenceRecord("12/KH-UBND", date(2026, 1, 31), "UBND xã", "Kế hoạch bến nước năm 2026")
    evidence.add(profile, of, source, record, [EvidenceLink(LinkKind.ROW, "ke_hoach_ban_hanh")])
    scoring.set_explanation(profile, of, "ke_hoach_hoan_thanh", "Mưa lũ tháng 10")
    empty_window.reload()
    settle(lambda: empty_window.at_rest)
    return empty_window


@pytest.fixture
def two_years(filled: MainWindow) -> str:
    """The round of 2027; 2026 is the one in the window."""
    context = filled.context
    now = context.round
    criteria = PackRef(now.criteria_id, now.criteria_version)
    template = PackRef(now.plan_template_id, now.plan_template_version)
    _changes, later = rounds.start_year(context.profile, 2027, now.id, criteria, template)
    plan.add_task(context.profile, later.id, "direction", title="Đối thoại già làng và doanh nghiệp")
    filled.reload(now.id)
    settle(lambda: filled.at_rest)
    return later.id


def opened(window: MainWindow) -> SearchDialog:
    press(window, Qt.Key.Key_K, CONTROL)
    settle()
    found = window.findChild(SearchDialog)
    assert isinstance(found, SearchDialog) and found.isVisible() and found.field.hasFocus()
    return found


def typed(window: MainWindow, words: str) -> SearchDialog:
    dialog = opened(window)
    dialog.field.selectAll()
    press(dialog.field, Qt.Key.Key_Delete)
    type_text(dialog.field, words)
    settle(lambda: dialog.at_rest)
    return dialog


def hits(dialog: SearchDialog) -> list[Found]:
    return [shown for shown in dialog.list.lines() if isinstance(shown, Found)]


def entered(window: MainWindow, dialog: SearchDialog) -> None:
    press(dialog.field, Qt.Key.Key_Return)
    settle(lambda: window.at_rest)
    assert not dialog.isVisible()


def test_typing_finds_without_accents(filled: MainWindow) -> None:
    dialog = typed(filled, "DOI thoai gia lang")
    (found,) = hits(dialog)
    assert (found.hit.kind, found.hit.title) == (HitKind.TASK, "Đối thoại già làng")
    assert [found.title[a:b] for a, b in found.in_title] == ["Đối thoại già làng"]
    assert found.hit.place.startswith("A ")
    assert dialog.list.lines()[0] == Heading("Năm 2026 (đang mở) · 1 kết quả")
    assert "Nhiệm vụ: Đối thoại già làng" in dialog.list.heard(found)
    assert dialog.field.accessibleDescription() == dialog.count.text() == "1 kết quả"


def test_a_word_of_the_detail_is_shown_there(filled: MainWindow) -> None:
    (found,) = hits(typed(filled, "to trinh ca phe"))
    assert found.title == "Rà soát thủ tục" and found.in_title == ()
    assert [found.detail[a:b] for a, b in found.in_detail] == ["Tờ trình cà phê"]


@pytest.mark.parametrize(
    ("words", "title"),
    [("doi thoai gia lang", "Đối thoại già làng"), ("ho so truc tuyen 80", "Tỷ lệ hồ sơ trực tuyến")],
)
def test_enter_goes_to_a_line_of_the_plan(filled: MainWindow, words: str, title: str) -> None:
    entered(filled, typed(filled, words))
    page = filled.page("plan")
    assert filled.page_id() == "plan" and isinstance(page, PlanPage)
    step = page._stack.currentWidget()
    assert isinstance(step, TableStep)
    assert step.rows.shown(step.table.row(), "title") == title
    focused = QApplication.focusWidget()
    assert focused is not None and step.isAncestorOf(focused)


def test_enter_goes_to_a_row_by_its_explanation(filled: MainWindow) -> None:
    entered(filled, typed(filled, "mua lu"))
    page = filled.page("scoring")
    assert filled.page_id() == "scoring" and isinstance(page, ScoringPage)
    assert page.place() == "1.1.4"


def test_enter_goes_to_evidence(filled: MainWindow) -> None:
    dialog = typed(filled, "ben nuoc")
    (found,) = hits(dialog)
    assert found.title == "12/KH-UBND · scan0001.pdf" and found.hit.place == "Tiêu chí 1.1.1"
    entered(filled, dialog)
    page = filled.page("evidence")
    assert filled.page_id() == "evidence" and isinstance(page, EvidencePage)
    assert page.rows.row_of(found.hit.key) == page.table.row() >= 0


def test_another_year_is_opened_first(filled: MainWindow, two_years: str) -> None:
    before = filled.context.round_id
    dialog = typed(filled, "doi thoai gia lang")
    assert [shown.words for shown in dialog.list.lines() if isinstance(shown, Heading)] == [
        *("Năm 2026 (đang mở) · 1 kết quả", "Năm 2027 · 1 kết quả"),
    ]
    assert dialog.count.text() == "2 kết quả trong 2 năm"
    press(dialog.field, Qt.Key.Key_Down)  # over the heading of the year
    entered(filled, dialog)
    assert filled.context.round_id == two_years != before
    page = filled.page("plan")
    assert filled.page_id() == "plan" and isinstance(page, PlanPage)
    step = page._stack.currentWidget()
    assert isinstance(step, TableStep)
    assert step.rows.shown(step.table.row(), "title") == "Đối thoại già làng và doanh nghiệp"


def test_the_plan_that_is_shown_gives_way_to_that_of_the_hit(filled: MainWindow) -> None:
    profile, of = filled.context.profile, filled.context.round_id
    unit = filled.context.round.unit.kind
    other = next(
        one
        for one in packs.plan_templates(profile.folder)
        if one.plan_kind is PlanKind.COMPETITIVENESS and unit in one.unit_kinds
    )
    _changes, made = plans.start_plan(profile, of, other.ref)
    filled.go_to("plan")
    page = filled.page("plan")
    assert isinstance(page, PlanPage)
    page.refresh(None)
    page.show_plan(made.id)
    settle(lambda: filled.at_rest)
    entered(filled, typed(filled, "doi thoai gia lang"))
    assert page.plan_id == of
    area = packs.plan_template(other.ref, profile.folder).areas[0]
    plan.add_task(profile, made.id, area.key, title="Rút ngắn thời gian cấp phép")
    dialog = typed(filled, "rut ngan thoi gian cap phep")
    assert hits(dialog)[0].hit.place == f"Kế hoạch năng lực cạnh tranh 2026 · {area.code} {area.title}"
    entered(filled, dialog)
    assert page.plan_id == made.id


class Slow:
    """In the place of the search: an answer for `held` waits until it is let go."""

    def __init__(self, held: str) -> None:
        self._held, self._find = held, search.find
        self.begun, self.let_go, self.over = threading.Event(), threading.Event(), threading.Event()

    def __call__(self, profile: Profile, text: str, first: str = "") -> tuple[YearHits, ...]:
        found = self._find(profile, text, first)
        if text == self._held:
            self.begun.set()
            assert self.let_go.wait(20)
            self.over.set()
        return found


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    made = Slow("thu tuc")
    monkeypatch.setattr(search, "find", made)
    yield made
    made.let_go.set()


def test_an_older_answer_does_not_overwrite_a_newer_one(filled: MainWindow, slow: Slow) -> None:
    dialog = opened(filled)
    type_text(dialog.field, "thu tuc")
    settle(slow.begun.is_set)
    dialog.field.selectAll()
    type_text(dialog.field, "doi thoai gia lang")
    settle(lambda: dialog.at_rest)
    newer = hits(dialog)
    assert [found.title for found in newer] == ["Đối thoại già làng"]
    slow.let_go.set()
    settle(lambda: slow.over.is_set() and not filled.work.running)
    assert hits(dialog) == newer


def test_enter_waits_for_the_answer_to_what_was_typed(filled: MainWindow, slow: Slow) -> None:
    dialog = opened(filled)
    type_text(dialog.field, "thu tuc")
    press(dialog.field, Qt.Key.Key_Return)
    settle(slow.begun.is_set)
    assert dialog.isVisible()
    slow.let_go.set()
    settle(lambda: not dialog.isVisible() and filled.at_rest)
    assert filled.page_id() != "overview"


def test_esc_gives_the_focus_back_and_keeps_what_was_typed(filled: MainWindow) -> None:
    filled.go_to("evidence")
    page = filled.page("evidence")
    assert isinstance(page, EvidencePage)
    page.search.setFocus()
    settle(lambda: filled.at_rest)
    dialog = typed(filled, "doi thoai gia lang")
    press(dialog.field, Qt.Key.Key_Escape)
    settle()
    assert not dialog.isVisible() and filled.page_id() == "evidence"
    assert QApplication.focusWidget() is page.search
    again = opened(filled)
    settle(lambda: again.at_rest)
    assert (again.field.text(), again.field.selectedText()) == ("doi thoai gia lang", "doi thoai gia lang")
    assert len(hits(again)) == 1


def test_ctrl_k_works_while_typing_and_what_was_typed_is_found(filled: MainWindow) -> None:
    filled.go_to("scoring", "ke_hoach_hoan_thanh")
    page = filled.page("scoring")
    assert isinstance(page, ScoringPage)
    box = page.row_pane.explanation.field
    type_text(box, "Chờ nghiệm thu ")
    press(QApplication.focusWidget(), Qt.Key.Key_K, CONTROL)
    settle()
    dialog = filled.findChild(SearchDialog)
    assert isinstance(dialog, SearchDialog) and dialog.isVisible()
    type_text(dialog.field, "cho nghiem thu")
    settle(lambda: dialog.at_rest)
    assert [found.hit.code for found in hits(dialog)] == ["1.1.4"]


def test_the_rail_opens_it(filled: MainWindow) -> None:
    click(filled.rail.search)
    settle()
    dialog = filled.findChild(SearchDialog)
    assert isinstance(dialog, SearchDialog) and dialog.isVisible()
    assert filled.rail.search.accessibleName() == "Tìm kiếm" and "Ctrl+K" in filled.rail.search.toolTip()


def test_nothing_typed_and_nothing_found(filled: MainWindow) -> None:
    dialog = opened(filled)
    assert dialog.empty.isVisible() and dialog.empty._words.text() == "Tìm trong mọi năm của hồ sơ"
    type_text(dialog.field, "khong co gi nhu the")
    settle(lambda: dialog.at_rest)
    assert dialog.empty.isVisible() and "“khong co gi nhu the”" in dialog.empty._words.text()
    press(dialog.field, Qt.Key.Key_Return)
    settle()
    assert dialog.isVisible()


def test_very_many_are_counted_and_shown_on_demand(filled: MainWindow) -> None:
    profile, of = filled.context.profile, filled.context.round_id
    for number in range(40):
        plan.add_task(profile, of, "direction", title=f"Tuyên truyền đợt {number + 1}")
    dialog = typed(filled, "tuyen truyen dot")
    assert len(hits(dialog)) == 5
    more = dialog.list.lines()[6]
    assert isinstance(more, More) and more.words == "Còn 35 kết quả về nhiệm vụ"
    for _line in range(5):
        press(dialog.field, Qt.Key.Key_Down)
    assert dialog.list.current() == more
    press(dialog.field, Qt.Key.Key_Return)
    settle()
    assert dialog.isVisible() and len(hits(dialog)) == 30
    assert dialog.list.current() == hits(dialog)[5], "the first of those that came"
    left = dialog.list.lines()[-1]
    assert isinstance(left, More) and left.words == "Còn 10 kết quả về nhiệm vụ, gõ thêm từ để thu hẹp"
    press(dialog.field, Qt.Key.Key_PageUp)
    for _line in range(30):
        press(dialog.field, Qt.Key.Key_Up)
    assert dialog.list.current() == hits(dialog)[0]


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
@pytest.mark.parametrize("appearance", [theme.Appearance.LIGHT, theme.Appearance.DARK])
def test_guards(window: MainWindow, appearance: theme.Appearance, screen: tuple[int, int]) -> None:
    theme.set_appearance(appearance)
    window.resize(*screen)
    settle(lambda: window.at_rest)
    assert (window.width(), window.height()) == screen
    faults = []
    for words in ("", "bao cao", "1.1", "mua lu", "khong co gi nhu the", "ngõ" * 66):
        dialog = typed(window, words)
        assert dialog.width() < screen[0] and dialog.height() < screen[1]
        faults += all_faults(dialog, NAMES)
        press(dialog.field, Qt.Key.Key_PageDown)
        faults += all_faults(dialog, NAMES)
    assert not faults, "\n".join(faults)


def test_what_was_found_stays_in_sight(qapp: QApplication) -> None:
    from ui.fonts import Size

    words = "một " * 60 + "đích đến " + "hai " * 60
    at = words.index("đích")
    shown, ((begin, end),) = _in_sight(words, ((at, at + 4),), 300, Size.BASE)
    assert shown.startswith("…") and shown[begin:end] == "đích" and begin < 40
    assert _in_sight("đích đến", ((0, 4),), 300, Size.BASE) == ("đích đến", ((0, 4),))
