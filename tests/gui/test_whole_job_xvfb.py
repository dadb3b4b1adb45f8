"""The whole job in a program of its own on a real screen, by keyboard alone.

Nothing here looks inside: keys go in by the X server, and what came of them is read from the package and the
database once the program has ended.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_desktop.domain.vietnam_time import vietnam_today
from cchc_desktop.services import evidence, plan, scoring
from cchc_desktop.services.profile import open_profile
from cchc_desktop.services.rounds import rounds
from tests.gui.keyboard import Screen, screen

ROOT = Path(__file__).resolve().parents[2]
NAME, PROVINCE, HEAD = "UBND xã Ẳng Ỗ", "Đắk Lắk", "Nguyễn Thị Ỷ"
TITLE, PRODUCT, LEAD = "Rà soát thủ tục tại buôn Ỗ", "Báo cáo rà soát", "Văn phòng Đảng ủy"
NUMBER = "142/BC-UBND"
PASSPHRASE = "ruong lua Ea Kao 2026"
LETTERS = NAME + PROVINCE + HEAD + TITLE + PRODUCT + LEAD + "Chủ tịch"


@pytest.fixture
def keyboard(tmp_path: Path) -> Iterator[Screen]:
    with screen(tmp_path) as made:
        made.learn(LETTERS, tmp_path)
        yield made


@pytest.fixture
def program(keyboard: Screen, data_folder: Path, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`python -m cchc_desktop --data …`, as a user starts it."""
    env = {**os.environ, "DISPLAY": keyboard.display, "QT_QPA_PLATFORM": "xcb"}
    with (tmp_path / "said").open("wb") as said:
        started = subprocess.Popen(
            [sys.executable, "-m", "cchc_desktop", "--data", str(data_folder)],
            cwd=ROOT,
            env=env,
            stdout=said,
            stderr=said,
        )
        keyboard.program = started.pid
        yield started
        if started.poll() is None:  # the test failed: how far had it come?
            keyboard.picture().save(tmp_path / "last.png")
            started.kill()
            started.wait()


def first_start(user: Screen) -> None:
    user.wait_for("Bắt đầu")
    user.type(PROVINCE)
    user.keys("Tab")
    user.type(NAME)
    user.keys("Return")
    user.type(HEAD)
    user.keys("Tab")
    user.type("Chủ tịch")
    user.keys("Return", "Return", "Return")
    user.keys("Down", "Tab")  # a passphrase: this machine has no keyring
    user.type(PASSPHRASE)
    user.keys("Tab")
    user.type(PASSPHRASE)
    user.keys("Return")
    user.wait_for(NAME)


def write_the_plan(user: Screen) -> None:
    user.keys("ctrl+2")
    user.keys("Home", "Down", "Down", "Down", "Down", "Down")  # 2, 3, A, B.1, B.2
    user.keys("F5")
    for words in (TITLE, PRODUCT, LEAD, "", f"30/06/{vietnam_today().year}"):
        if words:
            user.type(words)
        user.keys("Return")
    user.keys("Escape")


def score(user: Screen, paper: Path) -> None:
    user.keys("ctrl+3")
    user.keys("F8", "space")  # 1.1.2: the first option, 1 point
    user.keys("ctrl+f")
    user.type("3.3.1")
    user.keys("Return", "End", "Return")
    user.type("2847")
    user.keys("Tab")
    user.type("2913")
    user.keys("Tab")
    user.keys("F5")
    user.wait_for("bí mật nhà nước")
    user.keys("Return")
    user.wait_for("Thêm minh chứng")
    user.type(str(paper))
    user.keys("Return")
    user.wait_for("Thêm minh chứng")
    user.type(NUMBER)
    user.keys("Tab")
    user.type(f"1/12/{vietnam_today().year}")
    user.keys("Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "space")
    user.wait_for(NAME)


def hand_in(user: Screen, stick: Path) -> None:
    user.keys("ctrl+5")
    user.keys("Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "space")  # 3. Cách gửi
    user.keys("Tab", "Tab", "space")  # past the ways, by USB or folder
    user.wait_for("Chọn thư mục")
    user.type(str(stick))
    user.keys("Return")
    user.wait_for(NAME)
    user.keys("Tab", "Tab", "space")  # past looking for sticks again: with the certificate
    user.keys("Tab", "Tab", "space")  # past encryption


@pytest.mark.slow
def test_the_whole_job_by_keyboard(
    keyboard: Screen, program: subprocess.Popen[bytes], data_folder: Path, tmp_path: Path
) -> None:
    stick, paper = tmp_path / "usb", tmp_path / "ket qua.pdf"
    stick.mkdir()
    paper.write_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    first_start(keyboard)
    write_the_plan(keyboard)
    score(keyboard, paper)
    hand_in(keyboard, stick)
    keyboard.wait_until(lambda: bool(list(stick.glob("*.asice"))), 60.0)
    keyboard.settle()
    keyboard.picture().save(tmp_path / "done.png")
    keyboard.keys("ctrl+q")
    assert program.wait(20) == 0
    assert (tmp_path / "said").read_bytes() == b""

    (package,) = stick.glob("*.asice")
    answer = subprocess.run(
        [sys.executable, "-m", "cchc_desktop", "verify", package, "--trust", stick / "trust.pem", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, json.loads(answer.stdout)["status"]) == (0, "valid")
    with open_profile(data_folder) as profile:
        (round_,) = rounds(profile)
        assert (round_.unit.name, round_.unit.province, round_.unit.head.name) == (NAME, PROVINCE, HEAD)
        (task,) = plan.plan(profile, round_.id).tasks
        assert (task.area, task.title, task.product, task.lead) == ("procedures", TITLE, PRODUCT, LEAD)
        sheet = scoring.sheet(profile, round_.id)
        # 2847 : 2913 × 5 = 4,8867…, and 1 for 1.1.2
        assert str(sheet.score.total.self_points) == "5.89"
        (piece,) = evidence.all_evidence(profile, round_.id)
        assert (piece.name, piece.record.number) == ("ket qua.pdf", NUMBER)
        assert [link.key for link in piece.links] == [sheet.criteria.by_code["3.3.1"].key]
