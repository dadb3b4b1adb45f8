"""The whole job through the real window: from the first start to one signed file, and all of it there again.

Everything is typed, clicked, dropped or picked in widgets; services are asked only at the end, whether what
the window said is what lies on the disk.
"""

from __future__ import annotations

import os
import subprocess
import unicodedata
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QPlainTextEdit, QTableView

from cchc_desktop.domain.evidence import LinkKind
from cchc_desktop.domain.verification import Outcome
from cchc_desktop.domain.vietnam_time import vietnam_today
from cchc_desktop.services import evidence, plan, scoring, submissions
from cchc_desktop.services.profile import open_profile
from cchc_desktop.services.rounds import rounds
from cchc_desktop.services.verification import verify
from tests.gui.hands import button, click, compose, press, settle, type_text
from tests.gui.official import (
    ChosenFiles,
    activate_again,
    drop,
    open_dialog,
    pick,
    shortcut,
    shown,
    while_open,
    write,
    write_cells,
)
from ui.app import first_window
from ui.main_window import MainWindow
from ui.pages.plan.page import Page as PlanPage
from ui.pages.scoring.page import Page as ScoringPage
from ui.pages.submit.page import Page as SubmitPage
from ui.wizard.first_start import first_year

CONTROL = Qt.KeyboardModifier.ControlModifier
YEAR = first_year(vietnam_today())

NAME = 'UBND xã "Ẳng Ỗ – Đăk N\'Drót" (mới)'
CODE = "XA-ANG-O-DAK-N-DROT-MOI"
HEAD = "Nguyễn Thị Ỷ"
PASSPHRASE = "ruộng lúa Ẳng Ỗ 2026"

TASKS = (
    ("Rà soát, đơn giản hóa thủ tục hành chính nội bộ", "Báo cáo rà soát", "Phòng Kinh tế", "Công an xã"),
    ("Niêm yết thủ tục tại 12 buôn", "Biên bản niêm yết", "Văn phòng HĐND và UBND", "Trưởng buôn"),
)
SENTENCE = " Người dân được hỏi ý kiến trước mỗi quý."

# Row, what is filled in or picked, the points and a part of the sentence, worked out by hand.
ANSWERS: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
    ("1.1.1", ("Có ban hành, quá hạn",), "0,50", "được 0,5 điểm (tối đa 1 điểm)"),
    ("1.7", ("Có",), "0,50", "được 0,5 điểm"),
    # 4 báo cáo, 1 trễ: 1 − 1 × 0,25
    ("1.2.1", ("1",), "0,75", "1 - 1 × 0,25 = 0,75 điểm"),
    # 4 : 5 × 1,5
    ("2.1", ("4", "5"), "1,20", "4 : 5 × 1,5 = 1,2 điểm"),
    # 2847 : 2913 = 0,977343…; × 5 = 4,886…
    ("3.3.1", ("2.847", "2.913"), "4,89", "2.847 : 2.913 × 5 = 4,89 điểm"),
    # 87,3 : 100 × 4 = 3,492
    ("3.5", ("87,3",), "3,49", "87,3 : 100 × 4 = 3,49 điểm"),
    # 3 − (1 × 0,5 + 1 × 1)
    ("5.4", ("1", "1", "0"), "1,50", "= 1,5 điểm"),
    # 850 : 1000 = 85 %, from 80 %: 2 points
    ("6.1", ("850", "1.000"), "2,00", "85%"),
    ("6.3", ("Quy chế chi tiêu nội bộ",), "1,00", "1 điểm"),
    # 45 : 100 : 60 % × 2
    ("7.2", ("45", "100"), "1,50", "45 : 100 : 60% × 2 = 1,5 điểm"),
    # one recognised idea: a bonus of 1, in no section
    ("9.1", ("1",), "1,00", "1"),
)
# 0,5 + 0,5 + 0,75 + 1,2 + 4,89 + 3,49 + 1,5 + 2 + 1 + 1,5
TOTAL = Decimal("17.33")
EXPLANATION = "Kế hoạch ban hành ngày 05/3 do chờ “bổ sung dự toán”; xã đã rút kinh nghiệm."


def go(window: MainWindow, name: str) -> None:
    """By the rail."""
    click(shown(window.rail, QAbstractButton, name))
    settle(lambda: not window.opening and not window.work.running)


def answer_the_wizard(dialog: QDialog, folder: Path) -> None:
    dialog.activateWindow()
    settle(dialog.isActiveWindow)
    write(shown(dialog, QLineEdit, "Tỉnh, thành phố"), "Đắk Lắk")
    if (offered := QApplication.activePopupWidget()) is not None:
        press(offered, Qt.Key.Key_Return)
    write(shown(dialog, QLineEdit, "Tên đơn vị"), unicodedata.normalize("NFD", NAME))
    assert CODE in shown(dialog, QLineEdit, "Mã đơn vị").placeholderText()
    click(button(dialog, "Tiếp tục"))
    compose(shown(dialog, QLineEdit, "Người đứng đầu"), "Nguyeenx Thij", HEAD)
    write(shown(dialog, QLineEdit, "Chức vụ"), "Chủ tịch")
    for _step in ("people", "forms"):
        click(button(dialog, "Tiếp tục"))
    assert shown(dialog, QLineEdit, "Thư mục dữ liệu").text() == str(folder)
    click(button(dialog, "Tiếp tục"))
    click(button(dialog, "Để sau, khi gửi báo cáo lần đầu"))
    click(button(dialog, "Hoàn tất"))
    settle(lambda: not dialog.isVisible())


def write_the_plan(window: MainWindow) -> None:
    go(window, "Kế hoạch")
    page = window.page("plan")
    assert isinstance(page, PlanPage)
    pick(page.steps, "area:procedures")
    table = shown(page, QTableView, "B.2 Cải cách thủ tục hành chính")
    for row, (title, product, lead, coworkers) in enumerate(TASKS):
        # The second task lacks its product: the checks have to say so.
        words = (title, "" if row else product, lead, coworkers, f"30/0{6 + row}/{YEAR}", "12,5")
        write_cells(table, row, words)

    def take(dialog: QDialog) -> None:
        click(button(dialog, "Chọn hết"))
        taken = next(made for made in dialog.findChildren(QAbstractButton) if made.text().startswith("Thêm "))
        assert int(taken.text().split()[1]) >= 20
        click(taken)

    def take_all(dialog: QDialog) -> None:
        group = dialog.findChildren(type(page.steps_choice))[1]
        group.setFocus()
        press(group, Qt.Key.Key_Home)
        take(dialog)

    while_open(lambda: click(button(page, "Từ khung kế hoạch…")), take_all)
    settle(lambda: window.edits.at_rest)
    pick(page.steps, "targets")
    while_open(lambda: click(button(page, "Từ khung kế hoạch…")), take_all)
    settle(lambda: window.edits.at_rest)
    pick(page.steps, "solutions")
    text = shown(page, QPlainTextEdit, "Giải pháp")
    click(text.viewport())
    press(text, Qt.Key.Key_End, CONTROL)
    type_text(text, SENTENCE)

    shortcut(window, Qt.Key.Key_F9)
    settle(lambda: page.at_rest)
    found = [one for one in page.checks.checks() if "kết quả, sản phẩm" in one.words]
    assert [one.place for one in found] == ["B.2, dòng 2, cột (3)"]
    page.checks.list.choose(page.checks.checks().index(found[0]))
    press(page.checks.list, Qt.Key.Key_Return)
    settle()
    assert (table.isVisible(), table.currentIndex().row(), table.currentIndex().column()) == (True, 1, 2)
    type_text(table, TASKS[1][1])
    press(None, Qt.Key.Key_Return)
    settle(lambda: window.edits.at_rest)
    shortcut(window, Qt.Key.Key_F9)
    settle(lambda: page.at_rest)
    assert not [one for one in page.checks.checks() if "kết quả, sản phẩm" in one.words]

    pick(page.steps, "issue")
    write(shown(page, QLineEdit, "Số, ký hiệu"), "05/KH-UBND")
    write(shown(page, QLineEdit, "Ngày ban hành"), f"12/2/{YEAR}")
    press(None, Qt.Key.Key_Return)
    settle(lambda: window.edits.at_rest)


def is_called(option: QAbstractButton, words: str) -> bool:
    """An option's name is its label, and behind it its points."""
    name = option.accessibleName()
    return name == words or name.startswith(f"{words}, ")


def answer_row(page: ScoringPage, code: str, filled: tuple[str, ...]) -> None:
    pick(page.tree_pane.tree, code)
    settle()
    figures = page.row_pane.figures
    for place, words in enumerate(filled):
        widget = figures.fields()[place].focus_widget()
        if isinstance(widget, QLineEdit):
            write(widget, words)
            continue
        (option,) = (
            made for made in widget.parentWidget().findChildren(QAbstractButton) if is_called(made, words)
        )
        click(option)


def attach(window: MainWindow, page: ScoringPage, number: str) -> None:
    """What the official writes about a document that was just chosen or dropped."""
    settle(lambda: not window.work.running)
    dialog = open_dialog("Thêm minh chứng")
    settle(lambda: button(dialog, "Thêm 1 tệp").isEnabled())
    write(shown(dialog, QLineEdit, "Số, ký hiệu"), number)
    write(shown(dialog, QLineEdit, "Ngày ban hành"), f"01/12/{YEAR}")
    write(shown(dialog, QLineEdit, "Cơ quan ban hành"), "UBND xã")
    write(shown(dialog, QPlainTextEdit, "Trích yếu"), "Kết quả giải quyết hồ sơ")
    click(button(dialog, "Thêm 1 tệp"))
    settle(lambda: not dialog.isVisible())
    activate_again()
    settle(lambda: any(card.piece.record.number == number for card in page.evidence_pane.cards()))


def score_the_unit(window: MainWindow, dialogs: ChosenFiles, papers: Path) -> None:
    go(window, "Tự chấm điểm")
    page = window.page("scoring")
    assert isinstance(page, ScoringPage)
    for code, filled, points, said in ANSWERS:
        answer_row(page, code, filled)
        assert page.row_pane.figures.points_shown() == points, code
        assert said in page.row_pane.figures.said(), code
    assert "17,33/88" in page.total.total.value()

    pick(page.tree_pane.tree, "1.1.1")
    write(shown(page, QPlainTextEdit, "Giải trình"), EXPLANATION)

    pick(page.tree_pane.tree, "3.3.1")
    chosen = papers / unicodedata.normalize("NFD", "Báo cáo kết xuất hồ sơ.pdf")
    chosen.write_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    dialogs.paths = [chosen]
    # Asked once, before the first file: is it a state secret?
    while_open(
        lambda: click(page.evidence_pane.drop.choose),
        lambda box: click(button(box, "Không, không có tài liệu mật")),
    )
    attach(window, page, "142/BC-UBND")
    picture = papers / "man hinh mot cua.png"
    Image.new("RGB", (40, 30), "white").save(picture)
    drop(page.evidence_pane.drop, picture)
    attach(window, page, "143/BC-UBND")

    answer_row(page, "3.3.1", ("1.000",))
    assert page.row_pane.figures.points_shown() != "4,89"
    settle(lambda: window.edits.at_rest, 2.0)
    # In the cell itself Ctrl+Z takes back typing; in another row's empty cell it takes back the last change.
    pick(page.tree_pane.tree, "1.2.2")
    settle()
    click(page.row_pane.figures.fields()[0].focus_widget())
    settle(lambda: window.edits.at_rest)
    shortcut(window, Qt.Key.Key_Z, CONTROL)
    settle(lambda: window.edits.at_rest)
    settle(lambda: page.row_pane.figures.points_shown() == "4,89")
    assert "Đã hoàn tác" in page.note.words()

    click(button(page, "Xác nhận"))
    dialog = open_dialog("Thủ trưởng xác nhận")
    assert shown(dialog, QLineEdit, "Họ và tên").text() == HEAD
    write(shown(dialog, QLineEdit, "Ngày xác nhận"), f"5/12/{YEAR}")
    click(button(dialog, "Xác nhận"))
    activate_again()
    settle(lambda: window.edits.at_rest)
    assert button(page, "Đã xác nhận").isEnabled()


def hand_in(window: MainWindow, dialogs: ChosenFiles, stick: Path) -> Path:
    go(window, "Gửi báo cáo")
    page = window.page("submit")
    assert isinstance(page, SubmitPage)
    settle(lambda: page.found is not None)
    click(button(page, "Tiếp: ký"))
    click(button(page, "Tạo khóa ký"))
    settle(page.sign.passphrase.isVisible)
    write(shown(page, QLineEdit, "Mật khẩu của khóa ký"), PASSPHRASE)
    write(shown(page, QLineEdit, "Nhập lại mật khẩu"), PASSPHRASE)
    click(button(page, "Tạo khóa ký"))
    settle(lambda: page.sign.next.isEnabled())
    settle(lambda: not window.work.running)
    click(button(page, "Tiếp: cách gửi"))
    dialogs.paths = [stick]
    click(button(page, "Chọn thư mục…"))
    settle(lambda: not window.work.running)
    click(button(page, "Ghi kèm chứng thư của đơn vị (trust.pem)"))
    click(button(page, "Ghi gói báo cáo"))
    assert page.progress.isVisible() and page.job is not None
    steps: list[tuple[int, int]] = []
    page.job.progressed.connect(lambda _step, done, total: steps.append((done, total)))
    settle(lambda: page.done.isVisible(), 60.0)
    assert len(steps) > 10 and all(0 <= done <= total for done, total in steps)
    assert sorted(path.suffix for path in stick.iterdir()) == [".asice", ".pem"]
    (package,) = stick.glob("*.asice")
    assert page.done.facts()["file"] == package.name
    return package


def check_the_package(package: Path, trust: Path, unpacked: Path) -> None:
    """By our own verification, and by tools that know nothing of this program."""
    found = verify(package, [trust])
    assert (found.outcome, found.sender_name) == (Outcome.VALID, NAME)
    assert verify(package).outcome is Outcome.UNKNOWN_SIGNER
    with zipfile.ZipFile(package) as archive:
        archive.extractall(unpacked)
    sums = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=unpacked, capture_output=True, text=True, check=False
    )
    assert sums.returncode == 0, sums.stdout + sums.stderr
    line = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER"]
    line += ["-in", "META-INF/signature001.p7s", "-content", "META-INF/ASiCManifest001.xml"]
    line += ["-CAfile", str(trust), "-out", os.devnull, "-signer", "who.pem"]
    answer = subprocess.run(line, cwd=unpacked, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


def everything_is_there_again(folder: Path) -> None:
    window = first_window(folder, None, ChosenFiles())
    assert window is not None
    window.show()
    window.resize(1366, 768)  # the offscreen screen is smaller than where the window stood
    settle(lambda: not window.work.running)
    assert NAME in window.windowTitle()
    go(window, "Kế hoạch")
    page = window.page("plan")
    assert isinstance(page, PlanPage)
    pick(page.steps, "issue")
    assert shown(page, QLineEdit, "Số, ký hiệu").text() == "05/KH-UBND"
    go(window, "Tự chấm điểm")
    scoring_page = window.page("scoring")
    assert isinstance(scoring_page, ScoringPage)
    for code, _filled, points, said in ANSWERS:
        pick(scoring_page.tree_pane.tree, code)
        assert scoring_page.row_pane.figures.points_shown() == points, code
        assert said in scoring_page.row_pane.figures.said(), code
    assert button(scoring_page, "Đã xác nhận").isEnabled()
    pick(scoring_page.tree_pane.tree, "1.1.1")
    assert shown(scoring_page, QPlainTextEdit, "Giải trình").toPlainText() == EXPLANATION
    go(window, "Gửi báo cáo")
    submit = window.page("submit")
    assert isinstance(submit, SubmitPage)
    settle(lambda: len(submit.history.made()) == 1)
    assert window.close()


def on_the_disk(folder: Path) -> None:
    with open_profile(folder) as profile:
        (round_,) = rounds(profile)
        assert (round_.year, round_.unit.name, round_.unit.code) == (YEAR, NAME, CODE)
        assert (round_.unit.province, round_.unit.head.name, round_.unit.head.title) == (
            "Đắk Lắk",
            HEAD,
            "Chủ tịch",
        )
        assert round_.confirmation is not None
        assert (round_.confirmation.name, round_.confirmation.confirmed_on) == (HEAD, date(YEAR, 12, 5))
        assert round_.confirmation.total_points == TOTAL
        written = plan.plan(profile, round_.id)
        own = written.area_tasks("procedures")[:2]
        assert [(t.title, t.product, t.lead, t.coworkers) for t in own] == list(TASKS)
        assert [(t.due, t.cost) for t in own] == [
            (f"30/06/{YEAR}", Decimal("12.5")),
            (f"30/07/{YEAR}", Decimal("12.5")),
        ]
        assert len(written.tasks) >= 25 and all(written.area_tasks(a.key) for a in written.template.areas)
        assert len(written.targets) >= 8
        assert written.texts["solutions"].endswith(SENTENCE)
        assert (written.issue.number, written.issue.issued_on) == ("05/KH-UBND", date(YEAR, 2, 12))
        sheet = scoring.sheet(profile, round_.id)
        assert sheet.score.total.self_points == TOTAL
        row = sheet.criteria.by_code["1.1.1"]
        assert sheet.answers[row.key].explanation == EXPLANATION
        pieces = evidence.all_evidence(profile, round_.id)
        assert sorted((p.record.number, p.name) for p in pieces) == [
            ("142/BC-UBND", "Báo cáo kết xuất hồ sơ.pdf"),
            ("143/BC-UBND", "man hinh mot cua.png"),
        ]
        row = sheet.criteria.by_code["3.3.1"]
        assert all(
            [(link.kind, link.key) for link in piece.links] == [(LinkKind.ROW, row.key)] for piece in pieces
        )
        assert len(submissions.submissions_of(profile, round_.id)) == 1


@pytest.mark.slow
def test_from_the_first_start_to_a_signed_file_and_all_of_it_there_again(
    data_folder: Path, tmp_path: Path
) -> None:
    dialogs = ChosenFiles()
    window = while_open(
        lambda: first_window(data_folder, None, dialogs),
        lambda dialog: answer_the_wizard(dialog, data_folder),
    )
    assert window is not None
    window.show()
    window.activateWindow()
    settle(window.isActiveWindow)
    settle(lambda: not window.work.running)
    papers, stick = tmp_path / "giấy tờ", tmp_path / "USB của xã"
    papers.mkdir()
    stick.mkdir()
    write_the_plan(window)
    score_the_unit(window, dialogs, papers)
    package = hand_in(window, dialogs, stick)
    assert window.close()
    check_the_package(package, stick / "trust.pem", tmp_path / "mở ra")
    everything_is_there_again(data_folder)
    on_the_disk(data_folder)
