"""The words after `cchc`: what opens, what runs, and how a wrong word is answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from cchc_desktop import __version__
from cchc_desktop.cli import COMMANDS, Context, guarded
from cchc_desktop.cli.entry import start, take_option
from cchc_desktop.errors import Cancelled, KnownError
from tests.cli.commands import run


class Opened:
    def __init__(self) -> None:
        self.calls: list[tuple[Path | None, str | None]] = []

    def __call__(self, data: Path | None, sample: str | None, picture: Path | None = None) -> int:
        assert picture is None
        self.calls.append((data, sample))
        return 0


def no_pictures(_data: Path, _out: Path) -> list[Path]:
    raise AssertionError("no pictures were asked for")


def no_packages(_data: Path | None, _packages: object) -> int:
    raise AssertionError("no package was named")


def test_packages_open_a_window_of_their_own(tmp_path: Path) -> None:
    """What a double click on a file does: no command, no profile."""
    seen: list[tuple[Path | None, list[Path]]] = []

    def looked_at(data: Path | None, packages: Sequence[Path]) -> int:
        seen.append((data, list(packages)))
        return 0

    one, two = tmp_path / "gói.asice", tmp_path / "B.ASICE"
    assert start([str(one), str(two), "--data", str(tmp_path)], Opened(), no_pictures, looked_at) == 0
    assert seen == [(tmp_path, [one, two])]
    assert start([str(one), "verify"], Opened(), no_pictures, looked_at) == 2
    assert len(seen) == 1


def test_no_words_open_the_window() -> None:
    opened = Opened()
    assert start([], opened, no_pictures, no_packages) == 0
    assert opened.calls == [(None, None)]


def test_data_folder_is_handed_on(tmp_path: Path) -> None:
    opened = Opened()
    assert start(["--data", str(tmp_path)], opened, no_pictures, no_packages) == 0
    assert start([f"--data={tmp_path}", "--sample", "commune"], opened, no_pictures, no_packages) == 0
    assert opened.calls == [(tmp_path, None), (tmp_path, "commune")]


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert start(["--version"], Opened(), no_pictures, no_packages) == 0
    assert capsys.readouterr().out == f"cchc {__version__}\n"


def test_unknown_word_is_answered_in_vietnamese(capsys: pytest.CaptureFixture[str]) -> None:
    opened = Opened()
    assert start(["tinh-diem"], opened, no_pictures, no_packages) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Không có lệnh tinh-diem" in printed.err
    assert all(name in printed.err for name in COMMANDS)
    assert opened.calls == []


@pytest.mark.parametrize("words", [["--data"], ["--sample"], ["--sample", "huyện"], ["verify"]])
def test_a_call_that_cannot_be_used_ends_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    opened = Opened()
    try:
        code = start(words, opened, no_pictures, no_packages)
    except SystemExit as ended:  # argparse leaves this way
        code = int(str(ended.code))
    assert code == 2
    printed = capsys.readouterr()
    assert printed.err.strip()
    assert "Traceback" not in printed.err
    assert "arguments" not in printed.err
    assert opened.calls == []


@pytest.mark.parametrize("name", COMMANDS)
def test_values_in_the_help_have_vietnamese_names(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = run(capsys, name, "--help").out
    english = re.findall(r"--?[a-z-]+ ([A-Z][A-Z_-]*)\b", told)
    assert "cách dùng: " in told
    assert english == []


def test_option_is_taken_from_anywhere() -> None:
    words = ["export", "--what", "plan", "--data", "hồ sơ", "--year", "2026"]
    assert take_option(words, "--data") == "hồ sơ"
    assert words == ["export", "--what", "plan", "--year", "2026"]
    assert take_option(words, "--data") is None


def test_faults_become_exit_codes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    def fail(error: BaseException) -> int:
        raise error

    context = Context(tmp_path, no_pictures)
    assert context.data == tmp_path
    assert guarded(lambda: fail(KnownError("cli.bad_sample", samples="commune"))) == 2
    assert guarded(lambda: fail(KnownError("cli.bad_sample", unusable_input=False, samples="commune"))) == 1
    assert guarded(lambda: fail(Cancelled())) == 1
    assert guarded(lambda: 0) == 0
    assert "đơn vị mẫu" in capsys.readouterr().err


def test_a_picture_of_the_window_is_asked_for_where_a_window_opens(tmp_path: Path) -> None:
    asked: list[tuple[Path | None, str | None, Path | None]] = []

    def opened(data: Path | None, sample: str | None, picture: Path | None = None) -> int:
        asked.append((data, sample, picture))
        return 0

    to = tmp_path / "cửa sổ.png"
    assert start(["--picture", str(to)], opened, no_pictures, no_packages) == 0
    assert start(["--sample", "commune", f"--picture={to}"], opened, no_pictures, no_packages) == 0
    assert start(["--data", str(tmp_path)], opened, no_pictures, no_packages) == 0
    assert asked == [(None, None, to), (None, "commune", to), (tmp_path, None, None)]
    with pytest.raises(SystemExit):  # a command has options of its own
        start(["verify", "--picture", str(to)], opened, no_pictures, no_packages)
    assert len(asked) == 3
